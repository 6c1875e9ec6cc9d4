"""Headings: lines that are set off, short, and numbered, lettered, centred, in capitals or underlined."""

import re
from collections.abc import Sequence
from statistics import mean

from pipeline.layout.measures import Measures
from pipeline.layout.rows import Row
from pipeline.layout.signs import ends_sentence, gap_above, is_section

_NUMBERED = re.compile(r"(\d{1,2}|[IVXLC]{1,6}|[A-Z])\.\s+[^\W\d_]")
_BARE_NUMBER = re.compile(r"(\d{1,3}|[IVXLC]{1,6}|[ivxlc]{1,6})\.?")


def headings(rows: Sequence[Row], group: Sequence[int], page: Measures) -> list[int]:
    """Which lines of a group stand as headings, of three lines at most."""
    found: list[int] = []
    at, end = group[0], group[-1] + 1
    while at < end:
        size = next((n for n in (1, 2, 3) if at + n <= end and _is_heading(rows, at, n, page, found)), 0)
        found += range(at, at + size)
        at += size or 1
    return found


def _is_heading(rows: Sequence[Row], at: int, size: int, page: Measures, before: Sequence[int]) -> bool:
    """Lines at..at+size stand as a heading: set off, not full, and numbered, centred, in capitals or underlined."""
    lines = rows[at : at + size]
    text = " ".join(row.text for row in lines)
    last, after = lines[-1], gap_above(rows, at + size)
    opens = at + size < len(rows) and page.indent(rows[at + size]) > 1.2 * page.advance
    before_indent = opens and page.full(rows[at + size])
    inner = max((gap_above(rows, k) for k in range(at + 1, at + size)), default=0.0)
    close = after < max(1.25 * page.pitch, 1.1 * inner) and not (before_indent and size == 1 and page.flush(last))
    if close or inner > 1.35 * page.pitch or len(text) > 250:
        return False
    above = rows[at - 1] if at else None
    ended = above is not None and (ends_sentence(above.text) or not page.full(above))
    numbered = _NUMBERED.match(text) is not None and ended and opens and after > 1.2 * page.pitch
    apart = above is None or gap_above(rows, at) > 1.25 * page.pitch or at - 1 in before or numbered
    centred = all(page.centred(row) for row in lines)
    section = is_section(text) and (apart or ended) and page.short(last) > page.advance
    short_above = above is None or not page.full(above)
    hung = size > 1 and all(page.indent(row) > 1.5 * page.advance for row in lines[1:])
    margin = page.flush(lines[0]) and (page.flush(last) if size == 1 else hung and not ends_sentence(lines[0].text))
    plain = before_indent and short_above and margin and not page.full(last) and _is_plain_heading(text)
    lettered = ended and margin and not page.full(last) and after > 1.25 * page.pitch and _is_lettered(text)
    if section or plain or lettered:
        return True
    if not apart or (page.full(last) and not centred) or (at + size == len(rows) and len(rows) > 3 * size):
        return False
    bare = _BARE_NUMBER.fullmatch(text) is not None
    letters = [c for c in text if c.isalpha()]
    if not bare and (len(letters) < 3 or re.search(r"[.,;:][\"'”’»)]*$", text)):
        return False
    capitals = bool(letters) and mean(c.isupper() for c in letters) > 0.85
    underlined = all(word.underlined for row in lines for word in row.words)
    small = text[:1].islower() and not bare
    return capitals or ((centred or underlined or _NUMBERED.match(text) is not None) and not small)


def _is_plain_heading(text: str) -> bool:
    """Words with a capital and no stop. Flush left before an indented line, they are no paragraph but its heading."""
    return re.match(r"\W*[^\W\d_]", text) is not None and not text[:1].islower() and text[-1:].isalnum()


def _is_lettered(text: str) -> bool:
    """A letter or a numeral, and words with a capital and no stop: "A. Letters", "I. The quay"."""
    match = _NUMBERED.match(text)
    return match is not None and text[match.end() - 1].isupper() and text[-1:].isalnum()
