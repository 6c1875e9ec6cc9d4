"""What becomes of flags and decisions in the edition: a build after a decision changes what was decided, no more."""

import difflib
import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from reviewing import NOTE, TEXT, at, flagged, make

from pipeline.edition import Edition, load
from pipeline.encoding import encode
from pipeline.errors import BadInput, SettingsError
from pipeline.model import Decision, Reading, Span, read_json, read_rows, write_json
from pipeline.review import queue
from pipeline.review.decisions import write_decisions
from pipeline.review.outcome import Outcome
from pipeline.review.quotation import Texts
from pipeline.review.rows import Flag
from pipeline.review.server import NAMES
from pipeline.settings import FLAGS
from pipeline.validation.checking import check

NS = {"t": "http://www.tei-c.org/ns/1.0"}
SCHEMA = etree.RelaxNG(etree.parse(str(Path(__file__).parents[2] / "schemas" / "edition.rng")))
#: Words of TEXT that a decision may be about, or none for the place of the note.
FIRST = TEXT.index("sient")


def decide(words: str, flag: str, verdict: str, value: str = "", start: int | None = None) -> Decision:
    begin = TEXT.index(words) if start is None else start
    made = Texts({"body": TEXT}).quote("body", begin, begin + len(words))
    return Decision(flag, "body", made.exact, made.prefix, made.suffix, verdict, value)  # type: ignore[arg-type]


def build(edition: Edition, *decisions: Decision) -> tuple[Outcome, str]:
    """The outcome and the edition, which is valid and has lost nothing."""
    write_decisions(edition.decisions, decisions)
    outcome = queue(edition)
    text = encode(edition).read_text(encoding="utf-8")
    report = check(edition)
    assert report.valid, report.problems
    assert SCHEMA.validate(etree.parse(str(edition.tei))), SCHEMA.error_log
    return outcome, text


