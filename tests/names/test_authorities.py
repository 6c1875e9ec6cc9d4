"""The editor's tables: what they may hold, and one clear line for every fault."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import BadInput
from pipeline.model import Authority
from pipeline.names.authorities import gathered, read
from pipeline.names.tables import read_table, write_table

HEADER = "id,name,variants,dates,viaf,wikidata,geonames,isni,note,see\n"


def _people(folder: Path, text: str | bytes) -> Path:
    path = folder / "people.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_entries_with_variants_and_numbers(tmp_path: Path) -> None:
    _people(tmp_path, HEADER + "p-lind,Ada Lind,Lind; A. Lind,1901-1980,123,Q42,,0000 0001 2345 678X,painter,\n")
    known = read(tmp_path)
    assert known.entries["p-lind"] == Authority(
        "p-lind",
        "persName",
        "Ada Lind",
        ("Lind", "A. Lind"),
        "1901-1980",
        {"VIAF": "123", "wikidata": "Q42", "ISNI": "000000012345678X"},
        "painter",
    )
    assert known.meant("persName", "A. Lind") == "p-lind"
    assert known.meant("placeName", "Lind") is None


def test_a_form_of_two_entries_means_neither(tmp_path: Path) -> None:
    _people(tmp_path, HEADER + "a,Ada Lind,Lind,,,,,,,\nb,Bo Lind,Lind,,,,,,,\n")
    assert read(tmp_path).meant("persName", "Lind") is None


def test_an_entry_needs_no_id_and_may_be_of_another_kind_than_its_table(tmp_path: Path) -> None:
    _people(tmp_path, "name,kind\nAda Lind,\nBergen,place\nAnchor,organisation\nThe Tide,none\n")
    known = read(tmp_path)
    assert {name: entry.kind for name, entry in known.entries.items()} == {
        "person-ada-lind": "persName", "place-bergen": "placeName", "org-anchor": "orgName", "other-the-tide": "none"
    }  # fmt: skip


def test_see_takes_an_entry_into_another(tmp_path: Path) -> None:
    _people(tmp_path, HEADER + "a,Ada Lind,,,,,,,,\nb,A. Lynd,Lynd,,,,,,,a\nc,Lind,,,,,,,,b\n")
    known = read(tmp_path)
    assert list(known.entries) == ["a"]
    assert known.entries["a"].forms == ("Ada Lind", "A. Lynd", "Lynd", "Lind")


def test_tables_of_other_spreadsheets(tmp_path: Path) -> None:
    _people(tmp_path, b"\xef\xbb\xbf" + b'ID;Name;Variants\r\np1;Ada Lind;"Lind; A. Lind"\r\n;;\r\n')
    assert read(tmp_path).entries["p1"].variants == ("Lind", "A. Lind")


def test_a_tei_list(tmp_path: Path) -> None:
    (tmp_path / "places.xml").write_text(
        '<listPlace xmlns="http://www.tei-c.org/ns/1.0"><place xml:id="l-oslo">\n'
        '<placeName type="variant">Kristiania</placeName><placeName type="preferred">Oslo</placeName>'
        '<idno type="GeoNames">3143244</idno></place></listPlace>'
    )
    assert read(tmp_path).entries["l-oslo"] == Authority(
        "l-oslo", "placeName", "Oslo", ("Kristiania",), "", {"geonames": "3143244"}
    )


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("id,name,viafs\n", 1, "unknown column 'viafs'"),
        ("id,variants\n", 1, "column 'name' is missing"),
        ("id,name,name\n", 1, "stands twice"),
        ("", 1, "empty"),
        (HEADER + "a,Ada,,,,,,,,\nb,Bo,,,,,,,,\na,Cy,,,,,,,,\n", 4, "the id 'a' stands in line 2 too"),
        (HEADER + "a,Ada,,,,,,,,b\nb,Bo,,,,,,,,a\n", 3, "leads in a circle"),
        (HEADER + "a,Ada,,,,,,,,a\n", 2, "leads in a circle"),
        (HEADER + "a,Ada,,,,,,,,z\n", 2, "no entry of that id"),
        (HEADER + "a,,,,,,,,,\n", 2, "needs a name"),
        ("name,kind\nAda,ship\n", 2, "kind 'ship' should be one of: person, place"),
        (HEADER + "1 x,Ada,,,,,,,,\n", 2, "no identifier"),
        (HEADER + "a,Ada,,,,42,,,,\n", 2, "wikidata '42' should be Q and digits"),
        (HEADER + 'a,"Ada\nb,Bo,,,,,,,,\n', 2, "not CSV"),
        (HEADER + 'a,"Ada" x,,,,,,,,\n', 2, "not CSV"),
        (HEADER + "a,Lind, Ada,x,,,,,,,,,,y\n", 2, "14 cells under 10 columns"),
        (HEADER.encode() + b"a,Ad\xe9,,,,,,,,\n", 2, "not UTF-8"),
        (HEADER.encode() + b"a,Ad\0a,,,,,,,,\n", 2, "NUL"),
        ("id,name\n".encode("utf-16"), 1, "UTF-16"),
        (HEADER + f"a,{'x' * 200_000},,,,,,,,\n", 2, "field larger"),
        (HEADER + '"a\n\n",Ada,,,,,,,,\nb,,,,,,,,,\n', 5, "needs a name"),
    ],
)
def test_a_fault_is_told_in_one_line(tmp_path: Path, text: str | bytes, line: int, words: str) -> None:
    path = _people(tmp_path, text)
    with pytest.raises(BadInput) as told:
        read(tmp_path)
    message = str(told.value)
    assert message.startswith(f"{path}:{line}:")
    assert words in message
    assert "\n" not in message


def test_the_same_id_in_two_files_and_a_file_twice(tmp_path: Path) -> None:
    _people(tmp_path, "id,name\na,Ada\n")
    places = tmp_path / "places.csv"
    places.write_text("id,name\na,Oslo\n")
    with pytest.raises(BadInput, match=r"places.csv:2: the id 'a' stands in people.csv:2 too"):
        read(tmp_path)
    (tmp_path / "places.xml").write_text("<x/>")
    with pytest.raises(BadInput, match="keep one of them"):
        read(tmp_path)


@pytest.mark.parametrize("text", ["<list", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a><z/>', ""])
def test_broken_xml(tmp_path: Path, text: str) -> None:
    (tmp_path / "works.xml").write_text(text)
    with pytest.raises(BadInput, match=r"works\.xml:\d+: not XML"):
        read(tmp_path)


def test_no_folder_no_authorities(tmp_path: Path) -> None:
    assert read(tmp_path / "none") == gathered([])


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), min_size=2, max_size=2)
    )
)
def test_cells_come_back_and_none_is_a_formula(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    path = tmp_path_factory.mktemp("table") / "t.csv"
    stripped = [[" ".join(cell.split()) for cell in row] for row in rows]
    write_table(path, ["id", "name"], [{"id": a, "name": b} for a, b in stripped])
    again = [[row["id"], row["name"]] for row in read_table(path, ["id", "name"], ["id"])]
    assert again == [row for row in stripped if any(row)]
    for cells in csv.reader(path.read_text(encoding="utf-8").split("\n")):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_events_are_a_table_or_a_list_of_labels(tmp_path: Path) -> None:
    (tmp_path / "events.csv").write_text("name,variants\nGreat Dock Strike,Dock Strike\n", encoding="utf-8")
    table = read(tmp_path)
    (tmp_path / "events.csv").unlink()
    (tmp_path / "events.xml").write_text(
        '<listEvent xmlns="http://www.tei-c.org/ns/1.0"><event xml:id="event-great-dock-strike">'
        '<label>Dock Strike</label><label type="preferred">Great Dock Strike</label></event></listEvent>',
        encoding="utf-8",
    )
    assert read(tmp_path) == table
    assert table.meant("event", "Dock Strike") == "event-great-dock-strike"
