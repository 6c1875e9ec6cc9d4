"""Where a quotation's closing mark is lost, its end is a guess; it gives way to what another layer knows better."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Span

_GUESS = 0.5  # certainty below which an end is a guess
_MARK = 3  # characters between a quotation's opening mark and its first word


def settled(spans: Sequence[Span]) -> list[Span]:
    """The spans of one text; a quotation with a guessed end goes on to the end of the language that it begins in."""
    foreign = {span.start: span.end for span in spans if span.kind == "foreign" and span.certainty >= _GUESS}
    return [replace(span, end=max(span.end, _end(span, foreign))) for span in spans]


def _end(span: Span, foreign: dict[int, int]) -> int:
    quoted = span.kind in ("q", "quote") or span.attributes.get("category") == "rv-quotation"
    if not quoted or span.certainty >= _GUESS or span.end - span.start <= _MARK:
        return span.end
    ends = (foreign[at] for at in range(span.start + 1, span.start + _MARK + 1) if at in foreign)
    return next(ends, span.end)
