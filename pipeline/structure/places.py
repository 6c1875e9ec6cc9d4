"""Where a note is likely called when no number is left to say so.

Kinds of places (behind the end of a block quotation, behind a closing quotation mark, at the end of a sentence) are
weighed by how often notes of the same document, whose numbers are there, stand at them; a place is likelier too if
its sentence has a name that the note has. The certainty of a guess is its share of all places that it could be.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import accumulate

from pipeline.structure.stream import Item

PRIOR = {"block": 0.3, "quoted sentence": 0.2, "quoted": 0.15, "sentence": 0.05, "clause": 0.01, "word": 0.002}
"""Share (0..1) of the places of a kind at which a note is called, before the document has been asked."""
WEIGHT = 40.0
"""Places that the prior counts for."""
SHARED = 0.8
"""Log odds for a name that note and sentence share, if it occurs COMMON times at most."""
COMMON = 5
SENTENCE = 25
"""Words before a place that are looked through for names."""
HIGHEST = 0.49
"""A guess is never surer (0..1): below 0.5 it is marked as conjectural."""

_DOUBLE = re.compile(r"[.!?…,][\"”»“]\W*$")
_QUOTED = re.compile(r"[\"”»][\W]*$|[^\W\d_sS]['’][.,;:]?$|[.,!?]['’]$")
_STOP = re.compile(r"[.!?…]['’)\]]*$")
_CLAUSE = re.compile(r"[,;:)]$")
_ABBREVIATED = re.compile(r"^\W*([^\W\d_]{1,3}\.)+$|^\W*\d+\.$")
_NAME = re.compile(r"\b[^\W\d_a-zà-ÿ][^\W\d_]{3,}")


class Places:
    """The places of a main text, weighed by its own notes.

    items: the main text. ends: items at which block quotations end. barred: items of headings and lists of contents,
    where no note is guessed. known: items behind which a note surely stands.
    """

    def __init__(
        self, items: Sequence[Item], ends: Collection[int], barred: Collection[int], known: Collection[int]
    ) -> None:
        self._items = items
        self._ends = frozenset(ends)
        self._taken = frozenset((*known, *barred))
        kinds = [kind(item.text, at in self._ends) for at, item in enumerate(items)]
        all_places, used = Counter(kinds), Counter(kinds[at] for at in known if at < len(kinds))
        self._kinds = kinds
        self._names = Counter(name for item in items for name in _NAME.findall(item.text))
        self._odds = {
            kind: math.log(share / (1 - share))
            for kind, prior in PRIOR.items()
            for share in [(used[kind] + WEIGHT * prior) / (all_places[kind] + WEIGHT)]
            if share < 1
        }

    def likeliest(self, start: int, end: int, texts: Sequence[str]) -> list[tuple[int, float]]:
        """For notes of these texts, in order, a place in items [start, end) and its certainty."""
        free = [at for at in range(start, end) if at not in self._taken and self._items[at].text]
        if not free:
            return [(max(0, min(start, len(self._items)) - 1), 0.0) for _ in texts]
        named = [{name for name in _NAME.findall(text[:200]) if self._names[name] <= COMMON} for text in texts]
        weights = [[self._weight(at, names) for at in free] for names in named]
        chosen = _rising(weights)
        found = []
        for row, place in zip(weights, chosen, strict=True):
            total = sum(math.exp(weight) for weight in row)
            share = len(texts) * math.exp(row[place]) / total
            found.append((free[place], round(min(HIGHEST, share), 3)))
        return found

    def _weight(self, at: int, names: Collection[str]) -> float:
        weight = self._odds[self._kinds[at]]
        if names and self._kinds[at] != "word":
            sentence = " ".join(item.text for item in self._items[max(0, at - SENTENCE) : at + 1])
            weight += SHARED * any(name in sentence for name in names)
        return weight


def kind(text: str, ends: bool) -> str:
    """What kind of place is behind a word; ends: a block quotation ends with it."""
    if ends:
        return "block"
    if _DOUBLE.search(text):
        return "quoted sentence"
    if _QUOTED.search(text):
        return "quoted"
    if _STOP.search(text) and not _ABBREVIATED.match(text):
        return "sentence"
    return "clause" if _CLAUSE.search(text) else "word"


def room(items: Sequence[Item], ends: Collection[int], barred: Collection[int]) -> list[float]:
    """For every item, how many notes the text before it is likely to call; one more at the end."""
    closed, without = frozenset(ends), frozenset(barred)
    shares = (0.0 if at in without else PRIOR[kind(item.text, at in closed)] for at, item in enumerate(items))
    return [0.0, *accumulate(shares)]


def _rising(weights: Sequence[Sequence[float]]) -> list[int]:
    """One place for each row, rising strictly while there is room, of the greatest sum."""
    width = len(weights[0])
    room = width >= len(weights)
    best: list[float] = list(weights[0])
    back: list[list[int]] = []
    for row in weights[1:]:
        reached: list[float] = []
        came: list[int] = []
        top, at = -math.inf, 0
        for place in range(width):
            if not room and best[place] > top:
                top, at = best[place], place
            reached.append(top + row[place])
            came.append(at)
            if room and best[place] > top:
                top, at = best[place], place
        back.append(came)
        best = reached
    place = max(range(width), key=lambda each: (best[each], -each))
    chosen = [place]
    for came in reversed(back):
        place = came[place]
        chosen.append(place)
    return chosen[::-1]
