"""The collation as a table for people: tab-separated, to be filtered in a spreadsheet."""

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.model import Column, Token

_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]+")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def table(columns: Sequence[Column], tokens: Mapping[str, Sequence[Token]]) -> bytes:
    """Every place where witnesses differ, in what they read or where, or of which nothing was taken, one a row (UTF-8).

    Columns: page, line, what each witness reads, the choice, its witness, kind, probability, reason.
    """
    head = ["page", "line", *tokens, "choice", "witness", "kind", "probability", "reason"]
    rows = [head, *_rows(columns, tokens)]
    return "".join("\t".join(_cell(cell) for cell in row) + "\n" for row in rows).encode("utf-8")


def _rows(columns: Sequence[Column], tokens: Mapping[str, Sequence[Token]]) -> Iterator[list[str]]:
    page = line = ""
    for column in columns:
        stretches = {siglum: tokens[siglum][start:end] for siglum, (start, end) in column.readings.items()}
        placed = next((s[0] for siglum in tokens if (s := stretches.get(siglum)) and s[0].line), None)
        if placed:
            page, line = placed.page or "", placed.line or ""
        readings = {siglum: " ".join(token.text for token in stretch) for siglum, stretch in stretches.items()}
        differs = column.kind != "agreed" or len(readings) < len(tokens) or len(set(readings.values())) > 1
        if len(tokens) > 1 and (differs or not column.text):
            told = [readings.get(siglum, "") for siglum in tokens]
            chosen = [column.text, column.witness, column.kind, f"{column.probability:.3f}", column.reason]
            yield [page, line, *told, *chosen]


def _cell(text: str) -> str:
    """One cell: nothing in it ends a cell or line, and no spreadsheet takes it for a formula."""
    plain = _CONTROL.sub(" ", text)
    return f"'{plain}" if plain.lstrip().startswith(_FORMULA) else plain
