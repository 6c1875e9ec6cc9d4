"""The main text as blocks: paragraphs, headings, quotations, joined where they run over a page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model import ZoneKind
from pipeline.structure.epistolary import is_name, stands_alone
from pipeline.structure.stream import Piece, text_of

_FINAL = re.compile(r"[.!?:][\"')\]]*$")
_CLOSED = re.compile(r"[\"”»“]\d{0,3}$")
_OPENS = re.compile(r"['‘.…]*[\"“„«]")
JOINING: frozenset[ZoneKind] = frozenset({"body", "quotation", "verse", "list", "bibliography", "contents"})


@dataclass(frozen=True, slots=True)
class Block:
    """Pieces [first, last) of the main text that are one block.

    resumed: it goes on after a block quotation. apart: a block quotation that follows another one, and is no
    paragraph of it.
    """

    kind: ZoneKind
    first: int
    last: int
    resumed: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A block where it stands: characters [start, end) of the body.

    lines: starts of its typed lines. apart: a block quotation of its own beside another one. entry: the title that
    the contents page gives to a heading; missing: titles that it has before this one, and the text has not.
    asked: what is to be asked of the editor about a heading or an entry.
    """

    kind: ZoneKind
    start: int
    end: int
    text: str
    resumed: bool = False
    lines: tuple[int, ...] = ()
    apart: bool = False
    entry: str | None = None
    missing: tuple[str, ...] = ()
    asked: str = ""


def blocks(main: Sequence[Piece]) -> list[Block]:
    """Join the pieces of the main text to blocks."""
    found: list[Block] = []
    for index, piece in enumerate(main):
        last = found[-1] if found else None
        if last and last.kind == piece.kind and piece.kind in JOINING and _goes_on(main, index):
            found[-1] = replace(last, last=index + 1)
            continue
        resumed = piece.kind == "body" and last is not None and last.kind == "quotation" and _resumes(piece)
        apart = piece.kind == "quotation" == main[index - 1].kind and _is_another(main[index - 1], piece)
        found.append(Block(piece.kind, index, index + 1, resumed, apart))
    return found


def _goes_on(main: Sequence[Piece], index: int) -> bool:
    before, piece = main[index - 1], main[index]
    if piece.medium == "text" and _is_line_of_letter(main, index):
        return False
    if piece.continues:
        return True
    if piece.page == before.page and piece.medium == "scan":
        return False
    return (
        piece.kind in ("body", "quotation")
        and not _FINAL.search(_last_text(before))
        and _first_text(piece)[:1].islower()
    )


def _is_line_of_letter(main: Sequence[Piece], index: int) -> bool:
    """Whether a piece, or the one before it, salutes, closes or signs."""
    before, piece = main[index - 1], main[index]
    signed = index > 1 and stands_alone(text_of(main[index - 2])) and is_name(text_of(before))
    return signed or stands_alone(text_of(before)) or stands_alone(text_of(piece))


def _is_another(before: Piece, piece: Piece) -> bool:
    """Whether one quotation closes with its mark and the next opens with one."""
    return before.medium == "text" and bool(_CLOSED.search(_last_text(before)) and _OPENS.match(_first_text(piece)))


def _resumes(piece: Piece) -> bool:
    return piece.continues or _first_text(piece)[:1].islower()


def _last_text(piece: Piece) -> str:
    return next((item.text for item in reversed(piece.items) if item.word), "")


def _first_text(piece: Piece) -> str:
    return next((item.text for item in piece.items if item.word), "")
