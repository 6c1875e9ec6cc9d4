"""Lines of a page, rebuilt from its words.

Recognisers cut a justified line at its wide gaps, and put what they cut into blocks in an order of their own. Here
the words of a page are levelled by the page's slope, put on common baselines, and read from left to right and from
top to bottom. A line is parted only by a gutter: a strip without words from the head of the page to its foot.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import numpy as np

from pipeline.model import Box, Word

_DESCENDING = re.compile(r"[gjpqyQçşþßµ,;()\[\]{}|/$@§¶_уурфцщдҗ]")
_ASCENDING = re.compile(r"[^acegmnopqrsuvwxyzµагеийклмнопрстухцчшщъыьэюяжвз,.;:_~=+<>-]")
_LETTER = re.compile(r"\w")
_NUMERAL = re.compile(r"[\divxIVX]")
_SPECK = re.compile(r"[^\w\"“”«»*•(\[–—…-]{1,2}|-")
_RAISED_FORM = re.compile(r"[\d*†‡§+xX]{1,4}")

Gutter = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a page.

    words: from left to right. baseline: where its letters stand, in pixels from the top of the page, once the slope
    of the page is taken away. x_height: height of its small letters, in pixels. advance: mean width of a character,
    in pixels. column: 0 on a page of one column and for a line across the columns, else 1 for the leftmost.
    """

    words: tuple[Word, ...]
    baseline: float
    x_height: float
    advance: float
    column: int = 0

    @property
    def left(self) -> int:
        return min(word.box.left for word in self.words)

    @property
    def right(self) -> int:
        return max(word.box.right for word in self.words)

    @property
    def start(self) -> int:
        """Where its text starts, in pixels: specks that were read as a stop or dash far before it do not count."""
        for word, following in pairwise(self.words):
            gap = following.box.left - word.box.right
            if not _SPECK.fullmatch(word.text) or gap < 1.2 * self.advance:
                return word.box.left
        return self.words[-1].box.left

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        boxes = [word.box for word in self.words]
        return Box(self.left, min(b.top for b in boxes), self.right, max(b.bottom for b in boxes))

    @property
    def faint(self) -> bool:
        """Dirt read as letters rather than a line: it is kept, but nothing is concluded from where it stands."""
        signs = sum(len(_LETTER.findall(word.text)) for word in self.words)
        if not signs and all(re.fullmatch(r"[*•·.–—-]+", word.text) for word in self.words):
            return False
        sure = sum(word.confidence for word in self.words) / len(self.words)
        lone = signs == 1 and not _NUMERAL.search(self.text)
        return not signs or sure < 0.3 or (lone and sure < 0.8)


def rows(lines: Sequence[Sequence[Word]], width: int) -> list[Row]:
    """Every word of `lines` in exactly one row, rows in reading order.

    lines: the words as the recogniser grouped them; a group is a hint that is dropped where geometry denies it.
    width: of the page, in pixels. Small digits or marks that stand above the line are flagged as raised.
    """
    lines = [sorted(line, key=_place) for line in lines if line]
    words = [word for line in lines for word in line]
    if not words:
        return []
    x_height = median(_x_height(word) for word in words)
    level = _Level(_slope(lines, width), width / 2, x_height)
    gaps = gutters(lines)
    seeds = [seed for line in lines for part in _by_column(line, gaps) for seed in _on_one_line(part, level)]
    merged = _merge(seeds, level, gaps)
    made = [_row(group, level, _column(group, gaps)) for group in merged]
    return _reading_order(made)


def foot(word: Word, x_height: float) -> float:
    """The height on which a word's letters stand, in pixels from the top of the page."""
    return word.box.bottom - (0.36 * x_height if _DESCENDING.search(word.text) else 0.0)


