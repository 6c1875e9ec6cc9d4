"""Foot notes: which pieces make one note, and its number.

The numbers are solved over the whole document at once (Viterbi 1967): every piece at a page's foot either begins
the next note of the sequence, or goes on with the note before, or begins a new unit at 1; numbers that a witness
shows speak for a value, as far as their digits are alike, and a missing number speaks against nothing. So a lost
number is found again from its neighbours, and a misread one is put right.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

from rapidfuzz.distance import Levenshtein

from pipeline.structure.stream import Item, Piece

BEAM = 60
"""States kept after each piece."""
DOUBTFUL = 0.8
"""Certainty (0..1) under which a piece without a number may be no note."""
LARGEST_GAP = 12
"""Notes in a row that both witnesses may lack."""

Numbering = Literal["chapter", "page", "document"]

_SIGN = re.compile(r"\w\W{0,3}?([*†‡§¶+]{1,4})[.,;:]?$")
_CONTINUED = re.compile(
    r"\d{0,3}\(?\.{0,4}(continued|continuation|suite|continua|continúa|continuación|fortsetzung|продолжение)\.{0,4}\)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Note:
    """A foot note: its pieces in order, its number as it is or should be printed, and how sure that is (0..1).

    unit: counts the sequences of numbers from 0. after: index of the piece of the main text it stands behind.
    """

    pieces: tuple[Piece, ...]
    number: str
    unit: int
    certainty: float
    after: int


@dataclass(frozen=True, slots=True)
class Foot:
    """A piece at a page's foot, with what speaks for its number.

    labels: numbers the witnesses show before its text. after: index of the last piece of the main text before it.
    chapter: how many chapters have begun before it.
    """

    piece: Piece
    labels: tuple[str, ...]
    after: int
    chapter: int


def is_continuation_mark(item: Item) -> bool:
    """Whether the item is the "(continued...)" that a word processor prints where a note runs over the page."""
    return bool(_CONTINUED.fullmatch(item.text))


def number(feet: Sequence[Foot], called: Collection[str] = (), numbering: Numbering = "chapter") -> list[Note]:
    """Join pieces to notes and number them.

    numbering: where the numbers of the document begin again at 1.

    called: marks other than numbers that stand in the main text. Among numbered notes, a mark that is called nowhere
    is dirt and no label.
    """
    if any(label.isdigit() for foot in feet for label in foot.labels):
        feet = [
            replace(foot, labels=tuple(label for label in foot.labels if label.isdigit() or label in called))
            for foot in feet
        ]
    path = _solve([foot for foot in feet if not _other_mark(foot)], numbering)
    notes: list[Note] = []
    solved = iter(path)
    for foot in feet:
        if _other_mark(foot):
            unit = notes[-1].unit if notes else 0
            notes.append(Note((foot.piece,), foot.labels[0], unit, 0.9, foot.after))
            continue
        unit, value, begins = next(solved)
        if begins or not notes:
            notes.append(Note((foot.piece,), str(value), unit, _certainty(foot, value), foot.after))
        else:
            last = notes[-1]
            notes[-1] = Note((*last.pieces, foot.piece), last.number, last.unit, last.certainty, last.after)
    return notes


def without_strays(parted: Sequence[Piece], chapters: Sequence[int]) -> list[Piece]:
    """The pieces, those that a text takes for notes without reason given back to the main text.

    Where a chapter numbers its notes, what stands behind the last number without one, and is no sure note or under
    another heading, is text; and so is what stands before the very first number, if that is 1.
    chapters: for every piece, how many have begun.
    """
    found = list(parted)
    headings = list(accumulate(piece.kind == "heading" for piece in parted))
    feet = [at for at, piece in enumerate(found) if piece.kind == "footnote"]
    numbered = [at for at in feet if labels(found[at])]
    last = {chapters[at]: at for at in numbered}
    for at in feet:
        piece = found[at]
        if piece.medium != "text" or labels(piece) or not numbered:
            continue
        early = at < numbered[0] and "1" in labels(found[numbered[0]])
        before = last.get(chapters[at], at)
        late = before < at and (piece.certainty < DOUBTFUL or headings[before] < headings[at])
        if early or late:
            found[at] = replace(piece, kind="body")
    return found


def labels(piece: Piece) -> tuple[str, ...]:
    """The numbers or marks that the witnesses show before a note's text."""
    found: list[str] = []
    for item in piece.items[:2]:
        found.extend(text for _, text, kind in item.marks if kind == "label")
        if item.word:
            break
    return tuple(found)


