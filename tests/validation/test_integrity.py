"""What the edition is counted against."""

from pipeline.model import Block, Box, Column, Look, Rereading, Token, Witness, Word
from pipeline.validation.integrity import invented

SCAN = Witness(
    "scan", "scan", "", (Block("body", (Token("Tbe", line="l1", page="p1"), Token("quay", line="l1", page="p1"))),)
)
LOOK = Look("Tesseract", "en", "taller", (Word("The", Box(0, 0, 9, 9), 0.9), Word("quay", Box(10, 0, 30, 9), 0.9)))


def column(text: str, witness: str = "scan") -> Column:
    return Column({"scan": (0, 1)}, text, witness, 0.9, "only")


def test_a_reading_of_the_second_look_is_not_invented() -> None:
    assert invented([column("The")], {"scan": SCAN}, [Rereading("p1", "l1", (LOOK,))]) == []


def test_a_reading_that_stands_nowhere_is_told() -> None:
    assert invented([column("The")], {"scan": SCAN}) == ["The"]
    assert invented([column("The")], {"scan": SCAN}, [Rereading("p1", "l2", (LOOK,))]) == ["The"], "another line"
    assert invented([column("ferry")], {"scan": SCAN}, [Rereading("p1", "l1", (LOOK,))]) == ["ferry"]


def test_marks_and_what_an_editor_decided_are_not_invented() -> None:
    assert invented([column("Tbe,"), column("The", "editor")], {"scan": SCAN}) == []
