"""Stretches of a text that stand in another language.

The sequence of languages gives runs of words; a run with evidence enough is a stretch. Then marks are heard: a
quotation or paragraph that is mostly in one language is so as a whole, a few quoted words need less evidence, and a
phrase goes on to the noun that its last article asks for.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.languages import latin
from pipeline.languages.evidence import OTHER_SCRIPT, Evidence
from pipeline.languages.limits import rounded
from pipeline.languages.ranges import Range, meets
from pipeline.languages.sequence import Run, loud, runs
from pipeline.languages.wholes import wholes

_ENOUGH = 9.0  # nats
_SET_PHRASE = 20.0  # nats
_SHORTEST = 5  # characters; less is debris
_ALONE = OTHER_SCRIPT - 8.0  # what a single word must say: its script does


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters [start, end) stand in `lang`; gain: evidence over the main language, in nats; words: their number."""

    start: int
    end: int
    lang: str
    gain: float
    words: int


def stretches(
    seen: Evidence, quotations: Sequence[Range] = (), titles: Sequence[Range] = (), entry: bool = False
) -> list[Stretch]:
    """The stretches of a text in another language than its main one, in order, without overlaps.

    quotations: ranges that hold a quotation with its marks; a stretch that fills most of one fills it whole.
    titles: ranges (underlined, as a rule) that are names of works and do not count. entry: the text is an entry of a
    bibliography, which has parts in several languages and is never in one as a whole.
    """
    if len(seen.languages) < 2 or not seen.words:
        return []
    parts = (part for run in runs(seen) for part in _parted(seen, run, quotations))
    found = [_rounded(seen, each) for part in parts if _sure(each := _stretch(seen, part))]
    holders = [*quotations, *([] if entry else [(0, len(seen.text))])]
    filled = [Stretch(*each) for each in wholes(seen, [(s.start, s.end, s.lang, s.gain) for s in found], holders)]
    phrases = _phrases(seen, titles) if "la" in seen.languages[1:] else []
    found = [
        each for each in found if not any(phrase.start <= each.start and each.end <= phrase.end for phrase in phrases)
    ]
    return _apart([*phrases, *filled, *found])


def _parted(seen: Evidence, run: Run, quotations: Sequence[Range]) -> Iterator[Run]:
    """The run, cut where a quotation begins or ends of which it holds only a part."""
    state, first, last = run
    start, end = seen.words[first].start, seen.words[last].end
    crossing = [q for q in quotations if q[0] < end and start < q[1] and not (start <= q[0] and q[1] <= end)]
    cuts = {seen.between(0, edge).stop for quotation in crossing for edge in quotation}
    edges = [first, *sorted(cut for cut in cuts if first < cut <= last), last + 1]
    yield from ((state, a, b - 1) for a, b in itertools.pairwise(edges))


def _stretch(seen: Evidence, run: Run) -> Stretch:
    state, first, last = run
    values = [loud(seen, index, state) for index in range(first, last + 1)]
    start, end = seen.words[first].start, seen.words[last].end
    return Stretch(start, end, seen.languages[state], sum(values), _said(seen.text[start:end], values))


def _said(written: str, values: Sequence[float]) -> int:
    """How many words spoke; the halves of a compound are one word, as with loanwords ("petit-bourgeois")."""
    return min(sum(abs(value) >= 1 for value in values), len(written.split()))


def _sure(stretch: Stretch) -> bool:
    """Two words or more with evidence enough; a single word only where its script tells, a few letters never."""
    if stretch.end - stretch.start < _SHORTEST and stretch.gain < _ALONE:
        return False
    return stretch.gain >= (_ENOUGH if stretch.words >= 2 else _ALONE)


def _rounded(seen: Evidence, stretch: Stretch) -> Stretch:
    start, end = rounded(seen, stretch.start, stretch.end, stretch.lang)
    return Stretch(start, end, stretch.lang, stretch.gain, stretch.words)


def _phrases(seen: Evidence, titles: Sequence[Range]) -> list[Stretch]:
    """Latin set phrases; they are told by themselves, limits and all, and count as two words however long they are."""
    found = ((seen.words[first].start, seen.words[last].end) for first, last in latin.phrases(seen.text, seen.words))
    return [Stretch(*each, "la", _SET_PHRASE, 2) for each in found if not meets(each, titles)]


def _apart(found: Sequence[Stretch]) -> list[Stretch]:
    """In order, and of those that overlap the one with more evidence."""
    kept: list[Stretch] = []
    for each in sorted(found, key=lambda each: (-each.gain, -each.end + each.start, each.start)):
        if not meets((each.start, each.end), [(other.start, other.end) for other in kept]):
            kept.append(each)
    return sorted(kept, key=lambda each: each.start)
