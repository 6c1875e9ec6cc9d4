"""Noise: how a page image is smoothed before recognition, by what was measured on it.

Specks of wrong pixels fall to a small median, which keeps edges; grain, and the ragged edges of scans that were
made black and white, to a light Gaussian. Neither is wide enough to close the eyes of letters or to break thin
strokes; a clean page is left alone.
"""

from typing import Literal

import cv2
import numpy as np

from pipeline.pages.images import Grey
from pipeline.pages.ink import Measures

Method = Literal["none", "median", "gaussian"]

SPECKED = 0.6
"""Specks for each letter from which a page is cleaned of them: of drawn pages with 0.7 to 1.5 a median leaves a third
to three quarters of the errors; worn and photographed scans without such noise stay below 0.3."""
GRAINY = 0.02
"""Noise of the paper, as a share of its contrast to ink, from which a page is smoothed."""
BILEVEL = 0.005
"""Share of pixels between ink and paper below which a page was made black and white."""
ENOUGH = 14.0
"""Letter height in pixels from which a page is large enough for recognition as it is."""
TARGET = 20.0
"""Letter height in pixels to which smaller letters are enlarged."""
LARGEST = 4.0


def method_of(even: Grey, measures: Measures) -> Method:
    """The smoothing that a page in even light needs."""
    if measures.letter == 0:
        return "none"
    if measures.specks > SPECKED:
        return "median"
    between = np.count_nonzero((even > 64) & (even < 192)) / even.size
    return "gaussian" if measures.grain > GRAINY or between < BILEVEL else "none"


def scale_of(measures: Measures) -> float:
    """How many times a page is enlarged, in quarters: 1.0 but for letters of low resolution."""
    if measures.letter == 0 or measures.letter >= ENOUGH:
        return 1.0
    return min(LARGEST, round(4 * TARGET / measures.letter) / 4)


def without_specks(even: Grey, method: Method) -> Grey:
    """The page before it is enlarged, when specks are single pixels."""
    return np.asarray(cv2.medianBlur(even, 3), np.uint8) if method == "median" else even


def smoothed(even: Grey, method: Method) -> Grey:
    """The page after it was enlarged and turned; a median is followed by smoothing, for what it left of the grain."""
    return even if method == "none" else np.asarray(cv2.GaussianBlur(even, (0, 0), 1.0), np.uint8)
