"""What validation says: the right rule at the right line, and nothing of an edition that is whole."""

from pathlib import Path

import pytest
from lxml import etree

from pipeline.edition import Edition
from pipeline.model import Column, Furniture, Origin, Reading, write_json, write_rows
from pipeline.settings import Settings
from pipeline.validation import Problem, validate
from pipeline.validation.checking import check
from pipeline.validation.integrity import edition_words
from pipeline.validation.problems import Report


def problems(tmp_path: Path, text: str) -> list[Problem]:
    path = tmp_path / "quay.xml"
    path.write_text(text, encoding="utf-8")
    return validate(path)


def test_whole_editions_have_no_problem(tmp_path: Path, minimal: str) -> None:
    assert problems(tmp_path, minimal) == []


FAULTS = [
    ("<p>One</p>", "<p>One", "well-formed"),
    ("<TEI xmlns", "<!DOCTYPE TEI [<!ENTITY x SYSTEM '/etc/hostname'>]><TEI xmlns", "doctype"),
    ("<p>One</p>", "<para>One</para>", "schema-element"),
    ("<p>One</p>", "<item>One</item>", "schema-place"),
    ("<p>One</p>", "<p when='1919'>One</p>", "schema-attribute"),
    ("<p>One</p>", "<p xmlns='http://example.org/'>One</p>", "schema-element"),
    ('type="chapter"', 'type="canto"', "schema-value"),
    ("<p>One</p>", "One", "text-outside-block"),
    ("<p>One</p>", "<p corresp='#nowhere'>One</p>", "pointer"),
    ("<p>One</p>", "<p ana='#scan'>One</p>", "pointer-kind"),
    ("<p>One</p>", "<p xml:id='scan'>One</p>", "id-unique"),
    ('n="1" xml:id="n1.1"', 'n="2" xml:id="n1.1"', "note-number"),
    ('<pb n="1" facs="#f0001"', '<pb n="1"', "surface-page"),
    ("<p>One</p>", "<p xml:lang='fr'>One</p>", "language-declared"),
    ("<p>One</p>", "<p>One \ufffd</p>", "character"),
    ("<p>One</p>", "<p>One \x85</p>", "character"),
    ("<p>One</p>", "<p>e\u0301</p>", "nfc"),
]


@pytest.mark.parametrize(("old", "new", "rule"), FAULTS)
def test_each_fault_is_named_at_its_line(tmp_path: Path, minimal: str, old: str, new: str, rule: str) -> None:
    assert old in minimal
    broken = minimal.replace(old, new, 1)
    found = problems(tmp_path, broken)
    assert rule in [problem.rule for problem in found]
    problem = next(problem for problem in found if problem.rule == rule)
    assert problem.message
    assert problem.help
    line = broken[: broken.index(new)].count("\n") + 1
    if rule not in ("well-formed", "doctype", "surface-page"):  # found elsewhere than where they were made
        assert abs(problem.line - line) <= (2 if rule == "text-outside-block" else 0)


def test_a_message_says_what_may_stand_there(tmp_path: Path, minimal: str) -> None:
    (problem,) = problems(tmp_path, minimal.replace("<p>One</p>", "<item>One</item>"))
    assert problem.message == "item cannot stand in div"
    assert problem.help.startswith("here may stand: ")
    assert ", listBibl" in problem.help
    assert problem.where == "TEI/text/body/div/item"


def test_a_message_says_which_values_there_are(tmp_path: Path, minimal: str) -> None:
    (problem,) = problems(tmp_path, minimal.replace('type="chapter"', 'type="canto"'))
    assert problem.message == 'type="canto" is not in the list'
    assert "chapter, contents" in problem.help
    (problem,) = problems(tmp_path, minimal.replace('"1919-05"', '"May"'))
    assert problem.message == 'when="May" is not in the form that is asked'
    (problem,) = problems(tmp_path, minimal.replace(' xml:id="pb-0001"', ""))
    assert problem.message == "pb lacks the attribute xml:id"


MESSAGES = [
    ("<p>One</p>", "<para>One</para>", "para is not an element of the schema", "here may stand: "),
    ("<p>One</p>", "<p>One</p><head>Two</head>", "head cannot stand after p in div", "here may stand: "),
    ("<extent>", "<extant>", "extant is not an element of the schema", "did you mean extent? "),
    ("<head>Arrival</head>", "<head hand='x'>Arrival</head>", "head has no attribute hand", "it may have: "),
    ('type="chapter"', 'type="chaptre"', 'type="chaptre" is not in the list', "did you mean chapter? it is one of: "),
    ('"1919-05"', '"May"', 'when="May" is not in the form that is asked', "a date such as 1919-05-31"),
    ('source="#n1.1"', 'source="n1.1"', 'source="n1.1" is not in the form that is asked', "it is #ID of an element"),
    ("<projectDesc><p>x</p></projectDesc>", "", "editorialDecl comes too early in encodingDesc", "projectDesc"),
    ("<p>x</p></projectDesc>", "</projectDesc>", "projectDesc is empty", "it must go on with: p"),
    ('<milestone unit="section"', '<milestone unit="section" n="2"', "n cannot stand beside the other attributes", ""),
    ('<milestone unit="section"', "<milestone", "milestone lacks the attribute unit", "add it"),
    ("<p>One</p>", "One", "text stands directly in div: 'One'", "put it in one of: "),
]


