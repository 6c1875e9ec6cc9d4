"""A second look: which lines are in doubt, and what the looks at them are worth."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.collation import collate, columns, doubt
from pipeline.collation.second_look import MOST
from pipeline.edition import Edition
from pipeline.model import (
    Block,
    Box,
    Column,
    Doubt,
    Look,
    Rereading,
    Token,
    Witness,
    Word,
    read_json,
    read_rows,
    write_json,
)
from pipeline.settings import Settings

TYPED = [
    "The clerk of the harbour wrote to his sister every week,",
    "and she answered him when the boats came in from the north.",
    "Nobody else in the town had a letter from so far away.",
]
CELL = 30


def placed(text: str, line: str, row: int, confidence: float = 0.95) -> list[Token]:
    """A typed line as the scan shows it: every word in its place on the page."""
    tokens, column = [], 0
    for word in text.split(" "):
        box = Box(column * CELL, 100 * row, (column + len(word)) * CELL, 100 * row + 40)
        tokens.append(Token(word, line=line, page="p0001", confidence=confidence, box=box))
        column += len(word) + 1
    return tokens


def scan(lines: Sequence[str], sure: float = 0.95) -> Witness:
    tokens = [token for row, text in enumerate(lines) for token in placed(text, f"l{row}", row, sure)]
    return Witness("scan", "scan", "pages", (Block("body", tuple(tokens), page="p0001"),))


def existing(lines: Sequence[str]) -> Witness:
    tokens = [Token(word, line=f"L{row}") for row, text in enumerate(lines) for word in text.split(" ")]
    return Witness("existing", "text", "text", (Block("body", tuple(tokens)),))


def looks(row: int, *seen: str) -> list[Rereading]:
    """What further looks at a line of the page saw; a word's place is where it stands in the text."""
    words = [tuple(Word(t.text, t.box, 0.9) for t in placed(text, f"l{row}", row) if t.box and t.text) for text in seen]
    return [Rereading("p0001", f"l{row}", tuple(Look("Tesseract", "en", str(n), each) for n, each in enumerate(words)))]


def text_of(made: Sequence[Column]) -> str:
    return " ".join(column.text for column in made if column.text)


def changed(old: str, new: str) -> list[str]:
    return [line.replace(old, new) for line in TYPED]


def test_a_comma_that_further_looks_see_stands_in_the_text() -> None:
    witnesses = [scan(changed("week,", "week")), existing(TYPED)]
    assert "every week," in text_of(columns(witnesses, ["en"], 0.0, looks(0, TYPED[0], TYPED[0], TYPED[0])))


def test_a_comma_that_no_look_sees_does_not() -> None:
    bare = changed("week,", "week")
    witnesses = [scan(bare), existing(TYPED)]
    assert "every week and" in text_of(columns(witnesses, ["en"], 0.0, looks(0, bare[0], bare[0], bare[0])))


def test_what_two_looks_agree_on_is_a_reading_of_the_scan() -> None:
    blurred, wrong = changed("sister", "sirlor"), changed("sister", "siftcr")
    read = looks(0, TYPED[0], TYPED[0], TYPED[0])
    made = columns([scan(blurred, 0.4), existing(wrong)], ["en"], 0.0, read)
    column = next(column for column in made if "sister" in column.text)
    assert (column.text, column.witness) == ("sister", "scan")


def test_what_one_look_saw_is_no_reading() -> None:
    blurred, wrong = changed("sister", "sirlor"), changed("sister", "siftcr")
    read = looks(0, TYPED[0], blurred[0], blurred[0].replace("sirlor", "sirtor"))
    assert "sister" not in text_of(columns([scan(blurred, 0.4), existing(wrong)], ["en"], 0.0, read))


def test_where_the_witnesses_agree_no_look_is_heard() -> None:
    read = looks(1, *[TYPED[1].replace("boats", "goats")] * 3)
    assert text_of(columns([scan(TYPED), existing(TYPED)], ["en"], 0.0, read)) == " ".join(TYPED)


