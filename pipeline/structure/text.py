"""Setting the established text: strings for the body and each note, with page and line milestones."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model import Furniture, Milestone, Origin
from pipeline.structure.notes import is_continuation_mark
from pipeline.structure.numerals import from_roman, roman
from pipeline.structure.stream import Item

NEAR = 6
"""Pages with a number of which another one must agree."""
_ROMAN = re.compile("[ivxlc]+")


@dataclass(slots=True)
class Setter:
    """Writes one text item by item, and remembers where everything came to stand.

    spans: for every item by its column, the characters [start, end) of its text; underlined: those under which a line
    was typed, and whether the line goes on to the next item.
    """

    name: str
    buffer: list[str] = field(default_factory=list)
    length: int = 0
    origins: list[Origin] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    underlined: list[tuple[int, int, bool]] = field(default_factory=list)
    page: str | None = None
    line: str | None = None
    _fresh: bool = True

    @property
    def text(self) -> str:
        return "".join(self.buffer)

    def text_from(self, start: int) -> str:
        """What was written from an offset on."""
        taken: list[str] = []
        length = self.length
        for part in reversed(self.buffer):
            if length <= start:
                break
            taken.append(part)
            length -= len(part)
        return "".join(reversed(taken))

    def new_block(self) -> None:
        """Part what follows from what stands already by a line feed."""
        if self.length:
            self._put("\n")
        self._fresh = True

    def add(self, item: Item, text: str) -> None:
        """Write an item's text (without a note number that was part of it); notices new pages and lines."""
        token = item.tokens[0]
        if is_continuation_mark(item, self.name != "body"):
            self.furniture.append(Furniture(self.name, self.length, "continuation", token.page, item.text))
            self.spans[item.column] = (self.length, self.length)
            return
        if text and not item.glued and not self._fresh:
            self._put(" ")
        self._milestones(token.page, token.line, self.length, inside=False)
        start = self.length
        self._put(text)
        self.spans[item.column] = (start, self.length)
        if text:
            self._fresh = False
            self.origins.append(Origin(start, self.length, item.column))
            if item.underlined:
                end = self.length - (item.overhang or 0)
                self.underlined.append((start, end if end > start else self.length, item.overhang is None))
        if token.divided:
            offset, line = token.divided
            kept = text[offset - 1 : offset] == "-"
            inside = start + min(offset if kept else offset - 1, len(text))
            self._milestones(
                line.split(".", maxsplit=1)[0] if "." in line else token.page, line, inside, inside=not kept
            )

    def _put(self, text: str) -> None:
        self.buffer.append(text)
        self.length += len(text)

    def _milestones(self, page: str | None, line: str | None, offset: int, inside: bool) -> None:
        if page and page != self.page:
            if self.page is not None or self.name == "body":
                self.milestones.append(Milestone(self.name, offset, "page", page, inside))
            self.page = page
        if page and line and line != self.line:
            self.milestones.append(Milestone(self.name, offset, "line", line, inside))
            self.line = line


def set_items(setter: Setter, items: Iterable[Item], cut: Mapping[int, tuple[int, int]]) -> None:
    """Write items; cut: by column, which characters [start, end) of the text are a note's number."""
    for item in items:
        start, end = cut.get(item.column, (0, 0))
        setter.add(item, item.text[:start] + item.text[end:])


def page_labels(shown: Sequence[tuple[str, str | None]]) -> dict[str, str]:
    """The printed number of every page: as shown, or in brackets as its neighbours say it must be.

    shown: page ids in order with the number read on the page, if any. A number that no other page agrees with is
    believed only where nothing speaks against it. Pages before the first arabic number have small roman ones.
    """
    arabic = {index: int(label) - index for index, (_, label) in enumerate(shown) if label and label.isdigit()}
    romans = {
        index: from_roman(label.lower()) - index
        for index, (_, label) in enumerate(shown)
        if label and _ROMAN.fullmatch(label.lower())
    }
    agreed = {index: offset for index, offset in arabic.items() if _agrees(arabic, index)}
    labels: dict[str, str] = {}
    for index, (page, label) in enumerate(shown):
        usual = _nearest(agreed or arabic, index)
        if label and (not label.isdigit() or arabic[index] == usual or not agreed):
            labels[page] = label
        elif usual is None:
            labels[page] = f"[{index + 1}]"
        elif index + usual > 0:
            labels[page] = f"[{index + usual}]"
        else:
            labels[page] = f"[{roman(max(1, index + (_nearest(romans, index) or 1)))}]"
    return labels


def _agrees(offsets: Mapping[int, int], index: int) -> bool:
    near = sorted(offsets, key=lambda other: (abs(other - index), other))[1:NEAR]
    return any(offsets[other] == offsets[index] for other in near)


def _nearest(offsets: Mapping[int, int], index: int) -> int | None:
    at = min(offsets, key=lambda other: (abs(other - index), other), default=None)
    return None if at is None else offsets[at]
