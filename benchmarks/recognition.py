"""Recognition in several languages, side by side: one language, Recensio's second look, all languages at once.

python benchmarks/recognition.py [PAGE ...]

Draws the pages of the sample edition (all, or those named, such as p0013), prepares them and reads them three times,
each in a process of its own: in English alone, with the other languages where they are needed, and by Tesseract with
all four models together. Prints character error rates against what was typed and processor seconds, as a table.
"""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytesseract
from lxml import etree
from rapidfuzz.distance import Levenshtein

from pipeline import pages, recognition
from pipeline.edition import Edition
from pipeline.evaluation.sample import LOOK, SEED
from pipeline.evaluation.typescript import draw
from pipeline.model import Page, read_json
from pipeline.settings import Settings

GOLD = Path(__file__).parents[1] / "scans" / "harbour-letters" / "gold.xml"
ALL = "eng+fra+spa+rus"
WAYS = {
    "one": "Recensio, English alone",
    "adaptive": "Recensio, other languages where they are",
    "all": f"`tesseract -l {ALL}`",
}


def main(wanted: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        drawn = [page for page in draw(GOLD, root / "drawn", LOOK, SEED) if not wanted or page.id in wanted]
        print("| pages | " + " | ".join(["character errors", "worst page", "processor seconds"]) + " |")
        print("|---|---|---|---|")
        for way, told in WAYS.items():
            edition = _edition(root, way, [str(page.image) for page in drawn])
            for batch in pages.batches(edition):
                pages.prepare(edition, batch)
            images = [str(page.image) for page in drawn]
            said = subprocess.run(
                [sys.executable, __file__, way, name, *images], check=True, capture_output=True, text=True
            )
            read = [_text(path) for path in sorted((edition.work / "alto").glob("p*"))]
            rates = []
            for page, text in zip(drawn, read, strict=True):
                label = [] if page.label.startswith("[") else page.label.split()
                typed = " ".join([*label, *" ".join(page.lines).split()])
                rates.append((Levenshtein.distance(typed, text), len(typed)))
            errors, size = (sum(each) for each in zip(*rates, strict=True))
            worst = max(wrong / length for wrong, length in rates)
            print(f"| {told} | {errors / size:.2%} | {worst:.2%} | {float(said.stdout):.1f} |", flush=True)


def _edition(root: Path, way: str, scans: Sequence[str]) -> Edition:
    settings = {"title": way, "scans": list(scans), "recognition": {"other_languages": way == "adaptive"}}
    return Edition(way, root, Settings.model_validate(settings))


def _recognise(way: str, root: Path, scans: Sequence[str]) -> None:
    """Read the prepared pages in one way and print the processor seconds."""
    edition = _edition(root, way, scans)
    for batch in pages.batches(edition):
        if way != "all":
            recognition.recognise(edition, batch)
            continue
        for page in read_json(edition.work / "pages" / f"{batch}.json", list[Page]):
            text = pytesseract.image_to_string(str(edition.work / page.image), lang=ALL)
            target = edition.work / "alto" / f"{page.id}.txt"
            target.parent.mkdir(exist_ok=True)
            target.write_text(text, encoding="utf-8")
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(sum(each.ru_utime + each.ru_stime for each in used))


def _text(path: Path) -> str:
    if path.suffix == ".txt":
        return " ".join(path.read_text(encoding="utf-8").split())
    lines = (line.iter("{*}String", "{*}SP") for line in etree.parse(str(path)).iter("{*}TextLine"))
    return " ".join("".join(each.get("CONTENT") or " " for each in line) for line in lines)


if __name__ == "__main__":
    os.environ["OMP_THREAD_LIMIT"] = "1"
    if sys.argv[1:2] and sys.argv[1] in WAYS:
        _recognise(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
    else:
        main(sys.argv[1:])
