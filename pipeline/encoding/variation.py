"""Where the witnesses differ: the columns of the collation gathered into events, each with its place in the text.

Neighbouring columns of one event (a half-line that was moved, a line end that was lost) are one; variants are decided
word by word, and each is its own.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.model import Column, Origin, Token, Witness

_FURNITURE = ("pageNumber", "runningHead")


@dataclass(frozen=True, slots=True)
class Place:
    """A word of the first witness, by its number in its line, or the place `after` it; number 0 is before the first."""

    line: str | None
    page: str | None
    number: int
    after: bool

    def __str__(self) -> str:
        return f"{self.line}.w{self.number}{'+' * self.after}" if self.line else f"w{self.number}{'+' * self.after}"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing in which witnesses differ.

    kind: that of its columns; "only" also where of three witnesses two agree and one has nothing. subtype: what it is
    where it is no running text. note: the id of the note's text in which it stands. first, last: its places.
    lemma: the text chosen, empty where nothing stands in the edition. agreeing: the witnesses that have just that.
    readings: what all others read, each text with its witnesses.
    """

    columns: tuple[Column, ...]
    kind: str
    subtype: str | None
    note: str | None
    first: Place
    last: Place
    lemma: str
    agreeing: tuple[str, ...]
    readings: Mapping[str, tuple[str, ...]]

    @property
    def probability(self) -> float:
        """That of the column of which least is certain."""
        return min(column.probability for column in self.columns)

    @property
    def reasons(self) -> list[str]:
        """Why the columns were decided so, each reason once."""
        return list(dict.fromkeys(column.reason for column in self.columns if column.reason))


def events(
    columns: Iterable[Column], witnesses: Sequence[Witness], origins: Mapping[str, Sequence[Origin]]
) -> Iterator[Event]:
    """The events in the order of the text.

    witnesses: the one whose words are counted first. origins: of each text of the reading.
    """
    sources = _Sources(witnesses, origins)
    open_: list[_Seen] = []
    for index, column in enumerate(columns):
        seen = sources.see(index, column)
        if open_ and not (seen and _alike(open_[-1], seen)):
            yield from map(sources.event, _apart(open_))
            open_ = []
        if seen:
            open_.append(seen)
    if open_:
        yield from map(sources.event, _apart(open_))


@dataclass(frozen=True, slots=True)
class _Seen:
    """A column in which witnesses differ."""

    column: Column
    kind: str
    subtype: str | None
    note: str | None
    first: Place
    last: Place


def _alike(before: _Seen, after: _Seen) -> bool:
    """Whether two neighbouring columns may tell of one event."""
    one, two = before.column, after.column
    return (
        before.kind == after.kind != "variant"
        and (before.subtype, before.note, bool(one.text)) == (after.subtype, after.note, bool(two.text))
        and one.readings.keys() == two.readings.keys()
    )


def _apart(run: list[_Seen]) -> list[list[_Seen]]:
    """One event where every witness has all of the run in one piece, in whatever order; else where words follow on."""
    if len(run) == 1 or all(
        _is_one_piece(sorted(seen.column.readings[siglum] for seen in run)) for siglum in run[0].column.readings
    ):
        return [run]
    parts = [run[:1]]
    for before, after in pairwise(run):
        follows = all(
            _is_one_piece((before.column.readings[siglum], extent)) for siglum, extent in after.column.readings.items()
        )
        if follows:
            parts[-1].append(after)
        else:
            parts.append([after])
    return parts


def _is_one_piece(extents: Sequence[tuple[int, int]]) -> bool:
    return all(before[1] == after[0] for before, after in pairwise(extents))


