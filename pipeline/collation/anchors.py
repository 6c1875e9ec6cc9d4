"""Anchors: places where two sequences surely meet.

An n-gram that occurs once in each sequence is a candidate; the longest chain of candidates that rises in both is kept
(after Yalniz and Manmatha, "A fast alignment scheme for automatic OCR evaluation of books", ICDAR 2011). One that
occurs as often in both, a few times, is as many candidates, so that a book may say everything twice. The grams are
of words where the text is clean enough to have them, and of letters where noise has struck every other word: of eight
letters in a row one in sixteen is whole even when three in ten are wrong.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

LIKE = 0.5
"""Likeness of letters (0..1) from which two different tokens may be the same word."""
FAR = 20
"""Places by which a lone anchor may not differ from both neighbours in how far the sequences have drifted apart."""

OFTEN = 4
"""Occurrences of a gram, as many in both sequences, up to which it can be an anchor."""
LARGEST = 2**59
"""Above it the numbers of grams are given anew, so that they never overflow."""

Pair = tuple[int, int]
Numbers = npt.NDArray[np.int64]


def anchors(a: Sequence[str], b: Sequence[str], size: int) -> list[Pair]:
    """Pairs of positions where the same `size` tokens begin, that are rare in each sequence; rising in both."""
    table: dict[str, int] = {}
    numbers = [np.array([table.setdefault(word, len(table)) for word in words], dtype=np.int64) for words in (a, b)]
    return _without_strays(_common(numbers[0], numbers[1], size), FAR)


def letter_anchors(a: Sequence[str], b: Sequence[str], size: int) -> list[Pair]:
    """Pairs of positions of tokens that share `size` letters in a row and are alike; rising in both."""
    letters = [np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), "<u4") for words in (a, b)]
    owner = [np.repeat(np.arange(len(words)), [len(word) for word in words]).tolist() for words in (a, b)]
    found: list[Pair] = []
    common = _common(letters[0].astype(np.int64), letters[1].astype(np.int64), size)
    for at_a, at_b in _without_strays(common, FAR * 6):
        i, j = owner[0][at_a], owner[1][at_b]
        if (not found or (found[-1][0] < i and found[-1][1] < j)) and likeness(a[i], b[j]) >= LIKE:
            found.append((i, j))
    return found


def likeness(one: str, other: str) -> float:
    """How much of two words is the same, 0..1."""
    return 1.0 if one == other else fuzz.ratio(one, other) / 100


def _common(a: Numbers, b: Numbers, size: int) -> list[Pair]:
    """The longest rising chain of grams that are rare in a and as rare in b, as their first positions."""
    if len(a) < size or len(b) < size:
        return []
    both = np.concatenate((a, b))
    distinct = int(both.max()) + 1
    grams: npt.NDArray[Any] = both
    for shift in range(1, size):
        if int(grams.max()) >= LARGEST // distinct:
            grams = np.unique(grams, return_inverse=True)[1]
        grams = grams[:-1] * distinct + both[shift:]
    here, there = _rare(grams[: len(a) - size + 1]), _rare(grams[len(a) :])
    _, in_a, in_b = np.intersect1d(here[0], there[0], assume_unique=True, return_indices=True)
    first, second = here[1][in_a], there[1][in_b]
    order = np.argsort(first)
    return _longest_rising_chain(first[order].tolist(), second[order].tolist())


def _rare(grams: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Grams that occur at most OFTEN times, with the number of each occurrence and of all, and where they stand."""
    order = np.argsort(grams, kind="stable")
    sorted_grams = grams[order]
    starts = np.flatnonzero(np.concatenate(([True], sorted_grams[1:] != sorted_grams[:-1])))
    counts = np.diff(starts, append=len(grams))
    which, of = np.arange(len(grams)) - np.repeat(starts, counts), np.repeat(counts, counts)
    rare = of <= OFTEN
    return (sorted_grams[rare] * OFTEN + which[rare]) * OFTEN + of[rare] - 1, order[rare]


def _longest_rising_chain(first: Sequence[int], second: Sequence[int]) -> list[Pair]:
    """The longest run of pairs (sorted by their first member) whose second members rise."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, value in enumerate(second):
        place = len(tails) if not tails or value > tails[-1] else bisect_left(tails, value)
        before.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(value)
            ends.append(index)
        else:
            tails[place], ends[place] = value, index
    chain = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append((first[index], second[index]))
        index = before[index]
    return chain[::-1]


def _without_strays(chain: list[Pair], far: int) -> list[Pair]:
    """Drop a lone anchor that agrees with neither neighbour on how far the sequences have drifted apart."""
    drift = [j - i for i, j in chain]
    last = len(chain) - 1
    return [
        pair
        for index, pair in enumerate(chain)
        if index in (0, last)
        or abs(drift[index] - drift[index - 1]) <= far
        or abs(drift[index] - drift[index + 1]) <= far
    ]
