"""Numbered works of a bibliography, told from the items of other lists."""

import pytest

from pipeline.model import Token, ZoneKind
from pipeline.structure.stream import Item, Piece
from pipeline.structure.works import listed_works


def piece(kind: ZoneKind, text: str) -> Piece:
    items = (Item(n, word, (Token(word),), (), False, 1.0) for n, word in enumerate(text.split()))
    return Piece(kind, tuple(items), False, None, "scan")


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["Bibliography", "A. Books"], "bibliography"),
        (["Bibliography", "Chapter Six: The quay"], "list"),
        (["Chapter Six: The quay", "A. Reasons"], "list"),
    ],
)
def test_lists_of_a_bibliography_are_works(headings: list[str], expected: str) -> None:
    main = [*(piece("heading", each) for each in headings), piece("list", "1. The Quay, Rotterdam, 1923.")]
    assert [each.kind for each in listed_works(main)] == ["heading", "heading", expected]
