"""Input that is small and becomes large, or is large: refused with one message, in little time and memory."""

import os
import re
import signal
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin
from targets import TARGETS

from pipeline.apart import apart
from pipeline.errors import RecensioError
from pipeline.names.authorities import read as read_authorities
from pipeline.outside import read_bytes, shown
from pipeline.pages.images import check_headers, decode
from pipeline.pages.sources import PageSource
from pipeline.review.decisions import parse_decisions
from pipeline.review.table import from_table
from pipeline.settings import TextWitness, read_settings
from pipeline.witness.source import read_source

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.fixture(autouse=True)
def in_little_time() -> Iterator[None]:
    began = time.perf_counter()
    yield
    assert time.perf_counter() - began < 10


def refused(target: str, data: bytes) -> str:
    with pytest.raises(RecensioError) as error:
        TARGETS[target](data)
    return str(error.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (LAUGHS, "edition.yaml:1?:? ?.*an alias"),
        ("title: &a [*a]", "an alias"),
        ("title: " + "[" * 100_000, "lists within lists"),
        ("title: " + "{a: " * 40_000, "lists within lists"),
        (f"title: {'x' * 300_000}", "larger than 200 kB"),
        ("title: T\n" + "x" * 1000 + ": 1", r"x\.\.\.'; expected one of"),
        ('title: "\\ud800"', "edition.yaml:1: the character U[+]D800 is no text"),
        ('title: T\nauthor: "\\x1b[2J"', "edition.yaml:2: the character U[+]001B is no text"),
    ],
)
def test_settings(data: str, said: str) -> None:
    message = refused("settings", data.encode())
    assert re.search(said, message)
    assert len(message) < 1000


@pytest.mark.parametrize("data", [LAUGHS, "&a [*a]", "- " * 100_000, "[" * 100_000, "- {flag: " + "[" * 100_000])
def test_decisions(data: str) -> None:
    assert re.match(r"review\.yaml:\d+: not YAML: (an alias|too many lists)", refused("decisions", data.encode()))


def test_a_table_with_a_cell_without_end() -> None:
    cell = '"' + "x" * 200_000
    assert "not a table" in refused("review-table", f"id,decision,value\nf1,text,{cell}\n".encode())
    assert "not a table" in refused("review-table", f"{cell}\n".encode())
    assert "not CSV" in refused("authority-table", f"id,name\na,{cell}\n".encode())
    assert ":2: the character U+0001" in refused("authority-table", b"id,name\na,A\x01\n")


@pytest.mark.parametrize("target", ["alto", "page", "authority-list", "tei-evaluate", "grammar", "rules"])
@pytest.mark.parametrize("data", ["<a>" * 1_000_000, "<a " + "b" * 11_000_000 + "='c'/>"])
def test_xml_without_end(target: str, data: str) -> None:
    refused(target, data.encode())


def test_orders_that_no_page_has() -> None:
    number = "9" * 5000
    page = (
        f'<PcGts><Page><ReadingOrder><a index="{number}" regionRef="r"/></ReadingOrder><TextRegion id="r"><TextLine '
        f'custom="readingOrder {{index:{number};}}"><TextEquiv index="{number}"><Unicode>The quay</Unicode></TextEquiv>'
        "</TextLine></TextRegion></Page></PcGts>"
    )
    TARGETS["page"](page.encode())


def test_a_line_of_all_words() -> None:
    words = "".join(f'<String CONTENT="word{number}x" WC="0.5"/><SP/>' for number in range(20_000))
    TARGETS["alto"](f"<alto><Page><TextBlock><TextLine>{words}</TextLine></TextBlock></Page></alto>".encode())


def test_a_text_of_many_books(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"The ferry left the quay.\n" * 1_000_000)
    with pytest.raises(RecensioError, match="longer than 20 million characters; make an edition of each volume"):
        read_source(path, TextWitness.model_validate({"path": path.name}))


@pytest.mark.parametrize("name", ["edition.yaml", "existing.txt", "review.csv", "authorities/people.csv"])
def test_files_of_a_terabyte(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as out:
        out.truncate(1 << 40)  # all of it a hole
    with pytest.raises(RecensioError, match=r"larger than .* the most that is read of such a file"):
        if name == "edition.yaml":
            read_settings(path)
        elif name == "review.csv":
            from_table(path, [])
        elif name == "existing.txt":
            read_source(path, TextWitness.model_validate({"path": name}))
        else:
            read_authorities(path.parent)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:

    os.mkfifo(tmp_path / "existing.txt")
    with pytest.raises(RecensioError, match="a pipe or device"):
        read_bytes(tmp_path / "existing.txt", 1000)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def test_a_picture_with_a_caption_of_a_gigabyte(tmp_path: Path) -> None:
    """A compressed text chunk (zTXt), which Pillow would unpack."""
    path = tmp_path / "page.png"
    Image.new("L", (40, 40), 255).save(path)
    data = path.read_bytes()
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(300)) + packer.flush()
    path.write_bytes(data[:33] + chunk(b"zTXt", b"Comment\0\0" + bomb) + data[33:])
    source = PageSource(1, path, 0, path.name)
    try:
        check_headers([source])
        decode(source, 72)
    except RecensioError as error:
        assert "damaged" in str(error)
    assert PngImagePlugin.MAX_TEXT_CHUNK <= 1 << 20