def test_looks_mend_a_scan_without_another_witness() -> None:
    blurred = changed("letter", "lettor")
    read = looks(2, TYPED[2], TYPED[2], blurred[2])
    assert text_of(columns([scan(blurred, 0.5)], ["en"], 0.0, read)) == " ".join(TYPED)


def test_words_that_were_run_together_are_parted() -> None:
    joined = changed("his sister", "hissister")
    read = looks(0, TYPED[0], TYPED[0], joined[0])
    assert text_of(columns([scan(joined, 0.5)], ["en"], 0.0, read)) == " ".join(TYPED)


def test_what_no_look_sees_was_dirt_only_if_it_was_faint() -> None:
    dirty = changed("his sister", "his iil sister")
    read = looks(0, *[TYPED[0].replace("his sister", "his     sister")] * 3)
    assert text_of(columns([scan(dirty, 0.5)], ["en"], 0.0, read)) == " ".join(TYPED)
    assert text_of(columns([scan(dirty, 0.95)], ["en"], 0.0, read)) == " ".join(dirty)


def test_every_token_stands_in_one_column_after_a_second_look() -> None:
    witnesses = [scan(changed("the town had", "th towm h")), existing(TYPED[1:])]
    made = columns(witnesses, ["en"], 0.0, looks(2, *TYPED[2:] * 3))
    for witness in witnesses:
        ranges = sorted(column.readings[witness.id] for column in made if witness.id in column.readings)
        assert [index for start, end in ranges for index in range(start, end)] == list(range(len(witness.tokens())))


def edition_of(root: Path, witnesses: Sequence[Witness], again: bool = True) -> Edition:
    settings = Settings.model_validate({"title": "Letters", "scans": "scans", "recognition": {"second_look": again}})
    edition = Edition("letters", root, settings)
    for witness in witnesses:
        write_json(edition.work / "witness" / f"{witness.id}.json", witness)
    write_json(edition.work / "witness" / "witnesses.json", [witness.id for witness in witnesses])
    return edition


def test_lines_in_doubt_are_written_down_with_what_the_other_witness_reads(tmp_path: Path) -> None:
    lines = [f"Line number {n} of the book that the clerk wrote was clear." for n in range(20)]
    faint = [line.replace("clerk", "clork") if n == 7 else line for n, line in enumerate(lines)]
    wrong = [line.replace("clerk", "chrk") if n == 7 else line for n, line in enumerate(lines)]
    edition = edition_of(tmp_path, [scan(faint, 0.6), existing(wrong)])
    doubt(edition)
    found = read_json(edition.work / "doubts.json", list[Doubt])
    assert [(each.page, each.line, each.why) for each in found] == [("p0001", "l7", "witnesses differ")]
    assert "chrk" in found[0].others


def test_without_another_witness_the_least_sure_lines_are_in_doubt(tmp_path: Path) -> None:
    lines = [f"Line number {n} of the book that the clerk wrote was clear." for n in range(20)]
    tokens = [t for n, text in enumerate(lines) for t in placed(text, f"l{n}", n, 0.3 + n / 40)]
    edition = edition_of(tmp_path, [Witness("scan", "scan", "pages", (Block("body", tuple(tokens), page="p0001"),))])
    doubt(edition)
    found = read_json(edition.work / "doubts.json", list[Doubt])
    assert [each.line for each in found] == [f"l{n}" for n in range(round(MOST * len(lines)))]


def test_a_second_look_can_be_switched_off(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, [scan(TYPED, 0.3)], again=False)
    doubt(edition)
    assert read_json(edition.work / "doubts.json", list[Doubt]) == []


def test_the_final_collation_reads_what_was_read_again(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, [scan(changed("week,", "week")), existing(TYPED)])
    collate(edition)
    assert "week," not in text_of(list(read_rows(edition.work / "collation.jsonl", Column)))
    write_json(edition.work / "rereadings" / "b001.json", looks(0, *[TYPED[0]] * 3))
    collate(edition)
    assert "week," in text_of(list(read_rows(edition.work / "collation.jsonl", Column)))
