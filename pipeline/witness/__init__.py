"""The witnesses: every source of the text as blocks of tokens, in page order.

Reads layout/<batch>.json (the recognised scans) and the texts that the settings name; writes one
witness/<siglum>.json for each, "scan" for the scans, and their sigla in order to witness/witnesses.json.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from pipeline import model
from pipeline.edition import Edition
from pipeline.errors import BadInput
from pipeline.model import Block, Page, Witness
from pipeline.settings import TextWitness
from pipeline.witness.kinds import blocks
from pipeline.witness.passages import passages
from pipeline.witness.scan import scan_witness
from pipeline.witness.source import Source, files_of, read_source

__all__ = ["files_of", "gather", "sources"]

_WORDS = 200  # in a line; where a file says that a line has more, pieces of words are not looked for


def gather(edition: Edition) -> None:
    """Write every witness of an edition to work/<id>/witness/.

    Raises BadInput as `sources` does.
    """
    witnesses = [_witness(edition, settings, source) for settings, source in sources(edition)]
    if edition.settings.scans:
        batches = sorted((edition.work / "layout").glob("*.json"))
        pages = [page for path in batches for page in model.read_json(path, list[Page])]
        witnesses.insert(0, scan_witness(pages))
    for witness in witnesses:
        model.write_json(edition.work / "witness" / f"{witness.id}.json", witness)
    model.write_json(edition.work / "witness" / "witnesses.json", [witness.id for witness in witnesses])


def sources(edition: Edition) -> list[tuple[TextWitness, Source]]:
    """The existing texts as they are in their files.

    Raises BadInput where a text is missing, empty, binary, in another encoding or not what its format says, and
    where two witnesses have one siglum.
    """
    sigla = ["scan"] if edition.settings.scans else []
    for settings in edition.settings.witnesses:
        if settings.id in sigla:
            taken = "the scans have" if settings.id == "scan" else "another witness has"
            raise BadInput(
                f"{edition.folder / 'edition.yaml'}: {taken} the id {settings.id!r}; give each of the witnesses its own"
            )
        sigla.append(settings.id)
    return [(settings, read_source(edition.locate(settings.path), settings)) for settings in edition.settings.witnesses]


def _witness(edition: Edition, settings: TextWitness, source: Source) -> Witness:
    """One existing text freed of debris, its notes told from its body."""
    found = blocks(passages(source.text, source.form), edition.settings.notes.numbering)
    if source.confidence:
        found = [with_confidence(block, source.confidence) for block in found]
    return Witness(
        id=settings.id,
        medium="text",
        description=f"existing text, {_name(settings.path)}",
        blocks=tuple(found),
        source=_name(settings.path),
        sha256=source.sha256,
        notices=source.notices,
    )


def with_confidence(block: Block, confidence: Mapping[int, Mapping[str, float]]) -> Block:
    """A block whose tokens have the confidence of the words they were; a piece of a word has the word's.

    confidence: by line, from 1, and by what the word reads.
    """
    tokens = []
    for token in block.tokens:
        known = confidence.get(int((token.line or "L0").removeprefix("L")), {})
        sure = known.get(token.text)
        if sure is None and len(known) <= _WORDS:
            sure = min((each for text, each in known.items() if token.text in text or text in token.text), default=1.0)
        tokens.append(replace(token, confidence=1.0 if sure is None else sure))
    return replace(block, tokens=tuple(tokens))


def _name(path: str) -> str:
    """How an edition names a text: by its path within the edition's folder, else by the file alone."""
    outside = PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts
    return PurePosixPath(path).name if outside else path
