"""Pieces of the collation, and the contents page of a scan."""

import pytest

from pipeline.model import Block, Column, Token, Witness, ZoneKind
from pipeline.structure.contents import contents_pages
from pipeline.structure.stream import Item, Piece, joined, lines_of, pieces


def line(page: str, number: int, text: str) -> tuple[Item, ...]:
    name = f"{page}.l{number}"
    return tuple(Item(0, word, (Token(word, line=name, page=page),), (), False, 1.0) for word in text.split())


def zone(kind: ZoneKind, page: str, *lines: str) -> Piece:
    items = tuple(item for number, text in enumerate(lines) for item in line(page, number, text))
    return Piece(kind, items, False, page, "scan")


LISTED = zone("body", "p1", "CHAPTER ONE: THE QUAY 1", "1.1 The strangers and the", "long winter 3")
MORE = zone("heading", "p1", "Net Street 5")


def test_lines_keep_the_words_that_the_scan_lacks() -> None:
    lost = Item(0, "dry", (Token("dry", line="L7"),), (), False, 1.0)
    piece = Piece("body", (*line("p1", 1, "The letters"), lost, *line("p1", 2, "came.")), False, "p1", "scan")
    assert [joined(each) for each in lines_of(piece)] == ["The letters dry", "came."]


def test_the_page_behind_a_heading_contents_is_parted_into_entries() -> None:
    number, after = zone("pageNumber", "p1", "ii"), zone("body", "p2", "It began in 1919")
    found = contents_pages([zone("heading", "p1", "CONTENTS"), LISTED, MORE, number, after])
    assert [(piece.kind, joined(piece.items)) for piece in found[1:]] == [
        ("contents", "CHAPTER ONE: THE QUAY 1"),
        ("contents", "1.1 The strangers and the long winter 3"),
        ("contents", "Net Street 5"),
        ("pageNumber", "ii"),
        ("body", "It began in 1919"),
    ]


def test_a_page_without_page_numbers_is_no_contents() -> None:
    given = [zone("heading", "p1", "Contents"), zone("body", "p1", "Nothing of what", "was promised", "came of it")]
    assert contents_pages(given) == given


def test_a_scrap_between_two_pages_belongs_to_the_paragraph() -> None:
    def block(kind: ZoneKind, page: str | None, *words: str, continues: bool = False) -> Block:
        return Block(kind, tuple(Token(word, page=page) for word in words), continues, page)

    scan = Witness(
        "scan",
        "scan",
        "",
        (block("quotation", "p1", "since", "I"), block("quotation", "p2", "landed", "here.", continues=True)),
    )
    text = Witness("existing", "text", "", (block("body", None, "since", "I", "A.", "landed", "here."),))
    readings = [{"scan": (0, 1)}, {"scan": (1, 2)}, {"existing": (2, 3)}, {"scan": (2, 3)}, {"scan": (3, 4)}]
    words = ["since", "I", "A.", "landed", "here."]
    columns = [Column(r, w, next(iter(r)), 1.0, "agreed") for r, w in zip(readings, words, strict=True)]
    assert [(p.kind, p.continues) for p in pieces([scan, text], columns)] == [
        ("quotation", False),
        ("quotation", True),
        ("quotation", True),
    ]


@pytest.mark.parametrize(("footed", "kind"), [(True, "body"), (False, "footnote")])
def test_what_stands_above_a_seen_foot_is_not_the_rest_of_a_note(footed: bool, kind: ZoneKind) -> None:
    def block(kind: ZoneKind, page: str | None, text: str, continues: bool = False) -> Block:
        return Block(kind, tuple(Token(word, page=page) for word in text.split()), continues, page)

    notes = (block("footnote", "p1", "See the ledger."),) if footed else ()
    scan = Witness("scan", "scan", "", (block("body", "p1", "The ice broke again"), *notes))
    text = Witness("existing", "text", "", (block("footnote", None, "The ice broke again", True),))
    columns = [Column({"scan": (at, at + 1), "existing": (at, at + 1)}, "x", "scan", 1.0, "agreed") for at in range(4)]
    columns += [Column({"scan": (at, at + 1)}, "x", "scan", 1.0, "only") for at in range(4, 7) if footed]
    assert pieces([scan, text], columns)[0].kind == kind
