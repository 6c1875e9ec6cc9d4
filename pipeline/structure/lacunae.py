"""What a witness lacks: passages that only the others have, said in words for the edition and the report."""

from collections.abc import Sequence
from itertools import groupby

from pipeline.model import Column, Lacuna, Witness

PASSAGE = 40
"""Words in a row from which something lacks, rather than differs."""


def lacunae(witnesses: Sequence[Witness], columns: Sequence[Column]) -> list[Lacuna]:
    """Every passage of at least PASSAGE columns that a witness does not have."""
    found = []
    tokens = {witness.id: witness.tokens() for witness in witnesses}
    for witness in witnesses:
        for lacking, group in groupby(columns, lambda column, w=witness.id: w not in column.readings):  # type: ignore[misc]
            run = [column for column in group if column.text]
            if lacking and len(run) >= PASSAGE:
                pages = sorted(
                    {p for c in run for s, (start, _) in c.readings.items() if (p := tokens[s][start].page) is not None}
                )
                where = f", on {pages[0]} to {pages[-1]}" if len(pages) > 1 else f", on {pages[0]}" if pages else ""
                first, last = " ".join(c.text for c in run[:4]), " ".join(c.text for c in run[-4:])
                found.append(Lacuna(witness.id, len(run), f"{len(run)} words{where}, from “{first}” to “{last}”"))
    return found
