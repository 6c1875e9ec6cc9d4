"""The imprint of an entry: where, by whom and when a work was published, and which part of its container it is.

Between title and date stand a place and a publisher, in either order and with remarks beside them. A publisher is what
stands next to the place; without a place, what stands alone before the date or has a word that publishers have.
"""

import re
from collections.abc import Sequence
from datetime import date as day

from pipeline.references.citations import HOUSE, Part
from pipeline.references.items import Item

_UNITS = {"volume": "volume", "issue": "issue", "page": "pages"}
_WRITTEN = re.compile(r"\b(?:written|écrit|ecrit|escrito|geschrieben|написан\w*)\b[^,;]*$")
_YEARS = re.compile(r"\W*(?:1[5-9]|20)\d\d\s?[-–/]\s?\d{2,4}\W*")
_SEGMENT = re.compile(r"[^\s.,:;()\[\]\"“”»][^,:;()\[\]\"“”»]*?(?=\s*(?:[,:;()\[\]\"“”»]|(?<=\w\w\w)\.\s+\w{4}|$))")
_HOUSE_NAME = re.compile(
    r"(?:the\s|les?\s|la\s)?[^\W\d_a-zß-öø-ÿа-яё][^\W\d_'’.-]*(?:[\s.'’-]+(?:[^\W\d_a-zß-öø-ÿа-яё][^\W\d_]*|and|et|und|y|de|du|del"
    r"|des|la|le|les|of|the|für|company|d|l|i|и|&)(?![^\W\d_]))*\.?"
)
_NO_HOUSE = re.compile(
    r"(?:eds?|edited|transl?|translated|intro\w*|preface|foreword|by|with|trad\w*|prólogo|préface|coll|series?|serie)\b|(?:Inc|Ltd|Co|Cie)\.?$",
    re.IGNORECASE,
)
_LAST_PARTNER = re.compile(r"(?<!\w)(?:and|&|et|y|und)\s|(?:Inc|Ltd|Co|Cie|S\.?A)\.?$")
_NOTE = re.compile(r"[\s.,;]*(?P<note>[(\[]?\w.*\w.*?)\s*$", re.DOTALL)
_SHORT = 8  # characters of what follows a date that is no remark
_MONTHS = (
    r"jan|ene|янв", r"f[eé]v|feb|фев", r"mar|mär|мар", r"a[vbp]r|апр", r"ma[iyj]|mag|ма[йя]", r"jun|juin|июн",
    r"jul|juil|июл", r"aug|ao[uû]t|ago|авг", r"se[pt]|сен", r"o[ck]t|окт", r"nov|ноя", r"d[eé][czk]|дек",
)  # fmt: skip

Segment = tuple[int, int]


def imprint(text: str, later: Sequence[Item], start: int, end: int, parts: list[Part], *, held: bool) -> dict[str, str]:
    """The fields of a work's imprint as printed: place, publisher, date, volume, issue, pages, and note: what follows.

    later: the items of the entry behind its title; start, end: where the imprint begins and the entry ends; held: it
    stands in another work. What the fields are in the text is added to `parts`.
    """
    fields: dict[str, str] = {}

    def add(name: str, kind: str, at: Segment, **attributes: str) -> None:
        if name not in fields:
            fields[name] = " ".join(text[slice(*at)].strip("()[] ,").split())
            parts.append(Part(*at, kind, attributes))

    date = _date(text, later, start)
    place, house = _place_and_house(
        text, later, start, date.start if date else end, alone=date is not None and not held
    )
    if place:
        add("place", "pubPlace", place)
    if house:
        add("publisher", "publisher", house)
    if date:
        fields["date"] = text[date.start : date.end].strip("[]() ")
    for item in later:
        if item.kind == "range" and (name := _UNITS.get(item.value, "")) and name not in fields:
            ends = {key: value for key, value in (("from", item.first), ("to", item.last)) if value}
            add(name, "biblScope", (item.start, item.end), unit=item.value, **ends)
            fields[name] = f"{item.first}-{item.last}" if item.last else item.first
    last = max((item.end for item in later if item is date or item.value in _UNITS), default=start)
    if date and (remark := _NOTE.fullmatch(text, last, end)) and len(remark["note"]) > _SHORT:
        fields["note"] = closed(remark["note"])
    return fields


