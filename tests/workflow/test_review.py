"""The editor's decisions through whole builds, from the command line."""

import csv
import difflib
import json
import subprocess
import sys
from pathlib import Path

TEXT = """\
CHAPTER ONE: THE QUAY

The ice came early that year, and the pilots who had stayed on the island rowed back across black water.¹ Nobody in the
customs house remembered a colder November.

¹ Ledger of the Customs House, p. 12.

In the spring the consul wrote "nous avons trop de barils vides and nobody wants them any more, mon ami, personne ne
vient. The quay was quiet after that, and the letters were put away.
"""


def recensio(*arguments: object, root: Path) -> str:
    command = [sys.executable, "-m", "pipeline.cli", *map(str, arguments), "--root", str(root)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


def lines(root: Path) -> list[str]:
    return (root / "tei" / "quay.xml").read_text(encoding="utf-8").splitlines()


def test_a_build_after_decisions_changes_exactly_what_was_decided(tmp_path: Path) -> None:
    root = tmp_path / "my editions"
    root.mkdir()
    text = root / "a text.txt"
    text.write_text(TEXT, encoding="utf-8")
    recensio("new", "quay", "--text", text, "--title", "The Quay", root=root)
    assert "decided (recensio review quay)" in recensio("build", "quay", root=root)
    before = lines(root)
    table = root / "work" / "quay" / "review.csv"
    with table.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    row = next(each for each in rows if "barils" in each["words"])
    row |= {"decision": "text", "value": row["words"].replace("barils vides", "barils pleins")}
    mine = root / "mine.csv"
    with mine.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(row))
        writer.writeheader()
        writer.writerows(rows)
    said = recensio("review", "quay", "--import", mine, root=root)
    assert "1 new, 0 changed, 0 as before" in said
    assert "0 new, 0 changed, 1 as before" in recensio("review", "quay", "--import", mine, root=root)

    summary = recensio("build", "quay", root=root)
    assert "1 decided" in summary and "NOT VALID" not in summary
    changed = [line for line in difflib.ndiff(before, lines(root)) if line[0] in "+-"]
    assert sum("barils" in line for line in changed) == 2  # the paragraph, before and after
    assert '<lem resp="#resp-editor">pleins</lem><rdg wit="#existing">vides</rdg>' in "".join(lines(root))
    rest = [line for line in changed if "barils" not in line]
    assert [line for line in rest if not ("<annotation" in line or "<change" in line or "istAnnotation" in line)] in (
        [],
        ["-  <standOff>", "-  </standOff>"],
    )
    built = (root / "tei" / "quay.xml").read_bytes()
    recensio("build", "quay", "--force", root=root)
    assert (root / "tei" / "quay.xml").read_bytes() == built

    text.write_text(TEXT.partition("In the spring")[0] + "The rest is lost.\n", encoding="utf-8")
    summary = recensio("build", "quay", root=root)
    assert "fits no longer: its words are not in the text any more" in summary
    report = json.loads((root / "work" / "quay" / "report.json").read_bytes())
    assert [each["decision"] for each in report["review"]["misfits"]] == ["text"]
    assert "barils pleins" in (root / "scans" / "quay" / "review.yaml").read_text(encoding="utf-8")