@pytest.mark.parametrize(("old", "new", "message", "advice"), MESSAGES)
def test_messages_say_what_is_wrong_and_what_was_expected(
    tmp_path: Path, minimal: str, example: str, old: str, new: str, message: str, advice: str
) -> None:
    text = minimal if old in minimal else example
    assert old in text
    broken = text.replace(old, new).replace("</extent>", "</extant>") if "extant" in new else text.replace(old, new, 1)
    found = problems(tmp_path, broken)
    assert message in found[0].message
    assert advice in found[0].help


def test_a_gap_in_note_numbers_is_only_a_warning(tmp_path: Path, minimal: str) -> None:
    (problem,) = problems(tmp_path, minimal.replace('n="1" xml:id="n1.1"', 'n="3" xml:id="n1.3"'))
    assert problem.severity == "warning"


def test_pointers_of_others_may_mean_another_file(tmp_path: Path, minimal: str) -> None:
    path = tmp_path / "other.xml"
    path.write_text(minimal.replace("<p>One</p>", '<p corresp="#w1">One</p>'), encoding="utf-8")
    (problem,) = validate(path, "tei_all")
    assert (problem.rule, problem.severity) == ("pointer-elsewhere", "warning")
    path.write_text(path.read_text().replace("<text", '<text xml:base="http://example.org/"'), encoding="utf-8")
    assert validate(path, "tei_all") == []


def test_of_a_fault_found_everywhere_the_first_are_told_and_the_others_counted(tmp_path: Path, minimal: str) -> None:
    found = problems(tmp_path, minimal.replace("<p>One</p>", '<p corresp="#w1">One</p>' * 70))
    assert len(found) == 51
    assert found[-1].message == "20 more of the kind: #w1 points at nothing"


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    (problem,) = validate(tmp_path / "none.xml")
    assert problem.rule == "readable"


def test_a_letter_in_a_name_that_only_later_xml_allows_is_a_problem_and_no_crash(tmp_path: Path, minimal: str) -> None:
    path = tmp_path / "edition.xml"
    path.write_text(minimal.replace("<p>", "<p n\u0356m='1'>", 1), encoding="utf-8")
    assert "rules" in {problem.rule for problem in validate(path)}


def test_entities_are_not_expanded(tmp_path: Path, minimal: str) -> None:
    bomb = "<!DOCTYPE TEI [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    text = minimal.replace("<TEI xmlns", bomb + "]><TEI xmlns").replace("One", "&i;")
    assert [problem.rule for problem in problems(tmp_path, text)] in (["doctype"], ["well-formed"])


READING = Reading(
    {"body": "Arrival\nOne\nIn May.", "n1.1": "Ibid."},
    origins={
        "body": [Origin(0, 7, 0), Origin(8, 11, 1), Origin(12, 14, 2), Origin(15, 19, 3)],
        "n1.1": [Origin(0, 5, 5)],
    },
    furniture=[Furniture("body", 8, "header", None, "QUAY")],
)


def columns(*texts: str) -> list[Column]:
    return [Column({"scan": (at, at + 1)}, text, "scan", 0.9, "agreed") for at, text in enumerate(texts)]


def report(tmp_path: Path, tei: str, *texts: str) -> Report:
    edition = Edition("quay", tmp_path, Settings.model_validate({"title": "Quay"}))
    edition.tei.parent.mkdir()
    edition.tei.write_text(tei, encoding="utf-8")
    write_json(edition.work / "reading.json", READING)
    write_rows(edition.work / "collation.jsonl", columns(*texts))
    return check(edition)


WORDS = ("Arrival", "One", "In", "May.", "1", "Ibid.", "QUAY", "")


def test_an_edition_that_holds_its_reading_is_valid(tmp_path: Path, minimal: str) -> None:
    found = report(tmp_path, minimal, *WORDS)
    assert found.valid
    assert (found.problems, found.lost, found.added, found.unplaced) == ([], {}, {}, [])
    assert found.words_read == found.words_encoded == 5
    assert (tmp_path / "work" / "quay" / "validation.json").exists()


def test_lost_and_added_words_are_counted_and_named(tmp_path: Path, minimal: str) -> None:
    found = report(tmp_path, minimal.replace("One", "Two Two"), *WORDS)
    assert not found.valid
    assert (found.lost, found.added) == ({"One": 1}, {"Two": 2})
    assert [problem.rule for problem in found.problems] == ["nothing-lost"]


def test_page_furniture_and_rejected_readings_are_no_text(tmp_path: Path, minimal: str) -> None:
    text = '<p><app><lem wit="#scan">One</lem><rdg wit="#old">0ne</rdg></app><fw type="header">QUAY</fw></p>'
    assert report(tmp_path, minimal.replace("<p>One</p>", text), *WORDS).valid


def test_a_chosen_reading_that_stands_nowhere_is_reported(tmp_path: Path, minimal: str) -> None:
    found = report(tmp_path, minimal, *WORDS, "forgotten")
    assert found.unplaced == ["forgotten"]
    assert [problem.severity for problem in found.problems] == ["warning"]


def test_an_edition_that_is_not_there_is_reported(tmp_path: Path) -> None:
    edition = Edition("quay", tmp_path, Settings.model_validate({"title": "Quay"}))
    write_json(edition.work / "reading.json", READING)
    found = check(edition)
    assert not found.valid
    assert [problem.rule for problem in found.problems] == ["readable"]


def test_what_was_supplied_is_no_word_of_the_reading() -> None:
    body = "<head><supplied>ONE</supplied></head><p>The quay</p>"
    tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{body}</body></text></TEI>'
    assert edition_words(etree.ElementTree(etree.fromstring(tei))) == {"The": 1, "quay": 1}
