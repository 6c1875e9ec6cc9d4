"""Files to text: what a text witness is written in, decoded and freed of characters that carry no text.

Line breaks become "\\n", letters are composed (Unicode NFC), page breaks stay form feeds. What is taken away is
counted and told in the notices; nothing is guessed about an encoding that does not fit.
"""

import codecs
import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal

from pipeline.apart import apart
from pipeline.errors import BadInput
from pipeline.outside import read_bytes
from pipeline.settings import TextWitness
from pipeline.witness.pdf import pdf_text
from pipeline.witness.transcription import form_of, transcription

Form = Literal["text", "markdown"]

_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|\[\^[^\]\s]{1,20}\]:)", re.MULTILINE)
FORMATS = ("alto", "page", "hocr")
_PAGES = {".xml", ".hocr", ".html", ".htm"}
_ABOUT = {"mets.xml", "metadata.xml"}
_BINARY_SHARE = 0.02
_FEW = 4
_LOOKED_AT = 65536
_LARGEST = 500_000_000  # bytes of a file: a PDF may hold its scans too
_LONGEST = 20_000_000  # characters of a text: some ten long books


@dataclass(frozen=True, slots=True)
class Source:
    """A witness's text, its form, the digest of its files and what was noticed on the way.

    confidence: of words, by line (from 1) and by what they read, where a recogniser gave any.
    """

    text: str
    form: Form
    sha256: str
    notices: tuple[str, ...]
    confidence: Mapping[int, Mapping[str, float]] = field(default_factory=dict)


def read_source(path: Path, settings: TextWitness) -> Source:
    """Read a text witness in the format and encoding of the settings.

    Raises BadInput where the file is missing, empty, binary, in another encoding or a PDF without a text layer.
    """
    if path.is_dir():
        return _transcribed(path, [(str(each), _bytes(each)) for each in files_of(path)], settings)
    data = _bytes(path)
    if settings.format in FORMATS or (settings.format == "auto" and form_of(data)):
        return _transcribed(path, [(str(path), data)], settings)
    looks_like_pdf = path.suffix.lower() == ".pdf" or data[:1024].lstrip().startswith(b"%PDF-")
    is_pdf = settings.format == "pdf" or (settings.format == "auto" and looks_like_pdf)
    found = apart(path, partial(pdf_text, data, path)) if is_pdf else decode(data, settings.encoding, path)
    text, notices = clean(_bounded(found, path))
    if not text.strip():
        raise BadInput(f"{path}: there is no text in it; name another file or remove the witness from edition.yaml")
    return Source(text, _form(path, settings, text, is_pdf), hashlib.sha256(data).hexdigest(), notices)


def files_of(path: Path) -> list[Path]:
    """The file itself, or the transcribed pages in a folder by their names, numbers within them counted."""
    if not path.is_dir():
        return [path]
    pages = [each for each in path.iterdir() if each.suffix.lower() in _PAGES and each.name.lower() not in _ABOUT]
    return sorted(pages, key=lambda each: [(int(d or 0), w) for d, w in re.findall(r"(\d+)|(\D+)", each.name)])


def _bytes(path: Path) -> bytes:
    try:
        return read_bytes(path, _LARGEST)
    except FileNotFoundError as error:
        raise BadInput(f"{path}: there is no such file; correct witnesses.path in edition.yaml") from error
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror})") from error


def _bounded(text: str, path: Path) -> str:
    if len(text) > _LONGEST:
        raise BadInput(
            f"{path}: longer than {_LONGEST // 1_000_000} million characters; make an edition of each volume"
        )
    return text


def _transcribed(path: Path, files: Sequence[tuple[str, bytes]], settings: TextWitness) -> Source:
    """A witness from ALTO, PAGE or hOCR."""
    if settings.format not in (*FORMATS, "auto"):
        raise BadInput(f"{path}: a folder holds no {settings.format}; name a file, or a folder of ALTO, PAGE or hOCR")
    made = transcription(files, None if settings.format == "auto" else settings.format)  # type: ignore[arg-type]
    text, notices = clean(_bounded(made.text, path))
    if not text.strip():
        raise BadInput(f"{path}: there is no text in it; name other files or remove the witness from edition.yaml")
    digest = hashlib.sha256(b"".join(data for _, data in files)).hexdigest()
    return Source(text, "text", digest, notices, made.confidence)


def decode(data: bytes, encoding: str, path: Path) -> str:
    """The bytes as text. Raises BadInput with the offset of the first byte that does not fit and what to try."""
    try:
        codec = codecs.lookup(encoding).name
        marks = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
        text = data.removeprefix(marks.get(codec, b"")).decode(codec)
    except (LookupError, ValueError) as error:
        if not isinstance(error, UnicodeDecodeError):
            raise BadInput(f"{path}: encoding {encoding!r} is not known; try utf-8 in edition.yaml") from error
        guess = _guess(data)
        advice = f"set encoding: {guess} for this witness" if guess else "is it a text file at all?"
        raise BadInput(f"{path}: not {encoding} (byte {error.start}); {advice}") from error
    sample = text[:_LOOKED_AT]
    if len(_CONTROL.findall(sample)) > max(_FEW, _BINARY_SHARE * len(sample)):
        guess = _guess(data)
        advice = (
            f"set encoding: {guess} for this witness"
            if guess and guess != "utf-8"
            else "name a text, Markdown or PDF file"
        )
        raise BadInput(f"{path}: a binary file, not a text in {encoding}; {advice}")
    return text


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """Compose letters, unify line breaks, remove what is invisible; the notices count what was removed."""
    text = re.sub("\r\n?|\x85|\u2028|\u2029", "\n", text).replace("\v", "\n")
    notices = []
    for pattern, name in (
        (_SURROGATE, "halves of characters (lone surrogates)"),
        (_CONTROL, "control characters"),
        (_INVISIBLE, "soft hyphens and other invisible characters"),
    ):
        text, count = pattern.subn("", text)
        if count:
            notices.append(f"{name} removed: {count}")
    damaged = text.count("\ufffd")
    if damaged:
        notices.append(f"replacement characters (letters lost before) kept: {damaged}")
    return unicodedata.normalize("NFC", text), tuple(notices)


def _form(path: Path, settings: TextWitness, text: str, is_pdf: bool) -> Form:
    if is_pdf or settings.format == "text":
        return "text"
    if settings.format == "markdown" or path.suffix.lower() in {".md", ".markdown"}:
        return "markdown"
    return "markdown" if _MARKDOWN.search(text) else "text"


def _guess(data: bytes) -> str | None:
    """An encoding to try: by byte order mark, by zero bytes, by what decodes; None for binary data."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = data[:_LOOKED_AT]
    zeros = [sample[side::2].count(0) / max(len(sample) / 2, 1) for side in (0, 1)]
    if max(zeros) > 0.3 and min(zeros) < 0.05:
        return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    if 0 in sample:
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        # Cyrillic texts in the Windows code page consist of high bytes, Western ones have few of them.
        high = sum(byte >= 0xC0 for byte in sample) / max(len(sample), 1)
        return "cp1251" if high > 0.4 else "cp1252"
    return "utf-8"
