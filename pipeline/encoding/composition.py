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
from pipeline.model import Span

_KINDS = {*RANKS, *REGIONS, *inline.RANKS, "note"}


@dataclass(frozen=True, slots=True)
class Composed:
    """A text of the reading: `roots` are front, body and back of the body, or the one block of a note."""

    text: str
    spans: Sequence[Span]
    marks: Sequence[Mark]
    roots: Sequence[Block]
    inline: Inline
    ids: dict[int, list[str]]
    categories: dict[int, list[str]]


@dataclass(frozen=True, slots=True)
class Composition:
    """All texts by their id, the xml:id of every note, and the annotations of what is flagged for review.

    named: for spans with an id of their own, the xml:id of the first element they became.
    """

    texts: dict[str, Composed]
    notes: dict[str, str]
    annotations: list[Element]
    named: dict[str, str]


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
        annotations += _identify(composed, identifiers, len(annotations))
        texts[name] = composed
    named = {
        own: ids[0]
        for composed in texts.values()
        for index, ids in composed.ids.items()
        if (own := composed.spans[index].attributes.get("id"))
    }
    return Composition(texts, note_ids, annotations, named)


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
    return Composed(name, spans, its_marks, roots, made, {}, {})


def _lift_languages(block: Block) -> None:
    """A block quotation or stanza whose parts are all in one language is itself in that language."""
    inner = [child for child in block.children if isinstance(child, Block)]
    for child in inner:
        _lift_languages(child)
    languages = {child.language for child in inner}
    if block.kind in ("blockquote", "lg") and len(languages) == 1 and block.language is None:
        block.language = languages.pop()


def _identify(composed: Composed, identifiers: Identifiers, count: int) -> Iterable[Element]:
    """Give an xml:id to every element that something points at, and yield the annotations of the flags."""
    flagged: set[int] = set()
    for index, carrier in composed.inline.carriers.items():
        category = composed.spans[index].attributes["category"]
        if isinstance(carrier, int):
            flagged.add(carrier)
            composed.categories.setdefault(carrier, []).append(category)
        else:
            carrier.categories.append(category)
    for index, span in enumerate(composed.spans):
        parts = composed.inline.parts.get(index, 0)
        own = span.attributes.get("id")
        if parts and (own or parts > 1 or index in flagged or span.kind == "flag"):
            base = own if own else f"sp-{identifiers.number():04d}"
            composed.ids[index] = [
                identifiers.claim(base if part == 0 else f"{base}.{part + 1}") for part in range(parts)
            ]
        if span.kind == "flag":
            composed.categories.setdefault(index, []).append(span.attributes["category"])
    annotations: list[Element] = []
    for index, span in enumerate(composed.spans):
        if span.kind == "flag" and (targets := _targets(composed, index, identifiers)):
            number = f"rv-{count + len(annotations) + 1:04d}"
            annotations.append(_annotation(identifiers.claim(number), span, targets))
    return annotations


def _targets(composed: Composed, index: int, identifiers: Identifiers) -> list[str]:
    carrier = composed.inline.carriers.get(index, index)
    if isinstance(carrier, int):
        return composed.ids.get(carrier, [])
    if carrier.id is None:
        own = composed.ids.get(carrier.span, [])
        carrier.id = own[0] if own else identifiers.claim(f"sp-{identifiers.number():04d}")
    return [carrier.id]


def _annotation(name: str, span: Span, targets: Sequence[str]) -> Element:
    return element(
        "annotation",
        element("note", span.attributes.get("note") or span.evidence),
        xml_id=name,
        motivation="assessing",
        target=" ".join(f"#{target}" for target in targets),
        ana="#" + span.attributes["category"],
        cert=certainty_level(span.certainty),
    )
