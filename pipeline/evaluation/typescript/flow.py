"""What stands on each typed page: a gold TEI file as pages of blocks of characters.

Two forms are read: breaks inside notes are `milestone type="noteContinued"` or `pb type="note"`. Notes leave the
running text (their raised number stays) and gather at the foot of the page; a note with a break goes on at the foot
of the next page, as word processors of the time typed it: "(continued...)", then "12(...continued)".
"""

import itertools
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from lxml import etree

from pipeline.evaluation.tei import TEI, children, is_note_break, name, text_of, underlined

Kind = Literal["p", "head", "subhead", "quote", "verse", "item", "bibl", "contents", "title", "separator", "note"]

_BLOCKS: dict[str, Kind] = {"p": "p", "l": "verse", "item": "item", "bibl": "bibl", "titlePart": "title", "ab": "p"}
_SUBDIVISIONS = {"section", "subsection", "part"}
_ASTERISKS = "* * *"


@dataclass(frozen=True, slots=True)
class Glyph:
    """One typed character. A line end that the typist made is the character "\\n"."""

    char: str
    underlined: bool = False
    raised: bool = False


@dataclass(slots=True)
class Block:
    """A run of characters that is set as one.

    continues: it began on the page before. goes_on: it ends on the next one.
    number: of a note. target: the page number of an entry in the contents, typed at the right margin.
    group: blocks of one list, stanza or title share it, so that they can stand together.
    """

    kind: Kind
    glyphs: list[Glyph] = field(default_factory=list)
    continues: bool = False
    goes_on: bool = False
    number: str = ""
    target: str = ""
    group: int = 0

    @property
    def text(self) -> str:
        return "".join(glyph.char for glyph in self.glyphs).strip()


@dataclass(slots=True)
class FlowPage:
    """A page: its number (in brackets where none is typed), its text, its foot notes."""

    label: str
    blocks: list[Block] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)


def pages(gold: Path) -> list[FlowPage]:
    """The pages of a gold TEI file, in order. Raises BadInput (see `text_of`)."""
    return _Flow(text_of(gold)).pages


class _Flow:
    """A walk through the document that fills one page after the other."""

    def __init__(self, text: etree._Element) -> None:
        self.pages: list[FlowPage] = []
        self.group = 0
        self._carried: list[Block] = []
        self._walk(text, None)
        for page in self.pages:
            page.blocks = [block for block in page.blocks if block.text]
        self.pages = [page for page in self.pages if page.blocks or page.notes]

    def _walk(self, element: etree._Element, quoted: Kind | None) -> None:
        """Go through what holds blocks. quoted: the kind that paragraphs have here, where it is not "p"."""
        for child, _ in children(element):
            self._visit(child, element, quoted)

    def _visit(self, child: etree._Element, parent: etree._Element, quoted: Kind | None) -> None:
        tag = name(child)
        if tag == "pb":
            self._page(child)
        elif tag == "milestone" and child.get("unit") == "section":
            self._open("separator").glyphs = [Glyph(char) for char in _ASTERISKS]
        elif tag == "head":
            self._block(child, "subhead" if parent.get("type") in _SUBDIVISIONS else "head")
        elif tag == "quote" and not _holds_blocks(child):
            self._block(child, "quote")
        elif tag in _BLOCKS:
            kind = _BLOCKS[tag]
            if kind == "item" and _in_contents(child):
                kind = "contents"
            self._block(child, quoted if kind == "p" and quoted else kind)
        elif tag not in {"note", "fw"}:
            self.group += tag in {"lg", "list", "listBibl", "titlePage"}
            self._walk(child, "quote" if tag == "quote" else quoted)

    def _block(self, element: etree._Element, kind: Kind) -> None:
        self._open(kind)
        self._inline(element, kind, False)

    def _open(self, kind: Kind, continues: bool = False) -> Block:
        if not self.pages:
            self.pages.append(FlowPage("[1]"))
        block = Block(kind, continues=continues, group=self.group)
        self.pages[-1].blocks.append(block)
        return block

    def _page(self, element: etree._Element) -> None:
        label = element.get("n") or f"[{len(self.pages) + 1}]"
        self.pages.append(FlowPage(label, notes=self._carried))
        self._carried = []

    def _inline(self, element: etree._Element, kind: Kind, line: bool) -> None:
        """Type what the element holds into the open block. line: it is underlined."""
        line = line or underlined(element)
        _type(self._here, element.text, line)
        for child, tail in children(element):
            tag = name(child)
            if tag == "pb":
                self._here.goes_on = True
                self._page(child)
                self._open(kind, continues=True)
            elif tag == "note":
                self._here.glyphs.extend(Glyph(char, raised=True) for char in child.get("n", ""))
                self._note(child)
            elif tag == "lb":
                self._here.glyphs.append(Glyph("\n"))
            elif tag == "ref" and kind == "contents":
                self._here.target = " ".join("".join(map(str, child.itertext())).split())
            elif _holds_blocks(child):
                self._visit(child, element, None)
                self._open(kind, continues=True)
            elif tag != "fw":
                self._inline(child, kind, line)
            _type(self._here, tail, line)

    @property
    def _here(self) -> Block:
        return self.pages[-1].blocks[-1]

    def _note(self, note: etree._Element) -> None:
        number = note.get("n", "")
        parts = [Block("note", [Glyph(char, raised=True) for char in number], number=number)]
        _note_text(note, parts, False)
        for part, following in itertools.pairwise(parts):
            part.goes_on = following.continues = True
        self.pages[-1].notes.append(parts[0])
        self._carried.extend(parts[1:])


def _note_text(element: etree._Element, parts: list[Block], line: bool) -> None:
    line = line or underlined(element)
    if name(element) in {"p", "l", "quote"} and parts[-1].glyphs and not parts[-1].glyphs[-1].raised:
        parts[-1].glyphs.append(Glyph("\n"))
    _type(parts[-1], element.text, line)
    for child, tail in children(element):
        if is_note_break(child):
            parts.append(Block("note", number=parts[0].number))
        elif name(child) != "fw":
            _note_text(child, parts, line)
        _type(parts[-1], tail, line)


def _type(block: Block, text: str | None, line: bool) -> None:
    """Add text with its white space collapsed, none of it at the start of a block, note or line."""
    for char in re.sub(r"\s+", " ", unicodedata.normalize("NFC", text or "")):
        last = block.glyphs[-1] if block.glyphs else Glyph(" ")
        if char == " " and (last.char in " \n" or (block.kind == "note" and last.raised)):
            continue
        block.glyphs.append(Glyph(char, line))


def _holds_blocks(element: etree._Element) -> bool:
    return any(element.find(f"{TEI}{tag}") is not None for tag in ("p", "lg", "l", "list"))


def _in_contents(item: etree._Element) -> bool:
    return any(ancestor.get("type") == "contents" for ancestor in item.iterancestors(f"{TEI}div"))
