"""Alignment of two sequences of tokens over a whole document, in linear time.

Anchors part the sequences (see `anchors`): first grams of three words, then, where these leave a long gap, of two words
and of letters. Gaps are short enough for RapidFuzz's edit operations, and where these find only replacements, a
weighted alignment (Needleman and Wunsch 1970) pairs words by the likeness of their letters and lets one word of a
witness meet several of the other, which it runs together. A gap that no anchor parts and that is long on both sides is
two different texts.

Everything here works on keys: what of a token counts when it is compared (see `key`).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from pipeline.collation.anchors import LIKE, Pair, anchors, letter_anchors, likeness

GRAM = 3
"""Tokens in the n-gram of an anchor over the whole text."""
JOINED = 0.85
"""Likeness from which tokens of one sequence may together be one of the other."""
MOST = 4
"""Tokens that may be one."""
LONGEST_KEY = 200
"""Letters of a token that are compared; beyond them only their number counts."""
LONG_GAP = 60
"""Tokens between two anchors from which finer anchors are looked for."""
LETTERS = (10, 7)
"""Letters in the n-grams by which a gap is parted where no words are left whole."""
LONGEST_GAP = 2000
"""Tokens on both sides from which a gap without any anchor holds two different texts."""
PASSAGE = 12
"""Tokens on both sides from which it can be told that they are different texts."""
RELATED = 0.42
"""Similarity of all letters (0..1) below which they are."""
SMALL = 2500
"""Pairs of tokens that are compared one by one; a larger region is first parted by its letters."""

_SHAPES = str.maketrans("авгезикмнопрстухья", "abre3ukmhonpctyxbr")
_OUTSIDE = re.compile(r"[^\w]+", re.UNICODE)


class Link(NamedTuple):
    """Tokens [a, a_end) of one sequence are the same words as [b, b_end) of the other.

    Where both have as many, each meets its own; else they meet together.
    """

    a: int
    a_end: int
    b: int
    b_end: int
    moved: bool = False


def key(text: str) -> str:
    """What of a token is compared: its letters and digits, without accents and case; else its signs.

    Cyrillic letters are compared by the Latin ones that a recogniser takes them for.
    """
    if text.isascii():
        if text.isalnum() and len(text) <= LONGEST_KEY:
            return text.lower()
        bare = text.lower()
    else:
        bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    letters = (_OUTSIDE.sub("", bare).replace("_", "") or bare).translate(_SHAPES)
    return letters if len(letters) <= LONGEST_KEY else f"{letters[:LONGEST_KEY]}{len(letters)}"


def keys(texts: Iterable[str]) -> list[str]:
    """The key of each text; every different text is worked out once."""
    every = list(texts)
    known = {text: key(text) for text in dict.fromkeys(every)}
    return [known[text] for text in every]


def align(a: Sequence[str], b: Sequence[str]) -> list[Link]:
    """Return the links between two sequences of keys, rising in both; the same ones whichever comes first.

    Tokens in no link stand in one sequence only. Takes time linear in the length of the sequences as long as they
    share something now and then, or nothing at all.
    """
    if (len(b), b) < (len(a), a):
        return turned(align(b, a))
    links: list[Link] = []
    _part(a, b, (0, len(a), 0, len(b)), anchors(a, b, GRAM), 0, links)
    return links


def turned(links: Iterable[Link]) -> list[Link]:
    """The same links with the two sequences in each other's place."""
    return [Link(b, b_end, a, a_end, moved) for a, a_end, b, b_end, moved in links]


Region = tuple[int, int, int, int]
"""Tokens [a0, a1) of one sequence beside [b0, b1) of the other."""


def between(a: Sequence[str], b: Sequence[str], region: Region) -> list[Link]:
    """The links within a region alone."""
    links: list[Link] = []
    _gap(a, b, region, 0, links)
    return links


