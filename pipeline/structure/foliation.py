"""Printed pages of a text without scans, guessed from its foot notes and its contents page.

Where a text was made from pages, every run of foot notes is the foot of a page; so the pages without notes alone are
unseen, and have run together with the next. The contents page says on which page the headings stand. Both are
weighed over the whole text (dynamic programming over the feet): a foot ends one page, or several where the text
above it is as long as several, or none where it is very short; and a heading should stand on the page that is
printed for it. What comes out is a conjecture and marked so: its certainty is below 0.5.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.structure import numerals

FEWEST = 3
"""Headings with a page number that are needed to begin."""
UNLIKE = 0.8
"""Cost of a page's worth of text more or less than the pages counted, NONE of a foot that ends no page (less under
a short text), and ASTRAY of each page by which a heading misses the number printed for it (at most FARTHEST)."""
NONE = 2.0
ASTRAY = 1.0
FARTHEST = 4
HOPELESS = 40.0
"""How much worse than the best a course may be for a while."""
MOST = 4
"""Pages that may have run together."""
SURE = 0.45
UNSEEN = 0.2
"""Certainty of a page that begins after a foot, and of one that no foot shows."""


@dataclass(frozen=True, slots=True)
class PageStart:
    """A page begins with item `at` of the main text; label: its number, as it must have been printed."""

    at: int
    label: str
    certainty: float


def foliation(feet: Sequence[int], listed: Mapping[int, str], first: int, words: Sequence[int]) -> list[PageStart]:
    """The pages of a text, in order.

    feet: items before which a page ends: behind it stand notes, or a chapter begins. listed: page numbers of the
    contents page, by the item at which their heading begins. first: the item with which the arabic numbers begin.
    words: for every item, the words up to it, notes counted; one more at the end.
    """
    arabic = {at: int(page) for at, page in listed.items() if page.isdigit() and at >= first}
    roman = {at: numerals.from_roman(page) for at, page in listed.items() if not page.isdigit() and at < first}
    if len(arabic) < FEWEST:
        return []
    lengths = [words[b] - words[a] for a, b in pairwise([first, *(foot for foot in feet if foot > first)])]
    usual = max(1.0, median(lengths)) if lengths else 1.0
    starts: list[PageStart] = []
    if roman:
        begin = min(roman)
        before = [foot for foot in feet if begin < foot < first]
        starts += [
            PageStart(at, f"[{numerals.roman(page)}]", certainty)
            for at, page, certainty in _numbered(begin, first, before, roman, words, usual, roman[begin])
        ]
    end = len(words) - 1
    after = [foot for foot in feet if foot > first and foot < end]
    starts += [
        PageStart(at, f"[{page}]", certainty)
        for at, page, certainty in _numbered(first, end, after, arabic, words, usual, 1)
    ]
    return starts


def _numbered(
    begin: int,
    end: int,
    feet: Sequence[int],
    listed: Mapping[int, int],
    words: Sequence[int],
    usual: float,
    number: int,
) -> list[tuple[int, int, float]]:
    """The pages between two items: where each starts, its number, its certainty. number: of the first."""
    borders = [begin, *feet, end]
    counts = _counts(borders, listed, words, usual, number)
    found = [(begin, number, SURE)]
    page = number
    for (start, stop), count in zip(pairwise(borders), counts, strict=False):
        for part in range(1, count):
            target = words[start] + (words[stop] - words[start]) * part // count
            found.append((bisect_right(words, target, start, stop), page + part, UNSEEN))
        page += count
        if count:
            found.append((stop, page, SURE))
    return found


def _counts(
    borders: Sequence[int], listed: Mapping[int, int], words: Sequence[int], usual: float, number: int
) -> list[int]:
    """For every foot, how many pages end with it: the cheapest course."""
    states: dict[int, float] = {number: 0.0}
    trail: list[dict[int, int]] = []
    items = sorted(listed)
    for start, stop in list(pairwise(borders))[:-1]:
        headings = [at for at in items if start <= at < stop]
        length = (words[stop] - words[start]) / usual
        reached: dict[int, tuple[float, int]] = {}
        for page, cost in states.items():
            for count in range(MOST + 1):
                total = cost + min(3.0, UNLIKE * abs(count - length)) + (0.0 if count else NONE * min(1.0, 2 * length))
                for at in headings:
                    share = (words[at] - words[start]) / max(1, words[stop] - words[start])
                    here = page + int(share * max(1, count))
                    total += ASTRAY * min(FARTHEST, abs(here - listed[at]))
                if total < reached.get(page + count, (float("inf"), 0))[0]:
                    reached[page + count] = (total, count)
        best = min(cost for cost, _ in reached.values())
        kept = {page: pair for page, pair in reached.items() if pair[0] < best + HOPELESS}
        trail.append({page: count for page, (_, count) in kept.items()})
        states = {page: cost for page, (cost, _) in kept.items()}
    page = min(states, key=lambda each: (states[each], each))
    counts: list[int] = []
    for step in reversed(trail):
        counts.append(step[page])
        page -= step[page]
    return counts[::-1]
