"""Letters by their form: place and date, salutation, complimentary close, signature (TEI Guidelines, section 4.2).

Salutations and closes (see `epistolary`) are asked for only where a letter has them, in short lines at its head and
foot, and one of them alone makes no letter.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from pipeline.model import Span
from pipeline.structure.blocks import Placed
from pipeline.structure.epistolary import CLOSE, SALUTE, SHORT, SIGNED, is_name

HEAD = 6
"""Lines at the head in which the salutation is looked for, and at the foot (FOOT) for the close."""
FOOT = 7
ADDRESS = 16
"""Words of an address whose lines are run together."""

_DATED = re.compile(r"\b(1[5-9]|20)\d\d\b|\b\d{1,2}\.\s?(\d{1,2}|[IVX]+)\.")
_ENDED = re.compile(r"[.!?…][\"'”’»)]*$")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in blocks: the spans of its opener and closer, and for every block what is left of it, if anything.

    floating: it stands among other text, so that it is a text of its own.
    """

    spans: list[Span]
    rest: dict[int, tuple[int, int] | None]
    floating: bool

    @property
    def first(self) -> int:
        return min(self.rest)


@dataclass(frozen=True, slots=True)
class _Row:
    """A typed line: its block, its characters [start, end) of the body, its text."""

    block: int
    start: int
    end: int
    text: str

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def short(self) -> bool:
        return self.words <= SHORT

    @property
    def heading(self) -> bool:
        """Whether it may stand above a salutation: a short line, or an address run together."""
        return self.short or (
            self.words <= ADDRESS and self.text[-1] not in ".!?:" and any(map(str.isdigit, self.text))
        )

    @property
    def dated(self) -> bool:
        return self.short and bool(_DATED.search(self.text))


def with_feet(blocks: Sequence[Placed]) -> list[Placed]:
    """The blocks; what dates, closes and signs a quoted letter belongs to the quotation, wherever it was typed."""
    found = list(blocks)
    for index, block in enumerate(blocks):
        last = last_alike(blocks, index)
        following = blocks[last + 1 : last + 1 + FOOT]
        rows = _rows(index, block)
        if block.kind != "quotation" or not any(SALUTE.match(row.text) and row.short for row in rows[:HEAD]):
            continue
        above = _rows(index - 1, blocks[index - 1]) if index and blocks[index - 1].kind == "body" else []
        if len(above) == 1 and above[0].dated and above[0].text[-1] not in '.!?…:;,"':
            found[index - 1] = replace(blocks[index - 1], kind="quotation")
        short = list(takewhile(lambda each: each.kind == "body" and len(each.text.split()) <= SHORT, following))
        if short and CLOSE.match(short[0].text):
            for at in range(last + 1, last + 1 + len(short)):
                found[at] = replace(blocks[at], kind="quotation")
    return found


def letters(blocks: Sequence[Placed]) -> list[Letter]:
    """The letters among the blocks: a block quotation that is one, all that stands under a heading, or what stands
    between a salutation and a close among paragraphs."""
    found: list[Letter] = []
    start = 0
    while start < len(blocks):
        each = next(
            (each for indexes, floating in _runs(blocks, start) if (each := _letter(blocks, indexes, floating))), None
        )
        if each:
            found.append(each)
            start = max(each.rest)
        start += 1
    return found


def _runs(blocks: Sequence[Placed], start: int) -> Iterator[tuple[range, bool]]:
    """The blocks that may be a letter which begins with a block, and whether it would stand among other text."""
    if blocks[start].kind == "quotation":
        yield range(start, last_alike(blocks, start) + 1), True
    if blocks[start].kind != "body":
        return
    section = next((at for at in range(start, len(blocks)) if blocks[at].kind == "heading"), len(blocks))
    if start > 0 and blocks[start - 1].kind == "heading":
        yield range(start, section), False
    rows = [_rows(at, blocks[at]) for at in range(start, min(section, start + HEAD))]
    short = list(takewhile(lambda own: len(own) == 1 and own[0].heading, rows))
    if not any(SALUTE.match(own[0].text) for own in short):
        return
    ends = [at for at in range(start + len(short), section) if CLOSE.match(blocks[at].text) and _brief(blocks[at])]
    if ends:
        last = ends[0] + 1
        while last < min(section, ends[0] + 3) and _signs(blocks[last].text):
            last += 1
        yield range(start, last), True


