"""Underlined stretches: one for each line that was typed under words."""

import pytest

from pipeline.model import Block, Box, Column, Token, Witness
from pipeline.structure.stream import pieces
from pipeline.structure.text import Setter, set_items
from pipeline.structure.typography import doubts, underlines

Underlined = dict[int, int | None]


def token(text: str, at: int, lined: Underlined, seen: bool) -> Token:
    box = Box(100 * at, 0, 100 * at + 90, 30) if seen else None
    return Token(text, underlined=at in lined, overhang=lined.get(at), box=box)


def spans(text: str, scan: Underlined, existing: Underlined | None = None) -> list[str]:
    """What is underlined in a text of two witnesses; each says which words are, and their overhang."""
    words = text.split()
    witnesses = []
    for name, lined in (("scan", scan), ("existing", existing or {})):
        tokens = tuple(token(word, at, lined, name == "scan") for at, word in enumerate(words))
        witnesses.append(Witness(name, "scan", "", (Block("body", tokens),)))
    columns = [
        Column({"scan": (at, at + 1), "existing": (at, at + 1)}, word, "existing", 1.0, "agreed")
        for at, word in enumerate(words)
    ]
    setter = Setter("body")
    for piece in pieces(witnesses, columns):
        set_items(setter, piece.items, {})
    return [setter.text[span.start : span.end] for span in underlines(setter)]


TEXT = "in Quay News, The Pilot, Harbour and Ibid. alone"


@pytest.mark.parametrize(
    ("scan", "existing", "found"),
    [
        pytest.param({1: None, 2: 1, 3: None, 4: 1}, {}, ["Quay News", "The Pilot"], id="a line each"),
        pytest.param({1: None, 2: None, 3: None, 4: 1}, {}, ["Quay News, The Pilot"], id="one line"),
        pytest.param({1: 0, 2: 1}, {}, ["Quay", "News"], id="word by word"),
        pytest.param({}, {1: None, 2: 1, 3: None, 4: 1}, ["Quay News", "The Pilot"], id="known from the text"),
        pytest.param({1: None, 2: 1, 3: 0}, {1: None, 2: None, 3: 0}, ["Quay News", "The"], id="image first"),
        pytest.param({7: 1}, {}, ["Ibid"], id="without its stop"),
        pytest.param({7: 0}, {}, ["Ibid."], id="with its stop"),
    ],
)
def test_each_line_gives_one_span(scan: Underlined, existing: Underlined, found: list[str]) -> None:
    assert spans(TEXT, scan, existing) == found


@pytest.mark.parametrize(
    ("chosen", "other", "marked", "reading"),
    [
        pytest.param("Pilot,", "Pi1ot,", "Pilot", "Pi1ot", id="the comma is no variant"),
        pytest.param('"Pilot."', '"Pi1ot."', "Pilot", "Pi1ot", id="nor are marks on either side"),
        pytest.param("Pilot,", "Pi1ot.", "Pilot,", "Pi1ot.", id="other signs are"),
        pytest.param("Pilot:", 'Pilot:"', "Pilot:", 'Pilot:"', id="a sign more"),
        pytest.param("...", "..", "...", "..", id="signs alone"),
    ],
)
def test_a_variant_is_what_differs(chosen: str, other: str, marked: str, reading: str) -> None:
    witnesses = [Witness(s, "text", "", (Block("body", (Token(t),)),)) for s, t in (("a", chosen), ("b", other))]
    columns = [Column({"a": (0, 1), "b": (0, 1)}, chosen, "a", 0.5, "variant")]
    setter = Setter("body")
    set_items(setter, pieces(witnesses, columns)[0].items, {})
    (doubt,) = doubts([setter], columns, witnesses, 0.9)
    assert setter.text[doubt.start : doubt.end] == marked
    assert doubt.attributes == {"wit": "a", "rdg": reading, "rdgWit": "b"}
