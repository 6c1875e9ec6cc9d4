"""Quotation marks in pairs: what one witness lost is taken from the other, and what one made up is left out."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.collation import columns
from pipeline.collation.balance import Judged, balanced
from pipeline.collation.choice import Choice
from pipeline.collation.pairing import Word, paired
from pipeline.model import Block, Column, Token, Witness

SAID = (
    "the",
    "tide",
    "came",
    "before",
    "noon",
    "nobody",
    "quay",
    "seen",
    "pilot",
    "since",
    "a",
    "bell",
    "rang",
    "twice",
    "so",
)


def best(*words: str | tuple[tuple[str, float], ...]) -> list[str]:
    """The likeliest reading of each word; a plain string is not in dispute, "/" begins a paragraph."""
    told = [
        Word([(word.lstrip("/"), 1.0)], word.startswith("/")) if isinstance(word, str) else Word(word) for word in words
    ]
    return [
        max(zip(probabilities, word.readings, strict=True))[1][0]
        for word, probabilities in zip(told, paired(told), strict=True)
    ]


@pytest.mark.parametrize("closed", ['ice."', 'ice"', 'ice,"', 'ice")'])
def test_a_mark_stands_where_it_closes_a_quotation(closed: str) -> None:
    bare = closed.replace('"', "")
    assert best('"The', ((bare, 0.9), (closed, 0.1)))[1] == closed
    assert best("The", ((bare, 0.4), (closed, 0.6)))[1] == bare


def test_one_of_two_places_has_the_mark() -> None:
    assert best('"Row', (("on:", 0.8), ('on:"', 0.2)), (("Pilots", 0.75), ('"Pilots', 0.25))) == [
        '"Row',
        'on:"',
        "Pilots",
    ]


def test_two_marks_that_belong_together_are_kept_or_left_out_together() -> None:
    ends = (("ice.", 0.05), ('ice."', 0.95))
    assert best((("The", 0.8), ('"The', 0.2)), ends) == ['"The', 'ice."']
    assert best((("The", 0.99), ('"The', 0.01)), (("ice.", 0.7), ('ice."', 0.3))) == ["The", "ice."]


def test_a_quotation_may_go_on_in_a_paragraph_that_repeats_its_mark() -> None:
    assert best('"The', "ice.", '/"Then', (("fog.", 0.6), ('fog."', 0.4)))[3] == 'fog."'


def test_an_apostrophe_closes_nothing() -> None:
    assert best("the", (("pilots", 0.2), ("pilots'", 0.8)), "boats")[1] == "pilots'"
    assert best("'the", (("pilots", 0.6), ("pilots'", 0.4)), "boats")[1] == "pilots'"


def test_french_marks_stand_apart() -> None:
    assert best("«", "Le", "port", (("", 0.8), ("»", 0.2)))[3] == "»"


def test_what_no_reading_has_any_probability_of_stays_open() -> None:
    found = paired([Word([('"The', 1.0)]), Word([("ice.", 0.6), ('ice."', 0.2)])])
    assert sum(found[1]) == pytest.approx(0.8)


@st.composite
def quoting(draw: st.DrawFn) -> list[list[str]]:
    """Paragraphs with quotations in them, none of which is left open."""
    rng = random.Random(draw(st.integers(0, 10**6)))
    paragraphs = []
    for _ in range(draw(st.integers(6, 12))):
        words = [rng.choice(SAID) for _ in range(40)]
        for first in (2, 16, 30)[: rng.randint(1, 3)]:
            last = first + rng.randint(1, 8)
            words[first] = '"' + words[first].capitalize()
            words[last] += rng.choice(['."', ',"', '"', '?"'])
        paragraphs.append(words)
    return paragraphs


@settings(deadline=None, max_examples=40)
@given(quoting(), st.integers(0, 10**6), st.sampled_from([0.0, 0.5, 1.0]))
def test_every_mark_that_one_witness_has_is_found(paragraphs: list[list[str]], seed: int, share: float) -> None:
    """A tenth of the marks are lost, each in one witness; share: how many of them in the first one."""
    rng = random.Random(seed)
    witnesses: tuple[list[Block], list[Block]] = ([], [])
    for words in paragraphs:
        read = [list(words), list(words)]
        for at, word in enumerate(words):
            if '"' in word and rng.random() < 0.1:
                read[rng.random() >= share][at] = word.replace('"', "")
        for blocks, each in zip(witnesses, read, strict=True):
            blocks.append(Block("body", tuple(Token(word, confidence=0.95) for word in each)))
    scan, text = (tuple(blocks) for blocks in witnesses)
    made = columns([Witness("scan", "scan", "", scan), Witness("text", "text", "", text)], ["en"])
    assert [column.text for column in made] == [word for words in paragraphs for word in words]


def test_the_choice_says_why() -> None:
    tokens = (Token('"The'), Token("ice."))
    witnesses = [Witness(siglum, "text", "", (Block("body", tokens),)) for siglum in ("one", "two")]
    judged = [
        Judged(Column({"one": (0, 1), "two": (0, 1)}, '"The', "one", 0.999, "agreed")),
        Judged(
            Column({"one": (1, 2), "two": (1, 2)}, "ice.", "one", 0.9, "variant", "channel and frequency"),
            [Choice('ice."', "two", 0.1)],
        ),
    ]
    opening, closing = balanced(judged, witnesses)
    assert opening == judged[0].column
    assert (closing.text, closing.witness, closing.kind, closing.reason) == (
        'ice."',
        "two",
        "variant",
        "quotation marks in pairs",
    )
    assert 0.8 < closing.probability < 1
