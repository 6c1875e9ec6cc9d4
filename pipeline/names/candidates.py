"""Where a name may stand: runs of capitalised words, with initials and particles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import wordfreq

from pipeline.names.cues import HONORIFICS, ORG_HEADS, STARTERS

Range = tuple[int, int]

_UP = r"[^\W\d_a-zß-öø-ÿа-яё]"
_INITIAL = rf"(?:{_UP}|Ya|Yu|Ch|Sh|Th|Ph)\."
_WORD = rf"(?:{_UP}[^\W\d_]*(?:['’](?={_UP})[^\W\d_]+|-(?={_UP})[^\W\d_]+)*)"
_PARTICLE = r"(?:de\sla|de\slos|de|del|du|des|da|di|van\sder|van|von|zu|ter|y|e|ibn|bin|al|el)"
_RUN = re.compile(
    rf"(?<![^\W_])(?:(?:{_INITIAL}\s?){{2,}}(?!\s?{_UP})|(?:{_INITIAL}\s?)*{_WORD}(?:\s(?:{_PARTICLE}\s)?(?:{_INITIAL}\s?)*{_WORD})*)"
)
_SENTENCE = re.compile(r"(?:^|[.?!:]['\"”’»)]*\s|\n|[\"“«(\[]|['‘](?=\w)|--\s?)\s*$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Characters [start, end) of `text`; opens: a sentence or quotation starts with it, so the capital says little."""

    text: str
    start: int
    end: int
    form: str
    opens: bool

    @property
    def words(self) -> list[str]:
        return self.form.split()


def candidates(text_id: str, text: str, blocked: Sequence[Range], lowered: frozenset[str]) -> list[Candidate]:
    """The candidates of a text outside the `blocked` ranges, in order.

    lowered: words that the document writes in small letters too; such a word at the start of a sentence is cut off.
    """
    masked = list(text)
    for start, end in blocked:
        masked[start:end] = "\0" * (end - start)
    plain = "".join(masked)
    found = []
    for match in _RUN.finditer(plain):
        start, end = match.span()
        opens = bool(_SENTENCE.search(plain[max(0, start - 6) : start])) or start == 0
        start, opens = _without_starters(plain, start, end, opens, lowered)
        end = _without_enders(plain, start, end)
        if end - start > 1:
            found.append(Candidate(text_id, start, end, " ".join(plain[start:end].split()), opens))
    return _joined(plain, found)


@lru_cache(maxsize=None)
def commonness(word: str) -> float:
    """Zipf frequency of a word in English (0 unknown, 6 as "in")."""
    return float(wordfreq.zipf_frequency(word.lower(), "en"))


def _without_starters(plain: str, start: int, end: int, opens: bool, lowered: frozenset[str]) -> tuple[int, bool]:
    while match := re.compile(r"([^\s.]+)\.?\s").match(plain, start, end):
        word = match.group(1)
        small = word.lower()
        usual = small in STARTERS or (opens and small in lowered and commonness(word) > 4.2)
        if not usual and word.rstrip(".") not in HONORIFICS:
            break
        start, opens = match.end(), False
    return start, opens


def _without_enders(plain: str, start: int, end: int) -> int:
    while match := re.search(r"\s(?:Papers|Archives?|Collection|Letters|Diary|II|III|IV|Notebooks?)$", plain[start:end]):
        end = start + match.start()
    if plain[end - 1 : end + 1] == ". " and not re.search(r"\.\S?\w?\.$", plain[start:end]):
        end -= 1
    return end - (len(plain[start:end]) - len(plain[start:end].rstrip()))


def _joined(plain: str, found: Sequence[Candidate]) -> list[Candidate]:
    """Names of bodies that go on after "of": the Institute of Fisheries."""
    result: list[Candidate] = []
    for each in found:
        if result:
            last = result[-1]
            between = plain[last.end : each.start]
            if re.fullmatch(r"\s(?:of|for)\s(?:the\s)?", between) and last.words[-1] in ORG_HEADS:
                form = " ".join(plain[last.start : each.end].split())
                result[-1] = Candidate(last.text, last.start, each.end, form, last.opens)
                continue
        result.append(each)
    return result
