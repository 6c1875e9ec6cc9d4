"""Pictures of pages: where notes are pinned, and what is said when there is nothing to draw."""

from pathlib import Path

import pytest
from PIL import Image

from pipeline.edition import Edition
from pipeline.errors import BadInput
from pipeline.layout import picture
from pipeline.layout.pins import pins
from pipeline.model import Box, Line, Milestone, Page, Reading, Span, Word, Zone, write_json
from pipeline.settings import Settings


def line(name: str, zone: str, top: int, text: str) -> Line:
    """A line of characters ten pixels wide; a word written ^7 is raised."""
    words, left = [], 100
    for each in text.split():
        typed = each.removeprefix("^")
        words.append(Word(typed, Box(left, top, left + 10 * len(typed), top + 30), 0.9, typed != each))
        left += 10 * (len(typed) + 1)
    return Line(name, zone, Box(100, top, left - 10, top + 30), tuple(words))


LINES = (
    line("p0001.l1", "z1", 100, "The tide was out ^7 and"),
    line("p0001.l2", "z1", 150, "the quay lay dry."),
    line("p0001.l3", "z2", 500, "^7 Log of the pilot."),
)
PAGE = Page(
    "p0001", 1, "1.png", "pages/p0001.png", 600, 800, "0" * 64,
    zones=(Zone("z1", "body", Box(100, 100, 400, 180)), Zone("z2", "footnote", Box(100, 500, 400, 530))), lines=LINES,
)  # fmt: skip
READING = Reading(
    {"body": "The tide was out and the quay lay dry.", "n1.7": "Log of the pilot.", "n1.8": "Elsewhere."},
    milestones=[
        Milestone("body", 0, "line", "p0001.l1"),
        Milestone("body", 21, "line", "p0001.l2"),
        Milestone("n1.7", 0, "line", "p0001.l3"),
        Milestone("n1.8", 0, "line", "p0002.l9"),
    ],
)
NOTES = [
    Span("body", 16, 16, "note", {"note": "n1.7", "n": "7"}, 0.9),
    Span("body", 38, 38, "note", {"note": "n1.8", "n": "8"}, 0.3),
]


def test_a_note_is_pinned_at_its_raised_number_or_after_its_characters_and_at_its_text() -> None:
    anchor, text, conjectured = pins(PAGE, READING, NOTES)
    assert (anchor.number, anchor.x, anchor.line, anchor.sure) == ("7", 275, LINES[0].box, True)
    assert (text.number, text.line, text.note) == ("7", LINES[2].box, True)
    assert (conjectured.number, conjectured.x, conjectured.line, conjectured.sure) == ("8", 270, LINES[1].box, False)


def laid_out(tmp_path: Path) -> Edition:
    edition = Edition("quay", tmp_path, Settings.model_validate({"title": "Quay"}))
    write_json(edition.work / "layout" / "b001.json", [PAGE])
    (edition.work / "pages").mkdir()
    Image.new("L", (600, 800), 255).save(edition.work / "pages" / "p0001.png")
    return edition


def test_notes_are_drawn_where_they_are_known(tmp_path: Path) -> None:
    edition = laid_out(tmp_path)
    without = picture(edition, 1)
    assert without == edition.work / "debug" / "p0001.png"
    write_json(edition.work / "reading.json", READING)
    write_json(edition.work / "layers" / "notes.json", NOTES)
    drawn = picture(edition, 1, tmp_path / "mine" / "page.png")
    assert drawn == tmp_path / "mine" / "page.png"
    assert drawn.read_bytes() != without.read_bytes()


def test_what_to_run_is_said_where_there_is_nothing_to_draw(tmp_path: Path) -> None:
    empty = Edition("pier", tmp_path, Settings.model_validate({"title": "Pier"}))
    with pytest.raises(BadInput, match="no page was laid out yet; run recensio build pier"):
        picture(empty, 1)
    edition = laid_out(tmp_path)
    with pytest.raises(BadInput, match="no page 4 was"):
        picture(edition, 4)
    (edition.work / "pages" / "p0001.png").unlink()
    with pytest.raises(BadInput, match="recensio pages quay"):
        picture(edition, 1)
