"""Which passages are foot notes: the most probable course of body and notes through a whole text.

A text made from pages alternates between the body of a page and its notes. The course is found by dynamic
programming (Viterbi's algorithm with max-marginals) over the passages. A state knows whether the last passage was
body or note, the number of the last note, and how the last body passage and the last note ended. What speaks for a
course: the signs of each passage, labels that go on in sequence (a gap of k numbers wants k unlabelled notes),
sentences of the body that go on after the notes, notes that announce their continuation. All weights are natural
logarithms of odds.

After a first run the words with which this document's notes and body passages begin and end are learned from the
surest decisions, and a second run uses them; so the abbreviations of any author and language come to count.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipeline.witness import signs
from pipeline.witness.passages import Passage

Role = Literal["body", "note", "continuation"]
Numbering = Literal["chapter", "page", "document"]

# States kept at each passage, and how far behind the best one; fewer make a wrong number hard to correct.
_BEAM = 24
_RANGE = 14.0
_MARK_WEIGHT = {"raised": 6.0, "given": 25.0, "bracket": 2.5, "symbol": 2.0, "plain": 0.0, "": 0.0}
_LEARNED_SURE = 0.95
_LEARNED_LIMIT = 2.5


@dataclass(frozen=True, slots=True)
class Decision:
    """What a passage is. labelled: its mark is a note's label. after_notes: the last passage was a note."""

    role: Role
    labelled: bool
    certainty: float


class _State(NamedTuple):
    """number: of the last note, None before the first is known. note_runs: the note was (to be) continued."""

    in_notes: bool
    number: int | None
    body_end: signs.End
    note_end: signs.End


class _Step(NamedTuple):
    state: _State
    gain: float
    role: Role
    labelled: bool


