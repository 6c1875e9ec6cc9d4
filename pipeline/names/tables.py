"""Tables that people keep in a spreadsheet: CSV read with the line of every fault, written without formulas.

A cell that a spreadsheet would take for a formula (=, +, -, @, tab) is written with an apostrophe before it, and the
apostrophe is taken off again on reading. Commas, semicolons and tabs are known as separators.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import BadInput
from pipeline.model import write_bytes
from pipeline.outside import read_bytes

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
_BOMS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
LARGEST = 10_000_000
"""Bytes of a table or list; a larger one is something else."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, by column; `line` is where it starts in the file."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_table(path: Path, columns: Sequence[str], required: Sequence[str]) -> list[Row]:
    """The rows of a table that are not blank, cells stripped.

    columns: those that may stand in the first line, `required` those that must. Raises BadInput with file and line
    where the file is no such table.
    """
    text = _decoded(path)
    separator = max(",;\t", key=text.split("\n", 1)[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    header: list[str] = []
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            stripped = [_unprotected(cell.strip()) for cell in cells]
            if not header:
                header = _header(path, [cell.lower() for cell in stripped], columns, required)
            elif any(stripped):
                if len(stripped) > len(header) and any(stripped[len(header) :]):
                    raise BadInput(
                        f"{path}:{line}: {len(stripped)} cells under {len(header)} columns; put a cell that holds"
                        f" '{separator}' in quotation marks"
                    )
                rows.append(Row(line, dict(zip(header, stripped, strict=False))))
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadInput(f"{path}:{line}: not CSV ({error}); look for a quotation mark that is not closed") from error
    if not header:
        raise BadInput(f"{path}:1: empty; its first line must name the columns: {', '.join(columns)}")
    return rows


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write a table whole or not at all, white space in cells made single spaces. Raises OutputError."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_protected(" ".join(row.get(column, "").split())) for column in columns] for row in rows)
    write_bytes(path, out.getvalue().encode("utf-8"))


def _decoded(path: Path) -> str:
    try:
        data = read_bytes(path, LARGEST)
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror})") from error
    for mark, name in _BOMS:
        if data.startswith(mark):
            raise BadInput(f"{path}:1: {name}; save it as CSV in UTF-8")
    if (at := data.find(b"\0")) >= 0:
        raise BadInput(f"{path}:{_line(data, at)}: a NUL byte; save it as CSV in UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}:{_line(data, error.start)}: not UTF-8; save it as CSV in UTF-8") from error


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def _header(path: Path, names: list[str], columns: Sequence[str], required: Sequence[str]) -> list[str]:
    for name in names:
        if name and name not in columns:
            raise BadInput(f"{path}:1: unknown column '{name[:40]}'; expected: {', '.join(columns)}")
        if name and names.count(name) > 1:
            raise BadInput(f"{path}:1: column '{name}' stands twice")
    for name in required:
        if name not in names:
            raise BadInput(f"{path}:1: column '{name}' is missing; expected: {', '.join(columns)}")
    return names


def _protected(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) or _is_protected(cell) else cell


def _unprotected(cell: str) -> str:
    return cell[1:] if _is_protected(cell) else cell


def _is_protected(cell: str) -> bool:
    """Whether apostrophes and then a formula's first character begin a cell; such a cell gets one more on writing."""
    return cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA)
