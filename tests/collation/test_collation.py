"""Collation: every token in one place, moved passages met again, readings chosen from evidence."""

import random
import re
from dataclasses import replace
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.collation import WitnessMismatch, columns
from pipeline.collation.align import align, key
from pipeline.model import Block, Box, Column, Token, Witness

TEXT = (
    "The harbour froze early that winter and the pilots who had stayed on the island rowed back across black water "
    "before the ice could close behind them. Nobody in the customs house remembered a colder November, and the "
    "clerk who kept the ledger wrote only that the wind had turned. In the spring the consul counted forty empty "
    "barrels on the quay, two broken cranes, and a letter that no captain would admit to having carried."
)
PROSE = TEXT.split()

damaged = st.text(st.characters(), min_size=1, max_size=8)  # control characters and lone surrogates too
words = st.lists(st.one_of(st.sampled_from(PROSE), damaged), max_size=60)


def witness(siglum: str, text: list[str], confidence: float = 1.0) -> Witness:
    tokens = tuple(Token(word, confidence=confidence) for word in text)
    return Witness(siglum, "text", siglum, (Block("body", tokens),) if tokens else ())


def text_of(made: list[Column]) -> str:
    return " ".join(column.text for column in made if column.text)


@given(words, words, words, st.sampled_from(["scan", "text"]))
def test_every_token_stands_in_exactly_one_column(
    one: list[str], other: list[str], third: list[str], medium: Literal["scan", "text"]
) -> None:
    first = replace(witness("a", one, 0.9), medium=medium)
    made = columns([first, witness("b", other), witness("c", third)], [])
    for siglum, tokens in (("a", one), ("b", other), ("c", third)):
        used = [i for column in made if siglum in column.readings for i in range(*column.readings[siglum])]
        assert sorted(used) == list(range(len(tokens)))


@given(words)
def test_a_text_collated_with_itself_is_itself(text: list[str]) -> None:
    made = columns([witness("a", text), witness("b", text)], [])
    assert text_of(made) == " ".join(text)
    assert all(column.kind == "agreed" for column in made)


@given(words, words)
def test_links_rise_and_join_like_with_like(one: list[str], other: list[str]) -> None:
    keys = [key(word) for word in one], [key(word) for word in other]
    links = align(*keys)
    assert all(a.a_end <= b.a and a.b_end <= b.b for a, b in pairwise(links))


@given(words, words)
def test_order_of_witnesses_does_not_matter_for_agreement(one: list[str], other: list[str]) -> None:
    def met(first: Witness, second: Witness) -> set[tuple[tuple[int, int], tuple[int, int]]]:
        made = columns([first, second], [])
        return {(c.readings["a"], c.readings["b"]) for c in made if len(c.readings) == 2}

    assert met(witness("a", one), witness("b", other)) == met(witness("b", other), witness("a", one))


def test_a_raised_number_is_no_letter() -> None:
    scan = Witness("scan", "scan", "", (Block("body", (*map(Token, PROSE[:4]), Token("8", kind="reference"))),))
    made = columns([scan, witness("b", [*PROSE[:4], "*"])], ["en"])
    assert [column.text for column in made if column.text][4] == "8"


def test_an_accent_stands_only_where_the_scan_has_it() -> None:
    scan = Witness(
        "scan", "scan", "", (Block("body", tuple(map(Token, [*PROSE[:6], "annees", "déjà", *PROSE[6:12]]))),)
    )
    made = columns([scan, witness("b", [*PROSE[:6], "années", "deja", *PROSE[6:12]])], ["en", "fr"])
    assert [column.text for column in made][6:8] == ["annees", "déjà"]


def test_stray_signs_of_the_recogniser_are_left_out() -> None:
    tokens = [Token(word, confidence=0.95) for word in PROSE[:20]]
    tokens[7:7] = [Token("|", confidence=0.4), Token("§", confidence=0.6)]
    made = columns([Witness("scan", "scan", "", (Block("body", tuple(tokens)),)), witness("b", PROSE[:20])], ["en"])
    assert text_of(made) == " ".join(PROSE[:20])
    assert sum(column.kind == "invented" for column in made) == 2


@pytest.mark.parametrize(("right", "wrong"), [("1923", "l923"), ("look", "l00k"), ("1923", "192B")])
def test_digits_are_told_from_letters(right: str, wrong: str) -> None:
    for first, second in ((right, wrong), (wrong, right)):
        made = columns([witness("a", [*PROSE, first]), witness("b", [*PROSE, second])], ["en"])
        assert made[-1].text == right


