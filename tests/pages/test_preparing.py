"""From a scan to the page that is recognised: level, large, clean, its lines found; and done only once."""

import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from rapidfuzz.distance import Levenshtein
from typed import FONT, LINES, edition, needs_font, typed

from pipeline.edition import Edition
from pipeline.model import Box, Page, read_json
from pipeline.pages import Marks, page_sources, prepare
from pipeline.pages.images import Grey
from pipeline.pages.preparing import Prepared, prepared
from pipeline.settings import Recognition

pytestmark = needs_font


def pixels(image: Image.Image) -> Grey:
    return np.asarray(image, np.uint8)


def turned(image: Image.Image, angle: float) -> Image.Image:
    return image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)


def specked(image: Image.Image, share: float) -> Image.Image:
    chance = np.random.default_rng(7).random((image.height, image.width))
    return Image.fromarray(
        np.where(chance < share, np.where(chance < share / 2, 0, 255), pixels(image)).astype(np.uint8)
    )


def error_rate(path: Path, lines: list[str]) -> float:
    """Character errors of plain Tesseract on an image."""
    command = ["tesseract", str(path), "-", "--psm", "6", "-l", "eng"]
    read = subprocess.run(command, capture_output=True, text=True, check=True, env={"OMP_THREAD_LIMIT": "1"}).stdout
    return Levenshtein.normalized_distance(" ".join(" ".join(lines).split()), " ".join(read.split()))


@settings(max_examples=12, deadline=None)
@given(st.floats(-4, 4))
def test_skew_is_found_within_a_tenth_of_a_degree(angle: float) -> None:
    done = prepared(pixels(turned(typed(30), angle)), "auto")
    assert abs(done.skew + angle) <= 0.1


def test_a_level_page_and_a_clean_one_are_left_alone() -> None:
    done = prepared(pixels(typed()), "auto")
    assert (done.skew, done.scale) == (0.0, 1.0)
    assert np.abs(done.image.astype(int) - pixels(typed())).mean() < 2


@pytest.mark.parametrize("shade", [255, 90, 0])
def test_a_blank_page_stays_blank(shade: int) -> None:
    noise = np.random.default_rng(3).normal(shade, 4, (800, 600)).clip(0, 255).astype(np.uint8)
    done = prepared(noise, "auto")
    assert (done.skew, done.scale, done.marks) == (0.0, 1.0, Marks([], []))
    assert done.image.shape == noise.shape


@pytest.mark.parametrize(("size", "scale"), [(40, 1.0), (32, 1.0), (18, 2.25), (12, 3.25)])
def test_small_letters_are_enlarged(size: int, scale: float) -> None:
    page = pixels(typed(size))
    done = prepared(page, "auto")
    assert abs(done.scale - scale) <= 0.75 * (scale > 1)
    assert done.image.shape == (round(page.shape[0] * done.scale), round(page.shape[1] * done.scale))


def test_a_dark_page_in_uneven_light_becomes_even() -> None:
    page = pixels(typed()).astype(float)
    light = np.linspace(0.35, 0.8, page.shape[1])
    done = prepared((page * light).astype(np.uint8), "auto")
    left, right = done.image[:60, :60], done.image[:60, -60:]
    assert min(np.median(left), np.median(right)) > 245


def test_specks_are_taken_away() -> None:
    clean, noisy = (prepared(pixels(image), "auto").image for image in (typed(), specked(typed(), 0.02)))
    margin = noisy[:100]
    assert np.mean(margin < 128) < 1e-3
    assert np.abs(noisy.astype(int) - clean).mean() < 12


@pytest.mark.parametrize("denoise", ["none", "median", "gaussian"])
def test_the_editor_may_say_how_a_page_is_cleaned(denoise: str) -> None:
    kind = Recognition.model_validate({"denoise": denoise}).denoise
    dots = np.mean(prepared(pixels(specked(typed(), 0.01)), kind).image[:100] < 128)
    assert (dots > 1e-3) == (denoise == "none")


@pytest.mark.parametrize(
    ("name", "image"),
    [("specks", specked(typed(), 0.03)), ("small", turned(typed(14), 1.2)), ("skew", turned(typed(34), -2.5))]
    if FONT.is_file()
    else [],
)
def test_what_is_prepared_is_read(tmp_path: Path, name: str, image: Image.Image) -> None:
    Image.fromarray(prepared(pixels(image), "auto").image).save(tmp_path / f"{name}.png")
    assert error_rate(tmp_path / f"{name}.png", LINES) < 0.01


