"""Every document that is valid against edition.rng is valid TEI P5: tried on documents grown at random from the schema.

They use everything that the schema allows, also what no edition has yet. They are held against the whole of TEI,
the 4.3.0 that ships and, where RECENSIO_BENCH is set, the newest.
"""

import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from test_judges import SAMPLE, jing

from pipeline.files import shipped
from pipeline.validation.content import Schema, names, parts
from pipeline.validation.jing import at_hand, faults
from pipeline.validation.parsing import RNG
from pipeline.validation.values import accepts

COUNT = 80
DEEPEST = 9
TEI = "{http://www.tei-c.org/ns/1.0}"
VALUES = {
    "anyURI": ["#x", "a.xml#x"],
    "date": ["1919-05-31"],
    "gYear": ["1919"],
    "gYearMonth": ["1919-05"],
    "gMonthDay": ["--05-31"],
    "gMonth": ["--05"],
    "gDay": ["---31"],
    "language": ["fr", "ru-Latn"],
    "NMTOKEN": ["local"],
    "nonNegativeInteger": ["0", "12"],
    "token": ["12px", "5.3.0", "12", "p0001.l1.w2"],
}
EDITION = Schema(shipped("schemas/edition.rng"))


class Grower:
    """Grows a document from a schema; the same seed gives the same."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.count = 0

    def element(self, pattern: etree._Element, depth: int = 0) -> etree._Element:
        (name,) = names(pattern)
        node = etree.Element(name)
        self.fill(node, parts(pattern), depth + 1)
        return node

    def fill(self, node: etree._Element, patterns: list[etree._Element], depth: int) -> None:
        for pattern in patterns:
            inside = parts(pattern)
            match pattern.tag.removeprefix(RNG):
                case "ref":
                    self.fill(node, EDITION.defined(pattern.get("name", "")), depth)
                case "choice":
                    self.fill(node, [self.chosen(inside, depth)], depth)
                case "group":
                    self.fill(node, inside, depth)
                case "mixed":
                    self.write(node)
                    self.fill(node, inside, depth)
                case "optional" | "zeroOrMore" | "oneOrMore" as kind:
                    least, most = int(kind == "oneOrMore"), 1 if kind == "optional" else 3
                    times = least if depth > DEEPEST else self.chance.choice((least, 1, 1, most))
                    for _ in range(times):
                        self.fill(node, inside, depth)
                case "attribute":
                    (name,) = names(pattern)
                    node.set(name, self.value(pattern))
                case "element":
                    node.append(self.element(pattern, depth))
                case "text":
                    self.write(node)

    def write(self, node: etree._Element) -> None:
        if len(node):
            node[-1].tail = " snow"
        else:
            node.text = "ice"

    def chosen(self, alternatives: list[etree._Element], depth: int) -> etree._Element:
        shallow = [part for part in alternatives if part.tag in (f"{RNG}text", f"{RNG}attribute")]
        return self.chance.choice(shallow if shallow and depth > DEEPEST else alternatives)

    def value(self, attribute: etree._Element) -> str:
        if any(node.get("type") == "ID" for node in self.data(attribute)):
            self.count += 1
            return f"i{self.count}"
        may = [value for node in self.data(attribute) for value in self.values(node)] or ["x"]
        return self.chance.choice([value for value in dict.fromkeys(may) if accepts(attribute, EDITION, value)])

    def data(self, pattern: etree._Element) -> Iterator[etree._Element]:
        for part in parts(pattern):
            if part.tag in (f"{RNG}data", f"{RNG}value"):
                yield part
            elif part.tag == f"{RNG}ref":
                for defined in EDITION.defined(part.get("name", "")):
                    yield from [defined] if defined.tag == f"{RNG}data" else self.data(defined)
            else:
                yield from self.data(part)

    def values(self, data: etree._Element) -> list[str]:
        return [data.text or ""] if data.tag == f"{RNG}value" else VALUES[data.get("type", "")]


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("grown")
    (edition, apparatus) = EDITION.elements[f"{TEI}TEI"]
    paths = []
    for seed in range(COUNT):
        paths.append(folder / f"{seed}.xml")
        root = Grower(seed).element((edition if seed % 4 else apparatus).pattern)
        lines = re.sub(rb"<(?=\w)", rb"\n<", etree.tostring(root))  # every element on a line of its own
        paths[-1].write_bytes(lines.lstrip())
    return paths


def schemas() -> list[Path]:
    bench = os.environ.get("RECENSIO_BENCH")
    return [shipped("schemas/tei_all.rng"), *([Path(bench) / "schema" / "tei_all.rng"] if bench else [])]


def test_they_are_editions_and_use_all_that_editions_may(grown: list[Path]) -> None:
    assert all(jing(shipped("schemas/edition.rng"), grown).values())
    used = {node.tag for path in grown for node in etree.parse(str(path)).iter(etree.Element)}
    assert used == set(EDITION.elements)


@pytest.mark.parametrize("schema", schemas(), ids=str)
def test_they_are_tei(grown: list[Path], schema: Path) -> None:
    files = [*grown, SAMPLE, SAMPLE.with_name("harbour-letters.apparatus.xml")]
    if not at_hand():
        pytest.skip("needs java")
    documents = [(path, path.name, etree.parse(str(path), etree.XMLParser(collect_ids=False))) for path in files]
    told = [problem for problems in faults(documents, schema) for problem in problems]
    if schema == shipped("schemas/tei_all.rng"):  # TEI allows a quote in a bibl since after 4.3.0
        told = [problem for problem in told if not re.search(r"/bibl(\[\d+\])?/quote(\[\d+\])?$", problem.where)]
    assert told == []
