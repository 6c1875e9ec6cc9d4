"""Layers that follow from single columns: underlined stretches, and places where the reading is in doubt."""

import re
from collections.abc import Mapping, Sequence

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
    """Places where witnesses differ and the chosen reading is less probable than `doubt`."""
    tokens = {witness.id: witness.tokens() for witness in witnesses}
    spans = []
    for setter in setters:
        for origin in setter.origins:
            column = columns[origin.column]
            other = _other(column, tokens)
            if column.probability < doubt and other and other[1] != column.text:
                attributes = {"wit": column.witness, "rdg": other[1], "rdgWit": other[0]}
                spans.append(
                    Span(setter.name, origin.start, origin.end, "app", attributes, column.probability, column.reason)
                )
    return spans


def _other(column: Column, tokens: Mapping[str, Sequence[Token]]) -> tuple[str, str] | None:
    for siglum, (start, end) in column.readings.items():
        stretch = tokens[siglum][start:end]
        if siglum != column.witness and all(token.kind == "word" for token in stretch):
            return siglum, " ".join(token.text for token in stretch)
    return None
