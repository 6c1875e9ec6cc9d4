"""Columns of figures: page numbers down the right side of a table of contents.

Tesseract takes them for one line of upright text, or leaves out single figures that stand far from any line. What
stands level with the lines of the page, in rows that end at one margin, is a column: each row is read by itself.
"""

from collections.abc import Mapping, Sequence
from statistics import median

from pipeline.model import Box, Word
from pipeline.recognition import tesseract
from pipeline.recognition.digits import DIGITS, GAP, MARGIN, read_at
from pipeline.recognition.ink import Grey, Ink, crop, stack, write_png
from pipeline.recognition.tesseract import Blocks, TextLine

UPRIGHT = 2.0
"""Height from which a line is upright, in its widths and in the heights of usual lines."""
LEVEL = 0.5
"""How far a row may stand above or below a line that it is level with, in heights of usual lines."""
APART = 1.5
"""The widest gap within a row, in heights of usual lines."""
LOW, WIDE = 0.5, 4.0
"""The height of the lowest letter, and the width of the widest row, in heights of usual lines."""
FEWEST = 3
"""Rows that make a column."""
SURE = 0.5
"""Confidence (0..1) from which a row that was read as nothing but digits is digits."""


def reread_figures(
    images: Mapping[str, Grey], inks: Mapping[str, Ink], read: Mapping[str, Blocks]
) -> dict[str, Blocks]:
    """The pages, by name, with the rows of every column of figures in the place of the upright lines read there."""
    found = {name: _columns(blocks, inks[name].boxes) for name, blocks in read.items()}
    sheets: dict[str, bytes] = {}
    places: dict[str, list[Box]] = {}
    for name, (_, rows) in found.items():
        if rows:
            sheet, places[name] = stack([crop(images[name], row, MARGIN) for row in rows], GAP)
            sheets[name] = write_png(sheet)
    if not sheets:
        return dict(read)
    languages = {name: next(line.language for block in read[name] for line in block) for name in sheets}
    amended = dict(read)
    for language in sorted(set(languages.values())):
        of_language = {name: sheet for name, sheet in sheets.items() if languages[name] == language}
        free = tesseract.read(of_language, language, page_mode=6)
        strict = tesseract.read(of_language, language, page_mode=6, characters=DIGITS)
        for name in of_language:
            upright, rows = found[name]
            lines = []
            for row, place in zip(rows, places[name], strict=True):
                text, sure = _decided(read_at(free[name], place), read_at(strict[name], place))
                if text:
                    lines.append((TextLine(row, (Word(text, row, sure),), language),))
            kept = (tuple(line for line in block if line not in upright) for block in read[name])
            amended[name] = (*(block for block in kept if block), *lines)
    return amended


def _columns(blocks: Blocks, ink: Sequence[Box]) -> tuple[list[TextLine], list[Box]]:
    """The upright lines of a page that are figures, and the rows of its columns that are not read yet."""
    lines = [line for block in blocks for line in block]
    tall = median(line.box.height for line in lines) if lines else 0
    upright = [line for line in lines if line.box.height > UPRIGHT * max(tall, line.box.width)]
    typed = [line.box for line in lines if line not in upright]
    unread = [box for box in ink if _like_a_letter(box, tall) and not any(_inside(box, line) for line in typed)]
    rows = [row for row in _rows(unread, tall) if any(_level(row, line, tall) for line in typed)]
    ends = [box.right for box in (*rows, *typed) if box.width <= WIDE * tall]
    rows = [row for row in rows if sum(abs(row.right - end) <= LEVEL * tall for end in ends) >= FEWEST]
    return [line for line in upright if any(_touch(row, line.box) for row in rows)], rows


def _like_a_letter(box: Box, tall: float) -> bool:
    return LOW * tall <= box.height <= APART * tall and box.width <= APART * tall


def _level(row: Box, line: Box, tall: float) -> bool:
    return abs(row.top + row.bottom - line.top - line.bottom) / 2 <= LEVEL * tall


def _touch(box: Box, other: Box) -> bool:
    return box.left < other.right and other.left < box.right and box.top < other.bottom and other.top < box.bottom


def _inside(box: Box, other: Box) -> bool:
    return (
        other.left <= (box.left + box.right) / 2 <= other.right
        and other.top <= (box.top + box.bottom) / 2 <= other.bottom
    )


def _rows(boxes: Sequence[Box], tall: float) -> list[Box]:
    """Boxes side by side as one."""
    rows: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box.top, box.left)):
        beside = next((row for row in rows if _beside(row, box, APART * tall)), None)
        if beside is None:
            rows.append(box)
        else:
            rows[rows.index(beside)] = Box.union(beside, box)
    return rows


def _beside(row: Box, box: Box, reach: float) -> bool:
    overlap = min(row.bottom, box.bottom) - max(row.top, box.top)
    return 2 * overlap > min(row.height, box.height) and max(row.left - box.right, box.left - row.right) <= reach


def _decided(free: tuple[str, float], strict: tuple[str, float]) -> tuple[str, float]:
    """Digits where they are surely digits, else what was read freely (roman numbers stand in such columns too)."""
    return strict if strict[0] and strict[1] >= max(SURE, free[1]) else free
