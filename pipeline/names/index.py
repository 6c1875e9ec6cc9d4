"""Indexes: every name of an edition with all the places where it stands, as TEI and as a table.

Drawn from the edition itself, tei/ID.xml, so that each place is a page or note that a reader, or a link, can find.
Names that lead to an entry of a register stand under its preferred form; the others under their own, one entry a form.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from pipeline.edition import Edition
from pipeline.errors import BadInput
from pipeline.model import write_bytes
from pipeline.names.tables import write_table

COLUMNS = ["kind", "id", "name", "forms", "count", "page", "note", "target"]
_HEADINGS = {
    "persName": "People",
    "placeName": "Places",
    "orgName": "Organisations",
    "event": "Events",
    "title": "Works",
}
_TEI = "{http://www.tei-c.org/ns/1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name stands: the printed page, the note's number where it is in a note, and the xml:id nearest to it."""

    page: str
    note: str
    target: str


@dataclass(slots=True)
class Heading:
    """A name in an index: its kind, the id of its entry or nothing, and its forms and places in order of the text."""

    kind: str
    id: str
    name: str
    forms: dict[str, None] = field(default_factory=dict)
    places: dict[Place, int] = field(default_factory=dict)


def write_index(edition: Edition) -> tuple[Path, Path]:
    """Write work/ID/index.xml and index.csv, and return their paths.

    Raises BadInput where the edition is not built or not XML.
    """
    headings = index(edition.tei)
    table, list_ = edition.work / "index.csv", edition.work / "index.xml"
    write_table(table, COLUMNS, _rows(headings))
    write_bytes(list_, _document(headings, edition))
    return list_, table


def index(path: Path) -> list[Heading]:
    """The headings of an edition's index, by kind and then in alphabetical order. Raises BadInput."""
    try:
        root = etree.fromstring(
            path.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        )
    except OSError as error:
        raise BadInput(f"{path}: not there; build the edition first: recensio build {path.stem}") from error
    except etree.XMLSyntaxError as error:
        raise BadInput(f"{path}:{error.lineno or 1}: not XML ({error.msg})") from error
    preferred = {
        entry.get(_ID) or "": _text(entry[0])
        for entry in root.iterfind(f"{_TEI}standOff/*/*")
        if len(entry) and entry.get(_ID)
    }
    found: dict[tuple[str, str, str], Heading] = {}
    text = root.find(f"{_TEI}text")
    for kind, ref, form, place in _names(text) if text is not None else ():
        name = preferred.get(ref, form)
        heading = found.setdefault((kind, ref, "" if ref else form), Heading(kind, ref, name))
        heading.forms[form] = None
        heading.places[place] = heading.places.get(place, 0) + 1
    kinds = list(_HEADINGS)
    return sorted(found.values(), key=lambda each: (kinds.index(each.kind), _sorted_as(each.name), each.name, each.id))


def _names(text: etree._Element) -> Iterable[tuple[str, str, str, Place]]:
    """(kind, id of the entry, form, place) of every name, in order; one that was split is told once, whole."""
    page, page_id = "", ""  # without pages, the division that begins last
    later = {each.get(_ID) or "": each for each in text.iter(f"{_TEI}*") if each.get("prev")}
    note: etree._Element | None = None
    for event, element in etree.iterwalk(text, events=("start", "end"), tag=f"{_TEI}*"):
        kind = etree.QName(element).localname
        if kind == "name":
            kind = element.get("type") or ""
        if kind == "note":
            note = element if event == "start" else None
        elif event == "start" and kind == "div" and not page:
            page_id = element.get(_ID) or page_id
        elif event == "start" and kind == "pb":
            page, page_id = element.get("n") or "", element.get(_ID) or ""
        elif event == "start" and kind in _HEADINGS and not element.get("prev") and not _in_apparatus(element):
            number = (note.get("n") or "") if note is not None else ""
            target = (note.get(_ID) if note is not None else None) or page_id
            yield (
                kind,
                (element.get("ref") or "").removeprefix("#"),
                _whole(element, later),
                Place(page, number, target),
            )


