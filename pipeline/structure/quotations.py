"""Inline quotations by their marks, as typed: straight or curly, double or single, nested, mixed, unbalanced.

What a mark is cannot be told from the mark alone: it may open or close a quotation, be an apostrophe, or have lost
its fellow. So all marks of a stretch of text are read together: every mark takes one of these parts at a cost that
its neighbours set (an opening mark stands after a space, a closing one after a word, an apostrophe between letters),
a quotation that is left open or closed without having been opened costs more, and the cheapest reading of the whole
is kept (a beam search over the open quotations). So a mark with a stray space before it still closes, where it saves
another one from standing alone. A quotation may go on in the next paragraph, which then repeats the opening mark.
All costs are natural logarithms of odds, set by the order of what is usual in typed prose.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.model import Span
from pipeline.structure.guesses import guessed_end
from pipeline.structure.marks import (
    CLOSING,
    DOUBLE,
    SINGLE,
    apostrophe_cost,
    close_cost,
    length_cost,
    open_cost,
    plural,
)

_MARKS = re.compile(f"[{DOUBLE}{SINGLE}]")

BEAM = 16
"""Readings kept after each mark, and how much worse than the best (HOPELESS)."""
HOPELESS = 9.0
DEEPEST = 3
LOST = 4.0
"""Cost of a double mark without its fellow."""
LOST_SINGLE = 2.5
MIXED = 2.5
"""Cost of closing with another kind of mark than was opened with."""
PLURAL = 5.0
"""What it costs more where that mark is more likely the apostrophe of a plural."""
NESTED_ALIKE = 3.0
RUNS_ON = 0.3
"""Cost of going on in a paragraph that repeats the opening mark, and RUNS_ON_BARE where it does not."""
RUNS_ON_BARE = 3.5
_FLAG = "rv-quotation"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Characters [start, end) with their marks.

    mixed: opened by one kind of mark and closed by the other; open: its closing mark is lost, the end is a guess.
    """

    start: int
    end: int
    single: bool
    mixed: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters [start, end) of a text, a paragraph; quoted: it is (part of) a block quotation."""

    start: int
    end: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class _Path:
    """A reading of the marks so far: what it found last (an int: a closing mark that nothing opened), and the
    reading that this goes on from."""

    found: "Quotation | int | _Open"
    before: "_Path | None"


@dataclass(frozen=True, slots=True)
class _Open:
    """An opening mark without its fellow, and where at the latest its quotation ends."""

    start: int
    limit: int


_Stack = tuple[tuple[int, bool], ...]


def quotations(text: str) -> list[Quotation]:
    """The quotations of one paragraph, outer before inner."""
    return read(text, [Stretch(0, len(text))])[0]


def layer(name: str, stretches: Sequence[Stretch], text: str, anchors: Mapping[int, str]) -> list[Span]:
    """Spans "q" and "quote" of a text, and "flag" where marks are mixed or have no fellow.

    stretches: its paragraphs in order. anchors: offset of a note's anchor and the note's id; a quotation that ends
    there gets it as its source. The marks around a block quotation are no quotation of their own.
    """
    spans: list[Span] = []
    for quoted, group in groupby(stretches, lambda stretch: stretch.quoted):
        members = list(group)
        found, strays = read(text, members, anchors, name != "body")
        again = quoted and _repeats(found, members)
        for each in found:
            if each.open and name != "body" and each.start == members[0].start:
                # What a recogniser made of the note's number.
                spans.append(_flagged(name, each.start, each.start + 1, "This mark opens nothing."))
                continue
            if again and each == again:
                continue
            if quoted and (_whole(each, members) or (each.open and _at_start(each, members))):
                if each.open and not again:
                    spans.append(_flagged(name, each.start, each.start + 1, "A block quotation opens without closing."))
                continue
            spans.extend(_spans(name, each, anchors))
        for at in strays:
            if not (quoted and any(s.end - at <= 4 for s in members)):
                spans.append(_flagged(name, at, at + 1, "A quotation closes here that was not opened."))
    return spans


def read(
    text: str, stretches: Sequence[Stretch], anchors: Collection[int] = (), in_note: bool = False
) -> tuple[list[Quotation], list[int]]:
    """The quotations in paragraphs that follow each other, and the closing marks that nothing opened."""
    readings: dict[_Stack, tuple[float, _Path | None]] = {(): (0.0, None)}
    for index, stretch in enumerate(stretches):
        if index:
            readings = _over_border(text, stretches[index - 1], stretch, readings)
        for match in _MARKS.finditer(text, stretch.start, stretch.end):
            if not _within_word(text, match.start(), stretch):
                readings = _read_mark(text, match.start(), stretch, readings)
    last = stretches[-1]
    _, path = min(_emptied(last, readings), key=lambda each: each[0])
    found: list[Quotation] = []
    strays: list[int] = []
    left: list[_Open] = []
    while path is not None:
        if isinstance(path.found, Quotation):
            found.append(path.found)
        elif isinstance(path.found, int):
            strays.append(path.found)
        else:
            left.append(path.found)
        path = path.before
    closed = [(each.start, each.end) for each in found]
    for opened in left:
        if end := guessed_end(text, opened.start, opened.limit, closed, anchors, in_note):
            found.append(Quotation(opened.start, end, False, open=True))
    return sorted(found, key=lambda q: (q.start, -q.end)), sorted(strays)


def _whole(found: Quotation, members: Sequence[Stretch]) -> bool:
    """Whether it is all of a block quotation, or of one of its paragraphs or of several."""
    ends = any(stretch.end - found.end <= 4 for stretch in members if stretch.start < found.end <= stretch.end)
    return ends and _at_start(found, members)


def _repeats(found: Sequence[Quotation], members: Sequence[Stretch]) -> Quotation | None:
    """What closes a block quotation whose opening mark a later paragraph of it, not shown as one, has repeated."""
    opened = any(each.open and each.start - members[0].start <= 4 for each in found)
    ending = (each for each in found if not each.open and not each.single and members[-1].end - each.end <= 4)
    return next(ending, None) if opened else None


def _at_start(found: Quotation, members: Sequence[Stretch]) -> bool:
    return any(0 <= found.start - stretch.start <= 4 for stretch in members)


def _spans(name: str, found: Quotation, anchors: Mapping[int, str]) -> Iterator[Span]:
    attributes = {"rend": "single"} if found.single else {}
    source = next((anchors[found.end + k] for k in range(3) if found.end + k in anchors), None)
    certainty = 0.4 if found.open else 0.7 if found.mixed else 1.0
    if source and not found.open:
        yield Span(name, found.start, found.end, "quote", {**attributes, "source": source}, certainty, "marks")
    else:
        yield Span(name, found.start, found.end, "q", attributes, certainty, "marks")
    if found.open:
        yield _flagged(name, found.start, found.end, "The quotation's closing mark is missing; its end is a guess.")
    elif found.mixed:
        yield _flagged(
            name, found.start, found.end, "The quotation opens with one kind of mark and closes with another."
        )


def _flagged(name: str, start: int, end: int, note: str) -> Span:
    return Span(name, start, end, "flag", {"category": _FLAG, "note": note}, 0.4, "marks")


def _within_word(text: str, at: int, stretch: Stretch) -> bool:
    """An apostrophe without question: a single mark between letters."""
    return (
        text[at] in "'’" and stretch.start < at < stretch.end - 1 and text[at - 1].isalnum() and text[at + 1].isalpha()
    )


def _read_mark(
    text: str, at: int, stretch: Stretch, readings: Mapping[_Stack, tuple[float, _Path | None]]
) -> dict[_Stack, tuple[float, _Path | None]]:
    """Every reading, gone on with everything that the mark may be."""
    single = text[at] in SINGLE
    before = text[at - 1] if at > stretch.start else ""
    after = text[at + 1] if at + 1 < stretch.end else ""
    opening, closing = open_cost(text, at, before, after), close_cost(text, at, before, after)
    # What stands where a quotation opens is rather an opening mark without its fellow than a closing one.
    alone = apostrophe_cost(text, at, before, after) if single else LOST + (1.0 if opening == 0.0 else 0.0)
    reached: dict[_Stack, tuple[float, _Path | None]] = {}

    def reach(stack: _Stack, cost: float, path: _Path | None) -> None:
        if stack not in reached or cost < reached[stack][0]:
            reached[stack] = (cost, path)

    for stack, (cost, path) in readings.items():
        stray = path if single and alone < LOST_SINGLE else _Path(at, path)
        reach(stack, cost + alone, stray)
        given_up, lost = path, 0.0
        for depth in range(len(stack), -1, -1):
            if depth < DEEPEST:
                alike = NESTED_ALIKE if depth and stack[depth - 1][1] == single else 0.0
                reach((*stack[:depth], (at, single)), cost + lost + opening + alike, given_up)
            if depth:
                lost += LOST_SINGLE if stack[depth - 1][1] else LOST
                given_up = _left_open(stack[depth - 1], stretch.end, given_up)
        if stack and before == "" and stack[-1][0] < stretch.start and single == stack[-1][1]:
            reach(stack, cost + opening, path)
        inner: _Path | None = path
        lost = 0.0
        for depth in range(len(stack) - 1, -1, -1):
            start, opened_single = stack[depth]
            mixed = opened_single != single
            total = cost + lost + closing + length_cost(at - start, single or opened_single)
            if mixed:
                total += MIXED + (PLURAL if single and plural(text, at, stretch.end) else 0.0)
            reach(stack[:depth], total, _Path(Quotation(start, at + 1, opened_single, mixed), inner))
            lost += LOST_SINGLE if opened_single else LOST
            inner = _left_open(stack[depth], stretch.end, inner)
    worst = min(cost for cost, _ in reached.values()) + HOPELESS
    kept = [entry for entry in reached.items() if entry[1][0] <= worst]
    return dict(sorted(kept, key=lambda entry: (entry[1][0], entry[0]))[:BEAM])


def _over_border(
    text: str, before: Stretch, stretch: Stretch, readings: Mapping[_Stack, tuple[float, _Path | None]]
) -> dict[_Stack, tuple[float, _Path | None]]:
    """Between two paragraphs everything is closed, but for one double quotation that may go on."""
    over: dict[_Stack, tuple[float, _Path | None]] = {}
    repeats = stretch.start < len(text) and text[stretch.start] in DOUBLE and text[stretch.start] not in CLOSING
    for stack, (cost, path) in readings.items():
        if len(stack) == 1 and not stack[0][1]:
            over[stack] = (cost + (RUNS_ON if repeats else RUNS_ON_BARE), path)
    over[()] = min(_emptied(before, readings), key=lambda each: each[0])
    return over


def _emptied(
    stretch: Stretch, readings: Mapping[_Stack, tuple[float, _Path | None]]
) -> Iterator[tuple[float, _Path | None]]:
    """All readings at the end of a paragraph, with what is still open given up."""
    for stack, (cost, path) in readings.items():
        total, given_up = cost, path
        for opened in reversed(stack):
            total += LOST_SINGLE if opened[1] else LOST
            given_up = _left_open(opened, stretch.end, given_up)
        yield total, given_up


def _left_open(opened: tuple[int, bool], limit: int, path: _Path | None) -> _Path | None:
    """An opening mark is given up; a single one was no quotation."""
    return path if opened[1] else _Path(_Open(opened[0], limit), path)
