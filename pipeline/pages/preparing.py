"""One page, from the scan to the image that is recognised, and the batch of pages that are prepared together.

A page is put in even light, measured, enlarged, turned level, smoothed, and freed of rules, underlines and leaders.
Beside its image stand its marks and its record, which holds a key of all that went in: a page whose key has not
changed is not prepared again, so that a broken run goes on where it stopped.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
import pypdfium2
from PIL import __version__ as pillow_version

from pipeline.edition import Edition
from pipeline.errors import BadInput
from pipeline.model import Page, read_json, write_bytes, write_json
from pipeline.pages.cleaning import method_of, scale_of, smoothed, without_specks
from pipeline.pages.erasing import without
from pipeline.pages.images import LONGEST_SIDE, MOST_PIXELS, Grey, decode
from pipeline.pages.ink import even_light, ink_of, measure, measure_type
from pipeline.pages.leaders import find_leaders, without_leaders
from pipeline.pages.marks import Marks, find_marks
from pipeline.pages.skew import skew_of, turned
from pipeline.pages.sources import PageSource, batch_sources
from pipeline.settings import Recognition

METHOD = "6"
"""Raised when the same scan would give another image: what was prepared before is then prepared again."""


@dataclass(frozen=True, slots=True)
class Record:
    """A page that is done. key: a digest of the source file, the page's place in it, settings and method."""

    key: str
    page: Page


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page image ready for recognition, 8-bit grey, its marks in its pixels, and how it came from the scan."""

    image: Grey
    marks: Marks
    skew: float
    scale: float


def prepare(edition: Edition, batch: str, progress: Callable[[str], None] = lambda _: None) -> None:
    """Prepare the pages of a batch and write pages/<batch>.json (list[Page]) when all are done.

    Each page gives pages/<page>.png and pages/<page>.marks.json (`Marks`). progress: called with the id of each
    page that is done. Raises BadInput for scans that cannot be used, OutputError where nothing can be written.
    """
    sources = batch_sources(edition, batch)
    digests = {file: _digest(file) for file in {source.file for source in sources}}
    pages = []
    for source in sources:
        pages.append(_page(edition, source, digests[source.file]))
        progress(source.id)
    write_json(edition.work / "pages" / f"{batch}.json", pages)


def prepared(grey: Grey, denoise: Literal["auto", "none", "median", "gaussian"]) -> Prepared:
    """Prepare a page. denoise: "auto" measures which smoothing it needs; "none", "median" and "gaussian" say so."""
    even = even_light(grey)
    ink = ink_of(even)
    measures = measure(even, ink)
    method = method_of(even, measures) if denoise == "auto" else denoise
    scale = _within(scale_of(measures), grey)
    skew = skew_of(ink)
    image = smoothed(turned(without_specks(even, method), scale, skew), method)
    ink = ink_of(image)
    measures = measure_type(ink)
    marks = find_marks(ink, measures)
    unlined = without(image, ink, [*marks.rules, *marks.underlines], measures)
    cleaned = without_leaders(unlined, find_leaders(ink, measures))
    return Prepared(cleaned, marks, skew, scale)


def _page(edition: Edition, source: PageSource, digest: str) -> Page:
    folder = edition.work / "pages"
    key = _key(source, digest, edition.settings.recognition)
    record = _record(folder, source, key)
    if record is not None:
        return record.page
    grey, pixels = decode(source, edition.settings.recognition.resolution)
    done = prepared(grey, edition.settings.recognition.denoise)
    height, width = done.image.shape
    page = Page(
        id=source.id,
        number=source.number,
        source=source.name,
        image=f"pages/{source.id}.png",
        width=width,
        height=height,
        sha256=pixels,
        skew=done.skew,
        scale=done.scale,
    )
    write_bytes(folder / f"{source.id}.png", _png(done.image))
    write_json(folder / f"{source.id}.marks.json", done.marks)
    write_json(folder / f"{source.id}.record.json", Record(key, page))
    return page


def _record(folder: Path, source: PageSource, key: str) -> Record | None:
    """What an earlier run left of this page, if it is whole and came from the same scan in the same way."""
    if not all((folder / f"{source.id}.{kind}").is_file() for kind in ("png", "marks.json", "record.json")):
        return None
    try:
        record = read_json(folder / f"{source.id}.record.json", Record)
    except BadInput:
        return None
    return record if record.key == key else None


def _key(source: PageSource, digest: str, settings: Recognition) -> str:
    libraries = [cv2.__version__, np.__version__, pillow_version, str(pypdfium2.version.PDFIUM_INFO)]
    decisive = [METHOD, *libraries, source.id, source.name, str(source.index), digest]
    return hashlib.sha256("\n".join([*decisive, str(settings.resolution), settings.denoise]).encode()).hexdigest()


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise BadInput(f"{file}: cannot be read ({error.strerror}); check that it is there") from error


def _within(scale: float, grey: Grey) -> float:
    """The scale, or 1.0 where the enlarged image would be larger than is worked on."""
    height, width = grey.shape
    fits = max(height, width) * scale <= LONGEST_SIDE and height * width * scale * scale <= MOST_PIXELS
    return scale if fits else 1.0


def _png(image: Grey) -> bytes:
    # For grainy pages run lengths are both quicker and smaller than searching for repetitions.
    how = [cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE]
    return bytes(cv2.imencode(".png", image, how)[1])
