"""Publication: what an edition holds, counted for people and for scripts.

Reads reading.json, the layers, the witnesses and validation.json, writes report.json.
"""

import json
from collections import Counter
from dataclasses import dataclass

from pipeline.edition import Edition
from pipeline.model import Column, Lacuna, Page, Reading, Span, Witness, read_json, read_rows, write_json


@dataclass(frozen=True, slots=True)
class Report:
    """What an edition holds.

    kinds: how many spans of each kind there are. readings: how many places of the collation are of each kind.
    flags: what an editor should look at, by category.
    """

    pages: int
    words: int
    notes: int
    conjectural_notes: int
    doubtful_readings: int
    kinds: dict[str, int]
    readings: dict[str, int]
    flags: dict[str, int]
    lacunae: list[Lacuna]
    notices: list[str]
    valid: bool


def report(edition: Edition) -> Report:
    """Count what the edition holds and write report.json."""
    reading = read_json(edition.work / "reading.json", Reading)
    spans = [span for path in sorted((edition.work / "layers").glob("*.json")) for span in read_json(path, list[Span])]
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
        flags=dict(sorted(Counter(s.attributes["category"] for s in spans if s.kind == "flag").items())),
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
        f"{edition.id}: {made.pages} pages, {made.words:,} words, {made.notes} notes, "
        f"{sum(made.flags.values())} spans flagged",
        f"  to review: {made.doubtful_readings} doubtful readings, {made.conjectural_notes} conjectural note anchors",
    ]
    shown = 5
    lines += [f"  {lacuna.witness} lacks {lacuna.sentence}" for lacuna in made.lacunae[:shown]]
    if len(made.lacunae) > shown:
        lines.append(f"  and {len(made.lacunae) - shown} passages more, see report.json")
    lines += [f"  {notice}" for notice in made.notices]
    lines += [
        f"  edition     {edition.tei} ({'valid' if made.valid else 'NOT VALID, see validation.json'})",
        f"  collation   {edition.work / 'collation.jsonl'}",
        f"  report      {edition.work / 'report.json'}",
    ]
    return "\n".join(lines)
