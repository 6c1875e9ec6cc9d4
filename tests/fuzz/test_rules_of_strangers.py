"""A schema that a stranger wrote may say what it likes of a document, but reads and writes nothing else."""

import random
import shutil
from pathlib import Path

import pytest

from pipeline.validation import jing, validate
from pipeline.validation.problems import SchemaUnusable

SCHEMA = (
    '<schema xmlns="http://purl.oclc.org/dsdl/schematron" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
    ' queryBinding="xslt3">{}<pattern><rule context="/*"><assert id="told" test="false()">{}</assert></rule></pattern>'
    "</schema>"
)
RNG = '<element name="TEI" xmlns="http://relaxng.org/ns/structure/1.0">{}</element>'


def judged(folder: Path, schema: str, kind: str) -> str:
    """What is said of a document, by its problems or by refusing the schema."""
    (folder / "schema").with_suffix(kind).write_text(schema)
    (folder / "letter.xml").write_text("<TEI><p/></TEI>")
    try:
        return "\n".join(map(str, validate(folder / "letter.xml", str((folder / "schema").with_suffix(kind)))))
    except SchemaUnusable as error:
        return str(error)


@pytest.mark.parametrize(
    "read", ["doc('{}')", "document('{}')", "unparsed-text('{}')", "environment-variable('HERRING')"]
)
def test_rules_read_no_other_file(tmp_path: Path, read: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HERRING", "herring")
    (tmp_path / "secret.xml").write_text("<word>herring</word>")
    select = read.format((tmp_path / "secret.xml").as_uri())
    said = judged(tmp_path, SCHEMA.format("", f'<value-of select="{select}"/>'), ".sch")
    assert said
    assert "herring" not in said


def test_rules_include_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "secret.xsl").write_text(
        '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:variable name="word" '
        "select=\"'herring'\"/></xsl:stylesheet>"
    )
    include = f'<xsl:include href="{(tmp_path / "secret.xsl").as_uri()}"/>'
    said = judged(tmp_path, SCHEMA.format(include, '<value-of select="$word"/>'), ".sch")
    assert "herring" not in said


def test_rules_write_no_file(tmp_path: Path) -> None:
    written = tmp_path / "written.xml"
    function = (
        '<xsl:template name="write" match="nothing"/><xsl:function name="f:write" xmlns:f="f"><xsl:result-document '
        f'href="{written.as_uri()}"><word/></xsl:result-document></xsl:function>'
    )
    judged(tmp_path, SCHEMA.format(function, '<value-of xmlns:f="f" select="f:write()"/>'), ".sch")
    assert not written.exists()


def test_a_rule_that_fails_on_a_document_is_told_with_the_others(tmp_path: Path) -> None:
    said = judged(tmp_path, SCHEMA.format("", '<value-of select="xs:integer(name())"/>'), ".sch")
    assert "the rules cannot be applied" in said


def test_rules_that_are_not_understood_are_refused_even_when_empty(tmp_path: Path) -> None:
    assert "include is not understood" in judged(tmp_path, SCHEMA.format('<include href="a.sch"/>', ""), ".sch")


@pytest.mark.parametrize("java", [True, False], ids=["jing", "libxml2"])
@pytest.mark.parametrize(
    "content",
    [
        '<ref name="lost"/>',
        '<parentRef name="lost"/>',
        "<attribute/>",
        "<element/>",
        '<data type="token" datatypeLibrary="http://example.org/"/>',
        '<externalRef href="http://example.org/a.rng"/>',
        '<grammar><start><ref name="a"/></start><define name="a"><ref name="a"/></define></grammar>',
        "<blink/>",
    ],
)
def test_a_grammar_that_is_none_is_refused(
    tmp_path: Path, content: str, java: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if java and not shutil.which("java"):
        pytest.skip("needs java")
    if not java:
        monkeypatch.setenv("PATH", "")
    assert "schema.rng" in judged(tmp_path, RNG.format(content), ".rng")


@pytest.mark.skipif(not shutil.which("java"), reason="needs java")
@pytest.mark.parametrize(("limit", "most"), [("SECONDS", 1), ("MEGABYTES", 10)])
def test_a_grammar_that_never_ends_is_stopped(
    tmp_path: Path, limit: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The letter before the last 400 must be an a, which jing must remember of each letter."""
    monkeypatch.setattr(jing, limit, most)
    grammar = '<zeroOrMore><ref name="x"/></zeroOrMore><element name="a"><empty/></element>' + '<ref name="x"/>' * 400
    letters = "".join(f'<element name="{name}"><empty/></element>' for name in "ab")
    (tmp_path / "schema.rng").write_text(
        f'<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><element name="r">{grammar}</element></start>'
        f'<define name="x"><choice>{letters}</choice></define></grammar>'
    )
    chance = random.Random(1)
    (tmp_path / "word.xml").write_text(f"<r>{''.join(chance.choice(('<a/>', '<b/>')) for _ in range(9_000))}</r>")
    with pytest.raises(SchemaUnusable, match=rf"schema.rng: jing needs more than {most} .* to hold .*word.xml against"):
        validate(tmp_path / "word.xml", str(tmp_path / "schema.rng"))
