"""Validation: an edition against the schema, the rules that no grammar states, and its own sources.

`validate` judges any file; `checking.check` also counts the edition's words against the reading, the collation and the
witnesses and writes work/ID/validation.json. Neither raises for what is wrong in an edition: that is what they report.
"""

from pathlib import Path

from pipeline.validation.many import judged
from pipeline.validation.problems import Problem
from pipeline.validation.schemas import chosen

__all__ = ["Problem", "validate"]


def validate(path: Path, schema: str = "edition") -> list[Problem]:
    """Everything wrong with a TEI file. schema: edition, tei_all, or the path of a .rng or .sch file."""
    return judged(path, str(path), chosen(schema))
