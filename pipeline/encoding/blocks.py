"""Blocks: divisions, headings, paragraphs, lists as a tree, and in it the segments of running text.

A segment is a stretch of text in one block; no inline element leaves its segment. Text that no block holds is
given the block that belongs there (a paragraph, an item, an entry), line by line, so that nothing is lost.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.encoding.nesting import Node, Point, Range, Text, nest
from pipeline.model import Span

REGIONS = ("front", "body", "back")

RANKS = {
    "div": 0,
    "titlePage": 1,
    "epigraph": 2,
    "blockquote": 3,
    "floatingText": 4,
    "list": 5,
    "listBibl": 5,
    "item": 6,
    "bibl": 6,
    "lg": 7,
    "opener": 7,
    "closer": 7,
    "head": 8,
    "p": 8,
    "l": 8,
    "titlePart": 8,
    "dateline": 8,
    "salute": 8,
    "signed": 8,
    "separator": 9,
}
_HOLD_TEXT = frozenset(("head", "p", "l", "item", "bibl", "titlePart", "dateline", "salute", "signed"))
_FILLING = {
    "list": "item",
    "listBibl": "bibl",
    "lg": "l",
    "titlePage": "titlePart",
    "opener": "salute",
    "closer": "signed",
}
_LINE = re.compile(r"\S(?:[^\n]*\S)?")


@dataclass(slots=True)
class Segment:
    """Characters [start, end) of running text; `content` is what the inline spans make of them."""

    start: int
    end: int
    content: list[Node | Text | Point] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """A block or a part of one. `span` is its index among the text's spans, -1 for one that was supplied.

    language: of all it holds. categories: the review flags it carries, for them `id`, and
    `certainty` of what they doubt.
    """

    kind: str
    span: int
    start: int
    end: int
    children: list["Block | Segment | Point"] = field(default_factory=list)
    language: str | None = None
    categories: list[str] = field(default_factory=list)
    certainty: float = 1.0
    id: str | None = None

    def segments(self) -> Iterator[Segment]:
        for child in self.children:
            if isinstance(child, Segment):
                yield child
            elif isinstance(child, Block):
                yield from child.segments()

    def blocks(self) -> Iterator["Block"]:
        yield self
        for child in self.children:
            if isinstance(child, Block):
                yield from child.blocks()


def build(text: str, start: int, end: int, spans: Sequence[Span], points: Sequence[Point], holder: str) -> Block:
    """The blocks among `spans` in [start, end), with `points` between them, under one block of kind `holder`."""
    ranges = []
    for index, span in enumerate(spans):
        if span.kind in RANKS:
            a, b = trim(text, span.start, span.end)
            ranges.append(Range(a, b, RANKS[span.kind], index))
    root = Block(holder, -1, start, end)
    tree = nest(start, end, ranges, points)
    has_blocks = any(isinstance(child, Node) for child in tree)
    _fill(root, tree, text, spans, holder == "note" and not has_blocks)
    return root


def regions(length: int, spans: Sequence[Span]) -> list[tuple[str, int, int]]:
    """Front, body and back as they tile a text of `length` characters; all of it is body where nothing says more."""
    starts = {kind: [span.start for span in spans if span.kind == kind] for kind in REGIONS}
    found = sorted((min(starts[kind]), REGIONS.index(kind)) for kind in REGIONS if starts[kind]) or [(0, 1)]
    borders = [0, *(start for start, _ in found[1:]), length]
    return [(REGIONS[which], borders[at], borders[at + 1]) for at, (_, which) in enumerate(found)]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """[start, end) without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _fill(
    block: Block, tree: Sequence[Node | Text | Point], text: str, spans: Sequence[Span], holds_text: bool
) -> None:
    for at, child in enumerate(tree):
        if isinstance(child, Point):
            block.children.append(child)
        elif isinstance(child, Node):
            span = spans[child.key]
            inner = Block(span.kind, child.key, child.start, child.end)
            if span.kind == "separator":
                inner.children.extend(each for each in child.children if isinstance(each, Point))
            else:
                _fill(inner, child.children, text, spans, span.kind in _HOLD_TEXT)
            block.children.append(inner)
        elif not holds_text:
            for line in _LINE.finditer(text, child.start, child.end):
                a, b = line.span()
                block.children.append(Block(_FILLING.get(block.kind, "p"), -1, a, b, [Segment(a, b)]))
        else:
            a, b = trim(text, child.start, child.end)
            if a < b:
                first, last = at == 0, at == len(tree) - 1
                block.children.append(Segment(a if first else child.start, b if last else child.end))
