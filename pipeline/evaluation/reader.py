"""What an edition says, as plain strings: the body, the notes with their places, spans and page breaks.

The text is read as typed: `sic` of a choice, `lem` of an apparatus entry, without what belongs to the page (`fw`)
and without what an editor or a program added. White space is collapsed, blocks are separated by one space, the text
is NFC, typographic quotation marks and dashes count as the typewriter's, and the dots that lead to a page number in a
table of contents count as a space. Gold files and editions are read alike.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from pipeline.evaluation.tei import LANG, TEI, children, is_note_break, name, underlined

_SKIPPED = {"fw", "rdg", "del", "surplus", "certainty", "interp", "desc", "figDesc", "teiHeader", "standOff"}
_BLOCKS = {
    *("front", "body", "back", "div", "p", "ab", "head", "quote", "cit", "lg", "l", "list", "item", "listBibl", "bibl"),
    *("biblStruct", "titlePage", "docTitle", "titlePart", "docAuthor", "docImprint", "docDate", "byline", "epigraph"),
    *("opener", "closer", "salute", "signed", "dateline", "address", "addrLine", "trailer", "label", "row", "cell"),
}
_PARAGRAPHS = ("p", "ab", "lg", "l", "list")
_OWN_LANGUAGE = {"foreign", "title", "text"}
_LEADER = re.compile(r"\s*\.{5,}\s*")
_CHOICES = ("sic", "orig", "abbr")
_SAME_NAME = {"persName", "placeName", "orgName", "title", "date", "head"}
_NAME_TYPES = {"person": "persName", "place": "placeName", "org": "orgName"}
_ADDED_NOTES = {"editorial", "review", "apparatus", "machine"}
_TYPED = str.maketrans(
    {
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("‘’´`", "'"),
        **dict.fromkeys("–−‐‑", "-"),
        **dict.fromkeys("\u00a0\u202f", " "),
        "—": "--",
        "…": "...",
        "\u00ad": None,
    }
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters [start, end) are of a kind ("q", "persName", ...); language for foreign passages."""

    kind: str
    start: int
    end: int
    language: str = ""


