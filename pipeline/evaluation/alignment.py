"""Alignment of two long texts, character by character, in time that grows with their length.

Where the product of the lengths is small the alignment is exact. Longer texts are cut at anchors first: word n-grams
that occur once in each text, the longest chain of them that rises in both (Yalniz and Manmatha, "A fast alignment
scheme for automatic OCR evaluation of books", ICDAR 2011); between two anchors the stretches are aligned exactly, with
shorter n-grams as anchors where they are still long; very long stretches without any anchor count as wholly different.
Distances so found are an upper bound, in practice the exact ones.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

EXACT = 400_000_000
"""Stretches are aligned exactly up to this product of their lengths in characters (about two of 20,000)."""

_GRAMS = (8, 4, 2)
_STRETCH = 2_000_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters [a0, a1) of one text correspond to [b0, b1) of the other."""

    a0: int
    a1: int
    b0: int
    b1: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """distance: insertions, deletions and substitutions between the characters of the texts; words: between words."""

    distance: int
    words: int
    stretches: tuple[Stretch, ...]

    def place(self, offset: int) -> int:
        """The offset in the first text that corresponds to an offset of the second."""
        if not self.stretches:
            return 0
        at = bisect_right(self.stretches, offset, key=lambda stretch: stretch.b0) - 1
        stretch = self.stretches[max(at, 0)]
        into, size = offset - stretch.b0, stretch.b1 - stretch.b0
        if into >= size:
            return stretch.a1
        return stretch.a0 + into * (stretch.a1 - stretch.a0) // size


def align(a: str, b: str) -> Alignment:
    """Align text `b` with text `a`."""
    distance = words = 0
    stretches: list[Stretch] = []
    for part in _parts(a, b, _Words(a), _Words(b)):
        left, right = a[part.a0 : part.a1], b[part.b0 : part.b1]
        if len(left) * len(right) > EXACT:  # nothing in common that could cut it: one text in place of another
            distance += max(len(left), len(right))
            words += max(len(left.split()), len(right.split()))
            stretches.append(part)
            continue
        words += Levenshtein.distance(left.split(), right.split())
        for op in Levenshtein.opcodes(right, left):
            if op.tag != "equal":
                distance += max(op.src_end - op.src_start, op.dest_end - op.dest_start)
            stretches.append(
                Stretch(part.a0 + op.dest_start, part.a0 + op.dest_end, part.b0 + op.src_start, part.b0 + op.src_end)
            )
    return Alignment(distance, words, tuple(stretches))


class _Words:
    """The words of a text and where each begins; the last entry of `starts` is the text's end."""

    def __init__(self, text: str) -> None:
        found = list(re.finditer(r"\S+", text))
        self.words = [match.group() for match in found]
        self.starts = [*(match.start() for match in found), len(text)]

    def between(self, start: int, end: int) -> range:
        """The words that begin in characters [start, end)."""
        return range(
            bisect_left(self.starts, start, hi=len(self.words)), bisect_left(self.starts, end, hi=len(self.words))
        )


def _parts(a: str, b: str, words_a: _Words, words_b: _Words) -> list[Stretch]:
    """Both texts cut into corresponding parts that are short enough to be aligned exactly."""
    parts = [Stretch(0, len(a), 0, len(b))]
    if len(a) * len(b) <= EXACT:
        return parts
    for gram in _GRAMS:
        parts = [cut for part in parts for cut in _cut(part, gram, words_a, words_b)]
    return parts


def _cut(part: Stretch, gram: int, words_a: _Words, words_b: _Words) -> list[Stretch]:
    if (part.a1 - part.a0) * (part.b1 - part.b0) <= _STRETCH:
        return [part]
    here_a, here_b = words_a.between(part.a0, part.a1), words_b.between(part.b0, part.b1)
    unique_a, unique_b = _unique(words_a.words, here_a, gram), _unique(words_b.words, here_b, gram)
    chain = _rising([(at, unique_b[key]) for key, at in unique_a.items() if key in unique_b])
    points = [(words_a.starts[i], words_b.starts[j]) for i, j in chain]
    cuts = [(part.a0, part.b0), *points, (part.a1, part.b1)]
    return [Stretch(a0, a1, b0, b1) for (a0, b0), (a1, b1) in pairwise(cuts) if a1 > a0 or b1 > b0]


def _unique(words: Sequence[str], where: range, gram: int) -> dict[tuple[str, ...], int]:
    """The word n-grams that begin once within `where`, in order, and where."""
    seen: dict[tuple[str, ...], int] = {}
    for at in range(where.start, max(where.start, where.stop - gram + 1)):
        key = tuple(words[at : at + gram])
        seen[key] = -1 if key in seen else at
    return {key: at for key, at in seen.items() if at >= 0}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of pairs that rises in both; the pairs are given in order of their first number."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, b) in enumerate(pairs):
        at = bisect_left(tails, b)
        tails[at : at + 1] = [b]
        ends[at : at + 1] = [index]
        before.append(ends[at - 1] if at else -1)
    chain: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]
