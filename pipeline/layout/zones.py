"""What the lines of a page's text are: headings, quotations, verse, lists, entries, contents, or plain body.

Each kind is recognised by how it is set, never by its words. What is not clear stays body.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean, median, pstdev

from pipeline.layout.hanging import entries
from pipeline.layout.headings import headings
from pipeline.layout.measures import Measures
from pipeline.layout.openings import openings
from pipeline.layout.rows import Row
from pipeline.layout.signs import gap_above, is_entry, item_mark
from pipeline.model import ZoneKind

_SEPARATOR = re.compile(r"(?=.*[*•·])[*•·xX+#%° ]+")


@dataclass(frozen=True, slots=True)
class Setting:
    """A line and what it was found to be. opens: a paragraph, entry, verse line or item starts with it."""

    row: Row
    kind: ZoneKind = "body"
    opens: bool = False


def settle(rows: Sequence[Row], page: Measures, paragraph: float | None = None) -> list[Setting]:
    """Say of every line of a page's text (one column, without furniture and notes) what it is.

    paragraph: the usual indent of a paragraph's first line in this document, in pixels, where it is known.
    """
    clear = [at for at, row in enumerate(rows) if not row.faint or _is_misread_separator(row, page)]
    lines = [rows[at] for at in clear]
    kinds = _kinds(lines, page, paragraph)
    opens = openings(lines, kinds, page)
    found = dict(zip(clear, zip(kinds, opens, strict=True), strict=True))
    settings: list[Setting] = []
    for at, row in enumerate(rows):
        kind, open_ = found.get(at, (settings[-1].kind if settings else "body", False))
        settings.append(Setting(row, kind, open_))
    return settings


def paragraph_indent(rows: Sequence[Row], page: Measures) -> float | None:
    """The indent of paragraphs' first lines, in pixels: the median of single indented lines between flush ones."""
    found = [
        page.indent(b)
        for b, c in pairwise(rows)
        if 1.2 * page.advance < page.indent(b) < 12 * page.advance and page.full(b) and page.flush(c)
    ]
    return median(found) if found else None


def is_separator(row: Row) -> bool:
    """A row of asterisks or dots that parts two sections."""
    return _SEPARATOR.fullmatch(row.text) is not None and len(row.text) < 40 and row.text != "-"


def _is_misread_separator(row: Row, page: Measures) -> bool:
    """A few asterisks in the middle of a line, which a recogniser takes for letters of their shape."""
    text = row.text.replace(" ", "")
    alike = re.fullmatch(r"[xXkK*+]{2,10}", text) is not None and not re.fullmatch(r"[XxIVvi]+", text)
    return alike and page.centred(row)


def _kinds(rows: Sequence[Row], page: Measures, paragraph: float | None) -> list[ZoneKind]:
    kinds: list[ZoneKind] = ["body"] * len(rows)
    if not rows:
        return kinds
    if _is_title_page(rows, page):
        return ["titlePage"] * len(rows)

    def mark(found: Sequence[int], kind: ZoneKind) -> None:
        for at in found:
            if kinds[at] == "body":
                kinds[at] = kind

    mark([at for at, row in enumerate(rows) if is_separator(row) or _is_misread_separator(row, page)], "separator")
    mark(_contents(rows, page), "contents")
    for group in _stretches(kinds):
        for part, kind in entries(rows, group, page):
            mark(part, kind)
    for group in _stretches(kinds):
        mark(headings(rows, group, page), "heading")
    for group in _stretches(kinds):
        for part, kind in _insets(rows, group, page, paragraph):
            mark(part, kind)
    for group in _stretches(kinds):
        mark(_items(rows, group, page), "list")
    return kinds


def _stretches(kinds: Sequence[ZoneKind]) -> list[list[int]]:
    """The runs of lines that are still body."""
    groups: list[list[int]] = []
    for at, kind in enumerate(kinds):
        if kind == "body":
            if at and kinds[at - 1] == "body":
                groups[-1].append(at)
            else:
                groups.append([at])
    return groups


def _is_title_page(rows: Sequence[Row], page: Measures) -> bool:
    """Few lines about one middle line, of many lengths, and no running text."""
    if not 3 <= len(rows) <= 30:
        return False
    middles = [(row.left + row.right) / 2 for row in rows]
    centre = median(middles)
    share = mean(abs(middle - centre) < 2 * page.advance for middle in middles)
    running = mean(page.full(a) and page.flush(b) for a, b in pairwise(rows))
    return share >= 0.75 and running < 0.3 and pstdev(row.left for row in rows) > 3 * page.advance


def _contents(rows: Sequence[Row], page: Measures) -> list[int]:
    """Lines of a table of contents: three or more end in a number behind leaders or a wide gap."""
    entries = [at for at, row in enumerate(rows) if is_entry(row, page)]
    if len(entries) < 3:
        return []
    first, last = entries[0], entries[-1]
    while first and gap_above(rows, first) < 1.2 * page.pitch and not page.centred(rows[first - 1]):
        first -= 1
    between = range(first, last + 1)
    return list(between) if len(entries) >= 0.4 * len(between) else []


