"""The index of an edition's names."""

from pathlib import Path

import pytest
from lxml import etree

from pipeline.edition import Edition
from pipeline.errors import BadInput
from pipeline.names.index import index, write_index
from pipeline.names.tables import read_table
from pipeline.settings import Settings

TABLE = ["kind", "id", "name", "forms", "count", "page", "note", "target"]
DOCUMENT = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff><listPerson><person xml:id="p-lind">
<persName type="preferred">Ada Lind</persName><persName type="variant">Lind</persName></person></listPerson></standOff>
<text><body><p><pb n="1" xml:id="pb-1"/><persName ref="#p-lind">Ada
<lb/>Lind</persName> left <placeName>=Oslo</placeName><note n="2" xml:id="n1.2"><persName ref="#p-lind">Lind</persName>
and <persName>Bo</persName></note> with <orgName xml:id="s" next="#s.2">Quay</orgName><pb n="2" xml:id="pb-2"/>
<orgName xml:id="s.2" prev="#s">Union</orgName>,
<app><lem><persName>Bo</persName></lem><rdg><persName>Ro</persName></rdg></app>
and <persName>Bo</persName>.</p></body></text></TEI>"""


EVENTS = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff><listEvent><event xml:id="e-strike">
<label type="preferred">Great Dock Strike</label></event></listEvent></standOff><text><body><p><pb n="1" xml:id="pb-1"/>
The <name type="event" ref="#e-strike">Dock Strike</name> of <date>1911</date>.</p></body></text></TEI>"""


def _edition(root: Path, text: str | None = DOCUMENT) -> Edition:
    edition = Edition("ed", root, Settings.model_validate({"title": "Quays & winds"}))
    edition.tei.parent.mkdir()
    if text is not None:
        edition.tei.write_text(text, encoding="utf-8")
    return edition


def test_names_under_their_entries_with_pages_and_notes(tmp_path: Path) -> None:
    found = index(_edition(tmp_path).tei)
    told = [
        (h.kind, h.id, h.name, list(h.forms), [(p.page, p.note, p.target, n) for p, n in h.places.items()])
        for h in found
    ]
    assert told == [
        ("persName", "p-lind", "Ada Lind", ["Ada Lind", "Lind"], [("1", "", "pb-1", 1), ("1", "2", "n1.2", 1)]),
        ("persName", "", "Bo", ["Bo"], [("1", "2", "n1.2", 1), ("2", "", "pb-2", 2)]),
        ("placeName", "", "=Oslo", ["=Oslo"], [("1", "", "pb-1", 1)]),
        ("orgName", "", "Quay Union", ["Quay Union"], [("1", "", "pb-1", 1)]),
    ]


def test_as_tei_and_as_a_table(tmp_path: Path) -> None:
    tei, table = write_index(_edition(tmp_path))
    first = next(etree.fromstring(tei.read_bytes()).iter("{*}item"))
    assert "".join(str(part) for part in first.itertext()).split() == [
        "Ada",
        "Lind,",
        "1,",
        "1",
        "n.",
        "2",
    ]
    rows = read_table(table, TABLE, ["name"])
    assert [row["page"] for row in rows if row["name"] == "Bo"] == ["1", "2"]
    assert "'=Oslo" in table.read_text(encoding="utf-8")


@pytest.mark.parametrize(("text", "words"), [(None, "build the edition first"), ("<TEI", "not XML")])
def test_no_edition_no_index(tmp_path: Path, text: str | None, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        write_index(_edition(tmp_path, text))


def test_events_under_their_entries_are_an_index_of_their_own(tmp_path: Path) -> None:
    edition = _edition(tmp_path, EVENTS)
    list_, table = write_index(edition)
    assert [(row["kind"], row["name"], row["forms"], row["page"]) for row in read_table(table, TABLE, ["name"])] == [
        ("event", "Great Dock Strike", "Dock Strike", "1")
    ]
    (name,) = etree.parse(list_).getroot().iter("{*}name")
    assert (name.get("type"), name.text) == ("event", "Great Dock Strike")
