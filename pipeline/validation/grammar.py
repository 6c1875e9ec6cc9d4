"""The schema: RELAX NG by libxml2 decides; a summary of the same schema says what is wrong in words.

libxml2's own messages name the outermost element that fails. So where it refuses a document, each element is
held against what its name may hold at all; only where that explains nothing is libxml2 quoted.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lxml import etree

from pipeline.validation.parsing import TEI, XML_ID, XML_LANG, Element, Tree, line, local, where
from pipeline.validation.problems import Problem

SCHEMA = Path(__file__).parents[2] / "schemas" / "edition.rng"
_RNG = "{http://relaxng.org/ns/structure/1.0}"
_MOST = 100
_FORM = "see its definition in schemas/edition.rnc"


@dataclass(slots=True)
class _May:
    """What elements of one name may hold, wherever they stand.

    attributes: by name, the values of a closed list; empty where another pattern decides.
    patterns: by name, all patterns of an attribute.
    required: attributes that all of them must have.
    """

    children: set[str] = field(default_factory=set)
    attributes: dict[str, set[str]] = field(default_factory=dict)
    patterns: dict[str, list[Element]] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
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
        may = _read_pattern(pattern, defines)
        known = summary.setdefault(pattern.get("name", ""), may)
        if known is not may:
            known.children |= may.children
            known.required &= may.required
            known.text |= may.text
            for attribute, values in may.attributes.items():
                before = known.attributes.setdefault(attribute, values)
                known.attributes[attribute] = before | values if before and values else set()
                known.patterns.setdefault(attribute, []).extend(may.patterns[attribute])
    return summary


def _read_pattern(pattern: Element, defines: dict[str | None, Element]) -> _May:
    may = _May()
    waiting, seen = [(node, False) for node in pattern], set[tuple[str, bool]]()
    while waiting:
        node, optional = waiting.pop()
        if node.tag == f"{_RNG}element":
            may.children.add(node.get("name", ""))
        elif node.tag == f"{_RNG}attribute":
            attribute = node.get("name", "")
            values = _closed_list(node, defines)
            may.patterns.setdefault(attribute, []).append(node)
            before = may.attributes.setdefault(attribute, values)
            may.attributes[attribute] = before | values if before and values else set()
            if not optional:
                may.required.add(attribute)
        elif node.tag == f"{_RNG}ref":
            target = (node.get("name", ""), optional)
            if target not in seen:
                seen.add(target)
                waiting.extend((inner, optional) for inner in defines[target[0]])
        else:
            may.text = may.text or node.tag in (f"{_RNG}text", f"{_RNG}mixed")
            loose = optional or node.tag in (f"{_RNG}optional", f"{_RNG}choice", f"{_RNG}zeroOrMore")
            waiting.extend((inner, loose) for inner in node)
    return may


def _closed_list(attribute: Element, defines: dict[str | None, Element]) -> set[str]:
    """The values of an attribute whose pattern is a choice of values; empty for any other pattern."""
    values: set[str] = set()
    waiting = list(attribute)
    while waiting:
        node = waiting.pop()
        if node.tag == f"{_RNG}value":
            values.add(node.text or "")
        elif node.tag == f"{_RNG}choice":
            waiting.extend(node)
        elif node.tag == f"{_RNG}ref":
            waiting.extend(defines[node.get("name", "")])
        else:
            return set()
    return values


def _explain(tree: Tree, name: str) -> Iterator[Problem]:
    summary = _summary()
    for node in tree.iter(etree.Element):
        if etree.QName(node).namespace != TEI or local(node) not in summary:
            yield _problem(name, node, f"{local(node)} is not an element of an edition", "see schemas/edition.rnc")
            continue
        may = summary[local(node)]
        given = {_shown(str(key)): str(value) for key, value in node.attrib.items()}
        for attribute, value in given.items():
            values = may.attributes.get(attribute)
            if values is None:
                allowed = ", ".join(sorted(may.attributes)) or "none"
                yield _problem(name, node, f"{local(node)} has no attribute {attribute}", f"it may have: {allowed}")
            elif values and value not in values:
                allowed = ", ".join(sorted(values))
                yield _problem(name, node, f'{attribute}="{value}" is not in the list', f"it is one of: {allowed}")
            elif not values and not _value_schema(local(node), attribute).validate(_bare(attribute, value)):
                yield _problem(name, node, f'{attribute}="{value}" is not in the form that is asked', _FORM)
        for attribute in sorted(may.required - given.keys()):
            yield _problem(name, node, f"{local(node)} lacks the attribute {attribute}", "add it")
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


@cache
def _value_schema(element: str, attribute: str) -> etree.RelaxNG:
    """A schema for documents of one empty element, that asks nothing but the form of an attribute."""
    grammar = deepcopy(etree.parse(str(SCHEMA)).getroot())
    (start,) = grammar.iter(f"{_RNG}start")
    start[:] = [etree.SubElement(start, f"{_RNG}element", name="value")]
    choice = etree.SubElement(start[0], f"{_RNG}choice")
    choice.extend(deepcopy(pattern) for pattern in _summary()[element].patterns[attribute])
    return etree.RelaxNG(grammar.getroottree())


def _bare(attribute: str, value: str) -> Element:
    node = etree.Element(f"{{{TEI}}}value")
    node.set({"xml:id": XML_ID, "xml:lang": XML_LANG}.get(attribute, attribute), value)
    return node


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
