"""Parting: characters of two lines that touch, where lines are set close, made two components again.

A raised number reaches up into the feet of the line above it, and is lost as long as both are one component. Such a
component hangs below the line on which its neighbours stand, deeper than the tail of any letter; it is cut there.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import Box
from pipeline.recognition.ink import Ink

TALL = 1.4
"""Height from which a component may be two characters, in heights of the usual one."""
DEEP = 0.5
"""How far it must hang below its line, in heights of small letters; tails of letters are shorter."""
NEIGHBOURS = 3
"""Letters that must stand beside it to show where its line is."""
LEVEL = 0.15
"""How far their feet may be from one height, in heights of the usual component."""
BESIDE = 8
"""How far they may be, in heights of the usual component."""


def parted(ink: Ink) -> Ink:
    """The ink with its components cut at the foot of the line to which their upper part belongs; the mask stays."""
    if not ink.boxes:
        return ink
    table = np.array([(box.left, box.top, box.right, box.bottom) for box in ink.boxes], np.int64)
    heights = table[:, 3] - table[:, 1]
    usual = float(np.median(heights[heights >= 10])) if np.any(heights >= 10) else 0.0
    boxes: list[Box] = []
    for box, height in zip(ink.boxes, heights, strict=True):
        foot = _foot(box, table, usual) if TALL * usual < height < 5 * usual else None
        boxes.extend([box] if foot is None else [Box(box.left, box.top, box.right, foot), *_below(ink, box, foot)])
    return Ink(ink.mask, sorted(boxes, key=lambda box: (box.left, box.top, box.right, box.bottom)))


def _foot(box: Box, table: NDArray[np.int64], usual: float) -> int | None:
    """The height on which the neighbours of a component's upper part stand, where it hangs deeper than a letter."""
    left, top, right, bottom = table.T
    tall = bottom - top
    beside = (np.maximum(left - box.right, box.left - right) < BESIDE * usual) & (np.abs(top - box.top) < 0.6 * usual)
    letters = np.flatnonzero(beside & (0.6 * usual < tall) & (tall < TALL * usual))
    if letters.size == 0:
        return None
    foot = int(np.quantile(bottom[letters], 0.4, method="lower"))
    if np.count_nonzero(np.abs(bottom[letters] - foot) <= LEVEL * usual) < NEIGHBOURS:
        return None
    low = float(np.quantile(tall[letters], 0.25, method="lower"))
    return foot if box.bottom - foot > DEEP * low and foot - box.top > DEEP * low else None


def _below(ink: Ink, box: Box, foot: int) -> list[Box]:
    """The components of what is below the foot of a line within a box, without slivers."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink.mask[foot : box.bottom, box.left : box.right], connectivity=8)
    return [
        Box(box.left + int(x), foot + int(y), box.left + int(x + w), foot + int(y + h))
        for x, y, w, h, _ in stats[1:]
        if w >= 4 and h >= (box.bottom - foot) / 2
    ]
