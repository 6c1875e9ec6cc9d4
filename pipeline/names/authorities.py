"""Authorities: the editor's tables of people, places, organisations, events and works, in scans/ID/authorities/.

people, places, organisations, events, works: each a table (.csv) or a TEI list (.xml); others.csv holds what is none of
these, such as ships or laws, so that its forms are not taken for names. Columns: id (made from the name where it is
empty), name (the preferred form), variants (separated by semicolons), kind (where it is another than the table's:
person, place, organisation, event, work, or none: no name as a whole, but what it holds may be one), dates, viaf,
wikidata, geonames, isni, note, and see (the id of the entry that this is the same as). count, sure, first and context
are filled in by proposals, for the editor's eyes.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.errors import BadInput
from pipeline.model import Authority
from pipeline.names.authority_lists import read_list
from pipeline.names.spelling import identifier
from pipeline.names.tables import Row, read_table
from pipeline.outside import unprintable

KINDS = {
    "people": "persName",
    "places": "placeName",
    "organisations": "orgName",
    "events": "event",
    "works": "title",
    "others": "",
}
"""What the entries of each file are."""
COLUMNS = ["id", "name", "variants", "kind", "dates", "viaf", "wikidata", "geonames", "isni", "note", "see"]
PROPOSED = ["count", "sure", "first", "context"]
_SAID = {
    "person": "persName",
    "place": "placeName",
    "organisation": "orgName",
    "event": "event",
    "work": "title",
    "none": "none",
}
PREFIXES = {kind: {"organisation": "org", "none": "other"}.get(said, said) for said, kind in _SAID.items()} | {
    "": "other"
}
"""How ids begin that are made from names."""
_NUMBERS = {"viaf": "VIAF", "wikidata": "wikidata", "geonames": "geonames", "isni": "ISNI"}
_SHAPES = {
    "VIAF": (r"\d{1,22}", "digits"),
    "wikidata": (r"Q\d+", "Q and digits, as Q42"),
    "geonames": (r"\d+", "digits"),
    "ISNI": (r"\d{15}[\dX]", "16 characters"),
}
_ID = re.compile(r"[^\W\d][\w.-]*")


@dataclass(frozen=True, slots=True)
class Authorities:
    """All entries by id, and by kind and form the ids of those that a form may mean.

    A form of several entries is ambiguous: it is a name, but leads nowhere until the editor decides.
    """

    entries: Mapping[str, Authority] = field(default_factory=dict)
    forms: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def meant(self, kind: str, form: str) -> str | None:
        """The id of the one entry that `form` means; None where there is none, or more than one."""
        ids = self.forms.get(kind, {}).get(form, ())
        return ids[0] if len(ids) == 1 else None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry and where it stands, for messages. see: the id of the entry it is the same as."""

    authority: Authority
    path: Path
    line: int
    see: str = ""


def read(folder: Path) -> Authorities:
    """The authorities of an edition; none where the folder is missing.

    Raises BadInput, one line with file and line, for the first fault: an unknown column, broken CSV or XML, an id that
    stands twice or is no XML name, a number in the wrong shape, an entry that is the same as itself.
    """
    entries = [entry for stem, kind in KINDS.items() for entry in _file(folder, stem, kind)]
    by_id: dict[str, Entry] = {}
    for entry in entries:
        _check(entry)
        if other := by_id.get(entry.authority.id):
            where = f"line {other.line}" if other.path == entry.path else f"{other.path.name}:{other.line}"
            raise BadInput(f"{entry.path}:{entry.line}: the id '{entry.authority.id}' stands in {where} too")
        by_id[entry.authority.id] = entry
    return gathered(_merged(by_id))


def gathered(entries: Iterable[Authority]) -> Authorities:
    """Authorities of entries that are sound."""
    by_id = {entry.id: entry for entry in entries}
    forms: dict[str, dict[str, tuple[str, ...]]] = {}
    for entry in by_id.values():
        mine = forms.setdefault(entry.kind, {})
        for form in dict.fromkeys(entry.forms):
            mine[form] = (*mine.get(form, ()), entry.id)
    return Authorities(by_id, forms)


def row(authority: Authority) -> dict[str, str]:
    """An entry as a row of its table."""
    numbers = {column: authority.idno[name] for column, name in _NUMBERS.items() if name in authority.idno}
    return {
        "id": authority.id,
        "name": authority.name,
        "variants": "; ".join(authority.variants),
        "dates": authority.dates,
        "note": authority.note,
        **numbers,
    }


def _file(folder: Path, stem: str, kind: str) -> list[Entry]:
    table, tei = folder / f"{stem}.csv", folder / f"{stem}.xml"
    if table.exists() and tei.exists():
        raise BadInput(f"{tei}: {table.name} is there too; keep one of them")
    if tei.exists():
        return [Entry(authority, tei, line) for authority, line in read_list(tei, kind)]
    if not table.exists():
        return []
    return [_entry(each, table, kind) for each in read_table(table, [*COLUMNS, *PROPOSED], ["name"])]


def _entry(row: Row, table: Path, kind: str) -> Entry:
    if (said := row["kind"].lower()) and said not in _SAID:
        raise BadInput(f"{table}:{row.line}: kind '{said[:40]}' should be one of: {', '.join(_SAID)}")
    kind = _SAID.get(said, kind)
    name = " ".join(row["name"].split())
    authority = Authority(
        id=row["id"] or (identifier(PREFIXES[kind], name) if name else ""),
        kind=kind,
        name=name,
        variants=tuple(form for part in row["variants"].split(";") if (form := " ".join(part.split()))),
        dates=row["dates"],
        idno={name: re.sub(r"[\s-]", "", row[column]) for column, name in _NUMBERS.items() if row[column]},
        note=row["note"],
    )
    return Entry(authority, table, row.line, row["see"])


def _check(entry: Entry) -> None:
    authority, place = entry.authority, f"{entry.path}:{entry.line}"
    if not authority.id or not authority.name:
        raise BadInput(f"{place}: an entry needs a name")
    if not _ID.fullmatch(authority.id):
        raise BadInput(f"{place}: '{authority.id[:40]}' is no identifier; use letters, digits, '-', '_' or '.'")
    for part in (*authority.forms, authority.dates, authority.note):
        if found := unprintable(part):
            raise BadInput(f"{place}: the character {found} is no text; delete it")
    for name, number in authority.idno.items():
        shape, said = _SHAPES.get(name, (r".+", ""))
        if not re.fullmatch(shape, number):
            raise BadInput(f"{place}: {name} '{number[:40]}' should be {said}")


def _merged(entries: Mapping[str, Entry]) -> list[Authority]:
    """The entries, those that are the same as another taken into it with all their forms."""
    forms: dict[str, list[str]] = {}
    for name, entry in entries.items():
        target, seen = entry, {name}
        while target.see:
            place = f"{target.path}:{target.line}"
            if target.see not in entries:
                raise BadInput(f"{place}: see '{target.see}': there is no entry of that id")
            target = entries[target.see]
            if target.authority.id in seen:
                raise BadInput(f"{place}: see '{target.authority.id}' leads in a circle")
            seen.add(target.authority.id)
        if target is not entry:
            forms.setdefault(target.authority.id, []).extend(entry.authority.forms)
    return [
        replace(
            entry.authority,
            variants=tuple(
                form
                for form in dict.fromkeys((*entry.authority.variants, *forms.get(name, ())))
                if form != entry.authority.name
            ),
        )
        for name, entry in entries.items()
        if not entry.see
    ]
