"""The damage model: reproducible, harmless at rate zero, and every damage at its own rate."""

import random
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.evaluation.damage import Rates, damage
from pipeline.evaluation.sample import main, make

QUAY = Path(__file__).with_name("quay.xml")
NS = "http://www.tei-c.org/ns/1.0"
UNDAMAGED = """\
THE KESTREL DOCKS

M. Orr

CONTENTS

1.1 On the quay\t3
1.2 How the harbour commission of the upper town came to build the long mole\t14

CHAPTER ONE: THE MOLE

1.1 On the quay

The mole was begun in 1921 by Aune Vik of the Quay Company, a self-taught engineer of great patience -- and no money \
at all.¹ She wrote: "we shall need stone and mortar, and no small number of barges", and the 'old hands' agreed that \
the stone of Kestrel was too soft for anything that the winter gales would reach.²

"The sea gives nothing back, and the town knows it; it has been told so often enough by the people who went out and \
by the many who stayed."

Grey the water, grey the stone,
grey the gull that cries alone.

* * *

1) a crane of forty tons, bought second-hand in the south and never paid for in full;
2) two barges.

A letter said "Мы ждем вас у пристани, товарищ", and

¹Vik, <u>My Jetty Years</u>, p. 12. The story is told at length by the pilots, who had it from the harbour master \
(continued...)

²<u>Ibid.</u>, p. 14, and "Letters from the Pilot House".

nobody came, sans un mot, to the end of it.

¹(...continued) and from nobody else.

BIBLIOGRAPHY

Vik, Aune, <u>My Jetty Years: the Story of a Mole and of Those who Paid for it</u>, Kestrel, 1931.
Orr, M., Notes.
"""

