"""Recognition of pages drawn here: words, raised digits, underlines, other languages, resumption, bad input."""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lxml import etree
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from pipeline import recognition
from pipeline.edition import Edition
from pipeline.errors import BadInput, MissingProgram
from pipeline.model import Box, Page, write_json
from pipeline.recognition import tesseract
from pipeline.settings import Settings

FONT = Path("/usr/share/fonts/truetype/freefont/FreeMonoBold.ttf")
pytestmark = pytest.mark.skipif(not FONT.exists(), reason="the font FreeMono is not installed (fonts-freefont-ttf)")

ALTO = "{http://www.loc.gov/standards/alto/ns-v4#}"
CELL = 29
SIZE = 48
LEADING = 80

ENGLISH = [
    "The harbour master kept his ledgers in a cold room",
    'above the quay.{12} He wrote, "nothing sails today,"{13} and',
    "the clerks, who had read the _Morning_ _Herald_ before",
    "breakfast, believed that the strike was near its end.",
    "It was 30° in the shade; the men's tempers were short.",
    "{12}Letter to the council, folio 7.",
]
FRENCH = [
    "Les dockers quittèrent le port à la fin de la journée,",
    "et personne ne savait encore où les bateaux étrangers",
    "allaient décharger leur cargaison. La grève était déjà",
    "générale dans toute la région, écrivait le préfet.",
]
FRENCH_UNACCENTED = [
    "Les dockers quitterent le port a la fin de la journee,",
    "et personne ne savait encore ou les bateaux etrangers",
    "allaient decharger leur cargaison. La greve etait deja",
    "generale dans toute la region, ecrivait le prefet.",
]
RUSSIAN = [
    "В порту было тихо, и только старый сторож говорил,",
    "что утром придут новые люди и работа начнется опять.",
    "Мы ждали письма из города целую неделю и не дождались.",
]


def draw(lines: list[str]) -> tuple[Image.Image, list[Box]]:
    """A typed page and its underlines. `{12}` is typed raised, a `_word_` underlined (the line itself left out)."""
    image = Image.new("L", (1800, 240 + LEADING * len(lines)), 245)
    pen = ImageDraw.Draw(image)
    font, small = ImageFont.truetype(str(FONT), SIZE), ImageFont.truetype(str(FONT), int(SIZE * 0.66))
    underlines = []
    for number, line in enumerate(lines):
        x, y, raised, start = 100.0, 100 + number * LEADING, False, None
        for character in line:
            if character in "{}":
                raised = character == "{"
            elif character == "_":
                if start is not None:
                    underlines.append(Box(int(start), y + 47, int(x), y + 51))
                start = x if start is None else None
            elif raised:
                pen.text((x, y - 13), character, font=small, fill=10)
                x += CELL * 0.6
            else:
                pen.text((x, y), character, font=font, fill=10)
                x += CELL
    return image.filter(ImageFilter.GaussianBlur(1)), underlines


def edition_of(root: Path, pages: list[list[str]], **settings: Any) -> Edition:
    edition = Edition("sample", root, Settings(title="Sample", **settings))
    listed = []
    for number, lines in enumerate(pages, 1):
        name = f"p{number:04d}"
        image, underlines = draw(lines)
        path = edition.work / "pages" / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        image.save(path)
        write_json(path.with_name(f"{name}.marks.json"), {"rules": [], "underlines": underlines})
        digest = hashlib.sha256(np.asarray(image).tobytes()).hexdigest()
        listed.append(Page(name, number, f"{name}.png", f"pages/{name}.png", image.width, image.height, digest))
    write_json(edition.work / "pages" / "b001.json", listed)
    return edition


def alto_of(edition: Edition, page: str) -> etree._Element:
    return etree.parse(str(edition.work / "alto" / f"{page}.xml")).getroot()


def lines_of(root: etree._Element) -> list[str]:
    return [
        "".join(" " if part.tag == f"{ALTO}SP" else str(part.get("CONTENT")) for part in line)
        for line in root.iter(f"{ALTO}TextLine")
    ]


