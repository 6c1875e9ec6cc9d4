"""Quotations and paragraphs that are in another language as a whole.

Authors quote in whole phrases. Where words of one language make up most of a quotation or paragraph, the names in it,
and words that both languages have, belong to it too; and of a quotation of a few words all are heard together.
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.languages.evidence import Evidence
from pipeline.languages.ranges import Range, inner

Found = tuple[int, int, str, float]
"""(start, end, language, evidence in nats)"""

_QUOTE = re.compile(r"[\"“„«][\s.]*$")
_SOURCE = re.compile(r"\b(?:pp?|nos?|num|vols?|tome)\b\.?\s?\d", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{2})[.?!][\"'”’»)\]]*\s+")
_RATHER = -2.0  # nats
_MOST = 0.65  # share of the letters that makes it all of one language
_AGAINST = 7.0  # nats; more where there is more evidence for it
_SHARE = 0.06
_FEW = 8  # words
_TOGETHER = 6.0  # nats
_STRANGER = -3.0  # nats; a word that few others can outweigh


def wholes(
    seen: Evidence, found: Sequence[Found], holders: Sequence[Range]
) -> Iterator[tuple[int, int, str, float, int]]:
    """(start, end, language, evidence, words) of those of `holders` that are in one other language, inner ones first.

    found: what the sequence of words gave. holders: quotations with their marks, and paragraphs.
    """
    for holder in sorted(set(holders), key=lambda each: (each[1] - each[0], each)):
        start, end = inner(seen.text, *holder)
        if not (words := seen.between(start, end)):
            continue
        inside = [each for each in found if start <= each[0] and each[1] <= end + 1]
        if holder == (0, len(seen.text)) and not _runs_through(seen.text, inside, start):
            continue
        language = _mostly(seen, inside, start, end, words) or _together(seen, words, holder)
        if language:
            start, end = _own_sentences(seen, inside, start, end, language)
            end = _bare(seen.text, start, end)
            gain = max(_total(seen, words, language), sum(each[3] for each in inside if each[2] == language))
            yield start, end, language, gain + 1, len(words)


def _runs_through(text: str, inside: Sequence[Found], start: int) -> bool:
    """Whether a paragraph's stretches are its own words, not what it quotes, and the rest of it names no source."""
    if not inside or (inside[0][0] > start and _QUOTE.search(text[start : inside[0][0]])):
        return False
    edges = [start, *(edge for a, b, _, _ in inside for edge in (a, b)), len(text)]
    return not any(_SOURCE.search(text[a:b]) for a, b in zip(edges[::2], edges[1::2], strict=True))


def _own_sentences(seen: Evidence, inside: Sequence[Found], start: int, end: int, language: str) -> Range:
    """The range without a first or last sentence that holds no stretch and rather speaks against the language."""
    state = seen.languages.index(language)
    same = [(a, b) for a, b, other, _ in inside if other == language]
    if not same:
        return start, end
    ends = [match.end() for match in _SENTENCE_END.finditer(seen.text, start, end)]
    before = [at for at in ends if at <= same[0][0]]
    after = [at for at in ends if at >= same[-1][1]]
    if before and _said(seen, start, before[-1], state) < _RATHER:
        start = before[-1]
    if after and _said(seen, after[0], end, state) < _RATHER:
        end = start + len(seen.text[start : after[0]].rstrip())
    return start, end


def _said(seen: Evidence, start: int, end: int, state: int) -> float:
    return sum(seen.weighed[index][state] for index in seen.between(start, end))


def _mostly(seen: Evidence, inside: Sequence[Found], start: int, end: int, words: range) -> str | None:
    """The language of most of it, where the rest does not speak up against it."""
    size: dict[str, int] = {}
    for a, b, language, _ in inside:
        size[language] = size.get(language, 0) + b - a
    best = max(size, key=size.__getitem__, default="")
    if not best or size[best] < _MOST * (end - start):
        return None
    state = seen.languages.index(best)
    same = [(a, b) for a, b, language, _ in inside if language == best]
    rest = [i for i in words if not any(a <= seen.words[i].start < b for a, b in same)]
    gain = sum(each[3] for each in inside if each[2] == best)
    return best if sum(seen.weighed[i][state] for i in rest) > -max(_AGAINST, _SHARE * gain) else None


def _together(seen: Evidence, words: range, holder: Range) -> str | None:
    """The language of a quotation of a few words, heard together."""
    spoken = [index for index in words if any(seen.weighed[index])]
    if not 2 <= len(spoken) <= _FEW or holder == (0, len(seen.text)):
        return None
    totals = {language: _total(seen, spoken, language) for language in seen.languages[1:]}
    best = max(totals, key=totals.__getitem__)
    state = seen.languages.index(best)
    if totals[best] < _TOGETHER or any(seen.raw[index][state] < _STRANGER for index in spoken):
        return None
    return best


def _total(seen: Evidence, words: Sequence[int], language: str) -> float:
    state = seen.languages.index(language)
    heard = sum(seen.raw[i][state] * (0.5 if seen.words[i].capital else 1) for i in words if any(seen.weighed[i]))
    return heard - seen.asked[state]


def _bare(text: str, start: int, end: int) -> int:
    """The end without the comma that the quotation marks took in, or the full stop of a short phrase."""
    inside = text[start:end]
    marks = ",;: " if inside.endswith("...") or len(inside) >= 60 else ".,;: "
    return start + len(inside.rstrip(marks))
