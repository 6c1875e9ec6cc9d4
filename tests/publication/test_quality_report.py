"""The quality report: what was mended, and its page."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.model import Bin, Block, Calibration, Column, ColumnKind, Lacuna, Token, Witness
from pipeline.publication.diagram import reliability
from pipeline.publication.mended import Mended, mended
from pipeline.publication.page import Contents, page


def witness(name: str, text: str, page_id: str | None = None) -> Witness:
    tokens = tuple(
        Token(word, page=page_id, line=f"{page_id or 'L'}.l{at // 4}") for at, word in enumerate(text.split())
    )
    return Witness(name, "scan" if page_id else "text", "", (Block("body", tokens),))


def column(kind: ColumnKind, text: str, reason: str = "", **readings: int) -> Column:
    return Column({name: (at, at + 1) for name, at in readings.items()}, text, next(iter(readings)), 0.9, kind, reason)


def parsed(made: str) -> etree._Element:
    return etree.fromstring(made, etree.HTMLParser())


def text_of(tree: etree._Element) -> str:
    return "".join(map(str, tree.itertext()))


def points(tree: etree._Element) -> list[tuple[float, float]]:
    """The middles of the points of a diagram."""
    found = [each for each in tree.iter() if each.get("class") == "point"]
    return [(float(each.get("cx") or "nan"), float(each.get("cy") or "nan")) for each in found]


def contents(passages: list[Mended], title: str = "Harbour", calibration: Calibration | None = None) -> Contents:
    lacunae = [Lacuna("scan", 60, "60 words")]
    figures = [("pages", 2)]
    return Contents(title, True, figures, passages, 3, [("0.9 – 1.0", 4)], calibration, lacunae, ["p: odd"], [])


def test_a_passage_is_one_event_with_its_place_and_witness() -> None:
    scan, text = witness("scan", "The tug left the quay at dawn", "p0002"), witness("copy", "The tug dawn dawn fog")
    columns = [
        column("agreed", "The", scan=0, copy=0),
        column("agreed", "tug", scan=1, copy=1),
        *(
            column("dropped", word, "only the scan has it", scan=at)
            for at, word in enumerate(["left", "the", "quay", "at"], 2)
        ),
        column("agreed", "dawn", scan=6, copy=2),
        column("doubled", "", "repeats its neighbourhood", copy=3),
        column("invented", "", "no room", copy=4),
    ]
    found = mended([scan, text], columns)
    assert found == [
        Mended("dropped", "p0002", "p0002.l0", 4, "left the quay at", "scan", True, "only the scan has it")
    ]


def test_the_page_asks_for_nothing_from_outside_and_holds_no_markup_of_the_text() -> None:
    passage = Mended("dropped", "p1", "l1", 2, "<script>alert(1)</script> & more", "scan", True, "only the scan has it")
    made = page(contents([passage], "A <b>title</b>"))
    tree = parsed(made)
    assert not tree.xpath("//script | //link | //img | //iframe | //@src | //b")
    assert "http:" not in made.replace("http://www.w3.org/2000/svg", "")
    assert "<script>alert(1)</script> & more" in text_of(tree)
    assert "prefers-color-scheme: dark" in made and "@media print" in made


def test_the_diagram_stands_where_the_figures_are() -> None:
    made = Calibration("gold.xml", "", [Bin(0.5, 0.6, 4, 2, 0.55), Bin(0.9, 1.0, 40, 39, 0.95)], 40, 39, 100, 100)
    tree = parsed(page(contents([], calibration=made)))
    assert points(tree) == [(44 + 300 * 0.55, 44 + 150.0), (44 + 300 * 0.95, 44 + 300 * 0.025)]
    assert "97.5% of 40" in text_of(tree)


@given(st.lists(st.tuples(st.integers(1, 99), st.floats(0, 1)), max_size=6))
def test_every_point_lies_inside(bins: list[tuple[int, float]]) -> None:
    made = Calibration("gold", "", [Bin(0.0, 1.0, n, n // 2, p) for n, p in bins], 0, 0, 0, 0)
    found = points(parsed(reliability(made)))
    assert len(found) == len(bins)
    assert all(44 <= place <= 344 for point in found for place in point)
