"""Scores of an edition against gold TEI of the same pages.

Character error rates count insertions, deletions and substitutions for each character of gold (`align`). A note is
found when its text is at least 80 per cent like gold's and it is anchored within 3 characters of gold's place. A span
(quotation, name, foreign passage, ...) is found when it shares at least 80 per cent of its characters with gold's
(intersection over union, as in object detection); foreign passages must also agree in language. A page break is found
within 5 characters. Every gold item is found at most once.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec
from rapidfuzz import fuzz

from pipeline.evaluation.alignment import Alignment, align
from pipeline.evaluation.calibration import summary
from pipeline.evaluation.reader import Mark, NoteText, Said, read
from pipeline.evaluation.tei import text_of
from pipeline.model import Calibration

KINDS = (
    "q",
    "blockquote",
    "foreign",
    "persName",
    "placeName",
    "orgName",
    "title",
    "date",
    "head",
    "underline",
)
NOTE_LIKENESS, NOTE_NEAR, SPAN_OVERLAP, BREAK_NEAR = 0.8, 3, 0.8, 5
_PAIR_LIKENESS, _PAIR_NEAR = 0.6, 8000


@dataclass(frozen=True, slots=True)
class Found:
    """How many of gold's items an edition has: gold, edition: how many each holds; found: how many are the same."""

    gold: int
    edition: int
    found: int

    @property
    def precision(self) -> float:
        return self.found / self.edition if self.edition else float(not self.gold)

    @property
    def recall(self) -> float:
        return self.found / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """All figures. Error rates are per character (cer) or word (wer) of gold, 0 the best.

    cer: body and notes together. numbers: of the notes found, the share with the right number.
    spans: by kind; kinds that neither file has are left out.
    """

    cer: float
    cer_body: float
    cer_notes: float
    wer_body: float
    notes: Found
    numbers: float
    pages: Found
    spans: dict[str, Found]


def evaluate(gold: Path, edition: Path) -> Scores:
    """Score an edition against gold. Raises BadInput where either is missing or no TEI."""
    return compare(read(text_of(gold)), read(text_of(edition)))


def compare(gold: Said, edition: Said) -> Scores:
    """Score what an edition says against what gold says."""
    body = align(gold.text, edition.text)
    pairs = _pair(gold.notes, edition.notes, body.place)
    aligned = {i: align(gold.notes[i].text, edition.notes[j].text) for i, j in pairs}
    found = [
        (gold.notes[i], edition.notes[j])
        for i, j in pairs
        if fuzz.ratio(gold.notes[i].text, edition.notes[j].text) >= 100 * NOTE_LIKENESS
        and abs(body.place(edition.notes[j].at) - gold.notes[i].at) <= NOTE_NEAR
    ]
    characters = sum(len(note.text) for note in gold.notes)
    wrong = sum(each.distance for each in aligned.values())
    wrong += _unpaired(gold.notes, {i for i, _ in pairs}) + _unpaired(edition.notes, {j for _, j in pairs})
    return Scores(
        cer=_rate(body.distance + wrong, len(gold.text) + characters),
        cer_body=_rate(body.distance, len(gold.text)),
        cer_notes=_rate(wrong, characters),
        wer_body=_rate(body.words, len(gold.text.split())),
        notes=Found(len(gold.notes), len(edition.notes), len(found)),
        numbers=sum(a.number == b.number for a, b in found) / len(found) if found else float(not gold.notes),
        pages=_breaks(gold.breaks, [body.place(at) for at in edition.breaks]),
        spans=_spans(gold, edition, body, {i: (j, aligned[i]) for i, j in pairs}),
    )


def report(scores: Scores, form: Literal["table", "json"] = "table", readings: Calibration | None = None) -> str:
    """The figures for people (a table) or for programs (JSON). readings: how far their probabilities hold."""
    items = {"notes": scores.notes, "pages": scores.pages, **scores.spans}
    rates = {
        "cer": scores.cer,
        "cer_body": scores.cer_body,
        "cer_notes": scores.cer_notes,
        "wer_body": scores.wer_body,
        "note_numbers": scores.numbers,
    }
    if form == "json":
        rows = {
            kind: {
                "precision": round(each.precision, 4),
                "recall": round(each.recall, 4),
                "f1": round(each.f1, 4),
                "gold": each.gold,
                "edition": each.edition,
                "found": each.found,
            }
            for kind, each in items.items()
        }
        told = {"calibration": readings} if readings else {}
        data = msgspec.json.encode({**{key: round(rate, 6) for key, rate in rates.items()}, **rows, **told})
        return msgspec.json.format(data, indent=1).decode()
    lines = [
        f"character error rate   {scores.cer:8.4f}   (body {scores.cer_body:.4f}, notes {scores.cer_notes:.4f})",
        f"word error rate, body  {scores.wer_body:8.4f}",
        f"note numbers right     {scores.numbers:8.4f}   (of the notes found)",
        *(summary(readings) if readings else ()),
        "",
        f"{'':12}{'precision':>10}{'recall':>10}{'F1':>10}{'gold':>8}{'edition':>9}{'found':>8}",
    ]
    for kind, each in items.items():
        figures = "".join(f"{value:10.3f}" for value in (each.precision, each.recall, each.f1))
        lines.append(f"{kind:12}{figures}{each.gold:8}{each.edition:9}{each.found:8}")
    return "\n".join(lines) + "\n"


