"""Publication: what an edition holds, counted for people and for scripts.

Reads reading.json, the layers, the witnesses, the collation, review.json and validation.json (and calibration.json
where the edition was evaluated), writes report.json, and report.html for people.
"""

import hashlib
import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.edition import Edition
from pipeline.model import (
    Calibration,
    Column,
    Lacuna,
    Page,
    Reading,
    Span,
    Witness,
    read_json,
    read_rows,
    write_bytes,
    write_json,
)
from pipeline.publication.mended import KINDS, Mended, mended
from pipeline.publication.page import Contents, page

STEPS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
"""Probabilities at which readings are counted apart."""

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Report:
    """What an edition holds.

    kinds: how many spans of each kind there are. readings: how many places of the collation are of each kind.
    flags: what an editor should look at, by category. review: how many of them are decided, and which decisions fit
    no longer. mended: passages that a witness moved, doubled, dropped or invented. probabilities: how many readings
    that differ have a probability of each step, from "0.0" on.
    """

    pages: int
    words: int
    notes: int
    conjectural_notes: int
    doubtful_readings: int
    kinds: dict[str, int]
    readings: dict[str, int]
    flags: dict[str, int]
    review: dict[str, Any]
    lacunae: list[Lacuna]
    notices: list[str]
    valid: bool
    mended: list[Mended]
    probabilities: dict[str, int]


def report(edition: Edition) -> Report:
    """Count what the edition holds; write report.json and report.html."""
    reading = read_json(edition.work / "reading.json", Reading)
    paths = sorted((edition.work / "layers").glob("*.json"))
    layers = {path: read_json(path, list[Span]) for path in paths}
    spans = [span for layer in layers.values() for span in layer if span.kind not in ("flag", "decision")]
    flags = Counter(s.attributes["category"] for s in layers.get(edition.layer("review"), []) if s.kind == "flag")
    anchors = [span for span in spans if span.kind == "note"]
    kinds = Counter(span.kind for span in spans)
    columns = list(read_rows(edition.work / "collation.jsonl", Column))
    sigla = read_json(edition.work / "witness" / "witnesses.json", list[str])
    witnesses = [read_json(edition.work / "witness" / f"{siglum}.json", Witness) for siglum in sigla]
    validation = json.loads((edition.work / "validation.json").read_bytes())
    made = Report(
        pages=sum(len(read_json(path, list[Page])) for path in sorted((edition.work / "layout").glob("*.json"))),
        words=sum(len(text.split()) for text in reading.texts.values()),
        notes=len(reading.texts) - 1,
        conjectural_notes=sum(span.certainty < 0.5 for span in anchors),
        doubtful_readings=kinds["app"],
        kinds=dict(sorted(kinds.items())),
        readings=dict(sorted(Counter(column.kind for column in columns).items())),
        flags=dict(sorted(flags.items())),
        review=read_json(edition.work / "review.json", dict[str, Any]),
        lacunae=reading.lacunae,
        notices=[f"{witness.id}: {notice}" for witness in witnesses for notice in witness.notices],
        valid=bool(validation["valid"]),
        mended=mended(witnesses, columns),
        probabilities=_probabilities(columns) if len(witnesses) > 1 else {},
    )
    write_json(edition.work / "report.json", made)
    problems = [f"{problem['where']}: {problem['message']}" for problem in validation["problems"]]
    write_bytes(edition.work / "report.html", page(_contents(edition, made, problems)).encode())
    return made


def _probabilities(columns: Sequence[Column]) -> dict[str, int]:
    counts = Counter(bisect_right(STEPS, column.probability) for column in columns if column.kind != "agreed")
    return {str(low): counts[index] for index, low in enumerate((0.0, *STEPS))}


def _contents(edition: Edition, made: Report, problems: Sequence[str]) -> Contents:
    """What the page of the report shows."""
    edges = [*made.probabilities, "1.0"]
    steps = [f"{low} – {high}" for low, high in pairwise(edges)]
    return Contents(
        title=edition.settings.title,
        valid=made.valid,
        figures=[
            ("pages", made.pages),
            ("words", made.words),
            ("notes", made.notes),
            ("notes without a sure place", made.conjectural_notes),
            ("doubtful readings", made.doubtful_readings),
            ("flags to review", sum(made.flags.values())),
        ],
        mended=made.mended,
        single=sum(made.readings.get(kind, 0) for kind in KINDS) - sum(each.words for each in made.mended),
        probabilities=list(zip(steps, made.probabilities.values(), strict=True)),
        calibration=_measured(edition),
        lacunae=made.lacunae,
        problems=problems,
        notices=made.notices,
    )


def _measured(edition: Edition) -> Calibration | None:
    """What was measured against gold, if it was this collation."""
    path = edition.work / "calibration.json"
    made = read_json(path, Calibration) if path.is_file() else None
    digest = hashlib.sha256((edition.work / "collation.jsonl").read_bytes()).hexdigest()
    return made if made and made.collation == digest else None


def is_valid(edition: Edition) -> bool:
    """Whether the last build of an edition keeps its schema and its rules."""
    return read_json(edition.work / "report.json", Report).valid


def summary(edition: Edition) -> str:
    """The report in a few lines, for the end of a build."""
    made = read_json(edition.work / "report.json", Report)
    lines = [
        f"{edition.id}: {made.pages} pages, {made.words:,} words, {made.notes} notes",
        f"  to review: {made.review['open']} flags, {made.review['decided']} decided (recensio review {edition.id})",
        *_decisions(made.review, edition),
    ]
    lines += [f"  {lacuna.witness} lacks {lacuna.sentence}" for lacuna in made.lacunae[:_SHOWN]]
    if len(made.lacunae) > _SHOWN:
        lines.append(f"  and {len(made.lacunae) - _SHOWN} passages more, see report.json")
    lines += [f"  {notice}" for notice in made.notices]
    lines += [
        f"  edition     {edition.tei} ({'valid' if made.valid else 'NOT VALID, see validation.json'})",
        f"  collation   {edition.work / 'collation.jsonl'}",
        f"  report      {edition.work / 'report.html'}",
    ]
    return "\n".join(lines)


def _decisions(review: dict[str, Any], edition: Edition) -> list[str]:
    """The decisions that fit no longer, or only nearly."""
    lines = []
    for name, what in (("misfits", "fits no longer"), ("near", "was applied where it nearly fits")):
        for each in review[name][:_SHOWN]:
            lines.append(f"  decision on {each['words']!r} ({each['text']}, {each['flag']}) {what}: {each['reason']}")
        if len(review[name]) > _SHOWN:
            lines.append(f"  and {len(review[name]) - _SHOWN} decisions more like this, see report.json")
    return [*lines, f"  decisions   {edition.decisions}"] if lines else []
