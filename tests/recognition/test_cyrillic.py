"""Pages and lines in Cyrillic, found and read without being told: drawn and aged as typescripts are."""

from pathlib import Path

import pytest
from lxml import etree
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from pipeline import pages, recognition
from pipeline.edition import Edition
from pipeline.evaluation.typescript import DrawnPage, Look, draw
from pipeline.settings import Settings

FONT = Path("/usr/share/fonts/truetype/freefont/FreeMonoBold.ttf")
SAMPLE = Path(__file__).parents[2] / "scans" / "harbour-letters"
pytestmark = pytest.mark.skipif(not FONT.exists(), reason="the font FreeMono is not installed (fonts-freefont-ttf)")

ALTO = "{http://www.loc.gov/standards/alto/ns-v4#}"
TEI = "http://www.tei-c.org/ns/1.0"
RUSSIAN = [
    "Зимой город засыпало снегом до самых окон, и почту возили на санях через лед. Смотритель маяка раз в неделю "
    "спускался к пристани, покупал керосин, муку и свежие газеты, которым было уже по десять дней. Он читал их вслух "
    "своей собаке, потому что больше читать было некому.",
    "В декабре пришло письмо от сестры. Она спрашивала, не скучно ли ему одному среди моря, и обещала приехать, как "
    "только откроется дорога. Он ответил, что скучать некогда: каждый вечер надо зажечь лампу, каждое утро погасить, "
    "а между этим записать в журнал ветер, погоду и все корабли, хотя кораблей зимой не бывает.",
    'Весной сестра приехала. "Где же твое море?" - спросила она, глядя на туман. "Подожди до завтра", - сказал он. '
    "Назавтра туман ушел, и она увидела воду, острова и белую лодку, которую он покрасил для нее в марте.",
]
MIXED = [
    "The keeper copied the whole of the inscription into his log, as he copied everything: over the door stood "
    "Добро пожаловать на остров and under it, in smaller letters, the name of the builder and the year. Visitors "
    "from the mainland asked him what it meant, and he told each of them something else, according to how much he "
    "liked them. To the inspector he said that it forbade smoking.",
]


def gold_of(folder: Path) -> Path:
    body = "".join(
        f'<pb n="{number}"/>' + "".join(f"<p>{text}</p>" for text in texts)
        for number, texts in enumerate([RUSSIAN, MIXED], 1)
    )
    path = folder / "gold.xml"
    path.write_text(f'<TEI xmlns="{TEI}"><text><body>{body}</body></text></TEI>', encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> list[DrawnPage]:
    folder = tmp_path_factory.mktemp("drawn")
    return draw(gold_of(folder), folder / "pages", Look(), seed=4)


@pytest.fixture(scope="module")
def read(drawn: list[DrawnPage], tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The text of the drawn pages, then of the sample's page with the letter in Cyrillic."""
    scans = [str(page.image) for page in drawn] + [str(SAMPLE / "pages" / "p0013.jpg")]
    edition = Edition("pages", tmp_path_factory.mktemp("read"), Settings.model_validate({"title": "P", "scans": scans}))
    edition.allow_outside()
    for batch in pages.batches(edition):
        pages.prepare(edition, batch)
        recognition.recognise(edition, batch)
    return [text_of(path) for path in sorted((edition.work / "alto").glob("p*.xml"))]


def text_of(path: Path) -> str:
    lines = etree.parse(str(path)).iter(f"{ALTO}TextLine")
    return " ".join(" ".join(str(e.get("CONTENT")) for e in line.iter(f"{ALTO}String")) for line in lines)


def error_rate(expected: str, found: str) -> float:
    return Levenshtein.distance(expected, found) / len(expected)


def test_a_page_in_cyrillic_is_found_and_read(drawn: list[DrawnPage], read: list[str]) -> None:
    assert error_rate(" ".join(["1", *" ".join(drawn[0].lines).split()]), read[0]) <= 0.02


def test_cyrillic_and_latin_in_one_line(drawn: list[DrawnPage], read: list[str]) -> None:
    assert "Добро пожаловать на остров" in read[1]
    assert error_rate(" ".join(["2", *" ".join(drawn[1].lines).split()]), read[1]) <= 0.02


def test_the_letter_in_cyrillic_of_the_sample(read: list[str]) -> None:
    gold = etree.parse(str(SAMPLE / "gold.xml"))
    letters = gold.findall(
        f".//{{{TEI}}}quote//{{{TEI}}}foreign[@xml:lang='ru']", {"xml": "http://www.w3.org/XML/1998/namespace"}
    )
    letter = " ".join(max((str(each.xpath("string()")) for each in letters), key=len).split())
    place = fuzz.partial_ratio_alignment(letter, read[2])
    assert place is not None
    assert len(letter) > 200
    assert error_rate(letter, read[2][place.dest_start : place.dest_end]) <= 0.02
