"""Editions with one fault each: the right rule at the right line, and jing is of the same mind about the grammar."""

import re
from pathlib import Path

import pytest
from breaking import FAULTS, FOLDER, HERE, broken
from test_judges import jing

from pipeline.validation import validate
from pipeline.validation.catalogue import all_rules
from pipeline.validation.grammar import SCHEMA

FILES = sorted(FOLDER.glob("*.xml"))
FOUND_ELSEWHERE = ("well-formed", "doctype")  # where the parser stumbles
GRAMMAR = re.compile("schema-|text-outside-block|id-unique")
SEVERITY = {rule.id: rule.severity for rule in all_rules()}


def named(path: Path) -> tuple[str, int]:
    """The rule and line that a file names as its fault."""
    told = re.search(r"<!-- fault: [^;]+; (\S+), line (\d+) -->", path.read_text(encoding="utf-8"))
    assert told
    return told[1], int(told[2])


def test_the_folder_is_what_the_mutations_make() -> None:
    made = {f"{name}.xml": broken(name) for name in FAULTS}
    assert {path.name: path.read_text(encoding="utf-8") for path in FILES} == made, "run: tests/validation/breaking.py"
    assert sum(SEVERITY[named(path)[0]] == "error" for path in FILES) >= 60


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_fault_breaks_its_rule_at_its_line(path: Path) -> None:
    rule, line = named(path)
    problems = validate(path)
    assert rule in [problem.rule for problem in problems]
    assert all(problem.message and problem.help for problem in problems)
    if rule not in FOUND_ELSEWHERE:
        assert line in [problem.line for problem in problems if problem.rule == rule]
    refused = any(problem.severity == "error" for problem in problems)
    assert refused == (SEVERITY[rule] == "error")


def test_the_edition_they_were_made_of_is_whole() -> None:
    assert validate(HERE / "whole.xml") == []


def test_every_rule_of_a_file_is_broken_by_one_of_them() -> None:
    rules = {rule.id for rule in all_rules()} - {"readable", "size", "rules"}
    without_file = {"pointer-elsewhere", "nothing-lost", "nothing-invented", "nothing-dropped"}
    assert rules - without_file == {named(path)[0] for path in FILES}


def test_jing_refuses_the_same_for_their_grammar() -> None:
    files = [path for path in (*FILES, HERE / "whole.xml") if "well-formed" not in path.read_text(encoding="utf-8")]
    theirs = jing(SCHEMA, files)
    for path in files:
        rules = {problem.rule for problem in validate(path)} - {"doctype"}  # which TEI does not forbid
        assert theirs[path] == (not any(map(GRAMMAR.match, rules))), path.name


@pytest.mark.parametrize(
    "path", [path for path in FILES if named(path)[0] == "well-formed"], ids=lambda path: path.stem
)
def test_jing_cannot_read_what_is_not_well_formed(path: Path) -> None:
    assert jing(SCHEMA, [path]) == {path: False}
