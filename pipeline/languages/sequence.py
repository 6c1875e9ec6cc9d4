"""The likeliest sequence of languages of a text, by the Viterbi algorithm.

A change of language costs more within a phrase than at a quotation mark or a paragraph's end. So two or three sure
words are enough to open a stretch, and a doubtful one inside it does not end it.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.languages.evidence import Evidence

Run = tuple[int, int, int]
"""(index of the language, first word, last word)"""

_AGAINST = 7.0  # words in a row that say so much against a stretch part it (nats)


def runs(seen: Evidence) -> Iterator[Run]:
    """The runs of words in another language than the main one, in order, without quiet words at their ends."""
    path = _viterbi(seen.weighed, _costs(seen), seen.asked)
    first = 0
    for state, group in itertools.groupby(path):
        last = first + sum(1 for _ in group) - 1
        if state:
            for a, b in _coherent(seen, state, first, last):
                yield from _trimmed(seen, state, a, b)
        first = last + 1


def loud(seen: Evidence, index: int, state: int) -> float:
    """Evidence of a word; beside others even a capitalised one speaks up when it is plainly of the language."""
    raw, own = seen.raw[index][state], seen.weighed[index][state]
    return max(own, raw / 2) if raw >= 3 and any(seen.weighed[index]) else own


def _costs(seen: Evidence) -> list[float]:
    """What a change of language costs just before each word."""
    return [2.0, *(_cost(seen.text[a.end : b.start]) for a, b in itertools.pairwise(seen.words))]


@lru_cache(maxsize=4096)
def _cost(gap: str) -> float:
    if "\n" in gap or any(mark in gap for mark in '"“”„«»()[]'):
        return 2.0
    if re.search(r"[.?!:]\s|\s['‘]|['’]\s", gap):
        return 3.5
    return 5.5 if any(mark in gap for mark in ",;-–—/") else 7.0


def _viterbi(values: Sequence[Sequence[float]], costs: Sequence[float], entries: Sequence[float]) -> list[int]:
    """The likeliest language of each word, as an index. entries: what each language costs to enter."""
    if not values:
        return []
    states = range(len(entries))
    best = [values[0][s] - (costs[0] + entries[s] if s else 0.0) for s in states]
    back: list[list[int]] = []
    for value, cost in zip(values[1:], costs[1:], strict=True):
        top = max(states, key=best.__getitem__)
        came = [s if best[s] >= best[top] - cost - entries[s] else top for s in states]
        best = [value[s] + (best[s] if came[s] == s else best[top] - cost - entries[s]) for s in states]
        back.append(came)
    path = [max(states, key=best.__getitem__)]
    for came in reversed(back):
        path.append(came[path[-1]])
    return path[::-1]


def _coherent(seen: Evidence, state: int, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The run in pieces, parted at paragraphs and where words in a row speak against it."""
    start, against, since = first, 0.0, first
    for index in range(first, last + 1):
        if index > start and "\n" in seen.text[seen.words[index - 1].end : seen.words[index].start]:
            yield start, index - 1
            start, against = index, 0.0
        if against == 0.0:
            since = index
        against = min(0.0, against + seen.weighed[index][state])
        if against <= -_AGAINST:
            if since > start:
                yield start, since - 1
            start, against = index + 1, 0.0
    if start <= last:
        yield start, last


def _trimmed(seen: Evidence, state: int, first: int, last: int) -> Iterator[Run]:
    """The run without the words at either end that say nothing for it."""
    while first <= last and loud(seen, first, state) < 1:
        first += 1
    while last >= first and loud(seen, last, state) < 1:
        last -= 1
    if first <= last:
        yield state, first, last