def _rate(part: int, whole: int) -> float:
    """part / whole; where there is nothing to get right, whatever stands there counts as all wrong."""
    return part / whole if whole else float(bool(part))


def _unpaired(notes: Sequence[NoteText], paired: set[int]) -> int:
    return sum(len(note.text) for index, note in enumerate(notes) if index not in paired)


def _pair(gold: Sequence[NoteText], edition: Sequence[NoteText], place: Callable[[int], int]) -> list[tuple[int, int]]:
    """Which note is which: pairs in rising order that are most alike in text and place (dynamic programming).

    Only notes within some pages of each other are compared, so that time grows with their number.
    """
    places = [place(note.at) for note in edition]
    links: list[tuple[int, int, int]] = []
    best = _Best(len(edition))
    for i, note in enumerate(gold):
        low, high = bisect_left(places, note.at - _PAIR_NEAR), bisect_left(places, note.at + _PAIR_NEAR)
        reached: list[tuple[int, float, int]] = []  # edition note, value of the best chain that ends there, its link
        for j in range(low, high):
            likeness = fuzz.ratio(note.text, edition[j].text, score_cutoff=100 * _PAIR_LIKENESS) / 100
            gain = likeness - min(0.35, abs(places[j] - note.at) / 400)
            if likeness and gain > 0:
                value, link = best.before(j)
                links.append((i, j, link))
                reached.append((j, value + gain, len(links) - 1))
        for j, value, link in reached:
            best.put(j, value, link)
    _, link = best.before(len(edition))
    pairs = []
    while link >= 0:
        i, j, link = links[link]
        pairs.append((i, j))
    return pairs[::-1]


class _Best:
    """The best value below a position, in logarithmic time (a Fenwick tree of maxima)."""

    def __init__(self, size: int) -> None:
        self._tree = [(0.0, -1)] * (size + 1)

    def before(self, position: int) -> tuple[float, int]:
        found = (0.0, -1)
        while position > 0:
            found = max(found, self._tree[position])
            position &= position - 1
        return found

    def put(self, position: int, value: float, link: int) -> None:
        position += 1
        while position < len(self._tree):
            self._tree[position] = max(self._tree[position], (value, link))
            position += position & -position


def _spans(gold: Said, edition: Said, body: Alignment, pairs: dict[int, tuple[int, Alignment]]) -> dict[str, Found]:
    """Spans found, by kind, in the body and in the notes that correspond."""
    all_gold, all_edition, found = Counter[str](), Counter[str](), Counter[str]()
    texts: list[tuple[Sequence[Mark], Sequence[Mark], Alignment | None]] = [(gold.marks, edition.marks, body)]
    for i, note in enumerate(gold.notes):
        j, aligned = pairs.get(i, (None, None))
        texts.append((note.marks, edition.notes[j].marks if j is not None else (), aligned))
    taken = {j for j, _ in pairs.values()}
    texts.extend(((), note.marks, None) for j, note in enumerate(edition.notes) if j not in taken)
    for ours, theirs, aligned in texts:
        all_gold.update(mark.kind for mark in ours)
        all_edition.update(mark.kind for mark in theirs)
        if aligned:
            moved = [Mark(m.kind, aligned.place(m.start), aligned.place(m.end), m.language) for m in theirs]
            found.update(_found(ours, moved))
    kinds = [kind for kind in KINDS if all_gold[kind] or all_edition[kind]]
    return {kind: Found(all_gold[kind], all_edition[kind], found[kind]) for kind in kinds}


def _found(gold: Sequence[Mark], edition: Sequence[Mark]) -> list[str]:
    """The kinds of the gold spans found, each edition span used once."""
    ordered = sorted(edition, key=lambda mark: mark.start)
    starts = [mark.start for mark in ordered]
    used: set[int] = set()
    kinds = []
    for mark in gold:
        size = mark.end - mark.start
        # A span that begins further away than this cannot overlap enough.
        low, high = bisect_left(starts, mark.start - size), bisect_left(starts, mark.end)
        near = [
            (_overlap(mark, ordered[index]), -index)
            for index in range(low, high)
            if index not in used and _same_kind(mark, ordered[index])
        ]
        overlap, index = max(near, default=(0.0, 0))
        if overlap >= SPAN_OVERLAP:
            used.add(-index)
            kinds.append(mark.kind)
    return kinds


def _same_kind(gold: Mark, edition: Mark) -> bool:
    return gold.kind == edition.kind and gold.language.split("-")[0] == edition.language.split("-")[0]


def _overlap(a: Mark, b: Mark) -> float:
    """Intersection over union, in characters."""
    common = min(a.end, b.end) - max(a.start, b.start)
    return common / (max(a.end, b.end) - min(a.start, b.start)) if common > 0 else 0.0


def _breaks(gold: Sequence[int], edition: Sequence[int]) -> Found:
    """Page breaks of both in order, each matched with the first free one near enough."""
    found = at = 0
    for each in gold:
        while at < len(edition) and edition[at] < each - BREAK_NEAR:
            at += 1
        if at < len(edition) and edition[at] <= each + BREAK_NEAR:
            found, at = found + 1, at + 1
    return Found(len(gold), len(edition), found)
