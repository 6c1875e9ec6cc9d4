"""References inside the work: "see note 45 above", "chapter 3", "p. 33 below", and whether they can be checked.

A number alone is no reference: words say that it lies in this work (above, supra, ci-dessus, this chapter), or the
sentence sends there (see note 45). What such words name but the work does not have is marked as unresolved.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.references.citations import Citation
from pipeline.references.numerals import number

_ABOVE = r"above|supra|ci-dessus|plus\shaut|m[aá]s\sarriba|arriba|oben|выше"
_BELOW = r"below|infra|ci-dessous|plus\sloin|m[aá]s\sabajo|abajo|unten|ниже"
_WAY = re.compile(rf"[,\s(]*(?:in\s)?\b(?:(?P<above>{_ABOVE})|(?P<below>{_BELOW}))\b", re.IGNORECASE)
_WAY_BEFORE = re.compile(rf"\b(?:(?P<above>{_ABOVE})|(?P<below>{_BELOW}))[,:]?\s(?:at\s)?$", re.IGNORECASE)
_SEE = re.compile(
    r"\b(?:see|cf\.?|compare|consult|in|voir|v\.|dans|ver|v[ée]ase|cf\.|en|siehe|vgl\.|in|см\.|сравн?\.|в)\s"
    r"(?:also\s|again\s|aussi\s|también\s|auch\s|также\s)?(?:(?:the|my|our|la|el|le|die|der)\s)?$",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?<!\w)(?:(?:foot\s?|end)?notes?|fnn?\.|nn?\.|nota|remarque|Anm\.|Anmerkung|Fu(?:ß|ss)note|прим\.|примечани[еяю]|сноск[аиу])"
    r"\s?(?P<n>\d{1,3})(?![\w.-]*\d)|(?<!\w)(?P<n2>\d{1,3})n(?=\s(?:above|below|supra|infra))",
    re.IGNORECASE,
)
_DIVISION = re.compile(
    r"(?<!\w)(?P<kind>chapter|ch\.|chap\.|chapitre|cap[ií]tulo|cap\.|kapitel|глав[аеуы]|section|secci[oó]n|abschnitt|раздел[еа]?"
    r"|part|partie|parte|teil|част[ьи]|appendix)\s(?P<n>\d{1,2}(?:\.\d{1,2})?|[IVX]{1,5}|[^\W\d_]{3,10})(?!\w)",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?<!\w)(?:pp?s?\.|pages?|págs?\.|S\.|стр\.|с\.)\s?(?P<n>\d{1,4})(?:\s?[-–]\s?\d{1,4})?(?!\w)", re.IGNORECASE
)
_HERE_BEFORE = re.compile(
    r"\b(?:this|present|cette?|ce|este|esta|diese[rsm]?|наст\.|настоящ\w+)\s(?:chapter|thesis|book|work|study|dissertation|chapitre|thèse|cap[ií]tulo|tesis|libro|Kapitel|Arbeit|работ[аы])[,:]?\s$",
    re.IGNORECASE,
)
_HERE_AFTER = re.compile(
    r"\s(?:of|in)\s(?:this|the\spresent)\s(?:chapter|thesis|book|work|study|dissertation)\b", re.IGNORECASE
)
_TELLS = re.compile(
    r"\s(?:will|shall|shows?|deals?|discuss(?:es)?|describes?|examines?|treats?|traces?|montrera|traite)\b"
)
_OF_OTHER = re.compile(r",?\s(?:of|in|from|de|du|del|von|из)\s(?!this|the\spresent)", re.IGNORECASE)
_OF_CHAPTER = re.compile(r"\s(?:of|in|to|,)\s(?:chapter|ch\.)\s(?P<n>\d{1,2}|[IVX]{1,5}|[^\W\d_]{3,10})", re.IGNORECASE)
_KINDS = {"p": "part", "s": "section", "a": "section", "c": "chapter", "k": "chapter", "t": "part"}


@dataclass(frozen=True, slots=True)
class Places:
    """What the work has to refer to.

    notes: ids of notes by (unit, number), and their order. divisions: ids by (type, number). units: of the body by
    chapter number. pages: ids by printed number.
    """

    notes: Mapping[tuple[str, str], str]
    order: Mapping[str, int]
    divisions: Mapping[tuple[str, str], str]
    units: Mapping[str, str]
    pages: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Crossing:
    """Characters [start, end) refer to the note, division or page `target`; empty where the work has none."""

    start: int
    end: int
    kind: str
    target: str
    certainty: float


def crossings(
    name: str,
    text: str,
    unit: Callable[[int], str],
    places: Places,
    cited: Sequence[Citation],
    closed: Sequence[tuple[int, int]] = (),
) -> list[Crossing]:
    """The references in a text to the work itself, in order.

    unit: of the numbering of notes, at a place. cited: what other works are cited in the text. closed: ranges in which
    nothing is looked for.
    """
    held = bytearray(len(text))
    for start, end in (*((each.start, each.end) for each in cited), *closed):
        held[start:end] = b"\1" * (end - start)
    found = [*_notes(name, text, unit, places), *_divisions(text, places), *_pages(text, places)]
    return sorted((each for each in found if not any(held[each.start : each.end])), key=lambda each: each.start)


def _way(text: str, start: int, end: int) -> str:
    """ "above", "below", "here" or "": where the words around say that it is."""
    after, before = _WAY.match(text, end), _WAY_BEFORE.search(text[max(0, start - 24) : start])
    for match in (after, before):
        if match:
            return "above" if match["above"] else "below"
    here = _HERE_BEFORE.search(text[max(0, start - 40) : start]) or _HERE_AFTER.match(text, end)
    return "here" if here else ""


def _notes(name: str, text: str, unit: Callable[[int], str], places: Places) -> Iterator[Crossing]:
    for match in _NOTE.finditer(text):
        start, end = match.span()
        way, sent = _way(text, start, end), _SEE.search(text[max(0, start - 24) : start])
        if not way and not sent:
            continue
        chapter = _OF_CHAPTER.match(text, end)
        if not chapter and _OF_OTHER.match(text, end) and not way:
            continue
        its_unit = places.units.get(number(chapter["n"]), "") if chapter else unit(start)
        target = places.notes.get((its_unit, match["n"] or match["n2"]), "")
        certainty = 0.95 if way else 0.85
        if target and name in places.order and way in ("above", "below") and not chapter:
            before = places.order[target] < places.order[name]
            target, certainty = (target, certainty) if before == (way == "above") else ("", 0.5)
        yield Crossing(start, end, "see-note", target if target != name else "", certainty)


def _divisions(text: str, places: Places) -> Iterator[Crossing]:
    for match in _DIVISION.finditer(text):
        value = number(match["n"])
        start, end = match.span()
        kind = _KINDS[match["kind"][0].translate(str.maketrans("гчрЧГР", "cpscps")).casefold()]
        way = _way(text, start, end)
        sent = way or _SEE.search(text[max(0, start - 24) : start])
        target = places.divisions.get((kind, value), "") if value else ""
        if (
            not value
            or (_OF_OTHER.match(text, end) and not way)
            or not (sent or (target and (match["kind"][0].isupper() or _TELLS.match(text, end))))
        ):
            continue
        if target or way:
            yield Crossing(start, end, "see-division", target, 0.95 if sent else 0.7)


def _pages(text: str, places: Places) -> Iterator[Crossing]:
    for match in _PAGE.finditer(text):
        if _way(text, *match.span()):
            yield Crossing(*match.span(), "see-page", places.pages.get(match["n"], ""), 0.9)
