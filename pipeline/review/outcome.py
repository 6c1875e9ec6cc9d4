"""The outcome of a review: flags and decisions as a layer, and decisions that no longer fit as a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import Decision, Span, fingerprint
from pipeline.review.editing import changes
from pipeline.review.evidence import Collation
from pipeline.review.quotation import Fit, Misfit, Texts
from pipeline.review.rows import Flag


@dataclass(frozen=True, slots=True)
class Unsure:
    """A decision that fits no longer, or only nearly, and why. text: where it stood; words: what it was about."""

    flag: str
    text: str
    words: str
    decision: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build reports of the decisions. near: applied all the same; misfits: not applied, and kept in the file."""

    decisions: int
    open: int
    decided: int
    near: list[Unsure]
    misfits: list[Unsure]


def place_all(
    decisions: Sequence[Decision], texts: Texts
) -> tuple[list[tuple[Decision, Fit]], list[tuple[Decision, str]]]:
    """The decisions that fit, with where; and those that do not, with the reason."""
    fits: list[tuple[Decision, Fit]] = []
    misfits: list[tuple[Decision, str]] = []
    for decision in decisions:
        found = texts.find(decision)
        if isinstance(found, Misfit):
            misfits.append((decision, found.reason))
        elif decision.decision == "accept" and texts.quote(found.text, found.start, found.end).exact != decision.exact:
            misfits.append((decision, f"other words than were accepted stand there; {found.doubt}"))
        elif decision.decision == "place" and not texts.has(decision.value):
            misfits.append((decision, f"there is no note {decision.value}"))
        else:
            fits.append((decision, found))
    return fits, misfits


def unsure(decision: Decision, reason: str) -> Unsure:
    """A decision for the report."""
    words = decision.exact or decision.value
    return Unsure(decision.flag, decision.text, words, decision.decision, reason)


def layer(
    flags: Sequence[Span],
    queue: Sequence[Flag],
    fits: Sequence[tuple[Decision, Fit]],
    texts: Mapping[str, str],
    doubts: Sequence[Span],
    collation: Collation,
) -> tuple[list[Span], list[Decision]]:
    """The flags that are open, and a span of kind "decision" for everything decided, in the order of the text.

    flags: the spans of `queue`, one by one. doubts: the readings in doubt ("app"); a new text takes the whole of what
    it touches. Also the decisions that would replace words which one before them has replaced.
    """
    order = {text: at for at, text in enumerate(texts)}
    spans: list[Span] = []
    for span, flag in zip(flags, queue, strict=True):
        accepted = [decision for decision in flag.decisions if decision.decision in ("accept", "place")]
        if not flag.decisions:
            spans.append(span)
        elif accepted:
            spans.append(Span(span.text, span.start, span.end, "decision", _accepted(span), span.certainty))
    clashes: list[Decision] = []
    replaced: list[Span] = []
    for decision, fit in fits:
        made = _decided(decision, fit, texts, doubts, collation)
        if decision.decision in ("text", "slip"):
            if any(_overlap(one, two) for one in made for two in replaced):
                clashes.append(decision)
                continue
            replaced += made
        spans += made
    spans.sort(key=lambda span: (order[span.text], span.start, span.end, span.kind, sorted(span.attributes.items())))
    return spans, clashes


def _overlap(one: Span, two: Span) -> bool:
    return one.text == two.text and one.start < two.end and two.start < one.end


def _accepted(span: Span) -> dict[str, str]:
    return {**span.attributes, "decision": "accept"}


def _decided(
    decision: Decision, fit: Fit, texts: Mapping[str, str], doubts: Sequence[Span], collation: Collation
) -> list[Span]:
    if decision.decision == "accept":
        return []
    attributes = {"decision": decision.decision, "category": decision.flag, "value": decision.value}
    if decision.decision not in ("text", "slip"):
        return [Span(fit.text, fit.start, fit.end, "decision", attributes)]
    found = []
    for replaced in _replaced(texts[fit.text], decision, fit, doubts):
        start, end, new, readings = _read_by_all(texts[fit.text], *replaced, fit.text, collation)
        name = {"id": "ed-" + fingerprint(texts[fit.text], start, end, fit.text)}
        found.append(Span(fit.text, start, end, "decision", {**attributes, "value": new, **name, **readings}))
    return found


def _read_by_all(
    text: str, start: int, end: int, new: str, name: str, collation: Collation
) -> tuple[int, int, str, dict[str, str]]:
    """A replacement with what each witness has in its place.

    Witnesses are known word by word: where one differs in more than what is replaced, the whole words are.
    """
    first, last = collation.extent(name, start, end)
    before, after = text[first:start], text[end:last]
    readings = collation.of(name, first, last).readings
    if not all(
        len(read) >= len(before) + len(after) and read.startswith(before) and read.endswith(after)
        for read in readings.values()
    ):
        start, end, new, before, after = first, last, before + new + after, "", ""
    cut = {f"rdg:{siglum}": read[len(before) : len(read) - len(after)] for siglum, read in readings.items()}
    return start, end, new, cut


def _replaced(text: str, decision: Decision, fit: Fit, doubts: Sequence[Span]) -> list[tuple[int, int, str]]:
    """What is replaced by what: the words that differ, widened to the whole of every reading in doubt they touch."""
    old = text[fit.start : fit.end].replace("\n", " ")
    near = [(span.start, span.end) for span in doubts if span.text == fit.text]
    found: list[tuple[int, int, str]] = []
    for change in changes(old, decision.value):
        start, end, new = fit.start + change.start, fit.start + change.end, change.new
        for a, b in near:
            if a < end and start < b:
                new = text[a:start] * (a < start) + new + text[end:b] * (end < b)
                start, end = min(a, start), max(b, end)
        if found and start < found[-1][1]:  # two changes of one reading in doubt
            return [(fit.start, fit.end, decision.value)]
        found.append((start, end, new))
    return found