@dataclass(frozen=True, slots=True)
class NoteText:
    """A note: its number, its text, the offset in the body at which it is referred to, and its own spans."""

    number: str
    at: int
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Everything a TEI file says that is scored. breaks: offsets in the body at which pages begin."""

    text: str
    notes: tuple[NoteText, ...]
    marks: tuple[Mark, ...]
    breaks: tuple[int, ...]


def read(text: etree._Element) -> Said:
    """What a `text` element says."""
    walk = _Walk(text.get(LANG) or _language_above(text) or "en")
    walk.element(text)
    notes = sorted(_joined(walk), key=lambda note: note.at)
    return Said(walk.text, tuple(notes), tuple(walk.marks), tuple(walk.breaks))


def typed(text: str) -> str:
    """Text with the marks of a typewriter, composed (NFC), so that it can be compared."""
    return unicodedata.normalize("NFC", text).translate(_TYPED)


def _language_above(text: etree._Element) -> str | None:
    return next((above.get(LANG) for above in text.iterancestors() if above.get(LANG)), None)


@dataclass(slots=True)
class _Walk:
    """Collects the text in document order; a note is walked on its own."""

    main: str
    parts: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[Mark] = field(default_factory=list)
    notes: list[NoteText] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    references: dict[str, int] = field(default_factory=dict)
    breaks: list[int] = field(default_factory=list)
    divided: bool = False

    @property
    def text(self) -> str:
        return "".join(self.parts).strip()

    def element(self, element: etree._Element) -> None:
        tag = name(element)
        if not tag or tag in _SKIPPED:
            return
        if tag == "choice":
            options = {name(child): child for child in element}
            chosen = next((options[each] for each in _CHOICES if each in options), None)
            for child in [chosen] if chosen is not None else list(element)[:1]:
                self.element(child)
        elif tag == "app":
            for lemma in element.findall(f"{TEI}lem"):
                self.element(lemma)
        elif tag in {"pb", "lb", "cb", "milestone"}:
            self._milestone(element, tag)
        elif tag == "note":
            self._note(element)
        elif tag == "ptr" or (tag == "ref" and element.get("type") in {"noteAnchor", "note"}):
            self.references.setdefault((element.get("target") or "").lstrip("#"), self.length)
        else:
            self._content(element, tag)

    def _content(self, element: etree._Element, tag: str) -> None:
        block = tag in _BLOCKS and not _is_inline(element, tag)
        if block:
            self._space()
        start = self.length
        self._children(element)
        if block:
            self._space()
        self._mark(element, tag, start)

    def _children(self, element: etree._Element) -> None:
        self._put(element.text or "")
        for child, tail in children(element):
            self.element(child)
            self._put(tail)

    def _milestone(self, element: etree._Element, tag: str) -> None:
        whole = element.get("break") != "no"
        if tag == "pb" and not is_note_break(element):
            self.breaks.append(self.length)
        elif tag != "pb" and whole and not is_note_break(element):
            self._space()
        self.divided = self.divided or not whole

    def _note(self, element: etree._Element) -> None:
        if element.get("type") in _ADDED_NOTES or element.get("resp"):
            return
        inner = _Walk(self.main)
        inner._children(element)
        identifier = element.get("{http://www.w3.org/XML/1998/namespace}id")
        if identifier:
            self.ids[identifier] = len(self.notes)
        number = element.get("n") or ""
        self.notes.append(NoteText(number, self.length, inner.text, tuple(inner.marks)))

    def _put(self, text: str) -> None:
        """Add text; after a divided word's break, the white space of the file is not part of it."""
        text = _LEADER.sub(" ", typed(text))
        text = re.sub(r"\s+", " ", text)
        if self.divided and text.strip():
            text, self.divided = text.lstrip(), False
        elif self.divided:
            return
        if text.startswith(" ") and self._at_space:
            text = text[1:]
        if text:
            self.parts.append(text)
            self.length += len(text)

    def _space(self) -> None:
        self._put(" ")

    @property
    def _at_space(self) -> bool:
        return not self.parts or self.parts[-1].endswith(" ")

    def _mark(self, element: etree._Element, tag: str, start: int) -> None:
        """Note what the characters since `start` are, without the white space around them."""
        kind, language = _kind(element, tag), element.get(LANG) or ""
        # A block or quotation that is in another language as a whole counts as foreign; titles are scored as titles.
        elsewhere = language and language.split("-")[0] != self.main.split("-")[0] and tag not in _OWN_LANGUAGE
        if not kind and not elsewhere:
            return
        inside = self._since(start)
        end = start + len(inside.rstrip())
        start += len(inside) - len(inside.lstrip())
        if end <= start:
            return
        if kind:
            self.marks.append(Mark(kind, start, end, language if kind == "foreign" else ""))
        if elsewhere:
            self.marks.append(Mark("foreign", start, end, language))

    def _since(self, start: int) -> str:
        """The text from offset `start` on."""
        taken: list[str] = []
        missing = self.length - start
        for part in reversed(self.parts):
            if missing <= 0:
                break
            taken.append(part[max(0, len(part) - missing) :])
            missing -= len(part)
        return "".join(reversed(taken))


def _joined(walk: _Walk) -> list[NoteText]:
    """Notes that stand apart are given the place at which they are referred to."""
    places: Mapping[int, int] = {walk.ids[target]: at for target, at in walk.references.items() if target in walk.ids}
    return [replace(note, at=places.get(index, note.at)) for index, note in enumerate(walk.notes)]


def _kind(element: etree._Element, tag: str) -> str:
    if tag == "quote" and _is_block(element):
        return "blockquote"
    if tag in {"q", "quote", "said", "soCalled"}:
        return "q"
    if tag in {"name", "rs"}:
        return _NAME_TYPES.get(element.get("type") or "", "")
    if underlined(element):
        return "underline"
    return tag if tag in _SAME_NAME or tag == "foreign" else ""


def _is_block(quote: etree._Element) -> bool:
    """Whether a quotation is set apart: it holds paragraphs or verse, says so, or stands among blocks."""
    if quote.find(f"{TEI}p") is not None or quote.find(f"{TEI}lg") is not None:
        return True
    if "block" in {quote.get("rend"), quote.get("type"), (quote.get("rendition") or "").lstrip("#")}:
        return True
    above = quote.getparent()
    if above is not None and name(above) == "cit":
        above = above.getparent()
    return above is not None and name(above) in {"div", "body"}


def _is_inline(element: etree._Element, tag: str) -> bool:
    """A citation or quotation within a line: no entry of a bibliography, and without paragraphs of its own."""
    if tag == "bibl":
        parent = element.getparent()
        return parent is None or name(parent) != "listBibl"
    held = (child for kind in _PARAGRAPHS for child in element.iter(f"{TEI}{kind}"))
    return tag in {"quote", "cit"} and element.get("rend") != "block" and next(held, None) is None
