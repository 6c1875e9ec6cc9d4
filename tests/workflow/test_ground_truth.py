"""Whole builds against ground truth that is not in the repository: drawn pages, real scans, a thesis's text.

RECENSIO_BENCH names the folder that holds it; without it these tests are skipped. The bars are below what was
measured when they were written, so that they tell of a step back and not of chance.
"""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree
from rapidfuzz.distance import Levenshtein

from pipeline.evaluation import evaluate

BENCH = Path(os.environ.get("RECENSIO_BENCH", ""))
CASES = ("ch3", "morals", "mexico", "tractors")

pytestmark = [
    pytest.mark.skipif(not (BENCH / "build.sh").is_file(), reason="RECENSIO_BENCH names no folder with ground truth"),
    pytest.mark.xdist_group("ground truth"),
]


def recensio(*arguments: object) -> str:
    command = [sys.executable, "-m", "pipeline.cli", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root in which the drawn cases are built; their gold text lies beside them."""
    if not Path("/usr/share/fonts/truetype/liberation").is_dir():
        pytest.skip("the pages are drawn with a font of the package fonts-liberation, which is not installed")
    root = tmp_path_factory.mktemp("drawn")
    environment = os.environ | {"PY": sys.executable}
    subprocess.run(["bash", BENCH / "build.sh", root / "in"], env=environment, check=True, capture_output=True)
    for case in CASES:
        given = root / "in" / case
        recensio("new", case, "--scans", given, "--text", given / "existing.txt", "--root", root)
    recensio("build", "--root", root)
    return root


@pytest.mark.parametrize("case", CASES)
def test_drawn_pages(drawn: Path, case: str) -> None:
    scores = evaluate(drawn / "in" / case / "gold.xml", drawn / "tei" / f"{case}.xml")
    assert json.loads((drawn / "work" / case / "validation.json").read_bytes())["valid"]
    assert scores.cer <= 0.008
    assert scores.notes.f1 >= 0.8
    assert scores.pages.f1 == 1.0


def test_real_scans_are_read_no_worse_than_by_plain_tesseract(tmp_path: Path) -> None:
    with (BENCH / "real" / "manifest.tsv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    errors = []
    for row in rows:
        recensio("new", row["page"], "--scans", BENCH / "real" / row["image"], "--root", tmp_path)
    recensio("build", "--root", tmp_path)
    for row in rows:
        truth = " ".join((BENCH / "real" / row["gt_fixed"]).read_text(encoding="utf-8").split())
        alto = etree.parse(str(tmp_path / "work" / row["page"] / "alto" / "p0001.xml"))
        lines = ["".join(e.get("CONTENT") or " " for e in line) for line in alto.iter("{*}TextLine")]
        errors.append(Levenshtein.distance(truth, " ".join(" ".join(lines).split())) / len(truth))
    assert sum(errors) / len(errors) <= sum(float(row["cer_fixed"]) for row in rows) / len(rows)


def test_a_thesis_from_its_text_alone(tmp_path: Path) -> None:
    source = BENCH.parent / "source" / "thesis.txt"
    if not source.is_file():
        pytest.skip("the thesis's text is not beside the ground truth")
    recensio("new", "thesis", "--text", source, "--root", tmp_path)
    recensio("build", "--root", tmp_path)
    report = json.loads((tmp_path / "work" / "thesis" / "report.json").read_bytes())
    validation = json.loads((tmp_path / "work" / "thesis" / "validation.json").read_bytes())
    assert report["valid"]
    assert abs(report["notes"] - 1214) <= 12
    assert not validation["lost"]
