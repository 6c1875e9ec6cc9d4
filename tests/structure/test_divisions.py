"""Divisions by their headings and by the contents page."""

from pipeline.model import Span, Token, ZoneKind
from pipeline.structure.blocks import Placed
from pipeline.structure.divisions import divisions
from pipeline.structure.guide import guided, question
from pipeline.structure.stream import Item, Piece


def piece(text: str, kind: ZoneKind = "body") -> Piece:
    items = tuple(Item(i, word, (Token(word, line=text),), (), False, 1.0) for i, word in enumerate(text.split()))
    return Piece(kind, items, False, None, "text")


def placed(headings: list[str], **more: dict[int, object]) -> list[Span]:
    """The divisions of headings, each with a paragraph under it."""
    blocks, at = [], 0
    for index, text in enumerate(headings):
        extra = {name: values[index] for name, values in more.items() if index in values}
        blocks.append(Placed("heading", at, at + len(text), text, **extra))  # type: ignore[arg-type]
        at += len(text) + 1
        if not text.endswith("+"):
            blocks.append(Placed("body", at, at + 5, "Words"))
            at += 6
    return [span for span in divisions(blocks) if span.kind == "div"]


def shape(spans: list[Span]) -> list[tuple[str, str | None]]:
    return [(span.attributes["type"], span.attributes.get("n")) for span in spans]


def test_a_second_section_of_a_chapter_is_a_part_of_it() -> None:
    spans = placed(["CHAPTER FOUR: THE ICE", "4.1 The quay", "Chapter Four: Section II THE THAW", "II. 4.2 The river"])
    assert shape(spans) == [("chapter", "FOUR"), ("section", "4.1"), ("part", "II"), ("section", "4.2")]
    assert spans[0].end == spans[2].end
    assert [span.attributes["id"] for span in spans] == ["ch4", "s4.1", "ch4-part2", "s4.2"]


def test_a_roman_line_under_a_chapter_opens_its_first_part() -> None:
    spans = placed(["CHAPTER FOUR: THE ICE+", "I. 1919-1921: The long winter", "4.1 The quay"])
    assert shape(spans) == [("chapter", "FOUR"), ("part", "I"), ("section", "4.1")]


def test_a_subtitle_opens_nothing() -> None:
    assert shape(placed(["CHAPTER TWO+", "THE STRANGERS", "2.1 Net Street"])) == [
        ("chapter", "TWO"),
        ("section", "2.1"),
    ]


def test_a_number_printed_twice_keeps_both_ids_apart() -> None:
    ids = [span.attributes["id"] for span in placed(["4.18 The barges", "4.18 The hunt"])]
    assert ids == ["s4.18", "s4.18-2"]


def test_the_contents_page_names_a_chapter_that_the_heading_does_not() -> None:
    spans = placed(["V. Another Winter", "5.1 The quay"], entry={0: "CHAPTER FIVE: ANOTHER WINTER"})
    assert shape(spans) == [("chapter", "V"), ("section", "5.1")]


def test_a_chapter_without_a_heading_is_supplied() -> None:
    spans = placed(["Introduction", "1.1 The quay"], missing={1: ("CHAPTER ONE: THE STRANGERS",)})
    assert shape(spans) == [("introduction", None), ("chapter", "ONE"), ("section", "1.1")]
    assert spans[1].attributes["supplied"] == "CHAPTER ONE: THE STRANGERS"


CONTENTS = [
    "Introduction . xi",
    "CHAPTER ONE: THE STRANGERS 1",
    *(f"1.{n} The quay of year {n} {3 * n}" for n in range(1, 10)),
]
BODY = "When the ice went out the men came back to the quay and asked for the wages of a whole winter."


def test_headings_are_made_and_taken_back_by_the_contents_page() -> None:
    main = [piece("Contents", "heading"), *(piece(line, "contents") for line in CONTENTS)]
    main += [piece("Introduction", "heading"), piece(BODY)]
    for n in range(1, 10):
        main += [piece(f"1.{n} The quay of year {n}", "body" if n == 4 else "heading"), piece(BODY)]
    at = len(main) - 2
    main.insert(at, piece("and what of the others?", "heading"))
    pieces, guide = guided(main)
    titles = [p.items[0].text for p in pieces[len(CONTENTS) + 1 :] if p.kind == "heading"]
    assert titles == ["Introduction", *(f"1.{n}" for n in range(1, 10))]
    assert [entry.text for entries in guide.missing.values() for entry in entries] == ["CHAPTER ONE: THE STRANGERS"]
    assert [question(guide, index, "") for index in guide.lost] == [
        "The contents page has “CHAPTER ONE: THE STRANGERS”; no heading of the text was found for it."
    ]


def test_another_number_on_the_contents_page_is_asked_about() -> None:
    main = [piece("Contents", "heading"), *(piece(line, "contents") for line in CONTENTS)]
    for n in range(1, 10):
        main += [piece(f"1.{n if n < 9 else 8} The quay of year {n}", "heading"), piece(BODY)]
    pieces, guide = guided(main)
    last = len(pieces) - 2
    assert question(guide, last, "1.8 The quay of year 9") == "The contents page has “1.9 The quay of year 9”."
    assert question(guide, last - 2, "1.8 The quay of year 8") == ""
