"""The bibliography as data, and its export."""

import json
import re
from dataclasses import replace

import pytest
from documents import Made
from pybtex.database import parse_string

from pipeline.references.export import bibtex, csl
from pipeline.references.imprint import issued

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


HOSTILE = (
    "50% & {more}_ #1", "a { b", "Гавань", "é } ç", "}{", r"\input{/etc/passwd}", "ends in \\", r"\\ \} \{",
    "one\nline", '"quoted", @book{other,', "end}} @string{x = 1}", "$x^2$ ~", r"x \end{document} % y",
)  # fmt: skip
COMMANDS = {
    r"\textbackslash{}": "\\", r"\textbraceleft{}": "{", r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^", r"\%": "%", r"\&": "&", r"\#": "#", r"\$": "$", r"\_": "_",
}  # fmt: skip


def _printed(value: str) -> str:
    """What TeX prints of a value; fails where it holds anything that TeX would do."""
    said = re.compile("|".join(map(re.escape, COMMANDS)))
    plain = value[1:-1] if value.startswith("{") else value
    assert not re.search(r"[\\{}%&#$_~^]", said.sub("", plain))
    return said.sub(lambda match: COMMANDS[match[0]], plain)


@pytest.mark.parametrize("words", HOSTILE)
def test_bibtex_of_any_words_says_them_and_does_nothing(words: str) -> None:
    (work,) = Made([], entries=["Lind, Ada. Ice. Bergen: Anchor Press, {D:1931}."]).works
    filled = replace(
        work, title=words, publisher=words, note=words, place=words, pages=words, authors=(words, "Lind, Ada")
    )
    read = parse_string(bibtex([filled, replace(work, id="bib-other")]).decode(), "bibtex")
    first, other = read.entries.values()
    said = " ".join(words.split())
    assert _printed(first.fields["title"]) == said
    assert [_printed(first.fields[name]) for name in ("publisher", "note", "address")] == [said] * 3
    assert [str(person) for person in first.persons["author"]][1:] == ["Lind, Ada"]
    assert other.fields["publisher"] == "Anchor Press"


@pytest.mark.parametrize("name", ["Lind and Sons", "Lind, A., Jr.", "Band, Ada", "Harbour Board, Ships and Docks"])
def test_bibtex_keeps_a_name_one_person(name: str) -> None:
    (work,) = Made([], entries=["Lind, Ada. Ice. Bergen: Anchor Press, {D:1931}."]).works
    read = parse_string(bibtex([replace(work, authors=(name,))]).decode(), "bibtex")
    (person,) = read.entries["lind-ice"].persons["author"]
    assert str(person).replace("{", "").replace("}", "") == name


def test_an_entry_without_author_that_breaks_the_alphabet_has_the_one_before() -> None:
    oslo = "{L:Oslo}, {D:1930}."
    names = ("Brandt, Hugo, Ice", "Trapp, Eva, Harbours", "A Winter at Sea", "Vik, Jon, Tides")
    listed = [f"{each}, {oslo}" for each in names]
    assert Made([], entries=listed).works[2].authors == ("Trapp, Eva",)


def test_the_translator_is_no_other_edition() -> None:
    entry = "Lind, Ada, {T:A Lamp}, translated by {P:W. Olsen}, The Quay Press, {L:Bergen}, {D:1927}."
    (work,) = Made([], entries=[entry]).works
    assert (work.place, work.date) == ("Bergen", "1927")


def test_headings_among_the_entries_say_whose_works_follow() -> None:
    made = Made(
        [],
        heading="I. Works by {P:Ada Lind}",
        entries=[
            "A. Books and Pamphlets",
            "1. The Quay in Winter, {L:Bergen}, {D:1931}.",
            "B. Articles",
            '"The Ice," {J:Nordic Review}, {D:1932}.',
            "C. Articles by {P:Hugo Brandt}",
            '"The Salt," {J:Nordic Review}, {D:1933}.',
            "D. Articles about {P:Ada Lind}",
            '"The Lamp," {J:Nordic Review}, {D:1934}.',
        ],
    )
    assert [work.authors for work in made.works] == [("Lind, Ada",), ("Lind, Ada",), ("Brandt, Hugo",), ()]


