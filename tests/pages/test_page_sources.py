"""Which pages the scans hold: order, kinds of files, names, batches, and what is refused."""

import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from typed import edition

from pipeline.errors import BadInput
from pipeline.pages import batches, inputs, page_sources
from pipeline.pages.sources import natural_key


def blank(path: Path, pages: int = 1) -> None:
    """A file of blank pages in the form that its name says."""
    images = [Image.new("L", (60, 80), 200 + page) for page in range(pages)]
    if pages > 1:
        images[0].save(path, save_all=True, append_images=images[1:])
    else:
        images[0].save(path)


@given(st.lists(st.integers(0, 10**6), unique=True, min_size=2), st.randoms(use_true_random=False))
def test_numbers_in_names_count_as_numbers(numbers: list[int], chance: random.Random) -> None:
    names = [f"Leaf {number} r.PNG" for number in sorted(numbers)]
    shuffled = list(names)
    chance.shuffle(shuffled)
    assert sorted(shuffled, key=natural_key) == names


@given(st.lists(st.text(alphabet="aB1290 ._-é٣", max_size=8), unique=True))
def test_any_names_have_one_order(names: list[str]) -> None:
    turned_round = names[::-1]
    assert sorted(names, key=natural_key) == sorted(turned_round, key=natural_key)


def test_a_folder_gives_its_images_and_nothing_else(tmp_path: Path) -> None:
    made = edition(tmp_path)
    for name in ("p10.png", "p2.JPG", "p1.tif", "p3.jp2"):
        blank(made.folder / "pages" / name)
    for name in ("p2.txt", "p2.xml", "p2.json", "Thumbs.db", ".hidden.png", ".DS_Store"):
        (made.folder / "pages" / name).write_text("other")
    (made.folder / "pages" / "folder.png").mkdir()
    assert [(page.id, page.name) for page in page_sources(made)] == [
        ("p0001", "pages/p1.tif"),
        ("p0002", "pages/p2.JPG"),
        ("p0003", "pages/p3.jp2"),
        ("p0004", "pages/p10.png"),
    ]


def test_tiff_and_pdf_give_all_their_pages(tmp_path: Path) -> None:
    made = edition(tmp_path, ["a.tif", "b.pdf", "pages", "c.jpg"])
    blank(made.folder / "a.tif", 2)
    blank(made.folder / "b.pdf", 3)
    blank(made.folder / "pages" / "x.png")
    blank(made.folder / "c.jpg")
    names = ["a.tif#1", "a.tif#2", "b.pdf#1", "b.pdf#2", "b.pdf#3", "pages/x.png", "c.jpg"]
    assert [page.name for page in page_sources(made)] == names


def test_a_folder_with_pdfs_alone_gives_their_pages(tmp_path: Path) -> None:
    made = edition(tmp_path)
    blank(made.folder / "pages" / "vol2.pdf", 2)
    blank(made.folder / "pages" / "vol1.pdf")
    assert [page.name for page in page_sources(made)] == ["pages/vol1.pdf#1", "pages/vol2.pdf#1", "pages/vol2.pdf#2"]


def test_scans_outside_the_edition_are_named_without_their_folder(tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    blank(outside / "leaf.png")
    made = edition(tmp_path / "root", str(outside))
    made.allow_outside()
    assert [page.name for page in page_sources(made)] == ["leaf.png"]


def test_batches_are_four_pages_and_know_their_files(tmp_path: Path) -> None:
    made = edition(tmp_path, ["book.pdf", "pages"])
    blank(made.folder / "book.pdf", 5)
    for number in (1, 2, 3, 4):
        blank(made.folder / "pages" / f"{number}.png")
    assert batches(made) == ["b001", "b002", "b003"]
    assert inputs(made, "b001") == [made.folder / "book.pdf"]
    assert [path.name for path in inputs(made, "b002")] == ["book.pdf", "1.png", "2.png", "3.png"]
    assert [path.name for path in inputs(made, "b003")] == ["4.png"]
    with pytest.raises(BadInput, match="no batch 'b004'"):
        inputs(made, "b004")


def test_scans_that_are_added_are_seen(tmp_path: Path) -> None:
    made = edition(tmp_path)
    for number in range(1, 6):
        blank(made.folder / "pages" / f"{number}.png")
        assert len(page_sources(made)) == number
        time.sleep(0.02)  # file systems tell time in steps


def test_without_scans_there_are_no_batches(tmp_path: Path) -> None:
    assert batches(edition(tmp_path, None)) == []


def test_pages_are_counted_without_decoding_them(tmp_path: Path) -> None:
    made = edition(tmp_path)
    blank(made.folder / "pages" / "1.png")
    whole = (made.folder / "pages" / "1.png").read_bytes()
    (made.folder / "pages" / "2.png").write_bytes(whole[:50])
    assert batches(made) == ["b001"]


@pytest.mark.parametrize(
    ("scans", "said"),
    [
        ("nowhere", "nowhere: not there; check 'scans' in edition.yaml"),
        ("pages", "pages: holds no scans; put the pages there as"),
        ("empty.png", "empty.png: the file is empty"),
        ("empty.pdf", "empty.pdf: the file is empty"),
        ("letter.pdf", "letter.pdf: not a PDF, or a damaged one"),
        ("letter.tif", "letter.tif: not an image that can be read"),
    ],
)
def test_what_cannot_be_counted_is_refused(tmp_path: Path, scans: str, said: str) -> None:
    made = edition(tmp_path, scans)
    for name in ("empty.png", "empty.pdf"):
        (made.folder / name).touch()
    for name in ("letter.pdf", "letter.tif"):
        (made.folder / name).write_text("Dear sir,")
    with pytest.raises(BadInput, match=said):
        batches(made)
