"""Underlines: which words a line on the page runs under, and where it ends.

A line belongs to the words above it that stand nearest to it, whatever reaches up to it from the next line. Where it
ends is told for each word, since two titles that follow each other have two lines, and a comma after a title none.
"""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from pipeline.layout.rows import Row, foot
from pipeline.model import Box, Word

SHARE = 0.5
"""A word is underlined from this share of its width on."""
ABOVE, BELOW = 0.35, 0.8
"""How far above and below the foot of the letters their line may run, in heights of small letters."""


def underlined(rows: Sequence[Row], lines: Sequence[Box]) -> list[Row]:
    """The rows with their words marked as underlined, and with the overhang of those where a line ends.

    lines: the underlines of the page, in its pixels. What a recogniser has marked stays so, unless it took the line of
    another row for the word's; where no line was found on the page, nothing is known of where it ends.
    """
    homes: dict[int, list[Box]] = {}
    for line in lines:
        near = [(away, at) for at, row in enumerate(rows) if (away := _away(row, line)) is not None]
        if near:
            homes.setdefault(min(near)[1], []).append(line)
    return [_marked(row, homes.get(at, []), lines) for at, row in enumerate(rows)]


def _away(row: Row, line: Box) -> float | None:
    """How far, in pixels, a line is from the feet of the words it runs under; None where it underlines none."""
    if not any(_covers(line, word) for word in row.words):
        return None
    # Of the whole row, since the box of a word may reach down into the next one.
    feet = [foot(word, row.x_height) for word in row.words if not word.raised]
    drop = (line.top + line.bottom) / 2 - median(feet)
    return abs(drop) if -ABOVE * row.x_height < drop < BELOW * row.x_height else None


def _covers(line: Box, word: Word) -> bool:
    shared = min(line.right, word.box.right) - max(line.left, word.box.left)
    return not word.raised and shared >= SHARE * word.box.width


def _marked(row: Row, own: Sequence[Box], lines: Sequence[Box]) -> Row:
    words = list(row.words)
    for at, word in enumerate(words):
        line = next((line for line in own if _covers(line, word)), None)
        if line is None:
            mistaken = any(_covers(other, word) and _beside(other, word) for other in lines)
            words[at] = replace(word, underlined=word.underlined and not mistaken)
        else:
            following = words[at + 1] if at + 1 < len(words) else None
            words[at] = replace(word, underlined=True, overhang=_overhang(word, line, following, row.advance))
    return replace(row, words=tuple(words))


def _beside(line: Box, word: Word) -> bool:
    return word.box.top - word.box.height < line.top < word.box.bottom + 1.5 * word.box.height


def _overhang(word: Word, line: Box, following: Word | None, advance: float) -> int | None:
    """How many characters a line leaves out at the end of a word; None where it goes on under the space behind it.

    At the end of a row a line that reaches the last character may go on in the next row.
    """
    reach = line.right - word.box.right
    needed = -advance / 2 if following is None else min(advance, following.box.left - word.box.right) / 2
    return min(len(word.text) - 1, max(0, round(-reach / advance))) if reach < needed else None
