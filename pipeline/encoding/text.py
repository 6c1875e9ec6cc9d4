"""The text: what composition has put in order, written as TEI elements (TEI Guidelines, chapters 3 and 4)."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from pipeline.encoding.arrangement import arranged, complete, front_matter
from pipeline.encoding.blocks import Block, Segment, trim
from pipeline.encoding.composition import EDITOR, Composed, Composition
from pipeline.encoding.decisions import moved
from pipeline.encoding.facsimile import Facsimile
from pipeline.encoding.identifiers import Identifiers, calendar_id, certainty_level, xml_name
from pipeline.encoding.marks import Mark
from pipeline.encoding.markup import Content, Element, element
from pipeline.encoding.nesting import Node, Point, Text
from pipeline.model import Furniture, Milestone, Reading, Span

_COPIED = {
    "div": ("type", "n"),
    "floatingText": ("type",),
    "p": ("rend",),
    "q": ("rend",),
    "title": ("level",),
    "unclear": ("reason",),
    "date": ("when", "from", "to", "notBefore", "notAfter"),
    "citedRange": ("unit", "from", "to"),
    "biblScope": ("unit", "from", "to"),
}
_NAMES = frozenset(("persName", "placeName", "orgName", "event", "title", "date"))
_ELEMENTS = {"flag": "seg", "reviewed": "seg", "citation": "bibl", "event": "name"}
_EDITED = ("emendation", "slip")  # the editor's word is in them, not they
_DOUBTFUL = 0.5
_NO_CERT_NEEDED = 0.9


def write_text(
    reading: Reading,
    composition: Composition,
    facsimile: Facsimile,
    witnesses: Collection[str],
    language: str,
    identifiers: Identifiers,
) -> Element:
    """The text element. language: the document's main one; `witnesses`: the sigla that the header declares."""
    writer = _Writer(reading, composition, facsimile, witnesses, language, identifiers)
    body = composition.texts["body"]
    parts = {root.kind: arranged(writer.blocks(body, root.children, language)) for root in body.roots}
    parts.setdefault("body", [])
    return Element(
        "text",
        {"xml:lang": language},
        [
            Element(kind, {}, complete(kind, front_matter(parts[kind]) if kind != "body" else parts[kind]))
            for kind in ("front", "body", "back")
            if kind in parts and (parts[kind] or kind == "body")
        ],
    )


