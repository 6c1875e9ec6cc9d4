"""Leaders: the rows of dots that lead the eye from an entry to its page number, as in a table of contents.

A recogniser reads them as words that nobody typed. A leader is a row of dots of one size on one level at regular
distances, longer than any ellipsis.
"""

from itertools import pairwise
from statistics import median

import cv2
import numpy as np

from pipeline.model import Box
from pipeline.pages.images import Grey
from pipeline.pages.ink import Measures

FEWEST = 6
"""Dots that make a leader; an ellipsis has three or four."""
SMALLEST, LARGEST = 0.1, 0.45
"""Height and width of a dot, in letter heights."""
APART = 2.5
"""The largest distance of two dots, from edge to edge in letter heights."""
LEVEL = 0.3
"""How far the feet of two neighbouring dots may differ, in letter heights."""
EVEN = 0.6
"""How far a distance may differ from the usual one of its row, as a share of that."""


def find_leaders(ink: Grey, measures: Measures) -> list[list[Box]]:
    """The dots of every leader on a level page, from left to right. ink: a mask, 255 where there is ink."""
    if measures.letter == 0:
        return []
    rows: list[list[Box]] = []
    for dot in _dots(ink, measures.letter):
        row = next((row for row in reversed(rows) if _follows(row[-1], dot, measures.letter)), None)
        if row is None:
            rows.append([dot])
        else:
            row.append(dot)
    return [row for row in rows if len(row) >= FEWEST and _regular(row)]


def without_leaders(grey: Grey, leaders: list[list[Box]]) -> Grey:
    """A copy of the page with paper in the place of its leaders."""
    cleaned = grey.copy()
    paper = int(np.median(grey[::4, ::4]))
    for dot in (dot for row in leaders for dot in row):
        cleaned[max(0, dot.top - 2) : dot.bottom + 2, max(0, dot.left - 2) : dot.right + 2] = paper
    return cleaned


def _dots(ink: Grey, letter: float) -> list[Box]:
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    low, high = SMALLEST * letter, LARGEST * letter
    boxes = [
        Box(int(left), int(top), int(left + width), int(top + height))
        for left, top, width, height, _ in stats[1:]
        if low <= width <= high and low <= height <= high
    ]
    return sorted(boxes, key=lambda box: (box.left, box.top))


def _follows(before: Box, dot: Box, letter: float) -> bool:
    return 0 < dot.left - before.right <= APART * letter and abs(dot.bottom - before.bottom) <= LEVEL * letter


def _regular(row: list[Box]) -> bool:
    """Dots at nearly one distance; stops of a text stand at many."""
    steps = [after.left - before.left for before, after in pairwise(row)]
    usual = median(steps)
    return sum(abs(step - usual) <= EVEN * usual for step in steps) >= 0.8 * len(steps)
