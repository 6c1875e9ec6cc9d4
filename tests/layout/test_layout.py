"""Lines and zones of typed pages whose words and boxes are known."""

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.layout import Marks, Sheet, compose, draw
from pipeline.layout.foot import label
from pipeline.layout.furniture import page_number
from pipeline.layout.measures import measure
from pipeline.layout.rows import rows
from pipeline.layout.signs import ends_sentence
from pipeline.model import Box, Page, Word

COLUMN, X_HEIGHT, LEFT, COLUMNS = 29, 26, 450, 62
WIDTH, HEIGHT = 2550, 3300
Lines = list[list[Word]]

PROSE = """
The harbour lay empty through the winter and the cranes stood idle over the quay while the owners argued with
the town about dues that nobody had paid since the great storm. In the spring the first boats came back, and
with them came the clerks, the tally men and the widows who let rooms to sailors. Nothing had been settled, but
everyone behaved as though it had, and the bank lent money again on the strength of cargoes still at sea.
""".split()  # noqa: SIM905


def word(text: str, column: float, baseline: float, slope: float = 0.0, raised: bool = False) -> Word:
    """A typed word; `column` counts characters from the left margin."""
    left = LEFT + column * COLUMN
    step = 0.6 * COLUMN if raised else COLUMN
    foot = baseline + slope * (left - WIDTH / 2)
    if raised:
        foot, top = foot - 24, foot - 46
    else:
        top = foot - (34 if re.search(r"[A-Zbdfhiklt0-9\"'()\[\]*?!/]", text) else X_HEIGHT)
        foot += 9 if re.search(r"[gjpqy,;()\[\]/]", text) else 0
    return Word(text, Box(round(left + 2), round(top), round(left + step * len(text) - 2), round(foot)), 0.95, raised)


def line(text: str, baseline: float, indent: float = 0, width: int | None = None, slope: float = 0.0) -> list[Word]:
    """A typed line; a word written ^12 is raised and touches the word before it. width: justified to that column."""
    texts = text.split()
    gaps = max(1, sum(1 for t in texts[1:] if not t.startswith("^")))
    spare = 0.0 if width is None else max(0.0, (width - indent - len(text.replace(" ^", "^"))) / gaps)
    column, words = indent, []
    for at, each in enumerate(texts):
        if each.startswith("^"):
            words.append(word(each[1:], column, baseline, slope, raised=True))
            column += 0.6 * (len(each) - 1)
            continue
        if at and not (texts[at - 1].startswith("^") and at == 1):
            column += 1 + spare
        words.append(word(each, column, baseline, slope))
        column += len(each)
    return words


def filled(words: Sequence[str], columns: int) -> list[str]:
    """Words broken into lines of at most so many characters."""
    lines = [""]
    for each in words:
        if lines[-1] and len(lines[-1]) + 1 + len(each) > columns:
            lines.append("")
        lines[-1] = f"{lines[-1]} {each}".strip()
    return lines


class Typist:
    """Types blocks down a page."""

    def __init__(self, leading: float = 84, top: float = 400) -> None:
        self.leading, self.at = leading, top
        self.lines: Lines = []
        self.rules: list[Box] = []

    def type(self, text: str, indent: float = 0, step: float = 1.0, justify: bool = False) -> None:
        self.lines.append(line(text, self.at, indent, COLUMNS if justify else None))
        self.at += step * self.leading

    def paragraph(self, words: Sequence[str] = PROSE, first: int = 5, rest: int = 0, step: float = 1.0) -> None:
        pieces = filled(["x" * first, *words] if first else words, COLUMNS - rest)
        for at, piece in enumerate(pieces):
            text = piece[first:].strip() if at == 0 else piece
            self.lines.append(line(text, self.at, first + rest if at == 0 else rest, None))
            self.at += step * self.leading

    def block(self, words: Sequence[str], indent: int, columns: int, step: float) -> None:
        for piece in filled(words, columns):
            self.lines.append(line(piece, self.at, indent, indent + columns))
            self.at += step * self.leading

    def space(self, leadings: float) -> None:
        self.at += leadings * self.leading

    def rule(self) -> None:
        self.rules.append(Box(LEFT, int(self.at) - 70, LEFT + 20 * COLUMN, int(self.at) - 66))

    def page(self, number: int = 1) -> Sheet:
        page = Page(f"p{number:04d}", number, f"p{number}.png", f"pages/p{number:04d}.png", WIDTH, HEIGHT, "0" * 64)
        return Sheet(page, self.lines, Marks(self.rules))


