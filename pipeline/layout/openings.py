"""Where paragraphs, entries, items and verse lines start."""

import re
from collections.abc import Callable, Sequence

from pipeline.layout.measures import Measures
from pipeline.layout.rows import Row
from pipeline.layout.signs import ends_sentence, gap_above, is_entry, is_section, item_mark
from pipeline.model import ZoneKind

_OpenRule = Callable[[Sequence[Row], int, bool, Measures], bool]


def openings(rows: Sequence[Row], kinds: Sequence[ZoneKind], page: Measures) -> list[bool]:
    """Whether a paragraph, entry, verse line or item starts with each line."""
    opens: list[bool] = []
    for at, kind in enumerate(kinds):
        first = at == 0 or kinds[at - 1] != kind
        opens.append(_RULES.get(kind, _opens_always)(rows, at, first, page) or _after_break(kinds, at))
    return opens


def _after_break(kinds: Sequence[ZoneKind], at: int) -> bool:
    return at > 0 and kinds[at - 1] in {"heading", "separator"} and kinds[at] != kinds[at - 1]


def _opens_always(rows: Sequence[Row], at: int, first: bool, page: Measures) -> bool:
    return True


def _opens_paragraph(rows: Sequence[Row], at: int, first: bool, page: Measures) -> bool:
    row = rows[at]
    above = rows[at - 1] if at else None
    ended = above is None or ends_sentence(above.text) or page.short(above) > 0.25 * page.width
    indented = 1.2 * page.advance < page.indent(row) and not page.short(row) < -2 * page.advance
    if indented:
        return ended or not row.text[:1].islower()
    return above is not None and not first and gap_above(rows, at) > 1.35 * page.pitch and ended


def _opens_quotation(rows: Sequence[Row], at: int, first: bool, page: Measures) -> bool:
    row = rows[at]
    if first:
        return at > 0 or re.match(r"[\"“«„]", row.text) is not None
    step = page.indent(row) - page.indent(rows[at - 1])
    inner = gap_above(rows, at - 1) if at > 1 else float("inf")
    return 1.5 * page.advance < step or (gap_above(rows, at) > 1.35 * inner and ends_sentence(rows[at - 1].text))


def _opens_heading(rows: Sequence[Row], at: int, first: bool, page: Measures) -> bool:
    numbered = is_section(rows[at].text)
    return first or numbered or gap_above(rows, at) > 1.35 * page.pitch


def _opens_verse(rows: Sequence[Row], at: int, first: bool, page: Measures) -> bool:
    further = not first and page.indent(rows[at]) - page.indent(rows[at - 1]) > 1.5 * page.advance
    return not (further and rows[at].text[:1].islower())


def _opens_item(rows: Sequence[Row], at: int, first: bool, page: Measures) -> bool:
    # An item whose mark was misread stands at the margin, where the lines above it hang.
    hung = not first and page.flush(rows[at]) and not page.flush(rows[at - 1])
    return item_mark(rows[at]) is not None or hung


def _opens_entry(rows: Sequence[Row], at: int, first: bool, page: Measures) -> bool:
    return page.flush(rows[at])


def _opens_contents(rows: Sequence[Row], at: int, first: bool, page: Measures) -> bool:
    return first or is_entry(rows[at - 1], page) or is_section(rows[at].text)


def _opens_title(rows: Sequence[Row], at: int, first: bool, page: Measures) -> bool:
    gaps = [gap_above(rows, k) for k in range(1, len(rows))]
    return first or gap_above(rows, at) > 1.3 * min(gaps)


_RULES: dict[ZoneKind, _OpenRule] = {
    "body": _opens_paragraph,
    "quotation": _opens_quotation,
    "heading": _opens_heading,
    "verse": _opens_verse,
    "list": _opens_item,
    "bibliography": _opens_entry,
    "contents": _opens_contents,
    "titlePage": _opens_title,
}
