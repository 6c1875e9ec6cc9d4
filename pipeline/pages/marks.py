"""Lines drawn or typed across a level page: rules, which part its zones, and underlines.

A line is a horizontal run of ink some letters long and hardly thicker than a stroke. It underlines where whole letters
stand close above it over much of its length; it is a rule where there are none near it, above or below. What runs
through letters (a deletion) is neither, nor is a blank left between words, nor are the feet or heads of letters that
touch: they are told by the stems that meet them all along, where an underline has paper above it, or under a space
between words, and paper below it, even where the next line is set so close that its letters reach up to it.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.model import Box
from pipeline.pages.course import Edges, along, edges
from pipeline.pages.images import Grey
from pipeline.pages.ink import Measures

SHORTEST = 1.7
"""The shortest underline, in letter heights: that of two characters."""
LENGTH = 2.5
"""The shortest rule, in letter heights: longer than a dash."""
LONG = 4.5
"""Longer than any row of serifs that touch, in letter heights."""
CLOSE = 0.9
"""How far above a line the letters are that it underlines, in letter heights."""
COVERED = 0.3
"""The least share of a line's length with letters close to it that makes it theirs."""
APART = 15
"""Pieces of a broken rule are at most this far apart, in letter heights."""
WHOLE = 0.25
"""Letters that are whole above a line fill at least this share of the rows in which small letters stand."""
BESIDE = 0.3
"""How far above and below an underline the paper that parts it from letters is looked for, in letter heights."""
CLEAR = 0.5
"""Below an underline there is a row with ink in at most this share of its columns."""
PARTED = 0.4
"""Between letters and their underline there is a row with at most this share of the ink of rows among the letters."""
STEMS = 1.05
"""The same share where letters touch a line all along: no more than their stems."""
CERTAIN = 0.1
"""The same share for an underline shorter than a rule, which serifs that touch could be as well."""
CROSSED = 0.2
"""An underline is crossed by letters in at most this share of its columns, by a deletion's more."""
BESIDE_IT = 8
"""How far before and after an underline the letters beside it are looked for, in letter heights."""
FEET = 0.35
"""The last row of letters has at least this share of the ink of their fullest row."""
SUNK = 0.1
"""An underline ends at least this far below the feet of letters beside it, in letter heights."""
THROUGH = 0.7
"""Share of the height of an underline that its ink fills where letters stand on it."""
SPACE = 0.8
"""A space between words is at least this wide, in letter heights."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Lines on a page, in its pixels, from top to bottom."""

    rules: list[Box]
    underlines: list[Box]


def find_marks(ink: Grey, measures: Measures) -> Marks:
    """The rules and underlines of a level page. ink: a mask, 255 where there is ink; measures: of that ink."""
    if measures.letter == 0:
        return Marks([], [])
    lines = _runs(ink, measures)
    letters = np.asarray(cv2.subtract(ink, cv2.dilate(lines, np.ones((3, 1), np.uint8))), np.uint8)
    _, top, _, height = cv2.boundingRect(letters)
    rules, underlines = [], []
    for box in _boxes(lines, measures):
        above = _covered(letters, box, box.top - round(CLOSE * measures.letter), box.top - 1)
        below = _covered(letters, box, box.bottom + 1, box.bottom + round(CLOSE / 2 * measures.letter))
        if above >= COVERED and _underlines(ink, box, measures):
            underlines.append(_followed(box, ink))
        elif (
            box.width >= LENGTH * measures.letter
            and max(above, below) < COVERED
            and top < box.top < top + height
            and not _filled_in(letters, box, measures)
        ):
            rules.append(box)
    rules = _joined(rules, measures.letter)
    underlines = list(dict.fromkeys(underlines))
    return Marks(rules, [box for box in underlines if not any(_part_of(rule, box, measures.letter) for rule in rules)])


def _joined(pieces: list[Box], letter: float) -> list[Box]:
    """The pieces of broken rules put together: those at one height, not far from each other."""
    rules: list[Box] = []
    for box in sorted(pieces, key=lambda box: box.left):
        at = next((at for at, rule in enumerate(rules) if _continues(rule, box, letter)), None)
        if at is None:
            rules.append(box)
        else:
            last = rules[at]
            right = max(last.right, box.right)
            rules[at] = Box(last.left, min(last.top, box.top), right, max(last.bottom, box.bottom))
    return sorted(rules, key=lambda box: (box.top, box.left))


def _continues(rule: Box, box: Box, letter: float) -> bool:
    return abs(rule.top - box.top) <= letter / 2 and box.left - rule.right <= APART * letter


def _part_of(rule: Box, box: Box, letter: float) -> bool:
    """Whether what seemed to underline a blot is a piece of a broken rule."""
    return abs(rule.top - box.top) <= letter / 2 and rule.left <= box.left and box.right <= rule.right


