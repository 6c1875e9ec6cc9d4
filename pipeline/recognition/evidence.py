"""Which language a recognised text is in, and how well it was recognised: evidence from word frequencies.

The frequencies are those of wordfreq (Speer, 2022). Accents and case are folded on both sides, so that a text typed
without accents, or read by a model that knows none, is recognised as what it is.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

import wordfreq

from pipeline.model import Word

RAREST = 1e-7
UNKNOWN_WORTH = 0.5
_WORD = re.compile(r"[^\W\d_]{2,}")


def fold(text: str) -> str:
    """Lower case without accents."""
    if text.isascii():
        return text.casefold()
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(character for character in parts if not unicodedata.combining(character))


def tokens(words: Iterable[Word]) -> list[str]:
    """The folded words of two letters and more."""
    return [token for word in words for token in tokens_of(word.text)]


def tokens_of(text: str) -> list[str]:
    """The folded words of two letters and more of a text."""
    return _WORD.findall(fold(text))


def has_frequencies(language: str) -> bool:
    """Whether there are word frequencies for a language (BCP 47)."""
    return language.split("-", maxsplit=1)[0] in wordfreq.available_languages("small")


def fit(words: Sequence[str], language: str) -> float:
    """How usual the folded words are in a language: the mean of log10(frequency / 1e-7), 0 for unknown words.

    About 3 for running text in its own language, below 1.5 in any other.
    """
    frequencies = _frequencies(language)
    total = sum(math.log10(max(frequencies.get(word, 0.0), RAREST) / RAREST) for word in words)
    return total / len(words) if words else 0.0


def known(words: Sequence[str], language: str) -> float:
    """The share (0..1) of the folded words that a language has, weighted by their length."""
    frequencies = _frequencies(language)
    letters = sum(len(word) for word in words)
    return sum(len(word) for word in words if word in frequencies) / letters if letters else 0.0


def confidence(words: Sequence[Word]) -> float:
    """The recogniser's mean confidence (0..1), words weighted by their length; 0 without words."""
    letters = sum(len(word.text) for word in words)
    return sum(len(word.text) * word.confidence for word in words) / letters if letters else 0.0


def quality(words: Sequence[Word], languages: Iterable[str]) -> float:
    """How good a reading seems (0..1): its confidence, unknown words counting half.

    languages: the words of the likeliest of these are known.
    """
    folded = tokens(words)
    share = max((known(folded, language) for language in languages), default=0.0)
    return confidence(words) * (UNKNOWN_WORTH + (1 - UNKNOWN_WORTH) * share)


@cache
def script(language: str) -> str:
    """The script of a language, by Unicode's name for it ("LATIN", "CYRILLIC"): that of its commonest word."""
    frequencies = _frequencies(language)
    return unicodedata.name(max(frequencies, key=lambda word: frequencies[word])[0]).split()[0]


def likeliest(words: Sequence[str], languages: Sequence[str]) -> str:
    """The language that fits the folded words best; the first where several do."""
    return max(languages, key=lambda language: fit(words, language))


@cache
def _frequencies(language: str) -> dict[str, float]:
    folded: dict[str, float] = {}
    for word, frequency in wordfreq.get_frequency_dict(language.split("-", maxsplit=1)[0], wordlist="small").items():
        plain = fold(word)
        folded[plain] = max(frequency, folded.get(plain, 0.0))
    return folded
