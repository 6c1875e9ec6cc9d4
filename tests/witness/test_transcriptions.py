"""Witnesses in ALTO, PAGE and hOCR: recognition by another engine, or corrected elsewhere."""

from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.collation import columns
from pipeline.errors import BadInput
from pipeline.model import Block, Token, Witness
from pipeline.settings import TextWitness
from pipeline.witness import with_confidence
from pipeline.witness.kinds import blocks
from pipeline.witness.passages import passages
from pipeline.witness.source import files_of, read_source
from pipeline.witness.transcription import form_of, transcription

ALTO = """<?xml version="1.0"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v4#">
<ReadingOrder><OrderedGroup ID="g"><ElementRef ID="r1" REF="top"/>
<ElementRef ID="r2" REF="foot"/></OrderedGroup></ReadingOrder>
<Layout><Page ID="p"><PrintSpace>
<TextBlock ID="foot"><TextLine><String CONTENT="12" WC="0.5"/><SP/><String CONTENT="Ledgers," WC="0.8"/><SP/>
<String CONTENT="p."/><SP/><String CONTENT="4."/></TextLine></TextBlock>
<TextBlock ID="top"><TextLine><String CONTENT="The" WC="0.9"/><SP/><String CONTENT="har" WC="0.7"/>
<HYP CONTENT="-"/></TextLine>
<TextLine><String CONTENT="bour" WC="0.6"/><SP/><String CONTENT="froze"/><String CONTENT="."/></TextLine></TextBlock>
</PrintSpace></Page></Layout></alto>"""

PAGE = """<?xml version="1.0"?><PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Page>
<ReadingOrder><OrderedGroup id="o"><OrderedGroupIndexed index="1" id="g"><RegionRefIndexed index="0" regionRef="foot"/>
</OrderedGroupIndexed><RegionRefIndexed index="0" regionRef="top"/></OrderedGroup></ReadingOrder>
<TextRegion id="foot"><TextLine>
<TextEquiv conf="0.4"><Unicode>12 Ledgers, p. 4.</Unicode></TextEquiv></TextLine></TextRegion>
<TextRegion id="top">
<TextLine custom="readingOrder {index:1;}"><TextEquiv><Unicode>bour froze.</Unicode></TextEquiv></TextLine>
<TextLine custom="readingOrder {index:0;}"><Word><TextEquiv conf="0.9"><Unicode>The</Unicode></TextEquiv></Word>
<TextEquiv index="1"><Unicode>wrong guess</Unicode></TextEquiv>
<TextEquiv index="0" conf="0.7"><Unicode>The har-</Unicode></TextEquiv>
</TextLine></TextRegion></Page></PcGts>"""

HOCR = """<!DOCTYPE html><html><body><div class="ocr_page"><div class="ocr_carea"><p class="ocr_par">
<span class="ocr_line"><span class="ocrx_word" title="bbox 1 2 3 4; x_wconf 90">The</span>
<span class="ocrx_word" title="x_wconf 70">har-</span></span>
<span class="ocr_line"><span class="ocrx_word" title="x_wconf 60">bour</span>
<span class="ocrx_word">fr<em>oze</em>.</span></span>
</p></div><div class="ocr_carea"><span class="ocr_line">12 Ledgers, p. 4.</span></div></div></body></html>"""

FORMS: dict[Literal["alto", "page", "hocr"], str] = {"alto": ALTO, "page": PAGE, "hocr": HOCR}
TEXT = "The har-\nbour froze.\n\n12 Ledgers, p. 4.\n\n"


@pytest.mark.parametrize("form", FORMS)
def test_regions_and_lines_stand_in_reading_order(form: Literal["alto", "page", "hocr"]) -> None:
    data = FORMS[form].encode()
    assert form_of(data) == form
    assert transcription([("p1.xml", data)]).text == TEXT


@pytest.mark.parametrize("form", FORMS)
def test_a_word_keeps_its_confidence_also_when_it_is_divided(form: Literal["alto", "page", "hocr"]) -> None:
    made = transcription([("p1.xml", FORMS[form].encode())])
    found = [with_confidence(block, made.confidence) for block in blocks(passages(made.text, "text"), "chapter")]
    sure = {token.text: token.confidence for block in found for token in block.tokens}
    assert sure["The"] == 0.9
    assert sure["har-bour"] == 0.7
    assert sure["froze."] == 1.0


