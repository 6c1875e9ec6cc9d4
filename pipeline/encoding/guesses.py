"""Borders that one layer only guessed, or drew a little beside another's, are put where the other has them.

A quotation that lost its closing mark ends with the language that it begins in. What ends within a variant, a
language or flag also within a quotation, with nothing but punctuation between, takes it whole: the comma is no reason
to part it. A language that ends within a name or date takes that whole, as nobody changes language in a name.
"""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.encoding.places import Places, holds
from pipeline.model import Span

_GUESS = 0.5  # certainty below which a quotation's end is a guess
_MARK = 3  # characters between a quotation's opening mark and its first word
_LOOSE = frozenset(("foreign", "flag"))
_QUOTATIONS = frozenset(("q", "quote"))
_NAMES = frozenset(("persName", "placeName", "orgName", "event", "date"))
_CITING = frozenset(("citation", "ref", "author", "editor", "citedRange", "biblScope", "pubPlace", "publisher"))
_LOOSE_IN_VARIANTS = _LOOSE | _NAMES | _CITING | {"title", "hi"}


def settled(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans of one text with such borders moved."""
    foreign = {span.start: span.end for span in spans if span.kind == "foreign" and span.certainty >= _GUESS}
    variants = Places([span for span in spans if span.kind == "app"])
    names = Places([span for span in spans if span.kind in _NAMES])
    ended = [replace(span, end=max(span.end, _end(span, foreign))) for span in spans]
    quotations = Places([span for span in ended if span.kind in _QUOTATIONS])
    named = (_with_whole(span, names) if span.kind == "foreign" else span for span in ended)
    quoted = (_with_whole(span, quotations, text) if span.kind in _LOOSE else span for span in named)
    return [_with_whole(span, variants, text) if span.kind in _LOOSE_IN_VARIANTS else span for span in quoted]


def _end(span: Span, foreign: dict[int, int]) -> int:
    quoted = span.kind in _QUOTATIONS or span.attributes.get("category") == "rv-quotation"
    if not quoted or span.certainty >= _GUESS or span.end - span.start <= _MARK:
        return span.end
    ends = (foreign[at] for at in range(span.start + 1, span.start + _MARK + 1) if at in foreign)
    return next(ends, span.end)


def _with_whole(span: Span, others: Places, text: str = "") -> Span:
    """A span that begins and ends in none of `others` of which it lacks no letters; of any, where no text is given."""
    start, end = span.start, span.end
    for other in others.meeting(span):
        if holds(other, span) and (span.kind not in _LOOSE or other.kind != "app"):
            continue
        if other.start < start < other.end <= end and not _has_letters(text[other.start : start]):
            start = other.start
        if start <= other.start < end < other.end and not _has_letters(text[end : other.end]):
            end = other.end
    return replace(span, start=start, end=end)


def _has_letters(text: str) -> bool:
    return any(character.isalnum() for character in text)
