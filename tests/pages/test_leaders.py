"""Leaders are taken out before recognition; ellipses and the stops of a text stay."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from typed import FONT, needs_font

from pipeline.pages.images import Grey
from pipeline.pages.ink import ink_of, measure
from pipeline.pages.leaders import find_leaders, without_leaders

pytestmark = needs_font


def drawn(*lines: str) -> Grey:
    page = Image.new("L", (2000, 1200), 255)
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(str(Path(FONT)), 48)
    for at, line in enumerate(lines):
        pen.text((150, 120 + 90 * at), line, fill=0, font=font)
    return np.asarray(page, np.uint8)


def leaders(page: Grey) -> list[int]:
    ink = ink_of(page)
    return [len(row) for row in find_leaders(ink, measure(page, ink))]


def test_rows_of_dots_are_leaders() -> None:
    page = drawn(
        "1.1 The town in 1919 ................ 1", "1.2 The union . . . . . . . . . . . 14", "and the rest of it"
    )
    assert sorted(leaders(page)) == [11, 16]


def test_ellipses_and_stops_are_none() -> None:
    page = drawn("He came ... and went. Nobody saw. It froze.", "We wait.... A. B. C. Lind, p. 4. It is so.", "i i i i")
    assert leaders(page) == []


def test_only_the_dots_go() -> None:
    with_dots, bare = drawn("The quay .............. 7"), drawn("The quay                7")
    ink = ink_of(with_dots)
    cleaned = without_leaders(with_dots, find_leaders(ink, measure(with_dots, ink)))
    assert np.abs(cleaned.astype(int) - bare.astype(int)).max() <= 40