def tiff(directories: int, last: int) -> bytes:
    """A TIFF of as many pages, all of the same pixels, the last followed by the one at that place (0: by none)."""
    entries = [(256, 40), (257, 40), (258, 8), (259, 1), (262, 1), (273, 8), (278, 40), (279, 1600)]
    body = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
    step, first = len(body) + 4, 8 + 1600
    places = [first + step * number for number in range(1, directories)] + [first + step * (last - 1) if last else 0]
    data = struct.pack("<2sHI", b"II", 42, first) + bytes(1600)
    return data + b"".join(body + struct.pack("<I", place) for place in places)


def test_pages_that_lead_back_to_themselves() -> None:
    TARGETS["image"](tiff(2, 0))
    TARGETS["image"](tiff(2, 1))


def test_pages_without_end() -> None:
    assert "more than 2,000 pages in one TIFF" in refused("image", tiff(100_000, 0))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1000000>>",
        "<</Type/Page/Parent 2 0 R>>",
    ]
    pdf = "%PDF-1.4\n" + "".join(f"{n} 0 obj {entry} endobj\n" for n, entry in enumerate(objects, 1))
    pdf += "trailer <</Size 4/Root 1 0 R>>\n%%EOF\n"
    assert "more than the 20,000 pages" in refused("pdf-scan", pdf.encode())
    assert "1,000,000 pages" in refused("pdf-text", pdf.encode())


def test_what_a_terminal_would_obey_is_spelt_out() -> None:
    assert shown("a\x1b[2Jb\u202ec\nd\té") == "a\\x1b[2Jb\\u202ec\nd\té"
    with pytest.raises(RecensioError):
        parse_decisions(b'- "\\e[2J": a', Path("review.yaml"))


def pdf_bomb(letters: int) -> bytes:
    """A PDF of a few thousand bytes whose page holds as many letters, each an object of PDFium's."""
    packed = zlib.compress(b"BT /F1 12 Tf 72 700 Td " + b"(a) Tj " * letters + b"ET", 9)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>",
    ]
    body = b"".join(b"%d 0 obj %s endobj\n" % (number, entry) for number, entry in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer <</Size 6/Root 1 0 R>>\n%%EOF\n"


@pytest.mark.parametrize("settings", ["scans: bomb.pdf", "witnesses: [{path: bomb.pdf}]"])
def test_a_pdf_that_fills_the_memory(tmp_path: Path, settings: str) -> None:
    folder = tmp_path / "scans" / "quay"
    folder.mkdir(parents=True)
    (folder / "edition.yaml").write_text(f"title: The Quay\n{settings}\n")
    (folder / "bomb.pdf").write_bytes(pdf_bomb(2_000_000))
    stage = ["pages", "quay", "--batch", "b001"] if "scans" in settings else ["build", "quay"]
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", *stage],
        cwd=tmp_path,
        env=os.environ | {"RECENSIO_MEMORY": "0.4"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert "bomb.pdf: takes more than 300 seconds or all memory to read" in done.stderr


def test_a_picture_that_fills_the_memory_is_named(tmp_path: Path) -> None:
    """As large as a picture may be, and small in its file: of two colours, each of which becomes three bytes."""
    folder = tmp_path / "scans" / "quay"
    folder.mkdir(parents=True)
    (folder / "edition.yaml").write_text("title: The Quay\nscans: [page.png, bomb.png]\n")
    Image.new("L", (40, 40), 255).save(folder / "page.png")
    Image.new("P", (12_000, 12_000)).save(folder / "bomb.png", bits=1)
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "pages", "quay", "--batch", "b001"],
        cwd=tmp_path,
        env=os.environ | {"RECENSIO_MEMORY": "0.4"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert "bomb.png: takes more than 300 seconds or all memory to read" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_library_that_ends_its_process_ends_no_other(tmp_path: Path) -> None:
    with pytest.raises(RecensioError, match=r"page\.png: .* or ends the program that reads it"):
        apart(tmp_path / "page.png", lambda: os.kill(os.getpid(), signal.SIGKILL))


def test_the_limit_of_memory_is_a_number(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "build"],
        cwd=tmp_path,
        env=os.environ | {"RECENSIO_MEMORY": "much"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "expected a number of gigabytes" in done.stderr) == (3, True)
