"""Titles in quotation marks, told by the words before them."""

import pytest

from pipeline.names.titles import marked_titles


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('He wrote the poem "40,000" in a week.', "40,000"),
        ('Under the heading "Dues and Duties," the clerk quoted him.', "Dues and Duties"),
        ('He paid "40,000" in a week.', None),
        ('The clerk spoke of "dues and duties," and left.', None),
    ],
)
def test_what_is_announced_is_a_title(text: str, title: str | None) -> None:
    start, end = text.index('"'), text.rindex('"') + 1
    found = [text[each.start : each.end] for each in marked_titles(text, [], [(start, end)], (), note=False)]
    assert found == ([title] if title else [])
