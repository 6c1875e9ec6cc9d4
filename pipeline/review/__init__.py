"""Review: what an editor should look at, what was decided, and the page on which it is done.

`queue` reads reading.json, layers/*.json, collation.jsonl, witness/*.json, layout/*.json and scans/ID/review.yaml;
it writes review.jsonl and review.csv (the flags with their evidence), layers/review.json (what is open and what was
decided, for the encoder) and review.json (how many, and which decisions fit no longer).
`serve` opens the page, `take_in` reads a table that was corrected elsewhere.
The steps: `flags` gathers, `evidence` leads back to witnesses and scans, `quotation` finds the places of decisions,
`editing` tells what a new wording replaces, `outcome` makes the layer. `decisions` reads and writes the file,
`table` the spreadsheet; `desk` is the state of a review that is going on, `server` shows it.
"""

from pipeline.edition import Edition
from pipeline.model import (
    Column,
    Page,
    Reading,
    Span,
    Witness,
    read_json,
    read_rows,
    write_bytes,
    write_json,
    write_rows,
)
from pipeline.review.decisions import read_decisions
from pipeline.review.desk import Desk
from pipeline.review.evidence import Collation
from pipeline.review.flags import gather_flags
from pipeline.review.outcome import Outcome, layer, place_all, unsure
from pipeline.review.quotation import Texts
from pipeline.review.rows import decide, make_queue
from pipeline.review.server import serve
from pipeline.review.table import as_table

__all__ = ["Desk", "queue", "serve"]


def queue(edition: Edition) -> Outcome:
    """Write the queue, its table, the layer of flags and decisions, and the outcome.

    Raises BadInput where a file of the stages before is missing or broken, or review.yaml cannot be read.
    """
    decisions = read_decisions(edition.decisions)
    reading = read_json(edition.work / "reading.json", Reading)
    layers = [
        read_json(path, list[Span])
        for path in sorted((edition.work / "layers").glob("*.json"))
        if path != edition.layer("review")
    ]
    texts, collation = Texts(reading.texts), _collation(edition, reading)
    spans = gather_flags(reading.texts, layers, edition.settings.review)
    flags = make_queue(spans, texts, collation)
    fits, misfits = place_all(decisions, texts)
    decide(flags, fits)
    doubts = [span for each in layers for span in each if span.kind == "app"]
    made, clashes = layer(spans, flags, fits, reading.texts, doubts, collation)
    misfits += [(decision, "another decision replaces the same words") for decision in clashes]
    outcome = Outcome(
        decisions=len(decisions),
        open=sum(not flag.decisions for flag in flags),
        decided=sum(bool(flag.decisions) for flag in flags),
        near=[unsure(decision, fit.doubt) for decision, fit in fits if fit.doubt],
        misfits=[unsure(decision, reason) for decision, reason in misfits],
    )
    write_rows(edition.work / "review.jsonl", flags)
    write_bytes(edition.work / "review.csv", as_table(flags))
    write_json(edition.work / "review.json", outcome)
    write_json(edition.layer("review"), made)
    return outcome


def _collation(edition: Edition, reading: Reading) -> Collation:
    sigla = read_json(edition.work / "witness" / "witnesses.json", list[str])
    witnesses = [read_json(edition.work / "witness" / f"{siglum}.json", Witness) for siglum in sigla]
    batches = sorted((edition.work / "layout").glob("*.json"))
    pages = {page.id: page for path in batches for page in read_json(path, list[Page])}
    return Collation(reading, list(read_rows(edition.work / "collation.jsonl", Column)), witnesses, pages)
