"""Citations in the edition: bibl with its parts, references with their targets, the bibliography in standOff."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from synthetic import edition, write

from pipeline.encoding import encode
from pipeline.model import Milestone, Reading, Span, Work, write_json

NS = {"t": "http://www.tei-c.org/ns/1.0"}
SCHEMA = etree.RelaxNG(etree.parse(str(Path(__file__).parents[2] / "schemas" / "edition.rng")))
WORK = Work(
    "bib-lind-quay",
    "book",
    "The Quay",
    authors=("Lind, Ada",),
    place="Bergen",
    date="May 1931",
    issued="1931-05",
    note="With a map.",
    text="Lind, Ada.",
)
ARTICLE = Work(
    "bib-ice", "article-journal", "Ice & Salt", container="Nordic Review", issued="1926/1927", volume="2", pages="3-4"
)
NOTE = "Lind, The Quay, p. 12."
BODY = "It was cold.\nLind, Ada. The Quay. 1931."


def span(words: str, text: str, name: str, kind: str, **attributes: str) -> Span:
    start = text.index(words)
    return Span(name, start, start + len(words), kind, attributes)


def made(folder: Path, *spans: Span, note: str = NOTE) -> Any:
    """The edition of a page with one note and a bibliography of one entry."""
    entry = BODY.index("Lind")
    layers = [
        Span("body", 0, entry - 1, "p"),
        Span("body", entry, len(BODY), "listBibl"),
        Span("body", entry, len(BODY), "bibl"),
        Span("body", entry, len(BODY), "entry", {"corresp": WORK.id}),
        Span("body", entry - 1, entry - 1, "note", {"note": "n1.1", "n": "1", "place": "bottom"}),
        *spans,
    ]
    text = Reading({"body": BODY, "n1.1": note}, milestones=[Milestone("body", 0, "page", "p0001", label="1")])
    quay = write(edition(folder), text, {"review": layers}, [])
    write_json(quay.work / "works.json", [WORK, ARTICLE])
    root = etree.parse(str(encode(quay)), etree.XMLParser(collect_ids=False)).getroot()
    assert SCHEMA.validate(root), SCHEMA.error_log
    return root


def test_a_citation_is_a_bibl_with_its_parts(tmp_path: Path) -> None:
    root = made(
        tmp_path,
        Span("n1.1", 0, len(NOTE) - 1, "citation", {"corresp": WORK.id}),
        span("Lind", NOTE, "n1.1", "author"),
        span("Lind", NOTE, "n1.1", "persName"),
        span("The Quay", NOTE, "n1.1", "title", level="m"),
        span("p. 12", NOTE, "n1.1", "citedRange", **{"unit": "page", "from": "12"}),
    )
    (bibl,) = root.iterfind(".//t:note/t:bibl", NS)
    assert bibl.get("corresp") == "#bib-lind-quay"
    assert [etree.QName(child).localname for child in bibl] == ["author", "title", "citedRange"]
    assert bibl.findtext("t:author/t:persName", None, NS) == "Lind"
    assert "".join(bibl.itertext()) == NOTE[:-1]


def test_an_entry_points_to_its_work(tmp_path: Path) -> None:
    root = made(tmp_path)
    assert [bibl.get("corresp") for bibl in root.iterfind(".//t:text//t:listBibl/t:bibl", NS)] == ["#bib-lind-quay"]
    book, article = root.iterfind("t:standOff/t:listBibl/t:biblStruct", NS)
    assert book.findtext("t:monogr/t:author", None, NS) == "Lind, Ada"
    assert article.findtext("t:analytic/t:title", None, NS) == "Ice & Salt"
    assert article.findtext("t:monogr/t:title", None, NS) == "Nordic Review"
    dates = root.iterfind("t:standOff/t:listBibl/t:biblStruct//t:date", NS)
    assert [dict(date.attrib) for date in dates] == [{"when": "1931-05"}, {"from": "1926", "to": "1927"}]
    assert book.findtext("t:note", None, NS) == "With a map."


def test_references_lead_to_works_notes_and_pages_or_are_unresolved(tmp_path: Path) -> None:
    note = "Ibid. See note 1, p. 1, p. 9."
    root = made(
        tmp_path,
        span("Ibid.", note, "n1.1", "ref", type="ibid", target=WORK.id),
        span("note 1", note, "n1.1", "ref", type="see-note", target="n1.1"),
        span("p. 1", note, "n1.1", "ref", type="see-page", target="p0001"),
        span("p. 9", note, "n1.1", "ref", type="see-page", target="p0009"),
        note=note,
    )
    references = [dict(ref.attrib) for ref in root.iterfind(".//t:note/t:ref", NS)]
    assert references == [
        {"type": "ibid", "target": "#bib-lind-quay"},
        {"type": "see-note", "target": "#n1.1"},
        {"type": "see-page", "target": "#pb-0001"},
        {"type": "unresolved"},
    ]


KINDS = (
    "author",
    "citedRange",
    "pubPlace",
    "hi",
    "title",
    "q",
    "app",
    "foreign",
    "flag",
    "persName",
    "date",
    "ref",
    "citation",
)
GIVEN = {
    "citedRange": {"unit": "page"},
    "hi": {"rendition": "underline"},
    "foreign": {"lang": "fr"},
    "flag": {"category": "rv-foreign", "note": "Look."},
    "ref": {"type": "unresolved"},
}


@example([("author", 3, 1), ("flag", 1, 2), ("citation", 2, 3), ("ref", 0, 3)])
@example([("author", 2, 1), ("flag", 2, 2), ("citation", 1, 2), ("citation", 0, 2)])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 21), st.integers(1, 12)), max_size=7))
def test_whatever_crosses_a_citation_is_valid_and_keeps_its_text(drawn: list[tuple[str, int, int]]) -> None:
    spans = [Span("n1.1", at, min(at + size, len(NOTE)), kind, GIVEN.get(kind, {})) for kind, at, size in drawn]
    folder = Path(tempfile.mkdtemp())
    try:
        root = made(folder, *spans)
    finally:
        shutil.rmtree(folder)
    (note,) = root.iterfind(".//t:note[@place]", NS)
    for reading in list(note.iterfind(".//t:rdg", NS)):
        reading.text = None
    assert "".join(note.itertext()) == NOTE
