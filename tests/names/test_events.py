"""Events with a name of their own, and what is none."""

import pytest

from pipeline.names import spans
from pipeline.names.events import events, without_place


def _named(text: str, **blocked: tuple[int, int]) -> list[str]:
    found = events({"body": text}, {"body": list(blocked.values())})
    return [text[span.start : span.end] for span in found]


@pytest.mark.parametrize(
    "event",
    [
        "Boer War",
        "Great Dock Strike",
        "World War II",
        "October Uprising",
        "Thirty Years' War",
        "2nd Silesian War",
        "Battle of the Nile",
        "Siege of Port Arthur",
        "Paris Commune",
        "Guerra Civil",
        "Seconde Guerre mondiale",
        "Zweiten Weltkrieg",
        "Крымской войны",
    ],
)
def test_a_head_with_what_tells_it_from_others_is_an_event(event: str) -> None:
    assert _named(f"She was a nurse in the {event}, and wrote of it.") == [event]


@pytest.mark.parametrize(
    "words",
    [
        "the War",
        "a dock strike",
        "the War Office",
        "the Great War Graves Commission",
        "Trial and Error",
        "her Revolution",
        "But Revolution",
        "Lind's War",
        "new Permanent Revolution",
    ],
)
def test_a_head_alone_and_one_within_another_name_are_none(words: str) -> None:
    assert _named(f"They spoke of {words} all night.") == []


def test_what_stands_before_the_name_is_no_part_of_it() -> None:
    assert _named("But Lind's Boer War began late. In Halmsund The Crimean War went on.") == ["Boer War", "Crimean War"]


def test_no_event_where_something_else_was_found() -> None:
    assert _named("Read Boer War, a play.", title=(5, 13)) == []


def test_a_place_that_is_known_is_tagged_within_the_event() -> None:
    text = "Harriet Lindqvist was at the Battle of Lisbon with her brother. She left Lisbon by sea."
    found = [(span.kind, text[span.start : span.end]) for span in spans({"body": text})]
    assert ("event", "Battle of Lisbon") in found
    assert found.count(("placeName", "Lisbon")) == 2


def test_an_event_is_neither_person_nor_body() -> None:
    text = "The Kessler Uprising was put down. Of the Kessler Uprising she said little."
    assert [(span.kind, span.certainty) for span in spans({"body": text})] == [("event", 0.7), ("event", 0.7)]


def test_a_body_whose_name_holds_an_event_is_no_event() -> None:
    assert _named("She kept the books of the Museum of the Boer War until it closed.") == []


@pytest.mark.parametrize(
    ("event", "place"), [("Battle of Lisbon", "Lisbon"), ("Lisbon Uprising", ""), ("Boer War", "")]
)
def test_only_a_place_behind_the_event_is_named_by_itself(event: str, place: str) -> None:
    text = f"In the {event}."
    (span,) = events({"body": text}, {"body": []})
    start, end = without_place(span, text)
    assert (text[start:end] + place, start) == (event, span.start)
