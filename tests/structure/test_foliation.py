"""Printed pages guessed from foot notes and the contents page."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.structure.foliation import foliation


def book(pages: int, seed: int, silent: float) -> tuple[list[int], list[int], list[int]]:
    """Where pages begin, where feet are seen, and the words up to every item, for pages of about 300 words."""
    rng = random.Random(seed)
    begins = [0]
    for _ in range(pages):
        begins.append(begins[-1] + rng.randint(270, 330))
    feet = [at for at in begins[1:-1] if rng.random() >= silent]
    return begins, feet, list(range(begins[-1] + 1))


def test_every_foot_ends_a_page() -> None:
    begins, feet, words = book(12, 1, 0.0)
    found = foliation(feet, {begins[0]: "1", begins[4]: "5", begins[9]: "10"}, 0, words)
    assert [(page.at, page.label) for page in found] == [(at, f"[{n}]") for n, at in enumerate(begins[:-1], 1)]
    assert all(page.certainty < 0.5 for page in found)


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_pages_without_notes_are_counted(seed: int) -> None:
    begins, feet, words = book(60, seed, 0.15)
    listed = {begins[page - 1] + 40: str(page) for page in range(2, 60, 5)}
    found = foliation(feet, listed, 0, words)
    numbers = {page.at: int(page.label.strip("[]")) for page in found}
    near = [abs(numbers[at] - begins.index(at) - 1) <= 1 for at in feet]
    assert sum(near) >= 0.95 * len(near)


def test_one_wrong_number_on_the_contents_page_is_overruled() -> None:
    begins, feet, words = book(20, 3, 0.0)
    listed = {begins[1]: "2", begins[5]: "6", begins[9]: "1910", begins[12]: "13", begins[16]: "17"}
    assert [page.label for page in foliation(feet, listed, 0, words)] == [f"[{n}]" for n in range(1, 21)]


def test_roman_numbers_come_before_the_arabic_ones() -> None:
    begins, feet, words = book(8, 5, 0.0)
    listed = {begins[0]: "ix", begins[3]: "1", begins[5]: "3", begins[6]: "4"}
    labels = [page.label for page in foliation(feet, listed, begins[3], words)]
    assert labels == ["[ix]", "[x]", "[xi]", "[1]", "[2]", "[3]", "[4]", "[5]"]


def test_without_a_contents_page_nothing_is_guessed() -> None:
    begins, feet, words = book(8, 5, 0.0)
    assert foliation(feet, {begins[0]: "1"}, 0, words) == []
