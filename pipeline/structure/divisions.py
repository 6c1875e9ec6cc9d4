"""Divisions, headings and blocks as spans over the body (TEI Guidelines, chapter 4, Default Text Structure)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.model import Span
from pipeline.structure.blocks import Placed
from pipeline.structure.letters import last_alike, letters
from pipeline.structure.numerals import value

_CHAPTER = re.compile(r"^(chapter|chapitre|cap[ií]tulo|kapitel|глава)\s+(?P<n>[\w.]+)", re.IGNORECASE)
_SECTION = re.compile(
    r"^(?:(?:chapter|chapitre|cap[ií]tulo|kapitel|глава)\s+[\w.]+?\s*[:.,]?\s+)?"
    r"(?:section|part|partie|parte|teil|secci[oó]n|abschnitt|раздел|часть)\s+(?P<n>[IVX]{1,5}|\d{1,2})\b",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"^(?P<n>[IVX]{1,5})\.\s+\S")
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
EPIGRAPH = 120
"""Words of the longest epigraph."""
CHAPTER = 1
PART_OF_CHAPTER = 2
SECTION = 3
_FRONT = ("abstract", "acknowledgements", "contents")
_BACK = ("bibliography", "appendix")
_TOP = ("part", "chapter", "section", "subsection", "introduction")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading opens: the type of its division, the number as printed, and its level.

    Levels: 0 a part of the book, 1 a chapter, 2 a part of a chapter, 3 a section, 4 and more what is in it.
    """

    type: str
    number: str | None
    level: int


def classify(text: str, deepest: int = SECTION, chapter: str | None = None, entry: str | None = None) -> Heading:
    """Tell from its words what a heading opens.

    deepest: the level under which an unnumbered one stands. chapter: number of the chapter that is open, so that a
    heading which names it again opens a part of it. entry: the title that the contents page has for it.
    """
    line = " ".join(text.split())
    if named := _by_name(line, chapter):
        return named
    if match := _NUMBERED.match(line):
        depth = match["n"].count(".") + 1
        return Heading("section" if depth == 2 else "subsection", match["n"], depth + 1)
    listed = _by_name(" ".join(entry.split()), None) if entry else None
    if listed and listed.number:
        roman = _ROMAN.match(line)
        return Heading(listed.type, roman["n"] if roman else listed.number, listed.level)
    below = deepest >= SECTION
    return Heading("subsection" if below else "section", None, SECTION + below)


def _by_name(line: str, chapter: str | None) -> Heading | None:
    """What a heading opens that says so: chapter, part, section of a chapter, introduction, bibliography."""
    section = _SECTION.match(line)
    if match := _CHAPTER.match(line):
        number = match["n"].strip(".:")
        if section and chapter is not None and value(number) == value(chapter):
            return Heading("part", section["n"], PART_OF_CHAPTER)
        return Heading("chapter", number, CHAPTER)
    if section and chapter is not None:
        return Heading("part", section["n"], PART_OF_CHAPTER)
    if match := _PART.match(line):
        return Heading("part", match["n"].strip(".:"), 0)
    for kind, names in _NAMES.items():
        if re.fullmatch(rf"({names})\W*", line, re.IGNORECASE):
            return Heading(kind, None, CHAPTER)
    return None


def opens_chapter(text: str, entry: str | None = None) -> bool:
    """Whether a heading begins a chapter or a part of one, where note numbers may begin again."""
    return classify(text, chapter="", entry=entry).level <= PART_OF_CHAPTER


def divisions(blocks: Sequence[Placed]) -> list[Span]:
    """The layer of divisions: front, body, back; div, head and all blocks; what letters and epigraphs hold."""
    end = max((block.end for block in blocks), default=0)
    held = letters(blocks)
    rest = {index: left for letter in held for index, left in letter.rest.items()}
    whole = [blocks[letter.first].start for letter in held if not letter.floating]
    found = [_typed(div, blocks, whole) for div in _sections(blocks, end)]
    spans = [*_parts(blocks, found, end), *found]
    previous: Placed | None = None
    for index, block in enumerate(blocks):
        own = _block(blocks, index, previous)
        spans += _without(own, rest[index]) if index in rest else own
        if _is_epigraph(blocks, index):
            spans.append(Span("body", block.start, blocks[last_alike(blocks, index)].end, "epigraph"))
        if block.asked:
            asked = {"category": "rv-heading", "note": block.asked}
            spans.append(Span("body", block.start, block.end, "flag", asked, 0.5, "contents page"))
        previous = block
    for letter in held:
        spans += letter.spans
        if letter.floating:
            start, stop = blocks[letter.first].start, blocks[max(letter.rest)].end
            spans.append(Span("body", start, stop, "floatingText", {"type": "letter"}))
    return sorted(spans, key=lambda s: (s.start, -s.end))