def described(page: Page) -> list[tuple[str, bool, str]]:
    kinds = {zone.id: zone.kind for zone in page.zones}
    return [(kinds[each.zone], each.opens, " ".join(w.text for w in each.words)) for each in page.lines]


def kinds_of(page: Page) -> list[str]:
    return [zone.kind for zone in page.zones]


def one(typist: Typist) -> Page:
    return next(iter(compose([typist.page()])))


letters = st.text(alphabet="aceghilmnoprstvxyABDRS", min_size=1, max_size=9)
typed_line = st.lists(letters.filter(lambda t: not re.fullmatch("[xX]+", t)), min_size=3, max_size=8)


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(typed_line, min_size=2, max_size=12),
    leading=st.integers(46, 110),
    slope=st.floats(-0.004, 0.004),
    seed=st.integers(0, 1000),
)
def test_lines_are_rebuilt_from_shuffled_pieces(texts: list[list[str]], leading: int, slope: float, seed: int) -> None:
    rng = random.Random(seed)
    pieces: Lines = []
    for at, text in enumerate(texts):
        whole = line(" ".join(text), 400 + at * leading, width=COLUMNS, slope=slope)
        cut = rng.randint(0, len(whole))
        pieces += [piece for piece in (whole[:cut], whole[cut:]) if piece]
    expected = [" ".join(text) for text in texts]
    rng.shuffle(pieces)
    found = rows(pieces, WIDTH)
    # Fewer than three long lines cannot tell the slope of the page.
    if len(texts) >= 4 or abs(slope) < 0.002:
        assert [row.text for row in found] == expected
    assert Counter(w for row in found for w in row.words) == Counter(w for piece in pieces for w in piece)


boxes = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h),
    st.integers(0, 2000), st.integers(0, 3000), st.integers(1, 500), st.integers(1, 120),
)  # fmt: skip
any_word = st.builds(
    Word,
    st.text(alphabet="abcXYZ0129.,-*\"'()éщ—|", min_size=1, max_size=8),
    boxes,
    st.floats(0, 1),
    st.booleans(),
    st.booleans(),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.lists(any_word, max_size=8), max_size=25), st.lists(boxes, max_size=3))
def test_every_word_stands_in_exactly_one_line(lines: Lines, rules: list[Box]) -> None:
    page = Page("p0001", 1, "a.png", "pages/p0001.png", WIDTH, HEIGHT, "0" * 64)
    made = next(iter(compose([Sheet(page, lines, Marks(rules))])))

    def places(words: Sequence[Word]) -> Counter[tuple[str, Box]]:
        return Counter((w.text, w.box) for w in words)

    assert places([w for each in made.lines for w in each.words]) == places([w for each in lines for w in each])
    assert {each.zone for each in made.lines} == {zone.id for zone in made.zones}
    assert len({each.id for each in made.lines}) == len(made.lines)
    for each in made.lines:
        assert [w.box.left for w in each.words] == sorted(w.box.left for w in each.words)


def test_wide_gaps_do_not_part_a_line_and_words_of_another_leave_it() -> None:
    top = line("wide open spaces", 400, width=COLUMNS)
    low = line("lie between these", 484, width=COLUMNS)
    more = [line(text, 484 + 84 * at) for at, text in enumerate(("some more text here", "and more again there"), 1)]
    found = rows([[top[0]], [top[1], low[2]], [top[2]], low[:2], *more], WIDTH)
    assert [row.text for row in found[:2]] == ["wide open spaces", "lie between these"]


def test_columns_are_read_one_after_the_other() -> None:
    left = filled(PROSE, 28)
    right = filled([*reversed(PROSE)], 28)
    lines = [line("A HEAD THAT RUNS ACROSS BOTH OF THE COLUMNS", 300, 10)]
    for at, (a, b) in enumerate(zip(left, right, strict=False)):
        lines.append(line(a, 400 + 60 * at) + line(b, 400 + 60 * at, 34))
    texts = [row.text for row in rows(lines, WIDTH)]
    count = min(len(left), len(right))
    assert texts == ["A HEAD THAT RUNS ACROSS BOTH OF THE COLUMNS", *left[:count], *right[:count]]


