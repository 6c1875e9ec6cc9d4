"""Raised marks: small characters above the line, as note references are typed.

They are found on the image, before anything is recognised, by what stands beside them: a raised mark ends well above
the line on which its neighbours stand, is about as tall as their low letters, and follows a word or opens a note.
Found marks are cut out and read as digits on their own, because a recogniser of lines takes them for quotation marks.
"""

from statistics import median

import numpy as np

from pipeline.model import Box
from pipeline.recognition.ink import Ink
from pipeline.recognition.parting import parted

MOST_CHARACTERS = 4


def raised_marks(ink: Ink) -> list[Box]:
    """The boxes of groups of characters that stand above their line as note references do, from the top.

    A group holds at most four characters. A character of it is at least two thirds as tall as a low letter of its
    line (x-height), so that quotation marks, apostrophes, dots and degree signs stay out, at most 1.6 times as tall,
    and ends 0.45 to 1.9 x-heights above the baseline. Other things pass too, such as fragments of letters: what is
    no digit is for the recogniser to refuse.
    """
    ink = parted(ink)
    page = _Page(ink.boxes)
    marks = [box for box in ink.boxes if page.is_raised(box)]
    parts = [group for group in _groups(marks) if len(group) <= MOST_CHARACTERS and page.is_apart(Box.union(*group))]
    groups = {tuple(page.whole(group)) for group in parts}
    boxes = [Box.union(*group) for group in groups if len(group) <= MOST_CHARACTERS]
    apart = [_with_touching(ink, box) for box in boxes if page.is_apart(box)]
    usual = int(median(box.height for box in apart)) if apart else 0
    return sorted((_with_its_head(ink, box, usual) for box in apart), key=lambda box: (box.top, box.left))


class _Page:
    """The components of a page as columns of numbers, quickly found by where they are."""

    def __init__(self, ink: list[Box]) -> None:
        table = np.array([(box.left, box.top, box.right, box.bottom) for box in ink] or np.empty((0, 4)), np.int64)
        self.left, self.top, self.right, self.bottom = table.T
        self.height = self.bottom - self.top
        widths = (self.right - self.left)[self.right - self.left < 200]
        self.widest = int(widths.max(initial=0))
        self.ink = ink

    def _near(self, box: Box, reach: float) -> slice:
        """Components that may lie within `reach` pixels of the box, to its left or right."""
        first = np.searchsorted(self.left, box.left - reach - self.widest)
        return slice(int(first), int(np.searchsorted(self.left, box.right + reach, side="right")))

    def is_raised(self, box: Box) -> bool:
        """Whether the box, a single component, stands above the line that runs beside it."""
        tall = box.height
        if not 10 <= tall <= 90 or not 0.2 * tall <= box.width <= 3 * tall:
            return False
        near = self._near(box, 12 * tall)
        height, bottom = self.height[near], self.bottom[near]
        before, after = box.left - self.right[near], self.left[near] - box.right
        in_line = (
            (0.66 * tall <= height)
            & (height <= 2.4 * tall)
            & (bottom > box.bottom + 0.3 * tall)
            & (self.top[near] < box.bottom + 0.5 * tall)
            & (np.maximum(before, after) <= 12 * tall)
        )
        if np.count_nonzero(in_line) < 2:
            return False
        touches = ((-0.3 * tall <= before) & (before <= 7 * tall)) | ((-0.3 * tall <= after) & (after <= 1.3 * tall))
        if not np.any(in_line & touches):
            return False
        x_height = float(np.quantile(height[in_line], 0.25, method="lower"))
        drop = float(np.quantile(bottom[in_line], 0.5, method="lower")) - box.bottom
        return 0.45 * x_height <= drop <= 1.9 * x_height and 0.66 * x_height <= tall <= 1.6 * x_height

    def whole(self, group: list[Box]) -> list[Box]:
        """The group with the characters of its own height and level that stand directly before or after it."""
        grown = list(group)
        while len(grown) <= MOST_CHARACTERS:
            box = Box.union(*grown)
            found = [
                other
                for other in self.ink[self._near(box, 0.7 * box.height)]
                if other not in grown and other.height >= 0.8 * box.height and _adjoins(box, other)
            ]
            if not found:
                break
            grown.extend(found)
        return sorted(grown, key=lambda box: box.left)

    def is_apart(self, mark: Box) -> bool:
        """Whether the mark is part of no ordinary line: neither level with letters, nor hanging below them as a
        comma does, nor between two letters of a word as the dot of an i stands."""
        tall, middle = mark.height, (mark.top + mark.bottom) / 2
        near = self._near(mark, 7 * tall)
        height, top, bottom = self.height[near], self.top[near], self.bottom[near]
        before, after = mark.left - self.right[near], self.left[near] - mark.right
        gap = np.maximum(before, after)
        beside = (0.6 * tall <= height) & (gap >= 0) & (gap <= 7 * tall)
        level = beside & (top < middle) & (middle < bottom) & (bottom < mark.bottom + 0.35 * tall)
        hung_from = beside & (top < mark.top) & (mark.bottom - 0.75 * tall < bottom) & (bottom < mark.bottom)
        lower = beside & (height >= 0.9 * tall) & (bottom > mark.bottom + 0.3 * tall) & (top < mark.bottom)
        in_word = np.any(lower & (before >= 0) & (before < 0.8 * tall)) and np.any(
            lower & (after >= 0) & (after < 0.8 * tall)
        )
        return bool(np.count_nonzero(level) < 3 and np.count_nonzero(hung_from) < 3 and not in_word)


def _groups(marks: list[Box]) -> list[list[Box]]:
    """Marks side by side at one height belong together."""
    groups: list[list[Box]] = []
    for mark in marks:
        for group in reversed(groups[-8:]):
            last = group[-1]
            if _adjoins(last, mark):
                group.append(mark)
                break
        else:
            groups.append([mark])
    return groups


def _with_touching(ink: Ink, mark: Box) -> Box:
    """The mark with what belongs to it of a component on its right, where a digit touches a letter of the line.

    Columns are added as long as nothing in them goes deeper than the mark.
    """
    tall = mark.height
    depth = mark.bottom + max(2, tall // 8)
    rows = slice(mark.top, mark.bottom + tall)
    right = blank = 0
    for column in range(mark.right, min(ink.mask.shape[1], mark.right + 2 * tall)):
        filled = np.flatnonzero(ink.mask[rows, column])
        blank = 0 if filled.size else blank + 1
        if blank > 0.5 * tall or (filled.size and rows.start + int(filled[-1]) >= depth):
            break
        if filled.size:
            right = column + 1
    wider = right - mark.right >= 0.35 * tall
    return Box(mark.left, mark.top, right, mark.bottom) if wider else mark


def _with_its_head(ink: Ink, mark: Box, usual: int) -> Box:
    """The mark up to the height that marks on its page usually have, where it was cut off a line it reaches into."""
    low = mark.height < 0.95 * usual and mark.top > 0 and ink.mask[mark.top - 1, mark.left : mark.right].any()
    return Box(mark.left, max(0, mark.bottom - usual), mark.right, mark.bottom) if low else mark


def _adjoins(box: Box, other: Box) -> bool:
    """Whether two boxes of a height stand side by side at one level."""
    tall = max(box.height, other.height)
    return (
        -2 <= max(other.left - box.right, box.left - other.right) <= 0.7 * tall
        and abs(other.bottom - box.bottom) <= 0.3 * tall
        and abs(other.top - box.top) <= 0.3 * tall
    )
