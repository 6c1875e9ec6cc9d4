"""Which pages an edition's scans hold, and in which order.

Only headers and page trees are read, no pixel is decoded, so that counting the pages of a book is a matter of
milliseconds. A folder gives its images in natural order ("p2" before "p10"), or its PDFs where it holds no
image; whatever else lies in it is left alone. A multi-page TIFF and a PDF give all their pages.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import pypdfium2
import pypdfium2.raw
from PIL import Image, UnidentifiedImageError

from pipeline.edition import Edition
from pipeline.errors import BadInput
from pipeline.outside import shown

BATCH = 4
MOST_PAGES = 20_000
MOST_FRAMES = 2_000
IMAGES = frozenset({".png", ".jpg", ".jpeg", ".jpe", ".tif", ".tiff", ".jp2", ".j2k", ".jpx", ".jpf", ".jpc"})
FORMATS = ("PNG", "JPEG", "TIFF", "JPEG2000")
"""What Pillow may recognise; its other, rarer readers are kept away from files of unknown origin."""


@dataclass(frozen=True, slots=True)
class PageSource:
    """One page of the scans.

    number: its place among all pages, from 1. index: its place in `file`, from 0. name: how the edition names it
    ("scans/p0001.png", "book.pdf#3").
    """

    number: int
    file: Path
    index: int
    name: str

    @property
    def id(self) -> str:
        return f"p{self.number:04d}"


def page_sources(edition: Edition) -> list[PageSource]:
    """All pages of the scans in order; empty where the edition has no scans.

    Raises BadInput where a file or folder is missing, empty, or not what its name says.
    """
    return list(_page_sources(edition.folder, *((path, _stamp(path)) for path in edition.scan_paths())))


def batches(edition: Edition) -> list[str]:
    """The names of all batches of pages ("b001", ...); empty without scans. Raises BadInput like `page_sources`."""
    count = len(page_sources(edition))
    return [f"b{number:03d}" for number in range(1, -(-count // BATCH) + 1)]


def batch_sources(edition: Edition, batch: str) -> list[PageSource]:
    """The pages of one batch. Raises BadInput where there is no such batch, and like `within`."""
    known = batches(edition)
    if batch not in known:
        raise BadInput(f"{edition.id}: there is no batch {batch!r}; its scans make {len(known)} (b001, b002, ...)")
    start = known.index(batch) * BATCH
    return within(edition, page_sources(edition)[start : start + BATCH])


def within(edition: Edition, sources: list[PageSource]) -> list[PageSource]:
    """The pages themselves. Raises BadInput where a file, which may be a link, lies outside the root unallowed."""
    for file in {source.file for source in sources}:
        edition.within(file)
    return sources


def inputs(edition: Edition, batch: str) -> list[Path]:
    """The files that the pages of a batch come from, each once, in order."""
    return list(dict.fromkeys(source.file for source in batch_sources(edition, batch)))


def natural_key(name: str) -> tuple[list[str | int], str]:
    """Sort key by which numbers in names count as numbers: "p2" before "p10", whatever their case."""
    parts = re.split(r"([0-9]+)", name.casefold())
    return [int(part) if at % 2 else part for at, part in enumerate(parts)], name


def is_pdf(file: Path) -> bool:
    """Whether a file is read as a PDF: by its name, not by what is in it."""
    return file.suffix.lower() == ".pdf"


@contextmanager
def open_pdf(file: Path) -> Iterator[pypdfium2.PdfDocument]:
    """A PDF, closed afterwards. Raises BadInput where it is none, damaged, or needs a password."""
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise BadInput(f"{file}: the PDF asks for a password; save a copy without one") from error
        raise BadInput(f"{file}: not a PDF, or a damaged one; open it in a viewer and save it again") from error
    try:
        yield document
    finally:
        document.close()


@contextmanager
def open_image(file: Path) -> Iterator[Image.Image]:
    """An image whose header has been read, closed afterwards.

    Raises BadInput where it is no image, is cut short, or would be too large to decode; errors of the `with`
    block that come from the file's data are told in the same way.
    """
    with _reading(file):
        try:
            with Image.open(file, formats=FORMATS) as image:
                yield image
        except (PermissionError, FileNotFoundError):
            raise
        except Image.DecompressionBombError as error:
            raise BadInput(too_large(str(file))) from error
        except UnidentifiedImageError as error:
            raise BadInput(
                f"{file}: not an image that can be read (PNG, JPEG, TIFF, JPEG 2000); convert or remove it"
            ) from error
        except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError) as error:
            raise BadInput(f"{file}: damaged or cut short ({error}); copy or scan it again") from error


def too_large(name: str) -> str:
    """The message for an image beyond what is decoded."""
    return f"{name}: more pixels than a page has (at most 150 million, no side over 30,000); scan it at 300 to 600 dpi"


@lru_cache(maxsize=64)
def _page_sources(home: Path, *scans: tuple[Path, int]) -> tuple[PageSource, ...]:
    """The pages of scans, kept while nothing was changed: the workflow asks for them batch by batch."""
    places = [
        (file, index, name)
        for path, _ in scans
        for file, name in _named(_files(path), home)
        for index, name in enumerate(_page_names(file, name))
    ]
    if len(places) > MOST_PAGES:
        raise BadInput(
            f"{home / 'edition.yaml'}: its scans have {len(places):,} pages, more than {MOST_PAGES:,}; part it"
        )
    return tuple(PageSource(number, *place) for number, place in enumerate(places, start=1))


def _stamp(path: Path) -> int:
    """When a file, or what a folder holds, was last changed."""
    return path.stat().st_mtime_ns if path.exists() else 0


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise BadInput(f"{path}: not there; check 'scans' in edition.yaml")
    if not path.is_dir():
        return [path]
    with _reading(path):
        found = sorted(
            (file for file in path.iterdir() if file.is_file() and not file.name.startswith(".")),
            key=lambda file: natural_key(file.name),
        )
    images = [file for file in found if file.suffix.lower() in IMAGES]
    pdfs = [file for file in found if file.suffix.lower() == ".pdf"]
    if not images and not pdfs:
        raise BadInput(f"{path}: holds no scans; put the pages there as PNG, JPEG, TIFF, JPEG 2000 or PDF")
    return images or pdfs


def _named(files: list[Path], folder: Path) -> Iterator[tuple[Path, str]]:
    """Files of one folder with their names in the edition: relative to its folder, or bare where they lie outside."""
    if not files:
        return
    home, place = folder.resolve(), files[0].parent.resolve()
    inside = place.relative_to(home) if place.is_relative_to(home) else Path()
    for file in files:
        if shown(file.name) != file.name or "\n" in file.name:
            raise BadInput(f"{file.parent}: the name {file.name!r} holds what cannot be printed; rename it")
        yield file, (inside / file.name).as_posix()


def _page_names(file: Path, name: str) -> list[str]:
    status = file.stat()
    count = _count_pages(file, status.st_size, status.st_mtime_ns)
    return [f"{name}#{page}" for page in range(1, count + 1)] if count > 1 or is_pdf(file) else [name]


@cache
def _count_pages(file: Path, size: int, _changed: int) -> int:
    if size == 0:
        raise BadInput(f"{file}: the file is empty; copy or scan it again")
    if is_pdf(file):
        with open_pdf(file) as document:
            if len(document) == 0:
                raise BadInput(f"{file}: a PDF without pages; name another file under 'scans' in edition.yaml")
            return _bounded(file, len(document))
    if file.suffix.lower() not in {".tif", ".tiff"}:
        return 1
    with open_image(file) as image:
        return _frames(file, image)


def _frames(file: Path, image: Image.Image) -> int:
    """How many pages a TIFF has; Pillow's n_frames would follow a chain of directories to its end, however long."""
    count = 1
    with suppress(EOFError):
        while count <= MOST_FRAMES:
            image.seek(count)
            count += 1
        raise BadInput(f"{file}: more than {MOST_FRAMES:,} pages in one TIFF; part it into several")
    return count


def _bounded(file: Path, count: int) -> int:
    if count > MOST_PAGES:
        raise BadInput(f"{file}: more than the {MOST_PAGES:,} pages that an edition may have; part it")
    return count


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Tell an unreadable file as bad input."""
    try:
        yield
    except PermissionError as error:
        raise BadInput(f"{path}: may not be read; check its permissions") from error
    except FileNotFoundError as error:
        raise BadInput(f"{path}: not there; check 'scans' in edition.yaml") from error
