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
from pipeline.model import Page, read_json, write_bytes, write_json

__all__ = ["Marks", "Sheet", "analyse", "compose", "draw", "picture", "read_alto"]


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


def picture(edition: Edition, number: int) -> Path:
    """Draw what layout made of a page over its image, into work/<id>/debug/, and return the picture's path.

    number: of the page in the order of the scans, from 1. Raises BadInput where there is no such page.
    """
    for path in sorted((edition.work / "layout").glob("*.json")):
        for page in read_json(path, list[Page]):
            if page.number == number:
                with Image.open(edition.work / page.image) as image:
                    drawn = draw(page, image)
                out = io.BytesIO()
                drawn.resize((drawn.width // 2, drawn.height // 2)).save(out, "PNG")
                target = edition.work / "debug" / f"{page.id}.png"
                write_bytes(target, out.getvalue())
                return target
    raise BadInput(f"{edition.id} has no page {number} that was laid out; recensio build {edition.id} makes them")
