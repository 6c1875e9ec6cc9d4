"""Letters of two scripts where there should be one: a Cyrillic а in an English word.

Recognition and careless conversion put in letters that look the same. A word that holds two scripts, or that stands
in look-alikes among words of another script, is told with what it is likely to say; the repair is certain where it
gives a word that the document's languages know.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.languages.lexicon import Lexicon
from pipeline.languages.tokens import Token, as_latin, fold, script_of

_ROMAN = re.compile("[IVXLCDM]+")
_TO_CYRILLIC = str.maketrans("aceopxyABCEHKMOPTXY", "асеорхуАВСЕНКМОРТХУ")


@dataclass(frozen=True, slots=True)
class Disguise:
    """A word with letters of a script that is not its own. certain: a language knows the word that it then is."""

    start: int
    end: int
    repaired: str
    certain: bool


def disguises(text: str, words: Sequence[Token], lexica: Sequence[Lexicon]) -> list[Disguise]:
    """The words of a text with letters of two scripts, or in look-alikes of their neighbours' script."""
    found = []
    for index, word in enumerate(words):
        written = text[word.start : word.end]
        if word.script == "LATIN":
            if _is_cyrillic(written, lexica) and _among(words, index, "CYRILLIC"):
                found.append(Disguise(word.start, word.end, written.translate(_TO_CYRILLIC), True))
            continue
        repaired = _repaired(written, word.script)
        certain = any(fold(repaired) in each.words for each in lexica if each.script == script_of(repaired))
        if word.script == "MIXED" or (certain and repaired.isascii() and _among(words, index, "LATIN")):
            found.append(Disguise(word.start, word.end, repaired, certain))
    return found


def _is_cyrillic(written: str, lexica: Sequence[Lexicon]) -> bool:
    """Whether all Latin letters of a word have a Cyrillic look-alike, in which it is a more frequent word."""
    repaired = written.translate(_TO_CYRILLIC)
    if script_of(repaired) != "CYRILLIC" or _ROMAN.fullmatch(written):
        return False
    share = {
        script: max((each.words.get(fold(form), 0.0) for each in lexica if each.script == script), default=0.0)
        for script, form in (("CYRILLIC", repaired), ("LATIN", written))
    }
    return share["CYRILLIC"] > share["LATIN"]


def _repaired(written: str, script: str) -> str:
    """The word in Latin letters where all look alike, else in Cyrillic ones, else as near to Latin as it goes."""
    latin, cyrillic = as_latin(written), written.translate(_TO_CYRILLIC)
    return (
        cyrillic if script == "MIXED" and script_of(latin) == "MIXED" and script_of(cyrillic) == "CYRILLIC" else latin
    )


def _among(words: Sequence[Token], index: int, script: str) -> bool:
    beside = [words[near].script for near in (index - 1, index + 1) if 0 <= near < len(words)]
    return bool(beside) and all(each == script for each in beside)