def _insets(
    rows: Sequence[Row], group: Sequence[int], page: Measures, paragraph: float | None
) -> list[tuple[list[int], ZoneKind]]:
    """Indented pieces: verse, lists and block quotations."""
    found: list[tuple[list[int], ZoneKind]] = []
    for piece in _indented(rows, group, page):
        lines = [rows[at] for at in piece]
        inner = [b.baseline - a.baseline for a, b in pairwise(lines)]
        closer = bool(inner) and median(inner) < 0.87 * page.pitch
        if _is_list(lines):
            found.append((piece, "list"))
        elif _is_verse(lines, page):
            found.append((piece, "verse"))
        elif (len(lines) > 1 and (closer or _narrow(lines, page))) or _lone_inset(rows, piece, page, paragraph):
            found.append((piece, "quotation"))
    return found


def _indented(rows: Sequence[Row], group: Sequence[int], page: Measures) -> list[list[int]]:
    """Runs of indented lines, parted where the leading changes."""
    pieces: list[list[int]] = []
    for at in group:
        if page.indent(rows[at]) < 1.5 * page.advance:
            continue
        piece = pieces[-1] if pieces and pieces[-1][-1] == at - 1 else None
        if piece is None:
            pieces.append([at])
            continue
        gap = gap_above(rows, at)
        inner = median(gap_above(rows, k) for k in piece[1:]) if len(piece) > 1 else gap
        closer = inner < 0.87 * page.pitch
        # Paragraphs of one close-set quotation stand apart by no more than the leading of the body, and both as far
        # in; the indented first line of the body's next paragraph is less far in.
        left = min(page.indent(rows[k]) for k in piece)
        same = page.indent(rows[at]) > left - page.advance
        ahead = gap_above(rows, at + 1) if at + 1 in group else float("inf")
        joins = gap < 1.2 * inner if not closer else gap < 1.3 * inner or (same and ahead < 0.87 * page.pitch)
        if joins and (same or gap < 0.87 * page.pitch):
            piece.append(at)
        else:
            pieces.append([at])
    return pieces


def _narrow(lines: Sequence[Row], page: Measures) -> bool:
    """Running text in a measure narrower on both sides: its lines are broken where no word more would fit."""
    if len(lines) < 2 or min(page.short(row) for row in lines) < 1.5 * page.advance:
        return False
    return mean(_forced(lines, page)) > 0.7 if len(lines) > 2 else False


def _forced(lines: Sequence[Row], page: Measures) -> list[bool]:
    """For each line but the last, whether the next line's first word had no room at its end."""
    right = max(row.right for row in lines)
    return [right - a.right < b.words[0].box.width + page.advance for a, b in pairwise(lines)]


def _is_verse(lines: Sequence[Row], page: Measures) -> bool:
    """Three or more lines, nearly all with a capital at their start, broken where there was room; of four, all."""
    if len(lines) < 3 or min(page.short(row) for row in lines) < 3 * page.advance:
        return False
    capitals = mean(re.match(r"[\"'“‘«(\[—–.… -]*[^\W\d_]", r.text) is not None and _capital(r.text) for r in lines)
    right = page.right - min(page.indent(row) for row in lines) / 2
    room = mean(right - a.right > b.words[0].box.width + page.advance for a, b in pairwise(lines))
    free = mean(not forced for forced in _forced(lines, page))
    return capitals >= 0.75 and room > 0.6 and (free >= 0.3 or (capitals == 1.0 and len(lines) >= 4))


def _capital(text: str) -> bool:
    return next((c.isupper() for c in text if c.isalpha()), False)


def _lone_inset(rows: Sequence[Row], piece: Sequence[int], page: Measures, paragraph: float | None) -> bool:
    """A single line farther in than paragraphs start, with text about it that does not go on from it."""
    if len(piece) != 1 or paragraph is None:
        return False
    at = piece[0]
    row = rows[at]
    if page.indent(row) < paragraph + 2.5 * page.advance or page.centred(row) or page.indent(row) > 0.4 * page.width:
        return False
    goes_on = at + 1 < len(rows) and page.flush(rows[at + 1]) and page.full(row)
    return not goes_on


def _is_list(lines: Sequence[Row]) -> bool:
    """Two or more lines begin with marks that follow each other, the first line with them."""
    marks = [mark for row in lines if (mark := item_mark(row)) is not None]
    return item_mark(lines[0]) is not None and _follow(marks)


def _follow(marks: Sequence[str]) -> bool:
    """1) 2) 3), or a) b) c), or the same dash again and again."""
    if len(marks) < 2:
        return False
    bare = [re.sub(r"[^\w]", "", mark) for mark in marks]
    if all(mark.isdigit() for mark in bare):
        return all(int(b) == int(a) + 1 for a, b in pairwise(bare))
    if all(mark.isalpha() for mark in bare):
        return all(ord(b) == ord(a) + 1 for a, b in pairwise(bare))
    return len(set(marks)) == 1


def _items(rows: Sequence[Row], group: Sequence[int], page: Measures) -> list[int]:
    """A list in the measure of the body: marked lines with what hangs from them, up to a line that stands apart."""
    found: list[int] = []
    at = 0
    while at < len(group):
        if item_mark(rows[group[at]]) is None:
            at += 1
            continue
        start, marked = at, [group[at]]
        inset = page.indent(rows[group[at]])
        at += 1
        while at < len(group):
            row = rows[group[at]]
            if item_mark(row) is not None and abs(page.indent(row) - inset) < 1.5 * page.advance:
                marked.append(group[at])
            elif page.indent(row) < inset + 1.2 * page.advance or gap_above(rows, group[at]) > 1.25 * page.pitch:
                break
            at += 1
        if _follow([rows[k].words[0].text for k in marked]):
            found += group[start:at]
    return found
