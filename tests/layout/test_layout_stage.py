"""The stage on files: ALTO in several forms, bad input, and a drawn page that Tesseract reads."""

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.edition import Edition
from pipeline.errors import BadInput
from pipeline.layout import analyse, read_alto
from pipeline.model import Box, Page, read_json, write_json
from pipeline.settings import Settings

FONT = Path("/usr/share/fonts/truetype/freefont/FreeMonoBold.ttf")
STYLES = '<Styles><TextStyle ID="up" FONTSTYLE="superscript"/><TextStyle ID="low" FONTSTYLE="bold underline"/></Styles>'
WORDS = """<TextLine><String HPOS="10" VPOS="20" WIDTH="60" HEIGHT="12" WC="0.5" CONTENT="quay" STYLEREFS="low"/><SP/>
<String HPOS="71" VPOS="14.4" WIDTH="9.6" HEIGHT="8" CONTENT="7" STYLEREFS="up"/><String HPOS="90" VPOS="20"
WIDTH="30" HEIGHT="12" CONTENT="har"/><HYP CONTENT="-"/></TextLine><TextLine><String HPOS="1" VPOS="1" WIDTH="1"
HEIGHT="1" CONTENT=" "/></TextLine>"""


def alto(words: str = WORDS, namespace: str = "http://www.loc.gov/standards/alto/ns-v4#", unit: str = "pixel") -> str:
    space = f' xmlns="{namespace}"' if namespace else ""
    return (
        f"<alto{space}><Description><MeasurementUnit>{unit}</MeasurementUnit></Description>{STYLES}"
        f"<Layout><Page><PrintSpace><TextBlock>{words}</TextBlock></PrintSpace></Page></Layout></alto>"
    )


@pytest.mark.parametrize("version", ["http://www.loc.gov/standards/alto/ns-v2#", "", "http://schema.ccs-gmbh.com/ALTO"])
def test_alto_of_any_version_is_read(tmp_path: Path, version: str) -> None:
    path = tmp_path / "a.xml"
    path.write_text(alto(namespace=version), encoding="utf-8")
    (words, none) = read_alto(path)
    assert none == []
    assert [(w.text, w.raised, w.underlined, w.confidence) for w in words] == [
        ("quay", False, True, 0.5),
        ("7", True, False, 1.0),
        ("har-", False, False, 1.0),
    ]
    assert words[1].box == Box(71, 14, 81, 22)


@pytest.mark.parametrize(
    "text",
    ["<alto><", alto('<TextLine><String CONTENT="a" HPOS="1"/></TextLine>'), alto(unit="mm10")],
)
def test_bad_alto_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=r"broken\.xml"):
        read_alto(path)
    with pytest.raises(BadInput, match=r"missing\.xml"):
        read_alto(tmp_path / "missing.xml")


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    path = tmp_path / "a.xml"
    path.write_text(f'<!DOCTYPE alto [<!ENTITY x SYSTEM "{secret.as_uri()}">]>' + alto("&x;"), encoding="utf-8")
    assert read_alto(path) == []


def typescript() -> tuple[Image.Image, list[Box]]:
    """A page at 200 dots an inch: number, paragraph, block quotation, rule and two notes."""
    image = Image.new("L", (1700, 2200), 255)
    pen, type_, small = ImageDraw.Draw(image), ImageFont.truetype(FONT, 34), ImageFont.truetype(FONT, 22)
    pen.text((1400, 120), "27", font=type_, fill=0)
    body = [
        "     The harbour   lay empty through the  winter and",
        "the cranes stood  idle   over the quay. Nobody came",
        "and nobody asked  why. The master  wrote   to them:",
    ]
    top = 260
    for text in body * 3:
        pen.text((200, top), text, font=type_, fill=0)
        top += 64
    for text in (
        "It is not my business to keep the",
        "accounts of a harbour that has no",
        "ships and no money of its own.",
    ):
        pen.text((360, top), text, font=type_, fill=0)
        top += 38
    top += 26
    pen.text((200, top), "That was all he wrote to them in that long winter.", font=type_, fill=0)
    rule = Box(200, 1500, 600, 1504)
    pen.rectangle((rule.left, rule.top, rule.right - 1, rule.bottom - 1), fill=0)
    for top, number, text in ((1530, "12", "Harbour Board, Minutes, 4 May 1921."), (1600, "13", "The same, page 9.")):
        pen.text((260, top - 8), number, font=small, fill=0)
        pen.text((292, top), text, font=type_, fill=0)
    return image, [rule]


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
@pytest.mark.skipif(not FONT.exists(), reason="fonts-freefont-ttf is not installed")
def test_a_page_that_tesseract_reads(tmp_path: Path) -> None:
    edition = Edition("quay", tmp_path, Settings.model_validate({"title": "Quay"}))
    image, rules = typescript()
    (edition.work / "pages").mkdir(parents=True)
    (edition.work / "alto").mkdir()
    image.save(edition.work / "pages" / "p0001.png", dpi=(200, 200))
    write_json(edition.work / "pages" / "p0001.marks.json", {"rules": rules, "underlines": []})
    page = Page("p0001", 1, "scans/1.png", "pages/p0001.png", image.width, image.height, "0" * 64)
    write_json(edition.work / "pages" / "b001.json", [page])
    subprocess.run(
        ["tesseract", edition.work / "pages" / "p0001.png", edition.work / "alto" / "p0001", "-l", "eng", "alto"],
        check=True, capture_output=True, env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/usr/local/bin:/bin"},
    )  # fmt: skip
    done: list[str] = []
    analyse(edition, "b001", done.append)
    assert done == ["p0001"]
    (found,) = read_json(edition.work / "layout" / "b001.json", list[Page])
    assert found.label == "27"
    assert [zone.kind for zone in found.zones] == ["pageNumber", "body", "quotation", "body", "footnote"]
    kinds = {zone.id: zone.kind for zone in found.zones}
    count = [sum(kinds[each.zone] == kind for each in found.lines) for kind in ("body", "quotation", "footnote")]
    assert count == [10, 3, 2]
    assert [each.opens for each in found.lines if kinds[each.zone] == "footnote"] == [True, True]
    assert sum(each.opens for each in found.lines if kinds[each.zone] == "body") == 3
    again = (edition.work / "layout" / "b001.json").read_bytes()
    analyse(edition, "b001")
    assert (edition.work / "layout" / "b001.json").read_bytes() == again


def test_a_missing_batch_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"b007\.json"):
        analyse(Edition("quay", tmp_path, Settings.model_validate({"title": "Quay"})), "b007")
