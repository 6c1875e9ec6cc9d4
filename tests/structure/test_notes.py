"""Numbers and anchors of notes."""

import pytest

from pipeline.model import Token, TokenKind
from pipeline.structure.anchors import Anchor, anchor
from pipeline.structure.calls import calls
from pipeline.structure.notes import Foot, Note, by_page, is_continuation_mark, number
from pipeline.structure.stream import Item, Piece


def item(column: int, text: str, *, kind: TokenKind = "word", glued: bool = False) -> Item:
    marks = () if kind == "word" else (("scan", text, kind),)
    return Item(column, text, (Token(text, kind, glued),), marks, False, 1.0)


def piece(text: str, continues: bool = False) -> Piece:
    return Piece("footnote", tuple(item(i, word) for i, word in enumerate(text.split())), continues, None, "text")


def foot(label: int | None, after: int, chapter: int = 1, continues: bool = False) -> Foot:
    return Foot(piece("See the ledger.", continues), (str(label),) if label else (), after, chapter)


def test_numbers_begin_again_where_the_settings_say() -> None:
    feet = [foot(value, after) for value, after in ((1, 1), (2, 1), (None, 2), (2, 2), (1, 3))]
    assert [(n.unit, n.number) for n in number(feet, numbering="page")] == [
        (0, "1"),
        (0, "2"),
        (1, "1"),
        (1, "2"),
        (2, "1"),
    ]


def test_numbers_of_every_page_are_told_without_a_setting() -> None:
    assert by_page([foot(value, after) for value, after in ((1, 1), (2, 1), (1, 2), (None, 3), (1, 4), (2, 4))])
    assert not by_page([foot(value, after) for value, after in ((1, 1), (2, 1), (3, 2), (4, 3), (5, 4))])
    assert not by_page([foot(1, after, chapter=after) for after in range(6)])


def test_a_misread_number_is_put_right() -> None:
    notes = number([foot(value, i) for i, value in enumerate((60, 61, 82, 63, 64))])
    assert [note.number for note in notes] == ["60", "61", "62", "63", "64"]
    assert notes[2].certainty < notes[1].certainty


def test_a_continuation_is_no_note_of_its_own() -> None:
    feet = [foot(4, 1), foot(5, 1), foot(None, 2, continues=True), foot(6, 2)]
    notes = number(feet)
    assert [(note.number, len(note.pieces)) for note in notes] == [("4", 1), ("5", 2), ("6", 1)]


def test_an_asterisk_stands_outside_the_numbers() -> None:
    star = Foot(piece("Copies were sent."), ("*",), 1, 1)
    assert [note.number for note in number([foot(7, 0), star, foot(8, 2)], called={"*"})] == ["7", "*", "8"]


def test_a_mark_that_nothing_calls_is_dirt_among_numbers() -> None:
    dirt = Foot(piece("shot at sea."), ("*",), 1, 1)
    assert [(n.number, len(n.pieces)) for n in number([foot(7, 0), dirt, foot(8, 2)])] == [("7", 2), ("8", 1)]
    assert [n.number for n in number([foot(7, 0), dirt, foot(8, 2)], called={"*"})] == ["7", "*", "8"]
    assert [n.number for n in number([dirt])] == ["*"]
    told = Foot(dirt.piece, ("*",), 1, 1, frozenset("*"))
    assert [n.number for n in number([foot(7, 0), told, foot(8, 2)])] == ["7", "*", "8"]


def note(value: int | str, after: int = 0) -> Note:
    return Note((piece("Ibid."),), str(value), 0, 0.9, after)


def stream(text: str) -> list[Item]:
    """Words; ^12 is a raised number that touches the word before it."""
    items: list[Item] = []
    for word in text.split():
        bare, raised, digits = word.partition("^")
        if bare:
            items.append(item(len(items), bare))
        if raised:
            items.append(item(len(items), digits, kind="reference", glued=True))
    return items


def anchored(text: str, values: list[int] | list[str]) -> list[str]:
    """For each note the word it is called at, with "?" where the place is conjectural."""
    items = stream(text)
    found = anchor([note(value) for value in values], items, [len(items)] * len(values))
    places = []
    for each in found:
        assert each is not None
        at = items[each.at]
        text = at.text[: each.head] if each.width and each.head else items[each.at - (each.width is not None)].text
        places.append(text + ("?" if each.width is None else ""))
    return places


