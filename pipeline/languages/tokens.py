"""Words of a text, as the language models see them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_SIGNS = "\u0300-\u036f\u0591-\u05c7\u064b-\u0670\u0900-\u0903\u093a-\u0957\u0981-\u0983\u09bc-\u09d7\u0bbe-\u0bcd"
"""Vowel signs and points, which belong to the letter before them."""
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_SIGNS}])*(?:['’](?:[^\W\d_]|[{_SIGNS}])+)*")
_TOGETHER = {"HIRAGANA": "CJK", "KATAKANA": "CJK", "KATAKANA-HIRAGANA": "CJK"}  # written with Chinese characters
_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u2c00-\ua71f\ua800-\ufaff]")
_LATIN_ALIKE = str.maketrans(
    "асеорхукіјѕАВСЕНІЈКМОРЅТХУ" + "ονυικραΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aceopxykijsABCEHIJKMOPSTXY" + "ovuikpaABEZHIKMNOPTYX"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word at characters [start, end).

    form: lower-case, without accents. accented: it had some. script: "LATIN", "CYRILLIC", ..., or "MIXED" where
    letters of two scripts stand in one word; its form is then put in Latin letters where these look the same.
    """

    start: int
    end: int
    form: str
    capital: bool
    accented: bool
    script: str


def tokens(text: str) -> Iterator[Token]:
    """The words of `text`; hyphens part words, apostrophes inside a word do not."""
    for match in _WORD.finditer(text):
        word = match.group()
        script = script_of(word)
        form = fold(as_latin(word) if script == "MIXED" else word)
        yield Token(match.start(), match.end(), form, word[0].isupper(), form != word.lower(), script)


def as_latin(word: str) -> str:
    """The word with Cyrillic and Greek letters put in Latin ones where these look the same."""
    return word.translate(_LATIN_ALIKE)


@cache
def fold(word: str) -> str:
    """Lower-case, typographic apostrophes straight, accents off (of Latin letters only: и and й are two letters)."""
    word = word.lower().replace("’", "'").replace("ß", "ss").replace("œ", "oe").replace("æ", "ae")
    if word.isascii() or _OTHER_SCRIPT.search(word):
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


@cache
def script_of(word: str) -> str:
    """The script of the letters of `word` by their Unicode names; "MIXED" where there are two."""
    if word.isascii():
        return "LATIN"
    names = {unicodedata.name(c, "LATIN").split()[0] for c in word if c.isalpha()}
    scripts = {_TOGETHER.get(name, name) for name in names}
    return scripts.pop() if len(scripts) == 1 else "MIXED"
