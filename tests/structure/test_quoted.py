"""Block quotations of a text without images."""

import pytest

from pipeline.model import Token
from pipeline.structure.quoted import block_quotations
from pipeline.structure.stream import Item, Piece


def piece(text: str, medium: str = "text", continues: bool = False) -> Piece:
    items = tuple(Item(i, word, (Token(word),), (), False, 1.0) for i, word in enumerate(text.split()))
    return Piece("body", items, continues, None, medium)


def kinds(paragraphs: list[str], medium: str = "text") -> str:
    return "".join(p.kind[0] for p in block_quotations([piece(text, medium) for text in paragraphs]))


LEAD = "In the spring of that year the harbour master wrote to the council as follows:"
PLAIN = "The council did not answer him, and the ice went out on the third of April."


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        ([LEAD, "We have counted the barges twice and there are four too many of them.", PLAIN], "bqb"),
        ([LEAD, '"We have counted the barges twice and there are four too many."', PLAIN], "bqb"),
        ([LEAD, '"We have counted the barges twice and there are', 'four too many of them." 12', PLAIN], "bqqb"),
        ([LEAD, "We have counted the barges twice and there are", "four too many of them.", PLAIN], "bqqb"),
        ([LEAD, '"We have counted the barges twice.', '"There are four too many of them in the ice."', PLAIN], "bqqb"),
        ([LEAD.replace(":", ","), 'We have counted the barges twice and all are in the ice."', PLAIN], "bqb"),
        ([LEAD, "(1) the barges that lie in the ice and cannot be counted", PLAIN], "bbb"),
        ([PLAIN, 'The barges, he said, "lie in the ice" and "cannot be counted."', PLAIN], "bbb"),
        ([PLAIN, PLAIN, PLAIN], "bbb"),
    ],
)
def test_paragraphs_that_are_block_quotations(paragraphs: list[str], expected: str) -> None:
    assert kinds(paragraphs) == expected


def test_scans_are_believed() -> None:
    assert kinds([LEAD, "We have counted the barges twice and there are four too many.", PLAIN], "scan") == "bbb"
