"""Quotation marks as the page has them: a typewriter has straight ones only, a printer's page has curly ones.

The models take some marks of the one kind for the other, by what the language uses. Whether a page was typed is told
by its words: on a typewriter all characters are equally wide, so that a word's width follows from its length.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from statistics import median

from pipeline.model import Word
from pipeline.recognition.tesseract import Blocks, TextLine

UNEVEN = 0.022
"""Typical deviation of a word's width per character from its line's, as a share, from which a page was printed."""
ENOUGH = 20
"""Words of four letters or more that must be seen before a page is judged."""
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")


def as_printed(blocks: Blocks) -> Blocks:
    """The page with straight marks where it was typed, and with curly apostrophes where it was printed with such."""
    deviations = [each for block in blocks for line in block for each in _deviations(line)]
    if len(deviations) < ENOUGH:
        return blocks
    if is_typed(blocks):
        return _changed(blocks, lambda text: text.translate(_STRAIGHT))
    if any("’" in word.text for block in blocks for line in block for word in line.words):
        return _changed(blocks, lambda text: _APOSTROPHE.sub("’", text))
    return blocks


def is_typed(blocks: Blocks) -> bool:
    """Whether a page was surely typed: its characters are equally wide."""
    deviations = [each for block in blocks for line in block for each in _deviations(line)]
    return len(deviations) >= ENOUGH and median(deviations) < UNEVEN


def straightened(words: Iterable[Word]) -> tuple[Word, ...]:
    """Words with straight marks only, as on a page on which no curly one was found."""
    return tuple(replace(word, text=word.text.translate(_STRAIGHT)) for word in words)


def has_curly(words: Iterable[Word]) -> bool:
    """Whether a curly mark stands in the words."""
    return any(word.text != word.text.translate(_STRAIGHT) for word in words)


def _deviations(line: TextLine) -> list[float]:
    """How far each longer word's width per character is from the line's median, as a share of it."""
    widths = [word.box.width / len(word.text) for word in line.words if len(word.text) > 3 and not word.raised]
    if len(widths) < 3:
        return []
    usual = median(widths)
    return [abs(width - usual) / usual for width in widths] if usual else []


def _changed(blocks: Blocks, change: Callable[[str], str]) -> Blocks:
    return tuple(
        tuple(
            replace(line, words=tuple(replace(word, text=change(word.text)) for word in line.words)) for line in block
        )
        for block in blocks
    )