class _Sources:
    """The tokens of the witnesses, and how far the first of them has been read."""

    def __init__(self, witnesses: Sequence[Witness], origins: Mapping[str, Sequence[Origin]]) -> None:
        speaking = [witness for witness in witnesses if any(block.tokens for block in witness.blocks)]
        self._sigla = [witness.id for witness in speaking]
        self._tokens = {witness.id: witness.tokens() for witness in speaking}
        self._blocks = {
            witness.id: [block.kind for block in witness.blocks for _ in block.tokens] for witness in speaking
        }
        self._places = _places(self._tokens[self._sigla[0]]) if speaking else []
        self._notes = {each.column: text for text, listed in origins.items() if text != "body" for each in listed}
        self._read = 0

    def see(self, index: int, column: Column) -> _Seen | None:
        """The column where it tells of a difference; to be called for every column in order."""
        first, last = self._extent(column)
        kind = "only" if column.kind == "agreed" and len(column.readings) < len(self._sigla) else column.kind
        if kind == "agreed":
            return None
        return _Seen(column, kind, self._subtype(column), self._notes.get(index), first, last)

    def event(self, seen: Sequence[_Seen]) -> Event:
        first, columns = seen[0], tuple(each.column for each in seen)
        agreeing = [siglum for siglum in self._sigla if all(self._agrees(siglum, column) for column in columns)]
        if first.kind == "moved":  # all may read the same, but only the first has it here
            agreeing = agreeing[:1]
        readings: dict[str, tuple[str, ...]] = {}
        for siglum in self._sigla:
            if siglum not in agreeing:
                text = self._reading(siglum, columns)
                readings[text] = (*readings.get(text, ()), siglum)
        lemma = "".join(
            column.text if self._glued(column) else f" {column.text}" for column in columns if column.text
        ).removeprefix(" ")
        return Event(
            columns,
            first.kind,
            first.subtype,
            first.note,
            first.first,
            seen[-1].last,
            lemma,
            tuple(agreeing),
            readings,
        )

    def _extent(self, column: Column) -> tuple[Place, Place]:
        """The first and the last word of the column in the first witness, or the place where it has none."""
        if self._sigla[0] in column.readings:
            start, self._read = column.readings[self._sigla[0]]
            return self._places[start], self._places[self._read - 1]
        before = self._places[max(self._read - 1, 0)]
        gap = replace(before, number=before.number if self._read else 0, after=True)
        return gap, gap

    def _subtype(self, column: Column) -> str | None:
        siglum = column.witness if column.witness in column.readings else next(iter(column.readings))
        start = column.readings[siglum][0]
        kind = self._tokens[siglum][start].kind
        block = self._blocks[siglum][start]
        return kind if kind != "word" else block if block in _FURNITURE else None

    def _agrees(self, siglum: str, column: Column) -> bool:
        """Whether the witness has what was chosen; a hyphen at a line's end makes no difference."""
        tokens = self._stretch(siglum, column)
        if not tokens or not column.text:
            return not tokens and not column.text
        return column.text in (_text(tokens), _text(tokens, whole=True))

    def _reading(self, siglum: str, columns: Sequence[Column]) -> str:
        """What the witness has, in its own order."""
        extents = sorted(column.readings[siglum] for column in columns if siglum in column.readings)
        return _text([token for start, end in extents for token in self._tokens[siglum][start:end]])

    def _glued(self, column: Column) -> bool:
        tokens = self._stretch(column.witness, column)
        return bool(tokens) and tokens[0].glued

    def _stretch(self, siglum: str, column: Column) -> Sequence[Token]:
        start, end = column.readings.get(siglum, (0, 0))
        return self._tokens[siglum][start:end]


def _places(tokens: Sequence[Token]) -> list[Place]:
    """Each token's place; words are counted from 1 in every line, and through the text where no lines are known."""
    counts: Counter[str | None] = Counter()
    places = []
    for token in tokens:
        counts[token.line] += 1
        places.append(Place(token.line, token.page, counts[token.line], False))
    return places


def _text(tokens: Sequence[Token], whole: bool = False) -> str:
    """The words as they stand. whole: those divided at a line's end without the hyphen."""
    pieces: list[str] = []
    for token in tokens:
        text = token.text
        if whole and token.divided:
            text = text[: token.divided[0] - 1] + text[token.divided[0] :]
        pieces += [text] if token.glued or not pieces else [" ", text]
    return "".join(pieces)
