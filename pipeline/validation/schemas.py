"""Which grammar and which rules a document is held against."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.files import shipped
from pipeline.validation.grammar import SCHEMA
from pipeline.validation.problems import SchemaUnusable
from pipeline.validation.schematron import RULES


@dataclass(frozen=True, slots=True)
class Schema:
    """grammar: a RELAX NG file, or none; rules: a Schematron file and its phase."""

    grammar: Path | None
    rules: Path
    phase: str


def chosen(name: str) -> Schema:
    """The schema that a user names: edition, tei_all, or a .rng or .sch file.

    TEI that Recensio did not write is asked only what holds for any TEI: pointers, identifiers, characters, dates.
    Raises SchemaUnusable where there is no such schema.
    """
    if name == "edition":
        return Schema(SCHEMA, RULES, "edition")
    if name == "tei_all":
        return Schema(shipped("schemas/tei_all.rng"), RULES, "tei")
    path = Path(name)
    if not path.is_file():
        raise SchemaUnusable(f"{name}: there is no such schema; name edition, tei_all, or a .rng or .sch file")
    if path.suffix == ".sch":
        return Schema(None, path, "")
    if path.suffix != ".rng":
        raise SchemaUnusable(f"{name}: only .rng and .sch are understood; trang makes a .rng of a .rnc, .xsd or .dtd")
    return Schema(path, RULES, "tei")
