"""What a page's lines measure: margins, leading, size of type."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.layout.rows import Row


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of a page's (or column's) running text, in pixels of its image.

    pitch: the leading, from one baseline of running text to the next.
    x_height: height of the small letters. advance: mean width of a character.
    left, right: the margins, where they cross the height `middle`.
    drift: by how many pixels the left margin moves to the right with each pixel down (a page that is not flat).
    """

    pitch: float
    x_height: float
    advance: float
    left: float
    right: float
    middle: float = 0.0
    drift: float = 0.0

    @property
    def width(self) -> float:
        """From margin to margin, in pixels."""
        return self.right - self.left

    def indent(self, row: Row) -> float:
        """Pixels from the left margin to the line's start; negative where it hangs out."""
        return row.start - self.left - self.drift * (row.baseline - self.middle)

    def short(self, row: Row) -> float:
        """Pixels that the line ends before the right margin; negative where it runs over it."""
        return self.right + self.drift * (row.baseline - self.middle) - row.right

    def full(self, row: Row) -> bool:
        """The line goes on to the right margin, give or take a long word."""
        return self.short(row) < max(0.14 * self.width, 3 * self.advance)

    def flush(self, row: Row) -> bool:
        """The line starts at the left margin."""
        return abs(self.indent(row)) < 1.2 * self.advance

    def centred(self, row: Row) -> bool:
        """White space to both sides, nearly as much on one as on the other."""
        left, right = self.indent(row), self.short(row)
        return min(left, right) > 2.5 * self.advance and abs(left - right) < max(4 * self.advance, 0.06 * self.width)


def measure(rows: Sequence[Row], pitch: float | None = None) -> Measures:
    """The measures of a page from its lines (of one column, from top to bottom).

    pitch: the leading to take, in pixels, where the page itself has too little running text to say; without it
    such a page gives the median distance of its lines.
    """
    lines = [row for row in rows if not row.faint] or list(rows)
    advance = median(row.advance for row in lines)
    middle = (lines[0].baseline + lines[-1].baseline) / 2
    drift, left = _left_margin(lines, advance, middle)
    ends = sorted(row.right - drift * (row.baseline - middle) for row in lines)
    right = ends[min(len(ends) - 1, int(0.85 * len(ends)))]
    size = median(row.x_height for row in lines)
    plain = Measures(1.0, size, advance, left, right, middle, drift)
    found = _pitch(lines, plain)
    gaps = [b.baseline - a.baseline for a, b in pairwise(lines) if b.baseline > a.baseline]
    return Measures(found or pitch or (median(gaps) if gaps else 2.5 * size), size, advance, left, right, middle, drift)


def _left_margin(rows: Sequence[Row], advance: float, middle: float) -> tuple[float, float]:
    """Drift and left margin: the leftmost place where more than a stray line starts, on the drift that fits best."""
    best: tuple[float, float, list[float]] | None = None
    for step in sorted(range(-12, 13), key=abs):
        drift = step / 400
        starts = sorted(row.start - drift * (row.baseline - middle) for row in rows)
        count = max(_near(starts, start, advance / 2) for start in starts)
        # A steeper margin must gather clearly more lines, else indents could be taken for a drift.
        score = count - 0.1 * abs(step)
        if best is None or score > best[0]:
            best = (score, drift, starts)
    assert best is not None
    _, drift, starts = best
    needed = min(max(2, round(0.12 * len(rows))), len(rows))
    for at, start in enumerate(starts):
        group = starts[at : bisect_right(starts, start + 1.5 * advance)]
        if len(group) >= needed:
            return drift, median(group)
    return drift, starts[0]


def _near(ascending: Sequence[float], centre: float, reach: float) -> int:
    """How many of the values lie within reach of the centre."""
    return bisect_right(ascending, centre + reach) - bisect_left(ascending, centre - reach)


def _pitch(rows: Sequence[Row], page: Measures) -> float | None:
    """The widest leading that running text (a full line and the next, both at the margin) keeps to for a while.

    Notes and quotations are often typed closer than the body, never wider.
    """
    gaps = sorted(
        b.baseline - a.baseline
        for a, b in pairwise(rows)
        if page.full(a) and page.flush(b) and 1.2 * page.x_height < b.baseline - a.baseline < 8 * page.x_height
    )
    if len(gaps) < 3:
        return None
    needed = max(3, 0.2 * len(gaps))
    widest = [gap for gap in reversed(gaps) if _near(gaps, gap, 0.06 * gap) >= needed]
    if not widest:
        return median(gaps)
    return median(gap for gap in gaps if abs(gap - widest[0]) <= 0.06 * widest[0])
