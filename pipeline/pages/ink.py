"""Ink and paper: the page in even light, what is typed on it, and how large, thick and noisy that is."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.pages.images import Grey

REDUCTION = 4
DARKEST = 40
"""The darkest paper; what is darker is no paper, and stays dark."""
CONTRAST = 0.2
"""Ink is darker than the paper around it by at least this share of the paper's brightness."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What a page image shows of its type, in pixels.

    letter: height of the letters, the median over the ink (a little more than the x-height); 0 without ink.
    stroke: thickness of their strokes. specks: specks of noise for each letter. grain: standard deviation of the
    noise on the paper, as a share of the difference between paper and ink.
    """

    letter: float
    stroke: float
    specks: float
    grain: float


def even_light(grey: Grey) -> Grey:
    """The page divided by its paper, so that paper is white everywhere (255) and shadows and edges are gone.

    The paper is what a morphological closing leaves of the page at a quarter of its size: the brightest shade
    within some letters' width, smoothed.
    """
    height, width = grey.shape
    small = cv2.resize(grey, (max(1, width // REDUCTION), max(1, height // REDUCTION)), interpolation=cv2.INTER_AREA)
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8))
    paper = cv2.resize(cv2.medianBlur(closed, 21), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(paper, DARKEST), scale=255), np.uint8)


def ink_of(even: Grey) -> Grey:
    """The ink of a page in even light as a mask, 255 where there is ink: Otsu's threshold, within bounds.

    The bounds keep the noise of an empty page from being halved into ink and paper.
    """
    level, _ = cv2.threshold(even, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    level = min(max(level, 255 * CONTRAST), 255 * (1 - CONTRAST))
    return np.asarray(cv2.threshold(even, level, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)


def measure(even: Grey, ink: Grey) -> Measures:
    """Measure the type and the noise of a page in even light with its ink."""
    letter, stroke, letters = _type(ink)
    if letters == 0:
        return Measures(0.0, 0.0, 0.0, 0.0)
    return Measures(letter, stroke, _specks(ink, letter) / letters, _grain(even, ink))


def measure_type(ink: Grey) -> Measures:
    """Measure the type alone, of a page whose noise was dealt with already."""
    letter, stroke, _ = _type(ink)
    return Measures(letter, stroke, 0.0, 0.0)


def _type(ink: Grey) -> tuple[float, float, int]:
    """Height of the letters and thickness of their strokes, in pixels, and how many letters there are."""
    calm = np.asarray(cv2.medianBlur(ink, 3), np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(calm, connectivity=8)
    width, height, area = (stats[1:, column] for column in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    # A letter is no line, no blot and no dot.
    shaped = (height >= 4) & (width >= 2) & (width < 8 * height) & (height < 8 * width) & (height < ink.shape[0] / 10)
    letter = _weighted_median(height[shaped], area[shaped])
    letters = int(np.count_nonzero(shaped & (height > letter / 2)))
    return (letter, _stroke(calm), letters) if letters else (0.0, 0.0, 0)


def _weighted_median(values: NDArray[np.int32], weights: NDArray[np.int32]) -> float:
    if values.size == 0:
        return 0.0
    order = np.argsort(values, kind="stable")
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2)])


def _stroke(ink: Grey) -> float:
    """Thickness of strokes: twice the area over the outline, which is exact for long strokes."""
    outline = cv2.subtract(ink, cv2.erode(ink, np.ones((3, 3), np.uint8)))
    edge, area = cv2.countNonZero(outline), cv2.countNonZero(ink)
    return 2.0 * area / edge if edge else 0.0


def _specks(ink: Grey, letter: float) -> int:
    """How many components are much smaller than a full stop: under a hundredth of a letter's square."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return int(np.count_nonzero(stats[1:, cv2.CC_STAT_AREA] < max(3.0, letter * letter / 100)))


def _grain(even: Grey, ink: Grey) -> float:
    """Noise of the paper away from ink, by the median of differences between neighbours (robust against edges)."""
    near = cv2.dilate(ink, np.ones((9, 9), np.uint8))
    away = (near[::2, 1:] == 0) & (near[::2, :-1] == 0)
    rows = even[::2].astype(np.int16)
    differences = np.abs(rows[:, 1:] - rows[:, :-1])[away]
    contrast = 255.0 - float(even[ink > 0].mean())
    if differences.size == 0 or contrast <= 0:
        return 0.0
    return float(differences.mean()) * 0.886 / contrast
