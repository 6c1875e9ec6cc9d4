"""A new wording against the old: which words were replaced, so that everything else keeps its markup."""

import re
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Indel

_PIECE = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Change:
    """Characters [start, end) of the old wording read `new`."""

    start: int
    end: int
    new: str


def changes(old: str, new: str) -> list[Change]:
    """The changes, in order, as few words and signs as possible; what is only added takes its neighbour in."""
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    starts = [0]
    for piece in before:
        starts.append(starts[-1] + len(piece))
    found: list[Change] = []
    for code in Indel.opcodes(before, after):
        if code.tag == "equal":
            continue
        a0, a1, b0, b1 = code.src_start, code.src_end, code.dest_start, code.dest_end
        gap = old[found[-1].end : starts[a0]] if found else ""
        if found and not gap.strip():
            joined = found.pop()
            found.append(Change(joined.start, starts[a1], joined.new + gap + "".join(after[b0:b1])))
        else:
            found.append(Change(starts[a0], starts[a1], "".join(after[b0:b1])))
    found = [_with_neighbour(change, old) for change in found]
    apart = all(one.end <= two.start for one, two in pairwise(found))
    return found if apart else [Change(0, len(old), new)]


def _with_neighbour(change: Change, old: str) -> Change:
    """An addition stands on no character of the old wording; it takes the piece before it, or the one after."""
    if change.start < change.end:
        return change
    pieces = list(_PIECE.finditer(old))
    before = next((p for p in reversed(pieces) if p.end() <= change.start and not p.group().isspace()), None)
    if before:
        gap = old[before.end() : change.start]
        return Change(before.start(), change.end, before.group() + gap + change.new)
    after = next((p for p in pieces if p.start() >= change.end and not p.group().isspace()), None)
    if after:
        return Change(change.start, after.end(), change.new + old[change.end : after.end()])
    return change