def _part(
    a: Sequence[str], b: Sequence[str], region: Region, chain: Sequence[Pair], depth: int, out: list[Link]
) -> None:
    """Link the pairs of a chain (counted from the region's start) and what lies between them."""
    a0, a1, b0, b1 = region
    first, second = a0, b0
    here, there = a0, b0
    for i, j in chain:
        i, j = i + a0, j + b0  # noqa: PLW2901
        if i != here or j != there:
            if first < here:
                out.append(Link(first, here, second, there))
            if here < i and there < j:
                _gap(a, b, (here, i, there, j), depth, out)
            first, second = i, j
        here, there = i + 1, j + 1
    if first < here:
        out.append(Link(first, here, second, there))
    if here < a1 and there < b1:
        _gap(a, b, (here, a1, there, b1), depth, out)


def _gap(a: Sequence[str], b: Sequence[str], region: Region, depth: int, out: list[Link]) -> None:
    """Link what lies between two anchors. depth: how many kinds of finer anchors were tried already."""
    a0, a1, b0, b1 = region
    size = min(a1 - a0, b1 - b0)
    start = end = 0
    while start < size and a[a0 + start] == b[b0 + start]:
        start += 1
    while end < size - start and a[a1 - 1 - end] == b[b1 - 1 - end]:
        end += 1
    if start:
        out.append(Link(a0, a0 + start, b0, b0 + start))
    if start + end < size:
        _differing(a, b, (a0 + start, a1 - end, b0 + start, b1 - end), depth, out)
    if end:
        out.append(Link(a1 - end, a1, b1 - end, b1))


def _differing(a: Sequence[str], b: Sequence[str], region: Region, depth: int, out: list[Link]) -> None:
    a0, a1, b0, b1 = region
    if a1 - a0 == b1 - b0 == 1:
        if likeness(a[a0], b[b0]) >= LIKE:
            out.append(Link(a0, a1, b0, b1))
    elif _unrelated(a, b, region):
        return
    elif min(a1 - a0, b1 - b0) > 3 and max(a1 - a0, b1 - b0) > LONG_GAP and depth <= len(LETTERS):
        one, other = a[a0:a1], b[b0:b1]
        chain = letter_anchors(one, other, LETTERS[depth - 1]) if depth else anchors(one, other, GRAM - 1)
        _part(a, b, region, chain, depth + 1, out)
    elif min(a1 - a0, b1 - b0) <= LONGEST_GAP:
        for same, i0, i1, j0, j1 in _regions(a[a0:a1], b[b0:b1]):
            if same:
                out.append(Link(a0 + i0, a0 + i1, b0 + j0, b0 + j1))
            elif i0 < i1 and j0 < j1:
                out.extend(by_likeness(a, b, a0 + i0, a0 + i1, b0 + j0, b0 + j1))


def _unrelated(a: Sequence[str], b: Sequence[str], region: Region) -> bool:
    """Whether two passages of about one length are different texts: English shares a third of its letters with any."""
    a0, a1, b0, b1 = region
    if not PASSAGE <= min(a1 - a0, b1 - b0) <= max(a1 - a0, b1 - b0) <= LONGEST_GAP:
        return False
    one, other = "".join(a[a0:a1]), "".join(b[b0:b1])
    return max(len(one), len(other)) < 2 * min(len(one), len(other)) and (
        Levenshtein.normalized_similarity(one, other) < RELATED
    )


def _regions(a: Sequence[str], b: Sequence[str]) -> list[tuple[bool, int, int, int, int]]:
    """Stretches that agree and stretches that do not; a lone agreement between two differences counts as chance."""
    if len(a) == 1 or len(b) == 1:  # nothing could be more than chance
        return [(False, 0, len(a), 0, len(b))]
    regions: list[tuple[bool, int, int, int, int]] = []
    for op in Levenshtein.opcodes(a, b):
        same = op.tag == "equal"
        if same and op.src_end - op.src_start < 2:
            same = False
        if not same and regions and not regions[-1][0]:
            _, i0, _, j0, _ = regions.pop()
            regions.append((False, i0, op.src_end, j0, op.dest_end))
        else:
            regions.append((same, op.src_start, op.src_end, op.dest_start, op.dest_end))
    return regions


