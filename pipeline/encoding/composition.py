"""Composition: each text of the reading as blocks with their marks and nested inline spans, ready to be written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.encoding import inline
from pipeline.encoding.blocks import RANKS, REGIONS, Block, build, regions, trim
from pipeline.encoding.facsimile import Facsimile
from pipeline.encoding.identifiers import Identifiers, certainty_level
from pipeline.encoding.inline import Inline, nest_inline
from pipeline.encoding.marks import Mark, marks, page_order, segment_of
from pipeline.encoding.markup import Element, element
from pipeline.encoding.nesting import Point
from pipeline.encoding.sources import Sources
from pipeline.errors import BadInput
from pipeline.model import Milestone, Span, fingerprint

#: Who is responsible for what the editor decided.
EDITOR = "#resp-editor"
_KINDS = {*RANKS, *REGIONS, *inline.RANKS, "note", "entry"}


@dataclass(frozen=True, slots=True)
class Composed:
    """A text of the reading and its `content`.

    roots: front, body and back of the body, or the one block of a note.
    ids: by a span's index, the xml:id of each of its elements. categories: the open flags it carries. reviewed: the
    spans that the editor accepted.
    """

    text: str
    content: str
    spans: Sequence[Span]
    marks: Sequence[Mark]
    roots: Sequence[Block]
    inline: Inline
    ids: dict[int, list[str]]
    categories: dict[int, list[str]]
    reviewed: set[int]


@dataclass(frozen=True, slots=True)
class Composition:
    """All texts by their id, the xml:id of every note, and the annotations of what is flagged for review.

    named: for spans with an id of their own, the xml:id of the first element they became. pages: that begin in the
    body. works: ids of the works in standOff.
    """

    texts: dict[str, Composed]
    notes: dict[str, str]
    annotations: list[Element]
    named: dict[str, str]
    pages: frozenset[str]
    works: frozenset[str]


def compose(sources: Sources, facsimile: Facsimile, identifiers: Identifiers) -> Composition:
    """Compose all texts. Raises BadInput for a span of a kind that has no encoding."""
    order = page_order(sources.reading, facsimile)
    spans = _with_all_notes(sources.reading.texts, sources.spans)
    all_marks = marks(sources.reading, spans, facsimile, order)
    note_ids = {text: identifiers.claim(text) for text in sources.reading.texts if text != "body"}
    texts: dict[str, Composed] = {}
    annotations: list[Element] = []
    for name, text in sources.reading.texts.items():
        listed = spans[name]
        for span in listed:
            if span.kind not in _KINDS:
                raise BadInput(f"layers: nothing is known of spans of kind {span.kind!r}; known are {sorted(_KINDS)}")
        composed = _compose(name, text, listed, all_marks[name])
        if name in note_ids:
            composed.roots[0].id = note_ids[name]
        texts[name] = composed
    for composed in texts.values():
        annotations += _identify(composed, texts, identifiers)
    named = {
        own: ids[0]
        for composed in texts.values()
        for index, ids in composed.ids.items()
        if (own := composed.spans[index].attributes.get("id"))
    }
    pages = {
        mark.item.target for mark in all_marks["body"] if isinstance(mark.item, Milestone) and mark.item.kind == "page"
    }
    works = {work.id for work in sources.works}
    return Composition(texts, note_ids, annotations, named, frozenset(pages), frozenset(works))


def _with_all_notes(texts: Mapping[str, str], spans: Mapping[str, list[Span]]) -> dict[str, list[Span]]:
    """The spans, and for a note that no layer anchors a conjectural place: the end of the body, so that it is kept."""
    anchored = {span.attributes["note"] for listed in spans.values() for span in listed if span.kind == "note"}
    end = len(texts["body"].rstrip())
    strays = [
        Span("body", end, end, "note", {"note": name, "n": name.rpartition(".")[2], "place": "bottom"}, 0.0)
        for name in texts
        if name != "body" and name not in anchored
    ]
    return {**spans, "body": [*spans["body"], *strays]}


def _compose(name: str, text: str, spans: Sequence[Span], its_marks: Sequence[Mark]) -> Composed:
    tiles = regions(len(text), spans) if name == "body" else [("note", *trim(text, 0, len(text)))]
    roots = [build(text, start, end, spans, [], kind) for kind, start, end in tiles]
    segments = [segment for root in roots for segment in root.segments()]
    starts = [segment.start for segment in segments]
    inside: list[list[Point]] = [[] for _ in segments]
    between: list[list[Point]] = [[] for _ in tiles]
    for key, mark in enumerate(its_marks):
        if place := segment_of(mark, segments, starts):
            inside[place[0]].append(Point(place[1], key))
        else:
            region = next((at for at, (_, _, end) in enumerate(tiles) if mark.offset < end), len(tiles) - 1)
            between[region].append(Point(mark.offset, key))
    roots = [
        build(text, start, end, spans, points, kind) for (kind, start, end), points in zip(tiles, between, strict=True)
    ]
    segments = [segment for root in roots for segment in root.segments()]
    made = nest_inline(text, spans, roots, segments, inside)
    for root in roots:
        _lift_languages(root)
    for block in (block for root in roots for block in root.blocks() if block.span >= 0):
        made.parts[block.span] = made.parts.get(block.span, 0) + 1
    return Composed(name, text, spans, its_marks, roots, made, {}, {}, set())


def _lift_languages(block: Block) -> None:
    """A block quotation or stanza whose parts are all in one language is itself in that language."""
    inner = [child for child in block.children if isinstance(child, Block)]
    for child in inner:
        _lift_languages(child)
    languages = {child.language for child in inner}
    if block.kind in ("blockquote", "lg") and len(languages) == 1 and block.language is None:
        block.language = languages.pop()


def _identify(composed: Composed, texts: Mapping[str, Composed], identifiers: Identifiers) -> Iterable[Element]:
    """Give an xml:id to every element that something points at, and yield the annotations of the flags."""
    flags = [index for index, span in enumerate(composed.spans) if span.kind == "flag"]
    flags.sort(key=lambda index: (composed.spans[index].start, composed.spans[index].end))
    carriers = {index: _carrier(composed, index, texts) for index in flags}
    for index, carrier in carriers.items():
        span = composed.spans[index]
        if isinstance(carrier, Block):
            if "resp" not in span.attributes:
                carrier.categories.append(span.attributes["category"])
                carrier.certainty = min(carrier.certainty, 1 - span.certainty)
        elif "resp" in span.attributes:
            composed.reviewed.add(carrier)
        else:
            composed.categories.setdefault(carrier, []).append(span.attributes["category"])
    flagged = {carrier for carrier in carriers.values() if isinstance(carrier, int)}
    for index, span in enumerate(composed.spans):
        parts = composed.inline.parts.get(index, 0)
        own = span.attributes.get("id") if span.kind != "flag" else None
        if parts and (own or parts > 1 or index in flagged):
            base = own or _name(composed, span.start, span.end, span.kind)
            composed.ids[index] = [
                identifiers.claim(base if part == 0 else f"{base}.{part + 1}") for part in range(parts)
            ]
    for index, carrier in carriers.items():
        if targets := _targets(composed, carrier, identifiers):
            yield _annotation(composed, composed.spans[index], targets, identifiers)


def _carrier(composed: Composed, index: int, texts: Mapping[str, Composed]) -> int | Block:
    """What carries a flag: a note, the span or block of the same extent, or the flag itself as an element."""
    anchor = composed.spans[index].attributes.get("anchor", "")
    return texts[anchor].roots[0] if anchor in texts else composed.inline.carriers.get(index, index)


def _targets(composed: Composed, carrier: int | Block, identifiers: Identifiers) -> list[str]:
    if isinstance(carrier, int):
        return composed.ids.get(carrier, [])
    if carrier.id is None:
        own = composed.ids.get(carrier.span, [])
        carrier.id = own[0] if own else identifiers.claim(_name(composed, carrier.start, carrier.end, carrier.kind))
    return [carrier.id]


def _annotation(composed: Composed, span: Span, targets: Sequence[str], identifiers: Identifiers) -> Element:
    own = span.attributes.get("id") or _name(composed, span.start, span.end, span.attributes["category"])
    return element(
        "annotation",
        element("note", span.attributes.get("note") or span.evidence),
        xml_id=identifiers.claim(own),
        motivation="assessing",
        target=" ".join(f"#{target}" for target in targets),
        ana="#" + span.attributes["category"],
        cert=certainty_level(span.certainty),
        resp=EDITOR if "resp" in span.attributes else None,
    )


def _name(composed: Composed, start: int, end: int, kind: str) -> str:
    """An identifier that does not change when something else does."""
    return f"sp-{fingerprint(composed.content, start, end, composed.text, kind)}"
