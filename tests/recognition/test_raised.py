"""Raised marks: what is found on the image, what is believed, and where it goes in the line."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Box, Word
from pipeline.recognition.digits import decide, elected, insert
from pipeline.recognition.evidence import confidence, fit, fold, known, likeliest, script, tokens
from pipeline.recognition.ink import Ink
from pipeline.recognition.quotes import as_printed
from pipeline.recognition.raised import raised_marks
from pipeline.recognition.tesseract import TextLine, model_of
from pipeline.recognition.underlines import mark_underlined

BASELINE = 200


def letter(left: int, height: int = 24, above: int = 0) -> Box:
    """A letter of the line, or something `above` pixels over its baseline."""
    return Box(left, BASELINE - above - height, left + 20, BASELINE - above)


def ink_of(boxes: list[Box]) -> Ink:
    mask = np.zeros((400, 1200), np.uint8)
    for box in boxes:
        mask[box.top : box.bottom, box.left : box.right] = 255
    return Ink(mask, sorted(boxes, key=lambda box: (box.left, box.top)))


WORD = [letter(left) for left in range(100, 400, 29)]


def test_two_digits_above_the_line_are_one_mark() -> None:
    digits = [Box(400, 150, 414, 171), Box(418, 150, 432, 171)]
    assert raised_marks(ink_of([*WORD, *digits])) == [Box(400, 150, 432, 171)]


def test_a_label_before_a_note() -> None:
    assert raised_marks(ink_of([*WORD, Box(78, 152, 92, 173)])) == [Box(78, 152, 92, 173)]


@pytest.mark.parametrize(
    "box",
    [
        pytest.param(letter(400, height=32), id="ascender"),
        pytest.param(Box(402, 168, 408, 181), id="stroke of a quotation mark"),
        pytest.param(Box(402, 168, 414, 180), id="degree sign"),
        pytest.param(Box(402, 193, 408, 207), id="comma"),
        pytest.param(Box(700, 150, 714, 171), id="far from any word"),
    ],
)
def test_what_is_no_mark(box: Box) -> None:
    assert raised_marks(ink_of([*WORD, box])) == []


def test_letters_of_the_line_above_are_no_marks() -> None:
    above = [Box(box.left, box.top - 44, box.right, box.bottom - 44) for box in WORD]
    assert raised_marks(ink_of([*WORD, *above])) == []


def test_a_mark_that_reaches_into_the_line_above_is_cut_off_it() -> None:
    above = [Box(box.left, box.top - 48, box.right, box.bottom - 48) for box in WORD]
    over = Box(400, 128, 420, 152)  # a letter of the line above, on which two digits hang
    digits = [Box(400, 150, 414, 171), Box(418, 150, 432, 171)]
    ink = ink_of([*WORD, *above, Box(429, 128, 449, 152), over, *digits])
    fused = Ink(ink.mask, sorted([*WORD, *above, Box(400, 128, 449, 171)], key=lambda box: (box.left, box.top)))
    (found,) = raised_marks(fused)
    assert (found.left, found.right, found.bottom) == (400, 432, 171)
    assert 150 <= found.top <= 156


def test_tails_of_letters_are_no_marks() -> None:
    tails = [Box(box.left, box.top - 30, box.right, box.bottom - 30 + 9 * (at % 3 == 0)) for at, box in enumerate(WORD)]
    assert raised_marks(ink_of([*WORD, *tails])) == []


def test_an_empty_page_has_no_marks() -> None:
    assert raised_marks(ink_of([])) == []


@pytest.mark.parametrize(
    ("free", "strict", "text"),
    [
        (("66", 0.9), ("66", 0.9), "66"),
        (("212.", 0.9), ("212", 0.0), "212"),
        (("*", 0.8), ("", 0.0), "*"),
        (("7?", 0.7), ("77", 0.6), "77"),
        (("1", 0.3), ("1", 0.3), ""),
        (('"', 0.9), ("11", 0.9), ""),
        (("of", 0.9), ("0", 0.9), ""),
        (("B1", 0.8), ("61", 0.3), "81"),
        (("&5", 0.6), ("", 0.0), "85"),
        (("oo", 0.9), ("", 0.0), ""),
        (("", 0.0), ("", 0.0), ""),
        (("1936", 0.9), ("1936", 0.9), ""),
    ],
)
def test_which_readings_are_marks(free: tuple[str, float], strict: tuple[str, float], text: str) -> None:
    assert decide(free, strict)[0] == text


@pytest.mark.parametrize(
    ("votes", "text"),
    [
        ([("62", 0.7), ("81", 0.6), ("81", 0.6), ("81", 0.6)], "81"),
        ([("", 0.0), ("80", 0.9), ("80", 0.9), ("80", 0.9)], "80"),
        ([("81", 0.9), ("", 0.0), ("", 0.0), ("", 0.0)], ""),
        ([("1", 0.9), ("1", 0.9), ("", 0.0), ("", 0.0)], ""),
        ([("*", 0.9), ("*", 0.9), ("*", 0.9), ("", 0.0)], "*"),
        ([("7", 0.9)], "7"),
        ([], ""),
    ],
)
def test_the_readings_of_a_mark_vote(votes: list[tuple[str, float]], text: str) -> None:
    assert elected(votes)[0] == text


def word(text: str, left: int, right: int) -> Word:
    return Word(text, Box(left, 176, right, 207), 0.9)


def test_a_mark_before_the_punctuation_of_its_word() -> None:
    line = TextLine(Box(100, 170, 600, 207), (word("questions.", 100, 430), word("So", 460, 518)), "en")
    mark = Word("78", Box(365, 150, 400, 171), 0.9, raised=True)
    (only,) = insert(((line,),), [mark])[0]
    assert [each.text for each in only.words] == ["questions", "78", ".", "So"]


def test_a_mark_without_a_line_is_kept() -> None:
    mark = Word("7", Box(365, 150, 400, 171), 0.9, raised=True)
    assert insert((), [mark])[0][0].words == (mark,)


@given(
    st.lists(st.text("abc.,", min_size=1, max_size=8), min_size=1, max_size=8),
    st.lists(st.integers(80, 900), max_size=4, unique=True),
)
def test_inserting_marks_loses_no_character(texts: list[str], lefts: list[int]) -> None:
    words = tuple(word(text, 100 + 100 * i, 190 + 100 * i) for i, text in enumerate(texts))
    line = TextLine(Box(100, 170, words[-1].box.right, 207), words, "en")
    marks = [Word(str(i), Box(left, 150, left + 12, 171), 0.9, raised=True) for i, left in enumerate(lefts)]
    after = [each for block in insert(((line,),), marks) for row in block for each in row.words]
    assert "".join(each.text for each in after if not each.raised) == "".join(texts)
    assert sorted(each.text for each in after if each.raised) == sorted(each.text for each in marks)
    assert all(each.box.width > 0 for each in after)


@pytest.mark.parametrize(("left", "right", "expected"), [(100, 200, True), (100, 155, False), (60, 170, True)])
def test_a_word_is_underlined_from_sixty_per_cent(left: int, right: int, expected: bool) -> None:
    line = TextLine(Box(100, 170, 200, 207), (word("Pravda", 100, 200),), "en")
    marked = mark_underlined(((line,),), [Box(left, 210, right, 214)])
    assert marked[0][0].words[0].underlined is expected


def test_a_rule_far_below_underlines_nothing() -> None:
    line = TextLine(Box(100, 170, 200, 207), (word("Pravda", 100, 200),), "en")
    assert not mark_underlined(((line,),), [Box(100, 240, 200, 244)])[0][0].words[0].underlined


def test_languages_by_their_words() -> None:
    french = tokens([word("les ouvriers de la ville ne savaient pas encore que le port etait ferme", 0, 1)])
    english = tokens([word("the workers of the town did not yet know that the port was closed", 0, 1)])
    assert likeliest(french, ["en", "fr", "es"]) == "fr"
    assert likeliest(english, ["en", "fr", "es"]) == "en"
    assert fit(french, "fr") > fit(french, "en") + 1
    assert known(english, "en") > 0.9
    assert known(["qzxv"], "en") == 0
    assert fit([], "en") == known([], "en") == confidence([]) == 0
    assert (script("en"), script("ru")) == ("LATIN", "CYRILLIC")


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(("tag", "model"), [("en", "eng"), ("fr-CA", "fra"), ("ru-Latn", None), ("tlh", None)])
def test_models_of_languages(tag: str, model: str | None) -> None:
    assert model_of(tag) == model


def quoted(width_of: Callable[[str], int]) -> list[str]:
    """Lines with marks of both kinds, as a page gives them whose words have these widths."""
    texts = ["winter", "l’eau", "qu'il", "“harbour”", "morning", "several", "iiiiii", "wwwwww"]
    words, left = [], 0
    for text in texts:
        words.append(word(text, left, left + width_of(text)))
        left += width_of(text) + 40
    blocks = (tuple(TextLine(Box(0, 170, left, 207), tuple(words), "en") for _ in range(4)),)
    return [each.text for each in as_printed(blocks)[0][0].words]


def test_quotation_marks_of_a_typed_page_are_straight() -> None:
    assert quoted(lambda text: 29 * len(text))[1:4] == ["l'eau", "qu'il", '"harbour"']


def test_apostrophes_of_a_printed_page_are_curly() -> None:
    wide = {"i": 9, "l": 10, "w": 38, "m": 36}
    assert quoted(lambda text: sum(wide.get(c, 22) for c in text))[1:4] == ["l’eau", "qu’il", "“harbour”"]
