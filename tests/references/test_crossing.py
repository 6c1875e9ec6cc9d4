"""References inside the work."""

import pytest
from documents import Made

from pipeline.model import Span
from pipeline.references import spans

NOTES = ["It rained.", "It froze.", "It thawed."]


@pytest.mark.parametrize(
    "said",
    [
        "See note 1 above.",
        "As said in n. 1 supra.",
        "Voir note 1 ci-dessus.",
        "Véase nota 1 arriba.",
        "Siehe Anm. 1 oben.",
        "См. прим. 1 выше.",
    ],
)
def test_a_note_is_found(said: str) -> None:
    assert Made([*NOTES, said]).meant(4) == ["see-note n1.1"]


@pytest.mark.parametrize("said", ["See note 9 above.", "See note 2 below."])
def test_what_the_work_does_not_have_is_marked(said: str) -> None:
    assert Made([*NOTES, said]).meant(4) == ["unresolved"]


@pytest.mark.parametrize(
    "said", ["He had 3 notes.", "The note 2 of her book.", "{P:Lind}, {T:The Quay}, p. 3, note 2."]
)
def test_other_numbers_are_no_references(said: str) -> None:
    assert Made([*NOTES, said]).said("ref", 4) == []


@pytest.mark.parametrize(
    ("said", "target"),
    [
        ("See chapter 2.", "ch2"),
        ("as chapter two below shows", "ch2"),
        ("see Chapter II", "ch2"),
        ("see section 2.1", "s2.1"),
    ],
)
def test_a_division_is_found(said: str, target: str) -> None:
    made = Made([said])
    divisions = [
        Span("body", 0, 2, "div", {"type": "chapter", "n": "TWO", "id": "ch2"}),
        Span("body", 2, 4, "div", {"type": "section", "n": "2.1", "id": "s2.1"}),
    ]
    found, _ = spans(made.reading, [*made.layers, *divisions])
    assert [span.attributes for span in found if span.kind == "ref"] == [{"type": "see-division", "target": target}]


def test_a_page_of_this_work_is_found_and_one_of_another_is_not() -> None:
    assert Made(["See p. 1 above."]).meant(1) == ["see-page p0001"]
    assert Made(["See p. 7 above."]).meant(1) == ["unresolved"]
    assert Made(["{P:Lind}, {T:The Quay}, p. 1."]).said("ref") == []
