"""Pins: where on a page the notes are anchored, and where they stand at its foot, once structure has told."""

from collections.abc import Sequence

from pipeline.layout.drawing import Pin
from pipeline.model import Line, Milestone, Page, Reading, Span

SURE = 0.5
"""Certainty below which an anchor is conjectured."""


def pins(page: Page, reading: Reading, notes: Sequence[Span]) -> list[Pin]:
    """The pins of a page. reading, notes: the established text and its layer of note anchors."""
    lines = {line.id: line for line in page.lines}
    starts: dict[str, list[Milestone]] = {}
    for milestone in reading.milestones:
        if milestone.kind == "line":
            starts.setdefault(milestone.text, []).append(milestone)
    found = []
    for span in (span for span in notes if span.kind == "note"):
        number, sure = span.attributes.get("n", "?"), span.certainty >= SURE
        anchor = _line_at(starts.get(span.text, []), span.start)
        if anchor is not None and anchor.target in lines:
            line = lines[anchor.target]
            text = reading.texts[span.text][anchor.offset : span.start]
            found.append(Pin(number, _x(line, number, len(text)), line.box, sure))
        first = starts.get(span.attributes.get("note", ""), [])
        if first and first[0].target in lines:
            box = lines[first[0].target].box
            found.append(Pin(number, box.left, box, sure, note=True))
    return found


def _line_at(starts: Sequence[Milestone], offset: int) -> Milestone | None:
    """The line in which a place of a text stands; at its very start it belongs to the end of the line before."""
    before = [milestone for milestone in starts if milestone.offset < max(1, offset)]
    return before[-1] if before else None


def _x(line: Line, number: str, characters: int) -> float:
    """Where a place is in a line: at the raised number itself, else after so many characters."""
    for word in line.words:
        if word.raised and word.text == number:
            return (word.box.left + word.box.right) / 2
    for word in (word for word in line.words if not word.raised):
        if characters <= len(word.text):
            return word.box.left + word.box.width * max(0, characters) / len(word.text)
        characters -= len(word.text) + 1
    return line.box.right
