"""Layout: the zones and lines of a page, in reading order, from its words and rules.

Reads pages/<batch>.json (the pages), pages/<page>.marks.json (rules and underlines that the image shows) and
alto/<page>.xml (the words); writes layout/<batch>.json (list[Page] with label, zones and lines).
"""

from collections.abc import Callable

from pipeline.edition import Edition
from pipeline.layout.alto import read_alto
from pipeline.layout.compose import Marks, Sheet, compose
from pipeline.layout.drawing import draw
from pipeline.model import Page, read_json, write_json

__all__ = ["Marks", "Sheet", "analyse", "compose", "draw", "read_alto"]


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
