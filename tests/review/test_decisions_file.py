"""review.yaml: what is written, what is refused, and the table beside it."""

import csv
import io
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from reviewing import make

from pipeline.errors import BadInput
from pipeline.model import Decision, read_rows
from pipeline.review import queue
from pipeline.review.decisions import in_order, parse_decisions, read_decisions, write_decisions
from pipeline.review.rows import Flag
from pipeline.review.table import as_table, from_table

PLAIN = Decision("rv-witnesses", "body", "sient", "The quay was ", " when she", "text", "silent")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def test_a_decision_is_a_short_block_of_plain_lines(tmp_path: Path) -> None:
    path = tmp_path / "review.yaml"
    write_decisions(path, [PLAIN, Decision("rv-foreign", "n3.12", "на пристани", "", "x" * 200, "language", "ru")])
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[1:8] == [
        "- flag: rv-witnesses",
        "  text: body",
        '  prefix: "The quay was "',
        '  exact: "sient"',
        '  suffix: " when she"',
        "  decision: text",
        '  value: "silent"',
    ]
    assert '  exact: "на пристани"' in lines
    assert len(lines) == 15


@given(TEXT, TEXT, TEXT)
def test_whatever_is_written_is_read_again_and_is_yaml(exact: str, prefix: str, suffix: str) -> None:
    decision = Decision("rv-foreign", "body", exact, prefix, suffix, "accept")
    path = Path("review.yaml")
    data = _written(decision)
    assert parse_decisions(data, path) == [decision]
    assert yaml.safe_load(data)[0]["exact"] == exact


def _written(*decisions: Decision) -> bytes:
    import tempfile  # noqa: PLC0415  (Hypothesis runs a test many times, and tmp_path is one)

    with tempfile.TemporaryDirectory() as folder:
        return write_decisions(Path(folder) / "review.yaml", decisions)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("flag: x\n", "review.yaml:1: expected a list"),
        ("- x\n", "review.yaml:1: expected a decision such as"),
        ("- flag: rv-foreign\n  txt: body\n", "review.yaml:2: unknown key 'txt'"),
        ("- flag: rv-foreign\n  flag: rv-foreign\n", "review.yaml:2: 'flag' is given twice"),
        ("- flag: rv-foreign\n  text: body\n", "review.yaml:1: 'decision' is missing"),
        ("- flag: rv-forin\n  text: body\n  decision: accept\n", "'rv-forin' is no kind of flag; expected one of"),
        ("- flag: rv-foreign\n  text: body\n  decision: keep\n", "expected one of accept, text"),
        ("- flag: rv-foreign\n  text: body\n  decision: accept\n  exact: [a]\n", "review.yaml:4: exact: expected text"),
        ("- flag: rv-foreign\n  text: body\n  exact: a\n  decision: language\n  value: French\n", "no language tag"),
        ("- flag: rv-foreign\n  text: body\n  exact: a\n  decision: unclear\n  value: odd\n", "is no reason"),
        ("- flag: rv-name\n  text: body\n  exact: a\n  decision: name\n  value: ship\n", "is no kind of name"),
        ("- flag: rv-foreign\n  text: body\n  decision: text\n  value: b\n", "there are no words"),
        ("- flag: rv-foreign\n  text: body\n  exact: a\n  decision: slip\n", "a slip needs its correction"),
        ("- flag: rv-note-anchor\n  text: body\n  decision: place\n", "a place needs the note's id"),
        ("- flag: [\n", "review.yaml:2: not YAML"),
        ("- !!python/object:os.system x\n", "expected a decision"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(text: str, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_decisions(text.encode(), Path("review.yaml"))
    assert said in str(refused.value)


def test_a_decision_given_twice_is_refused() -> None:
    with pytest.raises(BadInput, match=r"review\.yaml:9: decided already in line 2"):
        parse_decisions(_written(PLAIN, PLAIN), Path("review.yaml"))


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "review.yaml"
    path.write_bytes(b"- flag: \xe9\n")
    with pytest.raises(BadInput, match="not UTF-8"):
        read_decisions(path)


def test_a_missing_or_empty_file_holds_no_decision(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "review.yaml") == []
    write_decisions(tmp_path / "review.yaml", [])
    assert read_decisions(tmp_path / "review.yaml") == []


def test_what_fits_nowhere_stays_behind_its_neighbour() -> None:
    first, stray, last = (Decision("rv-foreign", "body", word, "", "", "accept") for word in ("one", "gone", "two"))
    places = {"one": (0, 9), "two": (0, 1)}
    assert in_order([first, stray, last], lambda each: places.get(each.exact)) == [last, first, stray]


@pytest.fixture
def flags(tmp_path: Path) -> list[Flag]:
    edition = make(tmp_path, existing={"sient": "=silent"})
    queue(edition)
    return list(read_rows(edition.work / "review.jsonl", Flag))


def test_the_table_has_a_row_a_flag_and_no_formula(flags: list[Flag]) -> None:
    data = as_table(flags)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row["words"] for row in rows] == ["je suis ici", "sient", "", "sient"]
    assert rows[1]["reading of existing"] == "'=silent"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_corrected_elsewhere_is_taken_in(flags: list[Flag], tmp_path: Path, delimiter: str) -> None:
    rows = list(csv.DictReader(io.StringIO(as_table(flags).decode("utf-8-sig"), newline="")))
    rows[0] |= {"decision": "language", "value": "fr"}
    rows[1] |= {"decision": "text", "value": "'-silent"}
    rows[2] |= {"decision": "accept"}
    path = tmp_path / "mine.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    taken = [decision for _, decision in from_table(path, flags)]
    assert [(each.decision, each.value) for each in taken] == [
        ("language", "fr"),
        ("text", "-silent"),
        ("place", "n1.1"),
    ]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("id,decision\n", ":1: no column 'value'"),
        ("id,decision,value\nrv-0,accept,\n", ":2: no flag 'rv-0' is in the queue"),
        ("id,decision,value\n{id},keep,\n", ":2: decision: expected one of accept"),
        ("id,decision,value\n{id},language,French\n", ":2: 'French' is no language tag"),
    ],
)
def test_a_wrong_table_is_refused_with_its_line(flags: list[Flag], tmp_path: Path, table: str, said: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(table.format(id=flags[0].id), encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        from_table(path, flags)
    assert f"{path}{said}" in str(refused.value)
