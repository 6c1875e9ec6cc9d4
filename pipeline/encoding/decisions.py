"""The editor's decisions laid over the other layers: they win over everything that a stage found.

A new text becomes "emendation" {new, rdg:SIGLUM...} or "slip" {new}, innermost in whatever stands around it, that of
other decisions too. A
language takes the place of what was thought before; an accepted flag stays with its evidence, and what carries it is
the editor's word. All of these have the attribute `resp`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from pipeline.encoding.inline import RANKS
from pipeline.model import Span

_RESP = "editor"
_NAMES = frozenset(("persName", "placeName", "orgName", "event", "title"))
_REPLACING = {"text": "emendation", "slip": "slip"}


def with_decisions(spans: Mapping[str, Sequence[Span]], main: str) -> dict[str, list[Span]]:
    """The spans of every text with the decisions among them carried out.

    main: the document's main language, which needs no element of its own.
    """
    decisions = [span for listed in spans.values() for span in listed if span.kind == "decision"]
    places = {span.attributes["value"]: span for span in decisions if span.attributes["decision"] == "place"}
    return {text: _of_text(listed, places, main) for text, listed in spans.items()}


def moved(offset: int, old: str, new: str) -> int:
    """Where in the new wording a point between two letters of the old one belongs."""
    for code in Levenshtein.opcodes(old, new):
        if code.src_start <= offset < code.src_end:
            return min(code.dest_start + offset - code.src_start, code.dest_end)
    return len(new)


def _of_text(spans: Sequence[Span], places: Mapping[str, Span], main: str) -> list[Span]:
    kept = [_placed(span, places) if span.kind == "note" else span for span in spans if span.kind != "decision"]
    decisions = [span for span in spans if span.kind == "decision"]
    for decision in sorted(decisions, key=lambda each: each.attributes["decision"] in _REPLACING):
        verdict = decision.attributes["decision"]
        if verdict in _REPLACING:
            kept = [span for each in kept for span in _around(each, decision)]
            kept.append(replace(decision, kind=_REPLACING[verdict], attributes=_given(decision, "new")))
        elif verdict == "language":
            kept = _in_language(kept, decision, main)
        elif verdict == "name":
            kept = _named(kept, decision)
        elif verdict == "unclear":
            kept.append(replace(decision, kind="unclear", attributes=_given(decision, "reason")))
        elif verdict == "accept":
            kept.append(replace(decision, kind="flag", attributes={**decision.attributes, "resp": _RESP}))
    return kept


def _given(decision: Span, name: str) -> dict[str, str]:
    """The attributes of a decision, its value under `name`."""
    attributes = {key: value for key, value in decision.attributes.items() if key not in ("decision", "category")}
    value = attributes.pop("value")
    return {**attributes, name: value, "resp": _RESP} if value or name == "new" else {**attributes, "resp": _RESP}


def _placed(note: Span, places: Mapping[str, Span]) -> Span:
    """A note where the editor put it."""
    place = places.get(note.attributes["note"])
    return replace(note, start=place.start, end=place.end, certainty=1.0) if place else note


def _around(span: Span, decision: Span) -> Iterable[Span]:
    """A span beside words that were replaced: it holds all of them or none; what said how they read is settled."""
    if span.kind not in RANKS or not (span.start < decision.end and decision.start < span.end):
        return [span]
    if span.kind == "app" and decision.start <= span.start and span.end <= decision.end:
        return []
    return [replace(span, start=min(span.start, decision.start), end=max(span.end, decision.end))]


def _named(spans: Sequence[Span], decision: Span) -> list[Span]:
    """The spans with no other name in the decision's stretch; what was known of a name of the same kind stays."""
    start, end, kind = decision.start, decision.end, decision.attributes["value"]
    met = [span for span in spans if span.kind in _NAMES and span.start < end and start < span.end]
    known = next((span.attributes for span in met if span.kind == kind), {})
    kept = [span for span in spans if not any(span is each for each in met)]
    if kind == "none":
        return [*kept, replace(decision, kind="reviewed", attributes={"resp": _RESP})]
    return [*kept, replace(decision, kind=kind, attributes={**known, "resp": _RESP})]


def _in_language(spans: Sequence[Span], decision: Span, main: str) -> list[Span]:
    """The spans with no other word on the language of the decision's stretch."""
    start, end, language = decision.start, decision.end, decision.attributes["value"]
    kept: list[Span] = []
    for span in spans:
        if span.kind == "foreign" and span.start < end and start < span.end and "resp" not in span.attributes:
            kept += [replace(span, end=start)] * (span.start < start) + [replace(span, start=end)] * (end < span.end)
        elif span.kind == "title" and start <= span.start and span.end <= end and "lang" in span.attributes:
            kept.append(replace(span, attributes={**span.attributes, "lang": language, "resp": _RESP}))
        else:
            kept.append(span)
    inside = any(each.kind == "foreign" and each.start <= start and end <= each.end for each in kept)
    if language != main or inside:
        kept.append(replace(decision, kind="foreign", attributes={"lang": language, "resp": _RESP}))
    else:
        kept.append(replace(decision, kind="reviewed", attributes={"resp": _RESP}))
    return kept
