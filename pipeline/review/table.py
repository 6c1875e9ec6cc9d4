"""The queue as a table for spreadsheets, and what was decided in one.

UTF-8 with a byte order mark, without which Excel takes it for another encoding. A cell that a spreadsheet would take
for a formula begins with an apostrophe, which is taken away again when the table is read.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import get_args

from pipeline.errors import BadInput
from pipeline.model import Decision, Verdict
from pipeline.outside import read_bytes
from pipeline.review.decisions import LARGEST, fault
from pipeline.review.rows import Flag

_COLUMNS = ("id", "kind", "page", "line", "text", "before", "words", "after", "suggestion", "certainty", "evidence")
_DECIDED = ("decision", "value")
_FORMULA = re.compile(r"'*(\s*[=+\-@＝＋－＠]|[\t\r])")


def as_table(flags: Sequence[Flag]) -> bytes:
    """The table: one flag a row, a column for each witness, the columns decision and value last."""
    sigla = sorted({siglum for flag in flags for siglum in flag.readings})
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*_COLUMNS, *(f"reading of {siglum}" for siglum in sigla), *_DECIDED])
    for flag in flags:
        whole = [each for each in flag.decisions if each.exact == flag.exact]
        decided = whole[0] if whole else None
        cells = [flag.id, flag.category, flag.label or flag.page or "", flag.line or "", flag.text]
        cells += [flag.prefix, flag.exact, flag.suffix, flag.suggestion, f"{flag.certainty:.2f}", flag.evidence]
        cells += [flag.readings.get(siglum, "") for siglum in sigla]
        cells += [decided.decision, decided.value] if decided else ["", ""]
        writer.writerow([_guarded(cell) for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def from_table(path: Path, flags: Iterable[Flag]) -> list[tuple[Flag, Decision]]:
    """The decisions that a table holds, row by row; rows without one are left out.

    Raises BadInput with file and line where the table, an id, a decision or a value is not what is expected.
    """
    try:
        text = read_bytes(path, LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: not UTF-8 (byte {error.start}); save it as CSV UTF-8") from error
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror})") from error
    known = {flag.id: flag for flag in flags}
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    found: list[tuple[Flag, Decision]] = []
    try:
        missing = [name for name in ("id", *_DECIDED) if name not in (rows.fieldnames or ())]
        if missing:
            raise BadInput(f"{path}:1: no column {missing[0]!r}; begin with work/ID/review.csv and keep its first line")
        for row in rows:
            if decided := _bare(row["decision"]).strip():
                found.append(_decided(row, decided, known, f"{path}:{rows.line_num}"))
    except csv.Error as error:
        raise BadInput(f"{path}:{rows.line_num}: not a table ({error})") from error
    return found


def _decided(row: Mapping[str, str], decided: str, known: Mapping[str, Flag], where: str) -> tuple[Flag, Decision]:
    flag = known.get(_bare(row["id"]))
    if flag is None:
        raise BadInput(f"{where}: no flag {row['id']!r} is in the queue; build again and take the new table")
    verdict = next((each for each in get_args(Verdict) if each == decided), None)
    if verdict is None:
        raise BadInput(f"{where}: decision: expected one of {', '.join(get_args(Verdict))}, not {decided!r}")
    value = _bare(row["value"])
    accepted = flag.anchor and verdict == "accept"
    quoted = (flag.category, flag.text, flag.exact, flag.prefix, flag.suffix)
    made = Decision(*quoted, "place", flag.anchor) if accepted else Decision(*quoted, verdict, value)
    if wrong := fault(made):
        raise BadInput(f"{where}: {wrong}")
    return flag, made


def _delimiter(text: str) -> str:
    """Spreadsheets write commas, semicolons or tabs, by the country they are set to."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _bare(cell: str | None) -> str:
    cell = cell or ""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
