"""Layers that follow from single columns: underlined stretches, and places where the reading is in doubt."""

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from pipeline.model import Column, Span, Token, Witness
from pipeline.structure.text import Setter

_TRAILING = re.compile(r"[\s,;:)\]]+$")
_LEADING = re.compile(r"^[\s(\[]+")


def underlines(setter: Setter) -> list[Span]:
    """Underlined words of a text, joined where one line runs under them; commas at their end stay outside."""
    text = setter.text
    joined: list[tuple[int, int, bool]] = []
    for start, end, goes_on in setter.underlined:
        if joined and joined[-1][2] and text[joined[-1][1] : start] == " ":
            joined[-1] = (joined[-1][0], end, goes_on)
        elif end > start:
            joined.append((start, end, goes_on))
    spans = []
    for start, end, _ in joined:
        piece = text[start:end]
        first, last = start + len(piece) - len(_LEADING.sub("", piece)), start + len(_TRAILING.sub("", piece))
        if last > first:
            spans.append(Span(setter.name, first, last, "hi", {"rendition": "underline"}, 0.9, "underlined"))
    return spans


def doubts(
    setters: Sequence[Setter], columns: Sequence[Column], witnesses: Sequence[Witness], doubt: float
) -> list[Span]:
    """Places where witnesses differ and the chosen reading is less probable than `doubt`.

    The signs around a word on which they agree are left out: what is under a line, or quoted, may end before them.
    """
    tokens = {witness.id: witness.tokens() for witness in witnesses}
    spans = []
    for setter in setters:
        text = setter.text
        for origin in setter.origins:
            column = columns[origin.column]
            other = _other(column, tokens)
            if column.probability < doubt and other and other[1] != column.text:
                siglum, read = other
                chosen = text[origin.start : origin.end]
                head, tail = _shared(chosen, read), _shared(chosen[::-1], read[::-1])
                if head + tail >= min(len(chosen), len(read)):
                    head = tail = 0
                attributes = {"wit": column.witness, "rdg": read[head : len(read) - tail], "rdgWit": siglum}
                start, end = origin.start + head, origin.end - tail
                spans.append(Span(setter.name, start, end, "app", attributes, column.probability, column.reason))
    return spans


def _shared(one: str, other: str) -> int:
    """How many signs, no letters or figures, both begin with."""
    pairs = takewhile(lambda pair: pair[0] == pair[1] and not pair[0].isalnum(), zip(one, other, strict=False))
    return sum(1 for _ in pairs)


def _other(column: Column, tokens: Mapping[str, Sequence[Token]]) -> tuple[str, str] | None:
    for siglum, (start, end) in column.readings.items():
        stretch = tokens[siglum][start:end]
        if siglum != column.witness and all(token.kind == "word" for token in stretch):
            return siglum, " ".join(token.text for token in stretch)
    return None
