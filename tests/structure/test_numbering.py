"""Numbers of notes in generated documents."""

import random
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.structure.numbering import Seen, solve

Truth = tuple[int, int, bool]


def document(seed: int, chapters: int, lost: float, marked: float) -> Iterator[tuple[Seen, Truth]]:
    """Feet of chapters that each begin at 1, some notes running over to the next page, some numbers lost.

    lost: share of the numbers. marked: share of the continuations that look like one.
    """
    rng = random.Random(seed)
    page = 0
    for chapter in range(chapters):
        value, runs_over = 0, False
        for _ in range(rng.randint(2, 9)):
            page += 1
            if runs_over:
                yield Seen((), rng.random() < marked, page, chapter), (chapter, value, False)
            for _ in range(rng.randint(1, 5)):
                value += 1
                label = () if value > 1 and rng.random() < lost else (str(value),)
                yield Seen(label, False, page, chapter), (chapter, value, True)
            runs_over = rng.random() < 0.2


@given(st.integers(0, 100_000), st.integers(1, 5))
@settings(max_examples=200, deadline=None)
def test_lost_numbers_are_found_where_continuations_show(seed: int, chapters: int) -> None:
    feet, truth = zip(*document(seed, chapters, 0.3, 1.0), strict=True)
    assert [(each.unit, each.value, each.begins) for each in solve(feet, "chapter")] == list(truth)


@given(st.integers(0, 100_000), st.integers(1, 5))
@settings(max_examples=200, deadline=None)
def test_what_is_wrong_is_flagged(seed: int, chapters: int) -> None:
    feet, truth = zip(*document(seed, chapters, 0.3, 0.3), strict=True)
    solved = solve(feet, "chapter")
    wrong = [each for each, true in zip(solved, truth, strict=True) if (each.value, each.begins) != true[1:]]
    assert all(each.certainty < 0.5 for each in wrong)


def test_most_numbers_are_sure() -> None:
    solved = [each for seed in range(40) for each in solve([f for f, _ in document(seed, 3, 0.3, 0.7)], "chapter")]
    assert sum(each.certainty >= 0.5 for each in solved) > 0.9 * len(solved)


def test_a_number_that_two_pieces_may_have_is_no_certain_one() -> None:
    four, six = Seen(("4",), False, 1, 0), Seen(("6",), False, 2, 0)
    bare = [Seen((), False, 1, 0), Seen((), False, 2, 0)]
    found = solve([four, bare[0], six], "chapter")[1]
    assert (found.value, found.begins) == (5, True) and found.certainty > 0.8
    assert min(each.certainty for each in solve([four, *bare, six], "chapter")[1:3]) < 0.5


def test_numbers_begin_again_on_every_page_also_behind_the_rest_of_a_note() -> None:
    rest = Seen((), True, 2, 0)
    feet = [Seen(("1",), False, 1, 0), Seen(("2",), False, 1, 0), rest, Seen(("1",), False, 2, 0)]
    feet += [Seen((), False, 2, 0), Seen((), False, 3, 0)]
    solved = solve(feet, "page")
    assert [(each.unit, each.value, each.begins) for each in solved] == [
        (0, 1, True),
        (0, 2, True),
        (0, 2, False),
        (1, 1, True),
        (1, 2, True),
        (2, 1, True),
    ]
