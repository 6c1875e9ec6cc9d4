"""Rereading: lines cut out and read again, with the places of their words on the page."""

import hashlib
import importlib.util
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from pipeline import recognition
from pipeline.edition import Edition
from pipeline.errors import BadInput, MissingProgram
from pipeline.model import Box, Doubt, Line, Page, Rereading, Word, Zone, read_json, write_json
from pipeline.recognition import rereading, strips
from pipeline.settings import Settings

FONT = Path("/usr/share/fonts/truetype/freefont/FreeMonoBold.ttf")
pytestmark = pytest.mark.skipif(not FONT.exists(), reason="the font FreeMono is not installed (fonts-freefont-ttf)")

TYPED = [
    "The keeper of the light wrote one page for each night,",
    "and no ship passed that he did not count and describe.",
    "Сторож маяка писал каждую ночь по одной странице,",
]
FIRST = [
    "The keeper of the light wrote one page for each night",
    "and no ship passed that he did rot count and describe.",
    "Cropox madKa nucas KaxZIyN HOUbD nO OJHOH cTpaHue,",
]
CELL, LEADING = 29, 62


def edition_of(root: Path, **recognition_settings: str) -> Edition:
    """A page set so close that its lines' boxes meet, and its layout with a first reading that has faults."""
    image = Image.new("L", (1800, 200 + LEADING * len(TYPED)), 245)
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(str(FONT), 48)
    lines = []
    for row, (typed, read) in enumerate(zip(TYPED, FIRST, strict=True)):
        words, column, top = [], 0, 80 + LEADING * row
        for there, seen in zip(typed.split(" "), read.split(" "), strict=True):
            left = 100 + column * CELL
            pen.text((left, top), there, font=font, fill=10)
            words.append(Word(seen, Box(left, top + 4, left + CELL * len(there), top + 50), 0.6))
            column += len(there) + 1
        around = Box(words[0].box.left, top, words[-1].box.right, top + 60)
        lines.append(Line(f"p0001.l{row + 1}", "p0001.z1", around, tuple(words)))
    edition = Edition("sample", root, Settings.model_validate({"title": "Sample", "recognition": recognition_settings}))
    path = edition.work / "pages" / "p0001.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    image.filter(ImageFilter.GaussianBlur(1)).save(path)
    whole = Box(0, 0, *image.size)
    digest = hashlib.sha256(np.asarray(image).tobytes()).hexdigest()
    page = Page(
        "p0001",
        1,
        "p0001.png",
        "pages/p0001.png",
        *image.size,
        digest,
        zones=(Zone("p0001.z1", "body", whole),),
        lines=tuple(lines),
    )
    write_json(edition.work / "layout" / "b001.json", [page])
    others = ["", "", TYPED[2]]
    doubts = [Doubt("p0001", f"p0001.l{n}", 0.5, "witnesses differ", other) for n, other in enumerate(others, 1)]
    write_json(edition.work / "doubts.json", [*doubts, Doubt("p0009", "p0009.l1", 0.5, "of another batch")])
    return edition


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    edition = edition_of(tmp_path_factory.mktemp("again"))
    recognition.reread(edition, "b001")
    return edition


def read_again(edition: Edition) -> dict[str, Rereading]:
    return {each.line: each for each in read_json(edition.work / "rereadings" / "b001.json", list[Rereading])}


def test_every_doubtful_line_of_the_batch_is_looked_at_until_two_looks_agree(edition: Edition) -> None:
    again = read_again(edition)
    assert list(again) == ["p0001.l1", "p0001.l2", "p0001.l3"]
    for each in again.values():
        for language in {look.language for look in each.looks}:
            texts = [[word.text for word in look.words] for look in each.looks if look.language == language]
            assert len(texts) == (2 if texts[0] == texts[1] else len(strips.PREPARATIONS))


@pytest.mark.parametrize("row", [0, 1])
def test_looks_see_the_line_and_nothing_of_its_neighbours(edition: Edition, row: int) -> None:
    for look in read_again(edition)[f"p0001.l{row + 1}"].looks:
        assert " ".join(word.text for word in look.words) == TYPED[row]