class _Writer:
    """Writes each text once; notes are written where they are anchored."""

    def __init__(
        self,
        reading: Reading,
        composition: Composition,
        facsimile: Facsimile,
        witnesses: Collection[str],
        language: str,
        identifiers: Identifiers,
    ) -> None:
        self._reading = reading
        self._composition = composition
        self._facsimile = facsimile
        self._witnesses = witnesses
        self._main = language
        self._identifiers = identifiers
        self._pages = {page: _page_name(page) for page in composition.pages}
        self._entries = {
            (name, *trim(text.content, span.start, span.end)): xml_name(span.attributes["corresp"])
            for name, text in composition.texts.items()
            for span in text.spans
            if span.kind == "entry"
        }
        self._written: dict[tuple[str, int], int] = {}
        self._notes: set[str] = set()

    def blocks(self, text: Composed, children: Sequence[Block | Segment | Point], language: str) -> list[Content]:
        """The elements and text of what a block holds, where `language` is that of the context."""
        found: list[Content] = []
        for child in children:
            if isinstance(child, Point):
                found += self._mark(text.marks[child.key], language)
            elif isinstance(child, Segment):
                found += self._inline(text, child.content, language)
            elif child.kind == "separator":
                rend = text.spans[child.span].attributes.get("rend")
                found.append(element("milestone", unit="section", rend=rend))
                found += self.blocks(text, child.children, language)
            else:
                found.append(self._block(text, child, language))
        return found

    def _block(self, text: Composed, block: Block, language: str) -> Element:
        span = text.spans[block.span] if block.span >= 0 else Span(text.text, block.start, block.end, block.kind)
        identity, pointers = self._identity(text, block.span)
        attributes = {"rend": "block"} if block.kind == "blockquote" else _copied(span)
        identity = {"xml:id": block.id} if block.id and not identity else identity
        attributes |= identity | pointers
        if block.language and block.language != language:
            attributes["xml:lang"] = language = block.language
        if block.categories:
            attributes |= {"ana": _pointers(block.categories), "cert": certainty_level(block.certainty)}
        if entry := self._entries.get((text.text, block.start, block.end)):
            attributes["corresp"] = f"#{entry}"
        if block.kind == "blockquote":
            return self._quotation(text, block, attributes, language)
        children = self.blocks(text, block.children, language)
        if block.kind == "floatingText":
            return Element("floatingText", attributes, [Element("body", {}, children)])
        if block.kind != "div":
            return Element(block.kind, attributes, children)
        return Element("div", attributes, arranged([*self._supplied_head(text, block), *children]))

    def _supplied_head(self, text: Composed, block: Block) -> list[Content]:
        """The heading that only the table of contents has, for a division that lacks its own."""
        title = text.spans[block.span].attributes.get("supplied") if block.span >= 0 else None
        if not title:
            return []
        listed = any(span.attributes.get("id") == "contents" for span in text.spans)
        return [Element("head", {}, [element("supplied", title, source="#contents" if listed else None)])]

    def _quotation(self, text: Composed, block: Block, attributes: dict[str, str], language: str) -> Element:
        """A block quotation; with the notes at its end, which give its source, it makes a cit."""
        notes: list[Point] = []
        segments = list(block.segments())
        content = segments[-1].content if segments else []
        while content and isinstance(last := content[-1], Point) and isinstance(text.marks[last.key].item, Span):
            notes.insert(0, last)
            content.pop()
        quote = Element("quote", attributes, self.blocks(text, block.children, language))
        if not notes:
            return quote
        anchored = [each for note in notes for each in self._mark(text.marks[note.key], self._main)]
        return Element("cit", {"rendition": "#block"}, [quote, *anchored])

    def _inline(self, text: Composed, content: Sequence[Node | Text | Point], language: str) -> list[Content]:
        found: list[Content] = []
        for child in content:
            if isinstance(child, Text):
                found.append(self._reading.texts[text.text][child.start : child.end])
            elif isinstance(child, Point):
                found += self._mark(text.marks[child.key], language)
            else:
                found.append(self._span(text, child, language))
        return found

    def _span(self, text: Composed, node: Node, language: str) -> Element:
        span = text.spans[node.key]
        first = (text.text, node.key) not in self._written
        identity, pointers = self._identity(text, node.key)
        attributes = _copied(span) | identity | pointers
        own = text.inline.languages.get(node.key) or span.attributes.get("lang")
        if own and (own != language or span.kind == "foreign"):
            attributes["xml:lang"] = language = own
        if categories := text.categories.get(node.key):
            attributes["ana"] = _pointers(dict.fromkeys(categories))
        reviewed = node.key in text.reviewed or "resp" in span.attributes
        if reviewed and span.kind not in _EDITED:
            attributes["resp"] = EDITOR
        if span.kind == "quote" and (source := self._composition.notes.get(span.attributes.get("source", ""))):
            attributes["source"] = f"#{source}"
        if span.kind in _NAMES and "ref" in span.attributes:
            attributes["ref"] = "#" + xml_name(span.attributes["ref"])
        if span.kind == "citation" and first and (work := self._pointed(span.attributes.get("corresp", ""))):
            attributes["corresp"] = f"#{work}"
        if span.kind == "ref":
            attributes |= self._reference(span)
        if span.kind == "emendation":
            return self._emendation(text, node, attributes, first)
        children = self._inline(text, node.children, language)
        if span.kind == "slip":
            correction = Element("corr", {"resp": EDITOR}, _filled(span.attributes["new"]))
            return Element("choice", attributes, [Element("sic", {}, children), correction])
        if span.kind == "app":
            return self._apparatus(span, attributes if reviewed else {"cert": "low", **attributes}, children, first)
        if not reviewed and (span.kind in _NAMES or categories or span.certainty < _NO_CERT_NEEDED):
            attributes["cert"] = certainty_level(span.certainty)
        name = "seg" if span.kind == "foreign" and _holds_citation(text, node) else span.kind
        return Element(_ELEMENTS.get(name, name), attributes, children)

    def _reference(self, span: Span) -> dict[str, str]:
        """A ref's type and target; unresolved where it has none, or one that is not in the edition."""
        target = self._pointed(span.attributes.get("target", ""))
        return {"type": span.attributes["type"], "target": f"#{target}"} if target else {"type": "unresolved"}

    def _pointed(self, name: str) -> str | None:
        """The xml:id of a work, citation, note, division or page."""
        composition = self._composition
        own = composition.notes.get(name) or composition.named.get(name)
        return own or (xml_name(name) if name in composition.works else self._pages.get(name))

    def _emendation(self, text: Composed, node: Node, attributes: dict[str, str], first: bool) -> Element:
        """Words that the editor replaced; what stood between the old letters stands between the new."""
        span = text.spans[node.key]
        old, new = text.content[span.start : span.end].replace("\n", " "), span.attributes["new"] if first else ""
        lemma: list[Content] = []
        written = 0
        for point in _points(node.children):
            offset = moved(point.offset - span.start, old, new)
            lemma += [*_filled(new[written:offset]), *self._mark(text.marks[point.key], self._main)]
            written = max(written, offset)
        lemma += _filled(new[written:])
        sigla: dict[str, list[str | None]] = (
            {old: [], new: []} if first else {new: []}
        )  # the old reading first, also where no witness has it
        for siglum in self._witnesses if first else ():
            sigla.setdefault(span.attributes.get(f"rdg:{siglum}", ""), []).append(siglum)
        lem = Element("lem", {**_wit(sigla.pop(new)), "resp": EDITOR}, lemma)
        readings = [Element("rdg", _wit(each), _filled(read)) for read, each in sigla.items()]
        return Element("app", attributes, [lem, *readings])

    def _apparatus(self, span: Span, attributes: dict[str, str], lemma: list[Content], first: bool) -> Element:
        children = [Element("lem", self._witness(span.attributes.get("wit")), lemma)]
        if first:
            reading = _filled(span.attributes.get("rdg", ""))
            children.append(Element("rdg", self._witness(span.attributes.get("rdgWit")), reading))
        return Element("app", attributes, children)

    def _witness(self, siglum: str | None) -> dict[str, str]:
        return _wit([siglum]) if siglum in self._witnesses else {}

    def _identity(self, text: Composed, index: int) -> tuple[dict[str, str], dict[str, str]]:
        """The xml:id of the next part of a span, and where its other parts and its counterpart are."""
        part = self._written.get((text.text, index), 0)
        self._written[text.text, index] = part + 1
        ids = text.ids.get(index)
        if not ids:
            return {}, {}
        pointers = {}
        if part == 0 and (other := self._composition.named.get(text.spans[index].attributes.get("corresp", ""))):
            pointers["corresp"] = f"#{other}"
        if part + 1 < len(ids):
            pointers["next"] = f"#{ids[part + 1]}"
        if part > 0:
            pointers["prev"] = f"#{ids[part - 1]}"
        return {"xml:id": ids[part]}, pointers

    def _mark(self, mark: Mark, language: str) -> list[Content]:
        if isinstance(mark.item, Span):
            return self._note(mark.item, language)
        if isinstance(mark.item, Furniture):
            return [self._furniture(mark.item)]
        joined = "no" if mark.joined else None
        if mark.item.kind == "line":
            return [element("lb", break_=joined, facs="#" + self._facsimile.zones[mark.item.target])]
        return [self._page(mark.item, joined)]

    def _page(self, milestone: Milestone, joined: str | None) -> Element:
        place = self._facsimile.places.get(milestone.target)
        number = milestone.label or (place.supplied if place else None)
        facs = f"#{place.surface}" if place else None
        if milestone.text != "body":
            return element("milestone", unit="page", type="noteContinued", n=number, facs=facs)
        name = self._identifiers.claim(_page_name(milestone.target))
        cert = "low" if milestone.certainty < _DOUBTFUL else None
        return element("pb", n=number, break_=joined, facs=facs, xml_id=name, cert=cert)

    def _furniture(self, piece: Furniture) -> Element:
        page = self._facsimile.places.get(piece.page or "")
        place = page.number_place if page and piece.kind == "pageNum" else None
        return element("fw", piece.content, type=piece.kind, place=place)

    def _note(self, span: Span, language: str) -> list[Content]:
        name = span.attributes["note"]
        if name in self._notes:
            return []
        self._notes.add(name)
        text = self._composition.texts[name]
        root = text.roots[0]
        attributes = {"place": span.attributes.get("place", "bottom"), "n": span.attributes["n"]}
        attributes["xml:id"] = self._composition.notes[name]
        own = root.language or self._main
        if own != language:
            attributes["xml:lang"] = own
        if span.certainty < _DOUBTFUL:
            attributes["cert"] = "low"
        elif "supplied" in span.attributes:
            attributes["cert"] = certainty_level(float(span.attributes["supplied"]))
        if root.categories:
            attributes.setdefault("cert", certainty_level(root.certainty))
            attributes["ana"] = _pointers(dict.fromkeys(root.categories))
        return [Element("note", attributes, self.blocks(text, root.children, own))]