@pytest.mark.parametrize(
    "imprint",
    ["{L:Bergen}, Anchor, {D:1931}", "{L:Bergen}: Anchor, {D:1931}", "Anchor, {L:Bergen}, {D:1931}",
     "({L:Bergen}: Anchor, {D:1931})", "Anchor, {L:Bergen} {D:1931}", "written 1929, Anchor, {L:Bergen}, {D:1931}",
     "translated by {P:W. Olsen}, {L:Bergen}, Anchor, {D:1931}"],
)  # fmt: skip
def test_place_and_publisher_stand_in_either_order(imprint: str) -> None:
    (work,) = Made([], entries=[f"Lind, Ada, {{T:A Lamp}}, {imprint}."]).works
    assert (work.place, work.publisher, work.date) == ("Bergen", "Anchor", "1931")


def test_a_publisher_of_several_partners_is_one() -> None:
    (work,) = Made([], entries=["Lind, Ada, {T:A Lamp}, {L:Bergen}, Harrow, Pike and Company, {D:1931}."]).works
    assert work.publisher == "Harrow, Pike and Company"


def test_years_in_a_title_are_no_date_of_publication() -> None:
    (work,) = Made([], entries=["Lind, Ada, Letters from the Quay 1919-1924, {L:Bergen}, Anchor, {D:1931}."]).works
    assert (work.title, work.date, work.publisher) == ("Letters from the Quay 1919-1924", "1931", "Anchor")


@pytest.mark.parametrize(
    ("entry", "note"),
    [
        ("Lind, Ada, {T:A Lamp}, {L:Bergen}, {D:1931}. (A part of her diary, printed in error.)",
         "A part of her diary, printed in error."),
        ("Lind, Ada, {T:A Lamp}, {L:Bergen}, {D:1931}. English translation by Wim Olsen, London, 1934.",
         "English translation by Wim Olsen, London, 1934."),
        ("Lind, Ada, {T:A Lamp}, {L:Bergen}, {D:1931}.", ""),
    ],
)  # fmt: skip
def test_what_follows_the_date_is_a_note(entry: str, note: str) -> None:
    assert Made([], entries=[entry]).works[0].note == note


def test_a_block_that_begins_with_a_translation_goes_on_from_the_entry_before() -> None:
    entries = [ENTRIES[2], "English translation by Wim Olsen, The Quay, {L:London}, {D:1934}.", ENTRIES[3]]
    assert len(Made([], entries=entries).works) == 2


@pytest.mark.parametrize(
    ("printed", "iso"),
    [("1931", "1931"), ("May 1930", "1930-05"), ("4 mai 1930", "1930-05-04"), ("avr.-mai 1936", "1936"),
     ("1926-27", "1926/1927"), ("[1931]", "1931"), ("Feb. 30, 1931", "1931-02"), ("n.d.", ""), ("1930, 1934", "1930")],
)  # fmt: skip
def test_dates_in_numbers(printed: str, iso: str) -> None:
    assert issued(printed) == iso


def test_a_number_in_words_and_in_figures_is_one_title() -> None:
    entry = "Lind, Ada. {T:The Quay Twenty-Five Years After}. {L:Bergen}: Anchor Press, {D:1931}."
    made = Made(["{P:Lind}, {T:The Quay 25 Years After}, p. 3."], entries=[entry])
    assert made.meant(1) == [made.works[0].id]


def test_other_works_are_nobody_s_in_particular() -> None:
    made = Made(
        [],
        heading="Works by {P:Ada Lind}",
        entries=[
            "The Quay in Winter, {L:Bergen}, Anchor, {D:1931}.",
            '"The Salt," {J:Nordic Review}, {D:1933}.',
            "Other Works",
            "Olsen, Per, Tides, {L:Oslo}, Anchor, {D:1930}.",
            "Harbours of the North, {L:Oslo}, Anchor, {D:1934}.",
        ],
    )
    assert [work.authors for work in made.works[:3]] == [("Lind, Ada",), ("Lind, Ada",), ("Olsen, Per",)]
    assert made.works[3].authors != ("Lind, Ada",)


def test_a_title_that_looks_like_a_person_is_no_author_before_a_place() -> None:
    made = Made([], heading="Works by {P:Ada Lind}", entries=["{P:Aurora Borealis}, {L:Bergen}, Anchor, {D:1931}."])
    assert (made.works[0].title, made.works[0].authors) == ("Aurora Borealis", ("Lind, Ada",))


def test_a_dash_that_stands_alone_ends_where_it_ends() -> None:
    made = Made([""], entries=["-----", "{T:The Quay}, {L:Bergen}, {D:1931}."])
    assert made.said("author") == ["-----"]
