"""Bad input through the command line: one message that says what to do, an exit code of its own, nothing half-written.

Exit codes: 3 bad input, 4 texts of different books, 5 a program or model is missing, 6 a result cannot be written,
130 stopped by the user; 1 is for editions that are not valid.
"""

import fcntl
import os
import signal
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.recognition import missing_models, tesseract

REPOSITORY = Path(__file__).parents[2]
FONT = Path("/usr/share/fonts/truetype/freefont/FreeMono.ttf")
OLDER = b"<TEI>an older edition</TEI>"
LINES = [
    "The ferry left the quay at six, before the fog had lifted,",
    "and the pilot wrote in the log that nothing could be seen",
    "of the far bank but the lamp on the custom house, which",
    "the keeper had lit although the decree forbade it since",
    "the strike. Nobody on board spoke until the bell rang.",
] * 2
ENTITIES = '<!DOCTYPE l [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 20}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def recensio(
    *arguments: object, cwd: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | (environment or {}),
    )
    assert "Traceback" not in done.stderr + done.stdout
    return done


def refused(done: subprocess.CompletedProcess[str], code: int, *said: str) -> None:
    """The command ended with that exit code and one message that holds these words."""
    assert done.returncode == code, done.stderr
    assert done.stderr.count("recensio: ") == 1
    for words in said:
        assert words in done.stderr


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A root with an edition of an earlier day, which no refused build may touch."""
    folder = tmp_path / "my editions"
    (folder / "tei").mkdir(parents=True)
    (folder / "tei" / "quay.xml").write_bytes(OLDER)
    return folder


def settings(root: Path, lines: str | bytes) -> Path:
    path = root / "scans" / "quay" / "edition.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(lines if isinstance(lines, bytes) else lines.encode())
    return path


def build(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    done = recensio("build", "quay", "--root", root, *arguments, cwd=root, environment=environment)
    if done.returncode:
        assert [path.name for path in (root / "tei").iterdir()] == ["quay.xml"]
        assert (root / "tei" / "quay.xml").read_bytes() == OLDER
        assert not list((root / "work").rglob("alto/b*.json"))
    return done


def page(path: Path) -> None:
    drawn = Image.new("L", (1700, 1000), 255)
    for row, line in enumerate(LINES):
        ImageDraw.Draw(drawn).text((120, 120 + 72 * row), line, font=ImageFont.truetype(str(FONT), 40), fill=20)
    drawn.save(path)


def empty(path: Path) -> None:
    path.touch()


def folder(path: Path) -> None:
    path.mkdir()


def cut(path: Path) -> None:
    Image.effect_noise((400, 500), 80).save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def letter(path: Path) -> None:
    path.write_text("Dear sir, this is no picture.")


def dot(path: Path) -> None:
    Image.new("L", (1, 1)).save(path)


def huge(path: Path) -> None:
    """A whole PNG, written by hand: as an image it would fill 900 MB."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(30_000 * (1 + 30_000 // 8)), 1)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))


def secret(path: Path) -> None:
    """A PDF of one empty page whose digest of the user's password (U) is not that of an empty one."""
    lock = f"/Encrypt<</Filter/Standard/V 1/R 2/O<{'5a' * 32}>/U<{'a5' * 32}>/P -4>>/ID[<{'00' * 16}><{'00' * 16}>]"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
    ]
    text, places = "%PDF-1.4\n", list[int]()
    for number, entry in enumerate(objects, 1):
        places.append(len(text))
        text += f"{number} 0 obj {entry} endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer <</Size 4/Root 1 0 R{lock}>>\nstartxref\n{len(text)}\n%%EOF\n"
    path.write_text(f"{text}xref\n0 4\n0000000000 65535 f \n{table}{end}", encoding="ascii")


def missing(path: Path) -> None:
    assert not path.exists()


