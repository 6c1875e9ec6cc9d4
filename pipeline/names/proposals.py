"""Proposals: what the editor's tables could hold, drawn from the names of the text.

A table that is not there is written; one that is there belongs to the editor and stays as it is, byte for byte. What
it does not cover goes beside it, into people.proposed.csv and so on, which each run writes anew, forms that could mean
two entries into ambiguous.csv, and capitalised words that were taken for no name into others.proposed.csv.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.model import Authority, Span
from pipeline.names.authorities import COLUMNS, KINDS, PREFIXES, PROPOSED, Authorities, row
from pipeline.names.candidates import candidates
from pipeline.names.clusters import Cluster, Clustered, people, things
from pipeline.names.places import numbers
from pipeline.names.spelling import identifier
from pipeline.names.tables import write_table

_KINDS = frozenset(kind for kind in KINDS.values() if kind)
_INITIALS = re.compile(r"\s\(([^\W\d_a-z]{2,8})\)")
_AROUND = 40  # characters of context on each side


@dataclass(frozen=True, slots=True)
class Use:
    """Where a form stands first: a place that a reader can find, and the words around it; how often, and how surely."""

    place: str
    context: str
    count: int = 0
    certainty: float = 1.0


def propose(
    folder: Path,
    texts: Mapping[str, str],
    spans: Sequence[Span],
    known: Authorities,
    places: Mapping[tuple[str, int], str],
) -> dict[Path, int]:
    """Write proposals for the names that `known` does not cover, and return what was written, with its rows.

    places: for (text, offset) of a span, how a reader finds it ("p. 12", "note 4").
    Raises OutputError where the folder cannot be written.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    sums: dict[tuple[str, str], float] = defaultdict(float)
    uses: dict[tuple[str, str], Use] = {}
    for span in spans:
        if span.kind in _KINDS:
            text = texts[span.text]
            form = " ".join(text[span.start : span.end].split())
            counts[span.kind][form] += 1
            sums[span.kind, form] += span.certainty
            uses.setdefault((span.kind, form), Use(places[span.text, span.start], _around(text, span.start, span.end)))
    uses = {
        (kind, form): replace(use, count=(n := counts[kind][form]), certainty=sums[kind, form] / n)
        for (kind, form), use in uses.items()
    }
    written: dict[Path, int] = {}
    unsure: list[dict[str, str]] = []
    taken = set(known.entries)
    introduced = _introduced(texts, spans)
    for stem, kind in KINDS.items():
        if not kind:
            continue
        clustered = _clustered(kind, counts[kind], known, introduced)
        ids = {id(cluster): _identifier(kind, cluster, known, taken) for cluster in clustered.clusters}
        rows = [
            row for cluster in clustered.clusters if (row := _row(kind, cluster, ids[id(cluster)], known, uses, taken))
        ]
        unsure += [
            _unsure(kind, form, fitting, ids, uses)
            for form, fitting in clustered.ambiguous.items()
            if not known.meant(kind, form)
        ]
        table = folder / f"{stem}.csv"
        if table.exists() or (folder / f"{stem}.xml").exists():
            table = folder / f"{stem}.proposed.csv"
            table.unlink(missing_ok=True)
        if rows:
            write_table(table, [*COLUMNS, *PROPOSED], rows)
            written[table] = len(rows)
    apart = folder / "ambiguous.csv"
    apart.unlink(missing_ok=True)
    if unsure:
        write_table(apart, ["form", "kind", "entries", "proposed", *PROPOSED], unsure)
        written[apart] = len(unsure)
    rest = folder / "others.proposed.csv"
    rest.unlink(missing_ok=True)
    if others := _others(texts, spans, known):
        write_table(rest, [*COLUMNS, *PROPOSED], others)
        written[rest] = len(others)
    return written


def unmet(texts: Mapping[str, str], spans: Sequence[Span], known: Authorities) -> list[str]:
    """The names of entries of which no form stands in the text as a name of their kind, in order of the tables."""
    met = {(span.kind, " ".join(texts[span.text][span.start : span.end].split())) for span in spans}
    return [
        entry.name
        for entry in known.entries.values()
        if entry.kind in _KINDS and not any((entry.kind, form) in met for form in entry.forms)
    ]


