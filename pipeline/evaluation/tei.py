"""Reading a TEI file safely, and the few questions that every module of this room asks of an element."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from pipeline.errors import BadInput
from pipeline.outside import read_bytes

TEI = "{http://www.tei-c.org/ns/1.0}"
_LARGEST = 200_000_000
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def text_of(path: Path) -> etree._Element:
    """The outermost `text` element of a TEI file.

    Entities are not resolved and nothing is fetched. Raises BadInput where the file is missing, is no XML, or
    has no `text` in the TEI namespace.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(read_bytes(path, _LARGEST), parser)
    except FileNotFoundError as error:
        raise BadInput(f"{path}: there is no such file; name a TEI file") from error
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror})") from error
    except etree.XMLSyntaxError as error:
        raise BadInput(f"{path}: not well-formed XML ({error.msg}); mend it first") from error
    found = root if root.tag == f"{TEI}text" else root.find(f".//{TEI}text")
    if found is None:
        raise BadInput(f"{path}: no text element in the TEI namespace; is it a TEI file?")
    return found


def name(element: etree._Element) -> str:
    """The element's name without its namespace; empty for what is no element (an unresolved entity)."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Child elements, each with the text that follows it."""
    for child in element:
        yield child, child.tail or ""


def underlined(element: etree._Element) -> bool:
    """Whether the element says that its text is underlined."""
    return name(element) == "hi" and "underline" in (element.get("rend") or element.get("rendition") or "")


def is_note_break(element: etree._Element) -> bool:
    """Whether the element marks where a note goes on at the foot of the next page."""
    return (name(element) == "pb" and element.get("type") == "note") or (
        name(element) == "milestone" and element.get("type") == "noteContinued"
    )
