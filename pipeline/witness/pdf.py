"""The text layer of a PDF as plain text: form feeds between pages, blank lines between paragraphs, raised digits.

PDFium gives characters with boxes and sizes in points. A paragraph begins where a line is indented against the
page's left edge, where the gap to the line above is wider than usual, or where the type size changes. Digits
smaller and higher than their line become superscript digits.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.errors import BadInput

_MOST_PAGES = 20_000
_MOST_CHARACTERS = 20_000_000
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class _Char:
    text: str
    left: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class _TypedLine:
    text: str
    left: float
    bottom: float
    size: float


def pdf_text(data: bytes, path: Path) -> str:
    """The text of all pages. Raises BadInput where it is no PDF, needs a password or holds no text."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        protected = "password" in str(error).lower()
        advice = "it needs a password; save it without one" if protected else "not a PDF that can be read; save it anew"
        raise BadInput(f"{path}: {advice}") from error
    try:
        if len(document) > _MOST_PAGES:
            raise BadInput(f"{path}: {len(document):,} pages; a PDF of at most {_MOST_PAGES:,} is read")
        pages = []
        left = _MOST_CHARACTERS
        for index in range(len(document)):
            pages.append(_page_text(document, index, left, path))
            left -= len(pages[-1])
    except pypdfium2.PdfiumError as error:
        raise BadInput(f"{path}: damaged ({error}); save it anew") from error
    finally:
        document.close()
    if not any(page.strip() for page in pages):
        raise BadInput(f"{path}: has no text layer; name it under scans: and it will be recognised")
    return "\f".join(pages)


def _page_text(document: pypdfium2.PdfDocument, index: int, most: int, path: Path) -> str:
    page = document[index]
    layer = page.get_textpage()
    try:
        if pdfium.FPDFText_CountChars(layer) > most:
            raise BadInput(f"{path}: more than {_MOST_CHARACTERS // 1_000_000} million characters; part it by volumes")
        lines = [_typed_line(chars) for chars in _lines(layer.raw)]
    finally:
        layer.close()
        page.close()
    if not lines:
        return ""
    edge = median(line.left for line in lines)
    gaps = [above.bottom - line.bottom for above, line in pairwise(lines)]
    usual = median([gap for gap in gaps if gap > 0] or [1.0])
    out = [lines[0].text]
    for above, line in pairwise(lines):
        indented = line.left > edge + 0.8 * line.size and above.left < line.left - 0.8 * line.size
        resized = abs(line.size - above.size) > 0.12 * max(line.size, above.size) and line.text.count(" ") > 1
        apart = not 0 <= above.bottom - line.bottom <= 1.4 * usual
        if indented or resized or apart:
            out.append("")
        out.append(line.text)
    return "\n".join(out)


def _lines(layer: pdfium.FPDF_TEXTPAGE) -> Iterator[list[_Char]]:
    line: list[_Char] = []
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(pdfium.FPDFText_CountChars(layer)):
        code = pdfium.FPDFText_GetUnicode(layer, index)
        if code in (0x0A, 0x0D):
            if line:
                yield line
            line = []
            continue
        # PDFium marks a hyphen at a line's end as a non-character.
        text = "-" if code in (0x02, 0xFFFE) else chr(code) if 0 < code < 0x110000 else ""
        pdfium.FPDFText_GetCharBox(layer, index, left, right, bottom, top)
        line.append(_Char(text, left.value, bottom.value, pdfium.FPDFText_GetFontSize(layer, index)))
    if line:
        yield line


def _typed_line(chars: list[_Char]) -> _TypedLine:
    printed = [char for char in chars if char.text.strip()] or chars
    size = median(char.size for char in printed)
    bottom = median(char.bottom for char in printed)
    text = "".join(
        char.text.translate(_SUPERSCRIPTS)
        if char.text.isdigit() and char.size < 0.85 * size and char.bottom > bottom + 0.15 * size
        else char.text
        for char in chars
    )
    return _TypedLine(text.strip(), min(char.left for char in printed), bottom, size)
