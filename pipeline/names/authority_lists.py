"""Authorities as TEI: listPerson, listPlace, listOrg, listEvent or listBibl (TEI Guidelines, chapter 13)."""

from pathlib import Path

from lxml import etree

from pipeline.errors import BadInput
from pipeline.model import Authority
from pipeline.names.tables import LARGEST
from pipeline.outside import read_bytes

_ENTRIES = {"persName": "person", "placeName": "place", "orgName": "org", "event": "event", "title": "bibl"}
_FORMS = {"event": ("label", "eventName", "head")}  # else the element that names it in a text
_TEI = "{http://www.tei-c.org/ns/1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_TYPES = {"viaf": "VIAF", "wikidata": "wikidata", "geonames": "geonames", "isni": "ISNI"}


def read_list(path: Path, kind: str) -> list[tuple[Authority, int]]:
    """The entries of a TEI list with their lines: the first name, or that of @type "preferred", is the preferred form.

    Raises BadInput where the file is not XML or an entry has no name; entities and the network are not used.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, collect_ids=False, remove_comments=True)
    try:
        root = etree.fromstring(read_bytes(path, LARGEST), parser)
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror})") from error
    except etree.XMLSyntaxError as error:
        raise BadInput(f"{path}:{error.lineno or 1}: not XML ({error.msg})") from error
    return [(_entry(entry, kind), _line(entry)) for entry in root.iter(f"{_TEI}{_ENTRIES.get(kind, 'item')}")]


def _entry(entry: etree._Element, kind: str) -> Authority:
    tags = [_TEI + tag for tag in _FORMS.get(kind, (kind,))]
    names = [(each.get("type") == "preferred", _text(each)) for each in entry.iterchildren(*tags)]
    forms = [form for _, form in sorted(names, key=lambda item: not item[0]) if form]
    numbers = {
        _TYPES.get((each.get("type") or "").lower(), each.get("type") or "URI"): _text(each)
        for each in entry.iterfind(f"{_TEI}idno")
    }
    life = [
        _text(each) or each.get("when") or "" for name in ("birth", "death") for each in entry.iterfind(_TEI + name)
    ]
    return Authority(
        id=entry.get(_ID) or "",
        kind=kind,
        name=forms[0] if forms else "",
        variants=tuple(dict.fromkeys(forms[1:])),
        dates="-".join(life),
        idno=numbers,
        note=" ".join(_text(each) for each in entry.iterfind(f"{_TEI}note")),
    )


def _line(element: etree._Element) -> int:
    return element.sourceline if isinstance(element.sourceline, int) else 1


def _text(element: etree._Element) -> str:
    return " ".join("".join(str(part) for part in element.itertext()).split())