# Underlines and rules


def lined(size: int = 40, angle: float = 0.0, thickness: int = 4) -> tuple[Prepared, Box, Box, Image.Image]:
    """A page with "pilot ... log" underlined and a rule below, prepared; the boxes drawn; and the page without them."""
    plain = typed(size, [*LINES[:6], "", "", *LINES[:2]])
    page, step, left = plain.copy(), ImageFont.truetype(str(FONT), size).getlength("m"), 3 * size
    pitch = round(1.6 * size)
    under, rule = left + pitch + round(0.98 * size), left + 7 * pitch
    word = Box(round(left + 8 * step), under - thickness // 2, round(left + 30 * step), under + thickness // 2 + 1)
    line = Box(left, rule - thickness // 2, round(left + 20 * step), rule + thickness // 2 + 1)
    for box in (word, line):
        ImageDraw.Draw(page).rectangle((box.left, box.top, box.right - 1, box.bottom - 1), fill=30)
    return prepared(pixels(turned(page, angle)), "auto"), word, line, plain


def near(found: Box, drawn: Box, within: int = 5) -> bool:
    edges = zip(
        (found.left, found.top, found.right, found.bottom),
        (drawn.left, drawn.top, drawn.right, drawn.bottom),
        strict=True,
    )
    return all(abs(a - b) <= within for a, b in edges)


@pytest.mark.parametrize("angle", [0.0, 1.3])
def test_underlines_and_rules_are_told_apart(angle: float) -> None:
    done, word, line, _ = lined(angle=angle)
    assert [near(box, word) for box in done.marks.underlines] == [True]
    assert [near(box, line) for box in done.marks.rules] == [True]


def underlined(size: int, drop: float, pitch: float, words: slice, thickness: int = 4) -> tuple[Prepared, Box]:
    """A page of lines set `pitch` times the size of the type apart, characters of its third line underlined.

    drop: of the underline below the baseline, as a share of the size. Returns the page prepared and the underline.
    """
    font = ImageFont.truetype(str(FONT), size)
    page = Image.new("L", (round(42 * size), round(size * (4 + 9 * pitch))), 255)
    for row, text in enumerate(LINES[:9]):
        baseline = round(size * (2 + row * pitch))
        ImageDraw.Draw(page).text((3 * size, baseline), text, font=font, fill=25, anchor="ls")
        if row == 2:
            left, right = (3 * size + font.getlength("m" * at) for at in (words.start, words.stop))
            top = baseline + round(drop * size)
            box = Box(round(left), top, round(right), top + thickness)
            ImageDraw.Draw(page).rectangle((box.left, box.top, box.right - 1, box.bottom - 1), fill=30)
    return prepared(pixels(page), "auto"), box


@pytest.mark.parametrize("size", [32, 44, 60])
@pytest.mark.parametrize(
    ("drop", "pitch"),
    [
        pytest.param(0.12, 1.6, id="ordinary"),
        pytest.param(0.12, 0.95, id="the next line reaches up to it"),
        pytest.param(0.02, 1.6, id="touching the letters"),
        pytest.param(0.2, 1.1, id="low"),
    ],
)
def test_underlines_of_a_few_words(size: int, drop: float, pitch: float) -> None:
    done, line = underlined(size, drop, pitch, slice(11, 28))
    assert [near(box, line) for box in done.marks.underlines] == [True]
    assert done.marks.rules == []


@pytest.mark.parametrize("drop", [0, 1])
def test_a_blurred_word_that_sits_on_its_line(drop: int) -> None:
    page = typed(44, [*LINES[:3], "The minimum that immigrants in him had", *LINES[:3]])
    step, top = ImageFont.truetype(str(FONT), 44).getlength("m"), 132 + 3 * 70 + 36 + drop
    line = Box(round(132 + 4 * step), top, round(132 + 11 * step), top + 4)  # under "minimum"
    ImageDraw.Draw(page).rectangle((line.left, line.top, line.right - 1, line.bottom - 1), fill=30)
    done = prepared(pixels(page.filter(ImageFilter.GaussianBlur(1.5))), "auto")
    assert [near(box, line) for box in done.marks.underlines] == [True]


def test_a_line_that_is_not_quite_level() -> None:
    page, step, height = typed(44), ImageFont.truetype(str(FONT), 44).getlength("m"), 132 + 70 + 38
    left, right = round(132 + 4 * step), round(132 + 54 * step)
    ImageDraw.Draw(page).line((left, height, right, height + 9), fill=30, width=6)
    assert [
        near(box, Box(left, height - 3, right, height + 12)) for box in prepared(pixels(page), "auto").marks.underlines
    ] == [True]


def test_an_underline_of_two_letters() -> None:
    done, line = underlined(44, 0.12, 1.4, slice(40, 42))
    assert [near(box, line) for box in done.marks.underlines] == [True]


def test_an_underline_is_followed_where_letters_sink_into_it() -> None:
    page, step, foot = typed(44), ImageFont.truetype(str(FONT), 44).getlength("m"), 132 + 70 + 36
    left, middle, right = (round(132 + step * at) for at in (4, 9, 14))  # under "ferry left": sunk on its second word
    ImageDraw.Draw(page).rectangle((left, foot + 4, right, foot + 7), fill=30)
    ImageDraw.Draw(page).rectangle((middle + round(step), foot - 6, right, foot + 4), fill=30)
    assert [
        near(box, Box(left, foot + 4, right, foot + 8)) for box in prepared(pixels(page), "auto").marks.underlines
    ] == [True]


def test_two_words_with_a_line_each_have_two_lines() -> None:
    page, _, _, _ = lined()
    assert len(page.marks.underlines) == 1
    two = typed(40)
    for left, right in ((8, 13), (14, 20)):
        edges = (120 + left * 24, 120 + 64 + 39, 120 + right * 24 - 1, 120 + 64 + 42)
        ImageDraw.Draw(two).rectangle(edges, fill=30)
    assert len(prepared(pixels(two), "auto").marks.underlines) == 2


def test_a_broken_rule_is_one() -> None:
    page = typed(40, [*LINES[:6], "", "", *LINES[:2]])
    for left, right in ((120, 330), (350, 352), (380, 460), (600, 720)):
        ImageDraw.Draw(page).rectangle((left, 570, right, 573), fill=30)
    done = prepared(pixels(page), "auto")
    assert done.marks.underlines == []
    assert [near(box, Box(120, 570, 721, 574)) for box in done.marks.rules] == [True]
    assert done.image[560:585].min() > 150


def test_letters_under_which_a_line_ran_are_whole_again() -> None:
    done, word, line, plain = lined()
    without = prepared(pixels(plain), "auto").image
    for box in (word, line):
        cut = np.s_[box.top - 30 : box.bottom + 15, box.left : box.right]
        wrong = np.abs(done.image[cut].astype(int) - without[cut]) > 128
        assert wrong.mean() < 0.01


@pytest.mark.parametrize("tilt", [0, 4])
def test_letters_that_stand_on_a_line_keep_their_feet(tilt: int) -> None:
    plain = typed(44)
    page, step, height = plain.copy(), ImageFont.truetype(str(FONT), 44).getlength("m"), 132 + 70 + 36
    left, right = round(132 + 8 * step), round(132 + 50 * step)
    ImageDraw.Draw(page).line((left, height, right, height + tilt), fill=30, width=4)
    done, whole = prepared(pixels(page), "auto").image, prepared(pixels(plain), "auto").image
    feet = np.s_[height - 10 : height - 1, left:right]
    assert (done[feet] >= whole[feet].astype(int) + 100).mean() < 0.01
    below = np.s_[height + tilt + 5 : height + tilt + 10, left:right]
    assert (done[below] < 128).mean() == pytest.approx((whole[below] < 128).mean(), abs=0.01)


def test_a_deletion_is_no_underline() -> None:
    page, step = typed(), ImageFont.truetype(str(FONT), 40).getlength("m")
    y = 120 + 64 + 26
    ImageDraw.Draw(page).rectangle((round(120 + 8 * step), y - 2, round(120 + 30 * step), y + 2), fill=30)
    assert prepared(pixels(page), "auto").marks == Marks([], [])


def test_a_blank_to_be_filled_in_stays() -> None:
    page = typed(40, ["Signed at        on the third,", *LINES[:6]])
    ImageDraw.Draw(page).rectangle((120 + 10 * 24, 120 + 39, 120 + 16 * 24, 120 + 42), fill=30)
    done = prepared(pixels(page), "auto")
    assert done.marks == Marks([], [])
    assert done.image[160, 120 + 12 * 24] < 128


def test_letters_whose_feet_touch_are_not_underlined() -> None:
    page = typed(40, ["immmmmm minimum mmmmm", "hhhhhh nnnnn immmi"] * 5)
    heavy = pixels(page.filter(ImageFilter.MinFilter(5)))
    assert prepared(heavy, "auto").marks == Marks([], [])


# The stage on files


def scans(tmp_path: Path, count: int = 5) -> Edition:
    made = edition(tmp_path)
    for number in range(1, count + 1):
        page = turned(typed(24, [f"Leaf {number}", *LINES[:8]]), 0.4 * number)
        page.save(made.folder / "pages" / f"{number}.png")
    return made


def stamps(made: Edition) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in sorted((made.work / "pages").glob("p*"))}


def test_a_batch_writes_its_pages(tmp_path: Path) -> None:
    made, told = scans(tmp_path), list[str]()
    prepare(made, "b002", told.append)
    (page,) = read_json(made.work / "pages" / "b002.json", list[Page])
    assert told == [page.id] == ["p0005"]
    assert (page.number, page.source, page.image) == (5, "pages/5.png", "pages/p0005.png")
    with Image.open(made.work / page.image) as image:
        assert (image.mode, image.size) == ("L", (page.width, page.height))
    assert page.skew == pytest.approx(-2.0, abs=0.1)
    assert read_json(made.work / "pages" / "p0005.marks.json", Marks) == Marks([], [])


def test_the_same_scans_give_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for name in ("a", "b"):
        made = scans(tmp_path / name, 2)
        prepare(made, "b001")
        written.append({path.name: path.read_bytes() for path in (made.work / "pages").iterdir()})
    assert written[0] == written[1]


def test_what_is_done_is_not_done_again(tmp_path: Path) -> None:
    made = scans(tmp_path, 3)
    prepare(made, "b001")
    before, pages = stamps(made), (made.work / "pages" / "b001.json").read_bytes()
    (made.work / "pages" / "b001.json").unlink()
    (made.folder / "pages" / "2.png").touch()
    prepare(made, "b001")
    assert stamps(made) == before
    assert (made.work / "pages" / "b001.json").read_bytes() == pages


@pytest.mark.parametrize("lost", ["p0002.png", "p0002.marks.json", "p0002.record.json"])
def test_a_page_that_was_broken_off_is_done_again(tmp_path: Path, lost: str) -> None:
    made = scans(tmp_path, 3)
    prepare(made, "b001")
    before, whole = stamps(made), (made.work / "pages" / lost).read_bytes()
    (made.work / "pages" / lost).unlink()
    prepare(made, "b001")
    assert {name[:5] for name, stamp in stamps(made).items() if stamp != before.get(name)} == {"p0002"}
    assert (made.work / "pages" / lost).read_bytes() == whole


def test_a_changed_scan_or_setting_is_done_again(tmp_path: Path) -> None:
    made = scans(tmp_path, 3)
    prepare(made, "b001")
    before = stamps(made)
    typed(24).save(made.folder / "pages" / "2.png")
    prepare(made, "b001")
    assert {name[:5] for name, stamp in stamps(made).items() if stamp != before[name]} == {"p0002"}
    other = Recognition.model_validate({"denoise": "gaussian"})
    before = stamps(made)
    prepare(replace(made, settings=made.settings.model_copy(update={"recognition": other})), "b001")
    assert all(stamp != before[name] for name, stamp in stamps(made).items())


def test_boxes_lead_back_to_the_scan(tmp_path: Path) -> None:
    made, level = edition(tmp_path), typed(16)
    marked = level.copy()
    ImageDraw.Draw(marked).rectangle((500, 520, 539, 539), fill=0)
    scan = turned(marked, 1.5)
    scan.save(made.folder / "pages" / "1.png")
    prepare(made, "b001")
    (page,) = read_json(made.work / "pages" / "b001.json", list[Page])
    assert page.scale > 1
    # On the level page the block is where it was drawn, but for the scale; on the scan it is turned.
    place = Box(*(round(edge * page.scale) for edge in (500, 520, 540, 540)))
    with Image.open(made.work / page.image) as image:
        assert pixels(image)[place.top + 4 : place.bottom - 4, place.left + 4 : place.right - 4].max() < 60
    rows, columns = np.nonzero(np.abs(pixels(scan).astype(int) - pixels(turned(level, 1.5))) > 100)
    drawn = Box(int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)
    assert near(page.on_source(place), drawn, 2)


def test_pages_are_numbered_over_all_batches(tmp_path: Path) -> None:
    assert [page.id for page in page_sources(scans(tmp_path))] == ["p0001", "p0002", "p0003", "p0004", "p0005"]
