"""Where a name may stand: runs of capitalised words, with initials and particles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.names.cues import (
    ARTICLES,
    BODIES,
    FOLLOWERS,
    HONORIFICS,
    ORG_HEADS,
    PARTNERS,
    PEOPLES,
    PLACE_HEADS,
    STARTERS,
)
from pipeline.names.ordinary import commonness, is_ordinary
from pipeline.names.places import gazetteer

Range = tuple[int, int]

_UP = "[A-ZÀ-ÖØ-ÞŁŒŚŠŹŽČĆĐА-ЯЁЄІЇ]"
_CUT = "Alexr?|Benj|Ch|Chas|Danl|Edwd?|Fredk|Geo|Jas|Jno|Jos|Ph|Richd?|Robt|Saml|Sh|Th|Thos|Wm|Ya|Yu"  # forenames
INITIAL = rf"(?:{_UP}|{_CUT})\."
_SOFT = r"(?<=[^\W\d_]{3})(?<!qu)(?<!ll)['’](?!(?:ll|ve|re)\b)(?=[a-z]{2})[^\W\d_]+"  # Russian soft signs: Vasil'ev
WORD = rf"(?:{_UP}[^\W\d_]*(?:['’](?={_UP})[^\W\d_]+|{_SOFT}|-(?={_UP})[^\W\d_]+)*)"
PARTICLE = r"(?:de[ ]la|de[ ]los|de|del|du|des|da|di|van[ ]der|van[ ]den|van|von[ ]der|von|zu|ter|y|e|ibn|bin|al|el)"
_RUN = re.compile(
    rf"(?<![^\W_])(?:(?:{INITIAL}[ ]?){{2,}}(?![ ]?{_UP})"
    rf"|(?:(?:{INITIAL}[ ]?)+(?:{PARTICLE}[ ])?)?{WORD}(?:[ ](?:{PARTICLE}[ ])?(?:(?:{INITIAL}[ ]?)+(?:{PARTICLE}[ ])?)?{WORD})*)"
)
_FIRST = re.compile(r"(?![^\W\d_]\.)([^\s.]+)\.?\s")  # an initial is no article
_LORDLY = re.compile(r"\b(?:von|van)(?:\sde[nrm])?\s$")
_NUMBERED = re.compile(
    r"(?:Vols?|Nums?|Nos?|Nr|Parts?|Chapters?|Appendix|Fig|Figure|Tables?|Book|Tome|Tomo|Sections?|Bd|Heft|Box|Folder)\.?"
    r"\s(?:\d|[IVXLC]+\b|[A-Z]\b)"
)
_SHELVED = re.compile(r"\.?\s\d[\d,]*/\d")  # C.O. 96/297
_WORKS = re.compile(
    r"\s(?:works|factory|factories|shipyards?|steelworks|ironworks|fleet|foundry|publishing\shouse)\b(?!\sof\b)"
)
_USINES = re.compile(
    r"\b(?:usines?|maisons?|librairie|imprimerie|banque|[ée]ditions|compagnie|soci[ée]t[ée]|f[áa]brica|editorial|imprenta|banco"
    r"|compa[ñn][íi]a|завод|фабрик[аи]|издательств[оа])\s(?:de\s)?$"
)
_ESTATE = re.compile(
    r"\s(?:Collection|Letters|Diar(?:y|ies)|Notebook"
    r"|(?<!Town )(?<!City )(?<!State )(?<!County )(?<!National )(?<!Central )(?<!Public )Archives?)$"
)
_PAPERS = re.compile(r"(?<=\w)\s(?:Papers|Correspondence|Notebooks|Despatches|Dispatches)(?=[\s,.])")
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


def candidates(
    text_id: str, text: str, blocked: Sequence[Range], lowered: frozenset[str], language: str = "en"
) -> list[Candidate]:
    """The candidates of a text outside the `blocked` ranges, in order.

    lowered: words that the document writes in small letters too; such a word at the start of a sentence is cut off.
    language: the main one.
    """
    masked = list(text)
    for start, end in blocked:
        masked[start:end] = "\0" * (end - start)
    plain = _PAPERS.sub(lambda match: "\0" * len(match.group()), "".join(masked))
    found = []
    for match in _RUN.finditer(plain):
        start, end = match.span()
        opens = opens_sentence(plain, start)
        start, opens = _without_starters(plain, start, end, opens, lowered, language)
        end = _without_enders(plain, start, end)
        start, end = _with_small_heads(plain, start, end)
        form = " ".join(plain[start:end].split())
        numbered = _NUMBERED.match(plain, start) or _SHELVED.match(plain, end)
        if end - start > 1 and not numbered and not _is_word(form):
            found.append(Candidate(text_id, start, end, form, opens))
    return _joined(plain, found)


def opens_sentence(text: str, start: int) -> bool:
    """Whether a sentence or quotation starts here, so that a capital says little."""
    return start == 0 or _SENTENCE.search(text[max(0, start - 6) : start]) is not None


def _is_word(form: str) -> bool:
    """Whether a form of one word can't be a name: a function word, an adjective, followers of a creed."""
    small = form.lower()
    return (
        form in PEOPLES
        or re.fullmatch(r"[A-Z]{2,}(?:men|man|ists?|ites?|ism)", form) is not None
        or (
            " " not in form
            and not (form.isupper() and len(form) > 1)
            and (small in STARTERS or small in ARTICLES or (len(form) > 6 and small.endswith(FOLLOWERS)))
        )
    )


