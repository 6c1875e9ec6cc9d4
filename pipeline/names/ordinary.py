"""How ordinary a word is in the language in which it stands.

A name is about as common in one language as in another; an ordinary word is common in its own alone (Donnez, Siehe).
Frequencies are Zipf's of wordfreq: 0 unknown, 3 once in a million words, 6 as "in".
"""

import re
from functools import cache

import wordfreq

from pipeline.names.places import gazetteer

_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_KNOWN = 2.8  # Zipf frequency from which a word is common enough to be judged
_AT_HOME = 2.0  # how much commoner than abroad an ordinary word is: a hundred times
_ENGLISH = (3.1, 1.2)  # the same for English, by which others are measured, and whose words are known everywhere


@cache
def commonness(word: str, language: str = "en") -> float:
    """Zipf frequency of a word; 0 in a language whose words are not known, as Russian in Latin letters."""
    plain = language.split("-", maxsplit=1)[0]
    known = plain in _languages() and "-Latn" not in language
    return float(wordfreq.zipf_frequency(word.lower(), plain)) if known else 0.0


@cache
def is_ordinary(word: str, language: str) -> bool:
    """Whether a capitalised word is surely one of a language's ordinary words; never in other letters than Latin."""
    here, english = commonness(word, language), language.startswith("en")
    known, more = _ENGLISH if english else (_KNOWN, _AT_HOME)
    return (
        _LATIN.match(word) is not None
        and here > known
        and here - commonness(word, "es" if english else "en") > more
        and word not in gazetteer()
    )


@cache
def _languages() -> frozenset[str]:
    return frozenset(wordfreq.available_languages())  # looks into a folder each time
