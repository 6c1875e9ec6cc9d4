"""Lines taken out of a page, since they spoil the reading of the letters that they touch; the letters stay whole.

The box of a line is higher than the line where the page is not quite level, and its edge may run through the feet of
the letters that stand on it. So only the ink of the line itself goes, where it runs.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from pipeline.model import Box
from pipeline.pages.course import Columns, along, edges, inked
from pipeline.pages.images import Grey
from pipeline.pages.ink import Measures


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
    wide = Box(max(0, box.left - 2), box.top, min(page.shape[1], box.right + 2), box.bottom)
    top, bottom = edges(ink, wide, reach + fringe)
    over = inked(along(ink, wide, top, -fringe - reach, -fringe))
    under = inked(along(ink, wide, bottom, fringe, fringe + reach))
    # A slanted stroke leaves the line some pixels beside where it meets it.
    crossing = _widened(over, reach) & _widened(under, reach) & (over | under)
    first, last = max(0, int(top.min()) - fringe), min(page.shape[0], int(bottom.max()) + fringe)
    rows = np.arange(first, last)[:, np.newaxis]
    line = (rows >= np.where(over, top, top - fringe)) & (rows < bottom + fringe) & ~crossing
    part = page[first:last, wide.left : wide.right]
    part[line] = np.maximum(part[line], paper)


def _widened(columns: Columns, reach: int) -> Columns:
    wide = cv2.dilate(columns[np.newaxis].astype(np.uint8), np.ones((1, 2 * reach + 1), np.uint8))
    return np.asarray(wide[0] > 0, np.bool_)