def test_half_lines_that_changed_places_are_one_move() -> None:
    swapped = [*PROSE[:20], *PROSE[26:32], *PROSE[20:26], *PROSE[32:]]
    made = columns([witness("a", PROSE), witness("b", swapped)], [])
    assert text_of(made) == " ".join(PROSE)
    assert sum(column.kind == "moved" for column in made) == 6
    assert all(len(column.readings) == 2 for column in made)


def test_a_word_from_afar_is_no_move_but_a_passage_is() -> None:
    far = [*PROSE[:5], *PROSE[10:60], *PROSE[5:10], *PROSE[60:]]
    made = columns([witness("a", PROSE), witness("b", far)], [])
    assert text_of(made) == " ".join(PROSE)
    assert [column.kind for column in made if column.kind != "agreed"] == ["moved"] * 5


def test_doubled_words_and_lines_stand_once() -> None:
    doubled = [*PROSE[:12], PROSE[11], *PROSE[12:40], *PROSE[30:40], *PROSE[40:]]
    made = columns([witness("a", PROSE), witness("b", doubled)], [])
    assert text_of(made) == " ".join(PROSE)
    assert sum(column.kind == "doubled" for column in made) == 11


def test_dropped_words_are_kept_from_the_other_witness() -> None:
    made = columns([witness("a", PROSE), witness("b", PROSE[:30] + PROSE[34:])], [])
    assert text_of(made) == " ".join(PROSE)
    assert [column.text for column in made if column.kind == "dropped"] == PROSE[30:34]


def test_joined_and_split_words_meet() -> None:
    joined = [*PROSE[:9], PROSE[9] + PROSE[10], *PROSE[11:]]
    made = columns([witness("a", PROSE), witness("b", joined)], ["en"])
    assert text_of(made) == " ".join(PROSE)


@pytest.mark.parametrize("words_run", ["who had stayed", "rowed back across", "before the ice could", "black water"])
def test_words_run_together_meet_as_many_as_they_are(words_run: str) -> None:
    whole = " ".join(PROSE)
    joined = whole.replace(words_run, words_run.replace(" ", "")).split()
    for first, second in ((joined, PROSE), (PROSE, joined)):
        made = columns([replace(witness("a", first, 0.9), medium="scan"), witness("b", second)], ["en"])
        assert text_of(made) == whole


@pytest.mark.parametrize("wrong", ["black:water", "black.water", "black}water", "black,water"])
def test_a_sign_between_two_words_is_no_space(wrong: str) -> None:
    read = " ".join(PROSE).replace("black water", wrong).split()
    for first, second in ((read, PROSE), (PROSE, read)):
        made = columns([replace(witness("a", first, 0.9), medium="scan"), witness("b", second)], ["en"])
        assert text_of(made) == " ".join(PROSE)


@pytest.mark.parametrize("dirt", ["_ ;", "~", ": |", "'j", "| j"])
def test_dirt_that_only_a_text_has_is_left_out(dirt: str) -> None:
    scan = replace(witness("a", PROSE, 0.95), medium="scan")
    made = columns([scan, witness("b", [*PROSE[:9], *dirt.split(), *PROSE[9:]])], ["en"])
    assert text_of(made) == " ".join(PROSE)
    assert {column.kind for column in made} == {"agreed", "invented"}


@pytest.mark.parametrize("small", ["V. L.", "a", "7", "of", "--", "p.", "b)", "&", "B", "* * *", "...", "§ 7"])
def test_small_words_that_only_a_text_has_stay(small: str) -> None:
    text = [*PROSE[:9], *small.split(), *PROSE[9:]]
    made = columns([replace(witness("a", PROSE, 0.95), medium="scan"), witness("b", text)], ["en"])
    assert text_of(made) == " ".join(text)


def test_the_likelier_reading_is_chosen_whichever_witness_has_it() -> None:
    scan, existing = list(PROSE), list(PROSE)
    scan[1], existing[14] = "harhour", "istand"
    made = columns([witness("a", scan, 0.8), witness("b", existing)], ["en"])
    assert text_of(made) == " ".join(PROSE)
    assert {column.witness for column in made if column.kind == "variant"} == {"a", "b"}


