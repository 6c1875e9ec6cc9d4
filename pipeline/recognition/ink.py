"""Ink on a page image: the connected components of what is typed, and paper where something is taken away."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import Box

Grey = NDArray[np.uint8]


def read_grey(data: bytes) -> Grey | None:
    """Decode an image to one grey channel, 0 black to 255 white; None where it is no image."""
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE) if data else None
    return None if image is None else np.asarray(image, np.uint8)


def write_png(image: Grey) -> bytes:
    """Encode without compression: these files live for one run of the recogniser."""
    return bytes(cv2.imencode(".png", image, [cv2.IMWRITE_PNG_COMPRESSION, 0])[1])


@dataclass(frozen=True, slots=True)
class Ink:
    """What is typed: a mask (not 0 where there is ink) and the boxes of its components, from left to right."""

    mask: Grey
    boxes: list[Box]


def find_ink(image: Grey) -> Ink:
    """The ink of a page, its components without specks.

    Ink is what is darker than the paper around it by more than Otsu's threshold; the paper is a wide median of the
    page at a tenth of its size, so that uneven light does not matter. A speck is lower and narrower than 4 pixels.
    """
    height, width = image.shape
    small = cv2.resize(image, (max(1, width // 10), max(1, height // 10)), interpolation=cv2.INTER_AREA)
    paper = cv2.resize(cv2.medianBlur(small, 31), (width, height))
    _, ink = cv2.threshold(cv2.subtract(paper, image), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    boxes = [Box(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats[1:] if w >= 4 or h >= 4]
    boxes.sort(key=lambda box: (box.left, box.top, box.right, box.bottom))
    return Ink(np.asarray(ink, np.uint8), boxes)


def crop(image: Grey, box: Box, margin: int, enlarge: float = 1.0) -> Grey:
    """Cut a box out, its paper made white, `enlarge` times its size, with `margin` white pixels (before) around it."""
    reach = box.height
    around = image[max(0, box.top - reach) : box.bottom + reach, max(0, box.left - reach) : box.right + reach]
    paper = max(1.0, float(np.percentile(around, 75)))
    cut = np.minimum(255.0, image[box.top : box.bottom, box.left : box.right] * (255.0 / paper)).astype(np.uint8)
    framed = cv2.copyMakeBorder(cut, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=[255])
    if enlarge == 1.0:
        return np.asarray(framed, np.uint8)
    return np.asarray(cv2.resize(framed, None, fx=enlarge, fy=enlarge, interpolation=cv2.INTER_CUBIC), np.uint8)


def erase(image: Grey, boxes: list[Box], margin: int = 2) -> Grey:
    """A copy of the page with paper where the boxes are: the shade most common just around each."""
    cleaned = image.copy()
    for box in boxes:
        top, left = max(0, box.top - margin), max(0, box.left - margin)
        around = image[max(0, top - 6) : box.bottom + 8, max(0, left - 6) : box.right + 8]
        cleaned[top : box.bottom + margin, left : box.right + margin] = int(np.percentile(around, 75))
    return cleaned


def stack(crops: list[Grey], gap: int) -> tuple[Grey, list[Box]]:
    """Crops one below the other on white, `gap` pixels apart, and where each came to stand."""
    width = max(cut.shape[1] for cut in crops) + 2 * gap
    height = sum(cut.shape[0] + gap for cut in crops) + gap
    sheet = np.full((height, width), 255, np.uint8)
    places, top = [], gap
    for cut in crops:
        box = Box(gap, top, gap + cut.shape[1], top + cut.shape[0])
        sheet[box.top : box.bottom, box.left : box.right] = cut
        places.append(box)
        top = box.bottom + gap
    return sheet, places
