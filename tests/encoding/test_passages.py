"""Passages in another language and flags beside citations: neither cuts the other into pieces."""

from pathlib import Path

import pytest
from lxml import etree
from test_citing import NS, made

from pipeline.encoding.passages import fitted
from pipeline.model import Span

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def spans(text: str, **kinds: str) -> list[Span]:
    """One span for each kind, over the words given; several of a kind are parted by a bar."""
    found = []
    for kind, words in kinds.items():
        for each in words.split("|"):
            start = text.index(each)
            given = {"lang": "es"} if kind == "foreign" else {}
            found.append(Span("n1.1", start, start + len(each), kind, given))
    return found


def words(text: str, kind: str, those: list[Span]) -> list[str]:
    return [text[each.start : each.end] for each in those if each.kind == kind]


NOTE = "Lind, El Puerto, Lima, marzo 7 de 1941, numero 3, p. 4. Siempre en el puerto de Lima llueve mucho."


def test_parts_that_commas_set_off_at_the_ends_are_no_passage() -> None:
    found = fitted(
        NOTE,
        spans(
            NOTE,
            citation=NOTE[: NOTE.index(" Siempre")],
            title="El Puerto",
            pubPlace="Lima",
            citedRange="p. 4",
            date="marzo 7 de 1941",
            foreign="El Puerto, Lima, marzo 7 de 1941, numero 3, p. 4",
        ),
    )
    assert words(NOTE, "foreign", found) == ["marzo 7 de 1941, numero 3"]
    assert words(NOTE, "pubPlace", found) == ["Lima"]
    (title,) = (each for each in found if each.kind == "title")
    assert title.attributes["lang"] == "es"


def test_a_title_alone_is_no_passage_and_takes_its_language() -> None:
    found = fitted(NOTE, spans(NOTE, citation="Lind, El Puerto, Lima", title="El Puerto", foreign="El Puerto, "))
    assert words(NOTE, "foreign", found) == []
    assert [dict(each.attributes) for each in found if each.kind == "title"] == [{"lang": "es"}]


def test_a_part_among_running_words_is_none() -> None:
    text = "Lind, siempre en el puerto de Lima llueve mucho, 1941."
    passage = "siempre en el puerto de Lima llueve mucho"
    found = fitted(text, spans(text, citation=text, author="Lind", pubPlace="Lima", foreign=passage))
    assert (words(text, "foreign", found), words(text, "pubPlace", found)) == ([passage], [])
    at_its_end = "siempre en el puerto de Lima"
    found = fitted(text, spans(text, citation=text, author="Lind", pubPlace="Lima", foreign=at_its_end))
    assert (words(text, "foreign", found), words(text, "pubPlace", found)) == ([at_its_end], [])


@pytest.mark.parametrize(
    ("cited", "passage", "expected"),
    [
        (
            "Lind, El Puerto, Lima",
            "Lima, marzo 7 de 1941, numero 3",
            "Lind, El Puerto, Lima, marzo 7 de 1941, numero 3",
        ),
        ("Lind, El Puerto, Lima, marzo 7 de 1941, numero 3, p. 4. Siempre", NOTE[NOTE.index("Siempre") :], NOTE[:56]),
    ],
)
def test_a_citation_goes_on_with_a_passage_or_ends_before_it(cited: str, passage: str, expected: str) -> None:
    found = fitted(NOTE, spans(NOTE, citation=cited, title="El Puerto", foreign=passage))
    assert words(NOTE, "citation", found) == [expected]
    assert words(NOTE, "foreign", found) == [passage]


def test_the_editors_word_on_a_language_stays_whole() -> None:
    passage = Span("n1.1", 6, 21, "foreign", {"lang": "es", "resp": "editor"})
    found = fitted(NOTE, [*spans(NOTE, citation="Lind, El Puerto", title="El Puerto", pubPlace="Lima"), passage])
    assert passage in found
    assert words(NOTE, "pubPlace", found) == []


def test_a_citation_within_a_passage_stands_in_a_seg(tmp_path: Path) -> None:
    note = "It rains: como escribe Lind, El Puerto, p. 4, cuando llueve."
    root = made(
        tmp_path,
        *spans(note, foreign=note[10:-1], citation="Lind, El Puerto, p. 4", author="Lind", title="El Puerto"),
        note=note,
    )
    (passage,) = root.iterfind(".//t:note/*", NS)
    assert (etree.QName(passage).localname, passage.get(LANG)) == ("seg", "es")
    assert passage.findtext("t:bibl/t:author", None, NS) == "Lind"


def test_a_flag_on_several_parts_is_carried_by_the_citation(tmp_path: Path) -> None:
    note = "Lind, El Puerto, Lima, p. 4. It rains."
    flag = Span("n1.1", 17, 27, "flag", {"category": "rv-reference", "note": "Which?"}, 0.9)
    cited = spans(note, citation=note[:27], author="Lind", title="El Puerto", pubPlace="Lima")
    root = made(tmp_path, *cited, Span("n1.1", 23, 27, "citedRange", {"unit": "page"}), flag, note=note)
    (bibl,) = root.iterfind(".//t:note/t:bibl", NS)
    assert bibl.get("ana") == "#rv-reference"
    assert not root.findall(".//t:seg", NS)