def _page_name(page: str) -> str:
    return "pb-" + page.removeprefix("p")


def _copied(span: Span) -> dict[str, str]:
    copied = {key: span.attributes[key] for key in _COPIED.get(span.kind, ()) if key in span.attributes}
    if span.kind == "event":
        copied["type"] = "event"
    if span.kind == "date" and "calendar" in span.attributes:
        copied["calendar"] = _pointers([calendar_id(name) for name in span.attributes["calendar"].split()])
    if span.kind == "hi" and "rendition" in span.attributes:
        copied["rendition"] = "#" + span.attributes["rendition"].removeprefix("#")
    return copied


def _wit(sigla: Sequence[str | None]) -> dict[str, str]:
    return {"wit": " ".join(f"#{siglum}" for siglum in sigla)} if sigla else {}


def _filled(text: str) -> list[Content]:
    return [text] if text else []


def _holds_citation(text: Composed, node: Node) -> bool:
    """Whether a bibl stands in it, which TEI allows in a seg, but not in a foreign."""
    inner = [child for child in node.children if isinstance(child, Node)]
    return any(text.spans[each.key].kind == "citation" or _holds_citation(text, each) for each in inner)


def _points(content: Sequence[Node | Text | Point]) -> Iterator[Point]:
    for child in content:
        if isinstance(child, Point):
            yield child
        elif isinstance(child, Node):
            yield from _points(child.children)


def _pointers(names: Collection[str] | Mapping[str, None]) -> str:
    return " ".join(f"#{name}" for name in names)
