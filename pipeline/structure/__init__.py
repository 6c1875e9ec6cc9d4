"""Structure: body and notes parted, notes numbered and anchored, paragraphs joined over pages, quotations found.

Reads witness/*.json and collation.jsonl, writes reading.json (the established text, which nothing changes from here
on) and the layers divisions, notes, quotations, typography and doubts.

The steps: `stream` parts the collation into pieces; `contents`, `verse`, `strays` and `quoted` say what a text without
pages did not know of them, `works` which lists are bibliographies; `guide` asks the contents page; `notes` and
`numbering` make the notes, `anchors` and `places` find where they are called; `blocks` and `text` set the reading,
`foliation` guesses its pages; `divisions`, `letters`, `quotations`, `translations`, `calls` and `typography` make the
layers.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from pipeline.edition import Edition
from pipeline.model import (
    Column,
    Milestone,
    Reading,
    Span,
    Witness,
    read_json,
    read_rows,
    write_json,
)
from pipeline.structure import quotations
from pipeline.structure.anchors import Anchor, anchor
from pipeline.structure.blocks import Placed, blocks
from pipeline.structure.calls import calls, names
from pipeline.structure.contents import contents_pages
from pipeline.structure.divisions import divisions, opens_chapter
from pipeline.structure.guide import Guide, guided, question
from pipeline.structure.lacunae import lacunae
from pipeline.structure.letters import with_feet
from pipeline.structure.notes import Foot, Note, by_page, labels, number, other_marks
from pipeline.structure.numbering import Numbering
from pipeline.structure.quoted import block_quotations
from pipeline.structure.strays import with_lost, with_marked, without_repeats, without_strays
from pipeline.structure.stream import FURNITURE, Item, Piece, lines_of, pieces, text_of
from pipeline.structure.text import Setter, page_labels, set_items
from pipeline.structure.translations import paired
from pipeline.structure.typography import doubts, underlines
from pipeline.structure.unscanned import Chapters, unscanned
from pipeline.structure.verse import strokes, verse
from pipeline.structure.works import listed_works

TITLES = ("heading", "contents", "titlePage", "bibliography", "separator")


@dataclass(frozen=True, slots=True)
class Established:
    """The reading and its first layers by name."""

    reading: Reading
    layers: Mapping[str, list[Span]]


def establish(edition: Edition) -> None:
    """Set up the reading of an edition and the layers that belong to it."""
    sigla = read_json(edition.work / "witness" / "witnesses.json", list[str])
    witnesses = [read_json(edition.work / "witness" / f"{siglum}.json", Witness) for siglum in sigla]
    columns = list(read_rows(edition.work / "collation.jsonl", Column))
    made = structure(witnesses, columns, edition.settings.collation.doubt, edition.settings.notes.numbering)
    write_json(edition.work / "reading.json", made.reading)
    for name, spans in made.layers.items():
        write_json(edition.layer(name), spans)


def structure(
    witnesses: Sequence[Witness], columns: Sequence[Column], doubt: float, numbering: Numbering = "chapter"
) -> Established:
    """Part, number, anchor and join; see the modules of this package for each step.

    doubt: readings with a probability (0..1) below it are marked. numbering: where note numbers begin again.
    """
    told = frozenset(witness.id for witness in witnesses if witness.medium == "text")
    parted = with_lost(with_marked(verse(contents_pages(without_repeats(pieces(witnesses, columns))))))
    parted = without_strays(parted, _chapters(parted, *guided(_main(parted))))
    main, guide = guided(_main(parted))
    main = listed_works(block_quotations(main))
    marks = other_marks([item for piece in main for item in piece.items])
    feet = _feet(parted, main, guide, told)
    if numbering == "chapter" and by_page(feet):
        numbering = "page"
    notes = number(feet, marks, numbering)
    items = [item for piece in main for item in piece.items]
    starts = [0]
    for piece in main:
        starts.append(starts[-1] + len(piece.items))
    titles = [
        at
        for p, start in zip(main, starts, strict=False)
        if p.kind in TITLES
        for at in range(start, start + len(p.items))
    ]
    ends = _quotation_ends(main, starts)
    openings = {start for piece, start in zip(main, starts, strict=False) if not piece.continues}
    after = [starts[note.after] for note in notes]
    anchors = anchor(notes, items, after, ends, titles, openings, numbering == "page")
    body, placed = _set_body(main, anchors, items, guide)
    named = names(notes)
    texts = [_set_note(note, name) for note, name in zip(notes, named, strict=True)]
    at = [_offset(found, items, body) for found in anchors]
    order = sorted(range(len(notes)), key=lambda i: at[i])
    setters = [body, *(texts[i] for i in order)]
    reading = Reading(
        texts={setter.name: setter.text for setter in setters},
        origins={setter.name: setter.origins for setter in setters},
        milestones=[
            *_labelled([m for setter in setters for m in setter.milestones], parted),
            *_conjectured(parted, main, guide, starts, items, body),
        ],
        furniture=[f for setter in setters for f in setter.furniture],
        lacunae=lacunae(witnesses, columns),
    )
    note_layer = calls(
        [(named[i], notes[i], found, at[i]) for i in order if (found := anchors[i]) is not None], reading.texts
    )
    placed = with_feet(placed)
    layers = {
        "divisions": divisions(placed),
        "notes": note_layer,
        "quotations": _quotations(reading, placed, note_layer),
    }
    return Established(
        reading,
        {
            **paired(layers, reading.texts),
            "typography": [span for setter in setters for span in underlines(setter)],
            "doubts": doubts(setters, columns, witnesses, doubt),
        },
    )


def _main(parted: Sequence[Piece]) -> list[Piece]:
    """The main text: without notes and page furniture."""
    return [piece for piece in parted if piece.kind not in FURNITURE and piece.kind != "footnote"]


def _chapters(parted: Sequence[Piece], main: Sequence[Piece], guide: Guide) -> list[int]:
    """For every piece, how many chapters have begun with it."""
    counts: list[int] = []
    after = chapter = 0
    for piece in parted:
        if piece.kind not in FURNITURE and piece.kind != "footnote":
            shown = main[after]
            if shown.kind == "heading" and not shown.continues:
                chapter += opens_chapter(text_of(shown), _title(guide, after)) or after in guide.missing
            after += 1
        counts.append(chapter)
    return counts


def _feet(parted: Sequence[Piece], main: Sequence[Piece], guide: Guide, texts: Collection[str]) -> list[Foot]:
    """The pieces at the feet of pages. texts: the witnesses that are no scans."""
    feet = []
    after = 0
    for piece, chapter in zip(parted, _chapters(parted, main, guide), strict=True):
        if piece.kind == "footnote":
            feet.append(Foot(piece, labels(piece), after, chapter, frozenset(labels(piece, texts))))
        elif piece.kind not in FURNITURE:
            after += 1
    return feet


def _quotation_ends(main: Sequence[Piece], starts: Sequence[int]) -> list[int]:
    """The last words of block quotations that do not run on."""
    pairs = pairwise([*main, None])
    return [
        starts[at + 1] - 1
        for at, (piece, following) in enumerate(pairs)
        if piece and piece.kind == "quotation" and not (following and following.kind == "quotation")
    ]


def _title(guide: Guide, at: int) -> str | None:
    return guide.named[at].text if at in guide.named else None


def _set_body(
    main: Sequence[Piece], anchors: Sequence[Anchor | None], items: Sequence[Item], guide: Guide
) -> tuple[Setter, list[Placed]]:
    """Write the body; the digits of note references are left out."""
    cut = {items[a.at].column: (a.head, a.head + a.width) for a in anchors if a is not None and a.width}
    body = Setter("body")
    placed = []
    for block in blocks(main):
        body.new_block()
        start, lines = body.length, []
        for piece in main[block.first : block.last]:
            begins, fresh = _line_starts(piece), False
            for item in piece.items:
                fresh = fresh or item.column in begins
                if item.text and fresh:
                    fresh = False
                    lines.append(body.length + (not item.glued and body.length > start))
                set_items(body, [item], cut)
        if body.length > start:
            text = body.text_from(start)
            shown = Placed(block.kind, start, body.length, text, block.resumed, tuple(lines), block.apart)
            if block.kind == "heading":
                missing = tuple(entry.text for entry in guide.missing.get(block.first, ()))
                shown = replace(shown, entry=_title(guide, block.first), missing=missing)
            placed.append(replace(shown, asked=question(guide, block.first, text)))
    return body, placed


def _line_starts(piece: Piece) -> set[int]:
    """The columns with which lines begin, as typed or, in verse, behind a stroke."""
    begins = {line[0].column for line in lines_of(piece)}
    if piece.kind == "verse":
        begins |= {piece.items[at].column for at in strokes([item.text for item in piece.items])}
    return begins


def _set_note(note: Note, name: str) -> Setter:
    setter = Setter(name)
    for piece in note.pieces:
        if not piece.continues:
            setter.new_block()
        set_items(setter, [item for item in piece.items if not _is_label(item)], {})
    return setter


def _is_label(item: Item) -> bool:
    return any(kind == "label" for _, _, kind in item.marks)


def _offset(found: Anchor | None, items: Sequence[Item], body: Setter) -> int:
    if found is None:
        return body.length
    start, end = body.spans[items[found.at].column]
    return end if found.width is None else min(end, start + found.head)


def _labelled(milestones: Sequence[Milestone], parted: Sequence[Piece]) -> list[Milestone]:
    """Give every page its printed number."""
    names = _page_names(parted)
    return [replace(m, label=names.get(m.target)) if m.kind == "page" else m for m in milestones]


def _page_names(parted: Sequence[Piece]) -> dict[str, str]:
    """The printed number of every scanned page."""
    shown: dict[str, str | None] = {}
    for piece in parted:
        if piece.page:
            label = " ".join(item.text for item in piece.items) if piece.kind == "pageNumber" else None
            shown[piece.page] = label.strip("-–—. ") if label else shown.get(piece.page)
    return page_labels(sorted(shown.items()))


def _conjectured(
    parted: Sequence[Piece],
    main: Sequence[Piece],
    guide: Guide,
    starts: Sequence[int],
    items: Sequence[Item],
    body: Setter,
) -> list[Milestone]:
    """Pages of which there is no scan."""
    chapters = [at for at in guide.named if opens_chapter(text_of(main[at]), _title(guide, at)) or at in guide.missing]
    arabic = [at for at, entry in guide.named.items() if (entry.page or "").isdigit() or at in guide.missing]
    told = Chapters(
        {starts[at]: entry.page for at, entry in guide.named.items() if entry.page},
        [starts[at] for at in chapters],
        [starts[at] for at in arabic],
    )
    found = unscanned(parted, items, starts, told, _page_names(parted))
    prefix = "u" if any(piece.page for piece in parted) else "p"
    return [
        Milestone(
            "body",
            body.spans[items[start.at].column][0],
            "page",
            f"{prefix}{order:04d}",
            False,
            start.label or None,
            start.certainty,
        )
        for order, start in enumerate(found, 1)
    ]


def _quotations(reading: Reading, placed: Sequence[Placed], notes: Sequence[Span]) -> list[Span]:
    anchors = {span.start: span.attributes["note"] for span in notes if span.kind == "note"}
    spans: list[Span] = []
    for _, group in groupby(placed, lambda block: block.kind not in ("body", "quotation") and block.start):
        stretches = [quotations.Stretch(block.start, block.end, block.kind == "quotation") for block in group]
        spans.extend(quotations.layer("body", stretches, reading.texts["body"], anchors))
    for name, text in reading.texts.items():
        if name != "body" and text:
            edges = [match.span() for match in re.finditer(r"[^\n]+", text)]
            spans.extend(quotations.layer(name, [quotations.Stretch(*edge) for edge in edges], text, {}))
    return spans
