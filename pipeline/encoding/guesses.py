"""Borders that one layer only guessed, or drew a little beside another's, are put where the other has them.

A quotation that lost its closing mark ends with the language that it begins in. A language or flag that ends within a
variant, with nothing but punctuation between, takes the variant whole: the comma is no reason to part it.
"""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Span

_GUESS = 0.5  # certainty below which a quotation's end is a guess
_MARK = 3  # characters between a quotation's opening mark and its first word
_LOOSE = frozenset(("foreign", "flag"))


def settled(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans of one text with such borders moved."""
    foreign = {span.start: span.end for span in spans if span.kind == "foreign" and span.certainty >= _GUESS}
    variants = [span for span in spans if span.kind == "app"]
    ended = (replace(span, end=max(span.end, _end(span, foreign))) for span in spans)
    return [_with_whole(span, variants, text) if span.kind in _LOOSE else span for span in ended]


def _end(span: Span, foreign: dict[int, int]) -> int:
    quoted = span.kind in ("q", "quote") or span.attributes.get("category") == "rv-quotation"
    if not quoted or span.certainty >= _GUESS or span.end - span.start <= _MARK:
        return span.end
    ends = (foreign[at] for at in range(span.start + 1, span.start + _MARK + 1) if at in foreign)
    return next(ends, span.end)


def _with_whole(span: Span, variants: Sequence[Span], text: str) -> Span:
    start, end = span.start, span.end
    for variant in variants:
        if variant.start < start < variant.end <= end and not _has_letters(text[variant.start : start]):
            start = variant.start
        if start <= variant.start < end < variant.end and not _has_letters(text[end : variant.end]):
            end = variant.end
    return replace(span, start=start, end=end)


def _has_letters(text: str) -> bool:
    return any(character.isalnum() for character in text)
