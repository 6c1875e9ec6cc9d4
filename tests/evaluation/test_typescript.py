"""The typescript maker: what gold says is typed, within the margins, the same every time, and legible."""

from collections import Counter
from pathlib import Path

import cv2
import numpy as np
import pytesseract
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from rapidfuzz.distance import Levenshtein

from pipeline.errors import BadInput
from pipeline.evaluation.reader import read
from pipeline.evaluation.tei import text_of
from pipeline.evaluation.typescript import Look, draw
from pipeline.evaluation.typescript.flow import Block, Glyph, pages
from pipeline.evaluation.typescript.setting import LEFT, RIGHT, lines, width

QUAY = Path(__file__).with_name("quay.xml")
CLEAN = Look(skew=0, blur=0, ribbon=0, noise=0, specks=0)
NS = "http://www.tei-c.org/ns/1.0"


def gold_of(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "gold.xml"
    path.write_text(f'<TEI xmlns="{NS}"><text><body>{body}</body></text></TEI>', encoding="utf-8")
    return path


def typed(path: Path) -> list[list[str]]:
    """The lines of every page as they are set, body then notes."""
    return [[line.text for block in [*page.blocks, *page.notes] for line in lines(block, 62)] for page in pages(path)]


def test_pages_are_those_of_the_page_breaks() -> None:
    assert [page.label for page in pages(QUAY)] == ["[i]", "ii", "3", "4", "5"]


def test_everything_said_is_typed_once() -> None:
    said = read(text_of(QUAY))
    expected = Counter("".join([said.text, *(note.text for note in said.notes)]).replace(" ", ""))
    found = Counter(
        glyph.char
        for page in pages(QUAY)
        for block in [*page.blocks, *page.notes]
        for glyph in [*block.glyphs, *map(Glyph, block.target)]
        if not glyph.raised and glyph.char not in " \n" and block.kind != "separator"
    )
    assert found == expected


def test_a_note_that_runs_over_says_so_on_both_pages() -> None:
    third, fourth = typed(QUAY)[2:4]
    assert third[-2] == "(continued...)"
    assert third[-1].startswith("2Ibid.")
    assert fourth[-2:] == ["1(...continued)", "and from nobody else."]


def test_contents_lead_to_the_right_margin() -> None:
    entries = typed(QUAY)[1][1:]
    assert [entry.split()[-1] for entry in entries] == ["3", "came", "14"]
    widest = [len(entry) for entry in entries if "..." in entry]
    assert widest[0] == 62


def test_both_forms_of_a_continued_note_are_typed_alike(tmp_path: Path) -> None:
    text = '<pb n="1"/><p>One<note place="foot" n="1">Begun {}ended.</note> two <pb n="2"/>three.</p>'
    first = typed(gold_of(tmp_path, text.format('<pb type="note"/>')))
    second = typed(gold_of(tmp_path, text.format('<milestone unit="page" type="noteContinued"/>')))
    assert first == second
    assert len(first) == 2


@given(st.lists(st.text("abcdefg-.", min_size=1, max_size=14), min_size=1, max_size=80), st.integers(40, 80))
def test_lines_keep_within_the_margins(words: list[str], columns: int) -> None:
    block = Block("p", [Glyph(char) for char in " ".join(words)])
    for line in lines(block, columns):
        used = line.indent + sum(map(width, line.words)) + sum(line.gaps)
        assert used <= columns
        assert not line.full or used == pytest.approx(columns)
        assert all(gap >= 1 for gap in line.gaps)
    assert "".join(line.text for line in lines(block, columns)).replace(" ", "") == "".join(words)


def test_drawing_is_deterministic_and_follows_the_seed(tmp_path: Path) -> None:
    gold = gold_of(tmp_path, '<pb n="1"/><p>A short page.</p>')
    first, again, other = (draw(gold, tmp_path / name, None, seed) for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    assert first[0].image.read_bytes() == again[0].image.read_bytes()
    assert first[0].image.read_bytes() != other[0].image.read_bytes()


def test_a_page_is_a_scan_that_tesseract_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_THREAD_LIMIT", "1")
    gold = gold_of(
        tmp_path,
        '<pb n="7"/><p>The pilots came down to the water before light, and nobody in the lower town could say '
        "afterwards who had called them or what had been promised; the boats lay ready, the lamps were lit, and the "
        "tide was already running out. By noon the harbour was empty.</p><quote><p>We went because the bell rang, and "
        "the bell rang because we went, as my father used to say of the whole business.</p></quote>",
    )
    page = draw(gold, tmp_path, None, 3, tmp_path)[0]
    with Image.open(page.image) as image:
        assert (image.mode, image.size, image.info["dpi"]) == ("L", (2550, 3300), (300, 300))
        found = pytesseract.image_to_string(image, lang="eng", config="--psm 6")
    expected = " ".join(["7", *(tmp_path / "p0001.txt").read_text(encoding="utf-8").split()])
    assert Levenshtein.normalized_distance(expected, " ".join(found.split())) < 0.03
    assert page.image.stat().st_size < 430_000


def test_numbers_in_brackets_are_not_typed(tmp_path: Path) -> None:
    without = draw(gold_of(tmp_path, '<pb n="[1]"/><p>x</p>'), tmp_path, CLEAN)[0].image
    top = cv2.imread(str(without), cv2.IMREAD_GRAYSCALE)
    assert top is not None
    assert (top[:300] > 200).all()


def test_underlines_run_below_their_words_through_the_spaces(tmp_path: Path) -> None:
    drawn = []
    for name, text in (("plain", "a long page"), ("underlined", '<hi rend="underline">a long page</hi>')):
        gold = gold_of(tmp_path, f'<pb n="[1]"/><p>{text}</p>')
        image = cv2.imread(str(draw(gold, tmp_path / name, CLEAN)[0].image), cv2.IMREAD_GRAYSCALE)
        assert image is not None
        drawn.append(image.astype(int))
    rows, columns = np.nonzero(np.abs(drawn[0] - drawn[1]) > 100)
    cell = (RIGHT - LEFT) / 62
    assert rows.max() - rows.min() < 12
    assert columns.max() - columns.min() == pytest.approx(11 * cell, abs=6)


def test_a_page_that_holds_too_much_is_named(tmp_path: Path) -> None:
    text = "much too much to be typed on one single page of paper " * 70
    with pytest.raises(BadInput, match=r"page 12 holds .* lines too many"):
        draw(gold_of(tmp_path, f'<pb n="12"/><p>{text}</p>'), tmp_path, CLEAN)


def test_a_missing_font_names_the_package(tmp_path: Path) -> None:
    look = Look(font=tmp_path / "none.ttf")
    with pytest.raises(BadInput, match="fonts-freefont-ttf"):
        draw(gold_of(tmp_path, "<p>x</p>"), tmp_path, look)


def test_an_empty_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="empty"):
        draw(gold_of(tmp_path, "<p/>"), tmp_path, CLEAN)
