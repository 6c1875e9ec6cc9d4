"""Pages drawn for the tests: lines of a typewriter on white, and editions around them."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.edition import Edition
from pipeline.settings import Settings

FONT = Path("/usr/share/fonts/truetype/freefont/FreeMonoBold.ttf")
LINES = [
    "The ferry left the quay at six, before the fog had lifted,",
    "and the pilot wrote in the log that nothing could be seen",
    "of the far bank but the lamp on the custom house, which",
    "the keeper had lit although the decree forbade it since",
    "the strike. Nobody on board spoke until the bell rang;",
    "then the cook came up with bread and a can of coffee.",
] * 3

needs_font = pytest.mark.skipif(not FONT.is_file(), reason="needs the package fonts-freefont-ttf")


def typed(size: int = 40, lines: list[str] = LINES, width: int = 0) -> Image.Image:
    """A level grey page; `size` is the font's, in pixels: its letters are half as high."""
    font = ImageFont.truetype(str(FONT), size)
    left, pitch = 3 * size, round(1.6 * size)
    page = Image.new("L", (width or 2 * left + round(36 * size), 2 * left + pitch * len(lines)), 255)
    for row, line in enumerate(lines):
        ImageDraw.Draw(page).text((left, left + row * pitch), line, font=font, fill=25)
    return page


def edition(root: Path, scans: str | list[str] | None = "pages", **recognition: object) -> Edition:
    """An edition with its folders, ready for scans to be put there."""
    made = Edition("quay", root, Settings.model_validate({"title": "T", "scans": scans, "recognition": recognition}))
    (made.folder / "pages").mkdir(parents=True, exist_ok=True)
    return made