def _sections(blocks: Sequence[Placed], end: int) -> list[Span]:
    """The divisions that the headings open, each to the next heading of its rank; of two alike the outer one first."""
    open_divs: list[tuple[Heading, int, dict[str, str]]] = []
    closed: list[Span] = []
    ids: dict[str, int] = {}

    def close(level: int, at: int) -> None:
        while open_divs and open_divs[-1][0].level >= level:
            _, start, attributes = open_divs.pop()
            closed.append(Span("body", start, at, "div", attributes))

    def begin(heading: Heading, at: int, supplied: str | None = None) -> None:
        close(heading.level, at)
        chapter = next((each.number for each, _, _ in open_divs if each.type == "chapter"), None)
        attributes = {"type": heading.type, "id": _identifier(heading, chapter, ids)}
        if heading.number:
            attributes["n"] = heading.number
        if supplied:
            attributes["supplied"] = supplied
        open_divs.append((heading, at, attributes))

    for index, block in enumerate(blocks):
        if block.kind != "heading":
            continue
        for title in block.missing:
            if classify(title).type in ("chapter", "part"):
                begin(classify(title), block.start, title)
        chapter = next((each.number for each, _, _ in open_divs if each.type == "chapter"), None)
        deepest = open_divs[-1][0].level if open_divs else CHAPTER
        heading = classify(block.text, deepest, chapter, block.entry)
        follows = index > 0 and blocks[index - 1].kind == "heading"
        if follows and open_divs and heading.number is None and heading.type in ("section", "subsection"):
            roman = _ROMAN.match(" ".join(block.text.split()))
            if not roman or open_divs[-1][0].type != "chapter":
                continue
            heading = Heading("part", roman["n"], PART_OF_CHAPTER)
        begin(heading, block.start)
    close(0, end)
    return closed[::-1]


def _identifier(heading: Heading, chapter: str | None, ids: dict[str, int]) -> str:
    number = re.sub(r"[^0-9A-Za-z.]", "", str(value(heading.number))) if heading.number else ""
    if heading.type == "chapter":
        name = f"ch{number}"
    elif heading.type == "part":
        name = f"part{number}" if heading.level == 0 or chapter is None else f"ch{value(chapter)}-part{number}"
    else:
        name = f"s{number}" if number else heading.type
    ids[name] = ids.get(name, 0) + 1
    return name if ids[name] == 1 else f"{name}-{ids[name]}"


def _parts(blocks: Sequence[Placed], divs: Sequence[Span], end: int) -> list[Span]:
    """Front, body and back by the divisions of the highest rank and by the title page."""
    top = sorted((d for d in divs if d.attributes["type"] in (*_TOP, *_FRONT, *_BACK)), key=lambda d: d.start)
    main = [d for d in top if d.attributes["type"] in _TOP]
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
        spans.insert(0, Span("body", block.start, blocks[last_alike(blocks, index)].end, outer))
    return spans


def _without(spans: Sequence[Span], rest: tuple[int, int] | None) -> list[Span]:
    """The spans of a block of a letter, its paragraph no longer than what opener and closer leave of it."""
    kept = [span for span in spans if span.kind != "p"]
    return kept if rest is None else [*kept, *(replace(s, start=rest[0], end=rest[1]) for s in spans if s.kind == "p")]


def _typed(div: Span, blocks: Sequence[Placed], letters_at: Sequence[int]) -> Span:
    """A division that is a letter, if its heading does not say what it is."""
    heading = next((block for block in blocks if block.start == div.start and block.kind == "heading"), None)
    unsaid = div.attributes["type"] in ("section", "subsection") and "n" not in div.attributes
    if heading is None or not unsaid or not any(0 <= at - heading.end <= 1 for at in letters_at):
        return div
    return replace(div, attributes={**div.attributes, "type": "letter"})


def _is_epigraph(blocks: Sequence[Placed], index: int) -> bool:
    """Whether a quotation or verse begins here that stands between a heading and the text which it introduces."""
    quoted = ("quotation", "verse")
    block = blocks[index]
    if block.kind not in quoted or (index and blocks[index - 1].kind == block.kind and not block.apart):
        return False
    before = next((each.kind for each in blocks[index::-1] if each.kind not in quoted), None)
    last = last_alike(blocks, index)
    after = next((each.kind for each in blocks[last + 1 :] if each.kind not in quoted), None)
    words = sum(len(each.text.split()) for each in blocks[index : last + 1])
    return before == "heading" and after == "body" and words <= EPIGRAPH
