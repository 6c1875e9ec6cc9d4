"""Nesting: from ranges of a string that may overlap to a tree.

XML allows no overlap, so where two ranges cross, the weaker one is split at the border of the stronger (TEI
Guidelines, chapter 20, "Non-hierarchical Structures": fragmentation). A range that holds another is outside it;
of two with the same extent, the one of lower rank is. The tree's text is always the string: nothing is added,
lost or moved.

One sweep from left to right with a stack of what is open. Time is n log n in the number of ranges and points,
plus one step for every split.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Range:
    """Characters [start, end). `key` is the caller's name for it.

    Of two with the same extent that of lower `rank` is outside; of two that cross, that of lower `weakness` stays
    whole, and where these are equal too, the longer one.
    """

    start: int
    end: int
    rank: int
    key: int
    weakness: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """Something without extent, such as a page break, that stands before the character at `offset`."""

    offset: int
    key: int


@dataclass(frozen=True, slots=True)
class Text:
    """Characters [start, end) of the string."""

    start: int
    end: int


@dataclass(slots=True)
class Node:
    """A range, or a part of one, with what it holds in order."""

    key: int
    start: int
    end: int
    children: list["Node | Text | Point"] = field(default_factory=list)


def nest(start: int, end: int, ranges: Sequence[Range], points: Sequence[Point]) -> list[Node | Text | Point]:
    """Nest `ranges` and `points` over the characters [start, end).

    A point at a border stands after what ends there and before what starts there; points of one offset keep
    their order. What reaches beyond [start, end) is clipped, a range without extent is left out, and a point
    outside is moved to the nearer end.
    """
    sweep = _Sweep(start, end, [Point(min(max(p.offset, start), end), p.key) for p in points])
    waiting = [(max(r.start, start), -min(r.end, end), r.rank, order) for order, r in enumerate(ranges)]
    waiting = [item for item in waiting if item[0] < -item[1]]
    heapq.heapify(waiting)
    while waiting:
        at, negative_end, rank, order = heapq.heappop(waiting)
        given = ranges[order]
        weight = _Weight(rank, (given.weakness, given.start - given.end, order))
        reached = sweep.open(given.key, at, -negative_end, weight)
        if reached < -negative_end:
            heapq.heappush(waiting, (reached, negative_end, rank, order))
    return sweep.finish()


@dataclass(frozen=True, slots=True)
class _Weight:
    """What decides between two ranges; `weakness` also holds length and order, so that no two are equal."""

    rank: int
    weakness: tuple[int, int, int]


class _Sweep:
    """The tree as far as it is built, and what is open at its right edge."""

    def __init__(self, start: int, end: int, points: list[Point]) -> None:
        self._points = sorted(points, key=lambda point: point.offset)
        self._next = 0
        self._at = start
        self._open: list[tuple[Node, _Weight]] = [(Node(-1, start, end), _Weight(-1, (-1, 0, -1)))]

    def open(self, key: int, at: int, end: int, weight: _Weight) -> int:
        """Open a range at `at`; returns how far it goes before something stronger ends."""
        self._advance(at)
        for other, its_weight in reversed(self._open):
            if other.end >= end:
                break
            if its_weight.weakness < weight.weakness:
                end = other.end
                break
        inner: list[tuple[Node, int, _Weight]] = []
        while self._goes_inside(end, weight, at):
            node, its_weight = self._open.pop()
            inner.append((node, node.end, its_weight))
            node.end = at
            if node.start == at:  # closed before it held anything
                self._open[-1][0].children.pop()
        self._push(Node(key, at, end), weight)
        for node, its_end, its_weight in reversed(inner):
            self._push(Node(node.key, at, its_end), its_weight)
        return end

    def finish(self) -> list[Node | Text | Point]:
        root = self._open[0][0]
        self._advance(root.end)
        root.children.extend(self._points[self._next :])
        return root.children

    def _goes_inside(self, end: int, weight: _Weight, at: int) -> bool:
        """Whether what is open innermost has to be inside a range [at, end)."""
        node, its_weight = self._open[-1]
        return node.end < end or (
            node.end == end
            and node.start == at
            and (its_weight.rank, its_weight.weakness[2]) > (weight.rank, weight.weakness[2])
        )

    def _push(self, node: Node, weight: _Weight) -> None:
        self._open[-1][0].children.append(node)
        self._open.append((node, weight))

    def _advance(self, to: int) -> None:
        while len(self._open) > 1 and self._open[-1][0].end <= to:
            self._write(self._open[-1][0].end)
            self._open.pop()
        self._write(to)
        while self._next < len(self._points) and self._points[self._next].offset <= to < self._open[0][0].end:
            self._put(self._points[self._next])
            self._next += 1

    def _write(self, to: int) -> None:
        """Write the text up to `to`, with the points that stand before it."""
        while self._next < len(self._points) and self._points[self._next].offset < to:
            point = self._points[self._next]
            self._write_text(point.offset)
            self._put(point)
            self._next += 1
        self._write_text(to)

    def _write_text(self, to: int) -> None:
        if to > self._at:
            self._put(Text(self._at, to))
            self._at = to

    def _put(self, child: Text | Point) -> None:
        self._open[-1][0].children.append(child)
