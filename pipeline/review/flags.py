"""Flags: everything a stage left for the editor to look at, in the order of the pages: notes where they are called.

Spans of kind "flag" are flags already; a reading in doubt and a note whose place is a guess become such here.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.errors import BadInput
from pipeline.model import Span, fingerprint
from pipeline.settings import FLAGS, Review

_GUESSED = 0.5
_MIXED = "rv-mixed-language"
_WORD = re.compile(r"\w+")


def gather_flags(texts: Mapping[str, str], layers: Iterable[Sequence[Span]], review: Review) -> list[Span]:
    """The flags that `review` shows: spans of kind "flag" {id, category, note, suggestion?, lang?, anchor?}.

    Their certainty is that there is something to be looked at. `anchor` is the id of the note whose place is meant.
    Raises BadInput for a kind of flag that the taxonomy lacks.
    """
    spans = [span for layer in layers for span in layer]
    asked = {span.text: span.attributes["note"] for span in spans if _asks_for_place(span)}
    found = [flag for span in spans if not _asks_for_place(span) and (flag := _flag(span, asked))]
    found += _strays(texts, spans)
    named = _on_titles(texts, spans)
    found = [
        flag
        for flag in found
        if flag.attributes["category"] != _MIXED or (flag.text, flag.start, flag.end) not in named
    ]
    if unknown := sorted({flag.attributes["category"] for flag in found} - FLAGS.keys()):
        raise BadInput(f"layers: nothing is known of flags of kind {unknown[0]!r}; known are {', '.join(FLAGS)}")
    called = {span.attributes["note"]: span.start for span in spans if span.kind == "note"}
    order = {text: (called.get(text, len(texts["body"])), at) for at, text in enumerate(texts)}

    def place(flag: Span) -> tuple[int, int, int, int, str]:
        at, note = (flag.start, 0) if flag.text == "body" else order[flag.text]
        return at, note, flag.start, flag.end, flag.attributes["category"]

    found.sort(key=place)
    shown = [flag for flag in found if review.shows(flag.attributes["category"], flag.certainty)]
    return list(_named(shown, texts))


def _asks_for_place(span: Span) -> bool:
    """Whether a flag over a note's text asks for the place of the note; it is shown at that place."""
    return span.kind == "flag" and span.attributes["category"] == "rv-note-anchor" and span.text != "body"


def _flag(span: Span, asked: Mapping[str, str]) -> Span | None:
    if span.kind == "flag":
        return span
    if span.kind == "app":
        other, witness = span.attributes.get("rdg", ""), span.attributes.get("rdgWit", "another witness")
        note = f"{witness} reads {other!r}" if other else f"{witness} has nothing here"
        return _made(span, "rv-witnesses", f"The witnesses differ; {note}.", suggestion=other)
    if span.kind == "note" and (span.certainty < _GUESSED or span.attributes["note"] in asked):
        plain = f"No sign of note {span.attributes['n']} was found in the text; its place is a guess."
        name = span.attributes["note"]
        return _made(span, "rv-note-anchor", asked.get(name, plain), anchor=name)
    return None


def _on_titles(texts: Mapping[str, str], spans: Sequence[Span]) -> set[tuple[str, int, int]]:
    """Where a mixture of languages is but the name of a work in a sentence: the title has the language."""
    by_text: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        if span.kind in ("title", "foreign") or (span.kind == "flag" and span.attributes["category"] == _MIXED):
            by_text[span.text].append(span)
    return {
        (text, flag.start, flag.end)
        for text, those in by_text.items()
        for flag in those
        if flag.kind == "flag" and _all_named(texts[text], flag, those)
    }


def _all_named(text: str, flag: Span, those: Sequence[Span]) -> bool:
    """Whether every foreign word that a flag means stands in a title."""
    met = [each for each in those if each.start < flag.end and flag.start < each.end]
    passages = [each for each in met if each.kind == "foreign"]
    words = (each.start + match.start() for each in passages for match in _WORD.finditer(text[each.start : each.end]))
    titles = [each for each in met if each.kind == "title"]
    return bool(passages) and all(any(each.start <= at < each.end for each in titles) for at in words)


def _made(span: Span, category: str, note: str, **more: str) -> Span:
    attributes = {"category": category, "note": note, **{key: value for key, value in more.items() if value}}
    certainty = round(1 - span.certainty, 4)
    return replace(span, kind="flag", attributes=attributes, certainty=certainty)


def _strays(texts: Mapping[str, str], spans: Sequence[Span]) -> list[Span]:
    """Notes that no stage anchored stand at the end of the text."""
    anchored = {span.attributes["note"] for span in spans if span.kind == "note"}
    end = len(texts["body"].rstrip())
    return [
        _made(
            Span("body", end, end, "note", certainty=0.0),
            "rv-note-anchor",
            f"Nothing tells where note {name.rpartition('.')[2]} belongs; it stands at the end of the text.",
            anchor=name,
        )
        for name in texts
        if name != "body" and name not in anchored
    ]


def _named(flags: Iterable[Span], texts: Mapping[str, str]) -> Iterable[Span]:
    """The flags with their ids, which stay the same when the text around them does."""
    counts: dict[str, int] = {}
    for flag in flags:
        category = flag.attributes["category"]
        name = "rv-" + fingerprint(texts[flag.text], flag.start, flag.end, flag.text, category)
        if anchor := flag.attributes.get("anchor"):
            name = "rv-" + fingerprint(texts[anchor], 0, 0, anchor, category)
        counts[name] = counts.get(name, 0) + 1
        own = name if counts[name] == 1 else f"{name}-{counts[name]}"
        yield replace(flag, attributes={"id": own, **flag.attributes})
