"""Titles in quotation marks, told by the words before them."""

import pytest

from pipeline.model import Span
from pipeline.names import spans
from pipeline.names.repeats import agreed
from pipeline.names.ships import ships
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


@pytest.mark.parametrize(
    "text",
    [
        'He signed "The Keeper of Small Lamps" under his plans.',
        'In the case of "Anton Rabe (Hugo Lind)" nothing was done.',
        'They boarded the "Princess of the Sound" at noon.',
        'The boy whom they called "The Keeper" left.',
    ],
)
def test_names_of_people_and_ships_in_quotation_marks_are_no_titles(text: str) -> None:
    marks = (text.index('"'), text.rindex('"') + 1)
    assert marked_titles(text, [], [marks], (), note=False) == []


def test_an_article_in_brackets_behind_a_number_is_a_title() -> None:
    text = 'Reviews stood in Lamp, no. 36, 1923, ("Hugo Lind").'
    start, end = text.index('"'), text.rindex('"') + 1
    (found,) = marked_titles(text, [], [(start, end)], (), note=True)
    assert text[found.start : found.end] == "Hugo Lind"


def test_a_diary_cited_by_the_day_is_no_periodical() -> None:
    text = "Lind, Notebooks, 2 October 1944, p. 9; Notebooks, 311."
    lined = [(6, 15), (39, 48)]
    assert [each.level for each in marked_titles(text, lined, [], (), note=True)] == ["m", "m"]


def test_what_has_months_in_one_place_is_a_periodical_in_all() -> None:
    texts = {"n1": "Lantern, May 1931, p. 4.", "n2": "Lantern, p. 9."}
    lined = {key: [(text.index("Lantern"), text.index("Lantern") + 7)] for key, text in texts.items()}
    titles = {key: marked_titles(text, lined[key], [], (), note=True) for key, text in texts.items()}
    assert [each.level for those in agreed(texts, titles).values() for each in those] == ["j", "j"]


def test_what_sails_behind_a_clause_is_a_ship() -> None:
    text = "The Alba, which brought the salt, was bound for Bergen."
    assert ships({"body": text}, {"body": [(4, 8)]}) == {"Alba"}


def test_an_underline_that_goes_on_behind_an_imprint_holds_the_title_alone() -> None:
    text = "The Salt Roads, Quay Press, Bergen, 1931. The maps in this volume are a corrective to the rest of it."
    (found,) = marked_titles(text, [(0, len(text))], [], (), note=True)
    assert text[: found.end] == "The Salt Roads"


@pytest.mark.parametrize("sign", [" ", ". ", ": "])
def test_an_underlined_heading_that_runs_into_its_paragraph_is_no_title(sign: str) -> None:
    rest = "For supper the crew had bread and herring, and on Sundays a soup of peas. " * 3
    text = f"The ship was old.\nFood on Board{sign}{rest}"
    start = text.index("Food")
    assert not [s for s in spans({"body": text}, [Span("body", start, start + 13, "hi")]) if s.kind == "title"]


def test_a_title_that_begins_a_paragraph_is_one() -> None:
    text = (
        "The ship was old.\nFood on Board is the only book in which the crew tells of its bread and its herring. " * 2
    )
    start = text.index("Food")
    found = [s for s in spans({"body": text}, [Span("body", start, start + 13, "hi")]) if s.kind == "title"]
    assert found
