"""Quotations: a stretch named by its words and what stands around them, and found again by them.

The method of the W3C Web Annotation Data Model (Text Quote Selector): exact, prefix and suffix. Exact finds come
first; where the text has changed near by, the best near find is taken if nothing else comes close, and reported.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline.model import Decision

_AROUND = 32
_MOST_AROUND = 256
_NEAR = 0.75
_AHEAD = 0.1
_MOST_PLACES = 2000


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words of a stretch, and those before and after it; line feeds stand as spaces."""

    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Fit:
    """Where a decision belongs: characters [start, end) of `text`. doubt: why that is not certain, or nothing."""

    text: str
    start: int
    end: int
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a decision belongs nowhere."""

    reason: str


class Texts:
    """The texts of a reading, in which quotations are made and found."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = {name: _flat(text) for name, text in texts.items()}

    def has(self, text: str) -> bool:
        """Whether there is a text of that name."""
        return text in self._texts

    def quote(self, text: str, start: int, end: int) -> Quotation:
        """Quote characters [start, end), with so much around them that nothing else in the text reads the same."""
        whole = self._texts[text]
        around = _AROUND
        while True:
            before, after = _back(whole, start, around), _on(whole, end, around)
            made = Quotation(whole[start:end], whole[before:start], whole[end:after])
            found = whole[before:after]
            if around >= _MOST_AROUND or whole.find(found, whole.find(found) + 1) < 0:
                return made
            around *= 2

    def find(self, decision: Decision) -> Fit | Misfit:
        """Where a decision belongs now: where it is quoted exactly, else in another note, else where it nearly fits."""
        quoted = decision.prefix + decision.exact + decision.suffix
        exact = [(name, at) for name in self._named(decision) for at in _places(self._texts[name], quoted, 2)]
        exact = exact or [(name, at) for name, text in self._texts.items() for at in _places(text, quoted, 2)]
        if len(exact) == 1:
            name, at = exact[0]
            start = at + len(decision.prefix)
            return Fit(name, start, start + len(decision.exact))
        if exact:
            return Misfit("the same words stand in more than one place")
        return self._near(decision)

    def _named(self, decision: Decision) -> list[str]:
        return [decision.text] if decision.text in self._texts else []

    def _near(self, decision: Decision) -> Fit | Misfit:
        for name in self._named(decision) or ["body"]:
            text = self._texts[name]
            fits = [*_same_words(text, decision), *_same_surroundings(text, decision)]
            fits.sort(key=lambda fit: -fit[0])
            best = next(iter(fits), None)
            if best and best[0] >= _NEAR:
                rival = next((score for score, start, end in fits if (start, end) != best[1:]), 0.0)
                if best[0] - rival < _AHEAD:
                    return Misfit("two places fit it equally well")
                now = text[best[1] : best[2]]
                changed = f"it reads {now!r} now" if now != decision.exact else "what stands around it has changed"
                return Fit(name, best[1], best[2], changed)
        return Misfit("its words are not in the text any more")


def _flat(text: str) -> str:
    return re.sub(r"\s", " ", text)


def _back(text: str, start: int, around: int) -> int:
    """Where a prefix of about `around` characters begins: with a word."""
    at = max(0, start - around)
    space = text.find(" ", at, start)
    return at if at == 0 or space < 0 or space + 1 == start else space + 1


def _on(text: str, end: int, around: int) -> int:
    """Where a suffix of about `around` characters ends: with a word."""
    at = min(len(text), end + around)
    space = text.rfind(" ", end, at)
    return at if at == len(text) or space <= end else space


def _places(text: str, words: str, most: int) -> Iterator[int]:
    """The first places of `words`, at most `most`."""
    at = text.find(words) if words else -1
    while at >= 0 and most:
        yield at
        most -= 1
        at = text.find(words, at + 1)


def _same_words(text: str, decision: Decision) -> list[tuple[float, int, int]]:
    """Places that have the words and what touches them on one side, with how well all around them agrees (0..1)."""
    size, touching = len(decision.exact), 8 if decision.exact else 16
    before, after = decision.prefix[-touching:], decision.suffix[:touching]
    starts = {at + len(before) for at in _places(text, before + decision.exact, _MOST_PLACES)}
    starts.update(_places(text, decision.exact + after, _MOST_PLACES))
    found = []
    for at in sorted(starts):
        around = text[max(0, at - len(decision.prefix)) : at] + text[at + size : at + size + len(decision.suffix)]
        found.append((fuzz.ratio(around, decision.prefix + decision.suffix) / 100, at, at + size))
    return found


def _same_surroundings(text: str, decision: Decision) -> list[tuple[float, int, int]]:
    """The places between what touches the words on both sides, with how much they resemble the words (0..1)."""
    before, after = decision.prefix[-16:], decision.suffix[:16]
    most = 2 * len(decision.exact) + 8
    found = []
    for at in _places(text, before, _MOST_PLACES):
        start = at + len(before)
        end = text.find(after, start, start + most + len(after))
        if after and end >= start:
            found.append((fuzz.ratio(text[start:end], decision.exact) / 100, start, end))
    return found