def last_alike(blocks: Sequence[Placed], index: int) -> int:
    """The last block of the group that begins with a block."""
    last = index
    while last + 1 < len(blocks) and blocks[last + 1].kind == blocks[index].kind and not blocks[last + 1].apart:
        last += 1
    return last


def _signs(text: str) -> bool:
    """Whether a line may stand under the close of a letter, and is not the salutation of the next one."""
    return len(text.split()) <= SIGNED and not SALUTE.match(text)


def _brief(block: Placed) -> bool:
    return len(block.text.split()) <= SHORT


def _letter(blocks: Sequence[Placed], indexes: range, floating: bool) -> Letter | None:
    """The blocks of these indexes as a letter; None where they are none."""
    rows = [row for index in indexes for row in _rows(index, blocks[index])]
    head = _head(rows)
    if not floating and any(row.short and SALUTE.match(row.text) for row in rows[len(head) :]):
        return None  # several letters under one heading
    foot = _foot(rows[len(head) :], bool(head) and head[-1][1] == "salute")
    kinds = {kind for _, kind in head}
    if not head or not (foot or kinds == {"dateline", "salute"}) or len(head) + len(foot) == len(rows):
        return None
    spans = []
    for outer, parts in (("opener", head), ("closer", foot)):
        if parts:
            spans.append(Span("body", parts[0][0].start, parts[-1][0].end, outer))
            spans += [Span("body", row.start, row.end, kind) for row, kind in parts]
    left = rows[len(head) : len(rows) - len(foot)]
    rest: dict[int, tuple[int, int] | None] = dict.fromkeys(indexes)
    for index in indexes:
        own = [row for row in left if row.block == index]
        if own:
            rest[index] = (own[0].start, own[-1].end)
    return Letter(spans, rest, floating)


def _rows(index: int, block: Placed) -> list[_Row]:
    edges = [*(block.lines or (block.start,)), block.end]
    rows = []
    for start, end in pairwise(edges):
        text = block.text[start - block.start : end - block.start]
        rows.append(_Row(index, start, start + len(text.rstrip()), text.strip()))
    return [row for row in rows if row.text]


def _head(rows: Sequence[_Row]) -> list[tuple[_Row, str]]:
    """The lines up to the salutation, or those of place and date alone."""
    found: list[tuple[_Row, str]] = []
    for row in rows[:HEAD]:
        if not row.heading:
            break
        if row.short and SALUTE.match(row.text):
            return [*found, (row, "salute")]
        found.append((row, "dateline"))
    dated = next((at for at, row in enumerate(rows[:2]) if row.dated), None)
    return [(row, "dateline") for row in rows[: dated + 1]] if dated is not None and rows[0].short else []


def _foot(rows: Sequence[_Row], saluted: bool) -> list[tuple[_Row, str]]:
    """The lines from the close on; without one, a name alone under the text of a letter that has a salutation."""
    for at in range(max(1, len(rows) - FOOT), len(rows)):
        if CLOSE.match(rows[at].text) and all(row.short for row in rows[at:]):
            alone = not any(row.words <= SIGNED and not row.dated for row in rows[at + 1 :])
            first = "signed" if alone and is_name(CLOSE.sub("", rows[at].text)) else "salute"
            return [(rows[at], first), *((row, "dateline" if row.dated else "signed") for row in rows[at + 1 :])]
    if saluted and len(rows) > 1 and is_name(rows[-1].text) and _ENDED.search(rows[-2].text):
        return [(rows[-1], "signed")]
    return []
