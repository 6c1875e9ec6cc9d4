"""Notes called by letters and signs that are not raised."""

import pytest

from pipeline.model import Token
from pipeline.witness.calls import called


def shown(lines: str, labels: list[str]) -> str:
    """The text after its calls were found: lines parted by a stroke, {references}, +glued."""
    rows = called([[Token(word) for word in line.split()] for line in lines.split("/")], labels)
    return " / ".join(" ".join(_short(token) for token in row) for row in rows)


def _short(token: Token) -> str:
    text = f"{{{token.text}}}" if token.kind == "reference" else token.text
    return f"+{text}" if token.glued else text


@pytest.mark.parametrize(
    ("text", "labels", "expected"),
    [
        ("was cleared X. Then / they were held. XX", ["X", "XX"], "was cleared {X} +. Then / they were held. {XX}"),
        ("a room of 5 ft. x 5 ft. X", ["X"], "a room of 5 ft. x 5 ft. {X}"),
        ("a quiet place xX / and more", ["X"], "a quiet place {xX} / and more"),
        ("was cleared Xe Then", ["X"], "was cleared {X} +e Then"),
        ("the pier + and the quay", ["+"], "the pier {+} and the quay"),
        ("Malcolm X spoke", [], "Malcolm X spoke"),
        ("Malcolm X spoke", ["1"], "Malcolm X spoke"),
        ("two x and x marks", ["XXX"], "two x and x marks"),
    ],
)
def test_a_sign_calls_the_note_of_its_page(text: str, labels: list[str], expected: str) -> None:
    assert shown(text, labels) == expected.replace("  ", " ")


def test_numbers_in_brackets_call_notes_whose_labels_stand_in_brackets() -> None:
    rows = [[Token(word) for word in ("by", "labour", "(3),", "or", "(4)", "points", "(1)", "here")]]
    assert [t.text for t in called(rows, ["3", "1"], bracketed=True)[0] if t.kind == "reference"] == ["3", "1"]
    assert [t.text for t in called(rows, ["3", "1"])[0] if t.kind == "reference"] == []


def test_a_note_is_called_once() -> None:
    assert shown("one X and / another X here", ["X"]) == "one {X} and / another X here"
