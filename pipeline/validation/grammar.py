"""The schema: RELAX NG by libxml2 decides; a summary of the same schema says what is wrong in words.

libxml2's own messages name the outermost element that fails. So where it refuses a document, each element is
held against what its name may hold at all; only where that explains nothing is libxml2 quoted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lxml import etree

from pipeline.validation.parsing import TEI, XML_ID, XML_LANG, Element, Tree, line, local, where
from pipeline.validation.problems import Problem

SCHEMA = Path(__file__).parents[2] / "schemas" / "edition.rng"
_RNG = "{http://relaxng.org/ns/structure/1.0}"
_MOST = 100


@dataclass(slots=True)
class _May:
    """What elements of one name may hold, wherever they stand."""

    children: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    text: bool = False


def check_grammar(tree: Tree, name: str) -> list[Problem]:
    """What the schema says against a document; at most 100 problems."""
    schema = _schema()
    if schema.validate(tree):
        return []
    found: list[Problem] = []
    for problem in _explain(tree, name):
        found.append(problem)
        if len(found) == _MOST:
            return found
    return found or list(_quoted(schema, name))


@cache
def _schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(SCHEMA)))


@cache
def _summary() -> dict[str, _May]:
    grammar = etree.parse(str(SCHEMA)).getroot()
    defines = {define.get("name"): define for define in grammar.iter(f"{_RNG}define")}
    summary: dict[str, _May] = {}
    for pattern in grammar.iter(f"{_RNG}element"):
        may = summary.setdefault(pattern.get("name", ""), _May())
        waiting, seen = list(pattern), set[str]()
        while waiting:
            node = waiting.pop()
            if node.tag == f"{_RNG}element":
                may.children.add(node.get("name", ""))
            elif node.tag == f"{_RNG}attribute":
                may.attributes.add(node.get("name", ""))
            elif node.tag == f"{_RNG}ref":
                target = node.get("name", "")
                if target not in seen:
                    seen.add(target)
                    waiting.extend(defines[target])
            else:
                may.text = may.text or node.tag in (f"{_RNG}text", f"{_RNG}mixed")
                waiting.extend(node)
    return summary


def _explain(tree: Tree, name: str) -> Iterator[Problem]:
    summary = _summary()
    for node in tree.iter(etree.Element):
        if etree.QName(node).namespace != TEI or local(node) not in summary:
            yield _problem(name, node, f"{local(node)} is not an element of an edition", "see schemas/edition.rnc")
            continue
        may = summary[local(node)]
        for attribute in node.attrib:
            shown = _shown(str(attribute))
            if shown not in may.attributes:
                allowed = ", ".join(sorted(may.attributes)) or "none"
                yield _problem(name, node, f"{local(node)} has no attribute {shown}", f"its attributes are: {allowed}")
        for child in node.iterchildren(etree.Element):
            if local(child) in summary and local(child) not in may.children:
                allowed = ", ".join(sorted(may.children)) or "no elements"
                yield _problem(
                    name,
                    child,
                    f"{local(child)} cannot stand in {local(node)}",
                    f"{local(node)} may hold: {allowed}",
                )
        if not may.text and (stray := _stray_text(node)):
            yield Problem(
                name,
                line(node),
                where(node),
                "text-outside-block",
                f"text stands directly in {local(node)}: {stray!r}",
                "put it in a p, head, item, l or bibl",
            )


def _stray_text(node: Element) -> str:
    pieces = [node.text or "", *(child.tail or "" for child in node)]
    return next((piece.strip()[:40] for piece in pieces if piece.strip()), "")


def _shown(attribute: str) -> str:
    return {XML_ID: "xml:id", XML_LANG: "xml:lang"}.get(attribute, attribute)


def _problem(name: str, node: Element, message: str, help_: str) -> Problem:
    return Problem(name, line(node), where(node), "schema", message, help_)


def _quoted(schema: etree.RelaxNG, name: str) -> Iterator[Problem]:
    """libxml2's messages, the innermost first, without those that only pass an inner one on."""
    seen = set()
    entries = [entry for entry in schema.error_log if "failed to validate content" not in entry.message]
    for entry in (entries or list(schema.error_log))[:_MOST]:
        if (entry.line, entry.message) not in seen:
            seen.add((entry.line, entry.message))
            yield Problem(
                name, entry.line, "", "schema", entry.message, "order, number or value is not what edition.rnc allows"
            )
