"""What looks wrong and is not: addresses that lead to an image, letters that are seldom, dates at New Year."""

from pathlib import Path

import pytest
from breaking import END, WHOLE
from lxml import etree

from pipeline.validation import validate
from pipeline.validation.misreading import misread


def rules_broken(tmp_path: Path, old: str, new: str) -> list[str]:
    assert old in WHOLE
    path = tmp_path / "edition.xml"
    path.write_text(WHOLE.replace(old, new, 1), encoding="utf-8")
    return [problem.rule for problem in validate(path)]


@pytest.mark.parametrize(
    "address",
    [
        "../scans/harbour/pages/p1.jpg",
        "../scans/harbour/../pier/p1.jpg",
        "./p1..jpg",
        "p%20one.jpg",
        "../scans/book.pdf#page=3",
        "../scans/a:b.jpg",
        "https://example.org/iiif/p1/full/max/0/default.jpg",
        "http://example.org/../p1.jpg?at=file:///x",
    ],
)
def test_addresses_that_lead_to_an_image(tmp_path: Path, address: str) -> None:
    assert rules_broken(tmp_path, "p0001.jpg", address) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (END, "<p>The mark \u00a0\u0301 stands alone, \u0438\u0301 does not.</p>"),
        (END, "<p>\u05e8\u05b5\u05d0\u05e9\u05b4\u05d9\u05ea</p>"),
        (END, "<p>A paper<?xml-model href='x.rng'?> end.</p>"),
        ('uly="270" lrx="2250"', 'uly="270" lrx="2262"'),
        (
            '<date when="1919-05" cert="high">May 1919',
            '<date when="1920-01-13" cert="high">31 December 1919, Old Style',
        ),
        (
            '<date when="1919-05" cert="high">May 1919',
            '<date notBefore="1914" notAfter="1918" cert="high">about 1916, no. 1234',
        ),
        ("text-decoration: underline", "text-decoration: underline; color: rgb(0, 0, 0)"),
        (END, '<p>In Russian <foreign xml:lang="ru">\u0441\u043e\u0440</foreign> is litter.</p>'),
    ],
)
def test_what_is_seldom_is_no_fault(tmp_path: Path, old: str, new: str) -> None:
    assert set(rules_broken(tmp_path, old, new)) <= {"language-declared"}


@pytest.mark.parametrize(
    "text",
    [
        "L\u2019\u00e9t\u00e9\u2026\u00bb, dit-il, \u00ab\u00c0 l\u2019\u00cele\u00bb.",
        "CAF\u00c9\u201d and CIT\u00c9\u2014\u00bb",
        "A IRM\u00c3\u201d, AMANH\u00c3\u2026 N\u00c3O, M\u00c3E, ma\u00e7\u00e3\u201d",
        "gro\u00df\u201d, Ma\u00df\u00bb, \u00d6\u201d",
        "\u041f\u0440\u0438\u0432\u0435\u0442, \u00ab\u043c\u0438\u0440\u00bb \u2014 \u0401\u043b\u043a\u0430",
        "\u00c5\u201d, \u00d0a\u00f0, \u00d1and\u00fa, \u0141\u00f3d\u017a, \u0130stanbul",
        "1\u00ba, 5\u00aa, \u00a35 \u00b1 \u00bd, 20\u00b0 \u00a712",
    ],
)
def test_text_of_seldom_letters_was_read_rightly(text: str) -> None:
    node = etree.Element("p", n=text)
    node.text = text
    assert misread(etree.ElementTree(node), "x.xml") == []


@pytest.mark.parametrize(
    "text", ["\u00e9t\u00e9", "\u201cd\u2019accord\u201d", "\u041c\u043e\u0441\u043a\u0432\u0430", "M\u00fcnchen"]
)
def test_the_same_read_as_windows_would_is_told_with_what_it_was(text: str) -> None:
    node = etree.Element("p")
    node.text = f"The {text.encode().decode('cp1252', errors='replace').replace(chr(0xFFFD), chr(0x81))} end"
    (problem,) = misread(etree.ElementTree(node), "x.xml")
    assert problem.severity == "warning"