def test_an_authors_slip_on_which_both_agree_stays() -> None:
    slip = [*PROSE[:3], "recieved", *PROSE[3:]]
    made = columns([witness("a", slip), witness("b", slip)], ["en"])
    assert "recieved" in text_of(made)


def test_line_end_hyphens_go_and_those_of_compounds_stay() -> None:
    def divided(text: str, offset: int) -> Token:
        return Token(text, divided=(offset, "p0001.l2"))

    scan = Witness(
        "scan",
        "scan",
        "",
        (
            Block(
                "body",
                (Token("the"), divided("har-bour", 4), divided("political-economic", 10), divided("well-known", 5)),
            ),
        ),
    )
    alone = columns([scan], ["en"])
    assert [column.text for column in alone] == ["the", "harbour", "political-economic", "well-known"]
    made = columns([scan, witness("b", ["the", "harbour", "politicaleconomic", "well-known"])], ["en"])
    assert [column.text for column in made] == ["the", "harbour", "political-economic", "well-known"]


def test_words_without_room_on_the_page_are_invented() -> None:
    tokens = tuple(
        Token(word, line="p0001.l1", page="p0001", box=Box(100 + 100 * i, 50, 100 + 100 * i + 90, 80))
        for i, word in enumerate(PROSE[:12])
    )
    scan = Witness("scan", "scan", "", (Block("body", tokens),))
    made = columns([scan, witness("b", [*PROSE[:6], "sudden", "nonsense", *PROSE[6:12]])], ["en"])
    assert text_of(made) == " ".join(PROSE[:12])
    assert [column.kind for column in made if not column.text] == ["invented", "invented"]


def test_another_book_is_refused_with_the_overlap() -> None:
    rng = random.Random(1)
    other = ["".join(rng.choices("bcdfghjklm", k=7)) for _ in range(200)]
    with pytest.raises(WitnessMismatch, match="only 0%"):
        columns([witness("a", PROSE * 3), witness("b", other)], [], minimum_overlap=0.2)


def test_three_witnesses_are_collated_by_the_same_code() -> None:
    one, two, three = list(PROSE), list(PROSE), list(PROSE)
    one[3], two[10], three[15] = "ear1y", "haa", "rowcd"
    made = columns([witness("a", one), witness("b", two), witness("c", three)], ["en"])
    assert text_of(made) == " ".join(PROSE)


def test_a_few_pages_of_a_whole_book_are_no_other_book() -> None:
    rng = random.Random(2)
    book = [*["".join(rng.choices("bcdfghjklm", k=7)) for _ in range(2000)], *PROSE]
    made = columns([witness("a", PROSE), witness("b", book)], [], minimum_overlap=0.5)
    assert text_of(made).endswith(" ".join(PROSE))


def test_a_sign_that_only_one_witness_sets_apart_is_not_lost() -> None:
    typed = "Le port gela ; les pilotes rirent ? Oui : ils disaient « assez ». Le soir ils dansaient ; et nous aussi."
    read = re.sub(r" ([;?:»])", r"\1", typed)
    scan, text = read.split(), typed.split()
    made = text_of(columns([replace(witness("scan", scan, 0.95), medium="scan"), witness("text", text)], ["fr"]))
    assert made == typed
    english = [replace(witness("scan", scan, 0.95), medium="scan"), witness("text", text)]
    assert text_of(columns(english, ["en"])).replace(" »", "»") == read


def test_an_initial_behind_the_number_of_a_note_is_no_piece_of_it() -> None:
    scan = [Token("3", "label"), Token("B.", glued=True), *(Token(word) for word in PROSE[:12])]
    text = [Token("3B."), *(Token(word) for word in PROSE[:12])]
    made = columns(
        [
            Witness("scan", "scan", "", (Block("footnote", tuple(scan)),)),
            Witness("text", "text", "", (Block("footnote", tuple(text)),)),
        ],
        ["en"],
    )
    assert text_of(made).startswith("3 B. The harbour")


def test_cyrillic_that_the_scan_shows_in_latin_letters_meets_the_text() -> None:
    scan = ["ему", "приходится", "вставать", "на", "HOCKH.", "Потом", "он", "ушёл."]
    text = ["ему", "приходится", "вставать", "на", "носки.", "Потом", "он", "ушёл."]
    made = columns([replace(witness("scan", scan, 0.85), medium="scan"), witness("text", text)], ["fr", "ru"])
    assert text_of(made) == " ".join(text)