def test_raised_digits_join_the_line_below_them() -> None:
    typist = Typist()
    typist.paragraph()
    end = (typist.lines[1][-1].box.right - LEFT) / COLUMN
    typist.lines[1].append(word("12", end, 484, raised=True))
    words = typist.lines[1]
    typist.lines[1:2] = [words[:-1], [words[-1]]]
    second = next(each for each in one(typist).lines if each.words[-1].text == "12")
    assert second.words[-1].raised
    assert [w.text for w in second.words[:-1]] == [w.text for w in words[:-1]]


def test_measures_are_those_of_the_running_text() -> None:
    typist = Typist(leading=80)
    typist.paragraph()
    typist.block(PROSE[:30], 10, 45, 0.6)
    typist.paragraph(PROSE, first=0)
    page = measure(rows(typist.lines, WIDTH))
    assert page.pitch == pytest.approx(80, abs=1)
    assert page.left == pytest.approx(LEFT, abs=5)
    assert page.right == pytest.approx(LEFT + COLUMNS * COLUMN, abs=6 * COLUMN)
    assert page.x_height == pytest.approx(X_HEIGHT, abs=3)


def test_a_page_of_body_quotation_and_notes() -> None:
    typist = Typist(leading=76)
    typist.lines.append(line("143", 220, 58))
    typist.paragraph(PROSE[5:], first=0)
    typist.paragraph()
    typist.block(['"It', "was", "cold", *PROSE[:40]], 10, 47, 0.6)
    typist.space(0.45)
    typist.type("and so the matter rested for many years.")
    typist.paragraph()
    typist.space(0.6)
    typist.rule()
    typist.type("but the second part is lost.", step=0.55)
    typist.space(0.3)
    typist.type("^12 Harbour Board, Minutes, 4 May 1921, of which the first part", 3, 0.55)
    typist.type("is kept in the town's archive.", 0, 0.55)
    typist.space(0.3)
    typist.type("^13 Ibid., p. 7.", 3, 0.55)
    page = one(typist)
    assert page.label == "143"
    assert kinds_of(page) == ["pageNumber", "body", "quotation", "body", "footnote"]
    opened = [text for kind, opens, text in described(page) if opens and kind != "pageNumber"]
    assert [text.split()[0] for text in opened] == ["The", '"It', "The", "12", "13"]


def test_the_last_line_of_a_quotation_set_unevenly_stays_in_it() -> None:
    typist = Typist(leading=84)
    typist.paragraph(first=0)
    typist.block(PROSE[:40], 10, 47, 0.6)
    typist.type("a last line that ends in the middle, alas.", 10, 0.6)  # as centred as a heading
    for at, uneven in ((-2, -10), (-1, 4)):  # pixels by which their baselines are off
        typist.lines[at] = [
            replace(w, box=Box(w.box.left, w.box.top + uneven, w.box.right, w.box.bottom + uneven))
            for w in typist.lines[at]
        ]
    typist.space(0.45)
    typist.type("and so the matter rested for many years, until it was forgotten")
    typist.paragraph(first=0)
    assert [text[:6] for kind, _, text in described(one(typist)) if kind == "quotation"][-1] == "a last"


@pytest.mark.parametrize("mark", ["^12", "12", "(1)", "*", "X"])
def test_notes_without_a_rule(mark: str) -> None:
    typist = Typist(leading=80)
    typist.paragraph([*PROSE[:20], f"town.{mark.lstrip('^')}" if mark != "X" else "X", *PROSE[20:]])
    typist.paragraph()
    typist.space(0.8)
    typist.type(f"{mark} See the letter of the harbour master to his brother in", 3, 0.5)
    typist.type("Rotterdam, which was never answered.", 0, 0.5)
    page = one(typist)
    assert kinds_of(page) == ["body", "footnote"]
    assert [opens for kind, opens, _ in described(page) if kind == "footnote"] == [True, False]


def test_a_rule_low_on_the_page_parts_notes_of_the_same_size() -> None:
    typist = Typist(leading=60)
    for _ in range(4):
        typist.paragraph()
    typist.space(0.6)
    typist.rule()
    typist.type("1 The same type and leading as above.", 3)
    assert kinds_of(one(typist)) == ["body", "footnote"]


def test_a_note_that_goes_on_does_not_open() -> None:
    typist = Typist()
    typist.paragraph()
    typist.space(0.6)
    typist.rule()
    typist.type("^65 (...continued) by the whole committee, in", 3, 0.55)
    typist.type("a letter of the same day.", 0, 0.55)
    typist.space(0.3)
    typist.type("^66 Ibid.", 3, 0.55)
    assert [opens for kind, opens, _ in described(one(typist)) if kind == "footnote"] == [False, False, True]


