"""Inline quotations by their marks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.structure.quotations import Stretch, layer, quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we are on our way" and left.', ['"we are on our way"']),
        ("the so-called 'old hands' of the quay", ["'old hands'"]),
        ("the dockers' union and the captain's dog", []),
        ("the 'workers' state' of the pamphlets", ["'workers' state'"]),
        ("in the winter of '19 and again in '21", []),
        ("she wrote: \"they shouted 'never' at us.\"", ["\"they shouted 'never' at us.\"", "'never'"]),
        ("'reopen the harbour at once.\" So it was.", ["'reopen the harbour at once.\""]),
        ('"First," he said, "and second."', ['"First,"', '"and second."']),
        ('an article, "<Les Marins>," of 1921', ['"<Les Marins>,"']),
        ('a mark that never closes: "and so on', ['"and so on']),
        ('she cried "enough of that. Then she left.', ['"enough of that.']),
        ('in "Songs of the Quay, pp. 17-18, and elsewhere', ['"Songs of the Quay,']),
        ('4.5 "Load, load, load: "The harbour in its last year', ['"Load, load, load: "']),
        ('the word "anchor " and the word "rope"', ['"anchor "', '"rope"']),
        (
            "he wrote \"as long as the dockers' union stands, we stay. The rest left.",
            ["\"as long as the dockers' union stands, we stay."],
        ),
        ("\"'What is it waiting for?'\" he asked", ["\"'What is it waiting for?'\"", "'What is it waiting for?'"]),
        ("„Der Hafen“ und “the quay”", ["„Der Hafen“", "“the quay”"]),
        ("“curly” and «French»", ["“curly”", "«French»"]),
    ],
)
def test_quotations_by_their_marks(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in quotations(text)] == expected


@settings(deadline=None)
@given(st.text(alphabet="ab '\"().,", max_size=60))
def test_quotations_nest(text: str) -> None:
    found = quotations(text)
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        for other in found:
            assert (
                one.end <= other.start
                or other.end <= one.start
                or (one.start - other.start) * (one.end - other.end) <= 0
            )


def spans(paragraphs: list[str], quoted: bool = False, anchors: dict[int, str] | None = None) -> list[tuple[str, str]]:
    text = "\n".join(paragraphs)
    stretches, at = [], 0
    for paragraph in paragraphs:
        stretches.append(Stretch(at, at + len(paragraph), quoted))
        at += len(paragraph) + 1
    return [(span.kind, text[span.start : span.end]) for span in layer("body", stretches, text, anchors or {})]


def test_a_quotation_runs_over_paragraphs_that_repeat_its_mark() -> None:
    assert spans(['He said: "We came by sea.', '"The ice was thin," and so on."', "Then we left."])[0] == (
        "q",
        '"We came by sea.\n"The ice was thin," and so on."',
    )


def test_the_marks_around_a_block_quotation_are_no_quotation() -> None:
    assert spans(['"We came by sea.', "\"They said 'never' to us.\""], quoted=True) == [("q", "'never'")]


def test_marks_without_a_fellow_are_flagged() -> None:
    assert [kind for kind, _ in spans(['The end of it." So they said.'])] == ["flag"]
    assert [kind for kind, _ in spans(['He said "never and left.'])] == ["q", "flag"]
    assert [kind for kind, _ in spans(["He said 'never.\" Then he left."])] == ["q", "flag"]


def test_a_quotation_before_a_note_has_it_as_its_source() -> None:
    text = 'He said "never." Then he left.'
    assert spans([text], anchors={text.index(" Then"): "n1.1"}) == [("quote", '"never."')]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("She wrote \"we came. Then it began: 'The ice is gone.' Nobody left.", "body", "'The ice is gone.'"),
        ('Minutes, p. 31, "We came by sea. We saw no ice.', "n1.1", "ice."),
        ("Log, p. 83. \"The letters are dry. 'Dry' is his word.", "n1.1", "dry."),
        ('Minutes, p. 31. "We came by sea. Fauvel was not there.', "n1.1", "sea."),
        ('Fauvel says: "We came by sea. We saw no ice. See Rask, p. 4.', "n1.1", "ice."),
    ],
)
def test_where_a_quotation_ends_that_lost_its_mark(text: str, name: str, expected: str) -> None:
    found = layer(name, [Stretch(0, len(text))], text, {})
    open_one = next(span for span in found if span.kind == "q" and text[span.start] == '"')
    assert text[open_one.start : open_one.end].endswith(expected)


def test_a_lost_mark_is_looked_for_where_a_note_is_called() -> None:
    text = 'He wrote "we came by sea. There was no ice. Then he left.'
    at = text.index(" Then")
    assert spans([text], anchors={at: "n1.1"})[0] == ("q", '"we came by sea. There was no ice.')


def test_a_block_quotation_may_repeat_its_mark_in_the_midst() -> None:
    text = '"We came by sea. "The ice was thin, and \'never\' again."'
    assert spans([text], quoted=True) == [("q", "'never'")]
