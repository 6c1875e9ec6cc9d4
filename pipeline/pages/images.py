"""From a page of the scans to its pixels in shades of grey.

Every form that Pillow reads of PNG, JPEG, TIFF and JPEG 2000 becomes one grey channel, 0 black to 255 white:
palettes, one bit, sixteen bits, transparency (laid on white), CMYK; turned as EXIF says. PDF pages are drawn by
PDFium. What is too large for a page, or too small to hold text, is refused by its header, before it is decoded.
"""

import hashlib
import math
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial

import numpy as np
import pypdfium2
import pypdfium2.raw
from numpy.typing import NDArray
from PIL import Image, ImageOps

from pipeline.apart import apart
from pipeline.errors import BadInput
from pipeline.pages.sources import PageSource, is_pdf, open_image, open_pdf, too_large

Grey = NDArray[np.uint8]

MOST_PIXELS = 150_000_000
LONGEST_SIDE = 30_000
SHORTEST_SIDE = 16
LARGEST_SHEET = 1500
"""The longest side of a sheet that a typescript or book is scanned from, in points: some 21 inches."""
POINTS_PER_INCH = 72


def decode(source: PageSource, resolution: int) -> tuple[Grey, str]:
    """The page in grey and the SHA-256 of its decoded pixels (with their size), which no metadata changes.

    resolution: pixels per inch at which a PDF page is drawn; a page that is one picture is drawn at the
    picture's own resolution where that is higher. Raises BadInput where the page is damaged, too large or too
    small.
    """
    grey = apart(source.file, partial(_draw, source, resolution) if is_pdf(source.file) else partial(_load, source))
    digest = hashlib.sha256(f"{grey.shape[1]}x{grey.shape[0]}:".encode())
    digest.update(np.ascontiguousarray(grey).data)
    return grey, digest.hexdigest()


def check_headers(sources: Iterable[PageSource]) -> None:
    """Refuse what is no image, too large or too small, by the headers alone: a millisecond or less a page.

    Raises BadInput. Pages of PDFs, and damage behind the header, are for `decode` to judge.
    """
    for source in sources:
        if not is_pdf(source.file):
            with _opened(source):
                pass


def _load(source: PageSource) -> Grey:
    with _opened(source) as image:
        image.load()
        return _grey(ImageOps.exif_transpose(image))


@contextmanager
def _opened(source: PageSource) -> Iterator[Image.Image]:
    """A page as an image of a size that holds a page, not decoded yet."""
    with open_image(source.file) as image, warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        image.seek(source.index)
        _check_size(str(source.file), *image.size)
        yield image


def _grey(image: Image.Image) -> Grey:
    if image.mode.startswith(("I", "F")):
        return _eight_bits(np.asarray(image))
    if "A" in image.getbands() or "transparency" in image.info:
        rgba = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, rgba)
    if image.mode not in {"1", "L"}:
        image = image.convert("RGB")
    return np.asarray(image.convert("L"), np.uint8)


def _eight_bits(deep: NDArray[np.generic]) -> Grey:
    """Shades of more than eight bits, by the fewest bits that hold the lightest of them (10, 12 or 16 in scanners).

    Fractions are taken as 0..1 where none is above 1.
    """
    values = np.nan_to_num(np.maximum(deep.astype(np.float32), np.float32(0)), posinf=0.0)
    lightest = float(values.max())
    white = 1.0 if lightest <= 1.0 else 2.0 ** max(8, math.ceil(math.log2(lightest + 1))) - 1
    return np.asarray(np.rint(values * (255 / white)), np.uint8)


def _draw(source: PageSource, resolution: int) -> Grey:
    """Draw a page of a PDF. Raises BadInput where PDFium cannot, or where the page or its picture is too large."""
    with open_pdf(source.file) as document:
        try:
            page = document[source.index]
            width, height = page.get_size()
            fine = _picture_resolution(source, page)
            if 0 < fine < resolution and max(width, height) > LARGEST_SHEET:
                resolution = math.ceil(fine)  # no paper is so large: the scanner did not say its resolution
            _check_size(source.name, width * resolution / POINTS_PER_INCH, height * resolution / POINTS_PER_INCH)
            largest = POINTS_PER_INCH * min(
                LONGEST_SIDE / max(width, height), math.sqrt(MOST_PIXELS / (width * height))
            )
            scale = max(resolution, min(fine, largest)) / POINTS_PER_INCH
            # PDFium's size is rounded up: a hair less, lest an inexact product adds a row.
            bitmap = page.render(scale=scale * (1 - 1e-6), grayscale=True)
        except pypdfium2.PdfiumError as error:
            raise BadInput(
                f"{source.file}: page {source.index + 1} is damaged ({error}); save the PDF again or remove the page"
            ) from error
        drawn = bitmap.to_numpy()
        return np.array(drawn.reshape(drawn.shape[:2]), np.uint8)  # a copy: the bitmap dies with the document


def _picture_resolution(source: PageSource, page: pypdfium2.PdfPage) -> float:
    """Pixels per inch of the only picture of a page that is a scan; 0 where it has none or several."""
    pictures = list(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    resolutions = []
    for picture in pictures:
        columns, rows = picture.get_px_size()
        if columns * rows > MOST_PIXELS:
            raise BadInput(too_large(f"{source.file}, picture of page {source.index + 1}"))
        matrix = picture.get_matrix()
        across, down = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)
        if across > 0 and down > 0:
            resolutions.append(POINTS_PER_INCH * max(columns / across, rows / down))
    return resolutions[0] if len(pictures) == 1 and resolutions else 0.0


def _check_size(name: str, width: float, height: float) -> None:
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise BadInput(too_large(name))
    if min(width, height) < SHORTEST_SIDE:
        raise BadInput(f"{name}: {width:.0f} x {height:.0f} pixels cannot hold text; scan the page at 300 to 600 dpi")