def _whole(element: etree._Element, later: dict[str, etree._Element]) -> str:
    """The words of an element and of the parts that follow it."""
    pieces, part = [_text(element)], element
    while (following := later.pop((part.get("next") or "").removeprefix("#"), None)) is not None:
        pieces.append(_text(following))
        part = following
    return " ".join(" ".join(pieces).split())


def _in_apparatus(element: etree._Element) -> bool:
    return any(etree.QName(each).localname == "rdg" for each in element.iterancestors())


def _text(element: etree._Element) -> str:
    """The words of an element without notes, page furniture and rejected readings."""
    left_out = {f"{_TEI}{name}" for name in ("note", "fw", "rdg")}
    pieces = [element.text or ""]
    for child in element:
        if child.tag not in left_out and isinstance(child.tag, str):
            pieces.append(_text(child))
            if child.tag in (f"{_TEI}lb", f"{_TEI}pb") and child.get("break") != "no":
                pieces.append(" ")
        pieces.append(child.tail or "")
    return " ".join("".join(pieces).split())


def _sorted_as(name: str) -> str:
    """The name without accents, case and article."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(
        r"^\W*(?:the|an?|la|les?|el|los|las|der|die|das)\s",
        "",
        "".join(c for c in plain if not unicodedata.combining(c)),
    )


def _rows(headings: Sequence[Heading]) -> Iterable[dict[str, str]]:
    for heading in headings:
        for place, count in heading.places.items():
            yield {
                "kind": heading.kind,
                "id": heading.id,
                "name": heading.name,
                "forms": "; ".join(heading.forms),
                "count": str(count),
                "page": place.page,
                "note": place.note,
                "target": place.target,
            }


def _document(headings: Sequence[Heading], edition: Edition) -> bytes:
    """The index as TEI: one list a kind, an item a name, its places as references into the edition."""
    root = etree.fromstring(f'<TEI xmlns="{_TEI.strip("{}")}"/>')
    file = etree.SubElement(etree.SubElement(root, f"{_TEI}teiHeader"), f"{_TEI}fileDesc")
    _add(etree.SubElement(file, f"{_TEI}titleStmt"), "title", f"Index of names: {edition.settings.title}")
    _add(etree.SubElement(file, f"{_TEI}publicationStmt"), "publisher", edition.settings.publisher)
    _add(etree.SubElement(file, f"{_TEI}sourceDesc"), "p", f"Drawn from {edition.tei.name}.")
    body = etree.SubElement(etree.SubElement(root, f"{_TEI}text"), f"{_TEI}body")
    for kind, title in _HEADINGS.items():
        if not any(heading.kind == kind for heading in headings):
            continue
        division = etree.SubElement(body, f"{_TEI}div", type="index", n=kind)
        _add(division, "head", title)
        listed = etree.SubElement(division, f"{_TEI}list")
        for heading in (each for each in headings if each.kind == kind):
            item = etree.SubElement(listed, f"{_TEI}item")
            name = _add(item, "name" if kind == "event" else kind, heading.name)
            if kind == "event":
                name.set("type", kind)
            if heading.id:
                name.set("ref", f"../../tei/{edition.tei.name}#{heading.id}")
            name.tail = ", "
            for place in heading.places:
                words = f"{place.page} n. {place.note}".strip() if place.note else place.page or place.target or "?"
                reference = _add(item, "ref", words)
                if place.target:
                    reference.set("target", f"../../tei/{edition.tei.name}#{place.target}")
                reference.tail = ", "
            item[-1].tail = None
    if not len(body):
        _add(body, "p", "No names.")
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _add(parent: etree._Element, name: str, text: str) -> etree._Element:
    made = etree.SubElement(parent, f"{_TEI}{name}")
    made.text = text
    return made