def by_likeness(a: Sequence[str], b: Sequence[str], a0: int, a1: int, b0: int, b1: int) -> list[Link]:
    """Pair tokens by the likeness of their letters; one may meet several."""
    if (a1 - a0) * (b1 - b0) <= SMALL:
        return _by_pairs(a, b, a0, a1, b0, b1)
    if min(a1 - a0, b1 - b0) > LONGEST_GAP:
        return []
    links: list[Link] = []
    here, there = a0, b0
    for i, j in [*_by_letters(a[a0:a1], b[b0:b1]), (a1 - a0, b1 - b0)]:
        i, j = i + a0, j + b0  # noqa: PLW2901
        if 0 < (i - here) * (j - there) <= SMALL:
            links.extend(_by_pairs(a, b, here, i, there, j))
        if i < a1:
            links.append(Link(i, i + 1, j, j + 1))
        here, there = i + 1, j + 1
    return links


def _by_letters(a: Sequence[str], b: Sequence[str]) -> list[Pair]:
    """Tokens that share most of their letters in the alignment of all letters of both sequences."""
    of_a = [index for index, word in enumerate(a) for _ in word]
    of_b = [index for index, word in enumerate(b) for _ in word]
    shared: Counter[Pair] = Counter()
    for op in Levenshtein.opcodes("".join(a), "".join(b)):
        if op.tag == "equal":
            shared.update(
                zip(of_a[op.src_start : op.src_end], of_b[op.dest_start : op.dest_end], strict=True),
            )
    pairs: list[Pair] = []
    for (i, j), letters in sorted(shared.items()):
        if (not pairs or (pairs[-1][0] < i and pairs[-1][1] < j)) and letters > max(len(a[i]), len(b[j])) * LIKE:
            pairs.append((i, j))
    return pairs


def _by_pairs(a: Sequence[str], b: Sequence[str], a0: int, a1: int, b0: int, b1: int) -> list[Link]:
    rows, columns = a1 - a0, b1 - b0
    gap = 0.5
    best = [[gap * j for j in range(columns + 1)]]
    step: list[list[tuple[int, int]]] = [[(0, 1)] * (columns + 1)]
    for i in range(1, rows + 1):
        row, ways = [gap * i], [(1, 0)]
        for j in range(1, columns + 1):
            cost, way = best[i - 1][j] + gap, (1, 0)
            if row[j - 1] + gap < cost:
                cost, way = row[j - 1] + gap, (0, 1)
            one, other = a[a0 + i - 1], b[b0 + j - 1]
            if (
                (base := best[i - 1][j - 1]) < cost
                and (like := likeness(one, other)) >= LIKE
                and base + 1 - like < cost
            ):
                cost, way = base + 1 - like, (1, 1)
            for count in _counts(a, a0, a0 + i, len(other)):
                if (base := best[i - count][j - 1]) < cost:
                    like = likeness("".join(a[a0 + i - count : a0 + i]), other)
                    if like >= JOINED and base + 1 - like < cost:
                        cost, way = base + 1 - like, (count, 1)
            for count in _counts(b, b0, b0 + j, len(one)):
                if (base := best[i - 1][j - count]) < cost:
                    like = likeness(one, "".join(b[b0 + j - count : b0 + j]))
                    if like >= JOINED and base + 1 - like < cost:
                        cost, way = base + 1 - like, (1, count)
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


def _join(one: str, other: str) -> bool:
    """Whether two keys can be parts of one word: both letters, or both digits."""
    return one.isdigit() == other.isdigit() and one.isalnum() == other.isalnum()


def _counts(words: Sequence[str], start: int, end: int, letters: int) -> Iterator[int]:
    """How many words before `end`, two or more, may together be a word of so many letters: figures go with figures."""
    length = len(words[end - 1])
    for count in range(2, min(MOST, end - start) + 1):
        word = words[end - count]
        length += len(word)
        if length > letters / JOINED or not _join(word, words[end - 1]):
            return
        if length >= letters * JOINED:
            yield count
