"""Whatever befalls a witness, the reading is hardly worse than the better one; probabilities mean what they say."""

import time
from functools import cache

import pytest
import simulation
from simulation import Witnesses, error, plain, text_of

from pipeline.collation import columns
from pipeline.collation.align import align
from pipeline.model import Column, Token, Witness

CASES = (
    *(f"noise of {rate} %" for rate in (5, 10, 20, 30)),
    *("a third missing", "foreign passage", "two pages swapped", "a page of noise"),
)
WORDS = simulation.truth()


@cache
def collated(name: str) -> tuple[Witnesses, list[Column]]:
    text = simulation.struck(WORDS, 0.01, seed=9)
    witnesses = simulation.damaged(WORDS, simulation.scan(WORDS), text)[name]()
    return witnesses, columns(witnesses, ["en", "fr"])


@pytest.mark.parametrize("name", CASES)
def test_the_reading_is_hardly_worse_than_the_better_witness(name: str) -> None:
    witnesses, made = collated(name)
    better = min(error(WORDS, plain(witness)) for witness in witnesses)
    assert error(WORDS, text_of(made)) <= better + 0.001


@pytest.mark.parametrize("name", CASES)
def test_no_word_is_written_that_stands_in_no_witness(name: str) -> None:
    witnesses, made = collated(name)
    letters = "".join(c for witness in witnesses for c in plain(witness))
    assert set(text_of(made)) <= set(letters)
    for column in made:
        read = [
            "".join(token.text for token in witness.tokens()[slice(*column.readings[witness.id])])
            for witness in witnesses
            if witness.id in column.readings
        ]
        words = {"".join(filter(str.isalnum, text)) for text in read} | {""}
        assert "".join(filter(str.isalnum, column.text)) in words


def test_a_foreign_passage_is_reported_and_not_swallowed() -> None:
    _, made = collated("foreign passage")
    inserted = [column for column in made if column.kind == "invented"]
    assert len(inserted) >= 5900
    assert all(column.reason and not column.text for column in inserted)


def test_a_passage_between_two_pages_stays_since_the_scans_may_lack_its_page() -> None:
    scan = simulation.scan(WORDS)
    start, _ = simulation.page_range(scan, "p0004")
    passage = simulation.foreign(300)
    made = columns([scan, simulation.existing([*WORDS[:start], *passage, *WORDS[start:]])], ["en"])
    kept = [column.text for column in made if column.reason == "the scans may lack its page"]
    assert kept == passage
    assert error([*WORDS[:start], *passage, *WORDS[start:]], text_of(made)) < 0.002


def test_swapped_pages_are_moved_and_not_written_twice() -> None:
    _, made = collated("two pages swapped")
    assert sum(column.kind == "moved" for column in made) > 400


def test_readings_given_nine_tenths_are_right_nearly_always() -> None:
    right = [
        column.text == " ".join(WORDS[slice(*column.readings["scan"])])
        for name in CASES[:5]
        for column in collated(name)[1]
        if column.probability >= 0.9 and "scan" in column.readings and column.kind != "agreed"
    ]
    assert len(right) > 1000
    assert sum(right) / len(right) >= 0.97


def test_long_gaps_without_whole_words_are_aligned_by_letters() -> None:
    noisy = simulation.struck(WORDS[:1500], 0.3)
    links = align([word.lower() for word in WORDS[:1500]], [word.lower() for word in noisy])
    assert sum(link.a_end - link.a for link in links) > 900


def test_a_word_of_a_million_letters_and_broken_characters_take_no_time() -> None:
    long = "ab" * 500_000
    odd = [long, "\ud800", "\x00\x1b", "\u202e", "", " ", "ß" * 1000]
    start = time.perf_counter()
    made = columns([simulation.existing([*WORDS[:200], *odd, *WORDS[200:400]]), other(WORDS[:400])], ["en"])
    assert text_of(made).split()[:200] == WORDS[:200]
    signs = "a" + "!" * 1_000_000 + "a"
    for one, two in ((long, long[1:] + "x"), (signs, signs + "x"), ("1" * 1_000_000, "2" * 999_999)):
        assert columns([other([one]), simulation.existing([two])], ["en"])
    assert time.perf_counter() - start < 10


def test_a_witness_without_words_leaves_the_other_as_it_is() -> None:
    made = columns([simulation.witness("scan", ()), other(WORDS[:50])], ["en"])
    assert text_of(made) == " ".join(WORDS[:50])


def other(words: list[str]) -> Witness:
    return simulation.witness("other", [Token(word) for word in words])
