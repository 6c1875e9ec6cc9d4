"""The witnesses: every source of the text as blocks of tokens, in page order.

Reads layout/<batch>.json (the recognised scans) and the texts that the settings name; writes one
witness/<siglum>.json for each, "scan" for the scans, and their sigla in order to witness/witnesses.json.
"""

from pipeline import model
from pipeline.edition import Edition, TextWitness
from pipeline.model import Page, Witness
from pipeline.witness.kinds import blocks
from pipeline.witness.passages import passages
from pipeline.witness.scan import scan_witness
from pipeline.witness.source import read_source

__all__ = ["gather", "read_text"]


def gather(edition: Edition) -> None:
    """Write every witness of an edition to work/<id>/witness/.

    Raises BadInput where a text is missing, empty, binary, in another encoding or not what its format says.
    """
    witnesses = [read_text(edition, settings) for settings in edition.settings.witnesses]
    if edition.settings.scans:
        batches = sorted((edition.work / "layout").glob("*.json"))
        pages = [page for path in batches for page in model.read_json(path, list[Page])]
        witnesses.insert(0, scan_witness(pages))
    for witness in witnesses:
        model.write_json(edition.work / "witness" / f"{witness.id}.json", witness)
    model.write_json(edition.work / "witness" / "witnesses.json", [witness.id for witness in witnesses])


def read_text(edition: Edition, settings: TextWitness) -> Witness:
    """Read one existing text: decoded, freed of debris, its notes told from its body."""
    source = read_source(edition.folder / settings.path, settings)
    found = blocks(passages(source.text, source.form), edition.settings.notes.numbering)
    return Witness(
        id=settings.id,
        medium="text",
        description=f"existing text, {settings.path}",
        blocks=tuple(found),
        source=settings.path,
        sha256=source.sha256,
        notices=source.notices,
    )
