"""How likely a word is, before anybody has looked: from frequency lists and from the document itself."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property

import wordfreq

UNKNOWN = 1e-9
"""Probability of a word that stands in no list, before its length is counted."""
NUMBER = 0.02
"""Share of tokens that are numbers; of one length all are as likely."""
SHORT, RARE = 1e-3, 1e-7
"""Probability from which a word is known, of a letter or two and of more."""
NAMES = 30.0
"""How much likelier than other unknown words are those with a capital: no list has all names."""
MIXED = 0.05
"""How much rarer than other unknown words are those of digits and letters."""

INNER = {"-": 1e-2, "'": 1e-2, "’": 1e-2, ".": 1e-3}
"""Share of words that have a sign between letters, before the document has been read; of other signs, the least."""
LEAST, CAPITALS, OF_WORDS = 1e-4, 5e-3, 200
"""That share, the share of words in capitals, and the words for which such shares count."""

_PARTED = re.compile(r"\W+")
_INNER = re.compile(r"(?<=\w)[^\w\s](?=\w)")


class Lexicon:
    """Word probabilities: wordfreq's lists of the edition's languages, mixed with the document's own words.

    Lists are folded to unaccented letters, since documents are typed without accents; they serve for frequency,
    never to say what is right.
    """

    def __init__(self, languages: Iterable[str], own: Mapping[str, int]) -> None:
        """languages: the main one first. own: how often both witnesses agree on a form (as written)."""
        self._own = own
        self._total = max(1, sum(own.values()))
        self._languages = tuple(languages)

    @cached_property
    def _lists(self) -> list[Mapping[str, float]]:
        """Loaded when first asked for: a single witness asks for nothing."""
        return [_frequencies(language, "small" if index else "best") for index, language in enumerate(self._languages)]

    @cached_property
    def _inner(self) -> Mapping[str, float]:
        """Share of the document's words that have each sign between letters."""
        seen = Counter(dict.fromkeys(INNER, 0))
        for word, times in self._own.items():
            seen.update(dict.fromkeys(set(_INNER.findall(word)), times))
        total = self._total + OF_WORDS
        return {sign: (times + OF_WORDS * INNER.get(sign, LEAST)) / total for sign, times in seen.items()}

    @cached_property
    def _capitals(self) -> float:
        """Share of the document's words that are all in capitals."""
        seen = sum(times for word, times in self._own.items() if _in_capitals(word))
        return (seen + OF_WORDS * CAPITALS) / (self._total + OF_WORDS)

    def probability(self, word: str) -> float:
        """Of a word without its punctuation, or of several one after the other, 0..1. No word has probability 1."""
        if not word:
            return 1.0
        folded = fold(word)
        several = _PARTED.split(folded)
        if len(several) > 1 and not any(folded in table for table in self._lists):
            signs = math.prod(self._inner.get(sign, LEAST) for sign in _INNER.findall(word))
            return signs * self._of_several([self.probability(each) for each in several if each])
        own = self._own.get(word, 0) / self._total
        digits = sum(c.isdigit() for c in word)
        if digits == len(word):
            return 0.5 * own + NUMBER * 10.0 ** -min(digits, 20)
        general = max((table.get(folded, 0.0) for table in self._lists), default=0.0)
        unknown = UNKNOWN * math.exp(-0.5 * min(max(0, len(word) - 6), 60))
        listed = 0.5 * general + unknown * (MIXED if digits else NAMES if word[0].isupper() else 1.0)
        return 0.5 * own + listed * (self._capitals if _in_capitals(word) else 1.0)

    def knows(self, word: str) -> bool:
        """Whether it is a number, a word of the document or of a list; of a letter or two only if frequent."""
        least = SHORT if len(word) < 3 else RARE
        if not word or word.isdigit() or word in self._own:
            return bool(word)
        return self.probability(word.lower() if _in_capitals(word) else word) >= least

    @staticmethod
    def _of_several(each: Sequence[float]) -> float:
        """As rare as the rarest of them, and as many times as rare as there are unknown ones beside it: a word more is
        no reason to doubt a reading, a word cut in two is."""
        rarest, *others = sorted(each) or [1.0]
        return rarest * math.prod(min(1.0, other / (2 * UNKNOWN)) for other in others)


def _in_capitals(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def fold(word: str) -> str:
    """Lower case without accents."""
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


@cache
def _frequencies(language: str, size: str) -> Mapping[str, float]:
    code = language.split("-", maxsplit=1)[0]
    if language.endswith("-Latn") or code not in wordfreq.available_languages():
        return {}
    table: dict[str, float] = {}
    for word, frequency in wordfreq.get_frequency_dict(code, size).items():
        folded = fold(word)
        table[folded] = max(frequency, table.get(folded, 0.0))
    return table


def share(counts: Counter[str]) -> Callable[[str], float]:
    """A prior from counts: how often a form was seen, 0..1, with a little left for what was not."""
    total = counts.total() + 1
    return lambda form: (counts["".join(form.split())] + 0.01) / total * (0.5 if " " in form else 1.0)
