"""A made-up edition for the tests of the encoder: two typed pages with everything that a reading can hold."""

from pathlib import Path
from typing import Literal

from pipeline.edition import Edition
from pipeline.model import (
    Box,
    Furniture,
    Lacuna,
    Line,
    Milestone,
    Page,
    Reading,
    Span,
    Witness,
    Word,
    Zone,
    write_json,
    write_rows,
)
from pipeline.settings import Settings

HEAD = "CHAPTER ONE: ARRIVAL"
FIRST = (
    "Lind came to Oslo in May 1919 and wrote \"we are on our way\", while the 'old hands' waited. "
    'As she put it, "je suis ici", and the quay was silent. The paragraph runs on over the page.'
)
BLOCK = "La question denote l'insatisfaction."
LAST = "She read Memoirs twice."
BODY = "\n".join((HEAD, FIRST, BLOCK, LAST)) + "\n"
NOTES = {"n1.1": "Lind, Memoirs, p. 12, seen from the sea.", "n1.2": "Ibid., p. 14."}


def at(words: str, text: str = "body", **attributes: str) -> Span:
    """The span of `words` where they first stand in a text; `kind` is among the attributes."""
    whole = BODY if text == "body" else NOTES[text]
    start = whole.index(words)
    kind = attributes.pop("kind")
    return Span(text, start, start + len(words), kind, attributes, float(attributes.pop("certainty", "1")))


def note(name: str, after: str, certainty: float = 1.0) -> Span:
    """The anchor of a note behind the words `after`."""
    end = BODY.index(after) + len(after)
    return Span("body", end, end, "note", {"note": name, "n": name[-1], "place": "bottom"}, certainty)


def page(number: int, lines: int) -> Page:
    name = f"p{number:04d}"
    word = Word("word", Box(100, 100, 200, 130), 0.9)
    return Page(
        name,
        number,
        f"pages/{name} scan.png",
        f"pages/{name}.png",
        1000,
        1400,
        "0" * 64,
        scale=2.0,
        label=None if number == 1 else str(number),
        zones=(
            Zone(f"{name}-z1", "body", Box(100, 100, 900, 1000)),
            Zone(f"{name}-z2", "footnote", Box(100, 1100, 900, 1300)),
            Zone(f"{name}-z3", "pageNumber", Box(450, 20, 550, 60)),
        ),
        lines=tuple(
            Line(f"{name}-l{line}", f"{name}-z1", Box(100, 100 + 50 * line, 900, 140 + 50 * line), (word,))
            for line in range(1, lines + 1)
        ),
    )


def milestones() -> list[Milestone]:
    return [
        Milestone("body", 0, "page", "p0001"),
        Milestone("body", 0, "line", "p0001-l1"),
        Milestone("body", BODY.index("graph runs"), "line", "p0001-l2", inside=True),
        Milestone("body", BODY.index("over the page"), "page", "p0002", label="2"),
        Milestone("body", BODY.index("over the page"), "line", "p0002-l1"),
        Milestone("n1.1", NOTES["n1.1"].index("seen"), "page", "p0002", label="2"),
    ]


LAYERS = {
    "divisions": [
        Span("body", 0, len(BODY), "body"),
        Span("body", 0, len(BODY), "div", {"type": "chapter", "n": "1", "id": "ch1"}),
        at(HEAD, kind="head"),
        at(FIRST, kind="p"),
        at(BLOCK, kind="blockquote"),
        at(BLOCK, kind="p"),
        at(LAST, kind="p", rend="continued"),
    ],
    "notes": [note("n1.1", 'way"'), note("n1.2", BLOCK, 0.3)],
    "quotations": [
        at('"we are on our way"', kind="quote", source="n1.1"),
        at("'old hands'", kind="q", rend="single"),
        at('"je suis ici"', kind="q"),
    ],
    "typography": [
        at("Memoirs", kind="hi", rendition="underline"),
        at("Memoirs", "n1.1", kind="hi", rendition="underline"),
    ],
    "doubts": [at("silent", kind="app", wit="scan", rdg="sient", rdgWit="existing", id="app-1")],
    "languages": [
        at("je suis ici", kind="foreign", lang="fr"),
        at(BLOCK, kind="foreign", lang="fr"),
    ],
    "review": [
        at("silent", kind="flag", category="rv-witnesses", note="The witnesses differ.", id="rv-1"),
        Span(
            "body",
            BODY.index(BLOCK) + len(BLOCK),
            BODY.index(BLOCK) + len(BLOCK),
            "flag",
            {"category": "rv-note-anchor", "note": "A guess.", "anchor": "n1.2"},
        ),
        at(
            "je suis ici",
            kind="flag",
            category="rv-mixed-language",
            note="French inside an English sentence.",
            certainty="0.7",
        ),
    ],
    "names": [
        at("Lind", kind="persName", ref="pers-lind", certainty="0.95"),
        at("Oslo", kind="placeName", certainty="0.7"),
        at("May 1919", kind="date", when="1919-05"),
        at("Memoirs", kind="title", level="m"),
        at("Memoirs", "n1.1", kind="title", level="m"),
    ],
}


def reading() -> Reading:
    return Reading(
        {"body": BODY, **NOTES},
        milestones=milestones(),
        furniture=[
            Furniture("body", BODY.index("over the page"), "pageNum", "p0002", "2"),
            Furniture("n1.1", NOTES["n1.1"].index("seen"), "continuation", "p0001", "(continued...)"),
        ],
        lacunae=[Lacuna("existing", 12, "page 2, from the third line.")],
    )


def edition(root: Path, name: str = "quay") -> Edition:
    """An edition without files."""
    settings = Settings.model_validate(
        {
            "title": "Letters & Notes from the <Quay>",
            "author": "Ada Lind",
            "editor": "Nils Berg",
            "date": "2026-11",
            "licence": "https://creativecommons.org/licenses/by/4.0/",
            "source": {"place": "Oslo", "date": "1991", "extent": "2 leaves"},
        }
    )
    return Edition(name, root, settings)


def write(
    made: Edition, text: Reading, layers: dict[str, list[Span]], pages: list[Page], witnesses: bool = True
) -> Edition:
    """Write what the stages before would have written."""
    write_json(made.work / "reading.json", text)
    for name, spans in layers.items():
        write_json(made.layer(name), spans)
    if pages:
        write_json(made.work / "layout" / "b001.json", pages)
    write_rows(made.work / "collation.jsonl", [])
    sigla: dict[str, Literal["scan", "text"]] = {"scan": "scan", "existing": "text"} if witnesses else {}
    write_json(made.work / "witness" / "witnesses.json", list(sigla))
    for siglum, medium in sigla.items():
        witness = Witness(siglum, medium, f"the {siglum} of the letters", (), f"{siglum}.txt", "ab" * 32)
        write_json(made.work / "witness" / f"{siglum}.json", witness)
    return made


def sample(root: Path) -> Edition:
    return write(edition(root), reading(), LAYERS, [page(1, 2), page(2, 1)])
