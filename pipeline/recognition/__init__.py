"""Recognition: page images to text with its places on the page.

Reads pages/<batch>.json (the prepared images, with pages/<page>.marks.json for rules and underlines) and writes
alto/<page>.xml (ALTO 4), then alto/<batch>.json, which lists them. Raised marks are found on the image, read as
digits and taken away before the page is recognised; pages and lines in another language than the main one are read
again with its model. Each ALTO file carries a digest of the image and of all that decided about the result: a page
that has a file with the right one is not recognised again.
"""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.edition import Edition
from pipeline.errors import BadInput
from pipeline.model import Box, Page, read_json, write_bytes, write_json
from pipeline.recognition import accents, alto, digits, figures, ink, second_look, tesseract, underlines
from pipeline.recognition.alto import Processing
from pipeline.recognition.quotes import as_printed
from pipeline.recognition.raised import raised_marks
from pipeline.recognition.rereading import reread
from pipeline.recognition.second_look import missing_models
from pipeline.recognition.tesseract import Blocks

__all__ = ["missing_models", "recognise", "reread"]

PAGE_MODE = 3
METHOD = 5
"""Raised whenever the code would recognise a page differently, so that older results are made again."""


def recognise(edition: Edition, batch: str, progress: Callable[[str], None] = lambda page: None) -> None:
    """Recognise the pages of a batch and write them as ALTO.

    progress: is told the id of each page that is done. Raises MissingProgram where Tesseract or the model of the main
    language is not installed, BadInput where an image cannot be read, each with the name of the file.
    """
    language = edition.settings.language
    tesseract.require(language)
    pages = read_json(edition.work / "pages" / f"{batch}.json", list[Page])
    languages = second_look.usable(edition.all_languages) if edition.settings.recognition.other_languages else []
    if language not in languages:
        languages = [language]
    data = {page.id: _bytes(edition.work / page.image) for page in pages}
    marks = {page.id: _marks(edition.work / "pages" / f"{page.id}.marks.json") for page in pages}
    policy = edition.settings.recognition.accents
    processing = {page.id: _processing(data[page.id], marks[page.id], languages, policy) for page in pages}
    targets = {page.id: edition.work / "alto" / f"{page.id}.xml" for page in pages}
    stale = [page for page in pages if alto.key_of(targets[page.id]) != processing[page.id].key]
    for page in pages:
        if page not in stale:
            progress(page.id)
    read = _read(
        {page.id: (edition.work / page.image, data[page.id]) for page in stale}, languages, policy == "as-printed"
    )
    for page in stale:
        blocks = underlines.mark_underlined(read[page.id], marks[page.id].get("underlines", []))
        write_bytes(targets[page.id], alto.write(page, blocks, processing[page.id], language))
        progress(page.id)
    listing = [{"page": page.id, "alto": f"alto/{page.id}.xml"} for page in pages]
    write_json(edition.work / "alto" / f"{batch}.json", listing)


def _read(files: Mapping[str, tuple[Path, bytes]], languages: list[str], seen_accents: bool) -> dict[str, Blocks]:
    """The pages, by name. seen_accents: only accents that the image shows stand in the reading."""
    images = {name: _grey(path, data) for name, (path, data) in files.items()}
    typed = {name: ink.find_ink(image) for name, image in images.items()}
    found = {name: raised_marks(each) for name, each in typed.items()}
    numbers = digits.read_marks(images, found, languages[0])
    cleaned = {
        name: ink.erase(image, [word.box for word in numbers[name]]) if numbers[name] else image
        for name, image in images.items()
    }
    encoded = {name: ink.write_png(image) for name, image in cleaned.items()}
    read = figures.reread_figures(cleaned, typed, tesseract.read(encoded, languages[0], PAGE_MODE))
    if len(languages) > 1:
        read = second_look.reread_pages(encoded, read, languages)
        read = second_look.reread_doubts(cleaned, read, languages)
    if seen_accents:
        read = {name: accents.as_printed(blocks, typed[name].mask) for name, blocks in read.items()}
    return {name: digits.insert(as_printed(blocks), numbers[name]) for name, blocks in read.items()}


def _processing(data: bytes, marks: Mapping[str, list[Box]], languages: list[str], accents: str) -> Processing:
    image = hashlib.sha256(data).hexdigest()
    settings = (
        f"languages {' '.join(languages)}; page segmentation mode {PAGE_MODE}; accents {accents}; method {METHOD}"
    )
    decisive = "\n".join([image, tesseract.version(), settings, repr(sorted(marks.items()))])
    key = hashlib.sha256(decisive.encode()).hexdigest()
    return Processing(key, image, "Tesseract", tesseract.version(), settings)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: the page image cannot be read ({error.strerror}); prepare the pages again") from error


def _grey(path: Path, data: bytes) -> ink.Grey:
    image = ink.read_grey(data)
    if image is None:
        raise BadInput(f"{path}: the page image is broken; delete it and prepare the pages again")
    return image


def _marks(path: Path) -> dict[str, list[Box]]:
    return read_json(path, dict[str, list[Box]]) if path.exists() else {}
