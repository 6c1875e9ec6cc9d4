"""The queue: what there is to look at, one flag a row, with all that is needed to decide it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model import Box, Decision, Span
from pipeline.review.evidence import Cell, Collation, Place
from pipeline.review.quotation import Fit, Texts


@dataclass(frozen=True, slots=True)
class Flag:
    """One flag.

    id: the same in every build, as long as the words and those around them are. text, start, end: where it is in the
    reading; exact, prefix, suffix: the same by quotation. page, line: where it begins; label: the printed page number;
    box, on_source: its first box in pixels of the prepared image and of the scan itself; places: all of them.
    readings: by witness; cells: the same word by word. certainty: that there is something to be looked at (0..1).
    anchor: the id of the note whose place is meant. decisions: what the editor has decided about it.
    """

    id: str
    category: str
    page: str | None
    label: str | None
    line: str | None
    box: Box | None
    on_source: Box | None
    text: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    readings: Mapping[str, str]
    suggestion: str
    language: str
    certainty: float
    evidence: str
    anchor: str = ""
    places: Sequence[Place] = ()
    cells: Sequence[Cell] = ()
    decisions: list[Decision] = field(default_factory=list)

    def answered_by(self, decision: Decision, fit: Fit) -> bool:
        """Whether a decision, where it fits, is about this flag."""
        if decision.flag != self.category:
            return False
        if self.anchor:
            return decision.value == self.anchor
        return fit.text == self.text and (
            (fit.start < self.end and self.start < fit.end) or (fit.start, fit.end) == (self.start, self.end)
        )


def make_queue(flags: Iterable[Span], texts: Texts, collation: Collation) -> list[Flag]:
    """The rows of all flags, without decisions."""
    return [_row(flag, texts, collation) for flag in flags]


def decide(flags: Sequence[Flag], fits: Iterable[tuple[Decision, Fit]]) -> None:
    """Give every flag the decisions that answer it."""
    by_text: dict[tuple[str, str], list[tuple[Decision, Fit]]] = {}
    for decision, fit in fits:
        by_text.setdefault((decision.flag, decision.value if decision.decision == "place" else fit.text), []).append(
            (decision, fit)
        )
    for listed in by_text.values():
        listed.sort(key=lambda each: each[1].start)
    longest = {key: max(fit.end - fit.start for _, fit in listed) for key, listed in by_text.items()}
    for flag in flags:
        key = (flag.category, flag.anchor or flag.text)
        listed = by_text.get(key, [])
        if not flag.anchor:
            first = bisect_left(listed, flag.start - longest.get(key, 0), key=lambda each: each[1].start)
            last = bisect_right(listed, flag.end, key=lambda each: each[1].start)
            listed = listed[first:last]
        flag.decisions[:] = [decision for decision, fit in listed if flag.answered_by(decision, fit)]


def _row(flag: Span, texts: Texts, collation: Collation) -> Flag:
    found = collation.of(flag.text, flag.start, flag.end)
    quoted = texts.quote(flag.text, flag.start, flag.end)
    first = found.places[0] if found.places else None
    return Flag(
        id=flag.attributes["id"],
        category=flag.attributes["category"],
        page=found.page,
        label=found.label,
        line=found.line,
        box=first.box if first else None,
        on_source=first.on_source if first else None,
        text=flag.text,
        start=flag.start,
        end=flag.end,
        exact=quoted.exact,
        prefix=quoted.prefix,
        suffix=quoted.suffix,
        readings=found.readings,
        suggestion=flag.attributes.get("suggestion", ""),
        language=flag.attributes.get("lang", ""),
        certainty=flag.certainty,
        evidence=flag.attributes.get("note") or flag.evidence,
        anchor=flag.attributes.get("anchor", ""),
        places=found.places,
        cells=found.cells,
    )
