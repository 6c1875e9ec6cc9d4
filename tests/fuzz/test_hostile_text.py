"""A text that would be a program: built for real, it is text in everything that comes out, and on the terminal."""

import csv
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from PIL import Image

from pipeline.collation.table import _cell
from pipeline.edition import load
from pipeline.errors import BadInput, SettingsError
from pipeline.pages.sources import page_sources
from pipeline.review.table import _bare, _guarded
from pipeline.validation.many import Result
from pipeline.validation.problems import Problem
from pipeline.validation.reports import FORMATS

TEXT = """Chapter One <script>alert(1)</script>

=cmd|'/c calc'!A0 The ferry "javascript:alert(1)" left </style><img src=x onerror=alert(1)> the quay at six, said
Anna Pilot.1 +1 @SUM(1) -2+3 "><svg onload=alert(1)> {{ 7*7 }} ]]> &lt;b&gt; <!-- c --> <?php x ?> &herring;

1 Harbour log, p. 12. </TEI><script>alert(2)</script> \u202edrawkcab\u2066 \x1b[31mred\x9b2J
"""
SETTINGS = """
title: "</title><script>alert('t')</script>"
author: '"><img src=x onerror=alert(1)>'
source: {title: "]]><script>"}
witnesses: [{id: a, path: one.txt}, {id: b, path: two.txt}]
"""
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A root with an edition of hostile texts, and what the terminal was told."""
    root = tmp_path_factory.mktemp("root")
    folder = root / "scans" / "quay"
    (folder / "authorities").mkdir(parents=True)
    (folder / "edition.yaml").write_text(SETTINGS)
    (folder / "one.txt").write_text(TEXT)
    (folder / "two.txt").write_text(TEXT.replace("alert(1)", "alert(3)").replace("=cmd", "=cdm").replace("six", "ten"))
    (folder / "authorities" / "people.csv").write_text('id,name,note\nanna,Anna Pilot,"<script>alert(9)</script>"\n')
    told = ""
    for command in (["build", "quay", "--cores", "1"], ["names", "quay"], ["index", "quay"], ["validate"]):
        done = subprocess.run(
            [sys.executable, "-m", "pipeline.cli", *command], cwd=root, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr
        told += (done.stdout + done.stderr).decode()
    return root, told


def test_the_terminal_is_told_nothing_that_it_would_obey(built: tuple[Path, str]) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", built[1].replace("\r", ""))


def test_the_edition_holds_it_as_text(built: tuple[Path, str]) -> None:
    for name in ("quay.xml", "quay.apparatus.xml"):
        tree = etree.parse(built[0] / "tei" / name)
        assert {etree.QName(each).namespace for each in tree.iter(etree.Element)} == {"http://www.tei-c.org/ns/1.0"}
        assert tree.docinfo.internalDTD is None
        assert not [each for each in tree.iter(etree.ProcessingInstruction) if "xml-model" not in str(each)]
    said = "".join((built[0] / "tei" / "quay.xml").read_text().split())
    assert "&lt;script&gt;alert(2)&lt;/script&gt;" in said
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x7f-\x9f]", said)


def test_the_report_holds_it_as_text(built: tuple[Path, str]) -> None:
    tree = html.parse(built[0] / "work" / "quay" / "report.html")
    assert not tree.xpath("//script | //img | //iframe | //link | //a[starts-with(@href, 'javascript')]")
    assert not tree.xpath("//@*[starts-with(name(), 'on')]")
    assert tree.xpath("string(//meta[@http-equiv]/@content)") == "default-src 'none'; style-src 'unsafe-inline'"
    assert "<script>" in tree.xpath("string(//title)")


def test_no_cell_of_a_table_is_a_formula(built: tuple[Path, str]) -> None:
    tables = [*built[0].rglob("*.csv"), *built[0].rglob("*.tsv")]
    assert {path.name for path in tables} >= {"review.csv", "collation.tsv", "index.csv", "people.csv"}
    seen = False
    for path in tables:
        separator = "\t" if path.suffix == ".tsv" else ","
        for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), delimiter=separator):
            assert not [cell for cell in row if FORMULA.match(cell)], path
            seen = seen or any("=c" in cell for cell in row)
    assert seen


@given(st.text(st.sampled_from("'=+-@＝\t\r\n ,;\"a1|"), max_size=8) | st.text(max_size=20))
def test_a_guarded_cell_is_no_formula_and_comes_back(cell: str) -> None:
    assert not FORMULA.match(_guarded(cell))
    assert _bare(_guarded(cell)) == cell
    assert not FORMULA.match(_cell(cell))


@pytest.mark.parametrize("licence", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://a b"])
def test_a_licence_is_an_address_of_the_web(tmp_path: Path, licence: str) -> None:
    (tmp_path / "scans" / "quay").mkdir(parents=True)
    (tmp_path / "scans" / "quay" / "edition.yaml").write_text(f"title: The Quay\nlicence: '{licence}'\n")
    with pytest.raises(SettingsError, match="licence"):
        load("quay", tmp_path)


@pytest.mark.parametrize("name", [b"p\x1b[2J.png", b"p\n1.png", b"p\xff.png", "p\u202egnp.png".encode()])
def test_scans_whose_names_cannot_be_printed(tmp_path: Path, name: bytes) -> None:
    folder = tmp_path / "scans" / "quay" / "pages"
    folder.mkdir(parents=True)
    (folder.parent / "edition.yaml").write_text("title: The Quay\nscans: pages\n")
    Image.new("L", (40, 40), 255).save(folder / "a.png")
    os.rename(bytes(folder / "a.png"), bytes(folder) + b"/" + name)  # noqa: PTH104
    with pytest.raises(BadInput, match="rename it") as refused:
        page_sources(load("quay", tmp_path))
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("name", ["-rf.png", "a b'$(x).png", "{id}.png", "набережная.png", "q&a<b>.png"])
def test_scans_with_unusual_names_are_read(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "scans" / "quay" / "pages"
    folder.mkdir(parents=True)
    (folder.parent / "edition.yaml").write_text("title: The Quay\nscans: pages\n")
    Image.new("L", (40, 40), 255).save(folder / name)
    (source,) = page_sources(load("quay", tmp_path))
    assert source.name == f"pages/{name}"


@pytest.mark.parametrize("form", FORMATS)
def test_reports_of_hostile_files(form: str) -> None:
    name = "a\x1b[2J\n::error::\u202e\udcff.xml"
    problem = Problem(name, 1, "TEI\x9b2J", "rule", "says \x9b31m\n::set-output", "help\x85")
    said = FORMATS[form]([Result(name, [problem])])
    said.encode()
    if form in ("text", "github"):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", said)
    if form == "github":
        assert len(said.splitlines()) == 1
    if form == "junit":
        etree.fromstring(said)
