"""The nesting of overlapping ranges: its text never changes, and every range is covered by its parts."""

import random
import time
from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from pipeline.encoding.nesting import Node, Point, Range, Text, nest

Tree = list[Node | Text | Point]


def show(text: str, tree: Tree, names: str = "abcdefghij") -> str:
    out = []
    for child in tree:
        if isinstance(child, Text):
            out.append(text[child.start : child.end])
        elif isinstance(child, Point):
            out.append("|")
        else:
            out.append(f"<{names[child.key]}>{show(text, child.children, names)}</{names[child.key]}>")
    return "".join(out)


def plain(text: str, tree: Tree) -> str:
    return "".join(
        text[c.start : c.end] if isinstance(c, Text) else plain(text, c.children) if isinstance(c, Node) else ""
        for c in tree
    )


def flat(tree: Tree) -> list[Node | Point]:
    out: list[Node | Point] = []
    for child in tree:
        if not isinstance(child, Text):
            out.append(child)
        if isinstance(child, Node):
            out.extend(flat(child.children))
    return out


def build(text: str, *ranges: tuple[int, int, int], points: tuple[int, ...] = ()) -> str:
    listed = [Range(start, end, rank, key, rank) for key, (start, end, rank) in enumerate(ranges)]
    return show(text, nest(0, len(text), listed, [Point(offset, 0) for offset in points]))


def test_a_range_that_holds_another_is_outside_whatever_their_ranks() -> None:
    assert build("one two three", (4, 7, 0), (0, 13, 9)) == "<b>one <a>two</a> three</b>"


def test_of_equal_extents_the_lower_rank_is_outside() -> None:
    assert build("Memoirs", (0, 7, 4), (0, 7, 3)) == "<b><a>Memoirs</a></b>"


def test_where_two_cross_the_weaker_is_split() -> None:
    assert build("0123456789", (0, 6, 0), (4, 10, 1)) == "<a>0123<b>45</b></a><b>6789</b>"
    assert build("0123456789", (0, 6, 1), (4, 10, 0)) == "<a>0123</a><b><a>45</a>6789</b>"


def test_of_equal_weakness_the_shorter_is_split() -> None:
    assert build("0123456789", (0, 3, 1), (2, 10, 1)) == "<a>01</a><b><a>2</a>3456789</b>"


def test_a_range_crossed_by_two_stronger_ones_has_three_parts() -> None:
    assert build("0123456789", (2, 8, 5), (0, 4, 0), (6, 10, 0)) == "<b>01<a>23</a></b><a>45</a><c><a>67</a>89</c>"


def test_points_stand_after_what_ends_and_before_what_starts() -> None:
    assert build("one two", (0, 3, 0), (3, 7, 0), points=(3,)) == "<a>one</a>|<b> two</b>"
    assert build("one two", (0, 7, 0), points=(0, 4, 7)) == "|<a>one |two</a>|"


def test_what_lies_outside_is_clipped_or_left_out() -> None:
    tree = nest(2, 5, [Range(0, 3, 0, 0), Range(6, 9, 0, 1), Range(4, 4, 0, 2)], [Point(9, 0)])
    assert show("0123456789", tree) == "<a>2</a>34|"


ranges_of = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(0, 3)), max_size=12)


@given(ranges_of, st.lists(st.integers(0, 20), max_size=8))
def test_text_points_and_extents_are_kept(drawn: list[tuple[int, int, int]], offsets: list[int]) -> None:
    text = "abcdefghijklmnopqrst"
    ranges = [Range(min(a, b), max(a, b), 3 - rank, key, rank) for key, (a, b, rank) in enumerate(drawn)]
    tree = nest(0, len(text), ranges, [Point(offset, key) for key, offset in enumerate(offsets)])

    assert plain(text, tree) == text
    found = flat(tree)
    points = [child for child in found if isinstance(child, Point)]
    assert sorted(point.key for point in points) == list(range(len(offsets)))
    covered = defaultdict(list)
    for node in found:
        if isinstance(node, Node):
            assert plain(text, node.children) == text[node.start : node.end] != ""
            covered[node.key].append((node.start, node.end))
    for each in ranges:
        parts = covered[each.key]
        assert "".join(text[a:b] for a, b in parts) == text[each.start : each.end]
        assert parts == sorted(parts)


@given(ranges_of)
def test_what_crosses_nothing_is_never_split(drawn: list[tuple[int, int, int]]) -> None:
    ranges = [Range(min(a, b), max(a, b), 3 - rank, key, rank) for key, (a, b, rank) in enumerate(drawn)]
    parts: dict[int, int] = defaultdict(int)
    for node in flat(nest(0, 20, ranges, [])):
        parts[node.key] += 1
    for one in ranges:
        crossed = any(
            (one.start < other.start < one.end < other.end or other.start < one.start < other.end < one.end)
            for other in ranges
        )
        if one.start < one.end and not crossed:
            assert parts[one.key] == 1


@given(ranges_of)
def test_the_strongest_rank_is_split_only_by_its_own(drawn: list[tuple[int, int, int]]) -> None:
    ranges = [Range(min(a, b), max(a, b), 3 - rank, key, rank) for key, (a, b, rank) in enumerate(drawn)]
    ranges.append(Range(5, 15, 0, len(ranges), -1))
    assert sum(1 for node in flat(nest(0, 20, ranges, [])) if node.key == len(ranges) - 1) == 1


def test_a_book_is_nested_in_little_time() -> None:
    draw = random.Random(1)
    size = 900_000
    starts = [draw.randrange(size - 200) for _ in range(6_000)]
    ranges = [
        Range(start, start + draw.randrange(1, 200), draw.randrange(6), key, key % 3)
        for key, start in enumerate(starts)
    ]
    points = [Point(draw.randrange(size), key) for key in range(20_000)]
    begun = time.perf_counter()
    nest(0, size, ranges, points)
    assert time.perf_counter() - begun < 3