def test_raised_numbers_are_anchors() -> None:
    assert anchored("The ice^1 broke in March.^2 Nobody saw it.", [1, 2]) == ["ice", "March."]


def test_plain_numbers_are_anchors_when_they_fit() -> None:
    assert anchored('He wrote "never again."3 The 12 pilots left in 1921. 4 So it was.', [3, 4]) == [
        'again."',
        "1921.",
    ]


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("The town was emptied X. It is 4 ft. X 5 ft. wide.", ["X"], ["emptied"]),
        ("They were held there. XX Nobody came.", ["XX"], ["there."]),
        ("The town* lay dark† and still.", ["*", "†"], ["town", "dark"]),
        ("The town a lay dark(b) and still.", ["b"], ["dark"]),
        ("The urns were kept there. xX But not for long.", ["X"], ["there."]),
    ],
)
def test_other_marks_are_looked_for_like_numbers(text: str, marks: list[str], expected: list[str]) -> None:
    assert anchored(text, marks) == expected


def test_a_number_behind_guillemets_is_an_anchor() -> None:
    assert anchored("« On part. » 3 Il partit. « Enfin »4 dit-elle.", [3, 4]) == ["»", "»"]


def test_short_words_are_no_abbreviations() -> None:
    assert anchored("Then he came in.4 On Oct. 5 they left, p. 5 says. So it was of.5", [4, 5]) == ["in.", "of."]


def test_numbers_in_brackets_are_anchors_of_their_notes() -> None:
    assert anchored("Les plus anciens (1) des feux voisins. Quelques-uns (2)!", [1, 2]) == ["anciens", "Quelques-uns"]


def test_numbers_of_another_kind_stay_text() -> None:
    assert anchored("On p. 5 of No. 5 he counts 5 ships.^4 They sailed.^5", [4, 5]) == ["ships.", "sailed."]


def test_a_misread_raised_number_still_anchors() -> None:
    assert anchored("The first.^60 The second.^81 The third.^62", [60, 61, 62]) == ["first.", "second.", "third."]


def test_a_lost_reference_goes_to_the_end_of_a_quotation_and_is_marked() -> None:
    assert anchored('They came late.^1 She said "we are on our way" and left. Nobody answered.^3', [1, 2, 3]) == [
        "late.",
        'way"?',
        "answered.",
    ]


def test_a_conjecture_is_asked_about() -> None:
    sure, guessed = Anchor(3, 0, 1, 0.9), Anchor(5, 0, None, 0.3)
    lost = Note((piece("Ibid."),), "2", 0, 0.4, 0, supplied=True)
    spans = calls([("n1.1", note(1), sure, 20), ("n1.2", lost, guessed, 30)], {"n1.1": "Ibid.", "n1.2": "Ibid."})
    assert [(span.kind, span.text, span.certainty) for span in spans] == [
        ("note", "body", 0.9),
        ("note", "body", 0.3),
        ("flag", "n1.2", 0.3),
    ]
    assert "supplied" not in spans[0].attributes and spans[1].attributes["supplied"] == "0.4"


def test_only_a_continuation_mark_is_taken_for_one() -> None:
    def said(text: str) -> bool:
        return is_continuation_mark(Item(0, text, (Token(text),), (), False, 1.0))

    assert all(
        map(said, ["(continued...)", "(...continued)", "(suite)", "...continued", "(Fortsetzung…)", "12(continued...)"])
    )
    assert not said("continued)")
    assert is_continuation_mark(Item(0, "continued)", (Token("continued)"),), (), False, 1.0), in_note=True)
    assert not any(map(said, ["continued", "continued.", "Continued", "suite", "suite,", "(continually)"]))


def test_a_lost_note_stands_between_its_neighbours_whatever_its_page() -> None:
    """Its page begins only behind the place where the next note is called."""
    items = stream("They came late.^1 Nobody answered. The bell rang.^3 It was cold. The quay lay empty. They slept.")
    called = next(at for at, each in enumerate(items) if each.text == "rang.")
    found = anchor([note(1), note(2), note(3)], items, [called + 4, len(items), len(items)])
    places = [each.at for each in found if each]
    assert items[places[2] - 1].text == "rang."
    assert places == sorted(places)
