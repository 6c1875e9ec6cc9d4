"""Recognition by another engine, or corrected elsewhere: ALTO, PAGE XML and hOCR, from one file or a folder of pages.

Pages become sheets parted by form feeds, regions paragraphs parted by blank lines, in the order that the file says
(PAGE's ReadingOrder, ALTO's, else as they stand). So they are read on like any text with pages; the confidence of a
word is kept beside it. Formats: ALTO 2 to 4 (Library of Congress), PAGE 2013 to 2019 (PRImA), hOCR 1.2.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from pipeline.errors import BadInput

Format = Literal["alto", "page", "hocr"]
Word = tuple[str, float]
"""What a word reads, and its confidence (0..1); 1 where the file says nothing."""
Lines = list[list[Word]]
Page = list[Lines]
"""The regions of a page, each with its lines."""

_CONFIDENCE = re.compile(r"\bx_wconf\s+(\d+(?:\.\d+)?)")
_INDEX = re.compile(r"readingOrder\s*\{[^}]*index:\s*(\d+)")
_DIGITS = 10
_AREAS = ("ocr_carea", "ocr_par", "ocrx_block")
_ROWS = ("ocr_line", "ocrx_line", "ocr_header", "ocr_caption", "ocr_textfloat", "ocr_footer")


@dataclass(frozen=True, slots=True)
class Transcription:
    """The text of all pages, and the confidence of words by line (counted from 1) and by what they read."""

    text: str
    confidence: Mapping[int, Mapping[str, float]]


def form_of(data: bytes) -> Format | None:
    """Which of the formats the file is in; None for any other."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"<"):
        return None
    root = re.search(rb"<(?:[\w.-]+:)?(alto|PcGts|html)\b", start, re.IGNORECASE)
    if root is None:
        return None
    name = root[1].lower()
    return "alto" if name == b"alto" else "page" if name == b"pcgts" else "hocr" if b"ocr_page" in data else None


def transcription(files: Sequence[tuple[str, bytes]], form: Format | None = None) -> Transcription:
    """The text of the files, by name and content, in their order.

    form: of all of them; None to find out. Raises BadInput where a file is broken or in none of the formats.
    """
    pages: list[Page] = []
    for name, data in files:
        found = form or form_of(data)
        if found is None:
            raise BadInput(f"{name}: neither ALTO nor PAGE nor hOCR; name such files, or a text")
        root = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        parser = etree.HTMLParser(no_network=True, remove_comments=True) if found == "hocr" else root
        try:
            tree = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise BadInput(f"{name}: cannot be read as {found.upper()} ({error}); export it again") from error
        if tree is not None:
            pages.extend(_READERS[found](tree))
    return _written(pages)


def _written(pages: Sequence[Page]) -> Transcription:
    sheets: list[str] = []
    confidence: dict[int, dict[str, float]] = {}
    number = 1
    for page in pages:
        rows: list[str] = []
        for region in page:
            for line in region:
                words = [(" ".join(text.split()), sure) for text, sure in line if text.strip()]
                for text, sure in words:
                    known = confidence.setdefault(number, {})
                    known[text] = min(sure, known.get(text, 1.0))
                rows.append(" ".join(text for text, _ in words))
                number += 1
            rows.append("")
            number += 1
        sheets.append("".join(f"{row}\n" for row in rows))
    return Transcription("\f".join(sheets), confidence)


def _alto(root: etree._Element) -> Iterator[Page]:
    for sheet in root.iter("{*}Page"):
        blocks = list(sheet.iter("{*}TextBlock"))
        order = [each.get("REF") or "" for each in root.iterfind("{*}ReadingOrder//{*}ElementRef")]
        yield [
            [list(_alto_words(line)) for line in block.iter("{*}TextLine")] for block in _ordered(blocks, "ID", order)
        ]


