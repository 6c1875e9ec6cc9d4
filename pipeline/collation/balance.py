"""The columns of a collation with their quotation marks weighed together, paragraph by paragraph (see `pairing`)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.collation.choice import Choice
from pipeline.collation.pairing import Word, marks, paired
from pipeline.model import Column, Witness

FURNITURE = ("pageNumber", "runningHead")
REASON = "quotation marks in pairs"
LEAST = 1e-4
"""Probability of a reading that was rounded to none."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A column as it was judged by itself, and what else may stand there."""

    column: Column
    others: Sequence[Choice] = ()


def balanced(judged: Sequence[Judged], witnesses: Sequence[Witness]) -> list[Column]:
    """The columns, each with the reading that is likeliest in the light of the quotation marks around it."""
    made = [each.column for each in judged]
    disputed = {index for index, each in enumerate(judged) if each.others}
    for stretch in _stretches(made, witnesses) if disputed else ():
        told = [(i, opens) for i, opens in stretch if opens or any(marks(c.text) for c in _choices(judged[i]))]
        words = [Word([(c.text, c.probability or LEAST) for c in _choices(judged[i])], opens) for i, opens in told]
        for (index, _), probabilities in zip(told, paired(words), strict=True):
            if index in disputed:
                made[index] = _weighed(judged[index], probabilities)
    return made


def _choices(judged: Judged) -> list[Choice]:
    column = judged.column
    return [Choice(column.text, column.witness, column.probability), *judged.others]


def _weighed(judged: Judged, probabilities: Sequence[float]) -> Column:
    found = _choices(judged)
    best = max(range(len(found)), key=lambda index: probabilities[index])
    column = replace(judged.column, probability=round(probabilities[best], 4))
    if best == 0:
        return column
    chosen = found[best]
    kind = column.kind if chosen.text else "invented"
    return replace(column, text=chosen.text, witness=chosen.witness, kind=kind, reason=REASON)


def _stretches(columns: Sequence[Column], witnesses: Sequence[Witness]) -> Iterable[list[tuple[int, bool]]]:
    """The main text, and the notes one after the other: their columns by index, and whether a paragraph begins there.

    A note that goes on under the next page is not always known for one, so that a note is no more than a paragraph.
    """
    blocks = {witness.id: witness.block_of() for witness in witnesses}
    found: dict[bool, list[tuple[int, bool]]] = {False: [], True: []}
    last: dict[str, int] = {}
    for index, column in enumerate(columns):
        here = {siglum: blocks[siglum][start] for siglum, (start, _) in column.readings.items()}
        first = next(witness for witness in witnesses if witness.id in here)
        block = first.blocks[here[first.id]]
        if block.kind not in FURNITURE:
            opens = last.get(first.id) != here[first.id] and not block.continues
            found[block.kind == "footnote"].append((index, opens))
        last |= here
    return found.values()
