"""Passages that collation mended: what a witness moved, doubled, dropped or invented, each as one event."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.model import Column, ColumnKind, Token, Witness

KINDS: tuple[ColumnKind, ...] = ("moved", "doubled", "dropped", "invented")
PASSAGE = 2
"""Words in a row from which it is a passage."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A passage and where it stands: page and line ids, empty where no witness has them.

    witness: whose words they are. written: whether they stand in the edition.
    """

    kind: ColumnKind
    page: str
    line: str
    words: int
    text: str
    witness: str
    written: bool
    reason: str


def mended(witnesses: Sequence[Witness], columns: Sequence[Column]) -> list[Mended]:
    """All passages of at least PASSAGE words, in the order of the text."""
    tokens = {witness.id: witness.tokens() for witness in witnesses}
    placed = zip(columns, _places(tokens, columns), strict=True)
    found = []
    for (kind, witness), group in groupby(placed, lambda pair: (pair[0].kind, pair[0].witness)):
        run = list(group)
        if kind not in KINDS:
            continue
        own = [token for column, _ in run for token in tokens[witness][slice(*column.readings[witness])]]
        words = [token for token in own if any(char.isalnum() for char in token.text)]
        if len(words) >= PASSAGE:
            first, (page, line) = run[0]
            text = "".join(token.text if token.glued else f" {token.text}" for token in own).strip()
            found.append(Mended(kind, page, line, len(words), text, witness, bool(first.text), first.reason))
    return found


def _places(tokens: Mapping[str, Sequence[Token]], columns: Sequence[Column]) -> Iterator[tuple[str, str]]:
    """Page and line of every column; where its own tokens have none, those of the last one that has."""
    page = line = ""
    for column in columns:
        for siglum in tokens:
            if siglum in column.readings:
                token = tokens[siglum][column.readings[siglum][0]]
                if token.page or not page:
                    page, line = token.page or "", token.line or ""
                break
        yield page, line
