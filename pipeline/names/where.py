"""Where a span stands, in words that lead a reader there: the page as printed, and the note."""

from bisect import bisect_right
from collections.abc import Sequence

from pipeline.model import Reading, Span


def places_of(reading: Reading, spans: Sequence[Span]) -> dict[tuple[str, int], str]:
    """For (text, start) of each span "p. 12" or "note 1.4"; without pages how far into the text: "34 %"."""
    pages = sorted(
        (mark.offset, mark.label or mark.target)
        for mark in reading.milestones
        if mark.kind == "page" and mark.text == "body"
    )
    offsets = [offset for offset, _ in pages]
    found = {}
    for span in spans:
        at = bisect_right(offsets, span.start) - 1
        if span.text != "body":
            found[span.text, span.start] = f"note {span.text.removeprefix('n')}"
        else:
            far = f"{100 * span.start // len(reading.texts['body'])} %"
            found[span.text, span.start] = f"p. {pages[at][1]}" if at >= 0 else "beginning" if pages else far
    return found
