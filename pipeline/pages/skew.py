"""Skew: how far the lines of a page are from level, and the page turned level.

The lower edges of the ink are projected on the upright axis at many angles; where the lines are level the profile
is most uneven (projection profiles after W. Postl, "Detection of linear oblique structures and skew scan in
digitized documents", ICPR 1986). The search goes from coarse to fine, ending at a hundredth of a degree.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.pages.images import Grey

WIDEST = 6.0
"""Degrees to either side that are searched."""
LEAST = 0.05
"""Degrees below which a page is left as it is."""
FEWEST = 200
"""Points below which a page shows no direction."""
DECIDED = 1.2
"""How far the best angle's score is above the median of all; noise stays at 1.01, lines of text are above 1.5."""


def skew_of(ink: Grey) -> float:
    """Degrees by which the page must be turned counter-clockwise to be level; 0.0 where nothing tells.

    ink: a mask, 255 where there is ink.
    """
    edges = cv2.subtract(ink[:-1], ink[1:])
    rows, columns = np.nonzero(edges)
    if rows.size < FEWEST:
        return 0.0
    # A sample is enough, and bounds the time on pages full of ink.
    step = 1 + rows.size // 60_000
    y, x = rows[::step].astype(np.float64), columns[::step].astype(np.float64)
    x -= ink.shape[1] / 2
    best, reach = 0.0, WIDEST
    for bin_height, spacing in ((4.0, 0.25), (2.0, 0.05), (1.0, 0.01)):
        angles = best + np.arange(-reach, reach + spacing / 2, spacing)
        scores = [_unevenness(y, x, float(angle), bin_height) for angle in angles]
        if reach == WIDEST and max(scores) < DECIDED * float(np.median(scores)):
            return 0.0
        best, reach = float(angles[int(np.argmax(scores))]), 1.5 * spacing
    if abs(best) > WIDEST - 0.5:  # at the end of the search: not the lines of a page
        return 0.0
    return round(best, 2) if abs(best) >= LEAST else 0.0


def turned(grey: Grey, scale: float, skew: float) -> Grey:
    """The page enlarged `scale` times and turned `skew` degrees counter-clockwise about its centre, in one step.

    The size is that of the enlarged page; corners that come in are white.
    """
    height, width = grey.shape
    size = (round(width * scale), round(height * scale))
    if scale == 1.0 and skew == 0.0:
        return grey
    matrix = cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), skew, 1.0)
    # Boxes are told in pixel edges, OpenCV counts in pixel centres: half a pixel apart on either side.
    matrix[:, 2] += matrix[:, :2] @ np.array([0.5 * scale, 0.5 * scale]) - 0.5
    matrix[:, :2] = matrix[:, :2] * scale
    moved = cv2.warpAffine(grey, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=[255])
    return np.asarray(moved, np.uint8)


def _unevenness(y: NDArray[np.float64], x: NDArray[np.float64], angle: float, bin_height: float) -> float:
    slope = np.tan(np.deg2rad(angle))
    places = (y - x * slope) / bin_height
    profile = np.bincount((places - places.min()).astype(np.int64)).astype(np.float64)
    return float(np.square(profile).sum())