def gutters(lines: Sequence[Sequence[Word]]) -> list[Gutter]:
    """The strips [left, right) between columns, from left to right; none on a page of one column.

    A strip counts when at most a tenth of the page's text bands cross it while both its sides are filled in more
    than half of them, when it is wider than one and a half characters and than one and a half usual spaces, and when
    no side is narrower than a fifth of the text: numbers at the end of contents lines are no column.
    """
    words = [word for line in lines for word in line]
    left, right = min(w.box.left for w in words), max(w.box.right for w in words)
    top, bottom = min(w.box.top for w in words), max(w.box.bottom for w in words)
    height = max(1, round(median(w.box.height for w in words)))
    bands = max(1, (bottom - top) // height + 1)
    ink = np.zeros((bands, right - left + 1), dtype=bool)
    for word in words:
        middle = (word.box.top + word.box.bottom) // 2
        ink[(middle - top) // height, word.box.left - left : word.box.right - left] = True
    ink = ink[ink.any(axis=1)]
    if len(ink) < 10:
        return []
    clear = ink.mean(axis=0) <= 0.1
    edges = np.flatnonzero(np.diff(np.concatenate(([0], clear.astype(np.int8), [0]))))
    spaces = [b.box.left - a.box.right for line in lines for a, b in pairwise(line)]
    wide = 1.5 * max(median(_advance(w) for w in words), median(spaces or [0]))
    found: list[Gutter] = []
    start = 0
    for a, b in edges.reshape(-1, 2):
        least = (right - left) / 5
        if b - a < wide or a - start < least or ink.shape[1] - b < least:
            continue
        if ink[:, start:a].any(axis=1).mean() > 0.5 and ink[:, b:].any(axis=1).mean() > 0.5:
            found.append((int(a) + left, int(b) + left))
            start = int(b)
    return found


@dataclass(frozen=True, slots=True)
class _Level:
    """Takes the slope of a page (pixels down for each pixel to the right) from its heights."""

    slope: float
    middle: float
    x_height: float

    def down(self, word: Word) -> float:
        """How far the page's slope carries a word below where it would stand at the middle of the page."""
        return self.slope * ((word.box.left + word.box.right) / 2 - self.middle)

    def foot(self, word: Word) -> float:
        """The levelled height on which a word stands."""
        return foot(word, self.x_height) - self.down(word)


def _place(word: Word) -> tuple[int, int, int, str]:
    return word.box.left, word.box.right, word.box.top, word.text


def _x_height(word: Word) -> float:
    """Height of a word's small letters in pixels, from the height of its box and the kind of its letters."""
    up, down = bool(_ASCENDING.search(word.text)), bool(_DESCENDING.search(word.text))
    return word.box.height * (0.55 if up and down else 0.7 if up else 0.75 if down else 1.0)


def _advance(word: Word) -> float:
    return word.box.width / len(word.text)


def _firm(word: Word) -> bool:
    """The bottom of the box is the baseline."""
    return not word.raised and _LETTER.search(word.text) is not None and not _DESCENDING.search(word.text)


def _slope(lines: Sequence[Sequence[Word]], width: int) -> float:
    """Of the page's long lines, the median slope; 0 where there are too few to say."""
    slopes = []
    for line in lines:
        firm = [word for word in line if _firm(word)]
        if len(firm) < 4 or firm[-1].box.right - firm[0].box.left < width / 4:
            continue
        half = len(firm) // 2
        first, second = firm[:half], firm[-half:]
        rise = median(w.box.bottom for w in second) - median(w.box.bottom for w in first)
        slopes.append(rise / max(1, median(w.box.left for w in second) - median(w.box.left for w in first)))
    return median(slopes) if len(slopes) >= 3 else 0.0


def _column(words: Sequence[Word], gaps: Sequence[Gutter]) -> int:
    if not gaps or any(w.box.left < a and w.box.right > b for w in words for a, b in gaps):
        return 0
    places = {sum((w.box.left + w.box.right) / 2 > (a + b) / 2 for a, b in gaps) for w in words}
    return places.pop() + 1 if len(places) == 1 else 0


def _by_column(line: Sequence[Word], gaps: Sequence[Gutter]) -> list[list[Word]]:
    """A line that leaves the gutters free is one line for each column; one with a word or mere space there is whole."""
    if _column(line, gaps) or any(_bridges(line, gutter) for gutter in gaps):
        return [list(line)]
    parts: dict[int, list[Word]] = {}
    for word in line:
        parts.setdefault(_column([word], gaps), []).append(word)
    return [parts[column] for column in sorted(parts)]


def _bridges(line: Sequence[Word], gutter: Gutter) -> bool:
    """Words that go on over a gutter: one stands in it, or the two beside it are nearer than it is wide."""
    before = [w.box.right for w in line if w.box.left < gutter[0]]
    after = [w.box.left for w in line if w.box.left >= gutter[0]]
    return bool(before and after) and min(after) - max(before) < gutter[1] - gutter[0]


def _baseline(words: Sequence[Word], level: _Level) -> float:
    firm = [level.foot(word) for word in words if _firm(word)]
    standing = [level.foot(word) for word in words if not word.raised]
    return median(firm or standing or [level.foot(word) for word in words])


def _on_one_line(words: list[Word], level: _Level) -> list[list[Word]]:
    """Parts words that stand wholly above or below the others from them; raised ones may stand above."""
    lines: list[list[Word]] = []
    while words:
        baseline = _baseline(words, level)
        leave = [word for word in words if _off(word, baseline, level)]
        stay = [word for word in words if not _off(word, baseline, level)]
        lines.append(stay or leave)
        words = leave if stay else []
    return lines


def _off(word: Word, baseline: float, level: _Level) -> bool:
    """A word lies below the baseline, or is one of letters and lies above the small letters that stand on it."""
    letters = not word.raised and _LETTER.search(word.text) is not None
    bottom = word.box.bottom - level.down(word)
    return word.box.top - level.down(word) > baseline or (letters and bottom < baseline - level.x_height)


def _merge(seeds: list[list[Word]], level: _Level, gaps: Sequence[Gutter]) -> list[list[Word]]:
    """Joins pieces that share a baseline and a column and stand beside each other."""
    flying = [seed for seed in seeds if all(word.raised or _small_mark(word, level) for word in seed)]
    order = sorted((s for s in seeds if s not in flying), key=lambda s: (-len(s), _baseline(s, level), _place(s[0])))
    groups: list[list[Word]] = []
    feet: list[float] = []
    columns: list[int] = []
    for seed in order:
        foot, column = _baseline(seed, level), _column(seed, gaps)
        near = [
            (abs(feet[at] - foot), at)
            for at in range(len(groups))
            if abs(feet[at] - foot) < 0.55 * level.x_height and columns[at] == column and not _overlap(groups[at], seed)
        ]
        if near:
            groups[min(near)[1]].extend(seed)
        else:
            groups.append(list(seed))
            feet.append(foot)
            columns.append(column)
    for seed in sorted(flying, key=lambda s: _place(s[0])):
        foot = level.foot(seed[0])
        below = [
            (_distance(groups[at], seed), abs(feet[at] - foot), at)
            for at in range(len(groups))
            if -0.1 * level.x_height < feet[at] - foot < 1.6 * level.x_height
        ]
        if below and min(below)[0] < 2 * level.x_height:
            groups[min(below)[2]].extend(seed)
        else:
            groups.append(list(seed))
            feet.append(foot)
    return groups


def _overlap(group: Sequence[Word], seed: Sequence[Word]) -> bool:
    for a in group:
        for b in seed:
            shared = min(a.box.right, b.box.right) - max(a.box.left, b.box.left)
            if shared > 0.3 * min(a.box.width, b.box.width):
                return True
    return False


def _distance(group: Sequence[Word], seed: Sequence[Word]) -> int:
    """Pixels between the nearest edges of the words."""
    return min(max(a.box.left - b.box.right, b.box.left - a.box.right, 0) for a in group for b in seed)


def _row(group: list[Word], level: _Level, column: int) -> Row:
    words = sorted(group, key=_place)
    baseline = _baseline(words, level)
    heights = [_x_height(word) for word in words if _LETTER.search(word.text) and not word.raised]
    x_height = median(heights) if heights else level.x_height
    words = [replace(word, raised=True) if _stands_above(word, baseline, x_height, level) else word for word in words]
    wide = [_advance(word) for word in words if len(word.text) > 2 and not word.raised]
    return Row(tuple(words), baseline, x_height, median(wide or [_advance(word) for word in words]), column)


def _stands_above(word: Word, baseline: float, x_height: float, level: _Level) -> bool:
    """A digit or mark too small and too high to belong to the line's own letters."""
    return _small_mark(word, level) and baseline - level.foot(word) > 0.35 * x_height


def _small_mark(word: Word, level: _Level) -> bool:
    return word.box.height < 1.15 * level.x_height and _RAISED_FORM.fullmatch(word.text) is not None


def _reading_order(made: list[Row]) -> list[Row]:
    """From top to bottom; between two lines across the columns, one column after the other."""
    ordered: list[Row] = []
    waiting: list[Row] = []
    for row in sorted(made, key=lambda r: (r.baseline, r.left, r.text)):
        if row.column == 0:
            ordered += sorted(waiting, key=lambda r: r.column)
            waiting = []
            ordered.append(row)
        else:
            waiting.append(row)
    return ordered + sorted(waiting, key=lambda r: r.column)
