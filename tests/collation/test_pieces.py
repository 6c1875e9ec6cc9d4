"""Words of which a recogniser saw only pieces."""

import pytest

from pipeline.collation import columns
from pipeline.collation.pieces import in_pieces
from pipeline.model import Block, Box, Token, Witness


@pytest.mark.parametrize(
    ("seen", "whole", "before", "after", "expected"),
    [
        ("aror", "harbour", ("", ""), ("", ""), True),
        ("er", "", ("cha", "chapter"), ("", ""), True),
        ("er", "", ("chart", "chart"), ("", ""), False),
        ("ta", "", ("", ""), ("bles", "tables"), True),
        ("tug", "harbour", ("", ""), ("", ""), False),
        ("e", "thewholefleetlayinthestream", ("", ""), ("", ""), False),
        ("", "harbour", ("", ""), ("", ""), False),
    ],
)
def test_pieces_stand_in_the_whole_in_their_order(
    seen: str, whole: str, before: tuple[str, str], after: tuple[str, str], expected: bool
) -> None:
    assert in_pieces(seen, whole, before, after) is expected


def scanned(words: list[tuple[str, int]]) -> Witness:
    """A typed line: words with the column at which they begin."""
    tokens = [
        Token(text, line="p0001.l1", page="p0001", confidence=0.93, box=Box(20 * at, 0, 20 * (at + len(text)), 30))
        for text, at in words
    ]
    return Witness("scan", "scan", "", (Block("body", tuple(tokens)),))


def test_a_broken_word_stands_whole_and_once() -> None:
    line = [("the", 0), ("tug", 4), ("lay", 8), ("near", 12), ("chth", 19), ("yar", 25), ("that", 29), ("winter", 34)]
    text = ["the", "tug", "lay", "near", "Schotholmyard", "that", "winter"]
    existing = Witness("existing", "text", "", (Block("body", tuple(Token(word) for word in text)),))
    made = columns([scanned(line), existing], ["en"])
    assert " ".join(column.text for column in made if column.text) == " ".join(text)
