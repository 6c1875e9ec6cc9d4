"""Lines taken out of a page, since they spoil the reading of the letters that they touch; the letters stay whole.

The box of a line is higher than the line where the page is not quite level, and its edge may run through the feet of
the letters that stand on it. So the line itself is measured where no letter meets it, and only its own ink goes.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import Box
from pipeline.pages.images import Grey
from pipeline.pages.ink import Measures

Columns = NDArray[np.bool_]
Edges = NDArray[np.float64]


def without(grey: Grey, ink: Grey, lines: Sequence[Box], measures: Measures) -> Grey:
    """A copy of the page with paper where its lines are, and the letters that stand on them or cross them kept.

    ink: a mask of the page, 255 where there is ink; measures: of that ink.
    """
    cleaned = grey.copy()
    paper = int(np.median(grey[::4, ::4]))
    for box in lines:
        _erase(cleaned, ink, box, paper, measures)
    return cleaned


def _erase(page: Grey, ink: Grey, box: Box, paper: int, measures: Measures) -> None:
    reach, fringe = max(1, round(measures.stroke / 2)), max(1, round(measures.stroke / 3))
    left, right = max(0, box.left - 2), min(page.shape[1], box.right + 2)
    first, last = max(0, box.top - fringe - reach), min(page.shape[0], box.bottom + fringe + reach)
    inked = ink[first:last, left:right] > 0
    top, bottom = _edges(inked, reach, reach + fringe)
    rows = np.arange(last - first)[:, np.newaxis]
    over = _any(inked & (rows >= top - fringe - reach) & (rows < top - fringe))
    under = _any(inked & (rows >= bottom + fringe) & (rows < bottom + fringe + reach))
    # A slanted stroke leaves the line some pixels beside where it meets it.
    crossing = _widened(over, reach) & _widened(under, reach) & (over | under)
    line = (rows >= np.where(over, top, top - fringe)) & (rows < bottom + fringe) & ~crossing
    part = page[first:last, left:right]
    part[line] = np.maximum(part[line], paper)


def _edges(inked: NDArray[np.bool_], reach: int, margin: int) -> tuple[Edges, Edges]:
    """The upper and the lower edge of a line in each column, in rows of a strip around its box.

    It is measured where it stands alone, without ink `reach` rows from its box; where too little does, the edges are
    those of the box, `margin` rows from the strip's.
    """
    height, width = inked.shape
    columns = np.arange(width)
    alone = np.flatnonzero(~_any(inked[:reach]) & ~_any(inked[-reach:]) & _any(inked))
    if len(alone) < 2 * reach:
        return np.full(width, float(margin)), np.full(width, float(height - margin))
    upper = inked[:, alone].argmax(axis=0)
    lower = height - inked[::-1, alone].argmax(axis=0)
    middle, half = (upper + lower) / 2, float(np.median(lower - upper)) / 2
    spread = alone[-1] - alone[0] > width / 2
    slope, height_at = np.polyfit(alone, middle, 1) if spread else (0.0, np.median(middle))
    course: Edges = np.asarray(slope * columns + height_at, np.float64)
    return course - half, course + half


def _any(inked: NDArray[np.bool_]) -> Columns:
    return np.asarray(inked.any(axis=0), np.bool_)


def _widened(columns: Columns, reach: int) -> Columns:
    wide = cv2.dilate(columns[np.newaxis].astype(np.uint8), np.ones((1, 2 * reach + 1), np.uint8))
    return np.asarray(wide[0] > 0, np.bool_)
