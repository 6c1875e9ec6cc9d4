"""Drawing: the lines of set pages struck on paper, character by character, then scanned."""

import io
import random
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from pipeline.errors import BadInput
from pipeline.evaluation.typescript.degrade import scan
from pipeline.evaluation.typescript.flow import FlowPage, Glyph, pages
from pipeline.evaluation.typescript.look import HEIGHT, RESOLUTION, WIDTH, Look
from pipeline.evaluation.typescript.setting import (
    BOTTOM,
    LEFT,
    RIGHT,
    RULE_COLUMNS,
    TOP,
    Placed,
    SetPage,
    TypedLine,
    place,
)
from pipeline.model import write_bytes

_FOLDERS = (Path("/usr/share/fonts/truetype/freefont"), Path("/usr/share/fonts/truetype/liberation"))
_FONTS = ("FreeMonoBold.ttf", "FreeMono.ttf", "LiberationMono-Regular.ttf")
_RAISED_SIZE, _RAISED_BY, _RAISED_CELL = 0.66, 0.3, 0.6
_STROKE, _RULED = 4, 25
_LABEL_TOP, _LABEL_BOTTOM = TOP - 150, BOTTOM + 110


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page that was drawn: its id ("p0001"), typed number, image file, and typed lines (without the number)."""

    id: str
    label: str
    image: Path
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Type:
    """The type of a typewriter. cell: pixels a column; baseline: pixels below a line's top."""

    normal: ImageFont.FreeTypeFont
    raised: ImageFont.FreeTypeFont
    size: int
    cell: float
    baseline: int


def draw(gold: Path, out: Path, look: Look | None = None, seed: int = 0, truth: Path | None = None) -> list[DrawnPage]:
    """Draw every page of a gold TEI file as out/p0001.jpg, ... (grey, 300 dpi).

    Same file, look and seed: same bytes. truth: a folder that gets the typed lines as p0001.txt, ...
    Raises BadInput where the gold cannot be read, a page holds too much, or there is no monospaced font.
    """
    look = look or Look()
    typeface = _typeface(look)
    drawn = []
    for number, page in enumerate(_pages(gold), 1):
        try:
            set_page = place(page, look)
        except BadInput as error:
            raise BadInput(f"{gold}: {error}") from error
        chance = random.Random(f"{seed}/{number}")
        image = scan(_strike(set_page, typeface, look, chance), look, chance.getrandbits(64))
        name = f"p{number:04d}"
        path = out / f"{name}.jpg"
        write_bytes(path, _jpeg(image, look.quality))
        typed = tuple(placed.line.text for placed in set_page.lines)
        if truth:
            write_bytes(truth / f"{name}.txt", ("\n".join(typed) + "\n").encode())
        drawn.append(DrawnPage(name, page.label, path, typed))
    return drawn


def _pages(gold: Path) -> list[FlowPage]:
    found = pages(gold)
    if not found:
        raise BadInput(f"{gold}: its text is empty; there is nothing to draw")
    return found


def _typeface(look: Look) -> _Type:
    path = look.font or next(
        (folder / font for font in _FONTS for folder in _FOLDERS if (folder / font).is_file()), None
    )
    if path is None:
        raise BadInput(
            f"no monospaced font in {' or '.join(map(str, _FOLDERS))}; install the Debian package fonts-freefont-ttf"
        )
    cell = (RIGHT - LEFT) / look.columns
    try:
        size = next(size for size in range(100, 8, -1) if ImageFont.truetype(path, size).getlength("m") <= cell)
        normal = ImageFont.truetype(path, size)
        raised = ImageFont.truetype(path, round(size * _RAISED_SIZE))
    except OSError as error:
        raise BadInput(
            f"{path}: not a font file that can be read; install the Debian package fonts-freefont-ttf"
        ) from error
    return _Type(normal, raised, size, cell, round(size * 0.8))


def _strike(page: SetPage, typeface: _Type, look: Look, chance: random.Random) -> Image.Image:
    """Type a page on clean paper."""
    image = Image.new("L", (WIDTH, HEIGHT), 255)
    pen = ImageDraw.Draw(image)
    for placed in page.lines:
        _strike_line(pen, placed, typeface, chance)
    if page.rule is not None:
        pen.line((LEFT, page.rule, LEFT + RULE_COLUMNS * typeface.cell, page.rule), fill=_RULED, width=_STROKE)
    if not page.label.startswith("["):
        _strike_line(pen, _number(page.label, look), typeface, chance)
    return image


def _number(label: str, look: Look) -> Placed:
    at_top = look.number == "top"
    indent = look.columns - len(label) if at_top else (look.columns - len(label)) / 2
    word = tuple(Glyph(char) for char in label)
    return Placed(TypedLine((word,), indent, ()), _LABEL_TOP if at_top else _LABEL_BOTTOM)


def _strike_line(pen: ImageDraw.ImageDraw, placed: Placed, typeface: _Type, chance: random.Random) -> None:
    line = placed.line
    baseline = placed.top + typeface.baseline
    under = baseline + round(typeface.size * 0.11)  # below the letters, through the descenders
    x = LEFT + line.indent * typeface.cell
    for index, word in enumerate(line.words):
        for glyph in word:
            start = x
            x = _strike_glyph(pen, glyph, x, baseline, typeface, chance)
            if glyph.underlined and not glyph.raised:
                pen.line((start, under, x, under), fill=_RULED, width=_STROKE)
        if index < len(line.gaps):
            start, x = x, x + line.gaps[index] * typeface.cell
            if word[-1].underlined and line.words[index + 1][0].underlined:
                pen.line((start, under, x, under), fill=_RULED, width=_STROKE)


def _strike_glyph(
    pen: ImageDraw.ImageDraw, glyph: Glyph, x: float, baseline: int, typeface: _Type, chance: random.Random
) -> float:
    """Strike one character a little off its place and with its own force; returns where the next one goes."""
    place = (round(x) + chance.choice((-1, 0, 0, 0, 1)), baseline + chance.choice((-1, 0, 0, 0, 0, 1)))
    force = chance.randint(0, 55)
    if not glyph.raised:
        pen.text(place, glyph.char, font=typeface.normal, fill=force, anchor="ls")
        return x + typeface.cell
    lifted = (place[0], place[1] - round(typeface.size * _RAISED_BY))
    pen.text(lifted, glyph.char, font=typeface.raised, fill=force, anchor="ls")
    return x + typeface.cell * _RAISED_CELL


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, format="JPEG", quality=quality, dpi=(RESOLUTION, RESOLUTION), optimize=True)
    return out.getvalue()
