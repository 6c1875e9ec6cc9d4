"""The witnesses: every source of the text as blocks of tokens, in page order.

Reads layout/<batch>.json (the recognised scans) and the texts that the settings name; writes one
witness/<siglum>.json for each, "scan" for the scans.
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
    batches = sorted((edition.work / "layout").glob("*.json"))
    if batches:
        pages = [page for path in batches for page in model.read_json(path, list[Page])]
        model.write_json(edition.work / "witness" / "scan.json", scan_witness(pages))
    for settings in edition.settings.witnesses:
        model.write_json(edition.work / "witness" / f"{settings.id}.json", read_text(edition, settings))


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