def other_marks(items: Iterable[Item]) -> frozenset[str]:
    """Note references of the main text that are no numbers: raised marks, and signs behind a word."""
    raised = {text for item in items for _, text, kind in item.marks if kind == "reference" and not text.isdigit()}
    behind = {match[1] for item in items if (match := _SIGN.search(item.text))}
    return frozenset(raised | behind)


def _other_mark(foot: Foot) -> bool:
    """A note with an asterisk, a cross or a letter stands outside the numbers."""
    return bool(foot.labels) and not any(label.isdigit() for label in foot.labels)


def _certainty(foot: Foot, value: int) -> float:
    agreeing = sum(label == str(value) for label in foot.labels)
    if agreeing > 1:
        return 0.99
    return 0.95 if agreeing else 0.8


def _solve(feet: Sequence[Foot], numbering: Numbering) -> list[tuple[int, int, bool]]:
    """For every foot its unit, its number, and whether a note begins with it."""
    states: dict[tuple[int, int], float] = {}
    back: list[dict[tuple[int, int], tuple[tuple[int, int], bool]]] = []
    before: Foot | None = None
    for foot in feet:
        reached: dict[tuple[int, int], float] = {}
        came: dict[tuple[int, int], tuple[tuple[int, int], bool]] = {}
        for state, cost in states.items() or [((0, 0), 0.0)]:
            for following, begins, step in _steps(state, foot, before, numbering):
                total = cost + step
                if total < reached.get(following, float("inf")):
                    reached[following], came[following] = total, (state, begins)
        kept = sorted(reached, key=lambda s: (reached[s], s))[:BEAM]
        states = {state: reached[state] for state in kept}
        back.append(came)
        before = foot
    if not states:
        return []
    state = min(states, key=lambda s: (states[s], s))
    path = []
    for came in reversed(back):
        previous, begins = came[state]
        path.append((state[0], state[1], begins))
        state = previous
    return path[::-1]


def _steps(
    state: tuple[int, int], foot: Foot, before: Foot | None, numbering: Numbering
) -> list[tuple[tuple[int, int], bool, float]]:
    """Where the numbering can go from a state, and at what cost."""
    unit, last = state
    seen = [int(label) for label in foot.labels if label.isdigit() and len(label) < 5]
    steps: list[tuple[tuple[int, int], bool, float]] = []
    if before is None:
        return [((0, value), True, 0.1 * (value > 1) + _mismatch(value, foot)) for value in {1, *seen} if value]
    goes_on = 0.2 if foot.piece.continues else 1.5
    if foot.labels:
        goes_on += 0.3 if str(last) in foot.labels and foot.piece.continues else 2.5
    steps.append((state, False, goes_on))
    begins = 1.0 if foot.piece.continues and not foot.labels else 0.2
    gaps = {value for value in seen if last + 1 < value <= last + LARGEST_GAP}
    for value in {last + 1, *gaps}:
        steps.append(((unit, value), True, begins + _mismatch(value, foot) + 0.8 * (value - last - 1)))
    restart = 0.0 if _begins_again(foot, before, numbering) else 6.0
    for value in {1, *(v for v in seen if v <= 1 + LARGEST_GAP // 3)}:
        if value <= last:
            cost = restart + begins + _mismatch(value, foot) + 0.8 * (value - 1)
            steps.append(((unit + 1, value), True, cost))
    return steps


def _begins_again(foot: Foot, before: Foot, numbering: Numbering) -> bool:
    """Whether numbers may begin again here: in a new chapter, or on a new page, as the document has it."""
    if numbering == "page":
        return foot.after > before.after
    return numbering == "chapter" and foot.chapter > before.chapter


def _mismatch(value: int, foot: Foot) -> float:
    """How much the numbers that the witnesses show speak against a value."""
    if not foot.labels:
        return 0.6
    return sum(min(4.0, 1.8 * Levenshtein.distance(label, str(value))) for label in foot.labels) / len(foot.labels)
