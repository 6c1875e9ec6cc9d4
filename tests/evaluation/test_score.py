"""Scoring: gold against itself is perfect, and every kind of fault lowers its own figure."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from pipeline.errors import BadInput
from pipeline.evaluation import Scores, evaluate, report
from pipeline.evaluation.alignment import EXACT, align

QUAY = Path(__file__).with_name("quay.xml")
NS = "http://www.tei-c.org/ns/1.0"


def figures(scores: Scores) -> dict[str, float]:
    """All figures as "the higher the better"."""
    return {
        "body": 1 - scores.cer_body,
        "notes text": 1 - scores.cer_notes,
        "words": 1 - scores.wer_body,
        "notes": scores.notes.f1,
        "numbers": scores.numbers,
        "pages": scores.pages.f1,
        **{kind: found.f1 for kind, found in scores.spans.items()},
    }


def scored(tmp_path: Path, gold: str, edition: str) -> Scores:
    files = [tmp_path / "gold.xml", tmp_path / "edition.xml"]
    for path, text in zip(files, (gold, edition), strict=True):
        path.write_text(text if text.startswith("<?xml") else f'<TEI xmlns="{NS}">{text}</TEI>', encoding="utf-8")
    return evaluate(*files)


def test_gold_against_itself_is_perfect() -> None:
    scores = evaluate(QUAY, QUAY)
    assert scores.cer == scores.wer_body == 0
    assert set(figures(scores).values()) == {1.0}
    assert {"q", "blockquote", "foreign", "persName", "title", "date", "head", "underline"} <= set(scores.spans)
    assert scores.notes.gold == 2
    assert scores.pages.gold == 5


@pytest.mark.parametrize(
    ("old", "new", "lowered"),
    [
        ("great patience", "grcat patience", {"body", "words"}),
        ("by the pilots", "by the pi1ots", {"notes text"}),
        ('n="2"', 'n="7"', {"numbers"}),
        ("<persName>Aune Vik</persName>", "Aune Vik", {"persName"}),
        ("<placeName>Kestrel</placeName>", "<persName>Kestrel</persName>", {"placeName", "persName"}),
        ("<date>1921</date>", "1921", {"date"}),
        ("<q rend=\"single\">'old hands'</q>", "'old hands'", {"q"}),
        ('<foreign xml:lang="fr">', '<foreign xml:lang="es">', {"foreign"}),
        ('<pb n="4"/>', "", {"pages"}),
        ('<hi rend="underline">Ibid.</hi>', "Ibid.", {"underline"}),
        ("<head>BIBLIOGRAPHY</head>", "<p>BIBLIOGRAPHY</p>", {"head"}),
        ("<orgName>Quay Company</orgName>", "<orgName>Quay</orgName> Company", {"orgName"}),
        ("<quote><p>", "<p>", {"blockquote"}),
    ],
)
def test_each_fault_lowers_its_own_figure(tmp_path: Path, old: str, new: str, lowered: set[str]) -> None:
    gold = QUAY.read_text(encoding="utf-8")
    edition = gold.replace(old, new, 1)
    assert edition != gold
    if old == "<quote><p>":
        edition = edition.replace("</p></quote>", "</p>")
    result = figures(scored(tmp_path, gold, edition))
    assert {figure for figure, value in result.items() if value < 1} == lowered


def test_a_note_at_another_place_is_not_found(tmp_path: Path) -> None:
    gold = '<text><body><p>One two three<note n="1">A note.</note> four five six seven.</p></body></text>'
    moved = '<text><body><p>One two three four five<note n="1">A note.</note> six seven.</p></body></text>'
    near = '<text><body><p>One two thr<note n="1">A note.</note>ee four five six seven.</p></body></text>'
    assert scored(tmp_path, gold, moved).notes.found == 0
    assert scored(tmp_path, gold, moved).cer_notes == 0
    assert scored(tmp_path, gold, near).notes.found == 1


def test_a_lost_note_and_an_invented_one_count_as_wrong(tmp_path: Path) -> None:
    gold = '<text><body><p>One<note n="1">Entirely this.</note> two</p></body></text>'
    other = '<text><body><p>One two<note n="1">0123456789</note></p></body></text>'
    scores = scored(tmp_path, gold, other)
    assert (scores.notes.gold, scores.notes.edition, scores.notes.found) == (1, 1, 0)
    assert scores.cer_notes == pytest.approx((14 + 10) / 14)


def test_both_forms_of_gold_and_the_form_of_an_edition_say_the_same(tmp_path: Path) -> None:
    gold = (
        '<text xml:lang="en"><body><pb n="1"/><p>She read <hi rend="underline"><title>Tides</title></hi>'
        '<note place="foot" n="1">A book <pb type="note"/>of tides.</note> by the harbour.</p>'
        "<quote><p>Low water.</p></quote></body></text>"
    )
    edition = (
        '<teiHeader><p>no text</p></teiHeader><text><body><pb n="1" facs="#f1"/><fw type="pageNum">1</fw>'
        '<p>She <app cert="low"><lem wit="#a">read</lem><rdg wit="#b">road</rdg></app> <hi rendition="#underline">'
        '<title level="m">Tides</title></hi><note place="bottom" n="1">A book <fw type="continuation">(continued...)'
        '</fw><milestone unit="page" type="noteContinued"/>of tides.</note> by the har<lb break="no"/>\n'
        'bour.</p><cit rendition="#block"><quote rend="block"><p>Low <choice><sic>water</sic><corr>waters</corr>'
        '</choice>.</p></quote></cit><note type="review">not text</note></body></text>'
    )
    scores = scored(tmp_path, gold, edition)
    assert scores.cer == 0
    assert set(figures(scores).values()) == {1.0}


def test_leader_dots_are_not_text(tmp_path: Path) -> None:
    gold = "<text><body><list><item>On the quay <ref>3</ref></item></list></body></text>"
    edition = "<text><body><list><item>On the quay ........... 3</item></list></body></text>"
    assert scored(tmp_path, gold, edition).cer == 0


def test_notes_apart_from_their_references_are_joined(tmp_path: Path) -> None:
    gold = '<text><body><p>One<note n="1">First.</note> two three four five</p></body></text>'
    edition = gold.replace('<note n="1">First.</note>', '<ptr target="#n1"/>').replace(
        "</body>", '<note xml:id="n1" n="1">First.</note></body>'
    )
    assert scored(tmp_path, gold, edition).notes.found == 1


@given(st.text("ab c", max_size=60), st.text("ab c", max_size=60))
def test_short_texts_are_aligned_exactly(a: str, b: str) -> None:
    alignment = align(a, b)
    assert alignment.distance == Levenshtein.distance(a, b)
    places = [alignment.place(offset) for offset in range(len(b) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(a) for place in places)
    if b:
        assert alignment.place(len(b)) == len(a)


def test_long_texts_are_aligned_by_anchors_as_well_as_exactly() -> None:
    chance = random.Random(5)
    words = ["".join(chance.choices("abcdefghijklmno", k=chance.randint(2, 8))) for _ in range(900)]
    a = " ".join(chance.choices(words, k=5000))
    damaged = [word for word in a.split() if chance.random() > 0.01]
    b = " ".join(word[::-1] if chance.random() < 0.02 else word for word in damaged)
    assert len(a) * len(b) > EXACT
    exact = Levenshtein.distance(a, b)
    assert exact <= align(a, b).distance <= exact * 1.01


def test_long_texts_with_nothing_in_common_are_wholly_different() -> None:
    chance = random.Random(7)
    a, b = ("".join(chance.choices(letters, k=150_000)) for letters in ("abcdef  ", "ghijkl  "))
    assert align(a, b).distance == 150_000


def test_a_book_is_scored_in_seconds(tmp_path: Path) -> None:
    chance = random.Random(6)
    words = ["".join(chance.choices("abcdefghijklmno", k=chance.randint(2, 8))) for _ in range(3000)]
    pages = []
    for number in range(200):
        text = chance.choices(words, k=200)
        text[60] += f'<note n="{number}">{" ".join(chance.choices(words, k=15))}</note>'
        pages.append(f'<p><pb n="{number}"/>{" ".join(text)}</p>')
    gold = "".join(pages)
    edition = "".join(pages[:50] + pages[55:])
    scores = scored(tmp_path, f"<text><body>{gold}</body></text>", f"<text><body>{edition}</body></text>")
    assert (scores.notes.found, scores.pages.found) == (195, 195)
    assert scores.cer == pytest.approx(5 / 200, rel=0.05)


def test_the_report_is_for_people_or_programs() -> None:
    scores = evaluate(QUAY, QUAY)
    assert "persName" in report(scores)
    data = json.loads(report(scores, "json"))
    assert data["cer"] == 0
    assert data["notes"] == {"precision": 1, "recall": 1, "f1": 1, "gold": 2, "edition": 2, "found": 2}


@pytest.mark.parametrize("content", [None, "", "<TEI>", "no XML", "<TEI><text/></TEI>"])
def test_bad_input_is_refused_by_name(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "edition.xml"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match=r"edition\.xml"):
        evaluate(QUAY, path)


def test_entities_of_other_files_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden words", encoding="utf-8")
    path = tmp_path / "edition.xml"
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE TEI [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
        f'<TEI xmlns="{NS}"><text><body><p>&s;</p></body></text></TEI>',
        encoding="utf-8",
    )
    assert evaluate(path, path).cer_body == 0
    gold = tmp_path / "gold.xml"
    gold.write_text(f'<TEI xmlns="{NS}"><text><body><p>hidden words</p></body></text></TEI>', encoding="utf-8")
    assert evaluate(gold, path).cer_body == 1


def test_a_citation_or_quotation_within_a_line_adds_no_space(tmp_path: Path) -> None:
    gold = '<text><body><p>She wrote "no"<note n="1">Lind, p. 3.</note>. He left.</p></body></text>'
    quoted = '<cit><quote>"no"</quote><note n="1"><bibl>Lind, <citedRange>p. 3</citedRange></bibl>.</note></cit>'
    scores = scored(tmp_path, gold, f"<text><body><p>She wrote {quoted}. He left.</p></body></text>")
    assert (scores.cer, scores.notes.f1) == (0.0, 1.0)
