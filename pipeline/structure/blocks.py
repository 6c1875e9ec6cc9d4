"""The main text as blocks: paragraphs, headings, quotations, joined where they run over a page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model import ZoneKind
from pipeline.structure.stream import Piece

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


def blocks(main: Sequence[Piece]) -> list[Block]:
    """Join the pieces of the main text to blocks."""
    found: list[Block] = []
    for index, piece in enumerate(main):
        last = found[-1] if found else None
        if last and last.kind == piece.kind and piece.kind in JOINING and _goes_on(main[index - 1], piece):
            found[-1] = replace(last, last=index + 1)
            continue
        resumed = piece.kind == "body" and last is not None and last.kind == "quotation" and _resumes(piece)
        apart = piece.kind == "quotation" == main[index - 1].kind and _is_another(main[index - 1], piece)
        found.append(Block(piece.kind, index, index + 1, resumed, apart))
    return found


def _goes_on(before: Piece, piece: Piece) -> bool:
    if piece.continues:
        return True
    if piece.page == before.page and piece.medium == "scan":
        return False
    return (
        piece.kind in ("body", "quotation")
        and not _FINAL.search(_last_text(before))
        and _first_text(piece)[:1].islower()
    )


def _is_another(before: Piece, piece: Piece) -> bool:
    """Whether one quotation closes with its mark and the next opens with one."""
    return before.medium == "text" and bool(_CLOSED.search(_last_text(before)) and _OPENS.match(_first_text(piece)))


def _resumes(piece: Piece) -> bool:
    return piece.continues or _first_text(piece)[:1].islower()


def _last_text(piece: Piece) -> str:
    return next((item.text for item in reversed(piece.items) if item.word), "")


def _first_text(piece: Piece) -> str:
    return next((item.text for item in piece.items if item.word), "")
