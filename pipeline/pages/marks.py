"""Lines drawn or typed across a level page: rules, which part its zones, and underlines.

A line is a horizontal run of ink some letters long and hardly thicker than a stroke. It underlines where letters
stand close above it over much of its length, and none close below; it is a rule where neither is so. What runs
through letters (a deletion) is neither, nor is a blank left between words, nor are the feet of letters that touch:
they are told by what is above them, stems at once, where an underline has a gap, or a space between words. All lines
found are taken out of the image, since they spoil the reading of the letters that they touch, but for the strokes of
letters that cross them.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import Box
from pipeline.pages.images import Grey
from pipeline.pages.ink import Measures

LENGTH = 2.5
"""The shortest line, in letter heights: longer than a dash, or the serifs of letters that touch."""
CLOSE = 0.9
"""How far above a line the letters are that it underlines, in letter heights."""
COVERED = 0.3
"""The least share of a line's length with letters close to it that makes it theirs."""
APART = 15
"""Pieces of a broken rule are at most this far apart, in letter heights."""
CLEAR = 0.3
"""Between letters and their underline there is a row with at most this share of the ink of rows among the letters."""
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
        if above >= COVERED and below < above / 2 and _apart(ink, box, measures):
            underlines.append(box)
        elif max(above, below) < COVERED and top < box.top < top + height and not _filled_in(letters, box, measures):
            rules.append(box)
    rules = _joined(rules, measures.letter)
    return Marks(rules, [box for box in underlines if not any(_part_of(rule, box, measures.letter) for rule in rules)])


def without(grey: Grey, ink: Grey, marks: Marks, measures: Measures) -> Grey:
    """A copy of the page with paper where its lines are, and the strokes that cross them kept."""
    cleaned = grey.copy()
    paper = int(np.median(grey[::4, ::4]))
    reach = max(1, round(measures.stroke / 2))
    fringe = max(1, round(measures.stroke / 3))
    for box in [*marks.rules, *marks.underlines]:
        top, bottom = max(0, box.top - fringe), min(grey.shape[0], box.bottom + fringe)
        left, right = max(0, box.left - 2), min(grey.shape[1], box.right + 2)
        over = ink[max(0, top - reach) : top, left:right].max(axis=0, initial=0)
        under = ink[bottom : bottom + reach, left:right].max(axis=0, initial=0)
        # A slanted stroke leaves the line some pixels beside where it meets it.
        crossing = _widened(over, reach) & _widened(under, reach) & ((over > 0) | (under > 0))
        strip = cleaned[top:bottom, left:right]
        strip[:, ~crossing] = np.maximum(strip[:, ~crossing], paper)
    return cleaned


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
    length = round(LENGTH * measures.letter)
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
        if width >= LENGTH * measures.letter and height <= 2 * _thickest(measures)
    ]
    return sorted(boxes, key=lambda box: (box.top, box.left))


def _covered(letters: Grey, box: Box, top: int, bottom: int) -> float:
    """The share of a line's columns with ink of letters between two heights."""
    band = letters[max(0, top) : max(0, bottom), box.left : box.right]
    return float(band.any(axis=0).mean()) if band.size else 0.0


def _apart(ink: Grey, box: Box, measures: Measures) -> bool:
    """Whether a line is apart from the letters above it: by a gap, or by going on under a space."""
    # The row at the line is its ragged edge.
    band = ink[max(0, box.top - round(CLOSE * measures.letter)) : max(0, box.top - 1), box.left : box.right] > 0
    if band.size == 0:
        return False
    share = band.mean(axis=1)
    near = round(len(share) * 0.6)
    if share[near:].min(initial=1.0) <= CLEAR * share[:near].mean():
        return True
    inked = np.flatnonzero(band.any(axis=0))
    return bool(np.diff(inked).max(initial=0) >= SPACE * measures.letter)


def _filled_in(letters: Grey, box: Box, measures: Measures) -> bool:
    """Whether a line is a blank left in a text, with letters just before or after it."""
    beside = round(2 * SPACE * measures.letter)
    rows = letters[max(0, box.top - round(CLOSE * measures.letter)) : box.top]
    sides = rows[:, max(0, box.left - beside) : box.left], rows[:, box.right : box.right + beside]
    return any(np.count_nonzero(side.any(axis=1)) > measures.letter / 2 for side in sides)


def _widened(columns: Grey, reach: int) -> NDArray[np.bool_]:
    return np.asarray(cv2.dilate(columns[np.newaxis], np.ones((1, 2 * reach + 1), np.uint8))[0] > 0, np.bool_)
