"""Validation: an edition against the schema, the rules that no grammar states, and its own sources.

`validate` judges any file; `check` also counts the edition's words against the reading and the collation and
writes work/ID/validation.json. Neither raises for what is wrong in an edition: that is what they report.
"""

from pathlib import Path

from pipeline.edition import Edition
from pipeline.model import Column, Reading, read_json, read_rows, write_json
from pipeline.validation.grammar import check_grammar
from pipeline.validation.integrity import edition_words, reading_words, unplaced
from pipeline.validation.parsing import parse
from pipeline.validation.problems import Problem, Report
from pipeline.validation.rules import check_rules

__all__ = ["Problem", "Report", "check", "validate"]

_MOST = 100


def validate(path: Path) -> list[Problem]:
    """Everything wrong with a TEI file: first that it can be read, then the schema, then the rules."""
    return _validate(path, str(path))


def check(edition: Edition) -> Report:
    """Validate tei/ID.xml, compare it with its sources, and write work/ID/validation.json.

    Raises BadInput where reading.json or collation.jsonl is missing or broken.
    """
    name = f"tei/{edition.id}.xml"
    problems = _validate(edition.tei, name)
    reading = read_json(edition.work / "reading.json", Reading)
    rows = edition.work / "collation.jsonl"
    strays = unplaced(read_rows(rows, Column) if rows.exists() else [], reading)
    tree = parse(edition.tei, name)
    wanted = reading_words(reading)
    found = wanted if isinstance(tree, Problem) else edition_words(tree)
    lost, added = wanted - found, found - wanted
    if lost or added:
        message = (
            f"{lost.total()} words of the reading are not in the edition, {added.total()} of it are not in the reading"
        )
        problems.append(Problem(name, 0, "", "nothing-lost", message, "see lost and added in validation.json"))
    if strays:
        message = f"{len(strays)} chosen readings of the collation stand nowhere in the edition"
        help_ = "see unplaced in validation.json"
        problems.append(Problem(name, 0, "", "nothing-dropped", message, help_, "warning"))
    report = Report(
        valid=all(problem.severity != "error" for problem in problems),
        problems=problems,
        words_read=wanted.total(),
        words_encoded=found.total(),
        lost=dict(sorted(lost.items())[:_MOST]),
        added=dict(sorted(added.items())[:_MOST]),
        unplaced=strays[:_MOST],
    )
    write_json(edition.work / "validation.json", report)
    return report


def _validate(path: Path, name: str) -> list[Problem]:
    tree = parse(path, name)
    return [tree] if isinstance(tree, Problem) else check_grammar(tree, name) + check_rules(tree, name)
