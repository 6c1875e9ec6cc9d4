"""The bibliography for other programs: CSL-JSON (Citation Style Language 1.0.2) and BibTeX.

BibTeX is TeX: a value may hold no command, comment or unmatched brace. Every character with a meaning in TeX is written
as the command that prints it, and braces as \\textbraceleft, since BibTeX counts those with a backslash too.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from pipeline.model import Work

_TEX = {char: f"\\{char}" for char in "%&#$_"} | {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_PARTED = re.compile(r",|\band\b", re.IGNORECASE)
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
    """The works as BibTeX in UTF-8, in the order given."""
    return "\n".join(map(_entry, works)).encode()


def _item(work: Work) -> dict[str, Any]:
    fields: dict[str, Any] = {"id": work.id, "type": work.type, "title": work.title}
    if work.authors:
        fields["author"] = [_csl_name(name) for name in work.authors]
    if work.editors:
        fields["editor"] = [_csl_name(name) for name in work.editors]
    if work.date:
        fields["issued"] = _issued(work)
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


def _issued(work: Work) -> dict[str, Any]:
    """A date in numbers as far as it is one; else as printed."""
    if not work.issued:
        return {"literal": work.date}
    return {"date-parts": [[int(part) for part in day.split("-")] for day in work.issued.split("/")]}


def _entry(work: Work) -> str:
    kind = _BIBTEX.get(work.type, "misc")
    held = {"incollection": "booktitle", "article": "journal"}.get(kind, "howpublished")
    house = "school" if kind == "phdthesis" else "publisher"
    fields = {
        "author": " and ".join(map(_name, work.authors)),
        "editor": " and ".join(map(_name, work.editors)),
        "title": f"{{{_tex(work.title)}}}",  # inner braces keep its capitals
        held: _tex(work.container),
        house: _tex(work.publisher),
        "address": _tex(work.place),
        "year": _tex(work.issued[:4] or work.date),
        "volume": _tex(work.volume),
        "number": _tex(work.issue),
        "pages": _tex(work.pages.replace("-", "--")),
        "note": _tex(work.note or (work.text if kind == "unpublished" else "")),
    }
    lines = [f"  {key} = {{{value}}},\n" for key, value in fields.items() if value]
    return f"@{kind}{{{work.id.removeprefix('bib-')},\n{''.join(lines)}}}\n"


def _name(name: str) -> str:
    """A name as BibTeX parts it: at commas and "and", unless braces hold them together."""
    family, comma, given = name.partition(", ")
    if not comma:
        return f"{{{_tex(name)}}}"
    return ", ".join(f"{{{_tex(part)}}}" if _PARTED.search(part) else _tex(part) for part in (family, given))


def _tex(value: str) -> str:
    """A value as TeX prints it."""
    return "".join(_TEX.get(char, char) for char in " ".join(value.split()))
