"""A made-up edition to be reviewed: one typed page or many, two witnesses, and what the stages before would write."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from pipeline.edition import Edition, load
from pipeline.model import (
    Block,
    Box,
    Column,
    Line,
    Milestone,
    Origin,
    Page,
    Reading,
    Span,
    Token,
    Witness,
    Word,
    Zone,
    write_bytes,
    write_json,
    write_rows,
)

TEXT = (
    'Lind came to Oslo in May and wrote "je suis ici" to the harbour master. The quay was sient when she left, '
    "and the pilots kept the letter. A second letter, never sent, was found on the sient quay in the spring."
)
NOTE = "Ledger of the Customs House, p. 12."
_PER_LINE, _LINES = 8, 30


def make(
    root: Path,
    text: str = TEXT,
    existing: Mapping[str, str] | None = None,
    layers: Mapping[str, Sequence[Span]] | None = None,
    settings: str = "",
    scans: bool = True,
) -> Edition:
    """An edition "quay" as it stands before the review.

    existing: words of the text that the other witness reads otherwise. layers: instead of those of `flagged`.
    """
    folder = root / "scans" / "quay"
    write_bytes(folder / "edition.yaml", f"title: The Quay\nlanguages: [fr, es, ru]\n{settings}".encode())
    edition = load("quay", root)
    words = text.split(" ")
    tokens, pages = _typed(words)
    other = tuple(Token((existing or {}).get(word, word)) for word in words)
    witnesses = [Witness("existing", "text", "the old text", (Block("body", other),))]
    if scans:
        witnesses.insert(0, Witness("scan", "scan", "the recognised pages", (Block("body", tuple(tokens)),)))
        for page in pages[:3]:
            _draw(edition.work / page.image, page)
        write_json(edition.work / "layout" / "b001.json", pages)
    origins, at = [], 0
    for index, word in enumerate(words):
        origins.append(Origin(at, at + len(word), index))
        at += len(word) + 1
    sigla = [witness.id for witness in witnesses]
    columns = [Column(dict.fromkeys(sigla, (i, i + 1)), word, sigla[0], 0.99, "agreed") for i, word in enumerate(words)]
    starts = [Milestone("body", origins[i * _PER_LINE * _LINES].start, "page", p.id) for i, p in enumerate(pages)]
    reading = Reading({"body": text, "n1.1": NOTE}, {"body": origins}, starts)
    write_json(edition.work / "reading.json", reading)
    write_rows(edition.work / "collation.jsonl", columns)
    write_json(edition.work / "witness" / "witnesses.json", sigla)
    for witness in witnesses:
        write_json(edition.work / "witness" / f"{witness.id}.json", witness)
    for name, spans in (flagged(text) if layers is None else layers).items():
        write_json(edition.layer(name), spans)
    return edition


def at(words: str, kind: str, text: str = TEXT, certainty: float = 1.0, **attributes: str) -> Span:
    """The span of words where they first stand."""
    start = text.index(words)
    return Span("body", start, start + len(words), kind, attributes, certainty)


def flagged(text: str = TEXT) -> dict[str, list[Span]]:
    """Layers with a flag of five kinds."""
    place = text.index(" kept")
    return {
        "divisions": [Span("body", 0, len(text), "p")],
        "notes": [Span("body", place, place, "note", {"note": "n1.1", "n": "1"}, 0.3)],
        "quotations": [at('"je suis ici"', "q", text)],
        "doubts": [
            Span("body", start, start + 5, "app", {"wit": "scan", "rdg": "silent", "rdgWit": "existing"}, 0.4)
            for start in (text.index("sient"), text.rindex("sient"))
        ],
        "languages": [
            at("je suis ici", "foreign", text, 0.8, lang="es"),
            at("je suis ici", "flag", text, 0.8, category="rv-foreign", note="Spanish, or French?", lang="es"),
        ],
        "names": [at("Lind", "persName", text, 0.7), at("Oslo", "placeName", text, 0.7)],
    }


def _typed(words: Sequence[str]) -> tuple[list[Token], list[Page]]:
    tokens: list[Token] = []
    pages: list[Page] = []
    for first in range(0, len(words), _PER_LINE * _LINES):
        name = f"p{len(pages) + 1:04d}"
        lines = []
        for row, start in enumerate(range(first, min(len(words), first + _PER_LINE * _LINES), _PER_LINE)):
            top, left, typed = 100 + 40 * row, 80, []
            for word in words[start : start + _PER_LINE]:
                box = Box(left, top, left + 14 * len(word), top + 24)
                left = box.right + 14
                typed.append(Word(word, box, 0.9))
                tokens.append(Token(word, line=f"{name}.l{row + 1}", page=name, box=box))
            lines.append(Line(f"{name}.l{row + 1}", f"{name}.z1", Box(80, top, left, top + 24), tuple(typed)))
        zone = Zone(f"{name}.z1", "body", Box(80, 100, 1000, 1300))
        image = f"pages/{name}.png"
        number = len(pages) + 1
        pages.append(Page(name, number, image, image, 1100, 1400, "0" * 64, zones=(zone,), lines=tuple(lines), scale=2))
    return tokens, pages


def _draw(path: Path, page: Page) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.new("L", (page.width, page.height), 255)
    draw = ImageDraw.Draw(image)
    for line in page.lines:
        for word in line.words:
            draw.text((word.box.left, word.box.top), word.text, fill=0, font_size=22)
    image.save(path)
