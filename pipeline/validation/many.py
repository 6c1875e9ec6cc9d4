"""Many files: found in folders, validated side by side, told in the order in which they were named."""

import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import track

from pipeline.errors import RecensioError
from pipeline.validation.grammar import check_grammar
from pipeline.validation.parsing import parse
from pipeline.validation.problems import Problem
from pipeline.validation.schemas import Schema
from pipeline.validation.schematron import check_rules

STDIN = Path("-")
_FEW = 4  # files that are done before other processes would have begun


class NothingToValidate(RecensioError):
    """A file or folder to be validated is not there, or holds no XML."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Result:
    """What was found in a file."""

    file: str
    problems: list[Problem]

    @property
    def valid(self) -> bool:
        return all(problem.severity != "error" for problem in self.problems)


def found(paths: Sequence[Path]) -> list[Path]:
    """The files that are meant: "-" is the standard input, a folder all .xml files in it and below.

    Raises NothingToValidate.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.rglob("*.xml") if not any(p.startswith(".") for p in each.parts[1:]))
            if not inside:
                raise NothingToValidate(f"{path}: no .xml file in this folder")
            files.extend(inside)
        elif path != STDIN and not path.exists():
            raise NothingToValidate(f"{path}: there is no such file; name TEI files, folders, or - for the input")
        else:
            files.append(path)
    return files


def validate_all(files: Sequence[Path], schema: Schema) -> list[Result]:
    """Validate files, several at a time where they are many; a bar on the terminal shows how far it is."""
    wait = len(files) > 1 and sys.stderr.isatty()
    results = track(_results(files, schema), "validating", len(files), console=Console(stderr=True), disable=not wait)
    return list(results)


def judged(source: Path | bytes, name: str, schema: Schema) -> list[Problem]:
    """Everything wrong with a document: first that it can be read, then the grammar, then the rules."""
    tree = parse(source, name)
    if isinstance(tree, Problem):
        return [tree]
    grammar = check_grammar(tree, name, schema.grammar) if schema.grammar else []
    return grammar + check_rules(tree, name, schema.rules, schema.phase)


def _results(files: Sequence[Path], schema: Schema) -> Iterator[Result]:
    if len(files) <= _FEW:
        yield from (_result(path, schema) for path in files)
        return
    # Saxon's machine does not survive a fork
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(os.cpu_count() or 1, len(files)), context) as pool:
        yield from pool.map(_result, files, [schema] * len(files), chunksize=1)


def _result(path: Path, schema: Schema) -> Result:
    if path == STDIN:
        return Result("<input>", judged(sys.stdin.buffer.read(), "<input>", schema))
    return Result(str(path), judged(path, str(path), schema))
