"""People who are called after a place or a quality, in invented sentences."""

import pytest

from pipeline.model import Span
from pipeline.names import spans


def _names(text: str, kind: str = "persName") -> list[str]:
    return [text[each.start : each.end] for each in spans({"body": text}) if each.kind == kind]


def test_forenames_go_on_with_a_place_or_a_quality() -> None:
    text = "The rule was read by Henry of Thorney, by Geoffrey of La Torre and by Philip the Bald."
    assert _names(text) == ["Henry of Thorney", "Geoffrey of La Torre", "Philip the Bald"]


def test_a_forename_that_no_list_knows_goes_on_where_others_do() -> None:
    text = "With Henry of Thorney and Geoffrey of Ramsholt came Wulfnoth of Ely, who was lame."
    assert _names(text) == ["Henry of Thorney", "Geoffrey of Ramsholt", "Wulfnoth of Ely"]


def test_a_surname_before_a_town_and_bodies_and_bays_do_not() -> None:
    text = "He asked Weatherby of Lisbon, the Bank of Lisbon and a friend by the Gulf of Finland."
    assert not [name for name in _names(text) if " of " in name]


@pytest.mark.parametrize("before", ["Cardinal", "Brother"])
def test_an_office_before_such_a_name_is_no_part_of_it(before: str) -> None:
    assert _names(f"It was sent to {before} Henry of St. Osyth.") == ["Henry of St. Osyth"]


def test_what_somebody_is_called_after_is_a_place() -> None:
    found: list[Span] = spans({"body": "Henry of Ramsholt came, and the chapter lost Ramsholt in the end."})
    assert [each.kind for each in found if each.kind != "flag"] == ["persName", "placeName"]
