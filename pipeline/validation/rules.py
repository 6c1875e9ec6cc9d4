"""Rules that no grammar states. Each is a function from a document to its problems, and has an identifier."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from pipeline.validation.parsing import XML_ID, XML_LANG, Element, Tree, line, local, where
from pipeline.validation.problems import Problem, Severity

_POINTERS = ("target", "facs", "source", "corresp", "ana", "wit", "resp", "who", "next", "prev", "ref", "rendition")
_KINDS = {"facs": ("surface", "zone"), "wit": ("witness",), "ana": ("category",), "source": ("note", "div")}
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffc-\uffff\ufdd0-\ufdef]")


@dataclass(frozen=True, slots=True)
class Document:
    """A document with its identifiers looked up once."""

    name: str
    tree: Tree
    ids: dict[str, Element]

    def elements(self, *names: str) -> Iterator[Element]:
        """All elements of these names, in order; all elements where none is named."""
        for node in self.tree.iter(etree.Element):
            if not names or local(node) in names:
                yield node

    def problem(self, node: Element, rule: str, message: str, help_: str, severity: Severity = "error") -> Problem:
        return Problem(self.name, line(node), where(node), rule, message, help_, severity)


def check_rules(tree: Tree, name: str) -> list[Problem]:
    """Everything the rules say against a document, in the order of the rules."""
    ids: dict[str, Element] = {}
    for node in tree.iter(etree.Element):
        ids.setdefault(node.get(XML_ID, ""), node)
    document = Document(name, tree, ids)
    return [problem for rule in _RULES for problem in rule(document)]


def _unique_ids(document: Document) -> Iterator[Problem]:
    for node in document.elements():
        name = node.get(XML_ID)
        if name is not None and (first := document.ids[name]) is not node:
            message = f'xml:id "{name}" is already that of line {line(first)}'
            yield document.problem(node, "id-unique", message, "give one of them another identifier")


def _pointers_resolve(document: Document) -> Iterator[Problem]:
    for node in document.elements():
        for attribute in _POINTERS:
            for pointer in node.get(attribute, "").split():
                if not pointer.startswith("#"):
                    continue
                target = document.ids.get(pointer[1:])
                if target is None:
                    severity: Severity = "warning" if attribute == "rendition" else "error"
                    message = f'{attribute}="{pointer}" points at nothing'
                    yield document.problem(node, "pointer", message, f'no element has xml:id="{pointer[1:]}"', severity)
                elif attribute in _KINDS and local(target) not in _KINDS[attribute]:
                    message = f'{attribute}="{pointer}" points at a {local(target)}'
                    wanted = " or ".join(_KINDS[attribute])
                    yield document.problem(node, "pointer-kind", message, f"{attribute} points at a {wanted}")


def _note_numbers_rise(document: Document) -> Iterator[Problem]:
    """Within a unit, which the identifier names before its last full stop (n3.12 is the 12th note of unit 3)."""
    last: dict[str, int] = {}
    for note in document.elements("note"):
        number, unit = note.get("n", ""), note.get(XML_ID, "").rpartition(".")[0]
        if not unit or not number.isdecimal():
            continue
        before = last.get(unit, 0)
        last[unit] = int(number)
        if int(number) != before + 1:
            message = (
                f"note {number} follows note {before}" if before else f"the first note of {unit} is number {number}"
            )
            help_ = "is a note missing, or its number misread?"
            yield document.problem(note, "note-number", message, help_, "warning")


def _surfaces_have_pages(document: Document) -> Iterator[Problem]:
    shown = {node.get("facs", "").lstrip("#") for node in document.elements("pb")}
    for surface in document.elements("surface"):
        if surface.get(XML_ID) not in shown:
            message = f"no pb points at the surface {surface.get(XML_ID)}"
            yield document.problem(surface, "surface-page", message, "add its pb where the page starts")


def _languages_declared(document: Document) -> Iterator[Problem]:
    declared = {node.get("ident") for node in document.elements("language")}
    for node in document.elements():
        if (language := node.get(XML_LANG)) is not None and language not in declared:
            message = f'xml:lang="{language}" is not declared'
            yield document.problem(
                node, "language-declared", message, f'add <language ident="{language}"> to langUsage'
            )


def _characters(document: Document) -> Iterator[Problem]:
    for node in document.elements():
        for text in (node.text, *(child.tail for child in node), *node.attrib.values()):
            if not text or (str(text).isascii() and not _FORBIDDEN.search(str(text))):
                continue
            if found := _FORBIDDEN.search(str(text)):
                message = f"the character U+{ord(found.group()):04X} stands in the text"
                yield document.problem(node, "character", message, "it is damage; write what the page shows")
            if not unicodedata.is_normalized("NFC", str(text)):
                message = "the text is not in Unicode normal form NFC"
                yield document.problem(node, "nfc", message, "normalise it: uconv -x nfc")


_RULES: tuple[Callable[[Document], Iterator[Problem]], ...] = (
    _unique_ids,
    _pointers_resolve,
    _note_numbers_rise,
    _surfaces_have_pages,
    _languages_declared,
    _characters,
)
