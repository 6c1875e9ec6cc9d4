"""The layer of notes: where each is called, its number, and what of both an editor must decide."""

from collections.abc import Mapping, Sequence

from pipeline.model import Span
from pipeline.structure.anchors import Anchor
from pipeline.structure.notes import Note

CONJECTURAL = 0.5
"""Certainty (0..1) below which a place or a number is a conjecture, and the editor is asked."""
_CATEGORY = "rv-note-anchor"


def names(notes: Sequence[Note]) -> list[str]:
    """An id for every note's text: n, the unit of numbering, the number."""
    found: list[str] = []
    used: dict[str, int] = {}
    for note in notes:
        number_or_mark = note.number if note.number.isalnum() and note.number.isascii() else "mark"
        name = f"n{note.unit + 1}.{number_or_mark}"
        used[name] = used.get(name, 0) + 1
        found.append(name if used[name] == 1 else f"{name}-{used[name]}")
    return found


def calls(notes: Sequence[tuple[str, Note, Anchor, int]], texts: Mapping[str, str]) -> list[Span]:
    """Spans "note" at the places of notes, and "flag" over the text of those whose place or number is a conjecture.

    notes: the id of each, what is known of it, and the offset in the body at which it is called. texts: by id. A
    number that no witness shows has how sure it is (0..1) in the attribute `supplied`.
    """
    spans = []
    for name, note, anchor, at in notes:
        attributes = {"note": name, "n": note.number, "place": "bottom"}
        if note.supplied:
            attributes["supplied"] = str(note.certainty)
        certainty = min(anchor.certainty, note.certainty) if note.certainty < CONJECTURAL else anchor.certainty
        evidence = "reference" if anchor.width is not None else "page and sentence"
        spans.append(Span("body", at, at, "note", attributes, certainty, evidence))
        if (question := _question(note, anchor)) and texts[name]:
            asked = {"category": _CATEGORY, "note": question}
            spans.append(Span(name, 0, len(texts[name]), "flag", asked, certainty, evidence))
    return spans


def _question(note: Note, anchor: Anchor) -> str:
    """Why an editor should look at a note; empty where everything is sure."""
    said = []
    if note.certainty < CONJECTURAL:
        said.append(f"Its number is not to be read, and {note.number} is but the likeliest one.")
    if anchor.certainty < CONJECTURAL:
        said.append(
            "No witness shows where it is called; it stands where its page most likely calls it, by the ends of "
            "quotations and sentences and the names in them."
        )
    return " ".join(said)
