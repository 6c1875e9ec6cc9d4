"""Strips: single lines cut out of a page, and the preparations in which they are looked at again.

A line typed close to others is freed of their letters, and of its own raised marks, which are read apart. Each
preparation is an image that the recogniser takes differently, so that its slips are others; none of them adds ink where
there is none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np

from pipeline.model import Box, Word
from pipeline.recognition.ink import Grey

MARGIN = 12
"""White pixels around a strip."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A line cut out. left, top: where the image's first pixel stands on the page; wide, high: its enlargement."""

    image: Grey
    left: float
    top: float
    wide: float = 1.0
    high: float = 1.0

    def on_page(self, box: Box) -> Box:
        """Where a box of the strip stands on the page."""
        return Box(
            round(box.left / self.wide + self.left),
            round(box.top / self.high + self.top),
            round(box.right / self.wide + self.left),
            round(box.bottom / self.high + self.top),
        )


def cut(page: Grey, words: Sequence[Word]) -> Strip:
    """Cut out the line of these words, of which at least one is not raised.

    Its height is that of most of its words. A piece of ink belongs to it whose middle lies within a quarter of that
    height above or below; the others are made white.
    """
    typed = [word.box for word in words if not word.raised]
    shaping = [word.box for word in words if not word.raised and len(word.text) > 2] or typed
    top, bottom = round(median(box.top for box in shaping)), round(median(box.bottom for box in shaping))
    tall = max(4, bottom - top)
    left, right = max(0, min(b.left for b in typed) - tall // 2), max(b.right for b in typed) + tall // 2
    above = max(0, top - tall)
    window = page[above : bottom + tall, left:right].copy()
    for box in (word.box for word in words if word.raised):
        window[
            max(0, box.top - above - 2) : box.bottom - above + 2, max(0, box.left - left - 2) : box.right - left + 2
        ] = 255
    _whiten_others(window, top - above - tall // 4, bottom - above + tall // 4)
    first = max(0, top - above - tall // 2)
    window = window[first : bottom - above + tall // 2]
    framed = cv2.copyMakeBorder(window, MARGIN, MARGIN, MARGIN, MARGIN, cv2.BORDER_CONSTANT, value=[255])
    return Strip(np.asarray(framed, np.uint8), left - MARGIN, above + first - MARGIN)


def _whiten_others(window: Grey, highest: int, lowest: int) -> None:
    """Whiten the pieces of ink whose middle lies outside the rows between `highest` and `lowest`."""
    _, ink = cv2.threshold(window, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    middle = stats[:, cv2.CC_STAT_TOP] + stats[:, cv2.CC_STAT_HEIGHT] / 2
    other = (middle < highest) | (middle > lowest)
    other[0] = False
    own = ~other
    own[0] = False
    fringe = cv2.dilate(other[labels].astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    kept = cv2.dilate(own[labels].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    window[fringe & ~kept] = 255


def _resized(wide: float, high: float) -> Callable[[Strip], Strip]:
    def prepare(strip: Strip) -> Strip:
        way = cv2.INTER_AREA if high < 1 else cv2.INTER_CUBIC
        image = cv2.resize(strip.image, None, fx=wide, fy=high, interpolation=way)
        return Strip(np.asarray(image, np.uint8), strip.left, strip.top, wide, high)

    return prepare


def _bolder(strip: Strip) -> Strip:
    image = cv2.erode(strip.image, np.ones((3, 3), np.uint8))
    return Strip(np.asarray(image, np.uint8), strip.left, strip.top)


PREPARATIONS: dict[str, Callable[[Strip], Strip]] = {
    "taller": _resized(1.0, 1.15),
    "smaller": _resized(0.75, 0.75),
    "bolder": _bolder,
}
"""Ways to look at a strip again, the best first."""