def changed(before: str, after: str) -> list[str]:
    """The lines by which two editions differ, without the change that says how much was decided."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-" and "reviewed and decided" not in line]


def pieces(before: str, after: str) -> list[tuple[str, str]]:
    """What stands in the one edition and in the other where they differ, tag by tag and word by word."""
    one, two = (re.findall(r"<[^>]*>|[^<\s]+|\s+", text) for text in (before, after))
    codes = difflib.SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
    return [("".join(one[a:b]), "".join(two[c:d])) for tag, a, b, c, d in codes if tag != "equal"]


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    return make(tmp_path, existing={"sient": "silent"})


def rows(edition: Edition) -> list[Flag]:
    return list(read_rows(edition.work / "review.jsonl", Flag))


def test_every_flag_has_its_row_with_page_box_and_witnesses(edition: Edition) -> None:
    build(edition)
    foreign, doubt, anchor, _ = rows(edition)
    assert (foreign.category, foreign.exact, foreign.language) == ("rv-foreign", "je suis ici", "es")
    assert (doubt.page, doubt.line, doubt.readings) == ("p0001", "p0001.l3", {"scan": "sient", "existing": "silent"})
    assert doubt.box is not None and doubt.on_source is not None
    assert doubt.on_source.left == doubt.box.left // 2
    assert doubt.suggestion == "silent"
    assert (anchor.anchor, anchor.exact, anchor.readings) == ("n1.1", "", {})
    assert [cell.text for cell in doubt.cells if cell.inside] == ["sient"]
    assert len(doubt.cells) > 20


def test_ids_stay_when_the_text_before_changes(tmp_path: Path) -> None:
    one = make(tmp_path / "one")
    text = "A preface of six words stands here. " + TEXT
    two = make(tmp_path / "two", text, layers=flagged(text))
    queue(one)
    queue(two)
    assert [flag.id for flag in rows(one)[1:]] == [flag.id for flag in rows(two)[1:]]
    assert rows(one)[0].id != rows(two)[0].id  # what stands around it has changed


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    found = []
    for name in ("one two", "other"):
        edition = make(tmp_path / name)
        build(edition, decide("je suis ici", "rv-foreign", "language", "fr"))
        files = [edition.work / "review.jsonl", edition.work / "review.csv", edition.layer("review"), edition.tei]
        found.append([path.read_bytes() for path in files])
    assert found[0] == found[1]


def test_a_new_text_is_the_lemma_beside_the_witnesses(edition: Edition) -> None:
    _, before = build(edition)
    outcome, after = build(edition, decide("sient", "rv-witnesses", "text", "silent"))
    assert (outcome.open, outcome.decided) == (3, 1)
    assert '<app xml:id="' in after
    assert '<lem wit="#existing" resp="#resp-editor">silent</lem><rdg wit="#scan">sient</rdg></app> when' in after
    assert len([line for line in changed(before, after) if line[0] == "+"]) == 1  # the paragraph
    assert len([line for line in changed(before, after) if line[0] == "-"]) == 2  # and the flag's annotation


def test_a_new_text_that_no_witness_has(edition: Edition) -> None:
    _, text = build(edition, decide("The quay was sient", "rv-witnesses", "text", "The quays were silenced"))
    assert (
        'The <app xml:id="' in text
        and '<lem resp="#resp-editor">quays were silenced</lem><rdg wit="#scan">quay was sient</rdg>'
        '<rdg wit="#existing">quay was silent</rdg></app> when'
        in text
    )


def test_a_new_text_inside_a_name_and_over_a_note_and_a_line(tmp_path: Path) -> None:
    layers = flagged()
    layers["names"].append(at("pilots kept", "orgName"))
    edition = make(tmp_path, layers=layers)
    reading = read_json(edition.work / "reading.json", Reading)
    assert reading.texts["n1.1"] == NOTE
    _, text = build(edition, decide("the pilots kept the letter", "rv-witnesses", "text", "the pilots hid the letter"))
    assert re.search(r"<orgName[^>]*>pilots<note .*</note> <app xml:id=\"ed-\w+\"><lem resp=\"#resp-ed", text)
    assert '">hid</lem><rdg wit="#scan #existing">kept</rdg></app></orgName> the letter' in text
    assert NOTE in text


def test_the_authors_slip_is_choice(edition: Edition) -> None:
    _, text = build(edition, decide("sient", "rv-witnesses", "slip", "silent"))
    assert re.search(r'<choice xml:id="ed-\w+"><sic>(<app.*</app>|sient)</sic><corr resp="#resp-editor">silent', text)


def test_a_language_replaces_what_was_thought(edition: Edition) -> None:
    _, before = build(edition)
    _, after = build(edition, decide("je suis ici", "rv-foreign", "language", "fr"))
    assert 'xml:lang="es"' in before
    assert 'xml:lang="es"' not in after
    assert '<foreign xml:lang="fr" resp="#resp-editor">je suis ici</foreign>' in after
    assert '<language ident="fr"' in after


def test_the_main_language_ends_what_was_thought_foreign(edition: Edition) -> None:
    _, after = build(edition, decide("je suis ici", "rv-foreign", "language", "en"))
    assert '<seg resp="#resp-editor">je suis ici</seg>' in after
    assert "<foreign" not in after


def test_a_language_for_a_part_leaves_the_rest(edition: Edition) -> None:
    _, after = build(edition, decide("ici", "rv-foreign", "language", "fr"))
    assert '<foreign xml:lang="es" cert="medium">je suis</foreign> ' in after
    assert '<foreign xml:lang="fr" resp="#resp-editor">ici</foreign>' in after


def test_what_a_name_names_is_the_editors_word(edition: Edition) -> None:
    _, after = build(edition, decide("Oslo", "rv-name", "name", "persName"), decide("Lind", "rv-name", "name", "none"))
    assert '<persName resp="#resp-editor">Oslo</persName>' in after
    assert '<seg resp="#resp-editor">Lind</seg>' in after
    assert "<placeName" not in after


def test_what_is_unclear_is_marked(edition: Edition) -> None:
    _, after = build(edition, decide("sient", "rv-witnesses", "unclear", "faded"))
    assert '<unclear reason="faded" resp="#resp-editor">sient</unclear>' in after


def test_what_is_accepted_is_the_editors_word_and_keeps_its_evidence(edition: Edition) -> None:
    _, before = build(edition)
    outcome, after = build(edition, decide("je suis ici", "rv-foreign", "accept"))
    assert (outcome.open, outcome.decided) == (3, 1)
    assert re.search(r'<foreign xml:id="sp-\w+" xml:lang="es" resp="#resp-editor">', after)
    assert re.search(r'<annotation [^>]*ana="#rv-foreign" cert="medium" resp="#resp-editor">', after)
    assert '<change who="#resp-editor">1 place reviewed and decided</change>' in after
    tags = [(one, two) for one, two in pieces(before, after) if "<change" not in two]
    assert len(tags) == 2  # the element and its annotation, where it stood before
    assert all("resp" in two for _, two in tags)


def test_an_accepted_reading_is_no_longer_in_doubt(edition: Edition) -> None:
    _, after = build(edition, decide("sient", "rv-witnesses", "accept"))
    assert re.search(r'<app xml:id="[^"]+" resp="#resp-editor"><lem wit="#scan">sient</lem>', after)
    assert after.count('cert="low" xml:id="sp-') == 1


def test_a_note_stands_where_the_editor_put_it(edition: Edition) -> None:
    at_letter = TEXT.index(". A second")
    outcome, after = build(edition, decide("", "rv-note-anchor", "place", "n1.1", at_letter + 1))
    assert 'kept the letter.<note place="bottom" n="1" xml:id="n1.1">' in after
    assert (outcome.open, outcome.decided) == (3, 1)
    assert "1 place reviewed" in after


def test_two_decisions_on_the_same_words_do_not_both_apply(edition: Edition) -> None:
    outcome, after = build(
        edition,
        decide("The quay was sient", "rv-foreign", "text", "The quay was silent"),
        decide("sient", "rv-witnesses", "text", "scient"),
    )
    assert [each.reason for each in outcome.misfits] == ["another decision replaces the same words"]
    assert "scient" not in after


def test_what_fits_no_longer_is_reported_and_kept(edition: Edition) -> None:
    gone = replace(decide("sient", "rv-witnesses", "text", "silent"), exact="vanished", prefix="Here ", suffix=" now")
    outcome, _ = build(edition, gone)
    assert [(each.words, each.reason) for each in outcome.misfits] == [
        ("vanished", "its words are not in the text any more")
    ]
    assert "vanished" in edition.decisions.read_text(encoding="utf-8")


def test_an_acceptance_of_other_words_does_not_hold(edition: Edition) -> None:
    decision = decide("je suis ici", "rv-foreign", "accept")
    outcome, _ = build(edition, replace(decision, exact="je suis icy"))
    assert outcome.open == 4
    assert "other words than were accepted" in outcome.misfits[0].reason


def test_kinds_can_be_switched_off_and_given_thresholds(tmp_path: Path) -> None:
    settings = "review:\n  kinds:\n    rv-witnesses: no\n    rv-note-anchor: 0.71\n    rv-foreign: 0.5\n"
    edition = make(tmp_path, settings=settings)
    _, text = build(edition)
    assert [flag.category for flag in rows(edition)] == ["rv-foreign"]
    assert "#rv-witnesses" not in text
    assert '<app cert="low"><lem' in text


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ("rv-forin: no", "no kind of flag; expected one of: rv-mixed-language"),
        ("rv-foreign: maybe", "review.kinds.rv-foreign: "),
        ("rv-foreign: 7", "review.kinds.rv-foreign: "),
    ],
)
def test_wrong_kinds_are_refused(tmp_path: Path, kinds: str, said: str) -> None:
    with pytest.raises(SettingsError) as refused:
        make(tmp_path, settings=f"review:\n  kinds:\n    {kinds}\n")
    assert "edition.yaml:5: " in str(refused.value)
    assert said in str(refused.value)


def test_a_kind_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    flag = Span("body", 0, 4, "flag", {"category": "rv-odd", "note": "Odd."})
    with pytest.raises(BadInput, match="'rv-odd'; known are rv-mixed-language"):
        queue(make(tmp_path, layers={"languages": [flag]}))


def test_every_kind_has_a_name_on_the_page() -> None:
    assert NAMES.keys() == FLAGS.keys()


def test_a_text_without_scans_has_its_queue(tmp_path: Path) -> None:
    edition = make(tmp_path, scans=False)
    build(edition)
    assert [(flag.page, flag.box) for flag in rows(edition)] == [("p0001", None)] * 4
    assert load("quay", tmp_path).settings.title == "The Quay"


def test_notes_without_an_anchor_are_flagged(tmp_path: Path) -> None:
    edition = make(tmp_path, layers={"divisions": [Span("body", 0, len(TEXT), "p")]})
    write_json(edition.layer("notes"), [])
    build(edition)
    (flag,) = rows(edition)
    assert (flag.category, flag.start, flag.certainty) == ("rv-note-anchor", len(TEXT), 1.0)


def parsed(edition: Edition) -> Any:
    return etree.parse(str(edition.tei)).getroot()


def test_every_flag_is_told_in_stand_off_and_on_its_element(edition: Edition) -> None:
    build(edition)
    root = parsed(edition)
    cases = root.findall(".//t:annotation", NS)
    assert [case.get("{http://www.w3.org/XML/1998/namespace}id") for case in cases] == [f.id for f in rows(edition)]
    for case in cases:
        (target,) = root.xpath("//t:text//*[@xml:id=$id]", namespaces=NS, id=case.get("target")[1:])
        assert case.get("ana") in target.get("ana")


def test_whatever_is_flagged_and_accepted_keeps_the_rules(tmp_path: Path) -> None:
    """Flags on a paragraph, a note, a word of two scripts and a quotation that does not close."""
    text = 'Tout est calme. Then the p\u0456lot said "we wait and went home.'
    whole = Span("body", 0, len(text), "flag", {"category": "rv-foreign", "note": "French?"}, 0.6)
    layers = {
        "divisions": [Span("body", 0, len(text), "p")],
        "notes": [Span("body", 5, 5, "note", {"note": "n1.1", "n": "1"}, 0.9)],
        "quotations": [at('"we wait and went', "q", text, 0.4)],
        "languages": [
            whole,
            replace(whole, text="n1.1", end=len(NOTE)),
            at("p\u0456lot", "flag", text, category="rv-script", note="Two scripts."),
            at('"we wait and went', "flag", text, 0.4, category="rv-quotation", note="No end."),
        ],
    }
    edition = make(tmp_path, text, layers=layers)
    build(edition)
    flags = rows(edition)
    assert len(flags) == 4
    accepted = [Decision(f.category, f.text, f.exact, f.prefix, f.suffix, "accept") for f in flags]
    outcome, after = build(edition, *accepted)
    assert (outcome.open, outcome.misfits) == (0, [])
    assert " ana=" not in after.partition("<text ")[2]


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_decided_is_valid_and_loses_nothing(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    layers = flagged()
    layers["names"].append(at("harbour master. The quay", "title", lang="fr"))
    layers["languages"].append(at("to the harbour master. The quay was sient when she", "foreign", lang="fr"))
    edition = make(tmp_path, existing={"sient": "silent", "pilots": "pilot"}, layers=layers)
    quoting, decisions = Texts({"body": TEXT, "n1.1": NOTE}), {}
    for _ in range(10):
        text, whole = chance.choice([("body", TEXT)] * 3 + [("n1.1", NOTE)])
        start = chance.randrange(len(whole))
        quoted = quoting.quote(text, start, min(len(whole), start + chance.choice([1, 4, 15, 60])))
        words = quoted.exact.split(" ")
        words[chance.randrange(len(words))] = chance.choice(["new", "", "two words", "x,"])
        verdict = chance.choice(["text", "text", "slip", "language", "unclear", "accept", "name"])
        value = {
            "name": chance.choice(["orgName", "none"]),
            "text": " ".join(words),
            "slip": "x" + " ".join(words),
            "language": chance.choice(["fr", "en"]),
        }
        kind = chance.choice(list(FLAGS))
        key = (kind, text, quoted)
        made = Decision(kind, text, quoted.exact, quoted.prefix, quoted.suffix, verdict, value.get(verdict, ""))  # type: ignore[arg-type]
        decisions[key] = made
    outcome, _ = build(edition, *decisions.values())
    assert outcome.decisions == len(decisions)