class _Edge(NamedTuple):
    origin: _State
    step: _Step


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the steps need to know of a passage; computed once."""

    note: float
    heading: float
    chapter: bool
    start: signs.Start
    end: signs.End
    continues: bool
    mark: int | None
    form: str
    references: tuple[int, ...]
    fixed: bool


def decide(
    passages: Sequence[Passage], fixed: Sequence[bool], headings: Sequence[float], numbering: Numbering
) -> list[Decision]:
    """The role of every passage.

    fixed: those known to be no notes (contents, bibliography, page furniture). headings: probability of a heading.
    """
    evidence = [_evidence(*each) for each in zip(passages, fixed, headings, strict=True)]
    first = _course(evidence, [0.0] * len(passages), numbering)
    if not any(decision.role == "note" for decision in first):
        return first
    return _course(evidence, _learned(passages, first, fixed), numbering)


def _evidence(passage: Passage, fixed: bool, heading: float) -> _Evidence:
    return _Evidence(
        note=signs.note_signs(passage),
        heading=heading,
        chapter=signs.is_chapter(passage),
        start=signs.start(passage),
        end=signs.end(passage),
        continues=signs.continues(passage) or (passage.hint == "footnote" and not passage.mark),
        mark=int(passage.mark) if passage.mark.isdecimal() else None,
        form=passage.form,
        references=tuple(
            int(token.text) for token in passage.rest if token.kind == "reference" and token.text.isdecimal()
        ),
        fixed=fixed or (passage.hint is not None and passage.hint != "footnote"),
    )


def _course(evidence: Sequence[_Evidence], learned: Sequence[float], numbering: Numbering) -> list[Decision]:
    if not evidence:
        return []
    front: dict[_State, float] = {_State(False, None, "closed", "closed"): 0.0}
    edges: list[list[_Edge]] = []
    fronts = [front]
    for item, bonus in zip(evidence, learned, strict=True):
        best: dict[_State, float] = {}
        taken: list[_Edge] = []
        for origin, score in front.items():
            for step in _steps(origin, item, bonus, numbering):
                taken.append(_Edge(origin, step))
                if score + step.gain > best.get(step.state, -math.inf):
                    best[step.state] = score + step.gain
        least = max(best.values()) - _RANGE
        front = dict(sorted(((k, v) for k, v in best.items() if v >= least), key=lambda entry: -entry[1])[:_BEAM])
        edges.append([edge for edge in taken if edge.step.state in front])
        fronts.append(front)
    return _read_back(fronts, edges)


def _read_back(fronts: Sequence[dict[_State, float]], edges: Sequence[Sequence[_Edge]]) -> list[Decision]:
    """The best course, and how much worse the best course is in which a passage has another role."""
    decisions = []
    after = dict.fromkeys(fronts[-1], 0.0)
    state = max(fronts[-1], key=lambda each: fronts[-1][each])
    for before, passed in zip(reversed(fronts[:-1]), reversed(edges), strict=True):
        at_note: dict[bool, float] = {True: -math.inf, False: -math.inf}
        onward: dict[_State, float] = {}
        chosen: _Edge | None = None
        chosen_score = -math.inf
        for edge in passed:
            rest = edge.step.gain + after[edge.step.state]
            onward[edge.origin] = max(onward.get(edge.origin, -math.inf), rest)
            total = before[edge.origin] + rest
            is_note = edge.step.role != "body"
            at_note[is_note] = max(at_note[is_note], total)
            if edge.step.state == state and before[edge.origin] + edge.step.gain > chosen_score:
                chosen, chosen_score = edge, before[edge.origin] + edge.step.gain
        assert chosen is not None
        is_note = chosen.step.role != "body"
        margin = min(at_note[is_note] - at_note[not is_note], 50.0)
        decisions.append(Decision(chosen.step.role, chosen.step.labelled, 1 / (1 + math.exp(-max(margin, 0.0)))))
        state = chosen.origin
        # Origins from which every way was cut off by the beam lead nowhere.
        after = {each: onward.get(each, -math.inf) for each in before}
    return decisions[::-1]


def _steps(origin: _State, item: _Evidence, bonus: float, numbering: Numbering) -> list[_Step]:
    """Everything a passage may be after `origin`."""
    steps = _as_body(origin, item, numbering)
    if item.fixed:
        return steps
    odds = item.note + bonus - 5.0 * item.heading
    return steps + _as_note(origin, item, odds, numbering) + _as_continuation(origin, item, odds)


def _as_body(origin: _State, item: _Evidence, numbering: Numbering) -> list[_Step]:
    gain = (
        _flow(origin, item) + _reference_fit(origin, item) - (5.0 if item.end == "continued" or item.continues else 0.0)
    )
    body_end: signs.End = "closed" if item.heading > 0.5 else item.end
    state = origin._replace(in_notes=False, body_end=origin.body_end if item.fixed else body_end)
    steps = [_Step(state, gain, "body", False)]
    if numbering == "chapter" and origin.number and item.heading > 0.5:
        price = 1.0 if item.chapter else 3.5
        steps.append(_Step(state._replace(number=0), gain - price, "body", False))
    return steps


def _flow(origin: _State, item: _Evidence) -> float:
    """How well a body passage goes on from the body before it, across notes or directly."""
    if item.fixed:
        return 0.0
    if item.heading > 0.5:
        return -1.5 if origin.body_end == "open" else 0.5
    lower = item.start == "lower"
    if origin.body_end == "open":
        if origin.in_notes:
            return 2.0 if lower else -1.0 if item.start == "upper" else 0.0
        return -0.7 if lower else -1.2 if item.start == "upper" else 0.0
    if origin.body_end == "colon":
        return 0.0 if origin.in_notes else 0.3
    return -2.0 if lower else 0.3 if origin.in_notes else 0.5


def _reference_fit(origin: _State, item: _Evidence) -> float:
    """How well the references in a body passage fit the last note: they point to notes that are still to come."""
    if origin.number is None or not item.references:
        return 0.0
    first = min(item.references)
    if first == origin.number + 1:
        return 0.7 if origin.in_notes else 0.2
    return 0.0 if origin.number < first <= origin.number + 12 else -1.0


def _as_note(origin: _State, item: _Evidence, odds: float, numbering: Numbering) -> list[_Step]:
    number = 0 if numbering == "page" and not origin.in_notes else origin.number
    odds += _entry(origin)
    if origin.note_end == "continued":
        odds -= 5.0
    elif origin.note_end == "open":
        odds -= 0.7
    steps = []
    if item.form in ("raised", "symbol", "given", "bracket", "plain") and not item.continues:
        weight = odds + _MARK_WEIGHT[item.form]
        if item.mark is None:
            steps.append(_note(origin, origin.number, item, weight, True))
        else:
            steps.append(_note(origin, item.mark, item, weight + _sequence(number, item), True))
            if number is not None and item.form == "raised":
                steps.append(_note(origin, number + 1, item, weight - 5.0, True))
    if item.form in ("", "plain", "symbol") and not item.continues:
        unlabelled = odds - 1.5 - 2.0 * (item.start == "lower")
        steps.append(_note(origin, None if number is None else number + 1, item, unlabelled, False))
    return steps


def _sequence(number: int | None, item: _Evidence) -> float:
    """How well a label follows the number before."""
    if number is None or item.mark is None:
        return 0.0 if item.form != "plain" else -1.0
    gap = item.mark - number - 1
    if gap == 0:
        return 3.0
    if gap > 0:
        return -max(2.5 * min(gap, 6), 4.0 if item.form == "plain" else 0.0)
    return -10.0


def _as_continuation(origin: _State, item: _Evidence, odds: float) -> list[_Step]:
    if item.form in ("raised", "given", "bracket") and not item.continues:
        return []
    lower = item.start == "lower"
    # What goes on in a note need not look like a note.
    gain = max(0.5 * odds, -1.5)
    if item.continues:
        gain += 11.0 if origin.note_end == "continued" else 6.0
        gain -= 3.0 if item.mark is not None and origin.number is not None and item.mark != origin.number else 0.0
    elif not origin.in_notes:
        gain += _entry(origin)
        gain += {"continued": 4.5, "open": 0.0, "colon": -3.0, "closed": -6.0}[origin.note_end] + 1.0 * lower
    else:
        gain += {"continued": -4.0, "open": -1.5, "colon": -0.5, "closed": -3.5}[origin.note_end] - lower
    end = origin.note_end if item.end == "closed" and not item.note else item.end
    state = _State(True, origin.number, origin.body_end, end)
    return [_Step(state, gain, "continuation", item.continues and item.mark is not None)]


def _entry(origin: _State) -> float:
    """How likely notes begin where the body stands: a page mostly ends in mid-sentence."""
    if origin.in_notes:
        return 0.3
    return {"open": 1.0, "closed": -0.7, "colon": -0.7, "continued": 0.0}[origin.body_end]


def _note(origin: _State, number: int | None, item: _Evidence, gain: float, labelled: bool) -> _Step:
    return _Step(_State(True, number, origin.body_end, item.end), gain, "note", labelled)


def _learned(passages: Sequence[Passage], decisions: Sequence[Decision], fixed: Sequence[bool]) -> list[float]:
    """For each passage, the log odds of a note by the words at its edges, learned from the sure decisions."""
    words = [_edge_words(passage) for passage in passages]
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for each, decision, kept in zip(words, decisions, fixed, strict=True):
        if decision.certainty >= _LEARNED_SURE and not kept:
            counts[decision.role != "body"].update(each)
    totals = {side: sum(count.values()) + 1000.0 for side, count in counts.items()}

    def odds(word: str) -> float:
        note, body = counts[True][word] + 0.5, counts[False][word] + 0.5
        return math.log(note / totals[True]) - math.log(body / totals[False]) if note + body > 3 else 0.0

    # Neighbouring words are not independent, so their sum says too much.
    return [max(-_LEARNED_LIMIT, min(_LEARNED_LIMIT, 0.3 * sum(map(odds, sorted(each))))) for each in words]


def _edge_words(passage: Passage) -> set[str]:
    """Words at the head and end of a passage, digits made alike."""
    return {f"^{_shape(token.text)}" for token in passage.rest[:8]} | {
        f"{_shape(token.text)}$" for token in passage.rest[-3:]
    }


def _shape(text: str) -> str:
    return "".join("0" if char.isdigit() else char for char in text[:40].casefold())
