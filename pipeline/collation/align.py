"""Alignment of two sequences of tokens over a whole document, in linear time.

A token n-gram that occurs once in each sequence is a candidate for an anchor; the longest chain of candidates that
rises in both is kept (after Yalniz and Manmatha, "A fast alignment scheme for automatic OCR evaluation of books",
ICDAR 2011). Between two anchors the sequences are short enough for RapidFuzz's edit operations, and where these
find only replacements, a weighted alignment (Needleman and Wunsch 1970) pairs words by the likeness of their
letters and lets one word of a witness meet two of the other.

Everything here works on keys: what of a token counts when it is compared (see `key`).
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

GRAM = 3
"""Tokens in the n-gram of an anchor; two are tried where three find nothing."""
LIKE = 0.5
"""Likeness of letters (0..1) from which two different tokens may be the same word."""
LONGEST_REGION = 400
"""Tokens of a region that is aligned by likeness; a longer one is another text."""

_OUTSIDE = re.compile(r"[^\w]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Link:
    """Tokens [a, a_end) of one sequence are the same words as [b, b_end) of the other."""

    a: int
    a_end: int
    b: int
    b_end: int
    moved: bool = False


def key(text: str) -> str:
    """What of a token is compared: its letters and digits, without accents and case; else its signs."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return _OUTSIDE.sub("", bare).replace("_", "") or bare


def align(a: Sequence[str], b: Sequence[str]) -> list[Link]:
    """Return the links between two sequences of keys, rising in both.

    Tokens in no link stand in one sequence only. Takes time linear in the length of the sequences as long as they
    share an n-gram now and then.
    """
    links: list[Link] = []
    here, there = 0, 0
    for i, j in [*anchors(a, b), (len(a), len(b))]:
        links.extend(_between(a, b, here, i, there, j))
        if i < len(a):
            links.append(Link(i, i + 1, j, j + 1))
        here, there = i + 1, j + 1
    return links


def anchors(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of positions where the sequences surely meet, rising in both."""
    for size in (GRAM, GRAM - 1):
        once_a, once_b = _unique_grams(a, size), _unique_grams(b, size)
        common = sorted((position, once_b[gram]) for gram, position in once_a.items() if gram in once_b)
        chain = _without_strays(_longest_rising_chain(common))
        if chain or size == GRAM - 1:
            return chain
    return []


def _unique_grams(tokens: Sequence[str], size: int) -> dict[tuple[str, ...], int]:
    grams = list(zip(*(tokens[shift:] for shift in range(size)), strict=False))
    counts = Counter(grams)
    return {gram: position for position, gram in enumerate(grams) if counts[gram] == 1}


def _longest_rising_chain(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence of pairs (sorted by their first member) whose second members rise."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, second) in enumerate(pairs):
        place = bisect_left(tails, second)
        before.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(second)
            ends.append(index)
        else:
            tails[place], ends[place] = second, index
    chain = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _without_strays(chain: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Drop a lone anchor that agrees with neither neighbour on how far the sequences have drifted apart."""
    drift = [j - i for i, j in chain]
    far = 20
    return [
        pair
        for index, pair in enumerate(chain)
        if not (
            0 < index < len(chain) - 1
            and abs(drift[index] - drift[index - 1]) > far
            and abs(drift[index] - drift[index + 1]) > far
        )
    ]


def _between(a: Sequence[str], b: Sequence[str], a0: int, a1: int, b0: int, b1: int) -> list[Link]:
    """Links between two anchors."""
    if a0 >= a1 or b0 >= b1:
        return []
    if a1 - a0 == b1 - b0 and all(a[a0 + k] == b[b0 + k] for k in range(a1 - a0)):
        return [Link(a0 + k, a0 + k + 1, b0 + k, b0 + k + 1) for k in range(a1 - a0)]
    links: list[Link] = []
    for same, i0, i1, j0, j1 in _regions(a[a0:a1], b[b0:b1]):
        if same:
            links.extend(Link(a0 + i0 + k, a0 + i0 + k + 1, b0 + j0 + k, b0 + j0 + k + 1) for k in range(i1 - i0))
        elif i0 < i1 and j0 < j1:
            links.extend(by_likeness(a, b, a0 + i0, a0 + i1, b0 + j0, b0 + j1))
    return links


def _regions(a: Sequence[str], b: Sequence[str]) -> list[tuple[bool, int, int, int, int]]:
    """Stretches that agree and stretches that do not; a lone agreement between two differences counts as chance."""
    regions: list[tuple[bool, int, int, int, int]] = []
    for op in Levenshtein.opcodes(a, b):
        same = op.tag == "equal"
        if same and regions and op.src_end - op.src_start < 2 and op.src_end < len(a) and op.dest_end < len(b):
            same = False
        if not same and regions and not regions[-1][0]:
            _, i0, _, j0, _ = regions.pop()
            regions.append((False, i0, op.src_end, j0, op.dest_end))
        else:
            regions.append((same, op.src_start, op.src_end, op.dest_start, op.dest_end))
    return regions


def by_likeness(a: Sequence[str], b: Sequence[str], a0: int, a1: int, b0: int, b1: int) -> list[Link]:
    """Pair tokens by the likeness of their letters; one may meet two. Quadratic, for short regions."""
    rows, columns = a1 - a0, b1 - b0
    if rows > LONGEST_REGION or columns > LONGEST_REGION:
        return []
    gap = 0.5
    best = [[gap * j for j in range(columns + 1)]]
    step: list[list[tuple[int, int]]] = [[(0, 1)] * (columns + 1)]
    for i in range(1, rows + 1):
        row, ways = [gap * i], [(1, 0)]
        for j in range(1, columns + 1):
            cost, way = min((best[i - 1][j] + gap, (1, 0)), (row[j - 1] + gap, (0, 1)))
            for up, left in ((1, 1), (2, 1), (1, 2)):
                if up > i or left > j:
                    continue
                base = row[j - left] if up == 0 else (best[i - up][j - left])
                if base >= cost:
                    continue
                like = _likeness("".join(a[a0 + i - up : a0 + i]), "".join(b[b0 + j - left : b0 + j]))
                if like >= (LIKE if up == left else 0.85) and base + 1 - like < cost:
                    cost, way = base + 1 - like, (up, left)
            row.append(cost)
            ways.append(way)
        best.append(row)
        step.append(ways)
    links = []
    i, j = rows, columns
    while i and j:
        up, left = step[i][j]
        if up and left:
            links.append(Link(a0 + i - up, a0 + i, b0 + j - left, b0 + j))
        i, j = i - up, j - left
    return links[::-1]


def _likeness(one: str, other: str) -> float:
    return 1.0 if one == other else fuzz.ratio(one, other) / 100
