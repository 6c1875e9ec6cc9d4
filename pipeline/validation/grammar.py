"""The grammar: what elements and attributes may stand where, as a RELAX NG schema says."""

from functools import cache
from pathlib import Path

from pipeline.files import shipped
from pipeline.validation.parsing import Tree, line, where
from pipeline.validation.problems import Problem
from pipeline.validation.relaxng import Schema, faults
from pipeline.validation.relaxng.judging import What
from pipeline.validation.relaxng.wording import advice, message

SCHEMA = shipped("schemas/edition.rng")
_MOST = 100
_RULES: dict[What, str] = {
    "unknown": "schema-element",
    "misplaced": "schema-place",
    "early": "schema-place",
    "attribute": "schema-attribute",
    "combination": "schema-attribute",
    "value": "schema-value",
    "content": "schema-value",
    "lacking": "schema-missing",
    "unfinished": "schema-missing",
    "text": "text-outside-block",
}


def check_grammar(tree: Tree, name: str, path: Path = SCHEMA) -> list[Problem]:
    """What a schema says against a document; at most 100 problems.

    Raises SchemaUnusable where `path` is no RELAX NG schema.
    """
    schema = _schema(path)
    return [
        Problem(name, line(each.node), where(each.node), _RULES[each.what], message(each, schema), advice(each, schema))
        for each in faults(tree, schema)[:_MOST]
    ]


@cache
def _schema(path: Path) -> Schema:
    return Schema(path)
