"""Where a line that was found on a page runs: its edges column by column, since no page is quite level."""

import numpy as np
from numpy.typing import NDArray

from pipeline.model import Box
from pipeline.pages.images import Grey

Columns = NDArray[np.bool_]
Edges = NDArray[np.int64]


def edges(ink: Grey, box: Box, reach: int) -> tuple[Edges, Edges]:
    """The first row of a line in each column of its box, and the row behind its last.

    They are measured where it stands alone, without ink in the `reach` rows above and below its box, and are straight;
    where too little of it does, they are those of the box.
    """
    first, last = max(0, box.top - reach), min(ink.shape[0], box.bottom + reach)
    strip = ink[first:last, box.left : box.right] > 0
    columns = np.arange(box.width)
    alone = np.flatnonzero(~inked(strip[:reach]) & ~inked(strip[-reach:]) & inked(strip))
    if len(alone) < 2 * reach:
        return np.full(box.width, box.top), np.full(box.width, box.bottom)
    upper = strip[:, alone].argmax(axis=0)
    lower = len(strip) - strip[::-1, alone].argmax(axis=0)
    middle, half = first + (upper + lower) / 2, float(np.median(lower - upper)) / 2
    spread = alone[-1] - alone[0] > box.width / 2
    slope, height = np.polyfit(alone, middle, 1) if spread else (0.0, np.median(middle))
    course = slope * columns + height
    return np.asarray(np.rint(course - half), np.int64), np.asarray(np.rint(course + half), np.int64)


def along(ink: Grey, box: Box, rows: Edges, first: int, last: int) -> Columns:
    """The ink in rows [first, last) counted from a row of each column of a box: a strip that follows a line."""
    wanted = np.clip(rows[np.newaxis] + np.arange(first, last)[:, np.newaxis], 0, ink.shape[0] - 1)
    return np.asarray(np.take_along_axis(ink[:, box.left : box.right], wanted, axis=0) > 0, np.bool_)


def inked(strip: Columns) -> Columns:
    """In which columns a strip has ink."""
    return np.asarray(strip.any(axis=0), np.bool_)
