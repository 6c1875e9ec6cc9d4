"""A word of which a recogniser saw only pieces, where the print is broken, and another witness has the whole.

The pieces' letters then stand in the whole word in their order, with gaps; so they are no words that the other lost.
"""

from itertools import product

MOST, MORE = 4, 8
"""The whole has at most MOST times the letters of the pieces, and MORE; beyond it anything would be a piece."""

Met = tuple[str, str]
"""What the scan and the other witness read at a place where they meet, as keys; empty where there is none."""


def in_pieces(seen: str, whole: str, before: Met = ("", ""), after: Met = ("", "")) -> bool:
    """Whether the letters that only a scan has are pieces of what only another witness has at the same place.

    seen, whole: their keys. before, after: the places next to it; of a word there the scan may have read a part as a
    word of its own.
    """
    lefts = [("", ""), before] if before[0] != before[1] else [("", "")]
    rights = [("", ""), after] if after[0] != after[1] else [("", "")]
    for (left, left_whole), (right, right_whole) in product(lefts, rights):
        pieces, word = left + seen + right, left_whole + whole + right_whole
        if len(pieces) <= len(word) <= MOST * len(pieces) + MORE and _subsequence(pieces, word):
            return bool(seen)
    return False


def _subsequence(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(letter in rest for letter in part)