@pytest.mark.parametrize(
    ("text", "indent"),
    [("4.5 Ships and their owners", 0), ("THE OLD QUAY", 25), ("Chapter the Third", 22), ("IV.", 29)],
)
def test_headings(text: str, indent: int) -> None:
    typist = Typist()
    typist.paragraph()
    typist.space(0.6)
    typist.type(text, indent, step=1.7)
    typist.paragraph(first=0)
    page = one(typist)
    assert kinds_of(page) == ["body", "heading", "body"]
    assert [opens for _, opens, _ in described(page)].count(True) == 3


def test_a_heading_of_two_lines_opens_once_and_its_section_opens_flush() -> None:
    typist = Typist()
    typist.paragraph()
    typist.type("4.5 Build and build and build again: the harbour master's view", 0, 1.2)
    typist.type("of the first five years", 4, 1.65)
    typist.paragraph()
    page = one(typist)
    assert [opens for kind, opens, _ in described(page) if kind == "heading"] == [True, False]


def test_a_plain_heading_of_two_lines_at_the_head_of_a_page() -> None:
    typist = Typist()
    typist.type("The pilots of the northern harbour and their place in the town", 0, 1.2)
    typist.type("after the great storm", 4, 1.2)
    typist.space(0.45)
    for _ in range(3):
        typist.paragraph()
    assert kinds_of(one(typist)) == ["heading", "body"]


def test_the_end_of_a_paragraph_at_the_head_of_a_page_is_no_heading() -> None:
    typist = Typist()
    typist.type("The pilots of the northern harbour and their fellows, who wrote", 0)
    typist.type("to the bank", 0)
    for _ in range(3):
        typist.paragraph()
    assert kinds_of(one(typist)) == ["body"]


def test_a_lettered_heading_close_under_a_paragraph() -> None:
    typist = Typist(leading=92)
    typist.paragraph()
    typist.type("A. Letters of the harbour master, his clerks, and their kin,", 0, 1.2)
    typist.type("written before the storm", 4, 1.2)
    typist.space(0.45)
    hung(typist, ["1.", "2.", "3."])
    assert kinds_of(one(typist)) == ["body", "heading", "list"]


def test_a_short_last_line_is_no_heading() -> None:
    typist = Typist()
    typist.paragraph([*PROSE, "at", "sea"])
    typist.space(0.5)
    typist.paragraph()
    assert kinds_of(one(typist)) == ["body"]


def test_paragraphs_parted_by_space_alone() -> None:
    typist = Typist(leading=60)
    for _ in range(3):
        typist.paragraph(first=0)
        typist.space(1)
    starts = [text.split()[0] for _, opens, text in described(one(typist)) if opens]
    assert starts == ["The", "The"]


def test_verse_lines_open_and_prose_quotations_do_not() -> None:
    typist = Typist(leading=80)
    typist.paragraph()
    for text in (
        "The gulls are gone, the nets are dry,",
        "And no one mends the boats;",
        "The tide",
        "Comes home alone.",
    ):
        typist.type(text, 12, 0.6)
    typist.space(0.5)
    typist.paragraph()
    page = one(typist)
    assert kinds_of(page) == ["body", "verse", "body"]
    assert [opens for kind, opens, _ in described(page) if kind == "verse"] == [True] * 4


def test_a_stanza_of_equally_long_lines_is_verse() -> None:
    typist = Typist(leading=80)
    typist.paragraph()
    for text in (
        "You ask me what the harbour earns",
        "Where only gulls have land:",
        "The harbour, Sirs, by turns",
        "Earns salt.",
    ):
        typist.type(text, 12, 0.6)
    typist.space(0.5)
    typist.paragraph()
    assert kinds_of(one(typist)) == ["body", "verse", "body"]


@pytest.mark.parametrize(("text", "indent"), [("2. The Second Winter", 0), ("2. The Second Winter", 21)])
def test_a_numbered_heading_close_under_a_finished_paragraph(text: str, indent: int) -> None:
    typist = Typist()
    typist.paragraph([*PROSE, "at", "last."])
    typist.space(0.1)
    typist.type(text, indent, step=1.4)
    typist.paragraph()
    assert kinds_of(one(typist)) == ["body", "heading", "body"]


def test_lists_and_separators() -> None:
    typist = Typist()
    typist.paragraph()
    for text in ("1) rope, new;", "2) tar, two barrels;", "3) canvas."):
        typist.type(text, 5)
    typist.type("* * *", 28, 1.4)
    typist.paragraph()
    assert kinds_of(one(typist)) == ["body", "list", "separator", "body"]


