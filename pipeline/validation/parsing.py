"""Reading XML that may come from anywhere: no entities, no network, no file but the one that is named."""

import re
from io import BytesIO
from pathlib import Path

from lxml import etree

from pipeline.validation.problems import Problem

RNG = "{http://relaxng.org/ns/structure/1.0}"
TEI = "http://www.tei-c.org/ns/1.0"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LARGEST = 200_000_000

Tree = etree._ElementTree
Element = etree._Element


def parse(source: Path | bytes, name: str) -> Tree | Problem:
    """The document in a file, or in bytes, or what keeps it from being read. name: how messages call the file."""
    try:
        if (source.stat().st_size if isinstance(source, Path) else len(source)) > _LARGEST:
            return Problem(name, 0, "", "size", "the file is larger than 200 MB", "an edition is one book; split it")
        # libxml2 refuses a repeated xml:id before any schema is asked; collect_ids leaves that to the rules.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False)
        tree = etree.parse(str(source) if isinstance(source, Path) else BytesIO(source), parser)
    except OSError as error:
        return Problem(name, 0, "", "readable", f"cannot be read ({error.strerror or error})", "is the path right?")
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        return Problem(name, line, "", "well-formed", f"not well-formed XML: {error.msg}", "mend this line first")
    if tree.docinfo.internalDTD is not None or any(isinstance(node, etree._Entity) for node in tree.iter(etree.Entity)):
        return Problem(
            name,
            1,
            "",
            "doctype",
            "the document has a DOCTYPE, which can hide other files",
            "remove it; TEI needs none",
        )
    return tree


def where(node: Element) -> str:
    """The path of an element for people: TEI/text/body/div[2]/p[3]."""
    tree = node.getroottree()
    path = re.sub(r"\{[^}]*\}", "", tree.getelementpath(node))
    return local(tree.getroot()) if path == "." else f"{local(tree.getroot())}/{path}"


def line(node: Element) -> int:
    """The line of an element in its file, from 1."""
    return node.sourceline if isinstance(node.sourceline, int) else 0


def local(node: Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(node).localname
