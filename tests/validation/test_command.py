"""recensio validate as people and continuous integration use it."""

import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from breaking import HERE, broken
from lxml import etree

WHOLE = HERE / "whole.xml"
LEVELS = ("none", "note", "warning", "error")  # of SARIF


def validate(*arguments: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "pipeline.cli", "validate", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, check=False)


def test_files_folders_and_the_input_are_read(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "one.xml").write_bytes(WHOLE.read_bytes())
    (tmp_path / "deep" / "two.xml").write_text(broken("item-outside-list"))
    run = validate(WHOLE, tmp_path / "deep", "-", given=broken("date-in-words").encode())
    assert run.returncode == 1
    said = run.stdout.decode()
    assert f"{tmp_path}/deep/two.xml:105: error: item cannot stand" in said
    assert "<input>:87: error: when=" in said
    assert "    TEI/text/body/div/p[2]/date" in said
    assert "4 files checked, 2 not valid; 2 errors, no warnings" in said
    assert "\033" not in said


def test_exit_codes(tmp_path: Path) -> None:
    assert validate(WHOLE).returncode == 0
    assert validate("-", given=broken("note-number-left-out").encode()).returncode == 0  # a warning
    (tmp_path / "schema.rng").write_text("<grammar/>")
    (tmp_path / "empty").mkdir()
    for arguments in (
        [tmp_path / "none.xml"],
        [tmp_path / "empty"],
        ["--schema", "nowhere.rng", WHOLE],
        ["--schema", tmp_path / "schema.rng", WHOLE],
        ["--format", "word", WHOLE],
    ):
        assert validate(*arguments).returncode == 2, arguments


def test_many_files_are_told_in_their_order(tmp_path: Path) -> None:
    for number in range(7):
        text = broken("item-outside-list") if number % 2 else WHOLE.read_text(encoding="utf-8")
        (tmp_path / f"{number}.xml").write_text(text, encoding="utf-8")
    run = validate("--format", "json", tmp_path)
    assert run.returncode == 1
    assert [Path(problem["file"]).name for problem in json.loads(run.stdout)] == ["1.xml", "3.xml", "5.xml"]


def test_reports_for_continuous_integration() -> None:
    text = broken("item-outside-list").encode()
    github = validate("--format", "github", "-", given=text).stdout.decode()
    assert github.startswith("::error file=<input>,line=105,title=schema-place::item cannot stand")
    suites = etree.fromstring(validate("--format", "junit", "-", WHOLE, given=text).stdout)
    assert [(suite.get("tests"), suite.get("failures")) for suite in suites] == [("1", "1"), ("1", "0")]
    assert suites[0][0].get("line") == "105"
    (run,) = json.loads(validate("--format", "sarif", "-", given=text).stdout)["runs"]
    (result,) = run["results"]
    assert result["ruleId"] in [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 105


def test_jing_does_not_mind_names_locales_or_what_java_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-Duser.country=FR")
    (tmp_path / "é ü.xml").write_text(broken("unknown-element"), encoding="utf-8")
    (tmp_path / "whole.xml").write_bytes(WHOLE.read_bytes())
    run = validate("--format", "json", "--schema", "tei_all", tmp_path)
    assert [problem["rule"] for problem in json.loads(run.stdout)] == ["schema-element"]
    assert run.returncode == 1


def test_sarif_has_the_form_that_its_readers_ask() -> None:
    """What the schema of SARIF 2.1.0 requires of what is written, and what GitHub asks beyond it."""
    given = broken("unknown-attribute").encode()
    log = json.loads(validate("--format", "sarif", "-", WHOLE, HERE / "broken", given=given).stdout)
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    for run in log["runs"]:
        assert set(run) == {"tool", "results"}
        driver = run["tool"]["driver"]
        assert set(driver) == {"name", "version", "rules"}
        ids = [rule["id"] for rule in driver["rules"]]
        assert len(ids) == len(set(ids))
        for rule in driver["rules"]:
            assert set(rule) == {"id", "shortDescription", "defaultConfiguration"}
            assert rule["shortDescription"]["text"]
            assert rule["defaultConfiguration"]["level"] in LEVELS
        assert run["results"]
        for result in run["results"]:
            assert set(result) == {"ruleId", "level", "message", "locations"}
            assert result["ruleId"] in ids
            assert result["level"] in LEVELS
            assert result["message"]["text"]
            (location,) = result["locations"]
            assert set(location) <= {"physicalLocation", "logicalLocations"}
            address = location["physicalLocation"]["artifactLocation"]["uri"]
            assert urlsplit(address).geturl() == address
            assert not set(address) & set(' <>"{}|\\^`')
            region = location["physicalLocation"].get("region", {"startLine": 1})
            assert set(region) == {"startLine"}
            assert region["startLine"] >= 1
            for logical in location.get("logicalLocations", ()):
                assert set(logical) == {"fullyQualifiedName", "kind"}


OTHER = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
 <teiHeader>
  <fileDesc>
   <titleStmt><title type="main">Der Hafen</title><author><persName><surname>X</surname></persName></author></titleStmt>
   <publicationStmt><publisher>nobody</publisher></publicationStmt>
   <sourceDesc><bibl type="M">Lind: Der Hafen. 1782.</bibl></sourceDesc>
  </fileDesc>
 </teiHeader>
 <text>
  <body>
   <pb n="1" facs="#f0001"/>
   <div n="1"><head><hi rendition="#b">Das Eis</hi></head>
    <lg type="poem"><l>Das Eis lag blau,</l></lg>
    <p>Es kam <choice><orig>fruͤh</orig><reg>früh</reg></choice> in dem Jahr.<note place="foot">Chronik.</note></p>
   </div>
  </body>
 </text>
</TEI>
"""


def test_tei_of_another_project_gets_sensible_messages(tmp_path: Path) -> None:
    """In the manner of a corpus of old prints: valid TEI, no edition of ours, and one pointer is lost."""
    other = OTHER.encode()
    run = validate("--schema", "tei_all", "-", given=other)
    assert b"none not valid; no errors, 2 warnings" in run.stdout
    assert b"#f0001 points at nothing in this file [pointer-elsewhere]" in run.stdout
    said = validate("-", given=other).stdout.decode()
    for message in (
        "surname is not an element of the schema",
        "publicationStmt comes too early in fileDesc [schema-place]",
        "before it must stand: extent",
        "lg has no attribute type [schema-attribute]",
        'place="foot" is not in the list [schema-value]',
        "it is one of: bottom, margin, top",
        "orig is not an element of the schema",
        "pb lacks the attribute xml:id [schema-missing]",
    ):
        assert message in said, message
    project = tmp_path / "project.sch"
    project.write_text(
        '<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3">'
        '<ns prefix="t" uri="http://www.tei-c.org/ns/1.0"/><pattern><rule context="t:div">'
        '<assert id="typed" test="@type">a <name/> has a type</assert></rule></pattern></schema>'
    )
    assert b"<input>:13: error: a div has a type [typed]" in validate("--schema", project, "-", given=other).stdout
