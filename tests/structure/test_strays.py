"""Notes that a text took for paragraphs, and paragraphs that it took for notes."""

from dataclasses import replace

from pipeline.model import Token, TokenKind, ZoneKind
from pipeline.structure.notes import labels
from pipeline.structure.strays import with_lost, with_marked, without_repeats, without_strays
from pipeline.structure.stream import Item, Piece


def item(column: int, text: str, kind: TokenKind = "word") -> Item:
    marks = () if kind == "word" else (("existing", text, kind),)
    return Item(column, text, (Token(text, kind),), marks, False, 1.0)


def shown(number: str, certainty: float, continues: bool = False) -> Piece:
    label = [item(0, number, "label")] if number else []
    return Piece("footnote", (*label, item(1, "Ibid.")), continues, None, "text", certainty)


def text(*words: str, kind: ZoneKind = "body") -> Piece:
    """A paragraph; ^12 is a raised number."""
    items = [item(at, word.strip("^"), "reference" if word[0] == "^" else "word") for at, word in enumerate(words)]
    return Piece(kind, tuple(items), False, None, "text")


def kinds(parted: list[Piece]) -> str:
    return "".join(each.kind[0] for each in parted)


def test_what_stands_behind_the_last_number_is_no_note_without_reason() -> None:
    parted = [shown("", 0.6, True), shown("1", 1.0), shown("", 0.6), shown("3", 1.0), shown("", 0.6), shown("", 0.95)]
    assert kinds(without_strays(parted, [0] * 6)) == "bfffbf"


CALLS = text("The", "ice", "^4", "broke", "^5", "and")
LOST = text("which", "she", "never", "saw.")
GOES_ON = text("left", "the", "quay.", "^6")


def test_a_note_that_lost_its_number_is_found_by_its_call() -> None:
    assert kinds(with_lost([CALLS, shown("4", 1.0), LOST, GOES_ON, shown("6", 1.0)])) == "bffbf"


def test_it_stands_at_the_foot_of_the_page_that_calls_it() -> None:
    here, next_page = text("The", "ice", "^4", "and"), text("left", "the", "quay.", "^5", "But", "^6")
    assert kinds(with_lost([here, shown("4", 1.0), GOES_ON, next_page, LOST, shown("6", 1.0)])) == "bfbbff"


def test_what_was_taken_for_it_elsewhere_is_text() -> None:
    parted = [CALLS, shown("4", 1.0), LOST, GOES_ON, shown("", 0.7), shown("6", 1.0)]
    assert kinds(with_lost(parted)) == "bffbbf"


def test_without_a_call_or_without_text_between_nothing_is_taken() -> None:
    silent = text("The", "ice", "^4", "broke", "and")
    assert kinds(with_lost([silent, shown("4", 1.0), LOST, GOES_ON, shown("6", 1.0)])) == "bfbbf"
    assert kinds(with_lost([CALLS, shown("4", 1.0), LOST, shown("6", 1.0)])) == "bfbf"
    assert kinds(with_lost([CALLS, shown("4", 1.0), text("Ice", kind="heading"), GOES_ON, shown("6", 1.0)])) == "bfhbf"


def test_a_sign_that_the_text_calls_begins_a_note() -> None:
    parted = [text("They", "came", "by", "sea.*"), text("*", "By", "the", "cutter."), text("*", "The", "end.")]
    made = with_marked(parted)
    assert kinds(made) == "bfb"
    assert made[1].items[0].marks == (("", "*", "label"),)


def test_a_text_without_any_number_has_no_doubtful_notes() -> None:
    assert kinds(without_strays([text("Ice"), shown("", 0.7), shown("", 0.98)], [0] * 3)) == "bbf"


def test_a_sign_before_an_unlabelled_note_is_its_label() -> None:
    called = text("They", "came", "by", "sea.", "+", "Nobody", "saw.")
    note = text("+", "By", "the", "cutter.", kind="footnote")
    made = with_marked([called, note])
    assert labels(made[1]) == ("+",)


def test_what_a_text_repeats_between_scanned_pages_is_a_running_head() -> None:
    page = [replace(text("The", "ice", str(n)), page=f"p{n}", medium="scan") for n in range(3)]
    foot = text("Harbour", "Papers,", "No.", "12")
    assert kinds(without_repeats([page[0], foot, page[1], foot, page[2]])) == "brbrb"
    assert kinds(without_repeats([page[0], foot, page[1], page[2]])) == "bbbb"
    assert kinds(without_repeats([text("The"), foot, text("ice"), foot, text("broke")])) == "bbbbb"
    unscanned = text(*["word"] * 200)
    assert kinds(without_repeats([page[0], foot, unscanned, foot, page[1]])) == "bbbbb"
