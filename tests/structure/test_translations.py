"""Quotations paired with their translations."""

import pytest

from pipeline.model import Span
from pipeline.structure.translations import paired

BODY = 'She wrote "la glace est partie" and left.'
QUOTED = Span("body", 10, 31, "quote", {"source": "n1.1"})


def pair(note: str) -> list[Span]:
    start = note.index('"')
    given = Span("n1.1", start, note.index('"', start + 1) + 1, "q")
    layers = {
        "quotations": [QUOTED, given],
        "notes": [Span("body", 31, 31, "note", {"note": "n1.1", "n": "1"})],
        "divisions": [Span("body", 0, len(BODY), "p")],
    }
    return paired(layers, {"body": BODY, "n1.1": note})["quotations"]


@pytest.mark.parametrize(
    "note",
    [
        'Translation: "the ice is gone."',
        'Fauvel to his wife, 3 March 1921; my translation reads "the ice is gone."',
        'Traduction : "the ice is gone."',
    ],
)
def test_a_note_that_says_so_has_the_translation(note: str) -> None:
    body, given = pair(note)
    assert body.attributes["corresp"] == given.attributes["id"]
    assert given.attributes["corresp"] == body.attributes["id"]
    assert body.attributes["source"] == "n1.1"


@pytest.mark.parametrize("note", ['See "The Ice," p. 4.', 'A translation was made later. Cf. "The Ice," p. 4.'])
def test_any_other_quotation_is_left_alone(note: str) -> None:
    assert all("corresp" not in span.attributes for span in pair(note))


def test_block_quotations_are_paired_as_well() -> None:
    note = 'Translation: "the ice is gone."'
    block = Span("body", 10, 31, "blockquote")
    layers = {
        "quotations": [Span("n1.1", 13, 31, "q")],
        "notes": [Span("body", 31, 31, "note", {"note": "n1.1", "n": "1"})],
        "divisions": [block],
    }
    made = paired(layers, {"body": BODY, "n1.1": note})
    assert made["divisions"][0].attributes["corresp"] == made["quotations"][0].attributes["id"]
