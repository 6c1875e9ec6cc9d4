"""Inline spans: cut at the borders of their blocks, joined where two say one thing, and nested in each segment.

A language that covers the whole of a quotation with a source, a title or a block is said of that element; a flag
is put on the element of the same extent. Quotation marks and full stops at the ends do not count for "whole".
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.encoding.blocks import Block, Segment, trim
from pipeline.encoding.citing import PARTS, Borders, unfit
from pipeline.encoding.marks import first_at
from pipeline.encoding.nesting import Node, Point, Range, Text, nest
from pipeline.model import Span

RANKS = {
    "citation": 0,
    **dict.fromkeys(sorted(PARTS), 1),
    "app": 2,
    "quote": 3,
    "q": 3,
    "foreign": 4,
    "ref": 4,
    "hi": 5,
    "title": 6,
    "event": 6,
    "orgName": 7,
    "placeName": 7,
    "persName": 7,
    "date": 8,
    "flag": 9,
    "reviewed": 9,
    "unclear": 10,
    "slip": 11,
    "emendation": 11,
}
_WEAKNESS = {"app": 0, "quote": 1, "q": 1, "foreign": 3, "hi": 4, "flag": 5, "slip": 0, "emendation": 0}
_NAME = 2  # names, titles and dates: a language or an underline in two parts says the same, a name does not
_OUTSIDE = -1  # the rank of what stands around a citation of its own extent
_NAMES = frozenset(("orgName", "placeName", "persName", "date"))  # a date may not hold a quote, a name hardly does
_QUOTATIONS = frozenset(("q", "quote"))
_NO_CARRIERS = ("flag", "reviewed", "slip", "emendation")  # they carry what the editor says, not what a stage asks
_MEANT = {
    "rv-foreign": frozenset(("foreign",)),
    "rv-name": _NAMES | {"title", "event"},
    "rv-quotation": _QUOTATIONS,
    "rv-reference": frozenset(("ref", "citation")),
}

Extent = tuple[int, int]


@dataclass(slots=True)
class Inline:
    """What nesting made of a text's spans: by the span's index, the language and the flags it carries.

    carriers: for every flag, the span or block that carries it. parts: how many elements a span became.
    """

    languages: dict[int, str] = field(default_factory=dict)
    carriers: dict[int, int | Block] = field(default_factory=dict)
    parts: dict[int, int] = field(default_factory=dict)


def nest_inline(
    text: str, spans: Sequence[Span], roots: Sequence[Block], segments: Sequence[Segment], points: Sequence[list[Point]]
) -> Inline:
    """Fill the content of `segments`, whose blocks stand under `roots`; points[i] are those of segments[i]."""
    made = Inline()
    spans = [replace(span, start=start, end=end) for span in spans for start, end in [trim(text, span.start, span.end)]]
    left_out = unfit(spans)
    cited = Borders(spans, left_out)
    quoted = sorted({at for span in spans if span.kind in _QUOTATIONS for at in (span.start, span.end)})
    pieces = {
        index: _cut(text, span, segments, cited.across(span), quoted if span.kind in _NAMES else [])
        for index, span in enumerate(spans)
        if span.kind in RANKS and index not in left_out
    }
    carriers = _Carriers(text, spans, pieces, roots)
    for index, span in enumerate(spans):
        if span.kind == "foreign":
            pieces[index] = [
                piece
                for piece in pieces[index]
                if "resp" in span.attributes or not carriers.take_language(piece, span.attributes["lang"], made)
            ]
    for index, span in enumerate(spans):
        if span.kind == "flag" and (carrier := carriers.of_flag(pieces, index)) is not None:
            made.carriers[index] = carrier
            pieces[index] = []
    ranges: list[list[Range]] = [[] for _ in segments]
    for index, cut in pieces.items():
        kind = spans[index].kind
        rank = _OUTSIDE if cited.around(spans[index]) else RANKS[kind]
        for start, end in cut:
            ranges[first_at(segments, start)].append(Range(start, end, rank, index, _WEAKNESS.get(kind, _NAME)))
    for segment, its_ranges, its_points in zip(segments, ranges, points, strict=True):
        segment.content = _without_blanks(text, nest(segment.start, segment.end, its_ranges, its_points))
        _count(segment.content, made.parts)
    return made


def _cut(text: str, span: Span, segments: Sequence[Segment], *borders: Sequence[int]) -> list[Extent]:
    """The parts of a span in the segments it runs through, and between `borders`, each of them in order."""
    found = []
    at = first_at(segments, span.start)
    while at < len(segments) and segments[at].start < span.end:
        start, end = max(span.start, segments[at].start), min(span.end, segments[at].end)
        inside = {at for each in borders for at in each[bisect_right(each, start) : bisect_left(each, end)]}
        for extent in pairwise(sorted({start, *inside, end})):
            trimmed = trim(text, *extent)
            if trimmed[0] < trimmed[1]:
                found.append(trimmed)
        at += 1
    return found


class _Carriers:
    """The elements that can carry a language or a flag, by the letters they hold."""

    def __init__(
        self, text: str, spans: Sequence[Span], pieces: dict[int, list[Extent]], roots: Sequence[Block]
    ) -> None:
        self._text = text
        self._spans = spans
        self._spans_at: dict[Extent, list[int]] = {}
        for index, cut in pieces.items():
            if len(cut) == 1 and spans[index].kind not in _NO_CARRIERS:
                self._spans_at.setdefault(self._core(cut[0]), []).append(index)
        self._blocks_at: dict[Extent, Block] = {}
        for root in roots:
            for block in root.blocks():
                inner = [child for child in block.children if not isinstance(child, Point)]
                if len(inner) == 1 and isinstance(inner[0], Segment):
                    self._blocks_at[self._core((inner[0].start, inner[0].end))] = block
            if root.kind == "note":
                self._blocks_at[self._core((root.start, root.end))] = root

    def take_language(self, piece: Extent, language: str, made: Inline) -> bool:
        """Say `language` of the element that is as long as `piece`; False where there is none."""
        core = self._core(piece)
        for index in self._spans_at.get(core, []):
            if self._spans[index].kind in ("quote", "title") and made.languages.get(index, language) == language:
                made.languages[index] = language
                return True
        block = self._blocks_at.get(core)
        if block is None or block.language not in (None, language):
            return False
        block.language = language
        return True

    def of_flag(self, pieces: dict[int, list[Extent]], index: int) -> int | Block | None:
        if len(pieces[index]) != 1:
            return None
        core = self._core(pieces[index][0])
        standing = [other for other in self._spans_at.get(core, []) if pieces[other]]
        if standing:
            meant = _MEANT.get(self._spans[index].attributes["category"], frozenset())
            kinds = {other: self._spans[other].kind for other in standing}
            return min(standing, key=lambda other: (kinds[other] not in meant, RANKS[kinds[other]], other))
        return self._blocks_at.get(core)

    def _core(self, extent: Extent) -> Extent:
        """`extent` without quotation marks and punctuation at its ends; as it is where it holds nothing else."""
        start, end = extent
        while start < end and not self._text[start].isalnum():
            start += 1
        while start < end and not self._text[end - 1].isalnum():
            end -= 1
        return (start, end) if start < end else extent


def _without_blanks(text: str, content: Sequence[Node | Text | Point]) -> list[Node | Text | Point]:
    """The tree without parts that hold nothing but white space, as is left of a span between two that cut it."""
    kept: list[Node | Text | Point] = []
    for child in content:
        if not isinstance(child, Node):
            kept.append(child)
            continue
        child.children = _without_blanks(text, child.children)
        written = any(
            isinstance(each, Node) or text[each.start : each.end].strip()
            for each in child.children
            if not isinstance(each, Point)
        )
        kept.extend([child] if written else child.children)
    return kept


def _count(content: Sequence[Node | Text | Point], parts: dict[int, int]) -> None:
    for child in content:
        if isinstance(child, Node):
            parts[child.key] = parts.get(child.key, 0) + 1
            _count(child.children, parts)
