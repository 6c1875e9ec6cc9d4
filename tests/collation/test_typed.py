"""Readings that the way of typing decides."""

from pipeline.collation.choice import Evidence
from pipeline.collation.typed import Seen, by_space, by_type


def word(siglum: str, text: str, scan: bool = False, looks: tuple[str, ...] = ()) -> Seen:
    return Seen(siglum, text, ("word",), scan, looks)


def test_an_accent_that_a_second_look_saw_stands() -> None:
    text = word("text", "Émilie")
    assert by_type([word("scan", "Emilie", True), text]) == ("Emilie", "scan", 0.8, "accents as the scan has them")
    seen = by_type([word("scan", "Emilie", True, ("Emilie", "Émilie")), text])
    assert seen and seen[:2] == ("Émilie", "text")


def test_the_number_of_a_list_is_the_label_of_no_note() -> None:
    label = Seen("text", "1", ("label",), False)
    assert by_type([word("scan", "1.", True), label]) is None
    raised = by_type([word("scan", "l", True), label])
    assert raised and raised.text == "1"


def test_a_space_before_a_sign_is_a_matter_of_the_language() -> None:
    def chosen(one: str, other: str, spaced: bool) -> str | None:
        fact = by_space([Evidence("scan", one), Evidence("text", other)], spaced)
        return fact and fact.text

    assert chosen("vrai;", "vrai ;", True) == "vrai ;"
    assert chosen("vrai;", "vrai ;", False) == "vrai;"
    assert chosen("dit».", "dit ».", False) == "dit »."
    assert chosen("to day", "today", False) is None
