"""Accents as typed: an accent stands in a reading only if the image shows ink where it belongs.

The model of a language writes the accents that its words should have, also where a typewriter had none. So every letter
that is read with one is looked at: above a low letter there is nothing but its accent, below a c nothing but its
cedilla. A capital, or an i with its dot, tells nothing by itself; it goes with the other letters of its page.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.model import Box, Word
from pipeline.recognition.ink import Grey
from pipeline.recognition.quotes import is_typed
from pipeline.recognition.tesseract import Blocks, TextLine

CEDILLAS = "\u0327\u0328"
LOW = frozenset("aceghmnopqrsuvwxyz")
"""Letters without ink above the x-height."""
NEAR, FAR = 0.12, 0.9
"""Where an accent stands, in x-heights above the low letters, or a cedilla below the line."""
FEWEST = 3
"""Letters that must be judged for a page to tell about its capitals and dotted letters."""


def as_printed(blocks: Blocks, mask: Grey) -> Blocks:
    """A page without the accents that its image does not show. mask: not 0 where there is ink."""
    exact = is_typed(blocks)
    judged: dict[tuple[int, int, int, int], bool] = {}
    for at, line in _lines(blocks):
        if any(_accented(word) for word in line.words):
            band = _Band(mask, line)
            for number, word in enumerate(line.words):
                for place in _accented(word):
                    shown = band.shows(word, place, exact)
                    if shown is not None:
                        judged[(*at, number, place)] = shown
    bare = len(judged) >= FEWEST and not any(judged.values())
    if all(judged.values()) and not bare:
        return blocks
    return tuple(
        tuple(
            replace(
                line,
                words=tuple(
                    _without(word, [p for p in _accented(word) if not judged.get((b, n, number, p), not bare)])
                    for number, word in enumerate(line.words)
                ),
            )
            for n, line in enumerate(block)
        )
        for b, block in enumerate(blocks)
    )


def without(text: str) -> str:
    """A text without the accents of its Latin letters."""
    return "".join(_parts(c)[0] if c < "\u0250" else c for c in text)


def _lines(blocks: Blocks) -> Iterator[tuple[tuple[int, int], TextLine]]:
    for b, block in enumerate(blocks):
        for n, line in enumerate(block):
            yield (b, n), line


def _accented(word: Word) -> list[int]:
    """The places of a word's Latin letters with an accent."""
    if word.text.isascii() or word.raised:
        return []
    return [place for place, letter in enumerate(word.text) if letter < "\u0250" and len(_parts(letter)) > 1]


def _parts(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)


def _without(word: Word, places: list[int]) -> Word:
    if not places:
        return word
    return replace(word, text="".join(_parts(c)[0] if n in places else c for n, c in enumerate(word.text)))


class _Band:
    """The rows of a line: where its low letters begin and end."""

    def __init__(self, mask: Grey, line: TextLine) -> None:
        self._mask = mask
        tops, bottoms = [], []
        for word in line.words:
            if not word.raised:
                ink = mask[word.box.top : word.box.bottom, word.box.left : word.box.right] > 0
                filled = ink.any(axis=0)
                tops.append(word.box.top + np.argmax(ink, axis=0)[filled])
                bottoms.append(word.box.bottom - np.argmax(ink[::-1], axis=0)[filled])
        self._top = _quantile(tops, 0.45)
        self._bottom = _quantile(bottoms, 0.6)

    def shows(self, word: Word, place: int, exact: bool) -> bool | None:
        """Whether there is ink where the accent of a letter belongs; None where that cannot be told.

        exact: all characters are equally wide, so that it is known where the letter stands.
        """
        letter, marks = _parts(word.text[place])[0], _parts(word.text[place])[1:]
        tall = self._bottom - self._top
        if letter not in LOW or tall < 6:
            return None
        if marks[0] in CEDILLAS:
            rows = slice(round(self._bottom + NEAR * tall), round(self._bottom + FAR / 2 * tall))
        else:
            rows = slice(max(0, round(self._top - FAR * tall)), max(0, round(self._top - NEAR * tall)))
        columns = _columns(word.box, len(word.text), place, 0.0 if exact else 0.7)
        return bool(np.count_nonzero(self._mask[rows, columns]) >= max(3.0, tall * tall / 100))


def _columns(box: Box, letters: int, place: int, spare: float) -> slice:
    """The columns of a letter, and `spare` of its width on either side."""
    wide = box.width / letters
    return slice(max(0, round(box.left + (place - spare) * wide)), round(box.left + (place + 1 + spare) * wide))


def _quantile(rows: list[NDArray[np.int64]], share: float) -> float:
    every = np.concatenate(rows) if rows else np.empty(0)
    return float(np.quantile(every, share)) if every.size else 0.0
