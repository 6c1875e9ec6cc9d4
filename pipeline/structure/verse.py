"""Verse in a text without pages, which shows it by its lines alone.

Three forms: a paragraph whose lines are kept, short and ragged; lines that have each become a paragraph of their own;
lines run together with a stroke between them. A recogniser has taken some of these lines for notes: those without a
number, of which it was not sure, are given back.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import fmean, pstdev

from pipeline.model import ZoneKind
from pipeline.structure.notes import labels
from pipeline.structure.stream import Piece, joined, lines_of, text_of

SHORT = 60
"""Characters of a line of verse, and of all lines on average (MEAN)."""
MEAN = 48.0
RAGGED = 0.15
"""Spread of the lines' lengths, the last left out, as a share of the mean; typed prose has far less."""
STANZA = 3
"""Lines of a stanza whose lines are kept, and (ROW) of one whose lines have become paragraphs."""
ROW = 5
DOUBTFUL = 0.8
"""Certainty (0..1) under which a note without a number may be a line of verse."""

_PAUSE = re.compile(r"[,;:.!?…—-][\"'”’»)]*\d{0,3}$")
_STOP = re.compile(r"[.!?…][\"'”’»)]*\d{0,3}$")
_ITEM = re.compile(r"^\W*(\d{1,3}|[a-zA-Z])[.)]|^[-•*]\s")


def verse(parted: Sequence[Piece]) -> list[Piece]:
    """The pieces, those of verse said to be so; the lines of one stanza are one piece or continue each other."""
    found = [replace(piece, kind="verse") if _stanza(piece) else piece for piece in parted]
    start = 0
    while start < len(found):
        end = start
        while end < len(found) and _may_be_line(found[end]):
            end += 1
        if _row(found[start:end]):
            for at in range(start, end):
                found[at] = replace(found[at], kind="verse", continues=at > start)
        start = max(end, start + 1)
    return found


def strokes(texts: Sequence[str]) -> list[int]:
    """The indexes of the words with which a line of verse begins after a stroke."""
    return [at + 1 for at, text in enumerate(texts[:-1]) if text == "/"]


def _stanza(piece: Piece) -> bool:
    kinds: tuple[ZoneKind, ...] = ("body", "quotation")
    if piece.medium != "text" or piece.kind not in kinds:
        return False
    words = [item.text for item in piece.items]
    if len(begins := strokes(words)) >= STANZA - 1:
        edges = [0, *begins, len(words)]
        lengths = [len(" ".join(words[a:b])) for a, b in pairwise(edges)]
        return max(lengths) <= SHORT + 2
    lines = [joined(line) for line in lines_of(piece)]
    if len(lines) < STANZA or any(_ITEM.match(line) for line in lines):
        return False
    lengths = [len(line) for line in lines]
    ragged = pstdev(lengths[:-1]) > RAGGED * fmean(lengths)
    capitals = sum(line.lstrip("\"'“‘«(").strip()[:1].isupper() for line in lines)
    pauses = sum(bool(_PAUSE.search(line)) for line in lines)
    formed = 2 * pauses >= len(lines) or capitals >= 0.7 * len(lines)
    return max(lengths) <= SHORT * 1.5 and fmean(lengths) <= MEAN and ragged and formed


def _may_be_line(piece: Piece) -> bool:
    doubtful = piece.kind == "footnote" and piece.certainty < DOUBTFUL and not labels(piece)
    if piece.medium != "text" or not (piece.kind == "body" or doubtful):
        return False
    text = text_of(piece)
    return 0 < len(text) <= SHORT and not _ITEM.match(text)


def _row(pieces: Sequence[Piece]) -> bool:
    """Whether paragraphs of a line each are verse: they pause at their ends, and few of them end a sentence."""
    texts = [text_of(piece) for piece in pieces]
    pauses = sum(bool(_PAUSE.search(text)) for text in texts)
    stops = sum(bool(_STOP.search(text)) for text in texts)
    return len(texts) >= ROW and 2 * pauses >= len(texts) and 2 * stops < len(texts)
