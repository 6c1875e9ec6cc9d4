"""Verse in a text without pages."""

import pytest

from pipeline.model import Token, ZoneKind
from pipeline.structure.stream import Item, Piece
from pipeline.structure.verse import verse

POEM = ("The tide comes in without a pass,", "the herring has no name,", "and he that sleeps on grass", "shall wake,")
PROSE = (
    "When the ice went out the men came back to the quay and ask-",
    "ed for the wages of a whole winter, which the harbour master",
    "would not pay, for he had been told by the council that none",
    "of them had worked.",
)


def piece(*lines: str, kind: ZoneKind = "body", certainty: float = 1.0) -> Piece:
    items = [
        Item(0, word, (Token(word, line=f"L{at}"),), (), False, 1.0)
        for at, line in enumerate(lines)
        for word in line.split()
    ]
    return Piece(kind, tuple(items), False, None, "text", certainty)


def kinds(pieces: list[Piece]) -> list[str]:
    return [each.kind for each in verse(pieces)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (POEM, "verse"),
        ((" / ".join(POEM),), "verse"),
        (PROSE, "body"),
        (
            ("He says / she says / they say that all of this was never anything but a very long day on the quay",),
            "body",
        ),
        (("1) the barges,", "2) the long winter and the ice,", "3) ink,"), "body"),
        (POEM[:2], "body"),
    ],
)
def test_a_paragraph_of_short_ragged_lines_is_verse(lines: tuple[str, ...], expected: str) -> None:
    assert kinds([piece(*lines)]) == [expected]


def test_lines_that_have_become_paragraphs_are_one_stanza() -> None:
    lines = [piece(line) for line in (*POEM, "and nobody shall ask.")]
    lines[1] = piece(POEM[1], kind="footnote", certainty=0.6)
    made = verse([piece(*PROSE), *lines, piece(*PROSE)])
    assert [each.kind for each in made] == ["body", *["verse"] * 5, "body"]
    assert [each.continues for each in made[1:6]] == [False, True, True, True, True]


def test_short_answers_are_no_verse() -> None:
    answers = ["Were you there?", "I was.", "With whom?", "With nobody.", "Who saw you?", "The ice."]
    assert kinds([piece(each) for each in answers]) == ["body"] * 6


def test_sure_notes_stay_notes() -> None:
    notes = [piece(line, kind="footnote") for line in (*POEM, "Ibid., p. 4,")]
    assert kinds(notes) == ["footnote"] * 5
