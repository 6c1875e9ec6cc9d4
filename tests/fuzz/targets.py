"""Every reader of outside data as a function of bytes: it returns, or raises a RecensioError; anything else is a fault.

A target gets the bytes as a stranger's file would hold them and goes as far as a build does until the text of the
file has become data of our own. Its first inputs, whole files of the kind it reads, are in corpus/TARGET.
"""

import tempfile
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

from lxml import etree

from pipeline.errors import RecensioError
from pipeline.evaluation.reader import read
from pipeline.evaluation.tei import text_of
from pipeline.model import Box
from pipeline.names import authorities
from pipeline.pages import images, sources
from pipeline.pages.images import check_headers, decode
from pipeline.pages.sources import PageSource
from pipeline.review.decisions import parse_decisions
from pipeline.review.rows import Flag
from pipeline.review.table import from_table
from pipeline.settings import TextWitness, read_settings
from pipeline.validation import explaining, grammar, schematron, validate
from pipeline.witness import with_confidence
from pipeline.witness.kinds import blocks
from pipeline.witness.passages import passages
from pipeline.witness.pdf import pdf_text
from pipeline.witness.source import read_source

Target = Callable[[bytes], None]

CORPUS = Path(__file__).parent / "corpus"
_FOLDER = tempfile.TemporaryDirectory(prefix="recensio-fuzz-")
_BOX = Box(0, 0, 1, 1)
_FLAG = Flag(
    *("f1", "rv-foreign", "p0001", "1", "l1", _BOX, _BOX, "body", 0, 4, "quai", "the ", " was"),
    **{"readings": {}, "suggestion": "", "language": "fr", "certainty": 0.5, "evidence": ""},  # type: ignore[arg-type]
)
_DOCUMENT = etree.parse(
    BytesIO(
        b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text xml:lang="en"><body><p n="1">The <hi>quay</hi>.</p></body>'
        b"</text></TEI>"
    )
)


def run(target: str, data: bytes) -> None:
    """Give the bytes to a target, which may refuse them."""
    try:
        TARGETS[target](data)
    except RecensioError as error:
        assert str(error).strip(), "an error without a message"


def _file(name: str, data: bytes) -> Path:
    path = Path(_FOLDER.name) / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def _text(name: str, form: str, data: bytes) -> None:
    if form == "pdf":  # here and not in a process of its own, which would hide what libFuzzer looks for
        pdf_text(data, Path(name))
        return
    source = read_source(_file(name, data), TextWitness.model_validate({"path": name, "format": form}))
    for block in blocks(passages(source.text, source.form), "chapter"):
        with_confidence(block, source.confidence)


def _settings(data: bytes) -> None:
    read_settings(_file("edition.yaml", data))


def _decisions(data: bytes) -> None:
    parse_decisions(data, Path("review.yaml"))


def _table(data: bytes) -> None:
    from_table(_file("review.csv", data), [_FLAG])


def _authorities(name: str, data: bytes) -> None:
    authorities.read(_file(name, data).parent)


def _scan(name: str, data: bytes) -> None:
    sources._count_pages.cache_clear()  # which would keep every input
    path = _file(name, data)
    for number in range(min(sources._count_pages(path, len(data), 0), 4)):
        source = PageSource(number + 1, path, number, name)
        check_headers([source])
        if sources.is_pdf(path):
            images._draw(source, 72)
        else:
            decode(source, 72)


def _validated(data: bytes) -> None:
    validate(_file("edition.xml", data))


def _evaluated(data: bytes) -> None:
    read(text_of(_file("edition.xml", data)))


def _grammar(data: bytes) -> None:
    for kept in (grammar._compiled, explaining._read):  # which would keep every input
        kept.cache_clear()
    grammar.check_tree(_DOCUMENT, "edition.xml", _file("schema.rng", data))


def _rules(data: bytes) -> None:
    schematron._stylesheet.cache_clear()  # which would keep every input
    schematron.check_rules(_DOCUMENT, "edition.xml", _file("schema.sch", data), "")


TARGETS: dict[str, Target] = {
    "text": partial(_text, "existing.txt", "text"),
    "markdown": partial(_text, "existing.md", "markdown"),
    "pdf-text": partial(_text, "existing.pdf", "pdf"),
    "alto": partial(_text, "alto.xml", "alto"),
    "page": partial(_text, "page.xml", "page"),
    "hocr": partial(_text, "page.hocr", "hocr"),
    "settings": _settings,
    "decisions": _decisions,
    "review-table": _table,
    "authority-table": partial(_authorities, "tables/people.csv"),
    "authority-list": partial(_authorities, "lists/people.xml"),
    "image": partial(_scan, "page.tif"),
    "pdf-scan": partial(_scan, "book.pdf"),
    "tei-validate": _validated,
    "tei-evaluate": _evaluated,
    "grammar": _grammar,
    "rules": _rules,
}


def seeds(target: str) -> list[bytes]:
    """The corpus of a target, in the order of its files' names."""
    return [path.read_bytes() for path in sorted((CORPUS / target).iterdir())]
