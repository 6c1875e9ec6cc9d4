"""What ibid., op. cit., short titles and abbreviations mean."""

import pytest
from documents import Made

FULL = "{P:Ada Lind}, {T:The Quay in Winter}, Anchor Press, {L:Bergen}, {D:1931}, p. 12."
WHOLE = "Ada Lind, The Quay in Winter, Anchor Press, Bergen, 1931, p. 12"
OTHER = "{P:Hugo Brandt}, {T:Ice and Salt}, {L:Oslo}, {D:1928}, p. 3."


@pytest.mark.parametrize("word", ["Ibid.", "ibid", "Ibidem", "lbid.", "Там же", "Ebd.", "Idem"])
def test_ibid_is_the_work_before_it(word: str) -> None:
    made = Made([FULL, f"{word}, p. 14."])
    assert made.meant(2)[0].split(" ", 1)[1] == WHOLE


def test_ibid_with_an_author_is_that_authors_last_work() -> None:
    made = Made([FULL, OTHER, "{P:Lind}, ibid., p. 15."])
    assert made.meant(3) == [f"ibid {WHOLE}"]


def test_ibid_without_anything_before_it_is_unresolved_and_flagged() -> None:
    made = Made(["Ibid., p. 3."])
    assert made.meant(1) == ["unresolved"]
    assert [span.attributes["category"] for span in made.spans if span.kind == "flag"] == ["rv-reference"]


def test_doubt_grows_with_works_and_notes_in_between() -> None:
    def certainty(notes: list[str]) -> float:
        return next(s.certainty for s in Made(notes).spans if s.kind == "ref")

    near = certainty([FULL, "Ibid., p. 3."])
    far = certainty([FULL, "It rained.", "It froze.", "Ibid., p. 3."])
    several = certainty([FULL[:-1] + "; " + OTHER, "Ibid., p. 3."])
    assert near > far
    assert near > several


@pytest.mark.parametrize("word", ["op. cit.", "op.cit.", "Op. Cit.", "ob. cit.", "указ. соч.", "a. a. O."])
def test_op_cit_is_the_authors_work(word: str) -> None:
    made = Made([FULL, OTHER, f"{{P:Lind}}, {word}, p. 15."])
    assert made.meant(3) == [f"op-cit {WHOLE}"]


def test_a_short_title_finds_its_work() -> None:
    made = Made([FULL, OTHER, "{P:Lind}, {T:The Quay}, p. 8.", "{T:Quay}, p. 9."])
    assert made.meant(3) == [WHOLE]
    assert made.meant(4) == [WHOLE]


def test_a_short_title_with_an_error_of_recognition_finds_its_work() -> None:
    assert Made([FULL, "{P:Lind}, {T:The Quay in Wintcr}, p. 8."]).meant(2) == [WHOLE]


def test_another_authors_title_is_another_work() -> None:
    assert Made([FULL, "{P:Brandt}, {T:The Quay}, p. 8."]).meant(2) == []


@pytest.mark.parametrize(
    "said", ["(hereafter cited as {T:QW})", "(Hereafter, QW)", "(QW)", "(en adelante, QW)", "(далее: QW)"]
)
def test_an_abbreviation_means_what_it_was_introduced_for(said: str) -> None:
    made = Made([f"{{P:Ada Lind}}, {{T:The Quay in Winter}} {said}, p. 12.", OTHER, "QW, p. 14."])
    assert made.meant(3)[0].startswith("abbreviation Ada Lind, The Quay in Winter")


def test_a_surname_with_a_page_is_the_authors_work() -> None:
    assert Made([FULL, OTHER, "{P:Lind}, p. 33."]).meant(3) == [WHOLE]


def test_works_of_the_bibliography_come_first() -> None:
    made = Made([FULL, "Ibid., p. 4."], entries=["Lind, Ada. The Quay in Winter. Bergen: Anchor Press, 1931."])
    assert made.meant(1) == ["bib-lind-quay-winter"]
    assert made.meant(2) == ["ibid bib-lind-quay-winter"]


