"""Layout: the zones and lines of a page, in reading order, from its words and rules.

Reads pages/<batch>.json (the pages), pages/<page>.marks.json (rules and underlines that the image shows) and
alto/<page>.xml (the words); writes layout/<batch>.json (list[Page] with label, zones and lines).
"""

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from pipeline.edition import Edition
from pipeline.errors import BadInput
from pipeline.layout.alto import read_alto
from pipeline.layout.compose import Marks, Sheet, compose
from pipeline.layout.drawing import draw
from pipeline.layout.pins import pins
from pipeline.model import Page, Reading, Span, read_json, write_bytes, write_json

__all__ = ["Marks", "Sheet", "analyse", "compose", "draw", "picture", "read_alto"]

WIDTH = 1500
"""Of the pictures that are drawn of pages, in pixels."""


def analyse(edition: Edition, batch: str, progress: Callable[[str], None] = lambda page: None) -> None:
    """Find zones, lines and paragraph starts on the pages of a batch and write them to layout/<batch>.json.

    progress: called with the id of every page that is done. Raises BadInput where a page's words or marks are
    missing or cannot be read.
    """
    work = edition.work
    pages = read_json(work / "pages" / f"{batch}.json", list[Page])
    sheets = [
        Sheet(
            page,
            read_alto(work / "alto" / f"{page.id}.xml"),
            read_json(work / "pages" / f"{page.id}.marks.json", Marks),
        )
        for page in pages
    ]
    done = []
    for page in compose(sheets):
        done.append(page)
        progress(page.id)
    write_json(work / "layout" / f"{batch}.json", done)


def picture(edition: Edition, number: int, target: Path | None = None) -> Path:
    """Draw what was made of a page over its image, and return the picture's path.

    number: of the page in the order of the scans, from 1. target: the PNG to write; work/<id>/debug/<page>.png without
    it. The places of notes are drawn where the text was established already. Raises BadInput where the page was not
    laid out yet, or where there is no such page, and says what to run.
    """
    pages = [page for path in sorted((edition.work / "layout").glob("*.json")) for page in read_json(path, list[Page])]
    page = next((page for page in pages if page.number == number), None)
    if page is None:
        raise BadInput(_missing(edition, number, pages))
    found = []
    if (edition.work / "reading.json").is_file() and (edition.work / "layers" / "notes.json").is_file():
        reading = read_json(edition.work / "reading.json", Reading)
        found = pins(page, reading, read_json(edition.work / "layers" / "notes.json", list[Span]))
    try:
        with Image.open(edition.work / page.image) as image:
            image.load()
    except OSError as error:
        raise BadInput(
            f"{edition.work / page.image}: the page image cannot be read; recensio pages {edition.id} makes it again"
        ) from error
    drawn = draw(page, image.resize((WIDTH, round(image.height * WIDTH / image.width))), found)
    out = io.BytesIO()
    drawn.save(out, "PNG")
    target = target or edition.work / "debug" / f"{page.id}.png"
    write_bytes(target, out.getvalue())
    return target


def _missing(edition: Edition, number: int, pages: list[Page]) -> str:
    if not pages:
        return f"{edition.id}: no page was laid out yet; run recensio build {edition.id}, or its stages up to layout"
    ready = f"{pages[0].number} to {pages[-1].number}" if len(pages) > 1 else str(pages[0].number)
    return f"{edition.id}: no page {number} was laid out, only {ready}; recensio build {edition.id} makes all"
