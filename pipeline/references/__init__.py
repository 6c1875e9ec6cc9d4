"""References: the sources that notes and text cite, what ibid. and its kin mean, and the bibliography as data.

Reads reading.json and the layers divisions, notes, typography and names; writes layers/references.json, works.json (the
bibliography as list[Work]) and from it bibliography.json (CSL-JSON) and bibliography.bib (BibTeX). Spans of the layer:
"citation" {id?, corresp?} around what cites one work; in it "author", "editor", "pubPlace", "publisher" {}, and
"citedRange", "biblScope" {unit, from?, to?}, "title" {level} where no name stands; "ref" {type: ibid|op-cit|loc-cit|
idem|abbreviation|note|division|page|unresolved, target?}; "entry" {corresp} over an entry of the bibliography; a "flag"
(rv-reference) on what is unresolved. corresp and target name a work (bib-...), a citation (ci-...), a note, a division
or a page.
The steps: `items` finds what citations are made of (`forms` knows how it looks), `citations` groups it, `entries` reads
the bibliography (`headings`, `writers` and `imprint` its parts), `works` compares titles, `resolution` says what is
meant, `crossing` looks inside the work, `export` writes.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Literal

from pipeline.edition import Edition
from pipeline.model import Reading, Span, Work, read_json, write_bytes, write_json
from pipeline.references.crossing import crossings
from pipeline.references.document import Document
from pipeline.references.entries import entries, found_titles
from pipeline.references.export import bibtex, csl
from pipeline.references.layer import layer
from pipeline.references.reading_order import cited
from pipeline.references.resolution import resolve
from pipeline.references.works import Known, Library

__all__ = ["bibliography", "spans", "tag"]

_LAYERS = ("divisions", "notes", "typography", "names")
_FORMATS = {"bibtex": ("bibliography.bib", bibtex), "csl-json": ("bibliography.json", csl)}


def tag(edition: Edition) -> None:
    """Write the layer "references" of an edition, and its bibliography.

    Raises BadInput where reading.json or a layer is missing or unreadable.
    """
    reading = read_json(edition.work / "reading.json", Reading)
    layers = [span for name in _LAYERS for span in read_json(edition.layer(name), list[Span])]
    found, works = spans(reading, layers)
    write_json(edition.work / "works.json", works)
    for name, written in _FORMATS.values():
        write_bytes(edition.work / name, written(works))
    write_json(edition.layer("references"), found)


def bibliography(edition: Edition, form: Literal["bibtex", "csl-json"]) -> bytes:
    """The bibliography of an edition in a format. Raises BadInput where the edition has not been built."""
    _, written = _FORMATS[form]
    return written(read_json(edition.work / "works.json", list[Work]))


def spans(reading: Reading, layers: Sequence[Span]) -> tuple[list[Span], list[Work]]:
    """The references of a document, in order of its texts, and the works of its bibliography.

    layers: what is known already: divisions, notes, underlines and names.
    """
    document = Document(reading, layers)
    listed = entries(reading.texts["body"], document.lists, document.blocks, document.listed_items())
    library = Library(Known(e.work.id, tuple(found_titles(e)), e.authors, True, e.work.date) for e in listed)
    found, abbreviations = cited(document, library)
    resolved = resolve(found, library, abbreviations, reading.texts)
    inside: dict[str, list[Span]] = defaultdict(list)
    for name, text in reading.texts.items():
        here = [each.citation for each in resolved if each.citation.text == name]
        for cross in crossings(name, text, document.unit_at(name), document.places, here, document.closed(name)):
            kind = cross.kind if cross.target else "unresolved"
            target = {"target": cross.target} if cross.target else {}
            attributes = {"type": kind, **target}
            inside[name].append(
                Span(name, cross.start, cross.end, "ref", attributes, cross.certainty if target else 0.0, "words")
            )
    own = [name for name, _, _ in found]
    made = [*layer(resolved, listed, document, own), *(span for those in inside.values() for span in those)]
    order = {name: at for at, name in enumerate(reading.texts)}
    return sorted(made, key=lambda s: (order[s.text], s.start, -s.end, s.kind)), [each.work for each in listed]