def issued(date: str) -> str:
    """A printed date as ISO 8601: "1931", "1931-05", "1931-05-04", "1926/1927"; empty where it is none."""
    years = re.findall(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", date)
    if not years:
        return ""
    if span := re.search(r"(?<!\d)((?:1[5-9]|20)\d\d)\s?[-–/]\s?((?:\d\d)?\d\d)(?!\d)", date):
        first, last = span[1], span[1][: 4 - len(span[2])] + span[2]
        return f"{first}/{last}" if int(first) < int(last) else first
    rest = re.sub(years[0], " ", date, count=1)
    named = [at + 1 for at, form in enumerate(_MONTHS) if re.search(rf"(?<!\w)(?:{form})", rest, re.IGNORECASE)]
    days = re.findall(r"(?<!\d)([12]?\d|3[01])(?!\d)", rest)
    if len(set(years)) > 1 or len(named) != 1:
        return str(years[0])
    try:
        published = day(int(years[0]), named[0], int(days[0]) if len(days) == 1 else 0)
    except ValueError:  # no such day
        return f"{years[0]}-{named[0]:02}"
    return str(published)


def closed(remark: str) -> str:
    """A remark with single spaces, without the brackets that are around the whole of it."""
    words = " ".join(remark.split())
    plain = words.rstrip(".")
    return plain[1:-1].strip() if plain[:1] + plain[-1:] in ("()", "[]") and plain.count(plain[0]) == 1 else words


def _date(text: str, later: Sequence[Item], start: int) -> Item | None:
    """When it was published: not when it was written, nor the years that a title ends with."""
    dates = [item for item in later if item.kind == "date" and not _WRITTEN.search(text, item.start - 60, item.start)]
    if len(dates) > 1 and dates[0].start - start < 4 and _YEARS.fullmatch(text, start, dates[0].end):
        return dates[1]
    return dates[0] if dates else None


def _place_and_house(
    text: str, later: Sequence[Item], start: int, end: int, *, alone: bool
) -> tuple[Segment | None, Segment | None]:
    """The extents of the place and of the publisher. alone: what stands alone before the date is a publisher."""
    found = [item for item in later if item.kind == "place" and item.start < end]
    numbers = [item for item in later if item.kind == "range"]
    segments = [each for each in _segments(text, start, end) if not any(each[0] <= i.start < each[1] for i in numbers)]
    places = [
        at
        for at, each in enumerate(segments)
        if not HOUSE.search(text, *each) and any(_is(text, i, each) for i in found)
    ]
    if not places:
        houses = [each for each in segments if _is_house(text, each)]
        sure = [each for each in houses if HOUSE.search(text, *each) or (alone and len(segments) == 1)]
        return None, sure[-1] if sure else None
    first = last = places[0]
    while last + 1 in places and text[segments[last][1] : segments[last + 1][0]] == ", ":  # Middlesex, England
        last += 1
    for at in (last + 1, first - 1):
        if 0 <= at < len(segments) and _is_house(text, segments[at]):
            after = at > last
            return segments[first], _whole(text, segments[at:]) if after else segments[at]
    return segments[first], None


def _segments(text: str, start: int, end: int) -> list[Segment]:
    """What stands between commas, colons, brackets and full stops."""
    return [match.span() for match in _SEGMENT.finditer(text, start, end)]


def _is(text: str, item: Item, segment: Segment) -> bool:
    """Whether a segment is a place, with or without an "in" before it."""
    rest = text[segment[0] : item.start] + text[item.end : segment[1]]
    return segment[0] <= item.start and item.end <= segment[1] and re.fullmatch(r"\W*(?:in|à|en)?\W*", rest) is not None


def _is_house(text: str, segment: Segment) -> bool:
    words = text[slice(*segment)]
    return bool(_HOUSE_NAME.fullmatch(words)) and len(words.split()) <= 8 and not _NO_HOUSE.match(words)


def _whole(text: str, segments: Sequence[Segment]) -> Segment:
    """The first of `segments`, with those in which its name goes on: Harrow, Pike and Company."""
    start, end = segments[0]
    for segment in segments[1:3]:
        if not _is_house(text, segment):
            break
        if _LAST_PARTNER.search(text, *segment):
            return start, segment[1]
    return start, end
