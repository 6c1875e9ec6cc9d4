"""Letters and epigraphs among the blocks."""

import pytest

from pipeline.model import Span, Token, ZoneKind
from pipeline.structure.blocks import Placed, blocks
from pipeline.structure.divisions import divisions
from pipeline.structure.letters import with_feet
from pipeline.structure.stream import Item, Piece


def body(*given: tuple[ZoneKind, str]) -> tuple[str, list[Placed]]:
    """A body text of blocks; within one, lines are parted by a stroke."""
    placed, text = [], ""
    for kind, lines in given:
        text += "\n" if text else ""
        starts, start = [], len(text)
        for line in lines.split(" / "):
            text += " " if len(text) > start else ""
            starts.append(len(text))
            text += line
        placed.append(Placed(kind, start, len(text), text[start:], lines=tuple(starts)))
    return text, placed


def shown(*given: tuple[ZoneKind, str]) -> list[tuple[str, str]]:
    text, placed = body(*given)
    kinds = ("floatingText", "opener", "dateline", "salute", "closer", "signed", "p", "epigraph", "div")
    found = [span for span in divisions(with_feet(placed)) if span.kind in kinds]
    return [(_called(span), text[span.start : span.end].replace("\n", "|")) for span in found]


def _called(span: Span) -> str:
    return span.attributes["type"] if span.kind == "div" else span.kind


TEXT = "The ice went out on the third of April and nobody was sorry to see it go."


@pytest.mark.parametrize(
    ("head", "dated", "close", "name"),
    [
        ("Dear Jonas,", "Halmsund, 3 March 1921", "Yours ever,", "Etienne"),
        ("Ma chere Jeanne,", "Le Havre, le 4 mai 1922", "Amicalement,", "E. Fauvel"),
        ("Querido hermano:", "Bilbao, 20 de octubre de 1926", "Un abrazo,", "Ignacio Urrutia"),
        ("Дорогая Вера!", "12.3.1924", "С приветом,", "Николай Березин"),
    ],
)
def test_a_quoted_letter_is_a_text_of_its_own(head: str, dated: str, close: str, name: str) -> None:
    lines = " / ".join((dated, head, TEXT, close, name))
    assert shown(("body", "He wrote:"), ("quotation", lines))[1:] == [
        ("floatingText", lines.replace(" / ", " ")),
        ("opener", f"{dated} {head}"),
        ("dateline", dated),
        ("salute", head),
        ("p", TEXT),
        ("closer", f"{close} {name}"),
        ("salute", close),
        ("signed", name),
    ]


def test_its_foot_belongs_to_it_where_the_page_sets_it_apart() -> None:
    found = shown(("quotation", f"Dear Jonas, / {TEXT}"), ("body", "Yours,"), ("body", "Etienne"), ("body", TEXT))
    assert found[0] == ("floatingText", f"Dear Jonas, {TEXT}|Yours,|Etienne")
    assert found[-1] == ("p", TEXT)


def test_a_volume_of_letters_has_divisions_that_are_letters() -> None:
    letters: list[tuple[ZoneKind, str]] = []
    for to in ("To Jonas Rask", "To Vera Lukina"):
        letters += [("heading", to), ("body", "Dear friend,"), ("body", TEXT), ("body", "Yours,"), ("body", "Etienne")]
    found = shown(*letters)
    assert [kind for kind, _ in found if kind in ("letter", "opener", "closer", "floatingText")] == [
        "letter",
        "opener",
        "closer",
    ] * 2


def test_letters_without_headings_are_kept_apart() -> None:
    one: list[tuple[ZoneKind, str]] = [
        ("body", "Dear friend,"),
        ("body", TEXT),
        ("body", "Yours,"),
        ("body", "Etienne"),
    ]
    found = [kind for kind, _ in shown(("heading", "LETTERS"), *one, *one)]
    assert found.count("floatingText") == 2 and "letter" not in found


def test_a_letter_among_paragraphs() -> None:
    found = shown(
        ("body", TEXT),
        ("body", "14 Net Street, Halmsund, 26 June 1928"),
        ("body", "Dear Jonas,"),
        ("body", TEXT),
        ("body", "Yours,"),
        ("body", "Etienne"),
        ("body", TEXT),
    )
    assert [kind for kind, _ in found] == [
        *("p", "floatingText", "opener", "dateline", "salute", "p", "closer", "salute", "signed", "p")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Dear me, / said the consul, and " + TEXT,
        TEXT + " / Yours was the better part of it, he told her, and they laughed.",
    ],
)
def test_a_word_alone_makes_no_letter(text: str) -> None:
    assert [kind for kind, _ in shown(("body", "He wrote:"), ("quotation", text))] == ["p", "p"]


def test_a_quotation_under_a_heading_is_an_epigraph() -> None:
    saying: tuple[ZoneKind, str] = ("quotation", '"A rope is found for every neck."')
    assert ("epigraph", saying[1]) in shown(("heading", "1.1 The rope"), saying, ("body", TEXT))
    assert "epigraph" not in dict(shown(("heading", "1.1 The rope"), ("body", TEXT), saying, ("body", TEXT)))
    assert "epigraph" not in dict(shown(("heading", "1.1 The rope"), ("quotation", TEXT * 20), ("body", TEXT)))


def test_lines_of_a_letter_are_never_joined() -> None:
    def piece(text: str, continues: bool = True) -> Piece:
        items = tuple(Item(at, word, (Token(word),), (), False, 1.0) for at, word in enumerate(text.split()))
        return Piece("body", items, continues, None, "text")

    lines = [piece("Arbat 35", False), piece("Dear Jonas,"), piece("you ask of the ice."), piece("Yours,")]
    assert len(blocks([*lines, piece("Etienne"), piece("and to others as well.")])) == 6


@pytest.mark.parametrize("close", ["I am, dear Jonas, ever yours,", "Veuillez agréer, Monsieur, mes salutations,"])
def test_a_date_at_the_right_and_a_formal_close_belong_to_the_letter(close: str) -> None:
    lines = " / ".join(("Dear Jonas,", TEXT, close, "E. Fauvel"))
    found = shown(("body", "He wrote:"), ("body", "Halmsund, May 3rd, 1821"), ("quotation", lines), ("body", TEXT))
    assert [(kind, text) for kind, text in found if kind in ("dateline", "signed")] == [
        ("dateline", "Halmsund, May 3rd, 1821"),
        ("signed", "E. Fauvel"),
    ]
    assert sum(kind == "floatingText" for kind, _ in found) == 1


def test_the_sentence_that_introduces_a_letter_is_no_part_of_it() -> None:
    lines = " / ".join(("Dear Jonas,", TEXT, "Yours ever,", "E. Fauvel"))
    found = shown(("body", "He wrote on 3 May 1821:"), ("quotation", lines))
    assert ("p", "He wrote on 3 May 1821:") in found


def test_a_close_behind_several_quoted_paragraphs_belongs_to_the_letter() -> None:
    blocks: list[tuple[ZoneKind, str]] = [("quotation", "Dear Jonas,"), ("quotation", TEXT), ("quotation", TEXT)]
    found = shown(*blocks, ("body", "I remain ever yours,"), ("body", "E. Fauvel"), ("body", TEXT))
    assert ("signed", "E. Fauvel") in found and found[-1] == ("p", TEXT)
