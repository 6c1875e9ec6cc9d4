"""Which flags of the stages reach the editor."""

from pipeline.model import Span
from pipeline.review.flags import gather_flags
from pipeline.settings import Review

TEXT = 'She read "La mer du nord" and said "la mer du nord est grande" twice.'


def _shown(*spans: Span) -> list[str]:
    return [TEXT[each.start : each.end] for each in gather_flags({"body": TEXT}, [spans], Review(kinds={}))]


def _at(words: str, kind: str, **attributes: str) -> Span:
    start = TEXT.index(words)
    return Span("body", start, start + len(words), kind, attributes, 0.7)


def test_a_mixture_that_is_but_a_title_is_not_asked_for() -> None:
    name, said = "La mer du nord", "la mer du nord est grande"
    found = [_at(name, "foreign", lang="fr"), _at(name, "flag", category="rv-mixed-language", note="?")]
    assert _shown(*found) == [name]
    assert _shown(*found, _at(name, "title")) == []
    spoken = [_at(said, "foreign", lang="fr"), _at(TEXT[:-1], "flag", category="rv-mixed-language", note="?")]
    assert _shown(*found, *spoken, _at(name, "title")) == [TEXT[:-1]]
    assert _shown(_at(name, "title"), _at(name, "flag", category="rv-foreign", note="?")) == [name]
