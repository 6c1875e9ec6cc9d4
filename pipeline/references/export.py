"""The bibliography for other programs: CSL-JSON (Citation Style Language 1.0.2) and BibTeX, written with pybtex."""

import json
import re
from collections.abc import Sequence
from typing import Any

from pybtex.database import BibliographyData, Person
from pybtex.database import Entry as BibEntry

from pipeline.model import Work

_MONTHS = (
    r"jan|ene|янв", r"f[eé]v|feb|фев", r"mar|mär|мар", r"a[vbp]r|апр", r"ma[iyj]|mag|ма[йя]", r"jun|juin|июн",
    r"jul|juil|июл", r"aug|ao[uû]t|ago|авг", r"se[pt]|сен", r"o[ck]t|окт", r"nov|ноя", r"d[eé][czk]|дек",
)  # fmt: skip
_BIBTEX = {
    "book": "book",
    "chapter": "incollection",
    "article-journal": "article",
    "article-newspaper": "article",
    "thesis": "phdthesis",
    "manuscript": "unpublished",
}


def csl(works: Sequence[Work]) -> bytes:
    """The works as CSL-JSON."""
    return json.dumps([_item(work) for work in works], ensure_ascii=False, indent=1).encode() + b"\n"


def bibtex(works: Sequence[Work]) -> bytes:
    """The works as BibTeX, in the order given."""
    data = BibliographyData(entries={work.id.removeprefix("bib-"): _entry(work) for work in works})
    written: str = data.to_string("bibtex")
    return written.encode()


def _item(work: Work) -> dict[str, Any]:
    fields: dict[str, Any] = {"id": work.id, "type": work.type, "title": work.title}
    if work.authors:
        fields["author"] = [_csl_name(name) for name in work.authors]
    if work.editors:
        fields["editor"] = [_csl_name(name) for name in work.editors]
    if work.date:
        fields["issued"] = _issued(work.date)
    plain = {
        "container-title": work.container,
        "publisher": work.publisher,
        "publisher-place": work.place,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.pages,
        "note": work.text,
    }
    return fields | {key: value for key, value in plain.items() if value}


def _csl_name(name: str) -> dict[str, str]:
    family, comma, given = name.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": name}


def _issued(date: str) -> dict[str, Any]:
    """A date in numbers as far as it is one; else as printed."""
    year = re.search(r"(?:1[5-9]|20)\d\d", date)
    if year is None:
        return {"literal": date}
    parts = [int(year[0])]
    rest = date[: year.start()] + " " + date[year.end() :]
    months = [at + 1 for at, form in enumerate(_MONTHS) if re.search(rf"(?<!\w)(?:{form})", rest, re.IGNORECASE)]
    day = re.findall(r"(?<!\d)([12]?\d|3[01])(?!\d)", rest)
    if len(months) == 1:
        parts += [months[0], *([int(day[0])] if len(day) == 1 and day[0] != "0" else [])]
    return {"date-parts": [parts]}


def _entry(work: Work) -> BibEntry:
    kind = _BIBTEX.get(work.type, "misc")
    held = {"incollection": "booktitle", "article": "journal"}.get(kind, "howpublished")
    house = "school" if kind == "phdthesis" else "publisher"
    issued = _issued(work.date)["date-parts"][0] if work.date and "literal" not in _issued(work.date) else []
    fields = {
        "title": f"{{{work.title}}}",
        held: work.container,
        house: work.publisher,
        "address": work.place,
        "year": str(issued[0]) if issued else work.date,
        "volume": work.volume,
        "number": work.issue,
        "pages": work.pages.replace("-", "--"),
        "note": work.text if kind == "unpublished" else "",
    }
    people = {
        role: [Person(name if ", " in name else f"{{{name}}}") for name in names]
        for role, names in (("author", work.authors), ("editor", work.editors))
        if names
    }
    return BibEntry(kind, {key: _braced(value) for key, value in fields.items() if value}, people)


def _braced(value: str) -> str:
    """A value with its braces only where each has its other one, which BibTeX asks."""
    inner = value.removeprefix("{").removesuffix("}") if value.startswith("{") else value
    depth = 0
    for char in inner:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            break
    sound = inner if depth == 0 else re.sub(r"[{}]", "", inner)
    return f"{{{sound}}}" if inner != value else sound
