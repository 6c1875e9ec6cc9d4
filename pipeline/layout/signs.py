"""Signs of how lines hang together, which tell both what they are and where something starts."""

import re
from collections.abc import Sequence

from pipeline.layout.furniture import page_number
from pipeline.layout.measures import Measures
from pipeline.layout.rows import Row

_STOP = re.compile(r"[.?!:;…]\s?[\"'”’»)\]\d*]*$")
_SECTION = re.compile(r"[\"'“‘(]?([IVXLC]+\.?\s)?\d{1,2}(\.\d{1,3})+\.?\s+\S")
_ITEM = re.compile(r"[(\[]?(\d{1,2}|[a-z])[.)\]]|[-–—•*]")
_LEADER = re.compile(r"[.·…]{3,}|([.·]\s){3,}")


def gap_above(rows: Sequence[Row], at: int) -> float:
    """Pixels from the baseline of the line before; endless for the first line and after the last."""
    return rows[at].baseline - rows[at - 1].baseline if 0 < at < len(rows) else float("inf")


def ends_sentence(text: str) -> bool:
    """A sentence, or what announces another, ends with the text."""
    return _STOP.search(text) is not None


def is_section(text: str) -> bool:
    """The text starts with a decimal number, as sections have: "4.5 On the quay", "II. 5.20 The strike"."""
    return _SECTION.match(text) is not None


def is_entry(row: Row, page: Measures) -> bool:
    """The line ends in a page number at the margin, behind leaders or a wide gap, as a line of contents does."""
    if len(row.words) < 2 or page_number(row.words[-1].text) is None or page.short(row) > 4 * page.advance:
        return False
    leaders = _LEADER.search(" ".join(word.text for word in row.words[1:])) is not None
    return leaders or row.words[-1].box.left - row.words[-2].box.right > 6 * page.advance


def item_mark(row: Row) -> str | None:
    """The mark with which an item of a list starts: "1)", "(a)", a dash; None without one."""
    return row.words[0].text if len(row.words) > 1 and _ITEM.fullmatch(row.words[0].text) else None
