"""Where a name may stand: runs of capitalised words, with what belongs to them, without what does not."""

import re
from collections.abc import Sequence

from pipeline.names.bodies import joined, reach
from pipeline.names.cues import ARTICLES, FEASTS, FOLLOWERS, HONORIFICS, ORG_HEADS, STARTERS
from pipeline.names.forms import PARTICLE, RUN, Candidate, Range, opens_sentence
from pipeline.names.ordinary import commonness, is_ordinary
from pipeline.names.places import gazetteer, is_people

_FIRST = re.compile(r"(?![^\W\d_]\.)([^\s.]+)\.?\s")  # an initial is no article
_LORDLY = re.compile(r"\b(?:von|van)(?:\sde[nrm])?\s$")
_NUMBERED = re.compile(
    r"(?:Vols?|Nums?|Nos?|Nr|Parts?|Chapters?|Appendix|Fig|Figure|Tables?|Book|Tome|Tomo|Sections?|Bd|Heft|Box|Folder|Record\sGroup)\.?"
    r"\s(?:\d|[IVXLC]+\b|[A-Z]\b)"
)
_FIRM = re.compile(
    r"(?<=,\s)The\s(?:[^\W\d_]+\s)*(?:Press|Company|Society|Club|Publishers|Trust)$"
)  # its article is its own
_FEAST = re.compile(r"['’]s['’]?\s(?:[Dd]ay|[Ee]ve|[Mm]ass|[Ff]east)\b")
_KEPT = re.compile(r"\b(?:feast|eve|morrow|vigil|octave|day)\sof\s(?:the\s)?$")
_SHELVED = re.compile(r"\.?\s\d[\d,]*/\d")  # C.O. 96/297
_ESTATE = re.compile(  # what somebody has left
    r"\s(?:Papers|MSS?|Correspondence|Notebooks?|D[ei]spatches|Collection|Letters|Diar(?:y|ies)|(?P<kept>Archives?))$"
)
_KEEPERS = ORG_HEADS | {"Town", "City", "State", "County", "National", "Central", "Public"}  # of archives of their own
_PEOPLED = ("ian", "ean", "ish", "ese")
_RULE = re.compile(r"(?<!\w)(?P<ruler>[^\W\d_]+)(?P<rule>\s(?:Government|Regime))$")


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
    plain = "".join(masked)
    found: list[Candidate] = []
    for match in RUN.finditer(plain):
        start, end = match.span()
        if found and start < found[-1].end:
            continue
        opens = opens_sentence(plain, start)
        start, opens = _without_starters(plain, start, end, opens, lowered, language)
        end = _without_enders(plain, start, end)
        start, end = reach(plain, _with_particle(plain, start, end), end)
        while found and found[-1].end > start:  # II of II and III Harbour Corps
            found.pop()
        form = " ".join(plain[start:end].split())
        numbered = _NUMBERED.match(plain, start) or _SHELVED.match(plain, end)
        if end - start > 1 and not numbered and not _is_word(form) and not _is_feast(plain, start, end):
            found.append(Candidate(text_id, start, end, form, opens))
    return joined(plain, found)


def _is_word(form: str) -> bool:
    """Whether a form of one word can't be a name: a function word, an adjective, followers of a creed."""
    small = form.lower()
    return (
        is_people(form)
        or re.fullmatch(r"[A-Z]{2,}(?:men|man|ists?|ites?|ism)", form) is not None
        or (
            " " not in form
            and not (form.isupper() and len(form) > 1)
            and (small in STARTERS or small in ARTICLES or (len(form) > 6 and small.endswith(FOLLOWERS)))
        )
    )


def _is_feast(plain: str, start: int, end: int) -> bool:
    """Whether a saint or a word stands for a day of the year: St. Brannoc's Eve, the morrow of St. Brannoc."""
    if plain[start:end] in FEASTS:
        return True
    saint = re.match(r"St[.\s]|Saints?\s|All\s", plain[start:end])
    return saint is not None and bool(_FEAST.match(plain, end) or _KEPT.search(plain[max(0, start - 20) : start]))


def _without_starters(
    plain: str, start: int, end: int, opens: bool, lowered: frozenset[str], language: str
) -> tuple[int, bool]:
    while match := _FIRST.match(plain, start, end):
        word, whole = match.group(1), plain[start:end]
        small = word.lower()
        if whole in gazetteer() or _FIRM.match(plain, start, end):
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
                    or (not body and is_ordinary(word, language))
                )
            )
        )
        if not usual and word.rstrip(".") not in HONORIFICS:
            break
        start, opens = match.end(), False
        if particle := re.compile(rf"{PARTICLE}\s").match(plain, start, end):
            start = particle.end()
    return start, opens


def _with_particle(plain: str, start: int, end: int) -> int:
    before = _LORDLY.search(plain[max(0, start - 9) : start])
    return start - len(before.group()) if before and plain[start:end] not in gazetteer() else start


def _without_enders(plain: str, start: int, end: int) -> int:
    while match := _ESTATE.search(plain, start, end):
        if match["kept"] and plain[start : match.start()].rsplit(maxsplit=1)[-1] in _KEEPERS:
            break
        end = match.start()
    if (match := _RULE.search(plain, start, end)) and _is_ruler(match["ruler"]):
        end = match.start("rule")
    if re.search(r"\s[JS]r$", plain[start:end]) and plain[end : end + 1] == ".":
        return end + 1
    if plain[end - 1 : end + 1] == ". " and not re.search(r"\.\S?\w?\.$", plain[start:end]):
        end -= 1
    return end - (len(plain[start:end]) - len(plain[start:end].rstrip()))


def _is_ruler(word: str) -> bool:
    """Whether a government is called after a person, by a word that is no people, place nor ordinary one."""
    return not (commonness(word) > 3.8 or is_people(word) or word in gazetteer() or word.endswith(_PEOPLED))