def test_entries_with_hanging_indent() -> None:
    typist = Typist(leading=60)
    for name in ("Aalto", "Berg", "Costa", "Dahl"):
        pieces = filled([f"{name},", "Henrik,", *PROSE[:16]], COLUMNS - 5)
        for at, piece in enumerate(pieces):
            typist.lines.append(line(piece, typist.at, 5 if at else 0, None if at == len(pieces) - 1 else COLUMNS))
            typist.at += typist.leading
        typist.space(0.4)
    page = one(typist)
    assert kinds_of(page) == ["bibliography"]
    assert [text.split()[0] for _, opens, text in described(page) if opens] == ["Aalto,", "Berg,", "Costa,", "Dahl,"]


def hung(typist: Typist, items: Sequence[str], step: float = 0.6) -> None:
    """Entries of several lines, the first of them at the margin."""
    for item in items:
        words = f"{item} {' '.join(PROSE[:23])}".split()
        first = filled(words, COLUMNS)[0]
        typist.type(first, 0, step)
        for piece in filled(words[len(first.split()) :], COLUMNS - 5):
            typist.type(piece, 5, step)
        typist.space(0.45)


def test_numbered_entries_under_a_paragraph_are_no_notes() -> None:
    typist = Typist(leading=92)
    typist.paragraph()
    typist.space(0.6)
    hung(typist, ["1.", "2.", "3."])
    page = one(typist)
    assert kinds_of(page) == ["body", "list"]
    assert [text[:2] for kind, opens, text in described(page) if opens and kind == "list"] == ["1.", "2.", "3."]


@pytest.mark.parametrize("wrong", ["si a", "p B", "2s."])
def test_entries_are_told_where_their_numbers_were_misread(wrong: str) -> None:
    typist = Typist(leading=92)
    typist.type("which ends here, 1923.", 5, 0.6)  # of an entry that began on the page before
    typist.space(0.45)
    hung(typist, ["8.", "9.", wrong, "11."])
    page = one(typist)
    assert kinds_of(page) == ["list"]
    assert [text[:2] for _, opens, text in described(page) if opens] == ["8.", "9.", wrong[:2], "11"]


def test_an_entry_alone_between_misread_lines() -> None:
    typist = Typist(leading=92)
    hung(typist, ["18."])
    typist.type("le port du nord et ses pilotes, which nobody could read again", 3, 0.6)
    typist.type("the storm, 1938.", 5, 1.05)
    hung(typist, ["20.", "21.", "22."])
    assert kinds_of(one(typist)) == ["list", "body", "list"]


def test_quotations_between_full_lines_are_no_entries() -> None:
    typist = Typist(leading=84)
    for _ in range(3):
        typist.paragraph(PROSE[:40])
        typist.type("And so the harbour master wrote in the spring of that same year", 0)
        typist.block(PROSE[:30], 10, 47, 0.6)
        typist.space(0.4)
    typist.paragraph()
    assert kinds_of(one(typist)) == ["body", "quotation"] * 3 + ["body"]


def test_contents_and_title_page() -> None:
    contents = Typist()
    contents.type("CONTENTS", 27, 2)
    for at, name in enumerate(("On the quay", "The strike", "A winter without ships", "The letters"), 1):
        text = f"1.{at} {name} ".ljust(58, ".") + f" {at * 7:3d}"
        contents.lines.append(line(text, contents.at, width=COLUMNS))
        contents.at += 84
    title = Typist(leading=90, top=900)
    for each in ("LETTERS FROM THE HARBOUR", "A History", "by", "Johanna Vries-Halloran", "1931"):
        title.type(each, (COLUMNS - len(each)) / 2, 2)
    body = Typist()
    for _ in range(4):
        body.paragraph()
    pages = list(compose([title.page(1), contents.page(2), body.page(3)]))
    assert kinds_of(pages[0]) == ["titlePage"]
    assert kinds_of(pages[1]) == ["heading", "contents"]
    assert all(opens for kind, opens, _ in described(pages[1]) if kind == "contents")
    assert kinds_of(pages[2]) == ["body"]


