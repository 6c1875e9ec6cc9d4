"""Inline quotations by their marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.structure.quotations import quotations


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
        ('a mark that never closes: "and so on', []),
        ("“curly” and «French»", ["“curly”", "«French»"]),
    ],
)
def test_quotations_by_their_marks(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in quotations(text)] == expected


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
