"""Quotations with a guessed end beside what the languages say."""

from pipeline.encoding.guesses import settled
from pipeline.model import Span


def test_guessed_end_gives_way_to_the_language_that_the_quotation_begins_in() -> None:
    spans = [Span("n1.1", 10, 30, "q", {}, 0.4), Span("n1.1", 11, 80, "foreign", {"lang": "fr"}, 0.99)]
    assert [(each.start, each.end) for each in settled(spans)] == [(10, 80), (11, 80)]


def test_closing_mark_that_stands_is_kept() -> None:
    sure = [Span("body", 10, 30, "q", {}, 1.0), Span("body", 11, 80, "foreign", {"lang": "fr"}, 0.99)]
    apart = [Span("body", 10, 30, "q", {}, 0.4), Span("body", 20, 80, "foreign", {"lang": "fr"}, 0.99)]
    assert settled(sure) == sure
    assert settled(apart) == apart
