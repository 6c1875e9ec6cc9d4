"""Evidence: for a stretch of the reading, what each witness has there and where it stands on the page.

The way leads from the reading to the columns of the collation, from there to the tokens of the witnesses, and from
those of the scan to page, line and box.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model import Box, Column, Origin, Page, Reading, Token, Witness

_AROUND = 14
_MOST_BETWEEN = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one line of a page: its box on the prepared image, and on the source."""

    page: str
    line: str
    box: Box
    on_source: Box


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of the collation: the text chosen, and what each witness has. inside: it belongs to the stretch."""

    text: str
    readings: Mapping[str, str]
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that is known of a stretch.

    page, label, line: where it begins; of a text without scans, its page and line as far as they are known.
    readings: what each witness has. cells: the same word by word, with some words around.
    """

    page: str | None
    label: str | None
    line: str | None
    places: list[Place] = field(default_factory=list)
    readings: dict[str, str] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)


class Collation:
    """The reading and what it was made from."""

    def __init__(
        self, reading: Reading, columns: Sequence[Column], witnesses: Sequence[Witness], pages: Mapping[str, Page]
    ) -> None:
        self._columns = columns
        self._origins = reading.origins
        self._starts = {text: [origin.start for origin in listed] for text, listed in reading.origins.items()}
        self._ends = {text: [origin.end for origin in listed] for text, listed in reading.origins.items()}
        self._tokens = {witness.id: witness.tokens() for witness in witnesses}
        self._scan = next((witness.id for witness in witnesses if witness.medium == "scan"), None)
        self._pages = pages
        self._milestones = sorted(
            (m for m in reading.milestones if m.kind == "page"), key=lambda milestone: milestone.offset
        )
        self._labels = {m.target: m.label for m in self._milestones if m.label}

    def of(self, text: str, start: int, end: int) -> Evidence:
        """The evidence for characters [start, end) of a text; for none, that of the word before."""
        first, last = self._range(text, start, end)
        inside = [origin.column for origin in self._origins.get(text, [])[first:last]]
        places = self._places(text, inside, first)
        page = places[0].page if places else self._page_at(text, start) or ""
        line = places[0].line if places else self._line(inside)
        label = self._labels.get(page)
        return Evidence(
            page or None,
            label or (self._pages[page].label if page in self._pages else None),
            line,
            places,
            {siglum: self._joined(siglum, inside) for siglum in self._tokens} if start < end and inside else {},
            self._cells(text, first, last, start < end),
        )

    def extent(self, text: str, start: int, end: int) -> tuple[int, int]:
        """[start, end) widened to whole places of the collation."""
        first, last = self._range(text, start, end)
        listed = self._origins.get(text, [])[first:last]
        return (min(start, listed[0].start), max(end, listed[-1].end)) if listed else (start, end)

    def _range(self, text: str, start: int, end: int) -> tuple[int, int]:
        """The origins that [start, end) touches; of an empty stretch, the one that ends there."""
        starts, ends = self._starts.get(text, []), self._ends.get(text, [])
        if start == end:
            last = bisect_right(ends, start)
            return max(0, last - 1), last
        return bisect_right(ends, start), bisect_left(starts, end)

    def _of_column(self, siglum: str, column: int) -> Sequence[Token]:
        start, end = self._columns[column].readings.get(siglum, (0, 0))
        return self._tokens[siglum][start:end]

    def _joined(self, siglum: str, columns: Sequence[int]) -> str:
        return _text([token for column in columns for token in self._of_column(siglum, column)])

    def _places(self, text: str, inside: Sequence[int], first: int) -> list[Place]:
        """The boxes of the words, line by line; where the scan lacks them, that of the nearest word before or after."""
        if self._scan is None:
            return []
        tokens = [token for column in inside for token in self._of_column(self._scan, column)]
        if not any(token.box for token in tokens):
            tokens = self._nearest(text, first)
        boxes: dict[tuple[str, str], Box] = {}
        for token in tokens:
            if token.box and token.page and token.page in self._pages:
                key = (token.page, token.line or "")
                boxes[key] = Box.union(boxes.get(key, token.box), token.box)
        return [Place(page, line, box, self._pages[page].on_source(box)) for (page, line), box in boxes.items()]

    def _nearest(self, text: str, first: int) -> list[Token]:
        assert self._scan is not None
        origins = self._origins.get(text, [])
        for origin in (*reversed(origins[max(0, first - 200) : first]), *origins[first : first + 200]):
            if tokens := [token for token in self._of_column(self._scan, origin.column) if token.box]:
                return tokens
        return []

    def _line(self, inside: Sequence[int]) -> str | None:
        tokens = (token for column in inside for siglum in self._tokens for token in self._of_column(siglum, column))
        return next((token.line for token in tokens if token.line), None)

    def _page_at(self, text: str, offset: int) -> str | None:
        before = [m.target for m in self._milestones if m.text == text and m.offset <= offset]
        return before[-1] if before else None

    def _cells(self, text: str, first: int, last: int, marked: bool) -> list[Cell]:
        origins: list[Origin] = self._origins.get(text, [])[max(0, first - _AROUND) : last + _AROUND]
        lower, upper = max(0, first - _AROUND), last
        found: list[Cell] = []
        for at, origin in enumerate(origins, lower):
            inside = marked and first <= at < upper
            if at > lower:
                found += self._between(origins[at - lower - 1].column, origin.column, inside and at > first)
            found.append(self._cell(origin.column, inside))
        return found

    def _between(self, before: int, after: int, inside: bool) -> list[Cell]:
        """What a witness has between two words of the reading, where nothing else can be meant."""
        if after - before > _MOST_BETWEEN:
            return []
        silent = (at for at in range(before + 1, after) if not self._columns[at].text)
        return [self._cell(at, inside) for at in silent]

    def _cell(self, column: int, inside: bool) -> Cell:
        readings = {siglum: _text(self._of_column(siglum, column)) for siglum in self._tokens}
        return Cell(self._columns[column].text, readings, inside)


def _text(tokens: Sequence[Token]) -> str:
    """The words as a witness has them; one that a line's end divides is whole."""
    pieces: list[str] = []
    for token in tokens:
        text = token.text
        if token.divided and text[token.divided[0] - 1 : token.divided[0]] == "-":
            text = text[: token.divided[0] - 1] + text[token.divided[0] :]
        pieces += [text] if token.glued or not pieces else [" ", text]
    return "".join(pieces)
