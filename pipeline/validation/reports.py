"""What was found, for people and for the machines of continuous integration."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import PurePath
from urllib.parse import quote

from lxml import etree

from pipeline.outside import shown
from pipeline.validation.catalogue import all_rules
from pipeline.validation.many import Result
from pipeline.validation.problems import Problem

_RED, _YELLOW, _GREEN, _DIM, _BOLD, _PLAIN = "\033[31m", "\033[33m", "\033[32m", "\033[2m", "\033[1m", "\033[0m"


def text(results: Sequence[Result], colour: bool = False) -> str:
    """For people: every problem with its place and how to mend it, and a line that counts."""
    red, yellow, green, dim, bold, plain = (_RED, _YELLOW, _GREEN, _DIM, _BOLD, _PLAIN) if colour else ("",) * 6
    lines = []
    for problem in _all(results):
        place = f"{problem.file}:{problem.line}" if problem.line else problem.file
        tint = red if problem.severity == "error" else yellow
        message = f"{shown(problem.message)} {dim}[{problem.rule}]{plain}"
        lines.append(f"{bold}{shown(place)}: {tint}{problem.severity}:{plain} {message}")
        lines += [f"    {dim}{shown(problem.where)}{plain}"] if problem.where else []
        lines += [f"    {shown(problem.help)}"]
    wrong = sum(not result.valid for result in results)
    errors = sum(problem.severity == "error" for problem in _all(results))
    tint = red if wrong else green
    warnings = len(_all(results)) - errors
    lines.append(
        f"{tint}{_count(len(results), 'file')} checked, {wrong or 'none'} not valid; "
        f"{_count(errors, 'error')}, {_count(warnings, 'warning')}{plain}"
    )
    return "\n".join(lines)


def as_json(results: Sequence[Result]) -> str:
    """Every problem as an object with its file, line, path, rule, message, help and severity."""
    found = [asdict(problem) | {"file": _encodable(problem.file)} for problem in _all(results)]
    return json.dumps(found, ensure_ascii=False, indent=1)


def github(results: Sequence[Result]) -> str:
    """Workflow commands, which GitHub shows beside the line that they are about."""
    return "\n".join(
        f"::{problem.severity} file={_property(problem.file)},line={max(problem.line, 1)},"
        f"title={_property(problem.rule)}::{_data(f'{problem.message}; {problem.help}')}"
        for problem in _all(results)
    )


def junit(results: Sequence[Result]) -> str:
    """A test suite a file; a test case a problem, or one that passes where there is none."""
    suites = etree.Element("testsuites", name="recensio validate")
    for result in results:
        file = _encodable(result.file)
        suite = etree.SubElement(suites, "testsuite", name=file)
        for problem in result.problems:
            name = f"{problem.rule}, line {problem.line}"
            case = etree.SubElement(suite, "testcase", name=name, classname=file, file=file, line=str(problem.line))
            kind = "failure" if problem.severity == "error" else "system-out"
            told = etree.SubElement(case, kind, {"message": problem.message} if kind == "failure" else {})
            told.text = _encodable(str(problem))
        if not result.problems:
            etree.SubElement(suite, "testcase", name="valid", classname=file, file=file)
        failures = sum(problem.severity == "error" for problem in result.problems)
        suite.attrib.update({"tests": str(len(suite)), "failures": str(failures), "errors": "0"})
    return etree.tostring(suites, encoding="unicode", pretty_print=True).rstrip()


def sarif(results: Sequence[Result]) -> str:
    """SARIF 2.1.0, with every rule that was asked about and its help."""
    rules = [
        {"id": rule.id, "shortDescription": {"text": rule.help}, "defaultConfiguration": {"level": rule.severity}}
        for rule in all_rules()
    ]
    driver = {"name": "recensio", "version": version("recensio"), "rules": rules}
    run = {"tool": {"driver": driver}, "results": [_sarif_result(problem) for problem in _all(results)]}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


FORMATS: dict[str, Callable[[Sequence[Result]], str]] = {
    "text": text,
    "junit": junit,
    "sarif": sarif,
    "json": as_json,
    "github": github,
}


def _all(results: Sequence[Result]) -> list[Problem]:
    return [problem for result in results for problem in result.problems]


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def _sarif_result(problem: Problem) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": quote(_encodable(PurePath(problem.file).as_posix()))}}
    if problem.line:
        place["region"] = {"startLine": problem.line}
    location: dict[str, object] = {"physicalLocation": place}
    if problem.where:
        location["logicalLocations"] = [{"fullyQualifiedName": problem.where, "kind": "element"}]
    message = {"text": f"{problem.message}; {problem.help}"}
    return {"ruleId": problem.rule, "level": problem.severity, "message": message, "locations": [location]}


def _encodable(name: str) -> str:
    """A file name whose bytes are no UTF-8, or that holds control characters, cannot stand in a report as it is."""
    return shown(name)


def _data(value: str) -> str:
    return shown(value).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