def _alto_words(line: etree._Element) -> Iterator[Word]:
    text, sure, hyphen = "", 1.0, ""
    for part in line:
        kind = part.tag.rpartition("}")[2] if isinstance(part.tag, str) else ""  # an entity has no name
        if kind == "String":
            text, sure = text + (part.get("CONTENT") or ""), min(sure, _share(part.get("WC"), 1.0))
        elif kind == "HYP":
            hyphen = part.get("CONTENT") or "-"
        elif kind == "SP" and text:
            yield text, sure
            text, sure = "", 1.0
    if text or hyphen:
        yield text + hyphen, sure


def _page(root: etree._Element) -> Iterator[Page]:
    for sheet in root.iter("{*}Page"):
        regions = list(sheet.iter("{*}TextRegion"))
        groups = sheet.iterfind("{*}ReadingOrder//*[@regionRef]")
        refs = sorted(groups, key=_place_in_order)
        order = [ref.get("regionRef") or "" for ref in refs]
        yield [
            [_page_words(line) for line in sorted(region.iterfind("{*}TextLine"), key=_line_order)]
            for region in _ordered(regions, "id", order)
        ]


def _place_in_order(ref: etree._Element) -> tuple[int, ...]:
    """The index of a region, behind those of the groups that it is in."""
    path = [ref, *ref.iterancestors()]
    return tuple(_number(index) for each in reversed(path) if (index := each.get("index")))


def _line_order(line: etree._Element) -> int:
    found = _INDEX.search(line.get("custom") or "")
    return _number(found[1]) if found else 0


def _page_words(line: etree._Element) -> list[Word]:
    words = [(_unicode(word), _page_confidence(word)) for word in line.iterfind("{*}Word")]
    whole = _unicode(line)
    if not whole:
        return words
    sure = _page_confidence(line)
    known = dict(words)
    return [(text, known.get(text, sure)) for text in whole.split()]


def _first(element: etree._Element) -> etree._Element | None:
    """The best of several readings."""
    equivalents = element.findall("{*}TextEquiv")
    return min(equivalents, key=lambda each: _number(each.get("index")), default=None)


def _unicode(element: etree._Element) -> str:
    best = _first(element)
    return (best.findtext("{*}Unicode") or "") if best is not None else ""


def _page_confidence(element: etree._Element) -> float:
    best = _first(element)
    return _share(best.get("conf"), 1.0) if best is not None else 1.0


def _hocr(root: etree._Element) -> Iterator[Page]:
    for sheet in _of_class(root, ("ocr_page",)):
        areas: dict[etree._Element, Lines] = {}
        for line in _of_class(sheet, _ROWS):
            area = next((above for above in line.iterancestors() if _classes(above) & {*_AREAS}), sheet)
            words = [(_text(word), _hocr_confidence(word)) for word in _of_class(line, ("ocrx_word", "ocr_word"))]
            areas.setdefault(area, []).append(words or [(text, 1.0) for text in _text(line).split()])
        yield list(areas.values())


def _of_class(root: etree._Element, names: Sequence[str]) -> list[etree._Element]:
    return [each for each in root.iter() if _classes(each) & {*names}]


def _classes(element: etree._Element) -> set[str]:
    return set((element.get("class") or "").split())


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def _hocr_confidence(word: etree._Element) -> float:
    found = _CONFIDENCE.search(word.get("title") or "")
    return _share(found[1], 100.0) if found else 1.0


def _ordered(elements: Sequence[etree._Element], name: str, order: Sequence[str]) -> list[etree._Element]:
    """The elements as `order` lists their ids; those that it does not name come last, as they stand."""
    places = {identifier: place for place, identifier in reversed(list(enumerate(order)))}
    return sorted(elements, key=lambda each: places.get(each.get(name) or "", len(places)))


def _number(value: str | None) -> int:
    """A place in an order; 0 for what is no number, or one that no page has."""
    return int(value) if value and value.isdecimal() and len(value) < _DIGITS else 0


def _share(value: str | None, whole: float) -> float:
    try:
        number = float(value or whole) / whole
    except ValueError:
        return 1.0
    return min(1.0, max(0.0, number)) if number == number else 1.0  # noqa: PLR0124 (not a number)


_READERS: Mapping[Format, Callable[[etree._Element], Iterator[Page]]] = {"alto": _alto, "page": _page, "hocr": _hocr}