def test_running_heads_page_numbers_and_catchwords() -> None:
    sheets = []
    for number in (7, 8):
        typist = Typist(leading=70)
        typist.lines.append(line("LETTERS FROM THE HARBOUR", 250, 19))
        typist.at = 400
        for _ in range(4):
            typist.paragraph()
        if number == 7:
            typist.lines.append(line("The", 2900, 58))
        typist.lines.append(line(f"- {number} -", 3100, 28))
        sheets.append(typist.page(number))
    first, second = compose(sheets)
    assert [first.label, second.label] == ["7", "8"]
    assert kinds_of(second) == ["runningHead", "body", "pageNumber"]
    beside = Typist(leading=70)
    beside.lines.append(line("74", 250, 0) + line("HARBOUR TALES", 250, 24))
    for _ in range(5):
        beside.paragraph()
    page = one(beside)
    assert page.label == "74"
    assert kinds_of(page) == ["pageNumber", "runningHead", "body"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", "12"), ("- 12 -", "12"), ("[xiv]", "xiv"), ("(3)", "3"), ("12 May", None), ("mild", None), ("1921", None)],
)
def test_page_numbers(text: str, number: str | None) -> None:
    assert page_number(text) == number


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("^12 Serge", "12"), ("12 See", "12"), ("12. See", "12"), ("(1) See", "1"), ("12See p. 4", "12"),
        ("X See", "X"), ("** See", "**"), ("a) See", "a"), ("1921 was", None), ("A letter", None), ("Ibid., 12", None),
    ],
)  # fmt: skip
def test_labels(text: str, mark: str | None) -> None:
    assert label(rows([line(text, 400)], WIDTH)[0]) == mark


def test_underlines_of_the_image_mark_their_words() -> None:
    typist = Typist()
    typist.paragraph()
    box = typist.lines[1][2].box
    sheet = typist.page()
    marked = Sheet(sheet.page, sheet.lines, Marks([], [Box(box.left, box.bottom + 3, box.right, box.bottom + 7)]))
    page = next(iter(compose([marked])))
    assert [w.box for each in page.lines for w in each.words if w.underlined] == [box]


def test_where_an_underline_ends() -> None:
    """Of `Quay News, The Pilot, and` each title has its line: one ends before the comma, one after the last letter."""
    typist = Typist()
    for _ in range(3):
        typist.paragraph()
    row = typist.lines[4]
    a, b, c, d = row[1:5]
    advance = b.box.width / len(b.text)
    lines = [
        Box(a.box.left, a.box.bottom + 3, b.box.right - round(advance), a.box.bottom + 7),
        Box(c.box.left, a.box.bottom + 3, c.box.right, a.box.bottom + 7),
        Box(d.box.left, a.box.bottom + 3, d.box.right, a.box.bottom + 7),
    ]
    sheet = typist.page()
    (page,) = compose([Sheet(sheet.page, sheet.lines, Marks([], lines))])
    marked = [w for each in page.lines for w in each.words if w.underlined]
    assert [w.box for w in marked] == [a.box, b.box, c.box, d.box]
    assert [w.overhang for w in marked] == [None, 1, 0, 0]


def test_an_underline_belongs_to_the_line_above_it_even_if_the_next_is_nearer_to_its_words() -> None:
    typist = Typist(leading=40)
    for _ in range(4):
        typist.paragraph()
    word = typist.lines[3][2]
    sheet = typist.page()
    line = Box(word.box.left, word.box.bottom + 4, word.box.right, word.box.bottom + 8)
    (page,) = compose([Sheet(sheet.page, sheet.lines, Marks([], [line]))])
    assert [w.box for each in page.lines for w in each.words if w.underlined] == [word.box]


def test_an_empty_page_has_no_zones() -> None:
    page = one(Typist())
    assert page.zones == () and page.lines == () and page.label is None


def test_the_drawing_is_as_wide_as_the_image_it_is_given() -> None:
    typist = Typist()
    typist.paragraph()
    page = one(typist)
    blank = Image.new("L", (WIDTH // 3, HEIGHT // 3), 255)
    drawn = draw(page, blank)
    assert drawn.width == blank.width and drawn.height > blank.height
    left, top = page.lines[0].box.left // 3, page.lines[0].box.top // 3
    assert drawn.getpixel((left, top)) != (255, 255, 255)
    assert draw(page, blank).tobytes() == drawn.tobytes()


@pytest.mark.parametrize(("text", "ends"), [("la nuit. »", True), ('the night."12', True), ("la nuit »", False)])
def test_a_sentence_ends_also_before_a_spaced_mark(text: str, ends: bool) -> None:
    assert ends_sentence(text) is ends
