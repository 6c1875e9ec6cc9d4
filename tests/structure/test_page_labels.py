"""Printed page numbers, as shown and as they must be."""

import pytest

from pipeline.structure.text import page_labels


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (["1", None, "3", None], ["1", "[2]", "3", "[4]"]),
        ([None, "ii", None, None, None, "4", "5"], ["[i]", "ii", "[1]", "[2]", "[3]", "4", "5"]),
        ([None, None, "1", "2"], ["[i]", "[ii]", "1", "2"]),
        (["219", "220", "22", "222"], ["219", "220", "[221]", "222"]),
        ([*[None] * 9, "10", "11"], [*(f"[{n}]" for n in range(1, 10)), "10", "11"]),
        ([None, None], ["[1]", "[2]"]),
        (["73"], ["73"]),
    ],
)
def test_numbers_are_supplied_from_their_neighbours(shown: list[str | None], expected: list[str]) -> None:
    pages = [(f"p{at:04d}", label) for at, label in enumerate(shown, 1)]
    assert list(page_labels(pages).values()) == expected