def test_a_folder_is_read_in_the_order_of_its_page_numbers(tmp_path: Path) -> None:
    for number in (10, 9, 1):
        page = ALTO.replace("froze", f"froze{number}")
        (tmp_path / f"leaf{number}.xml").write_text(page, encoding="utf-8")
    (tmp_path / "mets.xml").write_text("<mets/>", encoding="utf-8")
    (tmp_path / "leaf1.png").write_bytes(b"image")
    assert [path.name for path in files_of(tmp_path)] == ["leaf1.xml", "leaf9.xml", "leaf10.xml"]
    source = read_source(tmp_path, TextWitness.model_validate({"path": str(tmp_path)}))
    assert [sheet.split()[3] for sheet in source.text.split("\f")] == ["froze1.", "froze9.", "froze10."]


def test_no_entity_is_expanded_and_nothing_is_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden", encoding="utf-8")
    entity = f'<!DOCTYPE alto [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY y "lol">]>'
    hostile = ALTO.replace("<alto", f"{entity}<alto", 1).replace("<TextLine>", "<TextLine>&x;&y;", 1)
    text = transcription([("p1.xml", hostile.encode())]).text
    assert "hidden" not in text
    assert "lol" not in text


def test_a_broken_file_and_one_of_another_kind_are_named() -> None:
    with pytest.raises(BadInput, match=r"p1\.xml: cannot be read as ALTO"):
        transcription([("p1.xml", ALTO[:-20].encode())])
    with pytest.raises(BadInput, match=r"p2\.xml: neither ALTO nor PAGE nor hOCR"):
        transcription([("p1.xml", PAGE.encode()), ("p2.xml", b"<TEI/>")])


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no text in it"):
        read_source(tmp_path, TextWitness.model_validate({"path": str(tmp_path)}))


@settings(deadline=None)
@given(
    st.sampled_from([form.encode() for form in FORMS.values()]),
    st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=8)), max_size=4),
    st.sampled_from(["alto", "page", "hocr", None]),
)
def test_whatever_bytes_come_there_is_text_or_a_message(
    data: bytes, cuts: list[tuple[int, bytes]], form: Literal["alto", "page", "hocr"] | None
) -> None:
    for at, put in cuts:
        data = data[:at] + put + data[at + len(put) :]
    try:
        made = transcription([("p1.xml", data)], form)
    except BadInput as error:
        assert "p1.xml" in str(error)
        return
    assert all(0 <= sure <= 1 for known in made.confidence.values() for sure in known.values())
    blocks(passages(made.text, "text"), "chapter")


@given(st.binary(max_size=300))
def test_any_bytes_at_all(data: bytes) -> None:
    for form in (None, *FORMS):
        try:
            transcription([("p1.xml", data)], form)
        except BadInput as error:
            assert "p1.xml" in str(error)


def test_three_witnesses_are_collated_by_the_same_code() -> None:
    made = transcription([("p1.xml", ALTO.replace("Ledgers", "Lcdgers").encode())])
    third = tuple(with_confidence(b, made.confidence) for b in blocks(passages(made.text, "text"), "chapter"))
    words = ["The", "harbour", "frozc.", "12", "Ledgers,", "p.", "4."]
    scan = tuple(Token(word, line="p0001.l1", page="p0001", confidence=0.6) for word in words)
    witnesses = [
        Witness("scan", "scan", "", (Block("body", scan[:3]), Block("footnote", scan[3:]))),
        Witness("existing", "text", "", (Block("body", tuple(Token(word) for word in ["The", "harbor", "froze."])),)),
        Witness("other", "text", "", third),
    ]
    found = columns(witnesses, ["en"])
    assert [column.text for column in found] == ["The", "harbour", "froze.", "12", "Ledgers,", "p.", "4."]
    for witness in witnesses:
        ranges = sorted(column.readings[witness.id] for column in found if witness.id in column.readings)
        assert [i for start, end in ranges for i in range(start, end)] == list(range(len(witness.tokens())))
