"""Where a name may stand: runs of capitalised words, with initials and particles."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import wordfreq

from pipeline.names.cues import ARTICLES, BODIES, FOLLOWERS, HONORIFICS, ORG_HEADS, PEOPLES, STARTERS
from pipeline.names.places import gazetteer

Range = tuple[int, int]

_UP = "[A-ZÀ-ÖØ-ÞŁŒŚŠŹŽČĆĐА-ЯЁЄІЇ]"
_INITIAL = rf"(?:{_UP}|Ya|Yu|Ch|Sh|Th|Ph)\."
_WORD = rf"(?:{_UP}[^\W\d_]*(?:['’](?={_UP})[^\W\d_]+|-(?={_UP})[^\W\d_]+)*)"
_PARTICLE = r"(?:de[ ]la|de[ ]los|de|del|du|des|da|di|van[ ]der|van|von|zu|ter|y|e|ibn|bin|al|el)"
_RUN = re.compile(
    rf"(?<![^\W_])(?:(?:{_INITIAL}[ ]?){{2,}}(?![ ]?{_UP})"
    rf"|(?:{_INITIAL}[ ]?)*{_WORD}(?:[ ](?:{_PARTICLE}[ ])?(?:{_INITIAL}[ ]?)*{_WORD})*)"
)
_FIRST = re.compile(r"([^\s.]+)\.?\s")
_NUMBERED = re.compile(
    r"(?:Vols?|Nums?|Nos?|Nr|Parts?|Chapters?|Appendix|Fig|Figure|Tables?|Book|Tome|Tomo|Sections?|Bd|Heft|Box|Folder)\.?"
    r"\s(?:\d|[IVXLC]+\b|[A-Z]\b)"
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
        form = " ".join(plain[start:end].split())
        if end - start > 1 and not _NUMBERED.match(plain, start) and not _is_word(form):
            found.append(Candidate(text_id, start, end, form, opens))
    return _joined(plain, found)


@cache
def commonness(word: str) -> float:
    """Zipf frequency of a word in English (0 unknown, 6 as "in")."""
    return float(wordfreq.zipf_frequency(word.lower(), "en"))


def _is_word(form: str) -> bool:
    """Whether a form of one word can't be a name: a function word, an adjective, followers of a creed."""
    small = form.lower()
    return form in PEOPLES or (
        " " not in form
        and not (form.isupper() and len(form) > 1)
        and (small in STARTERS or small in ARTICLES or (len(form) > 6 and small.endswith(FOLLOWERS)))
    )


def _without_starters(plain: str, start: int, end: int, opens: bool, lowered: frozenset[str]) -> tuple[int, bool]:
    while match := _FIRST.match(plain, start, end):
        word, whole = match.group(1), plain[start:end]
        small = word.lower()
        if whole in gazetteer():
            break
        body = whole.split()[-1] in ORG_HEADS
        usual = small in STARTERS or (
            opens
            and (
                small in ARTICLES
                or (not body and small in lowered and commonness(word) > 4.2)
                or (small.endswith(("ing", "ly")) and commonness(word) > 3)
            )
        )
        if not usual and word.rstrip(".") not in HONORIFICS:
            break
        start, opens = match.end(), False
    return start, opens


def _without_enders(plain: str, start: int, end: int) -> int:
    while match := re.search(
        r"\s(?:Papers|Archives?|Collection|Letters|Diary|II|III|IV|Notebooks?)$", plain[start:end]
    ):
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
            between, head = plain[last.end : each.start], last.words[-1]
            if (between in (" of ", " for ") and head in ORG_HEADS) or (
                between == " of the " and not BODIES.isdisjoint(last.words) and each.form not in gazetteer()
            ):
                form = " ".join(plain[last.start : each.end].split())
                result[-1] = Candidate(last.text, last.start, each.end, form, last.opens)
                continue
        result.append(each)
    return result


def houses(
    found: Sequence[Candidate], texts: Mapping[str, str], works: Mapping[str, Collection[Range]]
) -> list[Candidate]:
    """Candidates in which a publisher's two partners ("Harrow and Pike", after a title or "published by") are one."""
    ends = {text: {end for _, end in ranges} for text, ranges in works.items()}
    result: list[Candidate] = []
    for each in found:
        if result and result[-1].text == each.text and " " not in each.form + result[-1].form:
            last, text = result[-1], texts[each.text]
            after_title = not ends.get(each.text, set()).isdisjoint(range(last.start - 3, last.start))
            published = re.search(r"\bpublish\w*\s(?:with|by)\s$", text[max(0, last.start - 18) : last.start])
            if text[last.end : each.start] in (" and ", " & ") and (after_title or published):
                form = " ".join(text[last.start : each.end].split())
                result[-1] = replace(last, end=each.end, form=form)
                continue
        result.append(each)
    return result


def parted(found: Sequence[Candidate]) -> list[Candidate]:
    """Candidates in which two names meet ("in the United States Abernathy wrote") as two.

    The second must stand alone often, the first be known as a place, a body or a form of its own.
    """
    counts = Counter(each.form for each in found)
    result = []
    for each in found:
        head, _, last = each.form.rpartition(" ")
        if " " not in head:
            result.append(each)
            continue
        known = head in gazetteer() or counts[head] or head.split()[-1] in ORG_HEADS
        if counts[last] >= 4 and last not in ORG_HEADS and known and each.form not in gazetteer():
            middle = each.end - len(last)
            result.append(replace(each, end=middle - 1, form=head))
            result.append(replace(each, start=middle, form=last, opens=False))
        else:
            result.append(each)
    return result
