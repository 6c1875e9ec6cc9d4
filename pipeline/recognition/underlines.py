"""Which words are underlined: those that stand over an underline found on the page image."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from pipeline.model import Box, Word
from pipeline.recognition.tesseract import Blocks, TextLine

SHARE = 0.6


def mark_underlined(blocks: Blocks, underlines: Sequence[Box]) -> Blocks:
    """Mark the words of which at least 60 % of the width has an underline below it.

    An underline belongs to a word when it lies between the word's middle and half a word's height below it.
    """
    return tuple(tuple(_marked_line(line, underlines) for line in block) for block in blocks)


def _marked_line(line: TextLine, underlines: Sequence[Box]) -> TextLine:
    # The height of the line itself may be that of a word which was read together with the next line.
    tall = median(word.box.height for word in line.words)
    return replace(line, words=tuple(_marked(word, underlines, tall) for word in line.words))


def _marked(word: Word, underlines: Sequence[Box], tall: float) -> Word:
    middle, depth = (word.box.top + word.box.bottom) / 2, word.box.bottom + 0.5 * tall
    covered = {
        column
        for rule in underlines
        if middle < rule.top < depth
        for column in range(max(rule.left, word.box.left), min(rule.right, word.box.right))
    }
    return replace(word, underlined=not word.raised and len(covered) >= SHARE * max(1, word.box.width))
