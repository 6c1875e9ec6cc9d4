"""Citations in notes: where they begin and end, and their parts."""

import pytest
from documents import Made


def test_a_source_is_one_citation_with_its_parts() -> None:
    made = Made(["{P:Ada Lind}, {T:The Quay}, Anchor Press, {L:Bergen}, {D:1931}, pp. 12-14. It rained all that year."])
    assert made.said("citation") == ["Ada Lind, The Quay, Anchor Press, Bergen, 1931, pp. 12-14"]
    assert made.said("author") == ["Ada Lind"]
    assert made.said("publisher") == ["Anchor Press"]
    assert made.said("pubPlace") == ["Bergen"]
    (pages,) = (span for span in made.spans if span.kind == "citedRange")
    assert pages.attributes == {"unit": "page", "from": "12", "to": "14"}


def test_each_source_of_a_note_is_a_citation() -> None:
    made = Made(
        [
            '{P:Lind}, {T:Harbours}, p. 3; {P:Hugo Brandt}, "{A:Ice}," {J:Nordic Review}, vol. 2, pp. 5-6, '
            "and {T:Salt}, p. 9."
        ]
    )
    assert made.said("citation") == [
        "Lind, Harbours, p. 3",
        'Hugo Brandt, "Ice," Nordic Review, vol. 2, pp. 5-6',
        "Salt, p. 9",
    ]


def test_shortened_pages_are_written_out_and_lists_are_parted() -> None:
    made = Made(["{P:Lind}, {T:Harbours}, pp. 108-9, 112 and 131n."])
    ranges = [span.attributes for span in made.spans if span.kind == "citedRange"]
    assert [(each["from"], each.get("to")) for each in ranges] == [("108", "109"), ("112", None), ("131", None)]


def test_a_title_that_a_sentence_speaks_of_is_no_citation() -> None:
    assert Made(["In {T:Harbours} she speaks of the ice, and of the men who cut it."]).said("citation") == []


def test_names_of_the_sentence_before_stay_outside() -> None:
    made = Made(["This was never told to {P:Brandt}. {T:Harbours}, p. 7."])
    assert made.said("citation") == ["Harbours, p. 7"]


def test_a_title_that_nothing_marks_is_found_by_its_place() -> None:
    made = Made(["{P:Lind}, A Winter in the Docks, {L:Bergen}, {D:1931}, p. 3."])
    assert made.said("citation") == ["Lind, A Winter in the Docks, Bergen, 1931, p. 3"]
    assert made.said("title") == ["A Winter in the Docks"]


@pytest.mark.parametrize(
    ("note", "unit", "first"),
    [
        ("{P:Lind}, {T:Le Quai}, t. 2, p. 14.", "volume", "2"),
        ("{P:Lind}, {T:Der Kai}, S. 14.", "page", "14"),
        ("{P:Линд}, {T:Гавань}, с. 14.", "page", "14"),
        ("{P:Lind}, {T:El muelle}, págs. 14-15.", "page", "14"),
        ("{P:Lind}, {T:The Quay}, chap. 4.", "chapter", "4"),
        ("{P:Lind}, {T:Diary}, Harbour Archives, box 3, folder 12.", "box", "3"),
    ],
)
def test_parts_of_works_in_several_languages(note: str, unit: str, first: str) -> None:
    made = Made([note])
    ranges = [span.attributes for span in made.spans if span.kind == "citedRange"]
    assert (ranges[0]["unit"], ranges[0]["from"]) == (unit, first)


def test_a_title_that_looks_like_a_person_stands_between_author_and_place() -> None:
    made = Made(["{P:Ada Lind}, {P:Aurora Borealis}, {L:Bergen}, Anchor, {D:1931}, p. 4.", "Ibid., p. 9."])
    assert made.said("citation", 1) == ["Ada Lind, Aurora Borealis, Bergen, Anchor, 1931, p. 4"]
    assert made.meant(2) == ["ibid Ada Lind, Aurora Borealis, Bergen, Anchor, 1931, p. 4"]


@pytest.mark.parametrize(
    ("note", "whole"),
    [
        ("{P:Lind}, {T:Harbours}, P. 174.", "Lind, Harbours, P. 174"),
        ("{P:Lind}, {T:Harbours}, Part II, chapter 3, p. 9.", "Lind, Harbours, Part II, chapter 3, p. 9"),
        ("{P:Lind}, {T:Harbours}, p.p. 21-22.", "Lind, Harbours, p.p. 21-22"),
        ("It snowed.' \"{P:Smith}, {T:I Was a Pilot}, p. 265.", "Smith, I Was a Pilot, p. 265"),
        ("{P:Lind}, Collected Letters [1931-33], pp. 4-5.", "Lind, Collected Letters [1931-33], pp. 4-5"),
    ],
)
def test_extent_of_a_citation(note: str, whole: str) -> None:
    assert Made([note]).said("citation") == [whole]


def test_what_is_said_of_a_note_is_no_part() -> None:
    assert Made(["{P:Lind}, {T:Harbours}, note I think worth a look, p. 9."]).said("citedRange") in ([], ["p. 9"])


def test_a_title_that_nothing_marks_does_not_end_in_a_date() -> None:
    made = Made(["{P:Lind}, Item 2 dated {D:January 5, 1940}, p. 3."])
    assert made.said("title") == []


def test_people_on_both_sides_of_a_quotation_mark_are_no_authors_together() -> None:
    made = Made(['"To {P:Ada Lind}" and published in {P:Hugo Brandt}, {T:Ice}, p. 3.'])
    assert made.said("author") == ["Hugo Brandt"]


def test_titles_said_to_be_somebodys_are_all_cited() -> None:
    made = Made(["See {P:Lind}, {T:Ice}, p. 3; his {T:Harbours}; and so on."])
    assert made.said("citation") == ["Lind, Ice, p. 3", "Harbours"]


def test_a_letter_to_the_editor_of_a_periodical_is_a_letter() -> None:
    made = Made(["{P:Lind} to Comrade Editor of {J:Lantern}, {D:July 1943}, p. 3."])
    assert made.said("citation") == ["Lind to Comrade Editor of Lantern, July 1943, p. 3"]