@pytest.mark.parametrize(
    ("name", "make", "said"),
    [
        ("lost", missing, "not there"),
        ("pages", folder, "holds no scans"),
        ("empty.png", empty, "the file is empty"),
        ("cut.tif", cut, "damaged or cut short"),
        ("cut.jpg", cut, "damaged or cut short"),
        ("letter.png", letter, "not an image"),
        ("letter.pdf", letter, "not a PDF"),
        ("secret.pdf", secret, "asks for a password"),
        ("dot.png", dot, "1 x 1 pixels cannot hold text"),
        ("huge.png", huge, "more pixels than a page has"),
    ],
)
def test_bad_scans(root: Path, name: str, make: Callable[[Path], None], said: str) -> None:
    settings(root, f"title: The Quay\nscans: {name}\n")
    make(root / "scans" / "quay" / name)
    refused(build(root, "--cores", "1"), 3, name, said)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("latin.txt", "Le quai était gelé, l'été aussi.".encode("latin-1"), "set encoding: cp1252"),
        ("wide.txt", "The quay was frozen.".encode("utf-16"), "set encoding: utf-16"),
        ("empty.txt", b"", "there is no text in it"),
        ("blank.txt", b" \n\n \n", "there is no text in it"),
        ("program.txt", b"\x7fELF" + bytes(range(256)) * 9, "is it a text file at all?"),
        ("zeros.txt", bytes(999), "a binary file"),
        ("letter.pdf", b"Dear sir, this is no PDF.", "not a PDF"),
        ("lost.txt", None, "no such file"),
    ],
)
def test_bad_texts(root: Path, name: str, data: bytes | None, said: str) -> None:
    settings(root, f"title: The Quay\nwitnesses:\n  - path: {name}\n")
    if data is not None:
        (root / "scans" / "quay" / name).write_bytes(data)
    refused(build(root), 3, name, said)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("title: The Quay\ncolour: red\n", "edition.yaml:2: unknown key 'colour'; expected one of: title"),
        ("title: The Quay\nrecognition:\n  resolution: 5\n", "edition.yaml:3: recognition.resolution"),
        ("title: [The Quay\n", "edition.yaml: not YAML"),
        ("title: The Quay\ntitle: The Pier\n", "edition.yaml:2: 'title' is given twice"),
        ("title: The Quay\nnotes:\n  numbering: page\n  numbering: page\n", ":4: 'numbering' is given twice"),
        ("title: L'été\n".encode("latin-1"), "edition.yaml: not UTF-8"),
        ("", "edition.yaml:1: expected settings"),
        ("title: The Quay\n", "names neither scans nor witnesses"),
        ("title: The Quay\nwitnesses: [{path: edition.yaml}, {path: edition.yaml}]\n", "has the id 'existing'"),
        (
            "title: The Quay\nwitnesses: [{path: edition.yaml, encoding: klingon}]\n",
            "encoding 'klingon' is not known",
        ),
    ],
)
def test_bad_settings(root: Path, lines: str | bytes, said: str) -> None:
    settings(root, lines)
    refused(build(root), 3, said)


@pytest.mark.parametrize("way", ["up", "absolute", "linked", "scans", "page"])
def test_files_outside_the_root_are_refused_until_allowed(
    root: Path, tmp_path_factory: pytest.TempPathFactory, way: str
) -> None:
    secret = tmp_path_factory.mktemp("home") / "secret.txt"
    secret.write_text("The password of the harbour master is a herring.\n")
    page(secret.with_suffix(".png"))
    folder = root / "scans" / "quay"
    folder.mkdir(parents=True)
    (folder / "link.txt").symlink_to(secret)
    (folder / "pages").mkdir()
    (folder / "pages" / "1.png").symlink_to(secret.with_suffix(".png"))
    path = {"up": os.path.relpath(secret, folder), "absolute": str(secret), "linked": "link.txt"}.get(way, "")
    scans = {"scans": str(secret.parent), "page": "pages"}.get(way, "")
    settings(root, f"title: The Quay\nscans: {scans}\n" + (f"witnesses: [{{path: {path}}}]\n" if path else ""))
    refused(build(root), 3, "lies outside", "recensio build quay --allow-outside")
    if path:
        assert build(root, "--allow-outside").returncode == 0
        assert b"herring" in (root / "tei" / "quay.xml").read_bytes()
        assert build(root).returncode == 0, "what was allowed once stays so"


