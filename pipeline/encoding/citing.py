"""Citations: what TEI asks of them. The parts of a bibl stand in it and in nothing else (Guidelines, 3.12).

A part (author, citedRange, ...) that something else holds, such as a quotation or a reading in doubt, is left out;
what may be in two pieces, such as an underline, is cut at the borders of citations and their parts.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence

from pipeline.encoding.markup import Content, Element, element
from pipeline.model import Span, Work

PARTS = frozenset(("author", "editor", "pubPlace", "publisher", "citedRange", "biblScope"))
CUT = frozenset(("foreign", "hi", "title", "flag", "persName", "placeName", "orgName", "date"))
_HOLDERS = frozenset(("app", "quote", "q", "title", "ref", "unclear", "slip", "emendation", "date", "persName"))
_LEVELS = {"article-journal": "j", "article-newspaper": "j", "chapter": "m"}


def unfit(spans: Sequence[Span]) -> set[int]:
    """The indices of parts that stand in no citation, or in or across something that is no citation."""
    frames = _Sorted([span for span in spans if span.kind in ("citation", "bibl")])
    holders = _Sorted([span for span in spans if span.kind in _HOLDERS])
    found = set()
    for index, part in enumerate(spans):
        if part.kind not in PARTS:
            continue
        frame = next((each for each in frames.meeting(part) if _holds(each, part)), None)
        if frame is None or any(not _holds(part, each) and not _holds(each, frame) for each in holders.meeting(part)):
            found.add(index)
    return found


def borders(spans: Sequence[Span], without: Collection[int]) -> list[int]:
    """Where citations and their parts begin and end, in order."""
    kept = (span for index, span in enumerate(spans) if index not in without)
    return sorted(
        {at for span in kept if span.kind in PARTS or span.kind == "citation" for at in (span.start, span.end)}
    )


def described(work: Work) -> Element:
    """A work of the bibliography as biblStruct (Guidelines, 3.12.2)."""
    authors = [element("author", name) for name in work.authors]
    editors = [element("editor", name) for name in work.editors]
    held = work.container and work.type in _LEVELS
    title = element("title", work.title, level="a" if held else "u" if work.type == "manuscript" else "m")
    whole = element("title", work.container, level=_LEVELS[work.type]) if held else title
    year = work.date if work.date.isdigit() and len(work.date) == 4 else None
    imprint: list[Content] = [
        *([element("pubPlace", work.place)] if work.place else []),
        *([element("publisher", work.publisher)] if work.publisher else []),
        element("date", *([work.date] if work.date else []), when=year),
        *(
            element("biblScope", value, unit=unit)
            for unit, value in (("volume", work.volume), ("issue", work.issue), ("page", work.pages))
            if value
        ),
    ]
    analytic = [element("analytic", *authors, title)] if held else []
    monogr = element("monogr", *([] if held else authors), *editors, whole, Element("imprint", {}, imprint))
    return element("biblStruct", *analytic, monogr, xml_id=work.id, type=work.type)


class _Sorted:
    """Spans found by where they stand."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans, key=lambda span: (span.start, -span.end))
        self._starts = [span.start for span in self._spans]
        self._longest = max((span.end - span.start for span in spans), default=0)

    def meeting(self, other: Span) -> list[Span]:
        first, last = bisect_right(self._starts, other.start - self._longest - 1), bisect_left(self._starts, other.end)
        return [span for span in self._spans[first:last] if span.end > other.start]


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