def test_an_abbreviation_with_a_letter_changed_is_known_where_a_page_follows() -> None:
    first = "{P:Ada Lind}, {T:Twelve Winters on the Quay} (hereafter TWQ), p. 12."
    assert Made([first, "TWO, p. 14."]).meant(2)[0].startswith("abbreviation Ada Lind")


def test_an_abbreviation_of_an_archive_is_no_work() -> None:
    made = Made(
        ["{P:Lind}, {T:Annual Report}, {D:1920}, p. 4. Harbour Town Archive (hereafter HTA).", "Letters, HTA, box 2."]
    )
    assert made.meant(2) == []


def test_two_authors_are_those_of_what_both_wrote() -> None:
    both = "{P:Ada Lind} and {P:Hugo Brandt}, {T:Tides}, {L:Oslo}, {D:1940}."
    made = Made([both, FULL, "{P:Lind} and {P:Brandt}, op. cit., p. 3."])
    assert made.meant(3) == ["op-cit Ada Lind and Hugo Brandt, Tides, Oslo, 1940"]


def test_ibid_goes_on_with_the_pages_of_the_work_before_the_last() -> None:
    made = Made(["{P:Lind}, {T:The Quay}, p. 182.", "Quoted in {P:Brandt}, {T:Ice}, p. 344.", "Ibid., p. 184."])
    assert made.meant(3) == ["ibid Lind, The Quay, p. 182"]


def test_initials_of_a_title_that_is_listed_twice_are_its_first_entry_s() -> None:
    entries = [
        "Lind, Ada. {T:Thirty Winters Beyond the Quay}. {L:Bergen}, {D:1931}.",
        'Lind, Ada. "{A:Thirty Winters Beyond the Quay}." {J:Nordic Review} ({D:1930}).',
        "Lind, Ada. {T:Salt}. {L:Oslo}, {D:1933}.",
    ]
    made = Made(["{P:Lind}, {T:Salt}, p. 2.", "{P:Lind}, TWBTQ, p. 20.", "Ibid."], entries=entries)
    assert made.meant(2)[-1].split()[-1] == made.works[0].id
    assert made.meant(3) == [f"ibid {made.works[0].id}"]


def test_ibid_after_what_could_not_be_resolved_is_unresolved_too() -> None:
    made = Made(["{P:Lind}, {T:Salt}, p. 2.", "{P:Brandt}, op. cit., p. 20.", "Ibid., p. 21."])
    assert made.meant(2) == ["unresolved"]
    assert made.meant(3) == ["unresolved"]


def test_titles_with_another_word_or_number_are_other_works() -> None:
    listed = ["{P:Lind}, {P:Ada}. {T:The Third Harbour}. {L:Bergen}, {D:1931}."]
    for title in ("New Harbour", "The Fourth Harbour"):
        made = Made([f"{{T:{title}}}, p. 3."], entries=listed)
        assert not any("corresp" in span.attributes for span in made.spans if span.kind == "citation")


def test_a_title_whose_small_word_is_of_another_language_is_the_same() -> None:
    listed = ["{P:Lind}, {P:Ada}. {T:Portrait de Brandt}. {L:Bergen}, {D:1931}."]
    made = Made(["{T:Portrait of Brandt}, p. 3."], entries=listed)
    assert any("corresp" in span.attributes for span in made.spans if span.kind == "citation")


def test_a_periodical_is_a_work_of_the_bibliography_only_with_its_author() -> None:
    listed = ["{P:Lind}, {P:Ada}. {T:Notebooks}. {L:Bergen}, {D:1931}."]
    for note, listed_work in (("{P:Lind}, {J:Notebooks}, p. 3.", True), ("{J:Notebooks}, {D:May 1931}.", False)):
        made = Made([note], entries=listed)
        assert any("corresp" in span.attributes for span in made.spans if span.kind == "citation") == listed_work
