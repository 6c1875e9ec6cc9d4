"""Many files: found in folders, validated side by side, told in the order in which they were named.

What only many files need is imported where it is used: a single file is done in less time than that takes.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.errors import RecensioError
from pipeline.validation.grammar import SCHEMA, by_jing, check_grammar
from pipeline.validation.misreading import misread
from pipeline.validation.parsing import Tree, parse
from pipeline.validation.problems import Problem
from pipeline.validation.schemas import Schema
from pipeline.validation.schematron import check_rules

STDIN = Path("-")
_FEW = 4  # files that are done before other processes would have begun
_BATCH = 20  # files that a process is given at once


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
    if schema.grammar and schema.grammar != SCHEMA and not by_jing(schema.grammar):
        print(f"There is no Java to run jing; libxml2 makes {schema.grammar.name} ready, wait.", file=sys.stderr)
    if len(files) == 1 or not sys.stderr.isatty():
        return list(_results(files, schema))
    from rich.console import Console
    from rich.progress import track

    return list(track(_results(files, schema), "validating", len(files), console=Console(stderr=True)))


def judged(path: Path, name: str, schema: Schema) -> list[Problem]:
    """Everything wrong with a document: first that it can be read, then the grammar, then the rules."""
    (problems,) = _judged([(path, name)], schema)
    return problems


def _judged(files: Sequence[tuple[Path, str]], schema: Schema) -> list[list[Problem]]:
    trees = [(path, name, parse(path, name)) for path, name in files]
    read = [(path, name, tree) for path, name, tree in trees if not isinstance(tree, Problem)]
    refused = iter(check_grammar(read, schema.grammar) if schema.grammar else [[] for _ in read])
    return [
        [tree] if isinstance(tree, Problem) else next(refused) + _of_rules(tree, name, schema)
        for _, name, tree in trees
    ]


def _of_rules(tree: Tree, name: str, schema: Schema) -> list[Problem]:
    """What the rules say; rules that were brought along are all that is asked."""
    asked = check_rules(tree, name, schema.rules, schema.phase)
    return asked + misread(tree, name) if schema.grammar else asked


def _results(files: Sequence[Path], schema: Schema) -> Iterator[Result]:
    if len(files) <= _FEW:
        yield from _batch(files, schema)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    workers = min(os.cpu_count() or 1, len(files))
    size = min(_BATCH, -(-len(files) // workers))
    batches = [files[at : at + size] for at in range(0, len(files), size)]
    # Saxon's machine does not survive a fork
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context) as pool:
        for results in pool.map(_batch, batches, [schema] * len(batches)):
            yield from results


def _batch(files: Sequence[Path], schema: Schema) -> list[Result]:
    """Validate files together, so that jing starts once for all of them; the standard input through a file."""
    with TemporaryDirectory() as folder:
        named = [(path, str(path)) for path in files]
        if STDIN in files:
            given = Path(folder) / "input.xml"
            given.write_bytes(sys.stdin.buffer.read())
            named = [(given, "<input>") if path == STDIN else (path, name) for path, name in named]
        found = _judged(named, schema)
    return [Result(name, problems) for (_, name), problems in zip(named, found, strict=True)]
