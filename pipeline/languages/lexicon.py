"""How likely a word is in each language: lists of words with their frequency, and letters in sequence.

The lists are those of wordfreq (Robyn Speer, 2022); accents are folded, as typists leave them out. A word that a list
lacks is judged by its letters: an interpolated trigram model (Jelinek and Mercer) learned from the list. Russian in
Latin letters is learned from the Russian list, transliterated; Latin from a short list of our own.
"""

import math
from collections import Counter
from collections.abc import Iterable
from functools import cache

import wordfreq

from pipeline.languages import latin
from pipeline.languages.tokens import fold, script_of
from pipeline.languages.transliteration import romanisations

TRANSLITERATED = "ru-Latn"
_LEARNED = 12_000  # words from which the letters are learned
_COMMON, _ALL = 80_000, 500_000  # words that are known of another language, and of the main one
_KNOWN = 0.9
_UNSEEN = 1e-5


class Lexicon:
    """A language: its words with their frequency (0..1), its letters, its script ("LATIN", "CYRILLIC", ...)."""

    def __init__(self, words: dict[str, float]) -> None:
        self.words = words
        learned = sorted(words, key=lambda word: -words[word])[:_LEARNED]
        scripts = Counter(script_of(word) for word in learned[:200])
        self.script = max(scripts, key=scripts.__getitem__, default="LATIN")
        self._trigrams: Counter[str] = Counter()
        self._bigrams: Counter[str] = Counter()
        self._letters: Counter[str] = Counter()
        for word in learned:
            padded = f"^^{word}$"
            self._trigrams.update(padded[i : i + 3] for i in range(len(padded) - 2))
        for trigram, count in self._trigrams.items():
            self._bigrams[trigram[:2]] += count
            self._letters[trigram[2]] += count
        self._pairs: Counter[str] = Counter()
        for trigram, count in self._trigrams.items():
            self._pairs[trigram[1:]] += count
        self._total = sum(self._letters.values()) or 1
        self._cache: dict[str, float] = {}

    def log_probability(self, form: str) -> float:
        """Natural logarithm of how likely the next word of a text is `form` (lower-case, folded).

        Words with an apostrophe that are not in the list are judged as their parts, as in "l'histoire".
        """
        known = self._cache.get(form)
        if known is None:
            parts = [form] if form in self.words else form.split("'")
            known = self._cache[form] = sum(self._part(part) for part in parts if part)
        return known

    def spelling(self, word: str) -> float:
        """Natural logarithm of how likely a word is by its letters alone."""
        padded = f"^^{word}$"
        return sum(math.log(self._letter(padded[i : i + 3])) for i in range(len(padded) - 2))

    def _part(self, word: str) -> float:
        spelled = (1 - _KNOWN) * math.exp(self.spelling(word))
        return math.log(_KNOWN * self.words.get(word, 0.0) + spelled + 1e-40)

    def _letter(self, trigram: str) -> float:
        one = self._letters[trigram[2]] / self._total
        two = self._pairs[trigram[1:]] / (self._letters[trigram[1]] or self._total)
        three = self._trigrams[trigram] / (self._bigrams[trigram[:2]] or 1)
        return 0.7 * three + 0.2 * two + 0.1 * one + _UNSEEN


@cache
def lexicon(language: str, main: bool = False) -> Lexicon | None:
    """The lexicon of a language (BCP 47), or None where nothing is known of it. `main` asks for rare words too."""
    if language == TRANSLITERATED:
        return Lexicon(_gathered(_romanised("ru")))
    if language == "la":
        return Lexicon({word: 0.08 / (rank + 3) for rank, word in enumerate(latin.WORDS)})
    base = language.split("-", maxsplit=1)[0]
    if ("-" in language and script_subtag(language)) or base not in wordfreq.available_languages("small"):
        return None
    return Lexicon(_gathered(_listed(base, _ALL if main else _COMMON)))


def script_subtag(language: str) -> str | None:
    """The script named in a language tag: "Latn" of "ru-Latn"."""
    return next((part for part in language.split("-")[1:] if len(part) == 4 and part.isalpha()), None)


def _listed(language: str, limit: int) -> Iterable[tuple[str, float]]:
    """The most frequent words of a language; wordfreq keeps them in steps of a hundredth of a power of ten."""
    size = "large" if language in wordfreq.available_languages("large") else "small"
    count = 0
    for step, words in enumerate(wordfreq.get_frequency_list(language, size)):
        for word in words:
            yield word, 10 ** (-step / 100)
        count += len(words)
        if count >= limit:
            return


def _gathered(words: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Frequencies by folded form; forms that fall together are added up."""
    gathered: dict[str, float] = {}
    for word, frequency in words:
        form = word if word.isascii() else fold(word)
        gathered[form] = gathered.get(form, 0.0) + frequency
    return gathered


def _romanised(language: str) -> Iterable[tuple[str, float]]:
    """Each way of writing a word has the frequency of the word: a text keeps to one of them."""
    best: dict[str, float] = {}
    for word, frequency in _listed(language, _LEARNED):
        if word.isalpha() and not word.isascii():
            for form in romanisations(word):
                best.setdefault(form, frequency)
    return best.items()
