"""Sources that are no books: author and year, archives, letters; and documents in other languages."""

import pytest
from documents import Made

LISTED = [
    "Brandt, Hugo. Ice and Salt. {L:Oslo}: Quay Press, {D:1928}.",
    "Lind, Ada. The Quay. {L:Bergen}: Anchor Press, {D:1931}.",
]


@pytest.mark.parametrize(
    "said", ["So it was (Lind 1931, 33).", "So Lind (1931: 33) says.", "See Lind and Brandt 1931, p. 33."]
)
def test_author_and_year_lead_to_the_entry(said: str) -> None:
    made = Made([], body=said, entries=LISTED)
    (citation,) = (span for span in made.spans if span.kind == "citation")
    assert citation.attributes["corresp"] == "bib-lind-quay"
    assert [span.attributes["from"] for span in made.spans if span.kind == "citedRange"] == ["33"]


@pytest.mark.parametrize(
    "said", ["Lind sailed (1930).", "In Lind 1931 was a cold year for Olsen 1931.", "(Olsen 1931, 33)"]
)
def test_a_year_that_is_not_listed_is_no_source(said: str) -> None:
    made = Made([], body=said, entries=LISTED)
    assert [span for span in made.spans if span.kind == "citation" and "1931" not in made.said("citation")[0]] == []
    assert all("Olsen" not in words for words in made.said("citation"))


def test_a_letter_in_an_archive_is_one_citation() -> None:
    made = Made(["{P:Ada Lind} to {P:Hugo Brandt}, {D:4 May 1931}, Harbour Archives, box 3, folder 12.", "Ibid."])
    assert made.said("citation", 1) == ["Ada Lind to Hugo Brandt, 4 May 1931, Harbour Archives, box 3, folder 12"]
    assert made.said("author") == ["Ada Lind"]
    assert made.meant(2) == [f"ibid {made.said('citation', 1)[0]}"]


def test_op_cit_means_no_letter() -> None:
    notes = [
        "{P:Lind}, {T:The Quay}, {L:Bergen}, {D:1931}.",
        "{P:Ada Lind} to {P:Hugo Brandt}, {D:4 May 1931}.",
        "{P:Lind}, op. cit., p. 2.",
    ]
    assert Made(notes).meant(3) == ["op-cit Lind, The Quay, Bergen, 1931"]


@pytest.mark.parametrize(
    ("first", "again", "kind"),
    [
        (
            "{P:Ada Lind}, {T:Le Quai}, {L:Paris}, Éditions du Port, {D:1931}, p. 12.",
            "{P:Lind}, op. cit., p. 14.",
            "op-cit",
        ),
        ("{P:Ada Lind}, {T:El muelle}, {L:Madrid}, Editorial Ancla, {D:1931}, pág. 12.", "Ibíd., pág. 14.", "ibid"),
        ("{P:Ада Линд}, {T:Гавань}, {L:Москва}, {D:1931}, с. 12.", "{P:Линд}, указ. соч., с. 14.", "op-cit"),
        ("{P:Ада Линд}, {T:Гавань}, {L:Москва}, {D:1931}, с. 12.", "Там же, с. 14.", "ibid"),
        ("{P:Ada Lind}, {T:Der Kai}, {L:Berlin}, Anker Verlag, {D:1931}, S. 12.", "Ebenda, S. 14.", "ibid"),
        ("{P:Ada Lind}, {T:Der Kai}, {L:Berlin}, Anker Verlag, {D:1931}, S. 12.", "{P:Lind}, a.a.O., S. 14.", "op-cit"),
    ],
)
def test_other_languages(first: str, again: str, kind: str) -> None:
    made = Made([first, again])
    (meant,) = made.meant(2)
    assert meant.startswith(f"{kind} Ad") or meant.startswith(f"{kind} Ад")
    assert [span.attributes.get("from") for span in made.spans if span.kind == "citedRange"] == ["12", "14"]
