"""Marks: what stands at one point of a text, in the order in which it is written there.

A note stands after the word it belongs to; a page or line starts before its first word, never before the space
between, so that two words keep exactly one space. At one point: notes, then page by page what closes the page
before, the page break, what the new page shows, and the line.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.encoding.blocks import Segment
from pipeline.encoding.facsimile import Facsimile
from pipeline.model import Furniture, Milestone, Reading, Span

_NOT_SPACE = re.compile(r"\S")


@dataclass(frozen=True, slots=True)
class Mark:
    """A note, page, line or piece of page furniture at `offset`. joined: no word ends there (break="no")."""

    offset: int
    item: Span | Milestone | Furniture
    joined: bool = False


def page_order(reading: Reading, facsimile: Facsimile) -> dict[str, int]:
    """The order of pages: that of the scans; without scans, that of the text."""
    order = {page: place.order for page, place in facsimile.places.items()}
    for milestone in reading.milestones:
        if milestone.kind == "page":
            order.setdefault(milestone.target, len(order))
    return order


def marks(
    reading: Reading, spans: Mapping[str, Sequence[Span]], facsimile: Facsimile, order: Mapping[str, int]
) -> dict[str, list[Mark]]:
    """The marks of every text, in order. Lines that no scan shows are left out: they are lines of a file."""
    found: dict[str, list[tuple[tuple[int, int, int, int], Mark]]] = {text: [] for text in reading.texts}
    for text, listed in spans.items():
        for span in listed:
            if span.kind == "note":
                found[text].append(((span.start, 0, 0, 0), Mark(span.start, span)))
    for milestone in (*reading.milestones, *_silent_pages(reading, order)):
        if milestone.kind == "page" or milestone.target in facsimile.zones:
            text = reading.texts[milestone.text]
            offset = milestone.offset if milestone.inside else _before_word(text, milestone.offset)
            page = milestone.target if milestone.kind == "page" else facsimile.page_of_line[milestone.target]
            key = (offset, 1, order.get(page, 0), 0 if milestone.kind == "page" else 2)
            found[milestone.text].append((key, Mark(offset, milestone, _joined(text, offset))))
    for piece in reading.furniture:
        offset = _before_word(reading.texts[piece.text], piece.offset)
        found[piece.text].append(((offset, 1, order.get(piece.page or "", 0), 1), Mark(offset, piece)))
    return {text: [mark for _, mark in sorted(listed, key=lambda each: each[0])] for text, listed in found.items()}


def segment_of(mark: Mark, segments: Sequence[Segment], starts: Sequence[int]) -> tuple[int, int] | None:
    """The segment in which a mark stands and where; None for one that stands between blocks.

    Notes always belong to a segment, to the nearest before them where they stand between blocks. Pages start
    between blocks where they can; lines start inside.
    """
    at = bisect_right(starts, mark.offset) - 1
    if isinstance(mark.item, Span):
        if at > 0 and mark.offset == starts[at]:
            at -= 1 if segments[at - 1].end == mark.offset else 0
        if not segments:
            return None
        segment = segments[max(at, 0)]
        return max(at, 0), min(max(mark.offset, segment.start), segment.end)
    if at < 0 or mark.offset >= segments[at].end:
        return None
    is_line = isinstance(mark.item, Milestone) and mark.item.kind == "line"
    return (at, mark.offset) if is_line or mark.offset > segments[at].start else None


def first_at(segments: Sequence[Segment], offset: int) -> int:
    """The index of the first segment that ends after `offset`; segments are in order and do not overlap."""
    return bisect_left(segments, offset + 1, key=lambda segment: segment.end)


def _silent_pages(reading: Reading, order: Mapping[str, int]) -> list[Milestone]:
    """Pages that start nowhere in the text, such as blank ones: each starts where the next page does."""
    at = {m.target: m.offset for m in reading.milestones if m.kind == "page" and m.text == "body"}
    silent, following = [], len(reading.texts["body"])
    for page in sorted(order, key=lambda each: -order[each]):
        if page not in at:
            silent.append(Milestone("body", following, "page", page))
        following = at.get(page, following)
    return silent


def _before_word(text: str, offset: int) -> int:
    found = _NOT_SPACE.search(text, offset)
    return found.start() if found else len(text)


def _joined(text: str, offset: int) -> bool:
    return 0 < offset < len(text) and not text[offset - 1].isspace() and not text[offset].isspace()
