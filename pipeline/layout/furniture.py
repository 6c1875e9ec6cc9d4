"""Page numbers, running heads and catchwords: what stands on a page but not in its text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from rapidfuzz import fuzz

from pipeline.layout.rows import Row
from pipeline.model import Word, ZoneKind

_ROMAN = re.compile(r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})", re.IGNORECASE)
_ARABIC = re.compile(r"\d{1,3}|1[0-3]\d\d|2[1-9]\d\d|[3-9]\d{3}")
_NUMBERED = re.compile(r"[(\[]?(\d{1,3}|[*†‡§+]|[xX]{1,3})[)\].]?\s")
_AROUND = "-–—_.,·•~=()[] "


@dataclass(frozen=True, slots=True)
class Furniture:
    """The lines of a page with its furniture told from them.

    rows: in reading order; a head and the page number beside it are two. kinds: for the index of each line that is
    furniture, what it is. label: the printed page number.
    """

    rows: list[Row]
    kinds: dict[int, ZoneKind]
    label: str | None


def page_number(text: str) -> str | None:
    """The number that a line such as "12", "- 12 -", "[xiv]" shows and nothing else, as it is printed.

    Numbers that are likelier a year (1400 to 2099) are none.
    """
    bare = "".join(text.split()).strip(_AROUND)
    if re.fullmatch(r"\d{1,3}|1[0-3]\d\d|2[1-9]\d\d|[3-9]\d{3}", bare) or (
        bare and bare.isascii() and _ROMAN.fullmatch(bare)
    ):
        return bare
    return None


def furniture(rows: Sequence[Row], height: int, heads: Sequence[str] = ()) -> Furniture:
    """Find the furniture of a page.

    height: of the page, in pixels. heads: texts of the first lines of other pages; a head that recurs is a running
    head. Nothing below the first and above the last two lines is taken for furniture.
    """
    found = Furniture(list(rows), {}, None)
    found = _top(found, heads)
    return _bottom(found, height)


def head_text(rows: Sequence[Row]) -> str:
    """What the first line of a page says, without its number, to be compared with other pages' first lines."""
    first = next((row for row in rows if not row.faint), None)
    return "" if first is None else " ".join(w.text for w in first.words if page_number(w.text) is None)


def _top(found: Furniture, heads: Sequence[str]) -> Furniture:
    rows = found.rows
    clear = [at for at, row in enumerate(rows) if _counts(row)]
    if len(clear) < 2:
        return found
    at, below = clear[0], rows[clear[1]]
    row, usual = rows[at], _usual_gap(rows)
    gap = below.baseline - row.baseline
    if (label := page_number(row.text)) is not None and gap > _needed_gap(row, rows) * usual:
        return _more_above(Furniture(rows, {at: "pageNumber"}, label), at, clear[1], usual)
    number = _number_beside(row)
    wide = row.right - row.left > 0.75 * _text_width(rows)
    if number is not None and gap > 1.2 * usual:
        head = replace(row, words=tuple(w for w in row.words if w is not number))
        folio = replace(row, words=(number,))
        both = [folio, head] if number is row.words[0] else [head, folio]
        kinds: list[ZoneKind] = ["pageNumber", "runningHead"] if both[0] is folio else ["runningHead", "pageNumber"]
        return Furniture(
            [*rows[:at], *both, *rows[at + 1 :]], {at: kinds[0], at + 1: kinds[1]}, page_number(number.text)
        )
    head_words = head_text(rows)
    if len(head_words) > 3 and not wide and any(fuzz.ratio(head_words, other) > 85 for other in heads):
        return Furniture(rows, {at: "runningHead"}, None)
    return found


def _more_above(found: Furniture, number: int, next_row: int, usual: float) -> Furniture:
    """A line in capitals under the page number and far above the text is a running head."""
    rows = found.rows
    after = next((at for at in range(next_row + 1, len(rows)) if _counts(rows[at])), None)
    row = rows[next_row]
    if after is None or not row.text.isupper() or row.right - row.left > 0.75 * _text_width(rows):
        return found
    close = row.baseline - rows[number].baseline < 0.8 * usual
    if close and rows[after].baseline - row.baseline > 1.25 * usual:
        return Furniture(rows, {**found.kinds, next_row: "runningHead"}, found.label)
    return found


def _bottom(found: Furniture, height: int) -> Furniture:
    rows = found.rows
    clear = [at for at, row in enumerate(rows) if _counts(row)]
    if len(clear) < 3 or clear[-1] in found.kinds:
        return found
    at, row, above = clear[-1], rows[clear[-1]], rows[clear[-2]]
    gap, usual = row.baseline - above.baseline, _usual_gap(rows)
    label = page_number(row.text)
    if label is not None and found.label is None and gap > _needed_gap(row, rows) * usual:
        return Furniture(rows, {**found.kinds, at: "pageNumber"}, label)
    others = [rows[place] for place in clear[:-1]]
    left, right = min(r.left for r in others), max(r.right for r in others)
    outside = row.left > left + 0.6 * (right - left)
    lone = len(row.words) == 1 and gap > 1.4 * usual and row.baseline > 0.75 * height
    stray = gap > 4 * usual and row.baseline > 0.9 * height
    # What a library prints on its scans stands at the very edge of the sheet.
    stamp = gap > 6 * usual and row.baseline > 0.93 * height and not _NUMBERED.match(row.text)
    if (outside and (lone or stray)) or stamp:
        return Furniture(rows, {**found.kinds, at: "runningHead"}, found.label)
    return found


def _counts(row: Row) -> bool:
    """A single digit may be a page number, though as a line it is faint."""
    sure = min(word.confidence for word in row.words)
    return not row.faint or (sure > 0.5 and page_number(row.text) is not None and row.text.strip(_AROUND).isdigit())


def _usual_gap(rows: Sequence[Row]) -> float:
    gaps = [b.baseline - a.baseline for a, b in pairwise(rows)]
    return median([gap for gap in gaps if gap > 0.5 * rows[0].x_height] or [1.0])


def _text_width(rows: Sequence[Row]) -> float:
    return median(row.right - row.left for row in rows)


def _needed_gap(row: Row, rows: Sequence[Row]) -> float:
    """By how many usual distances a number must be set off: a number at the left margin could end a paragraph."""
    left, right = min(r.left for r in rows), max(r.right for r in rows)
    return 0.95 if row.left > left + 0.25 * (right - left) else 1.3


def _number_beside(row: Row) -> Word | None:
    """The number at either end of a line, far from the words beside it."""
    words = row.words
    if len(words) < 2:
        return None
    for number, gap in (
        (words[0], words[1].box.left - words[0].box.right),
        (words[-1], words[-1].box.left - words[-2].box.right),
    ):
        if gap > 2 * row.advance and page_number(number.text) is not None and number.text.strip(_AROUND).isdigit():
            return number
    return None
