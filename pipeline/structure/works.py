"""The works of a bibliography, where they are numbered and look like a list."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.structure.divisions import CHAPTER, classify
from pipeline.structure.stream import Piece, text_of


def listed_works(main: Sequence[Piece]) -> list[Piece]:
    """The pieces of the main text, lists from the heading of a bibliography to the next chapter said to be works."""
    found: list[Piece] = []
    within = False
    for piece in main:
        if piece.kind == "heading" and not piece.continues:
            heading = classify(text_of(piece))
            if heading.level <= CHAPTER:
                within = heading.type == "bibliography"
        found.append(replace(piece, kind="bibliography") if within and piece.kind == "list" else piece)
    return found
