"""Notes are told from the body, whatever is left of their numbers."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Block
from pipeline.witness.kinds import blocks
from pipeline.witness.notes import Numbering
from pipeline.witness.passages import passages
from pipeline.witness.source import Form, clean

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def read(text: str, form: Form = "text", numbering: Numbering = "chapter") -> list[Block]:
    return blocks(passages(text, form), numbering)


def kinds(found: Sequence[Block]) -> list[str]:
    return [block.kind + ("+" if block.continues else "") for block in found]


def words(block: Block) -> str:
    return " ".join(token.text for token in block.tokens if token.kind == "word")


PROSE = (
    "The ferry had crossed the estuary twice a day for as long as anyone remembered, and the pilots who worked it "
    "were proud of the tide tables that their grandfathers had drawn up by hand. When the harbour office announced "
    "a new timetable in the spring the older men refused to read it. They said that the sea would not be told when "
    "to come, and for some weeks the passengers waited on the quay in the rain, not knowing whom to believe while"
)
AFTER = (
    "the younger pilots, who had families to feed, went on working by the printed hours. The quarrel lasted into the "
    "summer. Nobody who lived through it was willing to speak of it later, and the minutes of the harbour office say "
    "only that the matter was settled to the satisfaction of all concerned."
)


def test_labelled_notes_stand_where_the_body_breaks() -> None:
    found = read(f"{PROSE}\n\n¹Harbour Office, <u>Minutes</u>, p. 12.\n\n²<u>Ibid.</u>, p. 14.\n\n{AFTER}")
    assert kinds(found) == ["body", "footnote", "footnote", "body+"]
    assert [found[index].tokens[0].text for index in (1, 2)] == ["1", "2"]
    assert all(found[index].tokens[0].kind == "label" for index in (1, 2))
    assert min(block.certainty for block in found) > 0.9


def test_a_note_without_a_number_is_known_by_what_it_says_and_by_the_gap() -> None:
    found = read(
        f"{PROSE}\n\n¹Harbour Office, <u>Minutes</u>, p. 12.\n\n"
        "The older pilots never forgave him for this, as his daughter told me in a long conversation at Easter.\n\n"
        f"³<u>Ibid.</u>, p. 14.\n\n{AFTER}"
    )
    assert kinds(found) == ["body", "footnote", "footnote", "footnote", "body+"]
    assert found[2].tokens[0].kind == "word"


def test_a_note_goes_on_at_the_next_foot_of_a_page() -> None:
    text = (
        f"{PROSE}\n\n⁷The harbour master kept two sets of books and (continued...)\n\n{AFTER} And yet the\n\n"
        "showed neither of them to the council before he retired.\n\n⁸<u>Ibid.</u>, p. 9.\n\nquay was full."
    )
    assert kinds(read(text)) == ["body", "footnote", "body+", "footnote+", "footnote", "body+"]
    announced = text.replace("showed neither", "⁷(...continued) showed neither")
    found = read(announced)
    assert kinds(found) == ["body", "footnote", "body+", "footnote+", "footnote", "body+"]
    assert found[3].tokens[0].text == "7"


def test_numbers_begin_again_with_a_chapter() -> None:
    page = "\n\n{0}Pilots' Register, p. {0}.\n\n".replace("{0}P", "{1}P")
    chapter = "".join(f"{PROSE}{page.format(n, str(n).translate(RAISED))}{AFTER}\n\n" for n in range(1, 6))
    found = read(f"CHAPTER ONE: THE QUAY\n\n{chapter}CHAPTER TWO: THE BAR\n\n{chapter}")
    labels = [block.tokens[0].text for block in found if block.kind == "footnote"]
    assert labels == ["1", "2", "3", "4", "5"] * 2


@pytest.mark.parametrize(
    "notes",
    [
        ["12. Harbour Office, Minutes, p. 3.", "13. Ibid."],
        ["12 Harbour Office, Minutes, p. 3.", "13 Ibid."],
        ["[12] Harbour Office, Minutes, p. 3.", "[13] Ibid."],
        ["12Harbour Office, Minutes, p. 3.", "13Ibid."],
        ["12 См. Протоколы, стр. 3.", "13 Там же."],
        ["12 Vgl. Protokolle, S. 3.", "13 Ebd., S. 4."],
        ["* Harbour Office, Minutes, p. 3.", "† Ibid."],
    ],
)
def test_labels_in_plain_text(notes: list[str]) -> None:
    found = read("\n\n".join([PROSE, *notes, AFTER]))
    assert kinds(found) == ["body", "footnote", "footnote", "body+"]
    assert all(block.tokens[0].kind == "label" for block in found[1:3])


def test_lines_of_notes_need_no_blank_lines_between() -> None:
    found = read(
        "The ferry had crossed the estuary twice a day for as long as\nanyone remembered, and the pilots were proud "
        "while\n\n4 Harbour Office, Minutes, p. 12, and the letter of the\nsame day.\n5 Ibid.\nthe younger ones went "
        "on working by the printed hours of the\noffice.\n"
    )
    assert kinds(found) == ["body", "footnote", "footnote", "body+"]
    assert words(found[1]).endswith("same day.")


def test_numbers_that_begin_body_text_are_no_labels() -> None:
    found = read(
        f"{PROSE} there were\n\n40 boats in the harbour by the end of that year, most of them unfit for the open sea, "
        "and no one to mend them."
    )
    assert kinds(found)[0] == "body" and found[1].kind == "body"
    assert found[1].tokens[0].kind == "word"


def test_lists_and_numbered_sections_are_not_notes() -> None:
    found = read(
        f"1.1 The quay\n\n{PROSE.removesuffix(' while')}:\n\n1) a boat;\n\n2) two oars;\n\n3) a lamp.\n\n{PROSE}"
    )
    assert kinds(found) == ["heading", "body", "list", "list", "list", "body"]


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_lost_labels_hardly_matter(rng: random.Random) -> None:
    """Pages with notes, three in ten of which lost their number."""
    text, truth = _pages(rng)
    found = read(text)
    noted = [block.kind == "footnote" for block in found]
    assert len(noted) == len(truth)
    assert sum(a == b for a, b in zip(noted, truth, strict=True)) >= 0.97 * len(truth)


def _pages(rng: random.Random) -> tuple[str, list[bool]]:
    sources = ["Harbour Office, <u>Minutes</u>", "<u>Tide Tables</u>", "<u>Ibid.</u>", "See Moreau, <u>Le Bac</u>"]
    out: list[tuple[str, bool]] = []
    number = 0
    for _ in range(12):
        out.append((PROSE, False))
        for _ in range(rng.randint(1, 4)):
            number += 1
            label = "" if rng.random() < 0.3 else str(number).translate(RAISED)
            out.append((f"{label}{rng.choice(sources)}, p. {rng.randint(1, 400)}.", True))
        out.append((AFTER, False))
    return "\n\n".join(text for text, _ in out), [note for _, note in out]


@settings(deadline=None)
@given(st.text(), st.sampled_from(["text", "markdown"]))
def test_any_text_is_read_and_its_letters_are_kept(text: str, form: Form) -> None:
    cleaned, _ = clean(text)
    found = read(cleaned, form)
    kept = "".join(token.text for block in found for token in block.tokens)
    assert all(0.5 <= block.certainty <= 1.0 for block in found)
    if not set("<>&[]^$\\") & set(cleaned):
        assert sorted(filter(str.isalpha, cleaned)) == sorted(filter(str.isalpha, kept))
