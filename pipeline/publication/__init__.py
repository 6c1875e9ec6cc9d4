"""Publication: what an edition holds, counted for people and for scripts.

Reads reading.json, the layers, the witnesses, review.json and validation.json, writes report.json.
"""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from pipeline.edition import Edition
from pipeline.model import Column, Lacuna, Page, Reading, Span, Witness, read_json, read_rows, write_json

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Report:
    """What an edition holds.

    kinds: how many spans of each kind there are. readings: how many places of the collation are of each kind.
    flags: what an editor should look at, by category. review: how many of them are decided, and which decisions fit
    no longer.
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


def report(edition: Edition) -> Report:
    """Count what the edition holds and write report.json."""
    reading = read_json(edition.work / "reading.json", Reading)
    paths = sorted((edition.work / "layers").glob("*.json"))
    layers = {path: read_json(path, list[Span]) for path in paths}
    spans = [span for layer in layers.values() for span in layer if span.kind not in ("flag", "decision")]
    flags = Counter(s.attributes["category"] for s in layers.get(edition.layer("review"), []) if s.kind == "flag")
    anchors = [span for span in spans if span.kind == "note"]
    kinds = Counter(span.kind for span in spans)
    made = Report(
        pages=sum(len(read_json(path, list[Page])) for path in sorted((edition.work / "layout").glob("*.json"))),
        words=sum(len(text.split()) for text in reading.texts.values()),
        notes=len(reading.texts) - 1,
        conjectural_notes=sum(span.certainty < 0.5 for span in anchors),
        doubtful_readings=kinds["app"],
        kinds=dict(sorted(kinds.items())),
        readings=dict(sorted(Counter(row.kind for row in read_rows(edition.work / "collation.jsonl", Column)).items())),
        flags=dict(sorted(flags.items())),
        review=json.loads((edition.work / "review.json").read_bytes()),
        lacunae=reading.lacunae,
        notices=[
            f"{siglum}: {notice}"
            for siglum in read_json(edition.work / "witness" / "witnesses.json", list[str])
            for notice in read_json(edition.work / "witness" / f"{siglum}.json", Witness).notices
        ],
        valid=bool(json.loads((edition.work / "validation.json").read_bytes())["valid"]),
    )
    write_json(edition.work / "report.json", made)
    return made


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
        f"  report      {edition.work / 'report.json'}",
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