def test_bad_decisions(root: Path) -> None:
    settings(root, "title: The Quay\nwitnesses: [{path: text.txt}]\n")
    (root / "scans" / "quay" / "text.txt").write_text("The ferry left the quay at six.")
    (root / "scans" / "quay" / "review.yaml").write_text("- flag: rv-foreign\n  decide: accept\n")
    refused(build(root), 3, "review.yaml:2: unknown key 'decide'; expected one of: flag, text")


def test_a_review_of_what_is_not_built(root: Path) -> None:
    settings(root, "title: The Quay\nwitnesses: [{path: text.txt}]\n")
    said = "review.jsonl: not there; run recensio build quay first"
    refused(recensio("review", "quay", "--no-browser", "--root", root, cwd=root), 3, said)


def test_an_edition_that_fails_keeps_no_other_from_being_built(root: Path) -> None:
    settings(root, "title: The Quay\ncolour: red\n")
    text = "The ferry left the quay at six, before the fog had lifted."
    for name, scans in (("pier", ""), ("crane", "scans: p.png\n")):
        folder = root / "scans" / name
        folder.mkdir()
        (folder / "edition.yaml").write_text(f"title: {name}\n{scans}witnesses: [{{path: text.txt}}]\n")
        (folder / "text.txt").write_text(text if name == "pier" else "Chloroplasts convert sunlight into bonds. " * 20)
    page(root / "scans" / "crane" / "p.png")
    done = recensio("build", "--root", root, cwd=root)
    assert done.returncode == 3, done.stderr
    assert "quay/edition.yaml:2: unknown key 'colour'" in done.stderr
    assert "is it the text of another book?" in done.stderr
    assert "pier.xml (valid)" in done.stdout
    assert (root / "tei" / "quay.xml").read_bytes() == OLDER


def test_an_edition_that_does_not_exist(root: Path) -> None:
    refused(build(root), 3, "there is no such edition; recensio new quay begins one")
    (root / "scans" / "quay").mkdir(parents=True)
    refused(recensio("build", "../quay", "--root", root, cwd=root), 3, "cannot name an edition")
    refused(recensio("build", "--root", root / "nowhere", cwd=root), 3, "no edition there; begin one with")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["quay", "--scans", "lost"], "lost: not there"),
        (["quay", "--text", "."], ".: a folder"),
        (["quay"], "name at least one"),
        (["../quay", "--text", "a.txt"], "cannot name an edition"),
        (["quay", "--text", "a.txt", "--language", "Klingon!"], "no language tag"),
    ],
)
def test_nothing_is_begun_with_bad_arguments(root: Path, arguments: list[str], said: str) -> None:
    (root / "a.txt").write_text("The quay was frozen.")
    refused(recensio("new", *arguments, "--root", root, cwd=root), 3, said)
    assert not (root / "scans").exists()


@pytest.mark.parametrize("place", ["work", "work/quay", ".snakemake"])
def test_a_file_where_a_folder_should_be(root: Path, place: str) -> None:
    settings(root, "title: The Quay\nwitnesses: [{path: edition.yaml}]\n")
    (root / place).parent.mkdir(exist_ok=True)
    (root / place).write_text("a file")
    refused(build(root), 6, str(root / place), "is the folder writable?")


def test_a_text_of_another_book(root: Path) -> None:
    settings(root, "title: The Quay\nscans: p.png\nwitnesses: [{path: other.txt}]\n")
    page(root / "scans" / "quay" / "p.png")
    (root / "scans" / "quay" / "other.txt").write_text("Chloroplasts convert sunlight into chemical bonds. " * 20)
    done = recensio("build", "quay", "--root", root, cwd=root)
    refused(done, 4, "other.txt", "is it the text of another book?")
    assert (root / "tei" / "quay.xml").read_bytes() == OLDER


