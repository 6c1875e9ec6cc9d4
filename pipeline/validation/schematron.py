"""ISO Schematron under XPath 3: its rules are turned into one XSLT stylesheet, which Saxon runs in this process.

Only what edition.sch and like schemas use is understood: patterns, rules, let, assert, report, diagnostics, phases,
keys and functions of XSLT. A schema with more (abstract patterns, includes) is refused rather than half run.
"""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree
from saxonche import PySaxonApiError, PySaxonProcessor

from pipeline.files import shipped
from pipeline.validation.parsing import Element, Tree, line, where
from pipeline.validation.problems import Problem, Rule, SchemaUnusable, Severity

RULES = shipped("schemas/edition.sch")
_SCH = "{http://purl.oclc.org/dsdl/schematron}"
_XSL = "{http://www.w3.org/1999/XSL/Transform}"
_MOST = 50  # problems of one rule that are told of a file
#: Rules may come from strangers: they open no address or file, write none, and learn nothing of the environment.
_CONFINED = {"allowedProtocols": "", "allow-external-functions": "false"}
_UNKNOWN = ("include", "extends", "param")
_WITHOUT_NAME = ("@", "text()", "comment()", "processing-instruction(")


def check_rules(tree: Tree, name: str, path: Path = RULES, phase: str = "edition") -> list[Problem]:
    """What the rules of a phase say against a document, in its order.

    Raises SchemaUnusable where `path` is no Schematron schema that can be run.
    """
    run = _stylesheet(path, phase)
    text = etree.tostring(tree, encoding="unicode")
    try:
        document = _saxon().parse_xml(xml_text=text)  # knows XML 1.0 as it was, with fewer letters in names
        run.set_global_context_item(xdm_item=document)
        found = etree.fromstring(run.transform_to_string(xdm_node=document).encode())
    except PySaxonApiError as error:
        why = " ".join(str(error).split())
        help_ = "mend what else is told; if there is nothing, the rule itself is wrong"
        return [Problem(name, 0, "", "rules", f"the rules cannot be applied: {why}", help_)]
    problems = []
    told = Counter[str]()
    for each in found:
        told[each.get("rule", "")] += 1
        if told[each.get("rule", "")] > _MOST:
            continue
        node = _node(tree, each.get("path", ""))
        message, *advice = (_plain(part) for part in each)
        severity: Severity = "warning" if each.get("role") in ("warning", "warn", "info", "information") else "error"
        rule = each.get("rule", "")
        problems.append(Problem(name, line(node), where(node), rule, message, "; ".join(advice), severity))
    problems.sort(key=lambda problem: problem.line)
    for rule, count in told.items():
        if count > _MOST:
            first = next(problem for problem in problems if problem.rule == rule)
            message = f"{count - _MOST} more of the kind: {first.message}"
            problems.append(Problem(name, 0, "", rule, message, first.help, first.severity))
    return problems


def rules(path: Path = RULES) -> list[Rule]:
    """The rules of a Schematron schema, in its order."""
    root = _read(path)
    advice = {each.get("id", ""): _plain(each) for each in root.iter(f"{_SCH}diagnostic")}
    return [
        Rule(
            test.get("id", ""),
            "warning" if test.get("role") == "warning" else "error",
            advice[test.get("diagnostics", "")],
        )
        for test in root.iter(f"{_SCH}assert", f"{_SCH}report")
    ]


@cache
def _saxon() -> Any:
    processor = PySaxonProcessor(license=False)
    for feature, value in _CONFINED.items():
        processor.set_configuration_property(f"http://saxon.sf.net/feature/{feature}", value)
    return processor


@cache
def _stylesheet(path: Path, phase: str) -> Any:
    compiler = _saxon().new_xslt30_processor()
    try:
        text = etree.tostring(_translated(_read(path), phase), encoding="unicode")
        return compiler.compile_stylesheet(stylesheet_text=text)
    except (PySaxonApiError, ValueError) as error:  # lxml: ValueError for a prefix or address that is none
        raise SchemaUnusable(f"{path}: a rule cannot be run: {' '.join(str(error).split())}") from error


