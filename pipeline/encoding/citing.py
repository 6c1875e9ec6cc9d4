"""Citations: what TEI asks of them. The parts of a bibl stand in it and in nothing else (Guidelines, 3.12).

A part (author, citedRange, ...) that something else holds, such as a quotation or a reading in doubt, is left out.
What may be in two pieces, such as an underline, is cut at the borders of citations that it crosses, and of parts that
it meets; what holds a whole citation stands around it uncut.
"""

from collections.abc import Collection, Sequence

from pipeline.encoding.markup import Content, Element, element
from pipeline.encoding.places import Places, holds
from pipeline.model import Span, Work

PARTS = frozenset(("author", "editor", "pubPlace", "publisher", "citedRange", "biblScope"))
_CUT = frozenset(
    ("foreign", "hi", "title", "flag", "reviewed", "persName", "placeName", "orgName", "event", "date", "ref")
)
_AROUND = frozenset(("foreign", "hi", "flag", "reviewed", "q", "quote"))  # of the same extent as a citation, too
_HOLDERS = frozenset(("app", "quote", "q", "title", "ref", "unclear", "slip", "emendation", "date", "persName"))
_LEVELS = {"article-journal": "j", "article-newspaper": "j", "chapter": "m"}


def unfit(spans: Sequence[Span]) -> set[int]:
    """The indices of citations that meet an earlier one, and of parts that stand in none, or across something else."""
    crossing = _crossing(spans)
    frames = Places([span for at, span in enumerate(spans) if span.kind in ("citation", "bibl") and at not in crossing])
    holders = Places([span for span in spans if span.kind in _HOLDERS])
    found = set(crossing)
    reached = 0
    parts = [(index, span) for index, span in enumerate(spans) if span.kind in PARTS]
    for index, part in sorted(parts, key=lambda each: (each[1].start, -each[1].end)):
        around = frames.meeting(part)
        framed = bool(around) and all(holds(frame, part) for frame in around)
        among = [each for each in holders.meeting(part) if not holds(part, each)]
        if not framed or part.start < reached or not all(_outside(each, around[-1]) for each in among):
            found.add(index)
        else:
            reached = part.end
    return found


def _crossing(spans: Sequence[Span]) -> set[int]:
    """The indices of citations that begin within an earlier one, or with a longer one."""
    found = set()
    reached = 0
    citations = [(index, span) for index, span in enumerate(spans) if span.kind == "citation"]
    for index, span in sorted(citations, key=lambda each: (each[1].start, -each[1].end)):
        if span.start < reached:
            found.add(index)
        reached = max(reached, span.end)
    return found


class Borders:
    """Where the citations of a text and their parts begin and end. without: the indices of what is left out."""

    def __init__(self, spans: Sequence[Span], without: Collection[int]) -> None:
        kept = [span for index, span in enumerate(spans) if index not in without]
        self._citations = Places([span for span in kept if span.kind == "citation"])
        self._parts = Places([span for span in kept if span.kind in PARTS])

    def across(self, span: Span) -> list[int]:
        """Where a span has to be cut, in order."""
        if span.kind not in _CUT:
            return []
        held = self._held(span)
        met = [*self._citations.meeting(span), *self._parts.meeting(span)]
        open_ = (each for each in met if not any(holds(citation, each) for citation in held))
        return sorted({at for each in open_ for at in (each.start, each.end)})

    def around(self, span: Span) -> bool:
        """Whether a span stands around a citation of its own extent, as the citation has parts."""
        return span.kind in _AROUND and any(
            not holds(each, span) or self._parts.meeting(each) for each in self._held(span)
        )

    def _held(self, span: Span) -> list[Span]:
        return [
            each for each in self._citations.meeting(span) if _outside(span, each) and span.kind in (*_AROUND, "title")
        ]


def _outside(span: Span, frame: Span) -> bool:
    """Whether a span stands around a citation; none stands around an entry of the bibliography, which is a block."""
    same = holds(frame, span) and not (span.kind in _AROUND and frame.kind == "citation")
    return holds(span, frame) and not same


def described(work: Work) -> Element:
    """A work of the bibliography as biblStruct (Guidelines, 3.12.2)."""
    authors = [element("author", name) for name in work.authors]
    editors = [element("editor", name) for name in work.editors]
    held = work.container and work.type in _LEVELS
    title = element("title", work.title, level="a" if held else "u" if work.type == "manuscript" else "m")
    whole = element("title", work.container, level=_LEVELS[work.type]) if held else title
    first, _, last = work.issued.partition("/")
    dated = {"from": first, "to": last} if last else {"when": first} if first else {}
    imprint: list[Content] = [
        *([element("pubPlace", work.place)] if work.place else []),
        *([element("publisher", work.publisher)] if work.publisher else []),
        element("date", *([work.date] if work.date else []), **dated),
        *(
            element("biblScope", value, unit=unit)
            for unit, value in (("volume", work.volume), ("issue", work.issue), ("page", work.pages))
            if value
        ),
    ]
    analytic = [element("analytic", *authors, title)] if held else []
    monogr = element("monogr", *([] if held else authors), *editors, whole, Element("imprint", {}, imprint))
    remark = [element("note", work.note)] if work.note else []
    return element("biblStruct", *analytic, monogr, *remark, xml_id=work.id, type=work.type)
