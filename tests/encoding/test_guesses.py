"""Borders of layers that nearly meet."""

from pipeline.encoding.guesses import settled
from pipeline.model import Span

TEXT = 'He wrote "la mer est grande," and left. ' * 3


def _borders(*spans: Span) -> list[tuple[int, int]]:
    return [(each.start, each.end) for each in settled(TEXT, spans)]


def test_guessed_end_gives_way_to_the_language_that_the_quotation_begins_in() -> None:
    guessed, language = Span("body", 9, 15, "q", {}, 0.4), Span("body", 10, 27, "foreign", {"lang": "fr"}, 0.99)
    assert _borders(guessed, language) == [(9, 27), (10, 27)]


def test_closing_mark_that_stands_is_kept() -> None:
    sure, language = Span("body", 9, 15, "q", {}, 1.0), Span("body", 10, 27, "foreign", {"lang": "fr"}, 0.99)
    assert _borders(sure, language) == [(9, 15), (9, 27)]
    guessed = Span("body", 0, 15, "q", {}, 0.4)
    assert _borders(guessed, language) == [(0, 15), (10, 27)]


def test_language_takes_a_variant_whole_that_only_punctuation_parts() -> None:
    language = Span("body", 10, 27, "foreign", {"lang": "fr"}, 0.99)
    last, first = Span("body", 21, 29, "app", {}), Span("body", 9, 12, "app", {})
    assert (TEXT[21:29], TEXT[9:12]) == ('grande,"', '"la')
    assert _borders(language, last) == [(10, 29), (21, 29)]
    assert _borders(language, first) == [(9, 27), (9, 12)]


def test_variant_that_goes_on_with_words_parts_a_language() -> None:
    language, variant = Span("body", 10, 27, "foreign", {"lang": "fr"}, 0.99), Span("body", 21, 33, "app", {})
    assert _borders(language, variant) == [(10, 27), (21, 33)]


def test_language_takes_a_name_whole_and_a_quotation_that_only_its_mark_parts() -> None:
    language, name, quoted = Span("body", 10, 19, "foreign"), Span("body", 14, 23, "persName"), Span("body", 9, 28, "q")
    assert _borders(language, name) == [(10, 23), (14, 23)]
    assert _borders(Span("body", 0, 27, "foreign"), quoted) == [(0, 28), (9, 28)]


def test_what_refers_back_and_its_citation_take_a_variant_whole_that_ends_with_a_comma() -> None:
    back, citation, variant = Span("body", 3, 8, "ref"), Span("body", 0, 28, "citation"), Span("body", 21, 29, "app")
    assert _borders(citation, variant) == [(0, 29), (21, 29)]
    assert _borders(back, Span("body", 6, 9, "app")) == [(3, 9), (6, 9)]
