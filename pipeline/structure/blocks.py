"""The main text as blocks: paragraphs, headings, quotations, joined where they run over a page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import ZoneKind
from pipeline.structure.stream import Piece

_FINAL = re.compile(r"[.!?:][\"')\]]*$")
JOINING: frozenset[ZoneKind] = frozenset({"body", "quotation", "verse", "list", "bibliography", "contents"})


@dataclass(frozen=True, slots=True)
class Block:
    """Pieces [first, last) of the main text that are one block. resumed: it goes on after a block quotation."""

    kind: ZoneKind
    first: int
    last: int
    resumed: bool = False


def blocks(main: Sequence[Piece]) -> list[Block]:
    """Join the pieces of the main text to blocks."""
    found: list[Block] = []
    for index, piece in enumerate(main):
        last = found[-1] if found else None
        if last and last.kind == piece.kind and piece.kind in JOINING and _goes_on(main[index - 1], piece):
            found[-1] = Block(last.kind, last.first, index + 1, last.resumed)
            continue
        resumed = piece.kind == "body" and last is not None and last.kind == "quotation" and _resumes(piece)
        found.append(Block(piece.kind, index, index + 1, resumed))
    return found


def _goes_on(before: Piece, piece: Piece) -> bool:
    if piece.continues:
        return True
    if piece.page == before.page and piece.medium == "scan":
        return False
    return piece.kind == "body" and not _FINAL.search(_last_text(before)) and _first_text(piece)[:1].islower()


def _resumes(piece: Piece) -> bool:
    return piece.continues or _first_text(piece)[:1].islower()


def _last_text(piece: Piece) -> str:
    return next((item.text for item in reversed(piece.items) if item.word), "")


def _first_text(piece: Piece) -> str:
    return next((item.text for item in piece.items if item.word), "")
