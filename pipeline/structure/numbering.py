"""The numbers of foot notes, solved over the whole document at once.

Every piece at a page's foot either begins the next note of the sequence, or goes on with the note before, or begins
a new unit at 1; numbers that a witness shows speak for a value, as far as their digits are alike, and a missing
number speaks against nothing. The cheapest course is taken (Viterbi 1967), so a lost number is found again from its
neighbours, and a misread one is put right. How sure each number is, all other courses say: it is the share of those
in which the piece begins the same note (forward-backward algorithm, Rabiner 1989; costs are natural logarithms).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Levenshtein

BEAM = 60
"""States kept after each piece, and how much worse than the best (HOPELESS)."""
HOPELESS = 14.0
LARGEST_GAP = 12
"""Notes in a row that both witnesses may lack, and what each costs (SKIPPED)."""
SKIPPED = 1.2
UNUSUAL = 6.0
"""Cost of numbers that begin again where they should not, or go on where they begin again."""
GOES_ON = 0.2
BARE = (3.0, 2.0)
"""Cost of going on with the note before where a piece looks so, and where nothing says it: in the midst of a foot
and at its beginning."""
SURE = 0.8
"""Share of the courses (0..1) from which a number is no conjecture; HIGHEST is how sure a conjecture may be."""
HIGHEST = 0.49

Numbering = Literal["chapter", "page", "document"]
State = tuple[int, int]
"""A unit, counted from 0, and the number of the last note in it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a foot shows of its number.

    labels: the numbers that witnesses have before its text. continues: it looks like the rest of the note before.
    page, chapter: count its page's foot and the chapters that have begun before it.
    """

    labels: tuple[str, ...]
    continues: bool
    page: int
    chapter: int


@dataclass(frozen=True, slots=True)
class Solved:
    """The unit and number of the note that a foot belongs to, whether the note begins with it, and how sure that
    is (0..1)."""

    unit: int
    value: int
    begins: bool
    certainty: float


@dataclass(frozen=True, slots=True)
class _Step:
    """From one state to the next."""

    before: State
    after: State
    begins: bool
    cost: float


def solve(feet: Sequence[Seen], numbering: Numbering) -> list[Solved]:
    """The numbers of all feet, in order."""
    if not feet:
        return []
    lattice, forward = _lattice(feet, numbering)
    chosen = _cheapest(lattice)
    backward = dict.fromkeys(forward[-1], 0.0)
    total = _sum(list(forward[-1].values()))
    certainties: list[float] = []
    for steps, reached, choice in zip(
        reversed(lattice), reversed([{(0, 0): 0.0}, *forward[:-1]]), chosen[::-1], strict=True
    ):
        # A state that is left by no step was given up.
        onward = [step for step in steps if step.after in backward]
        courses = [(step, reached[step.before] + step.cost + backward[step.after]) for step in onward]
        same = [cost for step, cost in courses if (step.after[1], step.begins) == (choice.after[1], choice.begins)]
        certainties.append(math.exp(total - _sum(same)))
        leaving: dict[State, list[float]] = {}
        for step in onward:
            leaving.setdefault(step.before, []).append(step.cost + backward[step.after])
        backward = {state: _sum(costs) for state, costs in leaving.items()}
    return [
        Solved(*step.after, step.begins, round(min(0.99 if certainty >= SURE else HIGHEST, certainty), 3))
        for step, certainty in zip(chosen, certainties[::-1], strict=True)
    ]


def _lattice(feet: Sequence[Seen], numbering: Numbering) -> tuple[list[list[_Step]], list[dict[State, float]]]:
    """The steps that are worth a look at every foot, and for every state the cost of all courses that lead to it."""
    lattice: list[list[_Step]] = []
    forward: list[dict[State, float]] = []
    best: dict[State, float] = {(0, 0): 0.0}
    summed = dict(best)
    before: Seen | None = None
    begun: Seen | None = None
    for foot in feet:
        again = begun is not None and _begins_again(foot, begun, numbering)
        steps = [step for state in best for step in _steps(state, foot, before, again, numbering == "page")]
        reached: dict[State, float] = {}
        for step in steps:
            cost = best[step.before] + step.cost
            reached[step.after] = min(cost, reached.get(step.after, math.inf))
        limit = min(reached.values()) + HOPELESS
        kept = sorted((cost, state) for state, cost in reached.items() if cost <= limit)[:BEAM]
        best = {state: cost for cost, state in kept}
        lattice.append([step for step in steps if step.after in best])
        entering: dict[State, list[float]] = {}
        for step in lattice[-1]:
            entering.setdefault(step.after, []).append(summed[step.before] + step.cost)
        summed = {state: _sum(costs) for state, costs in entering.items()}
        forward.append(summed)
        before = foot
        if foot.labels or not foot.continues:
            begun = foot
    return lattice, forward


def _cheapest(lattice: Sequence[Sequence[_Step]]) -> list[_Step]:
    """The course of least cost; of two alike, the one with lower numbers."""
    rest: dict[State, tuple[float, _Step | None]] = {}
    onward: list[dict[State, _Step]] = []
    for steps in reversed(lattice):
        found: dict[State, tuple[float, _Step]] = {}
        for step in steps:
            if onward and step.after not in rest:
                continue
            cost = step.cost + (rest[step.after][0] if onward else 0.0)
            if step.before not in found or (cost, step.after) < (found[step.before][0], found[step.before][1].after):
                found[step.before] = (cost, step)
        rest = dict(found)
        onward.append({state: step for state, (_, step) in found.items()})
    state: State = (0, 0)
    chosen = []
    for best in reversed(onward):
        chosen.append(best[state])
        state = best[state].after
    return chosen


def _steps(state: State, foot: Seen, before: Seen | None, again: bool, by_page: bool) -> list[_Step]:
    """Where the numbering can go from a state, and at what cost.

    again: numbers may begin again here. by_page: they do on every page.
    """
    unit, last = state
    seen = [int(label) for label in foot.labels if label.isdigit() and len(label) < 5]
    if before is None:
        return [
            _Step(state, (0, value), True, 0.1 * (value > 1) + _mismatch(value, foot)) for value in {1, *seen} if value
        ]
    goes_on = GOES_ON if foot.continues else BARE[foot.page > before.page]
    if foot.labels:
        goes_on += 0.3 if str(last) in foot.labels and foot.continues else 2.5
    steps = [_Step(state, state, False, goes_on)]
    begins = 1.0 if foot.continues and not foot.labels else 0.2
    gaps = {value for value in seen if last + 1 < value <= last + LARGEST_GAP}
    for value in {last + 1, *gaps}:
        cost = begins + _mismatch(value, foot) + SKIPPED * (value - last - 1) + UNUSUAL * (again and by_page)
        steps.append(_Step(state, (unit, value), True, cost))
    restart = 0.0 if again else UNUSUAL
    for value in {1, *(v for v in seen if v <= 1 + LARGEST_GAP // 3)}:
        if value <= last:
            cost = restart + begins + _mismatch(value, foot) + 0.8 * (value - 1)
            steps.append(_Step(state, (unit + 1, value), True, cost))
    return steps


def _begins_again(foot: Seen, begun: Seen, numbering: Numbering) -> bool:
    """Whether numbers may begin again here: in a new chapter, or on a new page, as the document has it.

    begun: the foot before with which a note began; what only goes on with a note counts for no page.
    """
    if numbering == "page":
        return foot.page > begun.page
    return numbering == "chapter" and foot.chapter > begun.chapter


def _mismatch(value: int, foot: Seen) -> float:
    """How much the numbers that the witnesses show speak against a value."""
    if not foot.labels:
        return 0.6
    return sum(min(4.0, 1.8 * Levenshtein.distance(label, str(value))) for label in foot.labels) / len(foot.labels)


def _sum(costs: Sequence[float]) -> float:
    """The cost of several courses together: of either of them happening."""
    least = min(costs)
    return least - math.log(sum(math.exp(least - cost) for cost in costs))