def styled(root: etree._Element, style: str) -> list[str]:
    return [str(word.get("CONTENT")) for word in root.iter(f"{ALTO}String") if style in word.get("STYLEREFS", "")]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """English with notes, French, Cyrillic in English, nothing at all."""
    pages = [ENGLISH, FRENCH, [*ENGLISH[2:4], *RUSSIAN, ENGLISH[3]], [], FRENCH_UNACCENTED]
    edition = edition_of(tmp_path_factory.mktemp("edition with a space"), pages)
    recognition.recognise(edition, "b001")
    return edition


def test_words_have_boxes_and_confidence(edition: Edition) -> None:
    words = list(alto_of(edition, "p0001").iter(f"{ALTO}String"))
    harbour = next(word for word in words if word.get("CONTENT") == "harbour")
    assert abs(int(harbour.get("HPOS", "0")) - (100 + 4 * CELL)) < 8
    assert abs(int(harbour.get("WIDTH", "0")) - 7 * CELL) < 12
    assert 95 < int(harbour.get("VPOS", "0")) < 140
    assert all(0 <= float(word.get("WC", "-1")) <= 1 for word in words)
    assert float(harbour.get("WC", "0")) > 0.8


def test_the_file_says_how_and_from_what_it_was_made(edition: Edition) -> None:
    root = alto_of(edition, "p0001")
    assert root.tag == f"{ALTO}alto"
    assert [etree.QName(part).localname for part in root] == ["Description", "Styles", "Layout"]
    image = (edition.work / "pages" / "p0001.png").read_bytes()
    source = f"{ALTO}Description/{ALTO}sourceImageInformation/{ALTO}"
    assert root.findtext(f"{source}fileName") == "pages/p0001.png"
    assert root.findtext(f"{source}fileIdentifier") == hashlib.sha256(image).hexdigest()
    step = root.find(f"{ALTO}Description/{ALTO}Processing")
    assert step is not None
    assert step.findtext(f"{ALTO}processingSoftware/{ALTO}softwareVersion") == tesseract.version()
    assert "en fr es ru" in (step.findtext(f"{ALTO}processingStepSettings") or "")
    ids = [element.get("ID") for element in root.iter() if element.get("ID")]
    assert len(ids) == len(set(ids))
    references = {name for element in root.iter() for name in element.get("STYLEREFS", "").split()}
    assert references <= set(ids)


def test_raised_digits_are_read_and_quotation_marks_left(edition: Edition) -> None:
    root = alto_of(edition, "p0001")
    assert styled(root, "raised") == ["12", "13", "12"]
    lines = lines_of(root)
    assert lines[1] == 'above the quay.12 He wrote, "nothing sails today,"13 and'
    assert lines[5] == "12Letter to the council, folio 7."
    assert "men's" in lines[4]


def test_underlined_words(edition: Edition) -> None:
    assert styled(alto_of(edition, "p0001"), "underlined") == ["Morning", "Herald"]


def test_a_french_page_is_found_without_being_told(edition: Edition) -> None:
    root = alto_of(edition, "p0002")
    assert lines_of(root) == FRENCH
    assert {line.get("LANG") for line in root.iter(f"{ALTO}TextLine")} == {"fr"}


def test_accents_that_were_not_typed_are_not_added(edition: Edition) -> None:
    assert lines_of(alto_of(edition, "p0005")) == FRENCH_UNACCENTED


def test_another_policy_for_accents_reads_the_page_again(tmp_path: Path) -> None:
    told = []
    for policy in ("as-printed", "from-model"):
        edition = edition_of(tmp_path, [ENGLISH[:1]], languages=[], recognition={"accents": policy})
        recognition.recognise(edition, "b001")
        told.append(alto_of(edition, "p0001").findtext(f".//{ALTO}processingStepSettings") or "")
    assert ["accents as-printed" in told[0], "accents from-model" in told[1]] == [True, True]


def test_a_cyrillic_block_in_an_english_page(edition: Edition) -> None:
    root = alto_of(edition, "p0003")
    lines = lines_of(root)
    assert lines[2:5] == RUSSIAN
    assert lines[5] == ENGLISH[3]
    assert [line.get("LANG") for line in root.iter(f"{ALTO}TextLine")][2:5] == ["ru"] * 3


def test_a_blank_page_is_an_empty_file(edition: Edition) -> None:
    root = alto_of(edition, "p0004")
    assert lines_of(root) == []
    assert root.find(f".//{ALTO}PrintSpace") is not None


