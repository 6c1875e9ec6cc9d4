"""Passages that no language explains: what a recogniser makes up over stains, or says again and again.

A loop is the same words, again directly after themselves; recognisers fall into them, typists do not. Nonsense is a
run of words of which most are in no list.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from pipeline.languages.evidence import Evidence
from pipeline.languages.ranges import Range, meets

_WORD = re.compile(r"\w+")
_PERIOD = 12  # words that come again
_PHRASE = 4  # words that nobody types twice; fewer are looked for four times in a row
_LETTERS = 18  # of what came again
_WINDOW = 8  # words
_STRANGE = 5  # words of a window that no list knows


def loops(text: str) -> Iterator[Range]:
    """Where four or more words come twice in a row, or fewer four times."""
    words = [(match.group().lower(), match.start(), match.end()) for match in _WORD.finditer(text)]
    index = 0
    while index < len(words):
        for period in range(1, min(_PERIOD, (len(words) - index) // 2) + 1):
            if words[index + period][0] != words[index][0]:
                continue
            times = _times(words, index, period)
            last = index + period * times - 1
            said = sum(len(word) for word, _, _ in words[index + period : last + 1])
            if times >= (2 if period >= _PHRASE else 4) and said >= _LETTERS:
                yield words[index][1], words[last][2]
                index = last
                break
        index += 1


def nonsense(seen: Evidence, unjudged: Sequence[Range] = ()) -> Iterator[Range]:
    """Where most words of a window are in no list of the document's languages.

    unjudged: where the language is one whose list lacks most inflected forms.
    """
    heard = [
        index
        for index, word in enumerate(seen.words)
        if word.end - word.start >= 3 and not word.capital and not meets((word.start, word.end), unjudged)
    ]
    strange = [not _listed(seen, index) for index in heard]
    marked = [False] * len(heard)
    for at in range(len(heard) - _WINDOW + 1):
        if strange[at] and sum(strange[at : at + _WINDOW]) >= _STRANGE:
            marked[at : at + _WINDOW] = [True] * _WINDOW
    for judged, group in itertools.groupby(zip(heard, marked, strict=True), key=lambda each: each[1]):
        indices = [index for index, _ in group]
        if judged:
            yield seen.words[indices[0]].start, seen.words[indices[-1]].end


def _times(words: Sequence[tuple[str, int, int]], index: int, period: int) -> int:
    first = [word for word, _, _ in words[index : index + period]]
    times = 1
    while [word for word, _, _ in words[index + times * period : index + (times + 1) * period]] == first:
        times += 1
    return times


def _listed(seen: Evidence, index: int) -> bool:
    word = seen.words[index]
    script = "LATIN" if word.script == "MIXED" else word.script
    lists = [each.words for each in seen.lexica if each.script == script]
    return any(word.form in words or all(part in words for part in word.form.split("'")) for words in lists)
