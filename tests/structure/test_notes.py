"""Numbers and anchors of notes."""

import random

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Token, TokenKind
from pipeline.structure.anchors import anchor
from pipeline.structure.notes import Foot, Note, number, without_strays
from pipeline.structure.stream import Item, Piece


def item(column: int, text: str, *, kind: TokenKind = "word", glued: bool = False) -> Item:
    marks = () if kind == "word" else (("scan", text, kind),)
    return Item(column, text, (Token(text, kind, glued),), marks, False, 1.0)


def piece(text: str, continues: bool = False) -> Piece:
    return Piece("footnote", tuple(item(i, word) for i, word in enumerate(text.split())), continues, None, "text")


def foot(label: int | None, after: int, chapter: int = 1, continues: bool = False) -> Foot:
    return Foot(piece("See the ledger.", continues), (str(label),) if label else (), after, chapter)


@given(st.lists(st.integers(3, 30), min_size=1, max_size=5), st.integers(0, 10_000))
def test_lost_numbers_are_found_again(chapters: list[int], seed: int) -> None:
    rng = random.Random(seed)
    feet: list[Foot] = []
    expected: list[tuple[int, str]] = []
    for chapter, size in enumerate(chapters):
        for value in range(1, size + 1):
            seen = None if 1 < value < size and rng.random() < 0.3 else value
            feet.append(foot(seen, len(feet), chapter))
            expected.append((chapter, str(value)))
    assert [(note.unit, note.number) for note in number(feet)] == expected


def test_numbers_begin_again_where_the_settings_say() -> None:
    feet = [foot(value, after) for value, after in ((1, 1), (2, 1), (None, 2), (2, 2), (1, 3))]
    assert [(n.unit, n.number) for n in number(feet, numbering="page")] == [
        (0, "1"),
        (0, "2"),
        (1, "1"),
        (1, "2"),
        (2, "1"),
    ]


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


def note(value: int, after: int = 0) -> Note:
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


def anchored(text: str, values: list[int]) -> list[str]:
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


def test_what_stands_behind_the_last_number_is_no_note_without_reason() -> None:
    def shown(number: str, certainty: float, continues: bool = False) -> Piece:
        label = [item(0, number, kind="label")] if number else []
        return Piece("footnote", (*label, item(1, "Ibid.")), continues, None, "text", certainty)

    parted = [shown("", 0.6, True), shown("1", 1.0), shown("", 0.6), shown("3", 1.0), shown("", 0.6), shown("", 0.95)]
    kinds = [each.kind for each in without_strays(parted, [0] * 6)]
    assert kinds == ["body", "footnote", "footnote", "footnote", "body", "footnote"]