def test_the_list_of_the_batch(edition: Edition) -> None:
    listed = json.loads((edition.work / "alto" / "b001.json").read_text())
    assert listed[0] == {"page": "p0001", "alto": "alto/p0001.xml"}
    assert len(listed) == 5


@pytest.mark.parametrize(
    "numbers", [["iv", "1", "3", "4", "6", "12"], list("113467"), ["7", "9", "10", "12", "13", "15"]]
)
def test_a_column_of_page_numbers_is_read_row_by_row(tmp_path: Path, numbers: list[str]) -> None:
    entries = ["The town in winter", "A ledger", "The men of the quay", "Songs", "What the clerk saw", "Letters"]
    edition = edition_of(tmp_path, [[f"{e:44}{n:>4}" for e, n in zip(entries, numbers, strict=True)]])
    recognition.recognise(edition, "b001")
    root = alto_of(edition, "p0001")
    right = [each for each in root.iter(f"{ALTO}String") if int(each.get("HPOS", "0")) > 1000]
    assert [each.get("CONTENT") for each in sorted(right, key=lambda each: int(each.get("VPOS", "0")))] == numbers
    assert all(int(each.get("HEIGHT", "0")) < LEADING for each in root.iter(f"{ALTO}TextLine"))


def test_what_is_done_stays_and_a_changed_image_is_done_again(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, [ENGLISH[:2], ENGLISH[2:4]], languages=[])
    done: list[str] = []
    recognition.recognise(edition, "b001", done.append)
    assert done == ["p0001", "p0002"]
    first, second = (edition.work / "alto" / f"{page}.xml" for page in ("p0001", "p0002"))
    before = first.stat().st_mtime_ns, second.stat().st_mtime_ns
    whole = first.read_bytes(), second.read_bytes()

    draw(ENGLISH[3:5])[0].save(edition.work / "pages" / "p0002.png")
    recognition.recognise(edition, "b001")
    assert first.stat().st_mtime_ns == before[0]
    assert second.stat().st_mtime_ns > before[1]
    assert lines_of(alto_of(edition, "p0002"))[0] == ENGLISH[3]

    draw(ENGLISH[2:4])[0].save(edition.work / "pages" / "p0002.png")
    first.write_bytes(whole[0][:500])
    (edition.work / "alto" / "b001.json").unlink()
    recognition.recognise(edition, "b001")
    assert (first.read_bytes(), second.read_bytes()) == whole


def test_a_missing_model_names_the_package(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, [], language="fi")
    if "fin" in tesseract.installed_models():
        pytest.skip("the Finnish model is installed")
    with pytest.raises(MissingProgram, match="tesseract-ocr-fin"):
        recognition.recognise(edition, "b001")


def test_a_missing_program_names_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = edition_of(tmp_path, [])
    monkeypatch.setenv("PATH", str(tmp_path))
    tesseract.version.cache_clear()
    tesseract.installed_models.cache_clear()
    with pytest.raises(MissingProgram, match="install the package tesseract-ocr"):
        recognition.recognise(edition, "b001")


def test_a_transliteration_has_no_model(tmp_path: Path) -> None:
    with pytest.raises(MissingProgram, match="ru-Latn"):
        recognition.recognise(edition_of(tmp_path, [], language="ru-Latn"), "b001")


@pytest.mark.parametrize("content", [b"", b"no image"])
def test_a_broken_image_is_named(tmp_path: Path, content: bytes) -> None:
    edition = edition_of(tmp_path, [ENGLISH[:1]])
    (edition.work / "pages" / "p0001.png").write_bytes(content)
    with pytest.raises(BadInput, match=r"p0001\.png"):
        recognition.recognise(edition, "b001")
    assert not (edition.work / "alto" / "b001.json").exists()


def test_one_page_that_fails_is_named_and_the_others_are_tried() -> None:
    with pytest.raises(BadInput, match="broken page"):
        tesseract.read({"good page": _png(ENGLISH[:1]), "broken page": b"\x89PNG nothing"}, "en")


def _png(lines: list[str]) -> bytes:
    return recognition.ink.write_png(np.asarray(draw(lines)[0]))
