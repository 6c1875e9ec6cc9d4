"""Reading ALTO: the words that a recogniser found, in the text lines it put them in.

ALTO versions 2 to 4 are read alike, whatever their namespace (Library of Congress, ALTO 4.4 schema).
"""

from pathlib import Path

from lxml import etree

from pipeline.errors import BadInput
from pipeline.model import Box, Word


def read_alto(path: Path) -> list[list[Word]]:
    """The text lines of an ALTO file, each a list of its words, in the order of the file.

    Boxes are in the file's units, which must be pixels. A word is raised or underlined where a style that it
    refers to (STYLEREFS) says superscript or underline. A HYP element is read as the end of the word before it;
    words of white space alone are left out. A word without WC has confidence 1.

    Raises BadInput where the file is missing, is not XML or has a word without a box.
    """
    try:
        # huge_tree lifts limits that keep a hostile file from filling the memory; a page never needs it.
        root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    except OSError as error:
        raise BadInput(f"{path}: not there; recognise the page first, or run recensio build") from error
    except etree.XMLSyntaxError as error:
        raise BadInput(f"{path}: not XML ({error.msg}); delete it and build again") from error
    unit = root.findtext("{*}Description/{*}MeasurementUnit", "pixel").strip()
    if unit != "pixel":
        raise BadInput(f"{path}: boxes are in {unit}; export the ALTO with MeasurementUnit pixel")
    styles = {
        style.get("ID", ""): (style.get("FONTSTYLE") or "").lower() for style in root.iterfind("{*}Styles/{*}TextStyle")
    }
    return [_words(line, styles, path) for line in root.iter("{*}TextLine")]


def _words(line: etree._Element, styles: dict[str, str], path: Path) -> list[Word]:
    inherited = _font_style(line, styles)
    words: list[Word] = []
    for child in line.iterfind("*"):
        name, content = etree.QName(child).localname, (child.get("CONTENT") or "").strip()
        if name == "String" and content:
            style = inherited + _font_style(child, styles)
            words.append(
                Word(
                    content,
                    _box(child, path),
                    min(max(float(child.get("WC") or 1), 0.0), 1.0),
                    "superscript" in style,
                    "underline" in style,
                )
            )
        elif name == "HYP" and words:
            last = words[-1]
            words[-1] = Word(last.text + (content or "-"), last.box, last.confidence, last.raised, last.underlined)
    return words


def _font_style(element: etree._Element, styles: dict[str, str]) -> str:
    named = (styles.get(reference, "") for reference in (element.get("STYLEREFS") or "").split())
    return " ".join([(element.get("STYLE") or "").lower(), *named, ""])


def _box(element: etree._Element, path: Path) -> Box:
    try:
        left, top, width, height = (float(element.attrib[key]) for key in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    except (KeyError, ValueError) as error:
        raise BadInput(
            f"{path}:{element.sourceline}: a word without HPOS, VPOS, WIDTH and HEIGHT; delete the file and build again"
        ) from error
    return Box(round(left), round(top), round(left + width), round(top + height))