@pytest.mark.parametrize(
    ("language", "path", "said"),
    [
        ("yi", None, "install the package tesseract-ocr-yid"),
        ("ru-Latn", None, "Tesseract has no model for the language 'ru-Latn'"),
        ("en", "", "install the package tesseract-ocr\n"),
    ],
)
def test_a_missing_program_or_model(root: Path, language: str, path: str | None, said: str) -> None:
    settings(root, f"title: The Quay\nlanguage: {language}\nscans: p.png\n")
    page(root / "scans" / "quay" / "p.png")
    refused(build(root, **({} if path is None else {"PATH": path})), 5, said)


@pytest.mark.skipif("fin" in tesseract.installed_models(), reason="the model that should be missing is installed")
def test_a_model_missing_for_a_quoted_language_is_told() -> None:
    assert missing_models(["en", "fr", "fi", "ru-Latn"]) == {"fi": "tesseract-ocr-fin"}


def test_a_second_build_is_told_of_the_first(root: Path) -> None:
    settings(root, "title: The Quay\nwitnesses: [{path: edition.yaml}]\n")
    (root / "work").mkdir()
    with (root / "work" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused(build(root), 6, "another build is writing here; wait for its end")


def _heeding_interrupts() -> None:
    """What a shell starts in the background ignores them, and so would its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_a_build_that_is_stopped_says_so_and_leaves_the_older_edition(root: Path) -> None:
    settings(root, "title: The Quay\nscans: pages\n")
    (root / "scans" / "quay" / "pages").mkdir()
    for number in range(8):
        page(root / "scans" / "quay" / "pages" / f"{number}.png")
    command = [sys.executable, "-m", "pipeline.cli", "build", "--root", str(root), "--cores", "1"]
    with subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_heeding_interrupts,  # noqa: PLW1509
    ) as process:
        deadline = time.monotonic() + 120
        while not list((root / "work").rglob("pages/p*.png")) and time.monotonic() < deadline:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)  # as the terminal does at Ctrl-C
        _, said = process.communicate(timeout=120)
    assert process.returncode == 130
    assert said.endswith("recensio: stopped; start it again to go on\n")
    assert (root / "tei" / "quay.xml").read_bytes() == OLDER
    assert not list((root / "work").rglob("pages/.*"))


@pytest.mark.parametrize(
    ("name", "data", "code", "said"),
    [
        ("lost.xml", None, 2, "there is no such file"),
        ("letter.xml", b"Dear sir,", 1, "not well-formed XML"),
        ("empty.xml", b"", 1, "not well-formed XML"),
        ("bytes.xml", bytes(range(256)), 1, "not well-formed XML"),
        ("bomb.xml", f"{ENTITIES}]><TEI>&i;</TEI>".encode(), 1, "bomb.xml:1: error"),
        ("spy.xml", b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]><TEI>&a;</TEI>', 1, "DOCTYPE"),
        ("other.xml", b"<html/>", 1, "is not an element of the schema"),
    ],
)
def test_files_that_are_no_editions(root: Path, name: str, data: bytes | None, code: int, said: str) -> None:
    if data is not None:
        (root / name).write_bytes(data)
    checked = recensio("validate", name, cwd=root)
    assert checked.returncode == code
    assert name in checked.stdout + checked.stderr
    assert said in checked.stdout + checked.stderr
    (root / "gold.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>A</p></body></text></TEI>')
    refused(recensio("evaluate", "gold.xml", name, cwd=root), 3, name)


def test_the_workflow_on_its_own_names_what_is_wrong(root: Path) -> None:
    settings(root, "title: The Quay\ncolour: red\n")
    profile = REPOSITORY / "profiles" / "local"  # without it, Snakemake asks for --cores
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "snakemake",
        "--snakefile",
        REPOSITORY / "Snakefile",
        "--profile",
        profile,
    ]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "edition.yaml:2: unknown key 'colour'" in done.stderr
    assert "Traceback" not in done.stderr
    assert (root / "tei" / "quay.xml").read_bytes() == OLDER
