"""Foot notes: which pieces make one note, and its number (solved in `numbering`)."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from pipeline.structure.numbering import Numbering, Seen, solve
from pipeline.structure.stream import Item, Piece

FEET, MOST = 3, 0.7
"""Feet of a chapter that begin with 1, and their share (0..1), from which numbers begin again on every page."""

_SIGN = re.compile(r"\w\W{0,3}?([*†‡§¶+]{1,4})[.,;:]?$")
_LONE = re.compile(r"[*†‡§¶+]{1,4}")
_ENDS = re.compile(r"[^\W\d_][.,;:!?\"'”’»)]+$")
_CONTINUED = re.compile(
    r"\d{0,3}[(\[]?[.…]{0,4}"
    r"(continued|continuation|suite|continua|continúa|continuación|fortsetzung|продолжение)[.…]{0,4}[)\]]?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Note:
    """A foot note: its pieces in order, its number as it is or should be printed, and how sure that is (0..1).

    unit: counts the sequences of numbers from 0. after: index of the piece of the main text it stands behind.
    supplied: no witness shows this number.
    """

    pieces: tuple[Piece, ...]
    number: str
    unit: int
    certainty: float
    after: int
    supplied: bool = False


@dataclass(frozen=True, slots=True)
class Foot:
    """A piece at a page's foot, with what speaks for its number.

    labels: numbers the witnesses show before its text. after: index of the last piece of the main text before it.
    chapter: how many chapters have begun before it. told: labels that a text has, which are no dirt on the paper.
    """

    piece: Piece
    labels: tuple[str, ...]
    after: int
    chapter: int
    told: frozenset[str] = frozenset()


def is_continuation_mark(item: Item, in_note: bool = False) -> bool:
    """Whether the item is the "(continued...)" that a word processor prints where a note runs over the page.

    The bare word is text. in_note: there it may be parted from its opening bracket ("(... continued)").
    """
    closed = in_note and item.text.endswith((")", "]"))
    marked = closed or any(sign in item.text for sign in ("(", "[", "..", "…"))
    return marked and bool(_CONTINUED.fullmatch(item.text))


def number(feet: Sequence[Foot], called: Collection[str] = (), numbering: Numbering = "chapter") -> list[Note]:
    """Join pieces to notes and number them.

    numbering: where the numbers of the document begin again at 1.

    called: marks other than numbers that stand in the main text. Among numbered notes, a mark that only an image has
    and that is called nowhere is dirt and no label.
    """
    if any(label.isdigit() for foot in feet for label in foot.labels):
        feet = [
            replace(foot, labels=tuple(x for x in foot.labels if x.isdigit() or x in called or x in foot.told))
            for foot in feet
        ]
    path = solve([_seen(foot) for foot in feet if not _other_mark(foot)], numbering)
    notes: list[Note] = []
    solved = iter(path)
    for foot in feet:
        if _other_mark(foot):
            unit = notes[-1].unit if notes else 0
            notes.append(Note((foot.piece,), foot.labels[0], unit, 0.9, foot.after))
            continue
        here = next(solved)
        if here.begins or not notes:
            supplied = str(here.value) not in foot.labels
            notes.append(Note((foot.piece,), str(here.value), here.unit, here.certainty, foot.after, supplied))
        else:
            last = notes[-1]
            notes[-1] = replace(last, pieces=(*last.pieces, foot.piece))
    return notes


def by_page(feet: Sequence[Foot]) -> bool:
    """Whether the numbers begin again on every page: within one chapter, three or more feet and most begin with 1."""
    first: dict[tuple[int, int], str] = {}
    for foot in feet:
        for number in foot.labels:
            if number.isdigit():
                first.setdefault((foot.chapter, foot.after), number)
    chapters = Counter(chapter for (chapter, _), number in first.items() if number == "1")
    every = Counter(chapter for chapter, _ in first)
    return any(ones >= FEET and ones >= MOST * every[chapter] for chapter, ones in chapters.items())


def labels(piece: Piece, among: Collection[str] | None = None) -> tuple[str, ...]:
    """The numbers or marks that the witnesses (`among`: only these) show before a note's text."""
    found: list[str] = []
    for item in piece.items[:2]:
        found.extend(
            text for siglum, text, kind in item.marks if kind == "label" and (among is None or siglum in among)
        )
        if item.word:
            break
    return tuple(found)


def other_marks(items: Sequence[Item]) -> frozenset[str]:
    """Note references of the main text that are no numbers: raised marks, and signs behind a word or its stop."""
    raised = {text for item in items for _, text, kind in item.marks if kind == "reference" and not text.isdigit()}
    behind = {match[1] for item in items if (match := _SIGN.search(item.text))}
    alone = {
        sign
        for before, item, after in zip(items, items[1:], items[2:], strict=False)
        if _LONE.fullmatch(sign := item.text or item.tokens[0].text)
        and _ENDS.search(before.text)
        and after.text[:1].isalpha()
    }
    return frozenset(raised | behind | alone)


def _other_mark(foot: Foot) -> bool:
    """A note with an asterisk, a cross or a letter stands outside the numbers."""
    return bool(foot.labels) and not any(label.isdigit() for label in foot.labels)


def _seen(foot: Foot) -> Seen:
    return Seen(foot.labels, foot.piece.continues, foot.after, foot.chapter)
