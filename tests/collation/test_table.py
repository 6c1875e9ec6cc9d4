"""The table for people holds every difference, and nothing in it harms a spreadsheet."""

import csv
import io

from pipeline.collation import columns
from pipeline.collation.table import table
from pipeline.model import Block, Token, Witness


def rows(first: list[Token], second: list[str]) -> list[dict[str, str]]:
    witnesses = [
        Witness("scan", "scan", "", (Block("body", tuple(first)),)),
        Witness("existing", "text", "", (Block("body", tuple(Token(word) for word in second)),)),
    ]
    made = table(columns(witnesses, ["en"]), {witness.id: witness.tokens() for witness in witnesses})
    return list(csv.DictReader(io.StringIO(made.decode("utf-8"), newline=""), delimiter="\t", quoting=csv.QUOTE_NONE))


def typed(text: str) -> list[Token]:
    return [Token(word, line="p0001.l2", page="p0001", confidence=0.9) for word in text.split(" ")]


def test_differences_have_a_row_with_their_place_and_agreement_has_none() -> None:
    found = rows(typed("the harhour froze early that winter"), ["the", "harbour", "froze", "early", "winter"])
    assert [(row["page"], row["line"], row["scan"], row["existing"]) for row in found] == [
        ("p0001", "p0001.l2", "harhour", "harbour"),
        ("p0001", "p0001.l2", "that", ""),
    ]
    assert found[0]["choice"] == "harbour"
    assert found[1]["kind"] == "dropped"


def test_what_only_stands_elsewhere_has_a_row_too() -> None:
    text = "at dawn the pilot rowed back to the harbour with six men and a lamp"
    order = text.split(" ")
    found = rows(typed(text), [*order[7:], *order[:7]])
    moved = [row for row in found if row["kind"] == "moved"]
    assert len(moved) >= 6
    assert all(row["scan"] == row["existing"] == row["choice"] for row in moved)
    assert all(row["reason"] == "stands elsewhere in existing" for row in moved)


def test_cells_are_safe() -> None:
    words = ["=SUM(A1)", "@harbour", "tab\tand\nline", "+1", "\ud800"]
    found = rows(typed("the pilots rowed back"), ["the", "pilots", *words, "rowed", "back"])
    assert [row["existing"] for row in found] == ["'=SUM(A1)", "'@harbour", "tab and line", "'+1", " "]
