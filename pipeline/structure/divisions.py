"""Divisions, headings and blocks as spans over the body (TEI Guidelines, chapter 4, Default Text Structure)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.model import Span, ZoneKind

_CHAPTER = re.compile(r"^(chapter|chapitre|cap[ií]tulo|kapitel|глава)\s+(?P<n>[\w.]+)", re.IGNORECASE)
_PART = re.compile(r"^(part|partie|parte|teil|часть)\s+(?P<n>[\w.]+)", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?:[IVX]+\.\s*)?(?P<n>\d{1,2}(?:\.\d{1,2})+)\.?(?!\d)\s*\S")
_NAMES = {
    "abstract": r"abstract|r[eé]sum[eé]|resumen|zusammenfassung|аннотация",
    "acknowledgements": r"acknowledge?ments?|remerciements|agradecimientos|danksagung|благодарности",
    "contents": r"(table of )?contents|table des mati[eè]res|[ií]ndice|inhalt(sverzeichnis)?|содержание|оглавление",
    "introduction": r"introduction|introducci[oó]n|einleitung|введение",
    "bibliography": r"(select(ed)? )?bibliograph(y|ie)|bibliograf[ií]a|works cited|sources|литература|библиография",
    "appendix": r"appendi(x|ces)( \w+)?|annexes?|ap[eé]ndices?|anhang|приложени[ея]",
}
_FRONT = ("abstract", "acknowledgements", "contents")
_BACK = ("bibliography", "appendix")
_LEVELS = {"part": 0, "chapter": 1, "section": 2, "subsection": 3}


@dataclass(frozen=True, slots=True)
class Placed:
    """A block where it stands: characters [start, end) of the body.

    lines: starts of its typed lines. apart: a block quotation of its own beside another one.
    """

    kind: ZoneKind
    start: int
    end: int
    text: str
    resumed: bool = False
    lines: tuple[int, ...] = ()
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading opens: the type of its division, the number as printed, and its level (0 the highest)."""

    type: str
    number: str | None
    level: int


def classify(text: str, deepest: int = 2) -> Heading:
    """Tell from its words what a heading opens; deepest: the level under which an unnumbered one stands."""
    line = " ".join(text.split())
    if match := _CHAPTER.match(line):
        return Heading("chapter", match["n"].strip(".:"), 1)
    if match := _PART.match(line):
        return Heading("part", match["n"].strip(".:"), 0)
    for kind, names in _NAMES.items():
        if re.fullmatch(rf"({names})\W*", line, re.IGNORECASE):
            return Heading(kind, None, 1)
    if match := _NUMBERED.match(line):
        depth = match["n"].count(".") + 1
        return Heading("section" if depth == 2 else "subsection", match["n"], depth)
    return Heading("subsection" if deepest >= 2 else "section", None, min(deepest, 2) + 1)


def opens_chapter(text: str) -> bool:
    """Whether a heading begins a chapter or a part of the same rank, where note numbers may begin again."""
    return classify(text).level <= 1


def divisions(blocks: Sequence[Placed]) -> list[Span]:
    """The layer of divisions: front, body, back; div, head and all blocks."""
    end = max((block.end for block in blocks), default=0)
    found = _sections(blocks, end)
    spans = [*_parts(blocks, found, end), *found]
    previous: Placed | None = None
    for index, block in enumerate(blocks):
        spans.extend(_block(blocks, index, previous))
        previous = block
    return sorted(spans, key=lambda s: (s.start, -s.end))


def _sections(blocks: Sequence[Placed], end: int) -> list[Span]:
    open_divs: list[tuple[int, int, dict[str, str]]] = []
    closed: list[Span] = []
    ids: dict[str, int] = {}
    count = {"chapter": 0}

    def close(level: int, at: int) -> None:
        while open_divs and open_divs[-1][0] >= level:
            _, start, attributes = open_divs.pop()
            closed.append(Span("body", start, at, "div", attributes))

    for index, block in enumerate(blocks):
        if block.kind != "heading":
            continue
        heading = classify(block.text, open_divs[-1][0] if open_divs else 1)
        follows = index > 0 and blocks[index - 1].kind == "heading"
        if follows and open_divs and heading.number is None and heading.type in ("section", "subsection"):
            continue
        close(heading.level, block.start)
        count["chapter"] += heading.type == "chapter"
        attributes = {"type": heading.type, "id": _identifier(heading, count["chapter"], ids)}
        if heading.number:
            attributes["n"] = heading.number
        open_divs.append((heading.level, block.start, attributes))
    close(0, end)
    return closed


def _identifier(heading: Heading, chapter: int, ids: dict[str, int]) -> str:
    if heading.type == "chapter":
        name = f"ch{chapter}"
    elif heading.number:
        name = f"s{re.sub(r'[^0-9A-Za-z.]', '', heading.number)}" if heading.type != "part" else f"part{heading.number}"
    else:
        name = heading.type
    ids[name] = ids.get(name, 0) + 1
    return name if ids[name] == 1 else f"{name}-{ids[name]}"


def _parts(blocks: Sequence[Placed], divs: Sequence[Span], end: int) -> list[Span]:
    """Front, body and back by the divisions of the highest rank and by the title page."""
    top = sorted(
        (d for d in divs if d.attributes["type"] in (*_LEVELS, "introduction", *_FRONT, *_BACK)), key=lambda d: d.start
    )
    main = [d for d in top if d.attributes["type"] in (*_LEVELS, "introduction")]
    begins = main[0].start if main else 0
    is_front = any(b.kind in ("titlePage", "contents") and b.start < begins for b in blocks) or any(
        d.attributes["type"] in _FRONT and d.start < begins for d in top
    )
    start = begins if is_front and main else 0
    last = max((d.end for d in main), default=start)
    back = next((d.start for d in top if d.attributes["type"] in _BACK and d.start >= last), end)
    spans = [Span("body", start, back, "body")]
    if start:
        spans.append(Span("body", 0, start, "front"))
    if back < end:
        spans.append(Span("body", back, end, "back"))
    return spans


_SIMPLE = {"heading": "head", "body": "p", "separator": "separator"}
_GROUPS: dict[str, tuple[str, str]] = {
    "quotation": ("blockquote", "p"),
    "list": ("list", "item"),
    "contents": ("list", "item"),
    "bibliography": ("listBibl", "bibl"),
    "titlePage": ("titlePage", "titlePart"),
    "footnote": ("", "p"),
}


def _block(blocks: Sequence[Placed], index: int, previous: Placed | None) -> list[Span]:
    block = blocks[index]
    if block.kind == "verse":
        edges = [*block.lines, block.end] if block.lines else [block.start, block.end]
        return [Span("body", block.start, block.end, "lg")] + [
            Span("body", start, end, "l") for start, end in pairwise(edges)
        ]
    if block.kind not in _GROUPS:
        attributes = {"rend": "asterisks"} if block.kind == "separator" else {}
        if block.resumed:
            attributes = {"rend": "continued"}
        return [Span("body", block.start, block.end, _SIMPLE.get(block.kind, "p"), attributes)]
    outer, inner = _GROUPS[block.kind]
    spans = [Span("body", block.start, block.end, inner)]
    if outer and (previous is None or previous.kind != block.kind or block.apart):
        last = index
        while last + 1 < len(blocks) and blocks[last + 1].kind == block.kind and not blocks[last + 1].apart:
            last += 1
        spans.insert(0, Span("body", block.start, blocks[last].end, outer))
    return spans
