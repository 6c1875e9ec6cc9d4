"""Where a name may stand: runs of capitalised words, with initials and particles."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import wordfreq

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
from pipeline.names.places import gazetteer
from pipeline.names.recogniser import Entity

Range = tuple[int, int]

_UP = "[A-ZÀ-ÖØ-ÞŁŒŚŠŹŽČĆĐА-ЯЁЄІЇ]"
_INITIAL = rf"(?:{_UP}|Ya|Yu|Ch|Sh|Th|Ph)\."
_WORD = rf"(?:{_UP}[^\W\d_]*(?:['’](?={_UP})[^\W\d_]+|-(?={_UP})[^\W\d_]+)*)"
_PARTICLE = r"(?:de[ ]la|de[ ]los|de|del|du|des|da|di|van[ ]der|van|von|zu|ter|y|e|ibn|bin|al|el)"
_RUN = re.compile(
    rf"(?<![^\W_])(?:(?:{_INITIAL}[ ]?){{2,}}(?![ ]?{_UP})"
    rf"|(?:{_INITIAL}[ ]?)*{_WORD}(?:[ ](?:{_PARTICLE}[ ])?(?:{_INITIAL}[ ]?)*{_WORD})*)"
)
_FORENAME = rf"(?:{_INITIAL}|{_WORD})"
_INVERTED = re.compile(
    rf"\s*((?:{_PARTICLE}\s)?{_WORD}(?:[ -]{_WORD})?),\s({_FORENAME}(?:[ -]?{_FORENAME}){{0,2}})"
    r"(?=[,.:;]|\s\(|\sand\s|$)"
)
_ENTRY_ENDS = re.compile(r"(?:\d\.\s|\n)+")
_FIRST = re.compile(r"(?![^\W\d_]\.)([^\s.]+)\.?\s")  # an initial is no article
_NUMBERED = re.compile(
    r"(?:Vols?|Nums?|Nos?|Nr|Parts?|Chapters?|Appendix|Fig|Figure|Tables?|Book|Tome|Tomo|Sections?|Bd|Heft|Box|Folder)\.?"
    r"\s(?:\d|[IVXLC]+\b|[A-Z]\b)"
)
_WORKS = re.compile(
    r"\s(?:works|factory|factories|shipyards?|steelworks|ironworks|fleet|foundry|publishing\shouse)\b(?!\sof\b)"
)
_USINES = re.compile(
    r"\b(?:usines?|maisons?|librairie|imprimerie|banque|[ée]ditions|compagnie|soci[ée]t[ée]|f[áa]brica|editorial|imprenta|banco"
    r"|compa[ñn][íi]a|завод|фабрик[аи]|издательств[оа])\s(?:de\s)?$"
)
_PLURAL = re.compile(r"\b(?:les|des|aux|ces|nos|leurs)\s$", re.IGNORECASE)
_WAY = re.compile(
    r"\b(?:rue|quai|place|avenue|boulevard|impasse|passage|faubourg|pont|calle|plaza|улиц\w+|площад\w+)"
    r"\s(?:de\s(?:la\s|l')?|du\s|des\s|d')?$",
    re.IGNORECASE,
)
_SMALL = re.compile(r"(?:[^\W\d_A-ZÀ-ÞА-Я]\w*|(?:M(?:a|on)\s)?[Cc]h[eèé]re?s?)\s")
_ESTATE = re.compile(
    r"\s(?:Collection|Letters|Diar(?:y|ies)|Notebook"
    r"|(?<!Town )(?<!City )(?<!State )(?<!County )(?<!National )(?<!Central )(?<!Public )Archives?)$"
)
_NAMED = ("PERSON", "PLACE", "ORG")
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
        opens = bool(_SENTENCE.search(plain[max(0, start - 6) : start])) or start == 0
        start, opens = _without_starters(plain, start, end, opens, lowered, language)
        end = _without_enders(plain, start, end)
        start, end = _with_small_heads(plain, start, end)
        form = " ".join(plain[start:end].split())
        if end - start > 1 and not _NUMBERED.match(plain, start) and not _is_word(form):
            found.append(Candidate(text_id, start, end, form, opens))
    return _joined(plain, found)


def with_heard(
    found: Sequence[Candidate],
    texts: Mapping[str, str],
    heard: Mapping[str, Sequence[Entity]],
    blocked: Mapping[str, Sequence[Range]],
) -> list[Candidate]:
    """The candidates, with what the models of French and Russian found in place of those that it meets.

    In these languages names hold words in small letters (Bibliothèque royale), and few capitals mean nothing.
    """
    result: list[Candidate] = []
    at: dict[str, list[Candidate]] = {}
    for each in found:
        at.setdefault(each.text, []).append(each)
    for text_id, text in texts.items():
        held = bytearray(len(text))
        for start, end in blocked[text_id]:
            held[start:end] = b"\1" * (end - start)
        spoken = [entity for entity in heard[text_id] if entity.model != "en" and entity.label in _NAMED]
        own = [
            candidate
            for entity in spoken
            if not any(held[entity.start : entity.end]) and (candidate := _of_entity(text_id, text, entity))
        ]
        taken = bytearray(len(text))
        for start, end in [*((each.start, each.end) for each in own), *((each.start, each.end) for each in spoken)]:
            taken[start:end] = b"\1" * (end - start)
        rest = [each for each in at.get(text_id, ()) if not any(taken[each.start : each.end])]
        result += sorted([*rest, *own], key=lambda each: each.start)
    return result


def _of_entity(text_id: str, text: str, entity: Entity) -> Candidate | None:
    """An entity as a candidate; None for a people ("les Belges"), which models take for a place."""
    start, end = entity.start, entity.end
    before = text[max(0, start - 12) : start]
    if entity.label == "PLACE":
        if text[end - 1] == "s" and " " not in text[start:end] and _PLURAL.search(before):
            return None
        if way := _WAY.search(text[max(0, start - 30) : start]):
            start -= len(way.group())
    elif entity.label == "PERSON":
        while word := _SMALL.match(text, start, end):
            start = word.end()
    if ", " in text[start:end]:
        return None
    start = _from_small_head(text, start)
    form = " ".join(text[start:end].split())
    return Candidate(text_id, start, end, form, opens=False) if len(form) > 1 else None


@cache
def commonness(word: str, language: str = "en") -> float:
    """Zipf frequency of a word (0 unknown, 6 as "in"); 0 in a language whose words are not known."""
    plain = language.split("-", maxsplit=1)[0]
    return float(wordfreq.zipf_frequency(word.lower(), plain)) if plain in wordfreq.available_languages() else 0.0


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
                    or (language != "en" and commonness(word, language) > 3.5)
                )
            )
        )
        if not usual and word.rstrip(".") not in HONORIFICS:
            break
        start, opens = match.end(), False
        if particle := re.compile(rf"{_PARTICLE}\s").match(plain, start, end):
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
    return _from_small_head(plain, start), end


def _from_small_head(plain: str, start: int) -> int:
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


def inverted(texts: Mapping[str, str], entries: Mapping[str, Sequence[Range]]) -> list[Candidate]:
    """Authors as a bibliography writes them, surname first; the form is turned round.

    They start an entry, or stand after the page or year that ends the entry before, where two were taken for one.
    """
    found: dict[tuple[str, int], Candidate] = {}
    for text_id, ranges in entries.items():
        text = texts[text_id]
        for start, end in ranges:
            for at in (start, *(each.end() for each in _ENTRY_ENDS.finditer(text, start, end))):
                if not (match := _INVERTED.match(text, at, end)) or match.group(2) in gazetteer():
                    continue
                form = f"{match.group(2)} {match.group(1)}"
                author = Candidate(text_id, match.start(1), match.end(2), " ".join(form.split()), opens=False)
                found.setdefault((text_id, author.start), author)
    return list(found.values())


def parted(found: Sequence[Candidate], lowered: frozenset[str]) -> list[Candidate]:
    """Candidates in which two names meet ("in the United States Abernathy wrote") as two.

    The second must stand alone often, the first be known as a place or a body, or stand alone more often than so. A word that the
    document writes in small letters too, before a name that often stands alone, is no part of it.
    """
    counts = Counter(each.form for each in found)
    result = []
    for each in found:
        head, _, last = each.form.rpartition(" ")
        often = counts[last] >= 4 and counts[last] > 10 * counts[each.form] and last not in ORG_HEADS
        if often and " " not in head and head.lower() in lowered and commonness(head) > commonness(last):
            result.append(replace(each, start=each.end - len(last), form=last, opens=False))
            continue
        alone = counts[head] > counts[each.form]  # a place, not a forename that is a town's name too
        if " " not in head and not (often and alone and head in gazetteer() and last not in gazetteer()):
            result.append(each)
            continue
        state = " ".join(each.words[-2:])
        if len(each.words) > 2 and state in gazetteer() and each.form not in gazetteer():
            result.append(replace(each, end=each.end - len(state) - 1, form=" ".join(each.words[:-2])))
            result.append(replace(each, start=each.end - len(state), form=state, opens=False))
            continue
        known = head in gazetteer() or alone or head.split()[-1] in ORG_HEADS
        if counts[last] >= 4 and last not in ORG_HEADS and known and each.form not in gazetteer():
            middle = each.end - len(last)
            result.append(replace(each, end=middle - 1, form=head))
            result.append(replace(each, start=middle, form=last, opens=False))
        else:
            result.append(each)
    return result
