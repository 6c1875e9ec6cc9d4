"""The stage and its command: what it reads, writes and prints."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from documents import Made
from pybtex.database import parse_string

from pipeline import edition as editions
from pipeline.edition import Edition
from pipeline.errors import BadInput
from pipeline.model import Span, read_json, write_json
from pipeline.references import bibliography, tag

NOTES = ["{P:Lind}, {T:The Quay}, p. 3.", "Ibid."]
ENTRIES = ["Lind, Ada. {T:The Quay}. {L:Bergen}: Anchor Press, {D:1931}."]


@pytest.fixture
def quay(tmp_path: Path) -> Edition:
    folder = tmp_path / "scans" / "quay"
    folder.mkdir(parents=True)
    (folder / "edition.yaml").write_text("title: The Quay\nwitnesses:\n  - {id: existing, path: quay.txt}\n")
    (folder / "quay.txt").write_text("It was cold.\n")
    made, edition = Made(NOTES, entries=ENTRIES), editions.load("quay", tmp_path)
    write_json(edition.work / "reading.json", made.reading)
    names = ("persName", "placeName", "orgName", "title", "date")
    write_json(edition.layer("names"), [span for span in made.layers if span.kind in names])
    write_json(edition.layer("divisions"), [span for span in made.layers if span.kind in ("head", "bibl", "listBibl")])
    write_json(edition.layer("notes"), [span for span in made.layers if span.kind == "note"])
    write_json(edition.layer("typography"), [])
    return edition


def test_the_stage_writes_the_layer_and_the_bibliography(quay: Edition) -> None:
    tag(quay)
    kinds = [span.kind for span in read_json(quay.layer("references"), list[Span])]
    assert "citation" in kinds
    assert "entry" in kinds
    assert [item["id"] for item in json.loads((quay.work / "bibliography.json").read_text())] == ["bib-lind-quay"]
    assert list(parse_string((quay.work / "bibliography.bib").read_text(), "bibtex").entries) == ["lind-quay"]


def test_the_same_input_gives_the_same_bytes(quay: Edition) -> None:
    paths = [quay.layer("references"), *(quay.work / f"bibliography.{end}" for end in ("json", "bib"))]
    tag(quay)
    first = [path.read_bytes() for path in paths]
    tag(quay)
    assert [path.read_bytes() for path in paths] == first


def test_the_command_prints_the_bibliography(quay: Edition) -> None:
    tag(quay)
    command = [
        sys.executable,
        "-m",
        "pipeline.cli",
        "references",
        "quay",
        "--root",
        str(quay.root),
        "--format",
        "csl-json",
    ]
    run = subprocess.run(command, capture_output=True, check=True)
    assert run.stdout == (quay.work / "bibliography.json").read_bytes()


def test_what_is_not_built_is_told(quay: Edition) -> None:
    with pytest.raises(BadInput, match="recensio build"):
        bibliography(quay, "bibtex")