def _around(text: str, start: int, end: int) -> str:
    return " ".join(text[max(0, start - _AROUND) : end + _AROUND].split())


def _others(texts: Mapping[str, str], spans: Sequence[Span], known: Authorities) -> list[dict[str, str]]:
    """Capitalised words inside sentences that are part of no name, and nowhere one, the most frequent first."""
    taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for span in spans:
        if span.kind in _KINDS or span.kind == "date":
            taken[span.text].append((span.start, span.end))
    names = {texts[span.text][span.start : span.end] for span in spans if span.kind in _KINDS}
    done = names.union(*known.forms.values()) if known.forms else names
    found = [
        each
        for text_id, text in texts.items()
        for each in candidates(text_id, text, taken[text_id], frozenset())
        if not each.opens and each.form not in done
    ]
    counts = Counter(each.form for each in found)
    first = {each.form: _around(texts[each.text], each.start, each.end) for each in reversed(found)}
    return [{"name": form, "count": str(count), "context": first[form]} for form, count in counts.most_common()]


def _introduced(texts: Mapping[str, str], spans: Sequence[Span]) -> dict[str, str]:
    """Initials by the name behind which they stand in brackets: the Harbour Workers Union (HWU)."""
    found = ((_INITIALS.match(texts[s.text], s.end), texts[s.text][s.start : s.end]) for s in spans if s.kind in _KINDS)
    return {match[1]: " ".join(form.split()) for match, form in found if match}


def _clustered(kind: str, counts: Mapping[str, int], known: Authorities, introduced: Mapping[str, str]) -> Clustered:
    """Clusters of the text's forms and of the entries' that are there already: a new form may be one of theirs."""
    others = {*known.forms.get("", ()), *known.forms.get("none", ())}
    wanted = {form: count for form, count in counts.items() if form not in others}
    return people(wanted) if kind == "persName" else things(wanted, introduced)


def _identifier(kind: str, cluster: Cluster, known: Authorities, taken: set[str]) -> str:
    """The id of the entry that has one of the cluster's forms, else a new one."""
    for form in cluster.forms:
        if there := known.forms.get(kind, {}).get(form):
            return there[0]
    return _free(identifier(PREFIXES[kind], cluster.name), taken)


def _row(
    kind: str,
    cluster: Cluster,
    name: str,
    known: Authorities,
    uses: Mapping[tuple[str, str], Use],
    taken: set[str],
) -> dict[str, str]:
    """The row of a cluster: a new entry, or forms that seem to be an old one's; empty where all are known."""
    new = Cluster({form: count for form, count in cluster.forms.items() if form not in known.forms.get(kind, {})})
    if not new.forms:
        return {}
    see = name if name in known.entries else ""
    if see:
        name = _free(identifier(PREFIXES[kind], new.name), taken)
    variants = sorted((form for form in new.forms if form != new.name), key=lambda form: (-new.forms[form], form))
    idno = numbers(new.forms) if kind == "placeName" and not see else {}
    first = uses[kind, max(new.forms, key=lambda form: (new.forms[form], form))]
    return {
        **row(Authority(name, kind, new.name, tuple(variants), idno=idno)),
        "see": see,
        "count": str(new.count),
        "sure": f"{sum(uses[kind, form].certainty * count for form, count in new.forms.items()) / new.count:.2f}",
        "first": first.place,
        "context": first.context,
    }


def _free(wanted: str, taken: set[str]) -> str:
    """An id that nothing has yet, and now has."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    taken.add(name)
    return name


def _unsure(
    kind: str,
    form: str,
    fitting: Sequence[Cluster],
    ids: Mapping[int, str],
    uses: Mapping[tuple[str, str], Use],
) -> dict[str, str]:
    """The row of an ambiguous form: the entries that it fits, and the one that it is proposed for, if any."""
    use = uses[kind, form]
    taken = [cluster for cluster in fitting if form in cluster.forms]
    return {
        "form": form,
        "kind": kind,
        "entries": "; ".join(ids[id(cluster)] for cluster in fitting),
        "proposed": ids[id(taken[0])] if taken else "",
        "count": str(use.count),
        "sure": f"{use.certainty:.2f}",
        "first": use.place,
        "context": use.context,
    }
