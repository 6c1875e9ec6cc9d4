"""Clusters of forms, what is proposed of them, and that the editor has the last word."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Span
from pipeline.names import spans
from pipeline.names.authorities import COLUMNS, PROPOSED, Authorities, read
from pipeline.names.clusters import Clustered, people, things
from pipeline.names.proposals import propose, unmet
from pipeline.names.spelling import key
from pipeline.names.tables import read_table

TEXT = (
    "Fyodor Prokhorov met Ines Carvalho in Lisbon. Prokhorov wrote to Carvalho, and F. Prokhorov signed it. "
    "Harriet Lindqvist and Anselm Lindqvist read the letter; Lindqvist laughed."
)


def _groups(clustered: Clustered) -> list[set[str]]:
    return [set(cluster.forms) for cluster in clustered.clusters]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Жуковский", "Zhukovskii"), ("Joukovski", "Zhukovsky"), ("Chernov", "Tchernoff"), ("Троцкий", "Trotsky"),
     ("Шевченко", "Shevchenko"), ("Viktor", "Victor"), ("García", "Garcia")],
)  # fmt: skip
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_full_names_initials_surnames_and_transliterations_are_one_person() -> None:
    counts = {
        "Fyodor Prokhorov": 3,
        "F. Prokhorov": 2,
        "Prokhorov": 9,
        "Prokhoroff": 1,
        "Прохоров": 1,
        "Ines Carvalho": 1,
    }
    assert _groups(people(counts)) == [
        {"Fyodor Prokhorov", "F. Prokhorov", "Prokhorov", "Prokhoroff", "Прохоров"},
        {"Ines Carvalho"},
    ]


def test_an_error_of_recognition_is_one_person_but_a_wife_is_not() -> None:
    counts = {"Ernestine Weatherby": 6, "Weatherby": 8, "Weatherhy": 1, "Berezin": 5, "Berezina": 1}
    groups = _groups(people(counts))
    assert {"Ernestine Weatherby", "Weatherby", "Weatherhy"} in groups
    assert {"Berezin"} in groups


@pytest.mark.parametrize(
    ("one", "other"),
    [("Lev Prokhorov", "Leon Prokhorov"), ("Mary-Ann Weatherby", "Maryann Weatherby"),
     ("Olga Pavlovna Berezina", "Olga Pablovna Berezina"), ("Hugo Brandt", "Swedish Captain Hugo Brandt"),
     ("Hugo Brandt", "Hugo Brandt, Jan")],
)  # fmt: skip
def test_one_person_in_another_language_with_a_hyphen_or_with_words_taken_in(one: str, other: str) -> None:
    assert len(people({one: 3, other: 1}).clusters) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Victor Lind", "Viola Lind"), ("Hugo Brandt", "Hugo Brandts"), ("Henry Brandt", "William Henry Brandt")],
)
def test_two_people(one: str, other: str) -> None:
    assert len(people({one: 3, other: 3, "William Reed": 1}).clusters) >= 2


def test_a_name_known_alone_takes_its_spellings_and_leaves_its_adjectives() -> None:
    clusters = people({"Prokhorov": 40, "Prokhoroff": 2, "French Prokhorov": 1, "F. Prokhorov": 1}).clusters
    assert {"Prokhorov", "Prokhoroff", "F. Prokhorov"} <= set(clusters[0].forms)


def test_a_surname_of_two_people_is_ambiguous() -> None:
    clustered = people({"Harriet Lindqvist": 2, "Anselm Lindqvist": 2, "Lindqvist": 5, "H. Lindqvist": 1})
    assert _groups(clustered) == [{"Harriet Lindqvist", "H. Lindqvist"}, {"Anselm Lindqvist"}]
    assert list(clustered.ambiguous) == ["Lindqvist"]


def test_a_surname_goes_to_a_bearer_far_more_frequent_and_the_editor_is_told() -> None:
    clustered = people({"Harriet Lindqvist": 30, "Anselm Lindqvist": 1, "Lindqvist": 90, "Lindqvist, Harriet": 1})
    assert _groups(clustered) == [{"Harriet Lindqvist", "Lindqvist", "Lindqvist, Harriet"}, {"Anselm Lindqvist"}]
    assert list(clustered.ambiguous) == ["Lindqvist"]


def test_bodies_by_initials_and_works_by_short_titles() -> None:
    assert _groups(things({"Harbour Workers Union": 2, "HWU": 3, "H.W.U.": 1})) == [
        {"Harbour Workers Union", "HWU", "H.W.U."}
    ]
    assert _groups(things({"Twelve Winters: A Life": 1, "Twelve Winters": 4, "The Quay": 1})) == [
        {"Twelve Winters: A Life", "Twelve Winters"},
        {"The Quay"},
    ]


def test_initials_are_those_of_the_body_that_introduces_them() -> None:
    counts = {"Royal Society of Anglers": 2, "Royal Sailing Association": 1, "RSA": 4}
    assert list(things(counts).ambiguous) == ["RSA"]
    clustered = things(counts, {"RSA": "Royal Sailing Association"})
    assert {"Royal Sailing Association", "RSA"} in _groups(clustered)


def test_a_surname_with_a_particle_is_no_full_name() -> None:
    groups = _groups(people({"van Halmsund": 2, "van Halmsund, M.": 1, "Theo van Halmsund": 1, "Maria Quay": 1}))
    assert not any({"van Halmsund, M.", "Theo van Halmsund"} <= group for group in groups)


NAME_WORDS = ["van", "de", "Ada", "A.", "Lind", "Quay", "Danish", "Lvovna", "Lind-Quay", "y", "d'Oslo", "II", "The"]


@settings(max_examples=300)
@given(st.dictionaries(st.lists(st.sampled_from(NAME_WORDS), min_size=1, max_size=4).map(tuple), st.integers(1, 50)))
def test_any_names_are_clustered_and_none_is_lost(counts: dict[tuple[str, ...], int]) -> None:
    forms = {" ".join(words): n for words, n in counts.items()}
    forms |= {f"{words[-1]}, {' '.join(words[:-1])}": n for words, n in counts.items() if len(words) > 1}
    clustered = people(forms)
    placed = [form for cluster in clustered.clusters for form in cluster.forms]
    assert len(placed) == len(set(placed))
    assert set(placed) | set(clustered.ambiguous) == set(forms)


def _propose(folder: Path) -> list[str]:
    found = spans({"body": TEXT}, known=read(folder))
    places = {(span.text, span.start): "p. 1" for span in found}
    return [path.name for path in propose(folder, {"body": TEXT}, found, read(folder), places)]


def test_proposals_can_be_read_and_say_where(tmp_path: Path) -> None:
    assert _propose(tmp_path) == ["people.csv", "places.csv", "ambiguous.csv"]
    known = read(tmp_path)
    assert known.meant("persName", "Prokhorov") == "person-fyodor-prokhorov"
    assert known.meant("persName", "Lindqvist") is None
    assert "p. 1" in (tmp_path / "people.csv").read_text()
    assert "person-anselm-lindqvist; person-harriet-lindqvist," in (tmp_path / "ambiguous.csv").read_text()


def test_what_was_taken_for_no_name_is_told(tmp_path: Path) -> None:
    text = {"body": f"{TEXT} They called it the Great Frost, and the Great Frost stayed."}
    found = spans(text)
    written = propose(tmp_path, text, found, Authorities(), {(each.text, each.start): "p. 1" for each in found})
    others = tmp_path / "others.proposed.csv"
    assert written[others] == 1
    (row,) = read_table(others, [*COLUMNS, *PROPOSED], ["name"])
    assert (row["name"], row["count"]) == ("Great Frost", "2")
    assert written[tmp_path / "people.csv"] == 4
    assert "sure" in (tmp_path / "people.csv").read_text()


def test_the_editor_s_table_stays_byte_for_byte_and_new_names_go_beside_it(tmp_path: Path) -> None:
    mine = b"id;name;variants\r\nfp;Prokhorov, Fyodor;Fyodor Prokhorov;\r\n"
    (tmp_path / "people.csv").write_bytes(mine)
    assert "people.proposed.csv" in _propose(tmp_path)
    assert (tmp_path / "people.csv").read_bytes() == mine
    proposed = (tmp_path / "people.proposed.csv").read_text()
    assert "person-ines-carvalho" in proposed
    assert "person-fyodor-prokhorov" not in proposed
    assert "person-prokhorov,Prokhorov,F. Prokhorov,,,,,,,,fp," in proposed


def test_known_forms_are_names_lead_to_their_entry_and_others_are_none(tmp_path: Path) -> None:
    (tmp_path / "organisations.csv").write_text("id,name,variants\nb,The Quay,Quay\n")
    (tmp_path / "others.csv").write_text("id,name\nx,Carvalho\n")
    (tmp_path / "people.csv").write_text("id,name,variants\np,Ines Carvalho,\n")
    text = "Then Quay wrote to Ines Carvalho. Carvalho did not answer Quay Street."
    found = spans({"body": text}, known=read(tmp_path))
    names = [(s.kind, text[s.start : s.end], s.attributes.get("ref")) for s in found]
    assert ("orgName", "Quay", "b") in names
    assert ("persName", "Ines Carvalho", "p") in names
    assert not any(form == "Carvalho" for _, form, _ in names)
    assert ("placeName", "Quay Street", None) in names


def test_what_is_no_name_as_a_whole_may_hold_names_and_what_is_another_thing_holds_none(tmp_path: Path) -> None:
    (tmp_path / "organisations.csv").write_text(
        "id,name,kind\na,Quay Academy of the Halms,none\nb,Quay Academy,\nc,Halms,place\n"
    )
    (tmp_path / "others.csv").write_text("id,name\nx,Ada Halms\n")
    text = "They left the Quay Academy of the Halms in spring. The boat was the Ada Halms of Oslo."
    found = spans({"body": text}, known=read(tmp_path))
    names = [(s.kind, text[s.start : s.end], s.start) for s in found if s.attributes.get("ref")]
    assert names == [("orgName", "Quay Academy", 14), ("placeName", "Halms", 34)]


def test_a_form_may_begin_with_a_quotation_mark(tmp_path: Path) -> None:
    (tmp_path / "organisations.csv").write_text("id,name\na,'Red' Quay Club\n")
    text = "She joined the 'Red' Quay Club, and left it."
    found = spans({"body": text}, known=read(tmp_path))
    assert [text[s.start : s.end] for s in found if s.attributes.get("ref") == "a"] == ["'Red' Quay Club"]


def test_entries_that_the_text_never_names_are_told(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,name,variants\na,Prokhorov,Fyodor Prokhorov\nb,Prokhoroff,Prohorov\n")
    known = read(tmp_path)
    assert unmet({"body": TEXT}, spans({"body": TEXT}, known=known), known) == ["Prokhoroff"]


def test_without_authorities_nothing_has_a_ref() -> None:
    found: list[Span] = spans({"body": TEXT}, known=Authorities())
    assert found
    assert not any("ref" in span.attributes for span in found)