def _without_starters(
    plain: str, start: int, end: int, opens: bool, lowered: frozenset[str], language: str
) -> tuple[int, bool]:
    while match := _FIRST.match(plain, start, end):
        word, whole = match.group(1), plain[start:end]
        small = word.lower()
        if whole in gazetteer():
            break
        body = whole.split()[-1] in ORG_HEADS
        usual = (
            small in STARTERS
            or small.endswith(("ists", "ites"))
            or (
                opens
                and (
                    small in ARTICLES
                    or (not body and small in lowered and commonness(word) > 4.2)
                    or (small.endswith(("ing", "ly")) and commonness(word) > 3)
                    or is_ordinary(word, language)
                )
            )
        )
        if not usual and word.rstrip(".") not in HONORIFICS:
            break
        start, opens = match.end(), False
        if particle := re.compile(rf"{PARTICLE}\s").match(plain, start, end):
            start = particle.end()
    return start, opens


def _without_enders(plain: str, start: int, end: int) -> int:
    while match := _ESTATE.search(plain, start, end):
        end = match.start()
    if re.search(r"\s[JS]r$", plain[start:end]) and plain[end : end + 1] == ".":
        return end + 1
    if plain[end - 1 : end + 1] == ". " and not re.search(r"\.\S?\w?\.$", plain[start:end]):
        end -= 1
    return end - (len(plain[start:end]) - len(plain[start:end].rstrip()))


def _with_small_heads(plain: str, start: int, end: int) -> Range:
    """A body whose kind is written in small letters: the Orlov works, les usines Orlov."""
    article = re.search(r"\b[Tt]he\s$", plain[max(0, start - 4) : start])
    if article and (after := _WORKS.match(plain, end)):
        end = after.end()
    if (noble := _LORDLY.search(plain[max(0, start - 9) : start])) and plain[start:end] not in gazetteer():
        return start - len(noble.group()), end
    return from_small_head(plain, start), end


def from_small_head(plain: str, start: int) -> int:
    """Where a name starts that has the kind of its body in small letters before it (les usines Orlov)."""
    before = _USINES.search(plain[max(0, start - 30) : start])
    return start - len(before.group()) if before else start


def _joined(plain: str, found: Sequence[Candidate]) -> list[Candidate]:
    """Names that go on after a small word: the Institute of Fisheries, the Miners' Home, Pike and Sons."""
    result: list[Candidate] = []
    for each in found:
        if result and (_goes_on(plain, result[-1], each) or _is_firm(plain, result, each)):
            last = result.pop()
            while _is_listed(plain, result, last, each):
                last = replace(result.pop(), end=last.end)
            form = " ".join(plain[last.start : each.end].split())
            result.append(Candidate(last.text, last.start, each.end, form, last.opens))
        else:
            result.append(each)
    return result


def _goes_on(plain: str, last: Candidate, each: Candidate) -> bool:
    between, head = plain[last.end : each.start], last.words[-1]
    if between in (" of ", " for "):
        return head in ORG_HEADS or (head in PLACE_HEADS and each.form not in PEOPLES)
    if between == " of the ":
        return not BODIES.isdisjoint(last.words) and each.form not in gazetteer()
    if between in ("' ", "’ "):
        return head.endswith("s") and each.words[-1] in ORG_HEADS
    if between in ("'s ", "’s "):  # what a seaman or a king owns may be called after him, unlike what a person owns
        return each.words[-1] in ORG_HEADS and (head.endswith(("men", "ren", "People")) or head in HONORIFICS)
    return False


def _is_firm(plain: str, before: Sequence[Candidate], each: Candidate) -> bool:
    return each.words[0] in PARTNERS and plain[before[-1].end : each.start] in (" and ", " & ", ", ")


def _is_listed(plain: str, before: Sequence[Candidate], last: Candidate, each: Candidate) -> bool:
    """Whether a partner stands before `last` too: Harrow, Pike and Company."""
    return (
        bool(before)
        and each.words[0] in PARTNERS
        and " " not in before[-1].form + last.form
        and plain[before[-1].end : last.start] == ", "
    )