# The damage that each rate causes, and how it is recorded; bullets are no damage.
KINDS = {
    "half_line_swapped": "half-line swapped",
    "line_scrambled": "line scrambled",
    "line_end_dropped": "line end dropped",
    "run_doubled": "run doubled",
    "word_doubled": "word doubled",
    "loops": "loop",
    "inventions": "invented",
    "garbage": "garbage",
    "reference_lost": "reference lost",
    "reference_plain": "reference form",
    "reference_spaced": "reference form",
    "reference_latex": "reference form",
    "reference_garbled": "reference garbled",
    "label_lost": "label lost",
    "label_fused": "label fused",
    "label_as_quote": "label as quote",
    "label_latex": "label in LaTeX",
    "continuation_lost": "continuation lost",
    "underline_lost": "underline lost",
    "underline_split": "underline split",
    "underline_short": "underline cut short",
    "underline_latex": "underline in LaTeX",
    "g_as_q": "g as q",
    "homoglyph": "homoglyph",
    "digit_as_letter": "digit as letter",
    "letter_as_digit": "letter as digit",
    "letters_confused": "letters confused",
    "words_joined": "words joined",
    "word_split": "word split",
    "hyphen_lost": "hyphen lost",
    "hyphen_lost_at_line_end": "hyphen lost",
    "dash_damaged": "dash damaged",
    "punctuation": "punctuation",
    "quote_spaced": "quote spaced",
    "quote_lost": "quote lost",
    "opening_quote_lost": "opening quote lost",
    "cyrillic_garbled": "cyrillic garbled",
    "line_end_kept": "line end kept",
    "verse_run_together": "verse run together",
    "contents_number_lost": "contents damaged",
    "contents_number_wrong": "contents damaged",
    "contents_leader_left": "contents damaged",
    "contents_split": "contents damaged",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages with 300 notes in all, a page with compounds, and one page of everything else."""
    chance = random.Random(4)
    words = ["".join(chance.choices("aeioulmnrstg", k=chance.randint(1, 9))) for _ in range(400)]
    pages = []
    number = 0
    for page in range(15):
        text = chance.choices(words, k=200)
        for at in range(5, 200, 10):
            number += 1
            text[at] += f'.<note n="{number}">See {" ".join(chance.choices(words, k=12))}.</note>'
        pages.append(f'<pb n="{page + 1}"/><p>{" ".join(text)}</p>')
    compounds = " ".join(chance.choices(["ready-made", "self-taught", "half-dead"], k=60))
    pages.append(f'<pb n="16"/><p>a <hi rend="underline">word</hi> said the {compounds} man</p>')
    path = tmp_path_factory.mktemp("book") / "gold.xml"
    quay = QUAY.read_text(encoding="utf-8")
    path.write_text(quay.replace("<back>", f"<back><div>{''.join(pages)}</div>"), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def plain(book: Path) -> str:
    return damage(book, 1, Rates.none()).text


@given(st.integers())
@settings(max_examples=20, deadline=None)
def test_zero_rates_give_the_undamaged_text(seed: int) -> None:
    result = damage(QUAY, seed, Rates.none())
    assert result.text == UNDAMAGED
    assert result.events == ()


@given(st.integers())
@settings(max_examples=10, deadline=None)
def test_a_seed_always_gives_the_same_damage(seed: int) -> None:
    assert damage(QUAY, seed) == damage(QUAY, seed)


def test_seeds_differ(book: Path) -> None:
    assert damage(book, 1).text != damage(book, 2).text


@pytest.mark.parametrize("rate", sorted(KINDS))
def test_each_rate_causes_its_own_damage_alone(book: Path, plain: str, rate: str) -> None:
    result = damage(book, 1, replace(Rates.none(), **{rate: 1}))
    assert {event.kind for event in result.events} == {KINDS[rate]}
    assert result.text != plain


def test_every_rate_is_tested() -> None:
    left = {each.name for each in fields(Rates)} - set(KINDS)
    assert left == {"bullets", "first_line_lost", "first_letter_lost", "label_spaced"}


def test_a_label_may_be_lost_with_its_first_line() -> None:
    result = damage(QUAY, 1, replace(Rates.none(), label_lost=1, first_line_lost=1))
    assert "My Jetty Years</u>, p. 12" not in result.text
    assert "who had it from the harbour master (continued...)" in result.text
    assert "¹Vik" not in result.text


def test_rates_are_met(book: Path) -> None:
    events = Counter(event.kind for event in damage(book, 3).events)
    assert events["reference lost"] / 302 == pytest.approx(0.44, abs=0.08)
    assert (events["label lost"] + events["first line lost"]) / 302 == pytest.approx(0.2, abs=0.06)
    assert events["loop"] == 1
    assert events["invented"] == 1


def test_no_note_vanishes_with_its_label(book: Path) -> None:
    whole = damage(book, 1, Rates.none()).text.split("\n\n")
    lost = damage(book, 1, replace(Rates.none(), label_lost=1, first_line_lost=0.5)).text.split("\n\n")
    assert len(lost) == len(whole)


def test_the_half_lines_swapped_keep_their_words(book: Path) -> None:
    result = damage(book, 1, replace(Rates.none(), half_line_swapped=0.1, line_scrambled=0.1))
    assert all(Counter(event.before.split()) == Counter(event.after.split()) for event in result.events)
    assert all(event.before != event.after for event in result.events)


def test_the_sample_is_made_from_its_gold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = tmp_path / "gold.xml"
    gold.write_text(f'<TEI xmlns="{NS}"><text><body><p>One page.</p></body></text></TEI>', encoding="utf-8")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "p0002.jpg").write_bytes(b"left from a longer gold")
    drawn = make(tmp_path)
    assert [path.name for path in (tmp_path / "pages").iterdir()] == ["p0001.jpg"]
    before = drawn[0].image.read_bytes(), (tmp_path / "existing.txt").read_bytes()
    assert main([str(tmp_path)]) == 0
    assert before == (drawn[0].image.read_bytes(), (tmp_path / "existing.txt").read_bytes())
    assert main([str(tmp_path / "nowhere")]) == 3
    assert "nowhere" in capsys.readouterr().err
