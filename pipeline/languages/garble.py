"""Passages that no language explains: what a recogniser makes up over stains, or says again and again.

A loop is the same words, again directly after themselves; recognisers fall into them, typists do not. Nonsense is a
run of words of which most are in no list and spelled like nothing that was learned.
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.languages.evidence import Evidence
from pipeline.languages.ranges import Range

_WORD = re.compile(r"\w+")
_PERIOD = 12  # words that come again
_PHRASE = 4  # words that nobody types twice; fewer are looked for four times in a row
_LETTERS = 18  # of what came again
_WINDOW = 8  # words
_STRANGE = 0.6  # share of a window that no list knows
_SPELLED = -3.4  # nats a letter; below it nothing learned is spelled so


def loops(text: str) -> Iterator[Range]:
    """Where four or more words come twice in a row, or fewer four times."""
    words = [(match.group().lower(), match.start(), match.end()) for match in _WORD.finditer(text)]
    index = 0
    while index < len(words):
        for period in range(1, min(_PERIOD, (len(words) - index) // 2) + 1):
            times = _times(words, index, period)
            last = index + period * times - 1
            said = sum(len(word) for word, _, _ in words[index + period : last + 1])
            if times >= (2 if period >= _PHRASE else 4) and said >= _LETTERS:
                yield words[index][1], words[last][2]
                index = last
                break
        index += 1


def nonsense(seen: Evidence) -> Iterator[Range]:
    """Where most words of a window are in no list of the document's languages and spelled like none of them."""
    heard = [i for i, word in enumerate(seen.words) if word.end - word.start >= 3 and not word.capital]
    strange = [_strange(seen, index) for index in heard]
    marked = [False] * len(heard)
    for at in range(len(heard) - _WINDOW + 1):
        if sum(strange[at : at + _WINDOW]) >= _STRANGE * _WINDOW and strange[at]:
            marked[at : at + _WINDOW] = [True] * _WINDOW
    start: int | None = None
    for at, index in enumerate([*heard, -1]):
        inside = at < len(heard) and marked[at]
        if inside and start is None:
            start = seen.words[index].start
        if not inside and start is not None:
            yield start, seen.words[heard[at - 1]].end
            start = None


def _times(words: Sequence[tuple[str, int, int]], index: int, period: int) -> int:
    first = [word for word, _, _ in words[index : index + period]]
    times = 1
    while [word for word, _, _ in words[index + times * period : index + (times + 1) * period]] == first:
        times += 1
    return times


def _strange(seen: Evidence, index: int) -> bool:
    word = seen.words[index]
    script = "LATIN" if word.script == "MIXED" else word.script
    lexica = [each for each in seen.lexica if each.script == script]
    if any(word.form in each.words or all(part in each.words for part in word.form.split("'")) for each in lexica):
        return False
    return all(each.spelling(word.form) / (len(word.form) + 1) < _SPELLED for each in lexica)
