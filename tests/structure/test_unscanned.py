"""Text of which there is no scan, among scanned pages: its blocks, notes and pages."""

from pipeline.collation import columns
from pipeline.model import Block, Token, Witness, ZoneKind
from pipeline.structure import structure
from pipeline.structure.stream import Item, Piece
from pipeline.structure.unscanned import Chapters, unscanned


def words(prefix: str, count: int, page: str | None = None) -> tuple[Token, ...]:
    return tuple(Token(f"{prefix}{letters(i)}", line=f"{page or 'L'}.l{i // 8}", page=page) for i in range(count))


def letters(number: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in f"{number:03d}")


def block(kind: ZoneKind, tokens: tuple[Token, ...], continues: bool = False) -> Block:
    return Block(kind, tokens, continues, tokens[0].page)


def note(number: int, page: str | None = None) -> Block:
    label = Token(str(number), "label", line=f"{page or 'L'}.n{number}", page=page)
    return block("footnote", (label, *words(f"note{letters(number)}", 8, page)))


def called(tokens: tuple[Token, ...], number: int) -> tuple[Token, ...]:
    """Words with a note reference behind the last."""
    return (*tokens, Token(str(number), "reference", glued=True, line=tokens[-1].line, page=tokens[-1].page))


def test_text_behind_the_last_scanned_page_keeps_its_paragraphs_and_notes_and_begins_a_page() -> None:
    scan = Witness("scan", "scan", "", (block("body", called(words("First", 60, "p0001"), 1)), note(1, "p0001")))
    text = Witness(
        "existing",
        "text",
        "",
        (
            block("body", called(words("First", 60), 1)),
            note(1),
            block("body", called(words("Second", 60), 2)),
            note(2),
            block("body", called(words("Third", 60), 3)),
            note(3),
        ),
    )
    made = structure([scan, text], columns([scan, text], ["en"]), 0.7)
    body = made.reading.texts["body"].split("\n")
    assert [paragraph.split()[0] for paragraph in body] == ["Firstaaa", "Secondaaa", "Thirdaaa"]
    assert [span.attributes["n"] for span in made.layers["notes"]] == ["1", "2", "3"]
    pages = [(m.offset, m.label) for m in made.reading.milestones if m.kind == "page"]
    assert pages == [(0, "[1]"), (len(body[0]) + 1, "[2]")]


def items(*runs: tuple[str | None, int]) -> list[Item]:
    pages = [page for page, count in runs for _ in range(count)]
    return [Item(at, "word", (Token("word", page=page),), (), False, 1.0) for at, page in enumerate(pages)]


def test_words_missed_in_the_midst_of_a_page_begin_none() -> None:
    row = items(("p0001", 50), (None, 100), ("p0001", 50))
    assert unscanned([Piece("body", tuple(row), False, "p0001", "scan")], row, [0], Chapters({}, [], []), {}) == []


def test_scanned_pages_lend_their_numbers_to_those_between_them() -> None:
    row = items((None, 300), ("p0001", 300), (None, 900), ("p0002", 300), (None, 300))
    pieces = [Piece("body", tuple(row[at : at + 300]), False, None, "text") for at in range(0, 2100, 300)]
    feet = [Piece("footnote", (row[0],), False, None, "text")] * 7
    parted = [piece for pair in zip(pieces, feet, strict=True) for piece in pair]
    starts = [at * 300 for at in range(8)]
    told = Chapters({0: "1", 600: "3", 1800: "7"}, [], [0])
    found = unscanned(parted, row, starts, told, {"p0001": "2", "p0002": "6"})
    assert [(page.at, page.label) for page in found] == [
        (0, "[1]"),
        (600, "[3]"),
        (900, "[4]"),
        (1200, "[5]"),
        (1800, "[7]"),
    ]
