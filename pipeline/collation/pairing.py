"""Quotation marks in pairs: a mark that one witness alone has is likelier where it gives another one its fellow.

Looked at alone, a mark that one witness lacks may have been lost by the one or made up by the other; but nearly all
quotations that open also close. So the readings of a whole stretch of text are weighed together, by a chain whose
states are the quotations that are open and whose steps are the words, each with the probability of its readings. A
mark without its fellow weighs as little as an author seldom leaves one. The sum over all ways through the text gives
every reading its probability in the light of the others (forward and backward: Rabiner, "A tutorial on hidden Markov
models", Proceedings of the IEEE 77, 1989).
"""

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

DOUBLE = '"“”„«»'
SINGLE = "'‘’‚‹›"
UNPAIRED, UNPAIRED_SINGLE = math.exp(-5.0), math.exp(-2.5)
"""Weight of a mark without its fellow, beside 1 for one that has it; a single one is rather no quotation mark."""
APOSTROPHE = math.exp(-1.0)
"""Weight of a single mark behind a letter that closes nothing."""
ALIKE = math.exp(-3.0)
"""Weight of a quotation directly within another one that has marks of the same kind."""
RUNS_ON, REPEATS = math.exp(-3.5), math.exp(-0.3)
"""Weight of a quotation that goes on in the next paragraph, and of one that does so with its mark repeated."""
DEEPEST = 3
_MARK = re.compile(f"[{DOUBLE}{SINGLE}]")
_OUTSIDE = "([{-—–/"

_States = Mapping[str, float]
"""Weights by the quotations that are open, a straight mark for each, the outermost first."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text with the readings it may have and their probabilities. opens: a paragraph begins with it."""

    readings: Sequence[tuple[str, float]]
    opens: bool = False


def paired(words: Sequence[Word]) -> list[list[float]]:
    """The probability of every reading of each word, when the marks of all words are taken together.

    What the probabilities of a word lack to 1 they lack afterwards, too.
    """
    forward: list[_States] = [{"": 1.0}]
    for word in words:
        onward: dict[str, float] = defaultdict(float)
        for text, share in word.readings:
            for state, weight in forward[-1].items():
                _add(onward, _reached(state, text, word.opens), weight * share)
        forward.append(_scaled(onward))
    behind: _States = {state: _given_up(state) for state in forward[-1]}
    found: list[list[float]] = []
    for word, before in zip(reversed(words), reversed(forward[:-1]), strict=True):
        ways = [
            {state: share * _onward(state, text, word.opens, behind) for state in before}
            for text, share in word.readings
        ]
        weights = [sum(before[state] * way[state] for state in before) for way in ways]
        known = sum(share for _, share in word.readings) / sum(weights)
        found.append([weight * known for weight in weights])
        behind = _scaled({state: sum(way[state] for way in ways) for state in before})
    return found[::-1]


def marks(text: str) -> str:
    """The quotation marks, or what may be such, in a text."""
    return "".join(_MARK.findall(text))


def without_marks(text: str) -> str:
    """The text without them."""
    return _MARK.sub("", text)


def _onward(state: str, text: str, opens: bool, behind: _States) -> float:
    return sum(likely * behind[reached] for reached, likely in _reached(state, text, opens).items())


def _scaled(states: _States) -> _States:
    """The same with a sum of 1, so that no weight gets too small for a long text."""
    total = sum(states.values())
    return {state: weight / total for state, weight in states.items()}


def _given_up(state: str) -> float:
    """Weight of quotations that are never closed."""
    return math.prod(UNPAIRED_SINGLE if kind == "'" else UNPAIRED for kind in state)


@cache
def _reached(state: str, text: str, opens: bool) -> _States:
    """What is open behind a word, by what was open before it."""
    if opens and state:
        over: dict[str, float] = defaultdict(float)
        _add(over, _reached("", text, False), _given_up(state))
        if state == '"':
            repeated = text.startswith(tuple(DOUBLE)) and _marks(text)[0].opening
            _add(over, _reached(state, text[repeated:], False), REPEATS if repeated else RUNS_ON)
        return over
    reached: dict[str, float] = {state: 1.0}
    for mark in _marks(text):
        onward: dict[str, float] = defaultdict(float)
        for each, weight in reached.items():
            _add(onward, _read(mark, each), weight)
        reached = onward
    return reached


def _add(total: dict[str, float], states: _States, weight: float) -> None:
    for state, likely in states.items():
        total[state] += weight * likely


def _read(mark: "_Mark", state: str) -> _States:
    """What is open behind a mark: it opens a quotation, closes one with all those within it, or does neither."""
    single = mark.kind == "'"
    read = {state: (APOSTROPHE if mark.after_letter else UNPAIRED_SINGLE) if single else UNPAIRED}
    if mark.opening and len(state) < DEEPEST:
        read[state + mark.kind] = ALIKE if state.endswith(mark.kind) else 1.0
    if mark.closing and mark.kind in state:
        at = state.rindex(mark.kind)
        read[state[:at]] = _given_up(state[at + 1 :])
    return read


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark of a word, as a straight one, and what its neighbours let it be."""

    kind: str
    opening: bool
    closing: bool
    after_letter: bool


@cache
def _marks(text: str) -> list[_Mark]:
    """The marks of a word; an apostrophe between letters is none."""
    alone = not any(character.isalnum() for character in text)
    found = []
    for match in _MARK.finditer(text):
        left, right = text[: match.start()].rstrip(DOUBLE + SINGLE)[-1:], text[match.end() :].lstrip(DOUBLE + SINGLE)
        kind = '"' if match[0] in DOUBLE else "'"
        if kind == "'" and left.isalnum() and right[:1].isalnum():
            continue
        opening = alone or (right != "" and (not left or left in _OUTSIDE))
        closing = alone or (left != "" and not right[:1].isalnum()) or (not left and right.isdigit())
        found.append(_Mark(kind, opening, closing, left.isalnum()))
    return found
