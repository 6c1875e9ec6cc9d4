"""The scans as a witness: blocks in page order, note marks, divided words."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Block, Box, Line, Page, Token, Word, Zone, ZoneKind
from pipeline.witness.scan import scan_witness

Row = tuple[ZoneKind, bool, str]


def typed(text: str, top: int) -> tuple[Word, ...]:
    """Words of twenty pixels a character; "^12" is raised, and "~" before a word says that it touches the last one."""
    words: list[Word] = []
    left = 100
    for each in text.split():
        bare = each.lstrip("~^_")
        wide = (12 if "^" in each else 20) * len(bare)
        left += 0 if not words or "~" in each else 20
        box = Box(left, top - (20 if "^" in each else 0), left + wide, top + 30)
        words.append(Word(bare, box, 0.9, "^" in each, "_" in each))
        left += wide
    return tuple(words)


def page(number: int, *rows: Row) -> Page:
    name = f"p{number:04d}"
    zones: list[Zone] = []
    lines: list[Line] = []
    for at, (kind, opens, text) in enumerate(rows, 1):
        words = typed(text, 100 * at)
        box = Box(0, 100 * at, 1000, 100 * at + 30)
        if not zones or zones[-1].kind != kind:
            zones.append(Zone(f"{name}.z{len(zones) + 1}", kind, box))
        lines.append(Line(f"{name}.l{at}", zones[-1].id, box, words, opens))
    image = f"pages/{name}.png"
    return Page(name, number, f"{name}.png", image, 1000, 3000, "0" * 64, zones=tuple(zones), lines=tuple(lines))


def texts(block: Block) -> str:
    signs = {"word": "", "reference": "^", "label": "@"}
    return " ".join(f"{'~' if t.glued else ''}{signs[t.kind]}{t.text}" for t in block.tokens)


def found(block: Block) -> tuple[ZoneKind, bool, str]:
    return block.kind, block.continues, texts(block)


def test_blocks_stand_in_page_order_and_go_on_over_the_page() -> None:
    witness = scan_witness(
        [
            page(
                1,
                ("pageNumber", True, "7"),
                ("body", True, "The quay lay"),
                ("body", False, "empty."),
                ("body", True, "Nobody came"),
                ("footnote", True, "^1 ~Minutes, and"),
                ("pageNumber", True, "7"),
            ),
            page(
                2,
                ("body", False, "at all."),
                ("quotation", True, "No money."),
                ("body", False, "he wrote."),
                ("footnote", False, "what they left."),
                ("footnote", True, "^2 ~Ibid."),
            ),
        ]
    )
    assert [found(block) for block in witness.blocks] == [
        ("pageNumber", False, "7"),
        ("body", False, "The quay lay empty."),
        ("body", False, "Nobody came"),
        ("footnote", False, "@1 ~Minutes, and"),
        ("pageNumber", False, "7"),
        ("body", True, "at all."),
        ("quotation", False, "No money."),
        ("body", True, "he wrote."),
        ("footnote", True, "what they left."),
        ("footnote", False, "@2 ~Ibid."),
    ]
    assert (witness.id, witness.medium) == ("scan", "scan")
    assert witness.blocks[5].page == "p0002"


def test_raised_marks_in_running_text_are_references() -> None:
    witness = scan_witness([page(1, ("body", True, "quay ~^62 ~. Then ~^* the 4 ~^th of ~^(3) ~^12. ~May"))])
    assert texts(witness.blocks[0]) == "quay ~^62 ~. Then ~^* the 4 ~th of ~^3 ~^12 ~. ~May"


def test_digits_read_together_with_a_closing_mark_are_references() -> None:
    witness = scan_witness([page(1, ("body", True, 'without a timetable."4 Ingrid left in 1924.76 of p.40'))])
    assert texts(witness.blocks[0]) == 'without a timetable." ~^4 Ingrid left in 1924.76 of p.40'


def test_a_stop_read_as_a_word_goes_back_to_its_word() -> None:
    witness = scan_witness([page(1, ("body", True, "the quay ~. Nobody came"))])
    assert texts(witness.blocks[0]) == "the quay. Nobody came"


def test_a_reference_within_a_note_stays_one_and_only_the_first_is_its_label() -> None:
    witness = scan_witness([page(1, ("footnote", True, "^7 ~See ~^8 below"))])
    assert texts(witness.blocks[0]) == "@7 ~See ~^8 below"


def test_plain_labels_of_notes() -> None:
    notes = [
        "12 Minutes.",
        "13. Ibid.",
        "(14) Ibid.",
        "15Ibid., p. 4",
        "3 of the ships",
        "* See",
        "X Compare",
        "a) See",
    ]
    witness = scan_witness([page(1, *[("footnote", True, note) for note in notes])])
    assert [texts(block) for block in witness.blocks] == [
        "@12 Minutes.", "@13 Ibid.", "@14 Ibid.", "@15 ~Ibid., p. 4", "3 of the ships",
        "@* See", "@X Compare", "@a See",
    ]  # fmt: skip


def test_numbers_and_marks_at_the_start_of_other_blocks_are_words() -> None:
    witness = scan_witness([page(1, ("body", True, "12 ships"), ("list", True, "* rope"))])
    assert {token.kind for token in witness.tokens()} == {"word"}


def test_words_divided_at_line_and_page_ends_are_one_token() -> None:
    witness = scan_witness(
        [
            page(1, ("body", True, "the har-"), ("body", False, "bour and self-"), ("footnote", True, "^1 ~See pub-")),
            page(2, ("body", False, "made men"), ("footnote", False, "lished."), ("footnote", True, "^2 ~Ibid.")),
        ]
    )
    assert [texts(block) for block in witness.blocks] == [
        "the har-bour and self-made", "@1 ~See pub-lished.", "men", "@2 ~Ibid.",
    ]  # fmt: skip
    parts = {t.text: t.divided for t in witness.tokens() if t.divided}
    assert parts == {"har-bour": (4, "p0001.l2"), "self-made": (5, "p0002.l1"), "pub-lished.": (4, "p0002.l2")}


def test_what_is_no_divided_word() -> None:
    rows: list[Row] = [
        ("body", True, "the war --"), ("body", False, "he said Social-"), ("body", False, "Democrats of 1914-"),
        ("body", False, "and pre-"), ("body", True, "lude"), ("body", False, "a co-owner"),
    ]  # fmt: skip
    witness = scan_witness([page(1, *rows)])
    assert not any(token.divided for token in witness.tokens())


def test_tokens_keep_what_the_page_says_of_them() -> None:
    (token, other) = scan_witness([page(3, ("body", True, "_Memoirs here"))]).tokens()
    assert token == Token("Memoirs", "word", False, "p0003.l1", "p0003", 0.9, True, None, Box(100, 100, 240, 130))
    assert not other.underlined


def test_a_stanza_is_one_block() -> None:
    rows: list[Row] = [("verse", True, "The gulls are gone"), ("verse", True, "And dry the nets")]
    whole = page(1, *rows, *rows)
    shifted = [
        Line(each.id, each.zone, Box(0, each.box.top + 200 * (at > 1), 9, each.box.bottom + 200 * (at > 1)), each.words)
        for at, each in enumerate(whole.lines)
    ]
    stanzas = Page("p0001", 1, "a", "a", 9, 9, "0", zones=whole.zones, lines=tuple(shifted))
    assert [texts(block) for block in scan_witness([stanzas]).blocks] == ["The gulls are gone And dry the nets"] * 2


def test_a_page_without_words_is_said() -> None:
    witness = scan_witness([page(1, ("body", True, "Here.")), page(2)])
    assert witness.notices == ("p0002: no words were recognised on this page",)
    assert scan_witness([]).blocks == ()


kinds = st.sampled_from(["body", "footnote", "quotation", "heading", "pageNumber", "verse", "list"])
written = st.lists(
    st.sampled_from(["the", "Har-", "bour", "^12", "~^3", "4", "--", "*", "X", "12See", "~.", "(a)"]), min_size=1
).map(" ".join)
rows_of_a_page = st.lists(st.tuples(kinds, st.booleans(), written), max_size=8)


@given(st.lists(rows_of_a_page, max_size=4))
def test_no_letter_is_lost_or_invented(pages: list[list[Row]]) -> None:
    made = [page(number, *rows) for number, rows in enumerate(pages, 1)]
    witness = scan_witness(made)

    def signs(words: list[str]) -> Counter[str]:
        return Counter(char for word in words for char in word if char not in "().,")

    shown = [word.text for each in made for line in each.lines for word in line.words]
    assert signs([token.text for token in witness.tokens()]) == signs(shown)
