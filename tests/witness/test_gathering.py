"""The stage: from an edition's folder to its witness files."""

from pathlib import Path

import pytest

from pipeline import model
from pipeline.edition import Edition
from pipeline.errors import BadInput
from pipeline.model import Box, Line, Page, Witness, Word, Zone
from pipeline.settings import Settings
from pipeline.witness import gather


def edition(root: Path, **settings: object) -> Edition:
    return Edition("ferry", root, Settings.model_validate({"title": "The Ferry", **settings}))


def page(number: int, text: str) -> Page:
    box = Box(100, 100, 900, 140)
    words = tuple(Word(word, box, 0.9) for word in text.split())
    return Page(
        f"p{number:04d}",
        number,
        f"scans/{number}.png",
        f"pages/p{number:04d}.png",
        1000,
        1400,
        "0" * 64,
        zones=(Zone("z1", "body", box),),
        lines=(Line("l1", "z1", box, words, opens=True),),
    )


def test_texts_and_scans_become_witness_files(tmp_path: Path) -> None:
    texts = [{"id": "old", "path": "old.txt"}, {"id": "md", "path": "text.md"}]
    mine = edition(tmp_path, scans="pages", witnesses=texts)
    mine.folder.mkdir(parents=True)
    (mine.folder / "old.txt").write_text("The ferry sank.\n\n¹Minutes, p. 3.\n", encoding="utf-8")
    (mine.folder / "text.md").write_text("# The Ferry\n\nIt sank.[^1]\n\n[^1]: Minutes, p. 3.\n", encoding="utf-8")
    model.write_json(mine.work / "layout" / "b002.json", [page(2, "It sank in May.")])
    model.write_json(mine.work / "layout" / "b001.json", [page(1, "The ferry was old.")])
    gather(mine)
    old = model.read_json(mine.work / "witness" / "old.json", Witness)
    assert (old.id, old.medium, old.source, len(old.sha256)) == ("old", "text", "old.txt", 64)
    assert [block.kind for block in old.blocks] == ["body", "footnote"]
    marked = model.read_json(mine.work / "witness" / "md.json", Witness)
    assert [block.kind for block in marked.blocks] == ["heading", "body", "footnote"]
    assert model.read_json(mine.work / "witness" / "witnesses.json", list[str]) == ["scan", "old", "md"]
    scan = model.read_json(mine.work / "witness" / "scan.json", Witness)
    assert scan.medium == "scan"
    assert [token.page for token in scan.tokens()][::4] == ["p0001", "p0002"]


def test_the_same_text_gives_the_same_bytes(tmp_path: Path) -> None:
    mine = edition(tmp_path, witnesses=[{"path": "old.txt"}])
    mine.folder.mkdir(parents=True)
    (mine.folder / "old.txt").write_text("The ferry sank.\n\n¹Minutes, p. 3.\n\nIt was May.\n" * 9, encoding="utf-8")
    written = mine.work / "witness" / "existing.json"
    gather(mine)
    first = written.read_bytes()
    gather(mine)
    assert written.read_bytes() == first


def test_a_missing_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"lost\.txt"):
        gather(edition(tmp_path, witnesses=[{"path": "lost.txt"}]))


def test_numbers_may_begin_again_on_every_page(tmp_path: Path) -> None:
    notes = "¹Minutes, p. 3.\n\n²Ibid.\n\n"
    sheet = f"The ferry crossed the bay and nobody who saw it\n\n{notes}was surprised at all by that.\n\n"
    mine = edition(tmp_path, witnesses=[{"path": "old.txt"}], notes={"numbering": "page"})
    mine.folder.mkdir(parents=True)
    (mine.folder / "old.txt").write_text(sheet * 4, encoding="utf-8")
    gather(mine)
    found = model.read_json(mine.work / "witness" / "existing.json", Witness).blocks
    assert [block.tokens[0].text for block in found if block.kind == "footnote"] == ["1", "2"] * 4
