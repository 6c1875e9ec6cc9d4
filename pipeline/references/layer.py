"""The layer: what was found as spans, with ids only where something points."""

from collections.abc import Sequence

from pipeline.model import Span
from pipeline.references.citations import Citation, Part
from pipeline.references.document import Document
from pipeline.references.entries import Entry
from pipeline.references.items import Item
from pipeline.references.resolution import Resolved

_KINDS = frozenset(("author", "editor", "pubPlace", "publisher", "citedRange", "biblScope"))


def layer(resolved: Sequence[Resolved], listed: Sequence[Entry], document: Document, own: Sequence[str]) -> list[Span]:
    """The spans of all citations and entries. own: the id of each citation, as other citations may mean it."""
    meant = {each.work for each, name in zip(resolved, own, strict=True) if each.work != name}
    found: list[Span] = []
    for each, name in zip(resolved, own, strict=True):
        citation = each.citation
        attributes = {"id": name} if name in meant else {}
        if each.work and each.work != name and citation.back is None:
            attributes["corresp"] = each.work
        certainty = each.certainty if each.work else 1.0
        text = document.texts[citation.text]
        start, end = _whole(citation, document)
        found.append(Span(citation.text, start, end, "citation", attributes, certainty, each.why))
        found += _parts(citation.text, citation.parts, document)
        found += _titles(citation.text, citation.titles)
        if citation.back:
            found.append(_reference(each, citation.back))
        if each.backward and not each.work:
            words = " ".join(text[start:end].split())
            note = f"What does {words!r} mean? {each.why[:1].upper()}{each.why[1:]}."
            place = citation.back or citation
            flag = {"category": "rv-reference", "note": note}
            found.append(Span(citation.text, place.start, place.end, "flag", flag, 0.9, each.why))
    for entry in listed:
        found += [Span("body", *extent, "entry", {"corresp": entry.work.id}) for extent in entry.extents]
        found += _parts("body", entry.parts, document)
    return found


def _reference(each: Resolved, back: Item) -> Span:
    kind = "abbreviation" if back.kind == "abbreviation" else back.value
    attributes = {"type": kind, "target": each.work} if each.work else {"type": "unresolved"}
    return Span(each.citation.text, back.start, back.end, "ref", attributes, each.certainty, each.why)


def _parts(name: str, parts: Sequence[Part], document: Document) -> list[Span]:
    """The parts that no name or date crosses."""
    return [
        Span(name, each.start, each.end, each.kind, each.attributes)
        for each in parts
        if each.kind in _KINDS and not document.crossing(name, each.start, each.end)
    ]


def _titles(name: str, titles: Sequence[Item]) -> list[Span]:
    """Titles that no layer has yet."""
    return [
        Span(name, each.start, each.end, "title", {"level": each.value or "m"}, 0.7, "stands where a source does")
        for each in titles
        if not each.known and each.kind != "letter"
    ]


def _whole(citation: Citation, document: Document) -> tuple[int, int]:
    """The extent of a citation, with names that begin or end in it, and an underline that closes after it."""
    start, end = citation.start, citation.end
    for a, b in document.crossing(citation.text, start, end):
        start, end = min(start, a), max(end, b)
    text = document.texts[citation.text]
    for a, b in document.underlines(citation.text):
        if start <= a < end < b and not any(char.isalpha() for char in text[end:b]):
            end = b
    return start, end
