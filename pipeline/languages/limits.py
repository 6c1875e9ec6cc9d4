"""Where a stretch really begins and ends.

The evidence finds the words that are plainly of a language. A phrase does not end in an article or a preposition, nor
begin behind the noun that it qualifies; a year belongs to the words before it; brackets come in pairs.
"""

import re

from pipeline.languages.evidence import Evidence
from pipeline.languages.ranges import Range

_SMALL = 5e-4  # share of all words from which on a short word is an article, a preposition or the like
_AGAINST = -4.0  # a word so much against the language (nats) is not taken in
_SPEAKS = 0.5  # nats
_PART = re.compile(r",\s[^\W\d_]{1,5}\.?\s\d+(?!\w)")
_DAY = re.compile(r"(?:^|[\n,(\[]\s?)(\d{1,2}\s)$")
_NUMBER = re.compile(r"\s\d{1,4}(?:-\d{1,4})?(?![\w/])")


def rounded(seen: Evidence, start: int, end: int, language: str) -> Range:
    """The limits of a stretch in `language` found at characters [start, end), to the borders of its phrase."""
    state = seen.languages.index(language)
    indices = seen.between(start, end)
    first, last = indices[0], indices[-1]
    first = _leftwards(seen, first, state)
    last = _rightwards(seen, last, state)
    start, end = min(start, seen.words[first].start), max(end, seen.words[last].end)
    if seen.script(language) != seen.script(seen.languages[0]) and (
        day := _DAY.search(seen.text[max(0, start - 5) : start])
    ):
        start -= len(day[1])
    if number := _NUMBER.match(seen.text, end):
        end = _with_issue(seen, number.end(), state)
    return start, _closed(seen.text, start, end)


def _leftwards(seen: Evidence, first: int, state: int) -> int:
    """Over a capitalised word that opens the phrase: the noun of "Chronique du port"."""
    if not seen.words[first].capital and first > 0 and _joined(seen, first - 1):
        before = seen.words[first - 1]
        if before.capital and before.script == "LATIN" and seen.raw[first - 1][state] > _AGAINST:
            return first - 1
    return first


def _rightwards(seen: Evidence, last: int, state: int) -> int:
    """Over the word that an article or preposition at the end asks for."""
    if _small(seen, last, state) and _joined(seen, last):
        after = seen.words[last + 1]
        if after.capital or seen.raw[last + 1][state] > _AGAINST:
            last += 1
            while after.capital and _joined(seen, last) and seen.words[last + 1].capital:
                last += 1
    return last


def _with_issue(seen: Evidence, end: int, state: int) -> int:
    """Beyond the numbered parts that follow a number (", t. 4, núm. 12"), where one of them is of the language."""
    at, reached = end, end
    while part := _PART.match(seen.text, at):
        at = part.end()
        if any(seen.raw[index][state] > _SPEAKS for index in seen.between(*part.span())):
            reached = at
    return reached


def _joined(seen: Evidence, index: int) -> bool:
    """Whether only a space stands between a word and the next."""
    return index + 1 < len(seen.words) and seen.text[seen.words[index].end : seen.words[index + 1].start] == " "


def _small(seen: Evidence, index: int, state: int) -> bool:
    word = seen.words[index]
    return word.end - word.start <= 4 and not word.capital and seen.frequency(index, state) > _SMALL


def _closed(text: str, start: int, end: int) -> int:
    """Beyond the bracket that was opened inside, if it closes there."""
    inside = text[start:end]
    for opening, closing in ("()", "[]"):
        if inside.count(opening) > inside.count(closing) and text[end : end + 1] == closing:
            return end + 1
    return end
