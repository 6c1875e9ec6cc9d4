"""From pairs of sequences to columns: places of the text with what each witness has there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.collation.align import Link, align, key
from pipeline.collation.moves import moved
from pipeline.model import Token


@dataclass(slots=True)
class Place:
    """A place of the text, before a reading is chosen: for each witness its tokens [start, end)."""

    readings: dict[str, tuple[int, int]] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)


def places(witnesses: Mapping[str, Sequence[Token]]) -> list[Place]:
    """Align all witnesses, in the order given; the first one gives the order of the text.

    Every token of every witness stands in exactly one place.
    """
    row: list[Place] = []
    keys: list[str] = []
    for siglum, tokens in witnesses.items():
        row = _join(row, keys, siglum, [key(token.text) for token in tokens]) if row else _alone(siglum, len(tokens))
        keys = [_key(place, witnesses) for place in row]
    return row


def overlap(row: Sequence[Place], siglum: str, witnesses: Mapping[str, Sequence[Token]]) -> float:
    """Share (0..1) of the tokens of a witness that another witness has in the same place."""
    tokens = witnesses[siglum]
    met = sum(
        len({_text_key(witnesses[each][start:end]) for each, (start, end) in place.readings.items()})
        < len(place.readings)
        for place in row
        if siglum in place.readings and len(place.readings) > 1
    )
    return met / len(tokens) if tokens else 1.0


def _alone(siglum: str, size: int) -> list[Place]:
    return [Place({siglum: (index, index + 1)}) for index in range(size)]


def _key(place: Place, witnesses: Mapping[str, Sequence[Token]]) -> str:
    siglum, (start, end) = next(iter(place.readings.items()))
    return _text_key(witnesses[siglum][start:end])


def _text_key(tokens: Sequence[Token]) -> str:
    return key("".join(token.text for token in tokens))


def _join(row: list[Place], keys: list[str], siglum: str, tokens: list[str]) -> list[Place]:
    """Put one more witness into the row of places."""
    rising = [link for link in align(keys, tokens) if _whole(row[link.a : link.a_end])]
    links = [*rising, *moved(keys, tokens, rising)]
    heads = {link.a: link for link in links}
    inside = {i for link in links for i in range(link.a + 1, link.a_end)}
    behind = _insertions(rising, links, len(tokens))
    joined: list[Place] = [Place({siglum: span}) for span in behind.get(-1, [])]
    for index, place in enumerate(row):
        if index in inside:
            _merge(joined[-1], place)
        else:
            joined.append(place)
            link = heads.get(index)
            if link:
                place.readings[siglum] = (link.b, link.b_end)
                if link.moved:
                    place.moved.add(siglum)
        if index + 1 not in inside:
            joined.extend(Place({siglum: span}) for span in behind.get(index, []))
    return joined


def _whole(together: Sequence[Place]) -> bool:
    """Whether places can be made one: what each witness has there must follow on."""
    return all(
        siglum not in after.readings
        or siglum not in before.readings
        or before.readings[siglum][1] == after.readings[siglum][0]
        for before, after in pairwise(together)
        for siglum in before.readings
    )


def _merge(into: Place, other: Place) -> None:
    for siglum, (start, end) in other.readings.items():
        first, last = into.readings.get(siglum, (start, end))
        into.readings[siglum] = (min(first, start), max(last, end))


def _insertions(rising: Sequence[Link], links: Sequence[Link], size: int) -> dict[int, list[tuple[int, int]]]:
    """Tokens that only the new witness has, by the place behind which they belong (-1: before all)."""
    taken = bytearray(size)
    for link in links:
        taken[link.b : link.b_end] = b"\1" * (link.b_end - link.b)
    behind: dict[int, list[tuple[int, int]]] = {}
    after = -1
    ends = {link.b_end - 1: link.a_end - 1 for link in rising}
    for index in range(size):
        if not taken[index]:
            behind.setdefault(after, []).append((index, index + 1))
        after = ends.get(index, after)
    return behind
