"""Entries with a hanging indent: the first line at the margin, the others indented alike.

Bibliographies are set so, and numbered lists. They are looked for before quotations, whose lines are indented too, but
stand closer together than to the text around them.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import mean, median

from pipeline.layout.measures import Measures
from pipeline.layout.rows import Row
from pipeline.layout.signs import ends_sentence, gap_above, item_mark
from pipeline.model import ZoneKind

FARTHEST = 12
"""How far entries hang at most, in characters."""
EVEN = 0.3
"""By how much of their leading the lines of entries stand nearer or farther."""


def entries(rows: Sequence[Row], group: Sequence[int], page: Measures) -> list[tuple[list[int], ZoneKind]]:
    """The runs of entries among the lines of a group, and whether each is a list or a bibliography."""
    hung = [at for at in group[1:] if _hangs_from(rows, at, page)]
    if len(hung) < 2:
        return []
    indent = median(page.indent(rows[at]) for at in hung)
    leading = median(gap_above(rows, at) for at in hung)
    found: list[list[int]] = []
    for at in group:
        flush = page.flush(rows[at])
        if indent > FARTHEST * page.advance or not (flush or abs(page.indent(rows[at]) - indent) < 1.2 * page.advance):
            continue
        if found and found[-1][-1] == at - 1 and _follows(rows, at, flush, leading, page):
            found[-1].append(at)
        elif flush or at == group[0]:
            found.append([at])
    runs = [_from_first(rows, run, page) for run in found]
    # On a page that has entries, one alone between lines that were misread is an entry too.
    least = 1 if any(_is_run(rows, run, page, 2) for run in runs) else 2
    return [(run, _kind(rows, run, page)) for run in runs if _is_run(rows, run, page, least)]


def hangs(rows: Sequence[Row], page: Measures) -> bool:
    """Whether lines of text are indented below their marks: an item stands at the margin, and what goes on does not."""
    marked = [item_mark(row) is not None for row in rows]
    below = [row for row, mark in zip(rows, marked, strict=True) if not mark]
    flush = all(page.flush(row) for row, mark in zip(rows, marked, strict=True) if mark)
    return flush and marked[0] and bool(below) and all(page.indent(row) > 1.5 * page.advance for row in below)


def _hangs_from(rows: Sequence[Row], at: int, page: Measures) -> bool:
    """Whether a line is indented under one at the margin that had no room for its first word."""
    above, row = rows[at - 1], rows[at]
    if not page.flush(above) or page.indent(row) <= 1.5 * page.advance:
        return False
    return page.full(above) or page.short(above) < row.words[0].box.width + 1.5 * page.advance


def _follows(rows: Sequence[Row], at: int, flush: bool, leading: float, page: Measures) -> bool:
    """Whether a line goes on with the run: it hangs from an entry, or is the next one."""
    above = rows[at - 1]
    if not flush:
        return abs(gap_above(rows, at) - leading) < EVEN * leading
    running = page.flush(above) and page.full(above) and not ends_sentence(above.text)
    return not running and gap_above(rows, at) < 3 * leading


def _from_first(rows: Sequence[Row], run: list[int], page: Measures) -> list[int]:
    """A run without the lines of a paragraph before it: its first line at the margin has a mark, or lines under it."""
    rest = run
    while rest:
        first = next((k for k, at in enumerate(rest) if page.flush(rows[at])), len(rest))
        if first < len(rest) and item_mark(rows[rest[first]]) is not None:
            return rest
        if first + 1 < len(rest) and not page.flush(rows[rest[first + 1]]):
            return rest
        rest = rest[first + 1 :]
    return rest


def _is_run(rows: Sequence[Row], run: Sequence[int], page: Measures, least: int) -> bool:
    """At least so many entries of several lines, and few paragraphs, which are indented the other way round."""
    long = paragraphs = 0
    for a, b in pairwise(run):
        if _hangs_from(rows, b, page):
            long += not ends_sentence(rows[a].text) or item_mark(rows[a]) is not None
        elif not page.flush(rows[a]) and page.full(rows[a]) and page.flush(rows[b]):
            paragraphs += not ends_sentence(rows[a].text)
    return long >= least and long > 2 * paragraphs


def _kind(rows: Sequence[Row], run: Sequence[int], page: Measures) -> ZoneKind:
    """A list where most entries begin with a mark."""
    marked = [item_mark(rows[at]) is not None for at in run if page.flush(rows[at])]
    return "list" if mean(marked) > 0.5 else "bibliography"
