"""A rebuild in a temporary place gives the committed bytes, or says where it does not."""

import subprocess
import sys
from pathlib import Path

from pipeline.rebuilding import differences

TEXT = "CHAPTER ONE: THE QUAY\n\nThe quay was empty in May 1919.1\n\n1 Her diary, p. 3.\n"


def recensio(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline.cli", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_a_rebuild_gives_the_same_bytes_or_the_place_where_it_does_not(tmp_path: Path) -> None:
    folder = tmp_path / "scans" / "quay"
    folder.mkdir(parents=True)
    (folder / "edition.yaml").write_text("title: Quay\nwitnesses:\n  - id: existing\n    path: text.txt\n")
    (folder / "text.txt").write_text(TEXT)
    assert recensio("build", "quay", cwd=tmp_path).returncode == 0
    same = recensio("build", "quay", "--check", cwd=tmp_path)
    assert same.returncode == 0, same.stderr
    assert same.stdout.count("a rebuild gives the same bytes") == 2
    committed = tmp_path / "tei" / "quay.xml"
    committed.write_text(committed.read_text().replace("was empty", "was full"))
    before = committed.read_bytes()
    other = recensio("build", "quay", "--check", cwd=tmp_path)
    assert other.returncode == 1
    assert "tei/quay.xml: 1 line differs from a rebuild" in other.stderr
    assert "was full" in other.stderr
    assert "was empty" in other.stderr
    assert committed.read_bytes() == before


def test_what_differs_is_shown_where_it_parts(tmp_path: Path) -> None:
    committed, rebuilt = tmp_path / "committed.xml", tmp_path / "rebuilt.xml"
    rebuilt.write_text("<a>\n" + "x" * 100 + "one" + "y" * 100 + "\n<b/>\n</a>\n")
    assert "is not there" in differences(committed, rebuilt)
    committed.write_bytes(rebuilt.read_bytes())
    assert differences(committed, rebuilt) == ""
    committed.write_text(rebuilt.read_text().replace("one", "two"))
    assert f"committed: ...{'x' * 40}two{'y' * 37}..." in differences(committed, rebuilt)
    committed.write_text(rebuilt.read_text().replace("<b/>\n", ""))
    told = differences(committed, rebuilt)
    assert "1 line differs" in told
    assert "committed: (nothing)" in told
    assert "rebuilt:   <b/>" in told


def test_of_many_differences_some_are_shown(tmp_path: Path) -> None:
    committed, rebuilt = tmp_path / "committed.xml", tmp_path / "rebuilt.xml"
    committed.write_text("\n".join(f"{n}\n=" for n in range(10)))
    rebuilt.write_text("\n".join(f"{n}.\n=" for n in range(10)))
    assert "and 5 more places" in differences(committed, rebuilt)
