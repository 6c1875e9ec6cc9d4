"""Encoding: the reading and its layers become the edition, tei/ID.xml. The only stage that knows TEI.

Reads work/ID/reading.json, layers/*.json, registers.json (the entries that names lead to), layout/*.json,
witness/*.json (of those that witnesses.json lists) and the descriptions in alto/*.xml. From collation.jsonl comes the
apparatus beside the edition, tei/ID.apparatus.xml: `variation` finds where witnesses differ, `apparatus` writes it.
The steps: `sources` gathers, `decisions` carries out what the editor decided, `facsimile` leads back to the scans,
`blocks` and `inline` build the trees with the pure algorithm of `nesting`, `text` writes them, `header` and `standoff`
say the rest, `markup` makes it XML.
"""

from pathlib import Path

from pipeline.edition import Edition
from pipeline.encoding.apparatus import apparatus
from pipeline.encoding.composition import compose
from pipeline.encoding.facsimile import facsimile
from pipeline.encoding.header import RESERVED, header
from pipeline.encoding.identifiers import Identifiers
from pipeline.encoding.languages import shares
from pipeline.encoding.markup import Element, serialise
from pipeline.encoding.software import applications
from pipeline.encoding.sources import gather
from pipeline.encoding.standoff import entries, stand_off
from pipeline.encoding.text import write_text
from pipeline.encoding.variation import events
from pipeline.model import Authority, Column, Witness, read_json, read_rows, write_bytes

__all__ = ["encode"]

_SCHEMA = (
    'xml-model href="../schemas/edition.rng" type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"'
)


def encode(edition: Edition) -> Path:
    """Write tei/ID.xml and tei/ID.apparatus.xml, both whole or not at all, and return the path of the first.

    Raises BadInput where a file of the stages before is missing, broken or does not fit the others, OutputError
    where the edition cannot be written.
    """
    sources = gather(edition)
    reading, language = sources.reading, edition.settings.language
    spans = [span for listed in sources.spans.values() for span in listed]
    identifiers = Identifiers()
    for name in (
        *RESERVED,
        *(witness.id for witness in sources.witnesses),
        *entries(spans),
        *(work.id for work in sources.works),
    ):
        identifiers.claim(name)
    programs = applications(edition.work, identifiers)
    images = facsimile(edition, identifiers)
    composition = compose(sources, images, identifiers)
    registers = edition.work / "registers.json"
    known = read_json(registers, list[Authority]) if registers.exists() else []
    beside = stand_off(reading.texts, spans, composition.annotations, known, sources.works)
    sigla = [witness.id for witness in sources.witnesses]
    text = write_text(reading, composition, images, sigla, language, identifiers)
    extent = {"page": len(images.surfaces)} if images.surfaces else {}
    extent["word"] = sum(len(each.split()) for each in reading.texts.values())
    about = header(
        edition,
        sources.witnesses,
        reading.lacunae,
        shares(reading.texts, spans, language),
        {name for span in spans for name in span.attributes.get("calendar", "").split()},
        extent,
        programs,
        sources.decisions,
    )
    parts = [part for part in (about, images.element, beside, text) if part is not None]
    namespace = {"xmlns": "http://www.tei-c.org/ns/1.0", "xml:id": identifiers.claim(edition.id), "xml:lang": language}
    has_schema = (edition.root / "schemas" / "edition.rng").exists()
    instructions = [_SCHEMA] if has_schema else []
    document = serialise(Element("TEI", namespace, parts), instructions)
    found = events(
        read_rows(edition.work / "collation.jsonl", Column),
        [read_json(edition.work / "witness" / f"{siglum}.json", Witness) for siglum in sigla],
        reading.origins,
    )
    beside_it = apparatus(about, found, composition.notes, images, language, edition.tei.name)
    write_bytes(edition.apparatus, serialise(beside_it, instructions))
    write_bytes(edition.tei, document)
    return edition.tei
