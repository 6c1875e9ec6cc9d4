"""The collation as one stream of items, parted into pieces: paragraphs, notes, headings as a witness shows them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.model import Column, Token, Witness, ZoneKind

FURNITURE: frozenset[ZoneKind] = frozenset({"pageNumber", "runningHead"})
OPINIONS = 3
"""Words that another witness must have of a block before it is asked for its opinion."""
SURE = 0.85
"""Mean certainty (0..1) with which it must contradict to be believed."""
SCRAP = 4
"""Words of a piece that is no paragraph of its own between two pages."""


@dataclass(frozen=True, slots=True)
class Item:
    """A column of the collation with what structure needs of its tokens.

    marks: note numbers that witnesses see here: siglum, the bare mark, and "reference" or "label".
    tokens: of the witness the reading was taken from (of any witness where nothing was taken).
    underlined, overhang: as of a Word; the image knows better than a text where a line under words ends.
    """

    column: int
    text: str
    tokens: tuple[Token, ...]
    marks: tuple[tuple[str, str, str], ...]
    underlined: bool
    probability: float
    overhang: int | None = None

    @property
    def glued(self) -> bool:
        return self.tokens[0].glued

    @property
    def word(self) -> bool:
        """Whether it is text and no number of a note."""
        return bool(self.text) and self.tokens[0].kind == "word"


@dataclass(frozen=True, slots=True)
class Piece:
    """Items that a witness shows as one block. certainty: of its kind (0..1)."""

    kind: ZoneKind
    items: tuple[Item, ...]
    continues: bool
    page: str | None
    medium: str
    certainty: float = 1.0


def joined(items: Iterable[Item]) -> str:
    """The text of items."""
    return "".join(("" if item.glued else " ") + item.text for item in items).strip()


def text_of(piece: Piece) -> str:
    """The words of a piece."""
    return joined(item for item in piece.items if item.word)


def lines_of(piece: Piece) -> list[tuple[Item, ...]]:
    """Its lines as they are typed; words that a scan lacks stand in the line of the word before."""
    lines: list[list[Item]] = []
    shown = None
    for item in piece.items:
        line, page = item.tokens[0].line, item.tokens[0].page
        if not lines or (line != shown and page == piece.page):
            lines.append([])
            shown = line
        lines[-1].append(item)
    return [tuple(line) for line in lines]


def pieces(witnesses: Sequence[Witness], columns: Sequence[Column]) -> list[Piece]:
    """Part the columns into pieces, in the order of the text.

    The blocks are those of the first witness that has the place; what only another one has joins the piece around
    it when both take it for the same kind of text, unless the first lacks the whole block.
    """
    tokens = {witness.id: witness.tokens() for witness in witnesses}
    blocks = {witness.id: witness.block_of() for witness in witnesses}
    by_id = {witness.id: witness for witness in witnesses}
    order = [witness.id for witness in witnesses]
    whole = _whole_blocks(columns, order, blocks)
    places: list[tuple[str, int]] = []
    items: list[Item] = []
    for index, column in enumerate(columns):
        siglum = next(each for each in order if each in column.readings)
        block = blocks[siglum][column.readings[siglum][0]]
        joins = places and siglum != order[0] and (siglum, block) not in whole
        if joins and _same_kind(by_id, places[-1], (siglum, block)):
            siglum, block = places[-1]
        places.append((siglum, block))
        items.append(_item(index, column, tokens))
    _to_their_notes(places, items, by_id)
    feet = {(w.id, block.page) for w in witnesses for block in w.blocks if block.page and block.kind == "footnote"}
    found: list[Piece] = []
    begun: set[tuple[str, int]] = set()
    for (siglum, block), group in groupby(zip(places, items, strict=True), lambda pair: pair[0]):
        members = list(group)
        shown = by_id[siglum].blocks[block]
        own = [columns[item.column] for _, item in members]
        footed = (siglum, shown.page) in feet
        kind = _second_opinion(shown.kind, own, siglum, witnesses, blocks, footed)
        goes_on = shown.continues or (siglum, block) in begun
        begun.add((siglum, block))
        sure = shown.certainty if kind == shown.kind else 1.0
        its_items = tuple(item for _, item in members)
        found.append(Piece(kind, its_items, goes_on, shown.page, by_id[siglum].medium, sure))
    return _without_scraps(found) if len(witnesses) > 1 else found


def _to_their_notes(places: list[tuple[str, int]], items: Sequence[Item], witnesses: Mapping[str, Witness]) -> None:
    """A label or sign that only a text has stands with the note that another witness has behind it."""
    for at in range(len(items) - 2, -1, -1):
        siglum, block = places[at + 1]
        opens = at == 0 or places[at - 1] != places[at]
        sign = opens and not any(map(str.isalnum, items[at].text))
        lone = sign if items[at].word else any(kind == "label" for _, _, kind in items[at].marks)
        if lone and places[at] != places[at + 1] and witnesses[siglum].blocks[block].kind == "footnote":
            places[at] = places[at + 1]


def _without_scraps(found: list[Piece]) -> list[Piece]:
    """A few words that only a text has between a piece and its continuation on the next page belong to it."""
    main = [at for at, piece in enumerate(found) if piece.kind not in FURNITURE and piece.kind != "footnote"]
    for before, at, after in zip(main, main[1:], main[2:], strict=False):
        small = found[at].page is None and found[at].medium == "text" and len(found[at].items) <= SCRAP
        if small and found[after].continues and found[before].kind == found[after].kind:
            found[at] = replace(found[at], kind=found[after].kind, continues=True)
    return found


def _whole_blocks(
    columns: Sequence[Column], order: Sequence[str], blocks: Mapping[str, Sequence[int]]
) -> set[tuple[str, int]]:
    """Blocks that stand in the text and of which no witness before theirs has a word."""
    shared: set[tuple[str, int]] = set()
    written: set[tuple[str, int]] = set()
    for column in columns:
        sigla = [siglum for siglum in order if siglum in column.readings]
        here = [(siglum, blocks[siglum][column.readings[siglum][0]]) for siglum in sigla]
        shared.update(here[1:])
        if column.text:
            written.update(here[:1])
    return written - shared


def _second_opinion(
    kind: ZoneKind,
    columns: Sequence[Column],
    siglum: str,
    witnesses: Sequence[Witness],
    blocks: Mapping[str, Sequence[int]],
    footed: bool,
) -> ZoneKind:
    """What a block of text is, when another witness takes nearly all of it for a foot note.

    A recogniser that missed the rule takes notes for text; the text that labels them knows better. What stands under
    the rule is a note, whatever a text that lost its number takes it for. footed: it stands above a foot that was
    seen, so that it is not the rest of a note.
    """
    if kind != "body":
        return kind
    weight = 0.0
    met = 0
    for column in columns:
        for witness in witnesses:
            if witness.id != siglum and witness.id in column.readings:
                other = witness.blocks[blocks[witness.id][column.readings[witness.id][0]]]
                met += 1
                weight += other.certainty * (other.kind == "footnote" and not (footed and other.continues))
    return "footnote" if met >= OPINIONS and weight > SURE * met else kind


def _same_kind(witnesses: Mapping[str, Witness], one: tuple[str, int], other: tuple[str, int]) -> bool:
    kinds = [witnesses[siglum].blocks[block].kind for siglum, block in (one, other)]
    return kinds[0] not in FURNITURE and (kinds[0] == "footnote") == (kinds[1] == "footnote")


def _item(index: int, column: Column, tokens: Mapping[str, Sequence[Token]]) -> Item:
    if len(column.readings) == 1:
        start, end = column.readings[column.witness]
        alone = tuple(tokens[column.witness][start:end])
        numbers = tuple((column.witness, token.text, token.kind) for token in alone if token.kind != "word")
        lined, overhang = _line_under([alone])
        return Item(index, column.text, alone, numbers, lined, column.probability, overhang)
    stretches = {siglum: tokens[siglum][start:end] for siglum, (start, end) in column.readings.items()}
    chosen = stretches[column.witness]
    marks = tuple(
        (siglum, token.text, token.kind)
        for siglum, stretch in stretches.items()
        for token in stretch
        if token.kind != "word"
    )
    seen = next((s[0] for s in stretches.values() if s[0].box is not None), chosen[0])
    here = replace(chosen[0], line=seen.line, page=seen.page, divided=seen.divided, box=seen.box)
    lined, overhang = _line_under(list(stretches.values()))
    return Item(index, column.text, (here, *chosen[1:]), marks, lined, column.probability, overhang)


def _line_under(stretches: Sequence[Sequence[Token]]) -> tuple[bool, int | None]:
    """Whether any witness underlines a place, and its overhang; image before text."""
    lined = [stretch for stretch in stretches if any(token.underlined for token in stretch)]
    seen = sorted(lined, key=lambda stretch: stretch[-1].box is None)
    return bool(seen), _overhang(seen[0]) if seen else None


def _overhang(stretch: Sequence[Token]) -> int | None:
    """How many characters at the end of a stretch are not underlined; None where the line goes on behind it."""
    last = max(at for at, token in enumerate(stretch) if token.underlined)
    rest = sum(len(token.text) + (not token.glued) for token in stretch[last + 1 :])
    return rest + (stretch[last].overhang or 0) if rest else stretch[last].overhang
