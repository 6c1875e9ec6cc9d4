"""ALTO 4: what was recognised on a page, how, and from which image.

ALTO is the Library of Congress's form for recognised text (https://www.loc.gov/standards/alto/, version 4.4). Raised
marks and underlined words refer to the text styles "raised" and "underlined". A space (SP) stands between two words
of a line, except between a word and a raised mark less than 1.2 times the mark's height away.
"""

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.model import Box, Page, Word
from pipeline.recognition.tesseract import Blocks, TextLine

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
VERSION = "4.4"
TOUCHING = 1.2
STYLES = {"raised": "superscript", "underlined": "underline"}


@dataclass(frozen=True, slots=True)
class Processing:
    """How a page was recognised. key: digest of the image and all that decides about the result."""

    key: str
    image_sha256: str
    software: str
    version: str
    settings: str


def write(page: Page, blocks: Blocks, processing: Processing, language: str) -> bytes:
    """The ALTO file of a page; `language` (BCP 47) holds where a line says nothing else."""
    root = etree.fromstring(f'<alto xmlns="{NAMESPACE}" SCHEMAVERSION="{VERSION}"/>')
    _describe(_add(root, "Description"), page, processing)
    styles = _add(root, "Styles")
    for name, style in STYLES.items():
        _add(styles, "TextStyle", ID=name, FONTSTYLE=style)
    layout = _add(root, "Layout")
    sheet = _add(
        layout,
        "Page",
        ID=page.id,
        PHYSICAL_IMG_NR=str(page.number),
        HEIGHT=str(page.height),
        WIDTH=str(page.width),
        PROCESSING="recognition",
        LANG=language,
    )
    space = _add(sheet, "PrintSpace", **_place(Box(0, 0, page.width, page.height)))
    for number, lines in enumerate(blocks, 1):
        block = _add(space, "TextBlock", ID=f"{page.id}.b{number}", **_place(Box.union(*(line.box for line in lines))))
        for place, line in enumerate(lines, 1):
            _write_line(block, f"{page.id}.b{number}.l{place}", line, language)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def key_of(path: Path) -> str | None:
    """The key with which an ALTO file was written; None where there is no such file, or a broken one."""
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        tree = etree.parse(str(path), parser)
    except (OSError, etree.XMLSyntaxError):
        return None
    return tree.findtext("{*}Description/{*}sourceImageInformation/{*}documentIdentifier")


def _describe(parent: etree._Element, page: Page, processing: Processing) -> None:
    _add(parent, "MeasurementUnit").text = "pixel"
    source = _add(parent, "sourceImageInformation")
    _add(source, "fileName").text = page.image
    _add(source, "fileIdentifier", fileIdentifierLocation="sha256").text = processing.image_sha256
    _add(source, "documentIdentifier", documentIdentifierLocation="recognition").text = processing.key
    step = _add(parent, "Processing", ID="recognition")
    _add(step, "processingCategory").text = "contentGeneration"
    _add(step, "processingStepDescription").text = "text recognition"
    _add(step, "processingStepSettings").text = processing.settings
    software = _add(step, "processingSoftware")
    _add(software, "softwareName").text = processing.software
    _add(software, "softwareVersion").text = processing.version


def _write_line(block: etree._Element, line_id: str, line: TextLine, language: str) -> None:
    other = {} if line.language in ("und", language) else {"LANG": line.language}
    element = _add(block, "TextLine", ID=line_id, **_place(line.box), **other)
    for number, word in enumerate(line.words):
        if number:
            _write_space(element, line.words[number - 1], word)
        styles = [name for name in STYLES if getattr(word, name)]
        style = {"STYLEREFS": " ".join(styles)} if styles else {}
        _add(
            element,
            "String",
            ID=f"{line_id}.w{number + 1}",
            CONTENT=word.text,
            WC=f"{min(1.0, max(0.0, word.confidence)):.2f}",
            **_place(word.box),
            **style,
        )


def _write_space(element: etree._Element, before: Word, after: Word) -> None:
    gap = after.box.left - before.box.right
    marks = [word for word in (before, after) if word.raised]
    if marks and gap <= TOUCHING * marks[0].box.height:
        return
    _add(element, "SP", HPOS=str(before.box.right), VPOS=str(before.box.top), WIDTH=str(max(0, gap)))


def _place(box: Box) -> dict[str, str]:
    return {"HPOS": str(box.left), "VPOS": str(box.top), "WIDTH": str(box.width), "HEIGHT": str(box.height)}


def _add(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
