"""Stretches in other languages, on invented passages (passages.py) and by properties."""

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.edition import Edition, Settings
from pipeline.errors import BadInput
from pipeline.languages import spans, tag
from pipeline.languages.segments import expanded
from pipeline.model import Reading, Span, read_json, write_json

sys.path.insert(0, str(Path(__file__).parent))
import itertools

from passages import PASSAGES, PLAIN

OTHERS = expanded(["fr", "es", "ru"], "en")
QUOTED = re.compile(r"\"[^\"]+\"|(?<!\w)'[^']+'")


def _foreign(text: str, main: str = "en", others: list[str] = OTHERS) -> list[Span]:
    found = spans(text, main, others, [match.span() for match in QUOTED.finditer(text)])
    return [span for span in found if span.kind == "foreign"]


def _marked(passage: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without < and >, and the ranges that stood between them."""
    parts = re.split("[<>]", passage)
    edges = [sum(map(len, parts[:index])) for index in range(len(parts) + 1)]
    return "".join(parts), [(edges[index], edges[index + 1]) for index in range(1, len(parts), 2)]


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / (max(one[1], other[1]) - min(one[0], other[0]))


@pytest.mark.parametrize(("passage", "languages"), PASSAGES, ids=[each[0][:40] for each in PASSAGES])
def test_passage(passage: str, languages: list[str]) -> None:
    text, expected = _marked(passage)
    found = _foreign(text)
    assert [span.attributes["lang"] for span in found] == languages
    assert all(_overlap((s.start, s.end), e) >= 0.8 for s, e in zip(found, expected, strict=True))


@pytest.mark.parametrize("text", PLAIN)
def test_plain_english_names_and_scholars_latin_are_left_alone(text: str) -> None:
    assert spans(text, "en", OTHERS) == []


def test_main_language_need_not_be_english() -> None:
    text = "Il repondit en haussant les epaules : the ship will never come back to this harbour, et sortit."
    found = _foreign(text, "fr", expanded(["en"], "fr"))
    assert [text[s.start : s.end] for s in found] == ["the ship will never come back to this harbour"]
    assert found[0].attributes == {"lang": "en"}


def test_title_in_another_language_is_no_foreign_text() -> None:
    text = 'Duval, "Les Marins du Nord," in La Vie du Port, p. 4.'
    start = text.index("La Vie")
    found = spans(text, "en", OTHERS, [(7, 29)], [(start, start + len("La Vie du Port"))])
    assert [(text[s.start : s.end], s.kind, s.attributes["lang"]) for s in found] == [
        ("Les Marins du Nord", "titleLanguage", "fr"),
        ("La Vie du Port", "titleLanguage", "fr"),
    ]


def test_sentence_that_mixes_languages_is_flagged_once_and_a_set_off_quotation_is_not() -> None:
    mixed = "He said on ne peut rien faire contre la mer and then no hay remedio para nadie, and went."
    flags = [s for s in spans(mixed, "en", OTHERS) if s.kind == "flag"]
    assert [s.attributes["category"] for s in flags] == ["rv-mixed-language"]
    quoted = 'He wrote "on ne peut rien faire contre la mer" in the book.'
    assert [s.kind for s in spans(quoted, "en", OTHERS, [QUOTED.search(quoted).span()])] == ["foreign"]  # type: ignore[union-attr]


def test_word_of_two_scripts_is_flagged_with_what_it_may_say() -> None:
    (flag,) = spans("The cаptain slept.", "en", OTHERS)  # with a Cyrillic а
    assert flag.attributes["category"] == "rv-script"
    assert "captain" in flag.attributes["note"]
    assert (flag.start, flag.end) == (4, 11)


def test_layer_is_written_and_missing_reading_is_named(tmp_path: Path) -> None:
    edition = Edition("sample", tmp_path, Settings.model_validate({"title": "A sample"}))
    with pytest.raises(BadInput, match=r"reading\.json"):
        tag(edition)
    texts = {"body": "A plain line.\nShe wrote no se que hacer con esto and left.", "n1.1": "El mar es de todos."}
    write_json(edition.work / "reading.json", Reading(texts=texts))
    tag(edition)
    layer = edition.layer("languages").read_bytes()
    found = read_json(edition.layer("languages"), list[Span])
    assert [(s.text, s.attributes["lang"]) for s in found if s.kind == "foreign"] == [("body", "es"), ("n1.1", "es")]
    tag(edition)
    assert edition.layer("languages").read_bytes() == layer


PIECES = st.sampled_from(
    [
        "the sea",
        "la mer est grande",
        '"',
        "'",
        "\n",
        "No tengo nada",
        "Petrov",
        "идите домой",
        " (",
        ").",
        "ad hominem",
        "1923",
        "nado zhdat vesny",
        ",",
        "--",
        "ce n'est pas",
        "…",
        "é",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=25).map(" ".join), st.data())
def test_spans_lie_in_the_text_trimmed_and_apart(text: str, data: st.DataObject) -> None:
    edge = st.integers(0, len(text))
    quoted = [(min(a, b), max(a, b)) for a, b in data.draw(st.lists(st.tuples(edge, edge), max_size=3))]
    found = spans(text, "en", OTHERS, quoted)
    foreign = [span for span in found if span.kind == "foreign"]
    for span in found:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        assert 0 <= span.certainty <= 1
    for one, other in itertools.pairwise(foreign):
        assert one.end <= other.start
    assert all(span.attributes["lang"] in OTHERS for span in foreign)
