"""Ranges of characters [start, end), and what is asked of them again and again."""

import re
from bisect import bisect_left
from collections.abc import Sequence

Range = tuple[int, int]

_OPENING = re.compile(r"[\"“”„«»‹›]|(?<!\w)['‘‚]|['’](?!\w)")
_CLOSING = "\"“”„«»‹›'’‘"


class Ranges:
    """Ranges of a long text, and quickly those of a part of it."""

    def __init__(self, ranges: Sequence[Range]) -> None:
        self._ranges = sorted(each for each in set(ranges) if each[0] < each[1])
        self._longest = max((end - start for start, end in self._ranges), default=0)

    def within(self, start: int, end: int) -> list[Range]:
        """What of the ranges lies in [start, end), counted from `start`."""
        first = bisect_left(self._ranges, (start - self._longest, 0))
        last = bisect_left(self._ranges, (end, 0))
        cut = ((max(a, start), min(b, end)) for a, b in self._ranges[first:last])
        return [(a - start, b - start) for a, b in cut if a < b]


def meets(one: Range, others: Sequence[Range]) -> bool:
    """Whether `one` has a character in common with any of `others`."""
    return any(one[0] < end and start < one[1] for start, end in others)


def inner(text: str, start: int, end: int) -> Range:
    """The range without white space and quotation marks at its ends."""
    while start < end and (text[start].isspace() or _OPENING.match(text, start)):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _CLOSING):
        end -= 1
    return start, end


def enclosed(text: str, start: int, end: int, quotations: Sequence[Range] = ()) -> bool:
    """Whether marks set the range off: it fills a quotation, a bracket or all of the text."""
    before = text[:start].rstrip(" .¡¿")[-1:]
    after = text[end : end + 6].lstrip(" .,;:?!…")[:1]
    if before in ("", "\n") and after in ("", "\n"):
        return True
    if before and before in "\"'“‘„‚«([" and after and after in "\"'“”’»)]":
        return True
    return any(start - a <= 3 and b - end <= 5 and a <= start and end <= b for a, b in quotations)
