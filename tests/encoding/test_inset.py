"""Letters, epigraphs and paired quotations as TEI."""

from pathlib import Path

from lxml import etree
from synthetic import edition, write

from pipeline.encoding import encode
from pipeline.model import Reading, Span

SCHEMA = etree.RelaxNG(etree.parse(str(Path(__file__).parents[2] / "schemas" / "edition.rng")))
BODY = "Dear Vera,\nThe ice is gone.\nYours,\nNikolai"


def made(tmp_path: Path, text: Reading, *spans: Span) -> str:
    path = encode(write(edition(tmp_path), text, {"divisions": list(spans)}, []))
    assert SCHEMA.validate(etree.parse(str(path))), SCHEMA.error_log
    return "".join(line.strip() for line in path.read_text(encoding="utf-8").partition("<text ")[2].splitlines())


def at(words: str, kind: str, **attributes: str) -> Span:
    start = BODY.index(words)
    return Span("body", start, start + len(words), kind, attributes)


PARTS = (
    at("Dear Vera,", "opener"),
    at("Dear Vera,", "salute"),
    at("The ice is gone.", "p"),
    at("Yours,\nNikolai", "closer"),
    at("Yours,", "salute"),
    at("Nikolai", "signed"),
)
LETTER = (
    "<opener><salute>Dear Vera,</salute></opener><p>The ice is gone.</p>"
    "<closer><salute>Yours,</salute><signed>Nikolai</signed></closer>"
)


def test_a_letter_is_a_text_of_its_own_or_a_division(tmp_path: Path) -> None:
    quoted = (at(BODY, "blockquote"), at(BODY, "floatingText", type="letter"))
    text = Reading({"body": BODY})
    inside = f'<quote rend="block"><floatingText type="letter"><body>{LETTER}</body></floatingText></quote>'
    assert inside in made(tmp_path, text, *quoted, *PARTS)
    alone = made(tmp_path, text, at(BODY, "div", type="letter", id="letter"), *PARTS)
    assert f'<div type="letter" xml:id="letter">{LETTER}</div>' in alone


def test_an_epigraph_stands_between_head_and_text(tmp_path: Path) -> None:
    spans = (at(BODY, "div", type="section", id="s1"), at("Dear Vera,", "head"))
    saying = [at("The ice is gone.", kind) for kind in ("epigraph", "blockquote", "p")]
    text = made(tmp_path, Reading({"body": BODY}), *spans, *saying, at("Yours,\nNikolai", "p"))
    assert '</head><epigraph><quote rend="block"><p>The ice is gone.</p></quote></epigraph><p>' in text


def test_original_and_translation_point_at_each_other(tmp_path: Path) -> None:
    note = Span("body", len(BODY), len(BODY), "note", {"note": "n1.1", "n": "1", "supplied": "0.95"})
    body = at("Nikolai", "q", id="one", corresp="other")
    given = Span("n1.1", 0, 3, "q", {"id": "other", "corresp": "one"})
    text = made(tmp_path, Reading({"body": BODY, "n1.1": "Kolya"}), at(BODY, "p"), body, given, note)
    assert '<q xml:id="one" corresp="#other">Nikolai</q>' in text
    assert '<note place="bottom" n="1" xml:id="n1.1" cert="high"><q xml:id="other" corresp="#one">Kol</q>ya' in text
