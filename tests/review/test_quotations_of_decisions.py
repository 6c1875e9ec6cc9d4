"""Decisions find their place again, or it is said why not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Decision
from pipeline.review.editing import changes
from pipeline.review.quotation import Fit, Misfit, Texts

BODY = (
    "The ice came early that year.\nThe pilots rowed back across black water, and the consul wrote a letter.\n"
    "In the spring the consul counted forty empty barrels on the quay, and then the consul wrote a letter again."
)


def quoted(words: str, body: str = BODY, verdict: str = "text", value: str = "new") -> Decision:
    made = Texts({"body": body}).quote("body", body.index(words), body.index(words) + len(words))
    return Decision("rv-foreign", "body", made.exact, made.prefix, made.suffix, verdict, value)  # type: ignore[arg-type]


def found(decision: Decision, **texts: str) -> tuple[str, str, str] | str:
    """The text, the words and the doubt of the place, or the reason why there is none."""
    fit = Texts(texts).find(decision)
    return fit.reason if isinstance(fit, Misfit) else (fit.text, texts[fit.text][fit.start : fit.end], fit.doubt)


def test_an_unchanged_text_has_the_exact_place() -> None:
    assert found(quoted("black water"), body=BODY) == ("body", "black water", "")


def test_a_place_over_a_paragraph_break_is_found() -> None:
    assert found(quoted("year.\nThe pilots"), body=BODY) == ("body", "year.\nThe pilots", "")
    assert "\n" not in quoted("year.\nThe pilots").exact


def test_changes_far_off_do_not_matter() -> None:
    assert found(quoted("black water"), body="A new beginning. " + BODY) == ("body", "black water", "")


def test_words_that_stand_often_are_quoted_with_more_around_them() -> None:
    second = BODY.rindex("letter")
    made = Texts({"body": BODY}).quote("body", second, second + 6)
    assert BODY.replace("\n", " ").count(made.prefix + made.exact + made.suffix) == 1


def test_a_note_that_has_another_number_now_is_found() -> None:
    decision = replace(quoted("black water"), text="n1.4")
    assert found(decision, body="Nothing.", **{"n1.5": BODY}) == ("n1.5", "black water", "")


def test_a_change_near_by_is_reported() -> None:
    assert found(quoted("black water"), body=BODY.replace("rowed", "rode")) == (
        "body",
        "black water",
        "what stands around it has changed",
    )


def test_words_that_changed_are_reported() -> None:
    assert found(quoted("black water"), body=BODY.replace("black water", "back water")) == (
        "body",
        "back water",
        "it reads 'back water' now",
    )


def test_what_has_gone_is_a_misfit() -> None:
    assert found(quoted("black water"), body="The consul slept.") == "its words are not in the text any more"


def test_two_equal_places_are_a_misfit() -> None:
    decision = Decision("rv-foreign", "body", "letter", "", "", "accept")
    assert found(decision, body=BODY) == "the same words stand in more than one place"


def test_a_place_between_words_is_found_again() -> None:
    at = BODY.index(" across")
    made = Texts({"body": BODY}).quote("body", at, at)
    decision = Decision("rv-note-anchor", "body", "", made.prefix, made.suffix, "place", "n1.1")
    assert Texts({"body": BODY}).find(decision) == Fit("body", at, at)
    changed = BODY.replace("The pilots", "Pilots")
    assert Texts({"body": changed}).find(decision) == Fit("body", at - 4, at - 4, "what stands around it has changed")


@given(st.text("ab \n", min_size=1, max_size=80), st.integers(0, 80), st.integers(0, 8))
def test_what_was_quoted_is_never_found_elsewhere(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(len(text), start + length)
    texts = Texts({"body": text})
    made = texts.quote("body", start, end)
    fit = texts.find(Decision("rv-foreign", "body", made.exact, made.prefix, made.suffix, "accept"))
    assert fit == Fit("body", start, end) or isinstance(fit, Misfit)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("the quay was sient.", "the quay was silent.", [(13, 18, "silent")]),
        ("Lind, wrote", "Lind; wrote", [(4, 5, ";")]),
        ("the the cat", "the cat", [(4, 8, "")]),
        ("was", "was very", [(0, 3, "was very")]),
        ("quay", "The quay", [(0, 4, "The quay")]),
        ("one two three", "one 2 3", [(4, 13, "2 3")]),
        ("same", "same", []),
        ("p. 12, above", "p.12, above", [(1, 5, ".12")]),
        ("two  spaces", "two spaces ", []),
    ],
)
def test_a_new_wording_replaces_as_little_as_it_can(old: str, new: str, expected: list[tuple[int, int, str]]) -> None:
    assert [(change.start, change.end, change.new) for change in changes(old, new)] == expected


@given(st.text("ab, ", max_size=20), st.text("ab, ", max_size=20))
def test_the_changes_make_the_new_wording(old: str, new: str) -> None:
    made, at = "", 0
    for change in changes(old, new):
        assert change.start >= at and (change.start < change.end or not old.strip())
        assert change.new.split() != old[change.start : change.end].split()
        made += old[at : change.start] + change.new
        at = change.end
    assert (made + old[at:]).split() == new.split()
