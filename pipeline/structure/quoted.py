"""Block quotations where no image shows them: paragraphs that a text sets apart without saying why.

A witness without pages of its own knows a block quotation by its marks alone. Here what stands before is asked as
well: a paragraph that ends with a colon leads up to one, with or without marks; a paragraph that closes with a mark
that it never opened lost the opening one; and a quotation that is still open goes on, over the page, to its mark or
to the end of its sentence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.structure.stream import Piece

SHORTEST = 4
"""Words of the shortest paragraph that is taken for a block quotation behind a colon, and (LEAST) elsewhere."""
LEAST = 8
FARTHEST = 6
"""Paragraphs and words (LONGEST) within which an open quotation must find its closing mark."""
LONGEST = 700

_MARKS = re.compile('["“”„«»]')
_OPENS = re.compile(r"^['‘]?(\s*(\.\s?){2,4}|…)?\s*[\"“„«]")
_ELLIPSIS = re.compile(r"^(\.\s?){3,4}|^…")
_CLOSES = re.compile(r"[\"”»“][\s.,;)\]'’]*$")
_FINAL = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")
_LEADS_UP = re.compile(r":[\"'”’»]?\s*$")
_BREAKS_OFF = re.compile(r"([,]|[^\W\d_])\s*$")
_ITEM = re.compile(r"^\(?(\d{1,2}|[a-z])[.)]|^[-•–*]\s")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """What a piece says of itself; opens, closes: with a double mark; odd: one mark has no fellow."""

    at: int
    text: str
    words: int
    goes_on: bool

    @property
    def opens(self) -> bool:
        return bool(_OPENS.match(self.text))

    @property
    def closes(self) -> bool:
        return bool(_CLOSES.search(self.text))

    @property
    def odd(self) -> bool:
        return len(_MARKS.findall(self.text)) % 2 == 1


def block_quotations(main: Sequence[Piece]) -> list[Piece]:
    """The pieces of the main text, those of block quotations said to be so.

    Only pieces of a text without pages are looked at: on a scan the indentation decides.
    """
    found = list(main)
    index = 0
    while index < len(found):
        last = _quotation(found, index)
        for at in range(index, last):
            if found[at].kind == "body":
                found[at] = replace(found[at], kind="quotation")
        index = max(index + 1, last)
    return found


def _quotation(main: Sequence[Piece], index: int) -> int:
    """The end (exclusive) of the block quotation that begins with a piece; `index` where none does."""
    here = _paragraph(main, index)
    if here is None or not (main[index].kind == "quotation" or _begins(main, here)):
        return index
    if here.opens:
        if here.closes and not here.odd:
            return index + 1
        if (closed := _closed(main, here)) is not None:
            return closed
    elif here.closes and here.odd:
        return index + 1
    last = index
    while (following := _paragraph(main, last + 1)) and following.goes_on and not _final(main[last]):
        last += 1
    return last + 1


def _begins(main: Sequence[Piece], here: _Paragraph) -> bool:
    """Whether what stands before, or its marks, make a paragraph of the body a block quotation."""
    if here.words < SHORTEST or here.goes_on or _ITEM.match(here.text) or here.at == 0:
        return False
    before = main[here.at - 1]
    if before.kind not in ("body", "quotation"):
        return False
    text = _text(before)
    if _LEADS_UP.search(text) and len(text.split()) >= LEAST and not here.text[:1].islower():
        return True
    lost = here.words >= LEAST and here.odd and here.closes and not here.opens and not _unclosed(text)
    if lost and _ELLIPSIS.match(here.text):
        return True
    return lost and bool(_BREAKS_OFF.search(text)) and not here.text[:1].islower()


def _closed(main: Sequence[Piece], here: _Paragraph) -> int | None:
    """Where a quotation that its first paragraph leaves open finds its closing mark."""
    words = here.words
    for at in range(here.at + 1, min(len(main), here.at + FARTHEST)):
        paragraph = _paragraph(main, at)
        if paragraph is None or words > LONGEST:
            return None
        words += paragraph.words
        if paragraph.closes and (paragraph.odd or paragraph.opens):
            return at + 1
        if not (paragraph.goes_on or paragraph.opens or not _MARKS.search(paragraph.text)):
            return None
    return None


def _paragraph(main: Sequence[Piece], at: int) -> _Paragraph | None:
    if at >= len(main) or main[at].medium != "text" or main[at].kind not in ("body", "quotation"):
        return None
    text = _text(main[at])
    lower = text.lstrip("'‘([")[:1].islower()
    goes_on = main[at].continues or (lower and at > 0 and not _final(main[at - 1]))
    return _Paragraph(at, text, len(text.split()), goes_on)


def _unclosed(text: str) -> bool:
    return len(_MARKS.findall(text)) % 2 == 1


def _final(piece: Piece) -> bool:
    return bool(_FINAL.search(_text(piece)))


def _text(piece: Piece) -> str:
    """The words of a piece, without the numbers of notes that were recognised as such."""
    words = (("" if item.glued else " ") + item.text for item in piece.items if item.word)
    return re.sub(r"\s?(?<=[.,;:!?\"'”’»)])\s?\d{1,3}$", "", "".join(words).strip())
