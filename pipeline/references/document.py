"""The document as references need it: its texts with their names, its bibliography, and what it has to refer to."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence

from pipeline.model import Reading, Span
from pipeline.references.crossing import Places
from pipeline.references.items import Item, items
from pipeline.references.numerals import number

_NOTE = re.compile(r"n(?P<unit>\d+)\.(?P<n>.+)")
_CLOSED = frozenset(("head", "titlePage", "listBibl"))
Extent = tuple[int, int]


class Document:
    """A reading with its layers, looked at in several ways."""

    def __init__(self, reading: Reading, layers: Sequence[Span]) -> None:
        self.texts: Mapping[str, str] = reading.texts
        self._layers: dict[str, list[Span]] = defaultdict(list)
        self._names: dict[str, list[Span]] = defaultdict(list)
        for span in layers:
            self._layers[span.kind].append(span)
            if span.kind in ("persName", "placeName", "orgName", "title", "date"):
                self._names[span.text].append(span)
        for those in self._names.values():
            those.sort(key=lambda span: (span.start, span.end))
        self._starts = defaultdict(list, {text: [span.start for span in those] for text, those in self._names.items()})
        self.lists = [span for span in self._layers["listBibl"] if span.text == "body"]
        self.blocks = [span for kind in ("bibl", "head") for span in self._layers[kind] if span.text == "body"]
        order = {name: at for at, name in enumerate(reading.texts)}
        notes = sorted(self._layers["note"], key=lambda span: (span.start, order[span.attributes["note"]]))
        self.anchors = {span.attributes["note"]: span.start for span in notes}
        self._units = [
            (span.start, match["unit"]) for span in notes if (match := _NOTE.fullmatch(span.attributes["note"]))
        ]
        self.places = self._places(reading)

    def names(self, text: str) -> Sequence[Span]:
        """What the layer of names has in a text; in the body, not in the bibliography."""
        return [span for span in self._names[text] if text != "body" or not _inside(span, self.lists)]

    def crossing(self, text: str, start: int, end: int) -> list[Extent]:
        """The names and dates that are partly inside [start, end) and partly outside."""
        starts = self._starts[text]
        found = []
        for border in (start, end):
            at = bisect_left(starts, border) - 1
            span = self._names[text][at] if at >= 0 else None
            if span and span.start < border < span.end and not (span.start <= start and end <= span.end):
                found.append((span.start, span.end))
        return found

    def underlines(self, text: str) -> list[Extent]:
        return [(span.start, span.end) for span in self._layers["hi"] if span.text == text]

    def listed_items(self) -> list[Item]:
        """The items of the bibliography and of the headings in its reach."""
        if not self.lists:
            return []
        start = max(0, min(span.start for span in self.lists) - 400)
        text = self.texts["body"]
        spans = [span for span in self._names["body"] if span.start >= start]
        moved = [Span(s.text, s.start - start, s.end - start, s.kind, s.attributes, s.certainty) for s in spans]
        return [each.moved(start) for each in items(text[start:], moved, {}, ())]

    def closed(self, text: str) -> list[Extent]:
        """Where a text does not speak: headings, title page, table of contents, bibliography."""
        if text != "body":
            return []
        contents = [s for s in self._layers["div"] if s.attributes.get("type") in ("contents", "bibliography")]
        return [
            (s.start, s.end)
            for s in (*contents, *(s for kind in _CLOSED for s in self._layers[kind]))
            if s.text == text
        ]

    def unit_at(self, text: str) -> Callable[[int], str]:
        """The unit of the numbering of notes to which a place of a text belongs."""
        if match := _NOTE.fullmatch(text):
            return lambda _: match["unit"]
        starts = [start for start, _ in self._units]
        return lambda at: self._units[max(0, bisect_right(starts, at) - 1)][1] if self._units else ""

    def _places(self, reading: Reading) -> Places:
        notes = {(m["unit"], m["n"]): name for name in reading.texts if (m := _NOTE.fullmatch(name))}
        divisions: dict[tuple[str, str], list[str]] = defaultdict(list)
        units: dict[str, str] = {}
        for span in self._layers["div"]:
            value, kind = number(span.attributes.get("n", "")), span.attributes.get("type", "")
            if value and "id" in span.attributes:
                divisions["section" if kind == "subsection" else kind, value].append(span.attributes["id"])
            if value and kind == "chapter":
                first = next((unit for start, unit in self._units if span.start <= start < span.end), None)
                units.setdefault(value, first or "")
        pages = [
            (m.label.strip("[]"), m.target)
            for m in reading.milestones
            if m.kind == "page" and m.text == "body" and m.label
        ]
        times = Counter(label for label, _ in pages)
        return Places(
            notes,
            {name: at for at, name in enumerate(reading.texts)},
            {key: ids[0] for key, ids in divisions.items() if len(ids) == 1},
            units,
            {label: target for label, target in pages if times[label] == 1},
        )


def _inside(span: Span, outer: Collection[Span]) -> bool:
    return any(each.start <= span.start and span.end <= each.end for each in outer)
