"""Tesseract, the recogniser: the only module that knows the program.

It is called through pytesseract, one process for many pages (a file that lists them), with one thread (several
threads wait for each other actively and are slower). Its ALTO is read into plain lines and words.
"""

import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytesseract
from lxml import etree

from pipeline.errors import BadInput, MissingProgram
from pipeline.model import Box, Word

MODELS = {
    "ar": "ara",
    "be": "bel",
    "bg": "bul",
    "ca": "cat",
    "cs": "ces",
    "da": "dan",
    "de": "deu",
    "el": "ell",
    "en": "eng",
    "es": "spa",
    "fi": "fin",
    "fr": "fra",
    "grc": "grc",
    "he": "heb",
    "hu": "hun",
    "it": "ita",
    "la": "lat",
    "nl": "nld",
    "no": "nor",
    "pl": "pol",
    "pt": "por",
    "ro": "ron",
    "ru": "rus",
    "sv": "swe",
    "tr": "tur",
    "uk": "ukr",
    "yi": "yid",
}


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line as recognised, with the language (BCP 47) of the model that read it."""

    box: Box
    words: tuple[Word, ...]
    language: str

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


Blocks = tuple[tuple[TextLine, ...], ...]


def model_of(language: str) -> str | None:
    """The name of the model for a BCP 47 tag; None where no model fits, as for transliterations ("ru-Latn")."""
    primary, *rest = language.split("-")
    return None if any(len(part) == 4 for part in rest) else MODELS.get(primary)


@cache
def version() -> str:
    """The version of the installed program. Raises MissingProgram."""
    try:
        return str(pytesseract.get_tesseract_version())
    except (pytesseract.TesseractNotFoundError, SystemExit) as error:
        raise MissingProgram("Tesseract is not installed; install the package tesseract-ocr") from error


@cache
def installed_models() -> frozenset[str]:
    """The models that the program finds. Raises MissingProgram."""
    version()
    return frozenset(pytesseract.get_languages(config=""))


def require(language: str) -> str:
    """The model for a language that must be there.

    Raises MissingProgram, naming the package to install, where it is not.
    """
    model = model_of(language)
    if model is None:
        raise MissingProgram(f"Tesseract has no model for the language {language!r}; choose another in edition.yaml")
    if model not in installed_models():
        raise MissingProgram(
            f"Tesseract's model '{model}' for the language {language!r} is not installed; "
            f"install the package {package_of(language)}"
        )
    return model


def package_of(language: str) -> str:
    """The Debian and Ubuntu package that holds the model for a language that has one."""
    return f"tesseract-ocr-{(model_of(language) or language).replace('_', '-')}"


def read(
    images: Mapping[str, bytes], language: str, page_mode: int = 3, characters: str | None = None
) -> dict[str, Blocks]:
    """Recognise images with the model of one language, all in one process.

    images: PNG files by name, a name that means something to the user. page_mode: Tesseract's page segmentation
    mode. characters: nothing but these is recognised. An image that makes the process fail is tried alone; if it
    fails again, BadInput names it.
    """
    if not images:
        return {}
    model = require(language)
    config = f"--psm {page_mode}" + (f" -c tessedit_char_whitelist={characters}" if characters else "")
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number:04d}.png") for number in range(len(images))]
        for path, data in zip(paths, images.values(), strict=True):
            path.write_bytes(data)
        try:
            pages = _run(paths, model, config)
        except pytesseract.TesseractError:
            pages = [_run_alone(path, name, model, config) for path, name in zip(paths, images, strict=True)]
    return {name: _blocks(page, language) for name, page in zip(images, pages, strict=True)}


def _run(paths: Sequence[Path], model: str, config: str) -> list[etree._Element]:
    os.environ["OMP_THREAD_LIMIT"] = "1"
    pages = paths[0].with_name("pages.txt")
    pages.write_text("".join(f"{path}\n" for path in paths))
    alto = pytesseract.image_to_alto_xml(str(pages), lang=model, config=config)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=False)
    found = etree.fromstring(alto, parser).findall(".//{*}Page")
    if len(found) != len(paths):
        raise pytesseract.TesseractError(0, f"{len(found)} of {len(paths)} pages recognised")
    return found


def _run_alone(path: Path, name: str, model: str, config: str) -> etree._Element:
    try:
        return _run([path], model, config)[0]
    except pytesseract.TesseractError as error:
        said = re.sub(r"\s+", " ", str(error.message)).replace(str(path), name)
        raise BadInput(f"{name}: Tesseract cannot recognise this page ({said}); look at the image") from error


def _blocks(page: etree._Element, language: str) -> Blocks:
    blocks = (
        tuple(line for line in (_line(each, language) for each in block.iterfind("{*}TextLine")) if line.words)
        for block in page.iterfind(".//{*}TextBlock")
    )
    return tuple(block for block in blocks if block)


def _line(element: etree._Element, language: str) -> TextLine:
    words = tuple(
        Word(text, _box(each), float(each.get("WC") or 0))
        for each in element.iterfind("{*}String")
        if (text := (each.get("CONTENT") or "").strip())
    )
    return TextLine(_box(element), words, language)


def _box(element: etree._Element) -> Box:
    left, top, width, height = (int(element.get(name) or 0) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    return Box(left, top, left + width, top + height)
