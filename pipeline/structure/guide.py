"""The contents page as a guide: which pieces of the main text are headings, and what the page says of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.model import ZoneKind
from pipeline.structure.contents import Entry, bare, entries, likeness, number_of, pairs
from pipeline.structure.numerals import value
from pipeline.structure.stream import Piece, joined, lines_of, text_of

TRUSTED = 8
"""Headings that a contents page must name before its silence about another one counts."""
SHARE = 0.6
"""Share (0..1) of its entries that must be found for that."""
SAME = 90.0
"""Likeness (0..100) from which a paragraph is the heading that the contents page names."""
DIFFERENT = 85.0
"""Likeness below which the contents page has another title."""
LONGEST = 30
"""Words of the longest heading."""


@dataclass(frozen=True, slots=True)
class Guide:
    """What the contents page says of the main text.

    named: for headings, by the index of their piece, the entry. missing: for entries that no heading shows, by the
    index of the heading before which they belong. lost: the pieces of entries that stand nowhere. trusted: the page
    lists so much that a heading it does not list is worth a question.
    """

    named: Mapping[int, Entry]
    missing: Mapping[int, tuple[Entry, ...]]
    lost: Mapping[int, Entry]
    trusted: bool


def guided(main: Sequence[Piece]) -> tuple[list[Piece], Guide]:
    """Read the contents page; headings that it knows are made, and those that it contradicts taken back."""
    lines = [
        (at, joined(line)) for at, piece in enumerate(main) if piece.kind == "contents" for line in lines_of(piece)
    ]
    if not lines:
        return list(main), Guide({}, {}, {}, False)
    listed = entries([line for _, line in lines])
    first = lines[-1][0] + 1
    pieces = list(main)
    named = _named(pieces, first, listed)
    for at in _unseen(pieces, first, listed, named):
        pieces[at] = replace(pieces[at], kind="heading")
    named = _named(pieces, first, listed)
    trusted = len(named) >= TRUSTED and len(named) >= SHARE * len(listed)
    if trusted:
        for at in range(first, max(named)):
            if _contradicted(pieces, at, named):
                pieces[at] = replace(pieces[at], kind="body")
    by_entry = {entry: at for at, entry in named.items()}
    missing: dict[int, tuple[Entry, ...]] = {}
    lost: dict[int, Entry] = {}
    waiting: list[Entry] = []
    for entry in listed:
        if entry in by_entry:
            if waiting:
                missing[by_entry[entry]] = tuple(waiting)
            waiting = []
        elif by_entry and listed.index(entry) > min(listed.index(each) for each in by_entry):
            waiting.append(entry)
            lost[lines[entry.first][0]] = entry
    return pieces, Guide(named, missing, lost if trusted else {}, trusted)


def question(guide: Guide, at: int, text: str) -> str:
    """What is to be asked about a heading or an entry on which contents page and text disagree; empty where none."""
    if at in guide.lost:
        return f"The contents page has “{guide.lost[at].text}”; no heading of the text was found for it."
    entry = guide.named.get(at)
    if entry is None:
        unlisted = guide.trusted and at < max(guide.named) and number_of(text) is not None
        return "The contents page does not list this heading." if unlisted and at > min(guide.named) else ""
    numbers = number_of(text), number_of(entry.text)
    differ = numbers[0] and numbers[1] and value(numbers[0]) != value(numbers[1])
    if differ or likeness((bare(text),), (bare(entry.text),)) < DIFFERENT:
        return f"The contents page has “{entry.text}”."
    return ""


def _named(pieces: Sequence[Piece], first: int, listed: Sequence[Entry]) -> dict[int, Entry]:
    headings = [at for at in range(first, len(pieces)) if pieces[at].kind == "heading"]
    found = pairs(listed, [text_of(pieces[at]) for at in headings])
    return {headings[heading]: listed[entry] for heading, entry in sorted(found.items())}


def _unseen(pieces: Sequence[Piece], first: int, listed: Sequence[Entry], named: Mapping[int, Entry]) -> list[int]:
    """Short paragraphs that are called as entries which no heading shows, each between its neighbours."""
    at_entry = {entry: at for at, entry in named.items()}
    found: list[int] = []
    start = first
    for index, entry in enumerate(listed):
        if entry in at_entry:
            start = at_entry[entry] + 1
            continue
        end = next((at_entry[later] for later in listed[index + 1 :] if later in at_entry), len(pieces))
        for at in range(start, end):
            if pieces[at].kind == "body" and not pieces[at].continues and len(pieces[at].items) <= LONGEST:
                text = text_of(pieces[at])
                if bare(text) and likeness((bare(entry.text),), (bare(text),)) >= SAME:
                    found.append(at)
                    break
    return found


def _contradicted(pieces: Sequence[Piece], at: int, named: Mapping[int, Entry]) -> bool:
    """Whether a heading without a number, beside no other, is one that the contents page ought to name."""
    headed: set[ZoneKind] = {"heading", "separator"}
    piece = pieces[at]
    if piece.kind != "heading" or piece.medium != "text" or at in named or number_of(text_of(piece)):
        return False
    return pieces[at - 1].kind not in headed