def test_words_have_their_places_on_the_page(edition: Edition) -> None:
    for look in read_again(edition)["p0001.l2"].looks:
        counted = next(word for word in look.words if word.text == "count")
        assert abs(counted.box.left - (100 + TYPED[1].index("count") * CELL)) < 10
        assert abs(counted.box.width - 5 * CELL) < 14
        assert 80 + LEADING < counted.box.top < counted.box.bottom < 80 + 2 * LEADING + 10


def test_a_line_that_another_witness_has_in_another_language_is_read_with_its_model(edition: Edition) -> None:
    russian = [look for look in read_again(edition)["p0001.l3"].looks if look.language == "ru"]
    assert len(russian) >= 2
    assert " ".join(word.text for word in russian[0].words) == TYPED[2]


def test_what_is_done_is_not_done_again_until_something_changes(tmp_path: Path) -> None:
    edition = edition_of(tmp_path)
    recognition.reread(edition, "b001")
    page, batch = (edition.work / "rereadings" / f"{name}.json" for name in ("p0001", "b001"))
    whole, written = batch.read_bytes(), page.stat().st_mtime_ns
    batch.unlink()
    recognition.reread(edition, "b001")
    assert (batch.read_bytes(), page.stat().st_mtime_ns) == (whole, written)
    write_json(edition.work / "doubts.json", [Doubt("p0001", "p0001.l1", 0.5, "witnesses differ")])
    recognition.reread(edition, "b001")
    assert list(read_again(edition)) == ["p0001.l1"]


def test_without_doubts_nothing_is_read_again(tmp_path: Path) -> None:
    edition = edition_of(tmp_path)
    write_json(edition.work / "doubts.json", [])
    recognition.reread(edition, "b001")
    assert read_again(edition) == {}


def test_a_missing_image_is_named(tmp_path: Path) -> None:
    edition = edition_of(tmp_path)
    (edition.work / "pages" / "p0001.png").unlink()
    with pytest.raises(BadInput, match=r"p0001\.png"):
        recognition.reread(edition, "b001")


def test_raised_marks_are_taken_out_of_a_strip() -> None:
    image = np.full((200, 400), 255, np.uint8)
    image[80:120, 50:150] = 0
    image[60:85, 160:180] = 0
    words = [Word("word", Box(50, 80, 150, 120), 0.9), Word("3", Box(160, 60, 180, 85), 0.9, raised=True)]
    strip = strips.cut(image, words)
    assert np.count_nonzero(strip.image == 0) == 40 * 100
    assert strip.on_page(Box(0, 0, 10, 10)).left == round(strip.left)


def test_a_second_engine_looks_at_latin_lines(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr", reason="the extra second-engine is not installed")
    edition = edition_of(tmp_path, second_engine="rapidocr")
    recognition.reread(edition, "b001")
    seen = {line: [k for k in each.looks if k.engine == "RapidOCR"] for line, each in read_again(edition).items()}
    assert [len(looks) for looks in seen.values()] == [1, 1, 0]
    words = seen["p0001.l1"][0].words
    assert " ".join(word.text for word in words) == TYPED[0]
    light = next(word for word in words if word.text == "light")
    assert abs(light.box.left - (100 + TYPED[0].index("light") * CELL)) < CELL
    assert abs(light.box.right - light.box.left - 5 * CELL) < CELL


def test_a_missing_second_engine_is_told_with_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingProgram, match="second-engine"):
        recognition.reread(edition_of(tmp_path, second_engine="rapidocr"), "b001")


def test_a_line_whose_accents_another_witness_has_is_read_with_a_model_that_knows_them() -> None:
    words = tuple(Word(text, Box(0, 0, 9, 9), 0.9) for text in ["letter", "to", "Emilie,", "the", "cafe", "owner"])
    line = Line("p0001.l1", "p0001.z1", Box(0, 0, 9, 9), words)
    usable = ["en", "ru", "fr"]
    assert rereading._languages(line, "letter to Émilie, the café owner", usable) == ["en", "fr"]
    assert rereading._languages(line, "letter to Emilie, the cafe owner", usable) == ["en"]
    assert rereading._languages(line, "letter to Émilie, the café owner", ["en", "ru"]) == ["en"]
