"""The bibliography as data, and its export."""

import json
from dataclasses import replace

import pytest
from documents import Made
from pybtex.database import parse_string

from pipeline.references.export import bibtex, csl

ENTRIES = [
    "Brandt, Hugo, and Ada Lind. Ice and Salt. Oslo: Quay Press, {D:1928}.",
    'Lind, Ada. "{A:Letters & Ledgers}." {J:Nordic Review} vol. 2, no. 4 ({D:May 1930}): pp. 5-16.',
    "-----. The Quay in Winter. {L:Bergen}: Anchor Press, {D:1931}.",
    "Olsen, Per, ed. {T:Harbours of the North}. {L:London}: Blackwater Books, {D:1944}.",
]


def test_entries_are_read() -> None:
    ice, letters, quay, harbours = Made([], entries=ENTRIES).works
    assert ice.authors == ("Brandt, Hugo", "Lind, Ada")
    assert (ice.title, ice.date, ice.type) == ("Ice and Salt", "1928", "book")
    assert (letters.title, letters.container, letters.type) == ("Letters & Ledgers", "Nordic Review", "article-journal")
    assert (letters.volume, letters.issue, letters.pages, letters.date) == ("2", "4", "5-16", "May 1930")
    assert quay.authors == ("Lind, Ada",)
    assert (quay.title, quay.place, quay.publisher, quay.date) == (
        "The Quay in Winter",
        "Bergen",
        "Anchor Press",
        "1931",
    )
    assert (harbours.authors, harbours.editors) == ((), ("Olsen, Per",))


def test_a_dash_keeps_its_characters_and_stands_for_the_author() -> None:
    made = Made([], entries=ENTRIES)
    assert "-----" in made.said("author")


def test_an_entry_that_a_page_divides_is_one_work() -> None:
    made = Made(
        [],
        entries=[
            "Lind, Ada. The Quay in Winter and Other Stories of the Frozen Docks, Anchor",
            "Press, {L:Bergen}, {D:1931}.",
            *ENTRIES[3:],
        ],
    )
    assert [work.title for work in made.works][:1] == ["The Quay in Winter and Other Stories of the Frozen Docks"]
    entries = [span.attributes["corresp"] for span in made.spans if span.kind == "entry"]
    assert entries[0] == entries[1] != entries[2]


def test_a_heading_names_the_author_of_what_stands_under_it() -> None:
    made = Made(
        [],
        heading="Works by {P:Ada Lind}",
        entries=["1. The Quay in Winter, {L:Bergen}, {D:1931}.", "2. Ice, {L:Oslo}, {D:1933}."],
    )
    assert [work.authors for work in made.works] == [("Lind, Ada",)] * 2


def test_articles_listed_under_their_periodical_stand_in_it() -> None:
    made = Made(
        [],
        entries=[
            "Nordic Review, 1930-32",
            '"The Ice," no. 4, {D:May 1930}, pp. 5-6.',
            '"The Salt," no. 5, {D:June 1930}.',
        ],
    )
    assert [(work.title, work.container) for work in made.works] == [
        ("The Ice", "Nordic Review"),
        ("The Salt", "Nordic Review"),
    ]


def test_csl_json_is_what_csl_asks() -> None:
    items = json.loads(csl(Made([], entries=ENTRIES).works))
    assert [item["id"] for item in items] == sorted({item["id"] for item in items}, key=[i["id"] for i in items].index)
    for item in items:
        assert item["type"] in {"book", "article-journal"}
        assert all(set(name) == {"family", "given"} for name in item.get("author", []) + item.get("editor", []))
        ((year, *rest),) = item["issued"]["date-parts"]
        assert 1900 < year < 1950
        assert all(isinstance(part, int) for part in rest)
    assert items[1]["issued"] == {"date-parts": [[1930, 5]]}
    assert items[1]["container-title"] == "Nordic Review"


def test_bibtex_is_read_again_as_it_was() -> None:
    works = Made([], entries=ENTRIES).works
    read = parse_string(bibtex(works).decode(), "bibtex")
    assert list(read.entries) == [work.id.removeprefix("bib-") for work in works]
    letters = read.entries["lind-letters-ledgers"]
    assert letters.type == "article"
    assert letters.fields["journal"] == "Nordic Review"
    assert letters.fields["pages"] == "5--16"
    assert str(letters.persons["author"][0]) == "Lind, Ada"


@pytest.mark.parametrize("title", ["50% & {more}_ #1", "a { b", "Гавань", "é } ç"])
def test_bibtex_of_any_title_can_be_read(title: str) -> None:
    (work,) = Made([], entries=["Lind, Ada. Ice. Bergen: Anchor Press, {D:1931}."]).works
    read = parse_string(bibtex([replace(work, title=title)]).decode(), "bibtex")
    assert len(read.entries) == 1


def test_an_entry_without_author_that_breaks_the_alphabet_has_the_one_before() -> None:
    oslo = "{L:Oslo}, {D:1930}."
    names = ("Brandt, Hugo, Ice", "Trapp, Eva, Harbours", "A Winter at Sea", "Vik, Jon, Tides")
    listed = [f"{each}, {oslo}" for each in names]
    assert Made([], entries=listed).works[2].authors == ("Trapp, Eva",)


def test_the_translator_is_no_other_edition() -> None:
    entry = "Lind, Ada, {T:A Lamp}, translated by {P:W. Olsen}, The Quay Press, {L:Bergen}, {D:1927}."
    (work,) = Made([], entries=[entry]).works
    assert (work.place, work.date) == ("Bergen", "1927")
