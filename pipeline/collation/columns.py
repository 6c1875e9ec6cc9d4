"""From pairs of sequences to columns: places of the text with what each witness has there."""

import gc
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise

from pipeline.collation.align import Link, align, key, keys
from pipeline.collation.moves import moved
from pipeline.model import Token

_CLOSING = re.compile(r"[;:?!»”\"%)\]][.,;:?!»”\")\]]*")


@dataclass(slots=True)
class Place:
    """A place of the text, before a reading is chosen: for each witness its tokens [start, end)."""

    readings: dict[str, tuple[int, int]]
    moved: tuple[str, ...] = ()


def places(witnesses: Mapping[str, Sequence[Token]]) -> list[Place]:
    """Align all witnesses, in the order given; the first one gives the order of the text.

    Every token of every witness stands in exactly one place.
    """
    row: list[Place] = []
    with _no_collector():
        told = {siglum: keys(token.text for token in tokens) for siglum, tokens in witnesses.items()}
        numbers = list(range(max(map(len, told.values()), default=0) + 1))
        single = list(pairwise(numbers))  # shared by all places: most hold one token of each witness
        for number, (siglum, own) in enumerate(told.items()):
            if number == 0:
                row = [Place({siglum: span}) for span in single[: len(own)]]
            else:
                known = [_key(place, told) for place in row] if number > 1 else next(iter(told.values()))
                row = _join(row, known, siglum, own, single)
    return _with_signs(row, witnesses)


def _with_signs(row: Sequence[Place], witnesses: Mapping[str, Sequence[Token]]) -> list[Place]:
    """Join a sign that one witness has on its own, behind a space, with the word at which another has it ("vrai ;")."""
    joined: list[Place] = []
    for place in row:
        if joined and _has_sign_of(joined[-1], place, witnesses):
            _merge(joined[-1], place)
        else:
            joined.append(place)
    return joined


def _has_sign_of(word: Place, sign: Place, witnesses: Mapping[str, Sequence[Token]]) -> bool:
    """Whether a lone sign follows on a witness's word, and another witness ends that word with it."""
    siglum, (start, _) = next(iter(sign.readings.items()))
    token = witnesses[siglum][start]
    if len(sign.readings) > 1 or word.readings.get(siglum, (0, -1))[1] != start or not _CLOSING.fullmatch(token.text):
        return False
    own = witnesses[siglum][start - 1]
    others = [witnesses[other][last - 1] for other, (_, last) in word.readings.items() if other != siglum]
    return {token.kind, own.kind} == {"word"} and any(
        other.kind == "word" and other.text.endswith(token.text) and not own.text.endswith(token.text)
        for other in others
    )


@contextmanager
def _no_collector() -> Iterator[None]:
    """Nothing here makes cycles; Python's search for them would take a third of the time of a whole book."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def overlap(row: Sequence[Place], siglum: str, witnesses: Mapping[str, Sequence[Token]]) -> float:
    """Share (0..1) of words that a witness has in common with the others, in the same place.

    It is of the shorter side: a few scanned pages of a whole book belong to it as surely as all of them.
    """
    met = 0
    for place in row:
        if siglum in place.readings and len(place.readings) > 1:
            keys = {each: _text_key(witnesses[each][start:end]) for each, (start, end) in place.readings.items()}
            met += any(keys[each] == keys[siglum] for each in keys if each != siglum)
    shorter = min(len(witnesses[siglum]), max((len(t) for each, t in witnesses.items() if each != siglum), default=0))
    return met / shorter if shorter else 1.0


def _key(place: Place, told: Mapping[str, Sequence[str]]) -> str:
    """What the first witness of a place reads there, as a key."""
    siglum, (start, end) = next(iter(place.readings.items()))
    return told[siglum][start] if end == start + 1 else "".join(told[siglum][start:end])


def _text_key(tokens: Sequence[Token]) -> str:
    return key("".join(token.text for token in tokens))


def _join(
    row: list[Place], known: list[str], siglum: str, tokens: list[str], single: Sequence[tuple[int, int]]
) -> list[Place]:
    """Put one more witness into the row of places. single: the span of every single token."""
    rising = [link for link in align(known, tokens) if _each(link) or _whole(row[link.a : link.a_end])]
    displaced = moved(known, tokens, rising)
    partner: list[tuple[int, int] | None] = [None] * len(row)
    merged: set[int] = set()
    for link in (*rising, *displaced):
        if _each(link):
            partner[link.a : link.a_end] = single[link.b : link.b_end]
        else:
            partner[link.a] = (link.b, link.b_end)
            merged.update(range(link.a + 1, link.a_end))
    behind = _insertions(rising, displaced, len(tokens))
    joined: list[Place] = [Place({siglum: single[index]}) for index in behind.get(-1, ())]
    for index, (place, span) in enumerate(zip(row, partner, strict=True)):
        if index in merged:
            _merge(joined[-1], place)
        else:
            joined.append(place)
            if span:
                place.readings[siglum] = span
        if index in behind:
            joined.extend(Place({siglum: single[each]}) for each in behind[index])
    for link in displaced:
        for place in row[link.a : link.a_end]:
            place.moved = (*place.moved, siglum)
    return joined


def _each(link: Link) -> bool:
    """Whether its tokens meet one by one."""
    return link.a_end - link.a == link.b_end - link.b


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


def _insertions(rising: Sequence[Link], displaced: Sequence[Link], size: int) -> dict[int, list[int]]:
    """Tokens that only the new witness has, by the place behind which they belong (-1: before all).

    Those within a moved passage go with it; those behind it stand where the text before it does.
    """
    behind: dict[int, list[int]] = {}
    here, after, last = 0, -1, -1
    in_order = [(link.b, link.b_end, link.a_end - 1, False) for link in rising]
    moved_away = [(link.b, link.b_end, link.a_end - 1, True) for link in displaced]
    for start, end, place, away in [*sorted(in_order + moved_away), (size, size, after, False)]:
        if here < start:
            behind.setdefault(last if away else after, []).extend(range(here, start))
        here, last = end, place
        after = after if away else place
    return behind
