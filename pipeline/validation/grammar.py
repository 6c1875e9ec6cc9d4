"""The grammar: what elements and attributes may stand where, as a RELAX NG schema says.

The verdict is a library's: of editions libxml2's (lxml), which has their small schema ready at once and agrees on it
with jing; of other schemas jing's where there is Java, for libxml2 needs seconds, with some of them minutes, to make
them ready, and misjudges what some ODD processors write.
"""

from collections.abc import Sequence
from functools import cache
from itertools import islice
from pathlib import Path

from lxml import etree

from pipeline.files import shipped
from pipeline.validation import jing
from pipeline.validation.parsing import RNG, XML_ID, Tree, line
from pipeline.validation.problems import Problem, SchemaUnusable

SCHEMA = shipped("schemas/edition.rng")
_MOST = 100


def by_jing(path: Path) -> bool:
    """Whether jing judges by this schema."""
    return path != SCHEMA and jing.at_hand()


def check_grammar(documents: Sequence[tuple[Path, str, Tree]], path: Path = SCHEMA) -> list[list[Problem]]:
    """What a schema says against each of several documents (its file, its name in messages, its tree); 100 at most.

    Raises SchemaUnusable where `path` is no RELAX NG schema.
    """
    if by_jing(path):
        _readable(path)
        return [problems[:_MOST] for problems in jing.faults(documents, path)]
    return [check_tree(tree, name, path) for _, name, tree in documents]


def check_tree(tree: Tree, name: str, path: Path = SCHEMA) -> list[Problem]:
    """What a schema says against a document, by libxml2; at most 100 problems."""
    schema = _compiled(path)
    if schema.validate(tree):
        return []
    from pipeline.validation.explaining import explained  # takes a while to load, and most documents are valid

    log = list(schema.error_log)
    problems = sorted(islice(explained(tree, name, path), _MOST), key=lambda problem: problem.line)
    if problems or _ids_twice(tree):
        return problems
    return [Problem(name, each.line, "", "schema-place", each.message, f"see {path.name}") for each in log[-1:]]


@cache
def _compiled(path: Path) -> etree.RelaxNG:
    try:
        return etree.RelaxNG(_readable(path))
    except etree.RelaxNGParseError as error:
        raise SchemaUnusable(f"{path}: not a RELAX NG schema: {error}") from error


def _ids_twice(tree: Tree) -> bool:
    """Whether an identifier occurs twice, for which libxml2 refuses a document and which the rule id-unique tells."""
    ids = [node.get(XML_ID) for node in tree.iter("*") if XML_ID in node.attrib]
    return len(ids) > len(set(ids))


def _readable(path: Path) -> Tree:
    """The schema's file, which names no other in the network."""
    try:
        tree = etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except OSError as error:
        raise SchemaUnusable(f"{path}: the schema cannot be read ({error.strerror or error})") from error
    except etree.XMLSyntaxError as error:
        raise SchemaUnusable(f"{path}: not well-formed XML: {error.msg}") from error
    if tree.docinfo.internalDTD is not None:
        raise SchemaUnusable(f"{path}: the schema has a DOCTYPE, which can hide other files; remove it")
    for node in tree.iter(f"{RNG}include", f"{RNG}externalRef"):
        if "://" in (href := node.get("href", "")):
            raise SchemaUnusable(f"{path}:{line(node)}: {href} is not a file; fetch it and name the copy")
    return tree
