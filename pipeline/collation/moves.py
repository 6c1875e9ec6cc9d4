"""Moved and doubled passages: tokens that the rising alignment had to leave over.

A half-line that stands before its neighbour in one witness and behind it in the other leaves the same words
unlinked on both sides, near each other; a passage that was displaced leaves them further apart, but then it is
long. Both are linked here, as moved. (The block moves of Tichy, "The string-to-string correction problem with
block moves", ACM TOCS 1984, found greedily, longest first.)
"""

from bisect import bisect_right
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from pipeline.collation.align import Link, between, by_likeness, turned
from pipeline.collation.anchors import likeness

NEAR = 40
"""Tokens within which a single word may have moved: some three typed lines."""
SCRAMBLED = 24
"""Words left over near each other, some two lines, among which a word may have moved alone; of more it says nothing."""
SURE = 0.75
"""Likeness from which a single word that is read otherwise may have moved."""
FAR_RUN = 4
"""Tokens in a row that must agree for a move over any distance."""


def moved(a: Sequence[str], b: Sequence[str], links: Sequence[Link]) -> list[Link]:
    """Links between tokens that `links` left over on both sides, marked as moved; the same whichever comes first."""
    if (len(b), b) < (len(a), a):
        return sorted(turned(moved(b, a, turned(links))))
    free_a = _left_over([(x.a, x.a_end) for x in links], len(a))
    free_b = _left_over([(x.b, x.b_end) for x in links], len(b))
    found = _filled(a, b, _far(a, b, free_a, free_b), set(free_a), set(free_b))
    used_a = {i for link in found for i in range(link.a, link.a_end)}
    used_b = {j for link in found for j in range(link.b, link.b_end)}
    near_a = [i for i in free_a if i not in used_a]
    near_b = [j for j in free_b if j not in used_b]
    for group_a, group_b in _groups(near_a, near_b, _positions_on_a(links, near_b)):
        found.extend(_near(a, b, group_a, group_b))
    return sorted(found)


def doubled(b: Sequence[str], start: int, end: int) -> bool:
    """Whether tokens [start, end) of `b`, unlinked, repeat what stands just before or after them."""
    size = end - start
    run = list(b[start:end])
    if size == 1:
        return run[0] in (*b[max(0, start - 1) : start], *b[end : end + 1]) and bool(run[0])
    window = 4 * size + 20
    for neighbours in (b[max(0, start - window) : start], b[end : end + window]):
        match = SequenceMatcher(None, run, list(neighbours), autojunk=False)
        if sum(block.size for block in match.get_matching_blocks()) >= 0.8 * size:
            return True
    return False


def _left_over(taken: Sequence[tuple[int, int]], length: int) -> list[int]:
    """Positions below `length` in none of the rising ranges."""
    free: list[int] = []
    at = 0
    for start, end in [*taken, (length, length)]:
        if at < start:
            free.extend(range(at, start))
        at = end
    return free


def _far(a: Sequence[str], b: Sequence[str], free_a: list[int], free_b: list[int]) -> list[Link]:
    """Runs of at least FAR_RUN left-over tokens that occur on both sides, wherever they stand."""
    set_b = set(free_b)
    starts: dict[tuple[str, ...], list[int]] = {}
    for j in free_b:
        if all(j + k in set_b for k in range(FAR_RUN)):
            starts.setdefault(tuple(b[j : j + FAR_RUN]), []).append(j)
    set_a, used = set(free_a), set[int]()
    found: list[Link] = []
    done = -1
    for i in free_a:
        if i <= done:
            continue
        candidates = starts.get(tuple(a[i : i + FAR_RUN]), []) if i + FAR_RUN - 1 in set_a else []
        for j in candidates:
            length = 0
            while (
                i + length in set_a
                and j + length in set_b
                and j + length not in used
                and (a[i + length] == b[j + length])
            ):
                length += 1
            if length >= FAR_RUN:
                found.append(Link(i, i + length, j, j + length, moved=True))
                used.update(range(j, j + length))
                done = i + length - 1
                break
    return found


def _filled(a: Sequence[str], b: Sequence[str], far: list[Link], free_a: set[int], free_b: set[int]) -> list[Link]:
    """A moved passage is one: what lies between two of its runs moved with them, read otherwise."""
    found = list(far)
    for one, other in pairwise(sorted(far)):
        gap_a, gap_b = range(one.a_end, other.a), range(one.b_end, other.b)
        if 0 < len(gap_a) < NEAR and 0 < len(gap_b) < NEAR and free_a.issuperset(gap_a) and free_b.issuperset(gap_b):
            found.extend(link._replace(moved=True) for link in between(a, b, (one.a_end, other.a, one.b_end, other.b)))
    return found


def _positions_on_a(links: Sequence[Link], free_b: list[int]) -> dict[int, int]:
    """For left-over tokens of b, where on a they would stand if nothing had moved."""
    positions: dict[int, int] = {}
    ends = [link.b_end for link in links]
    for j in free_b:
        before = bisect_right(ends, j)
        positions[j] = links[before - 1].a_end if before else 0
    return positions


def _groups(free_a: list[int], free_b: list[int], on_a: dict[int, int]) -> list[tuple[list[int], list[int]]]:
    """Left-over tokens of both sides that stand near each other."""
    marks = sorted([(i, 0, i) for i in free_a] + [(on_a[j], 1, j) for j in free_b])
    groups: list[tuple[list[int], list[int]]] = []
    last: int | None = None
    for position, side, index in marks:
        if last is None or position - last > NEAR // 2:
            groups.append(([], []))
        groups[-1][side].append(index)
        last = position
    return [group for group in groups if group[0] and group[1] and len(group[0]) * len(group[1]) < 250_000]


def _near(a: Sequence[str], b: Sequence[str], group_a: list[int], group_b: list[int]) -> list[Link]:
    """Longest common runs first; then words that are alike."""
    keys_a, keys_b = [a[i] for i in group_a], [b[j] for j in group_b]
    found: list[Link] = []
    scrambled = max(len(group_a), len(group_b)) <= SCRAMBLED
    while True:
        match = SequenceMatcher(None, keys_a, keys_b, autojunk=False).find_longest_match()
        if match.size < (1 if scrambled else 2):
            break
        for k in range(match.size):
            i, j = group_a[match.a + k], group_b[match.b + k]
            found.append(Link(i, i + 1, j, j + 1, moved=True))
            keys_a[match.a + k], keys_b[match.b + k] = f"\0a{i}", f"\0b{j}"
    if not scrambled:
        return found
    rest_a = [i for i, word in zip(group_a, keys_a, strict=True) if not word.startswith("\0")]
    rest_b = [j for j, word in zip(group_b, keys_b, strict=True) if not word.startswith("\0")]
    for link in by_likeness([a[i] for i in rest_a], [b[j] for j in rest_b], 0, len(rest_a), 0, len(rest_b)):
        i, j = rest_a[link.a], rest_b[link.b]
        if link.a_end - link.a == link.b_end - link.b == 1 and likeness(a[i], b[j]) >= SURE:
            found.append(Link(i, i + 1, j, j + 1, moved=True))
    return found
