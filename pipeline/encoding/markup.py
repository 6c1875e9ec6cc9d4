"""A small tree of elements and its text: XML written so that people can read the difference of two versions.

Where an element holds only elements, each stands on its own line; from the first element with mixed content on,
not one character is added. lxml's own indentation cannot be told where mixed content begins.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Union

from pipeline.errors import BadInput

Content = Union["Element", str]

_ELEMENTS_ONLY = frozenset(
    re.findall(
        r"\w+",
        """
        TEI teiHeader fileDesc titleStmt publicationStmt availability sourceDesc biblStruct analytic monogr imprint
        listWit encodingDesc projectDesc editorialDecl tagsDecl classDecl taxonomy appInfo profileDesc calendarDesc
        calendar langUsage revisionDesc
        facsimile surface zone standOff listPerson person listPlace place listOrg org listEvent event listAnnotation
        text front body back div titlePage list listBibl lg cit epigraph floatingText opener closer
        """,
    )
)
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class Element:
    """An element with its attributes in the order in which they are written."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: Sequence[Content] = ()


def element(name: str, *children: Content, **attributes: str | None) -> Element:
    """An element; attributes without a value are left out, `xml_id` becomes xml:id, `from_` becomes from."""
    return Element(name, {_attribute(key): value for key, value in attributes.items() if value is not None}, children)


def serialise(root: Element, instructions: Iterable[str] = ()) -> bytes:
    """The document as UTF-8, with the processing instructions `instructions` before its root.

    Raises BadInput where a text holds a character that XML 1.0 does not allow.
    """
    pieces = ['<?xml version="1.0" encoding="UTF-8"?>\n', *(f"<?{each}?>\n" for each in instructions)]
    _write(root, pieces, 0, True)
    pieces.append("\n")
    document = "".join(pieces)
    if found := _FORBIDDEN.search(document):
        around = document[max(0, found.start() - 40) : found.start()]
        raise BadInput(
            f"the text holds the character U+{ord(found.group()):04X}, which XML does not allow, after {around!r}; "
            "remove it from the existing text"
        )
    return document.encode()


def _write(node: Element, pieces: list[str], depth: int, in_lines: bool) -> None:
    attributes = "".join(f' {key}="{_escape(value, True)}"' for key, value in node.attributes.items())
    if not node.children:
        pieces.append(f"<{node.name}{attributes}/>")
        return
    pieces.append(f"<{node.name}{attributes}>")
    in_lines = in_lines and (node.name in _ELEMENTS_ONLY or node.attributes.get("rend") == "block")
    for child in node.children:
        if in_lines:
            pieces.append("\n" + " " * (depth + 1))
        if isinstance(child, str):
            pieces.append(_escape(child, False))
        else:
            _write(child, pieces, depth + 1, in_lines)
    if in_lines:
        pieces.append("\n" + " " * depth)
    pieces.append(f"</{node.name}>")


def _escape(text: str, attribute: bool) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    if attribute:
        text = text.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return text


def _attribute(key: str) -> str:
    key = key.rstrip("_")
    return "xml:" + key[4:] if key.startswith("xml_") else key
