"""The command line and the workflow, run as a user runs them, in a folder whose path has a space."""

import os
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.recognition import tesseract

REPOSITORY = Path(__file__).parents[2]
SAMPLE = REPOSITORY / "scans" / "harbour-letters"
FONT = Path("/usr/share/fonts/truetype/freefont/FreeMono.ttf")
TEXT = """\
CHAPTER ONE: THE QUAY

The ice came early that year, and the pilots who had stayed on the island rowed back across black water.¹ Nobody in the
customs house remembered a colder November.

¹ Ledger of the Customs House, p. 12.

In the spring the consul counted "forty empty barrels" on the quay.²

² <u>Ibid.</u>, p. 14.
"""


def recensio(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline.cli", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "my editions"
    folder.mkdir()
    return folder


def begin(root: Path, text: str = TEXT) -> Path:
    path = root / "a text.txt"
    path.write_text(text, encoding="utf-8")
    made = recensio("new", "quay", "--text", path, "--title", "The Quay", "--root", root, cwd=root)
    assert made.returncode == 0, made.stderr
    return root / "scans" / "quay" / "edition.yaml"


def sample(root: Path, pages: int) -> Path:
    """The first pages of the sample's main text as an edition of their own."""
    folder = root / "scans" / "harbour-letters"
    folder.mkdir(parents=True)
    shutil.copy(SAMPLE / "edition.yaml", folder)
    shutil.copy(SAMPLE / "existing.txt", folder)
    (folder / "pages").mkdir()
    for image in sorted((SAMPLE / "pages").iterdir())[2 : 2 + pages]:
        shutil.copy(image, folder / "pages")
    return folder


def outputs(root: Path) -> dict[str, bytes]:
    """Everything a build writes that is meant to be kept, by name."""
    kept = [*(root / "tei").glob("*.xml"), *(root / "work").rglob("*.json*"), *(root / "work").rglob("p*.xml")]
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(kept)}


def test_a_text_alone_becomes_a_valid_edition(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/dev/null")  # a container may be run by a user who has no home
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    begin(root)
    left = [root / "work" / "quay" / name for name in ("layout/b001.json", "alto/p0001.xml", "rereadings/b001.json")]
    for path in left:  # as if there had been scans
        path.parent.mkdir(parents=True)
        path.write_text("pages that are no more")
    built = recensio("build", "quay", "--root", root, cwd=root)
    assert built.returncode == 0, built.stderr
    assert not any(path.exists() for path in left)
    assert "2 notes" in built.stdout
    assert str(root / "tei" / "quay.xml") in built.stdout
    edition = (root / "tei" / "quay.xml").read_text(encoding="utf-8")
    assert 'n="1"' in edition
    assert "forty empty barrels" in edition
    checked = recensio("validate", root / "tei" / "quay.xml", cwd=root)
    assert checked.returncode == 0, checked.stdout
    assert "2 files checked, none not valid; no errors" in recensio("validate", "--root", root, cwd=root).stdout
    measured = recensio("evaluate", root / "tei" / "quay.xml", "quay", "--root", root, cwd=root)
    assert "character error rate     0.0000" in measured.stdout


def test_the_version_is_that_of_the_package() -> None:
    declared = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    shown = recensio("--version", cwd=REPOSITORY)
    assert (shown.returncode, shown.stdout) == (0, f"recensio {declared}\n")


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_names_every_command(option: str) -> None:
    shown = recensio(option, cwd=REPOSITORY)
    assert "Begin with: recensio new" in shown.stdout
    for command in ("new", "build", "validate", "evaluate", "recognition", "collation"):
        assert command in shown.stdout


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("titel: x\n", "unknown key 'titel'"),
        ("scans: nowhere\n", "nowhere"),
        ("witnesses:\n  - path: lost.txt\n", "lost.txt"),
    ],
)
def test_wrong_settings_end_the_build_before_it_begins(root: Path, change: str, said: str) -> None:
    settings = begin(root)
    key = change.split(":", maxsplit=1)[0]
    kept = settings.read_text(encoding="utf-8").split(f"\n{key}:")[0]
    settings.write_text(f"{kept}\n{change}", encoding="utf-8")
    built = recensio("build", "--root", root, cwd=root)
    assert built.returncode not in (0, 1)
    assert said in built.stderr
    assert "Traceback" not in built.stderr
    assert not (root / "tei" / "quay.xml").exists()


def test_an_unwritable_folder_is_named(root: Path) -> None:
    begin(root)
    (root / "tei").write_text("a file where a folder should be")
    built = recensio("build", "--root", root, cwd=root)
    assert built.returncode == 6
    assert str(root / "tei") in built.stderr


def test_a_text_in_another_encoding_is_refused_with_advice(root: Path) -> None:
    begin(root)
    (root / "a text.txt").write_bytes("Le quai était gelé, l'été aussi.".encode("latin-1"))
    built = recensio("build", "--root", root, cwd=root)
    assert built.returncode != 0
    assert "a text.txt" in built.stderr
    assert "encoding" in built.stderr
    assert not (root / "tei" / "quay.xml").exists()


def test_a_truncated_scan_is_named_and_nothing_is_half_written(root: Path) -> None:
    folder = root / "pages"
    folder.mkdir()
    page = Image.new("L", (1700, 2200), 255)
    ImageDraw.Draw(page).text((200, 300), "The ice came early that year", font=ImageFont.truetype(str(FONT), 40))
    page.save(folder / "p1.tif")
    whole = (folder / "p1.tif").read_bytes()
    (folder / "p2.tif").write_bytes(whole[: len(whole) // 2])
    assert recensio("new", "quay", "--scans", folder, "--root", root, cwd=root).returncode == 0
    built = recensio("build", "--root", root, cwd=root)
    assert built.returncode != 0
    assert "p2.tif" in built.stderr
    assert not (root / "tei" / "quay.xml").exists()


def test_a_build_killed_in_the_middle_goes_on_and_ends_the_same(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "undisturbed"
    other.mkdir()
    sample(root, 5)
    sample(other, 5)
    command = [sys.executable, "-m", "pipeline.cli", "build", "--root", str(root)]
    with subprocess.Popen(
        command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
    ) as process:
        deadline = time.monotonic() + 120
        while not list((root / "work").rglob("alto/p*.xml")) and time.monotonic() < deadline:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGKILL)
    done = {path: path.stat().st_mtime_ns for path in (root / "work").rglob("alto/p*.xml")}
    assert done
    assert not (root / "tei" / "harbour-letters.xml").exists()
    again = recensio("build", "--root", root, cwd=root)
    assert again.returncode == 0, again.stderr
    assert ("tesseract-ocr-deu" in again.stdout) == ("deu" not in tesseract.installed_models())
    assert {path: path.stat().st_mtime_ns for path in done} == done
    assert recensio("build", "--root", other, cwd=other).returncode == 0
    assert outputs(root) == outputs(other)
