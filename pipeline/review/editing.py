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
    """The changes, in order, as few words and signs as possible; what is only added takes its neighbour in.

    More or less room between two words is no change.
    """
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
    found = [_with_neighbours(_trimmed(change, old), old) for change in found]
    if any(one.end > two.start for one, two in pairwise(found)):
        found = [Change(0, len(old), new)]
    return [change for change in found if change.new.split() != old[change.start : change.end].split()]


def _trimmed(change: Change, old: str) -> Change:
    """A change without the spaces at its ends that stay."""
    start, end, new = change.start, change.end, change.new
    while start < end and new[:1] == old[start] == " ":
        start, new = start + 1, new[1:]
    while start < end and new[-1:] == old[end - 1] == " ":
        end, new = end - 1, new[:-1]
    return Change(start, end, new)


def _with_neighbours(change: Change, old: str) -> Change:
    """An addition stands on no character of the old wording, and a lone space is nothing to see: both take neighbours.

    That is the piece before it; the one after it where there is none, and for a space that came or went also.
    """
    blank = not (old[change.start : change.end].strip() or change.new.strip())
    if change.start < change.end and not blank:
        return change
    start, end, new = change.start, change.end, change.new
    pieces = [piece for piece in _PIECE.finditer(old) if not piece.group().isspace()]
    before = next((piece for piece in reversed(pieces) if piece.end() <= start), None)
    after = next((piece for piece in pieces if piece.start() >= end), None)
    if before:
        new, start = old[before.start() : start] + new, before.start()
    if after and (blank or not before):
        new, end = new + old[end : after.end()], after.end()
    return Change(start, end, new)