def _read(path: Path) -> Element:
    try:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        root = etree.parse(str(path), parser).getroot()
    except (OSError, etree.XMLSyntaxError) as error:
        raise SchemaUnusable(f"{path}: the schema cannot be read: {error}") from error
    if root.tag != f"{_SCH}schema":
        raise SchemaUnusable(f"{path}: no ISO Schematron schema")
    unknown = next(root.iter(*(f"{_SCH}{kind}" for kind in _UNKNOWN)), None)
    if unknown is not None:
        raise SchemaUnusable(f"{path}:{line(unknown)}: {etree.QName(unknown).localname} is not understood here")
    return root


def _translated(schema: Element, phase: str) -> Element:
    """The stylesheet that runs the rules of the active patterns of a schema, one after the other."""
    names = {each.get("prefix", ""): each.get("uri", "") for each in schema.iter(f"{_SCH}ns")}
    names |= {"xs": "http://www.w3.org/2001/XMLSchema", "xsl": _XSL[1:-1]}
    sheet = etree.Element(f"{_XSL}stylesheet", version="3.0", nsmap=names)
    for node in schema.iterchildren(f"{_XSL}*"):
        sheet.append(node)
    for let in schema.iterchildren(f"{_SCH}let"):
        sheet.append(_variable(let))
    phases = [each for each in schema.iterfind(f"{_SCH}phase") if each.get("id") == phase]
    active = {each.get("pattern") for part in phases for each in part.iterfind(f"{_SCH}active")}
    start = etree.SubElement(sheet, f"{_XSL}template", match="/")
    found = etree.SubElement(start, "found")
    for pattern in schema.iterchildren(f"{_SCH}pattern"):
        if active and pattern.get("id") not in active:
            continue
        for let in pattern.iterchildren(f"{_SCH}let"):
            sheet.append(_variable(let))
        nodes = ""
        for rule in pattern.iterchildren(f"{_SCH}rule"):
            found.append(_asked(rule, f"//({rule.get('context', '')}){nodes}", schema))
            nodes += f" except //({rule.get('context', '')})"  # of a pattern, the first rule that fits a node holds
    return sheet


def _asked(rule: Element, nodes: str, schema: Element) -> Element:
    """What asks the tests of a rule of every node that it is about."""
    each = etree.Element(f"{_XSL}for-each", select=nodes)
    for child in rule.iterchildren(f"{_SCH}let", f"{_SCH}assert", f"{_SCH}report"):
        if child.tag == f"{_SCH}let":
            each.append(_variable(child))
            continue
        test = child.get("test", "")
        wrong = etree.SubElement(each, f"{_XSL}if", test=test if child.tag == f"{_SCH}report" else f"not({test})")
        problem = etree.SubElement(
            wrong, "problem", rule=child.get("id", "rule"), role=child.get("role", "error"), path="{path()}"
        )
        _say(child, etree.SubElement(problem, "text"))
        for name in child.get("diagnostics", "").split():
            for diagnostic in schema.iterfind(f"{_SCH}diagnostics/{_SCH}diagnostic"):
                if diagnostic.get("id") == name:
                    _say(diagnostic, etree.SubElement(problem, "text"))
    return each


def _variable(let: Element) -> Element:
    return etree.Element(f"{_XSL}variable", name=let.get("name", ""), select=let.get("value", ""))


def _say(source: Element, target: Element) -> None:
    """Copy a message, its name and value-of turned into what XSLT calls them."""
    target.text = source.text
    for child in source:
        kind = etree.QName(child).localname
        select = child.get("select", "") if kind == "value-of" else f"name({child.get('path', '.')})"
        if kind in ("value-of", "name"):
            put = etree.SubElement(target, f"{_XSL}value-of", select=select)
        else:
            put = etree.SubElement(target, "span")
            _say(child, put)
        put.tail = child.tail


def _plain(node: Element) -> str:
    """The text of a message on one line."""
    return " ".join("".join(map(str, node.itertext())).split())


def _node(tree: Tree, path: str) -> Element:
    """The element at a path of XPath's path() function, or the one that bears the attribute or text there."""
    steps = [step.replace("Q{", "{") for step in _steps(path) if not step.startswith(_WITHOUT_NAME)]
    found = tree.getroot().find("/".join(steps[1:])) if len(steps) > 1 else None
    return tree.getroot() if found is None else found


def _steps(path: str) -> list[str]:
    """The steps of a path; a namespace in braces may hold slashes."""
    steps, depth = [""], 0
    for character in path.lstrip("/"):
        depth += (character == "{") - (character == "}")
        if character == "/" and not depth:
            steps.append("")
        else:
            steps[-1] += character
    return steps