def _runs(ink: Grey, measures: Measures) -> Grey:
    """What is left of the ink when all that is shorter than a line or thicker than a stroke is taken away."""
    length = round(SHORTEST * measures.letter) | 1
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 3), np.uint8))
    runs = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    thick = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((_thickest(measures) + 1, 1), np.uint8))
    return np.asarray(cv2.subtract(runs, cv2.dilate(thick, np.ones((1, 3), np.uint8))), np.uint8)


def _thickest(measures: Measures) -> int:
    return round(min(max(4.0, 1.8 * measures.stroke, measures.letter / 4), max(4.0, measures.letter / 2)))


def _boxes(lines: Grey, measures: Measures) -> list[Box]:
    """The boxes of the runs, pieces of one line joined, from top to bottom."""
    gap = round(measures.letter / 2)
    joined = cv2.morphologyEx(lines, cv2.MORPH_CLOSE, np.ones((3, gap), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes = [
        Box(int(x), int(y), int(x + width), int(y + height))
        for x, y, width, height, _ in stats[1:]
        if width >= SHORTEST * measures.letter and height <= 2 * _thickest(measures)
    ]
    return sorted(boxes, key=lambda box: (box.top, box.left))


def _covered(letters: Grey, box: Box, top: int, bottom: int) -> float:
    """The share of a line's columns with ink of letters between two heights."""
    band = letters[max(0, top) : max(0, bottom), box.left : box.right]
    return float(band.any(axis=0).mean()) if band.size else 0.0


def _underlines(ink: Grey, box: Box, measures: Measures) -> bool:
    """Whether what stands above a line are whole letters, apart from it by paper, or by a space it goes on under."""
    letter, reach = measures.letter, round(BESIDE * measures.letter)
    top, bottom = edges(ink, box, max(1, round(measures.stroke / 2)))
    # The rows next to the line are its ragged edges.
    over = along(ink, box, top, -round(CLOSE * letter), -1)
    under = along(ink, box, bottom, 1, 1 + reach)
    among = over[:-reach].mean() if len(over) > reach else 0.0
    if among < WHOLE or under.mean(axis=1).min(initial=1.0) > CLEAR or (over[-1] & under[0]).mean() > CROSSED:
        return False
    parted = over[-reach:].mean(axis=1).min() / among
    # Serifs are thinner than stems, and few of them touch: a line as thick as those and long is no row of serifs.
    firm = box.height >= 0.9 * measures.stroke
    if box.width < LENGTH * letter:
        return bool(firm and parted <= CERTAIN)
    inked = np.flatnonzero(over.any(axis=0))
    spaced = np.diff(inked).max(initial=0) >= SPACE * letter
    stems = box.width >= LONG * letter and parted <= STEMS
    return bool(parted <= PARTED or spaced or (firm and (stems or _below_feet(ink, box, bottom, letter))))


def _below_feet(ink: Grey, box: Box, bottom: Edges, letter: float) -> bool:
    """Whether the letters before and after a line stand higher than its lower edge, as the feet of letters do not."""
    reach = round(BESIDE_IT * letter)
    rows = slice(max(0, box.top - round(CLOSE * letter)), box.bottom + round(CLOSE / 2 * letter))
    sides = ((max(0, box.left - reach), box.left - 2, bottom[0]), (box.right + 2, box.right + reach, bottom[-1]))
    for left, right, edge in sides:
        shares = (ink[rows, left:right] > 0).mean(axis=1) if right - left > letter else np.zeros(1)
        if shares.max() < WHOLE:
            continue
        feet = rows.start + int(np.flatnonzero(shares >= FEET * shares.max())[-1]) + 1
        if edge - feet >= SUNK * letter:
            return True
    return False


def _followed(line: Box, ink: Grey) -> Box:
    """An underline as far as it goes on to both sides with paper below it, where letters hide its upper edge."""
    rows = ink[line.top : line.bottom]
    below = ink[line.bottom + 1 : line.bottom + 1 + line.height]
    goes_on = (rows > 0).mean(axis=0) >= THROUGH
    goes_on &= ~(below > 0).all(axis=0) if len(below) else goes_on
    breaks = np.flatnonzero(~goes_on)
    before, after = breaks[breaks < line.left], breaks[breaks >= line.right]
    left = int(before[-1]) + 1 if len(before) else 0
    right = int(after[0]) if len(after) else ink.shape[1]
    return Box(min(left, line.left), line.top, max(right, line.right), line.bottom)


def _filled_in(letters: Grey, box: Box, measures: Measures) -> bool:
    """Whether a line is a blank left in a text, with letters just before or after it."""
    beside = round(2 * SPACE * measures.letter)
    rows = letters[max(0, box.top - round(CLOSE * measures.letter)) : box.top]
    sides = rows[:, max(0, box.left - beside) : box.left], rows[:, box.right : box.right + beside]
    return any(np.count_nonzero(side.any(axis=1)) > measures.letter / 2 for side in sides)
