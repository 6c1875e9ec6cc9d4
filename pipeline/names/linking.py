"""Linking: names to the entries of the authorities, and the forms of the entries to the text.

What the editor's tables hold is sure: their forms are names wherever they stand whole, and say which. Forms in "others"
are no names, nor is anything in them; where a row says "none", only the whole form is none. Where the recogniser saw a
longer name around such a form (Lisbon Road), the longer name stays.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.model import Authority, Span
from pipeline.names.authorities import Authorities
from pipeline.names.forms import Range
from pipeline.names.ordinary import commonness

_WORD = re.compile(r"(?<![^\W_])[^\W_]+")
_OPENING = re.compile(r"(?:^|[.?!:]['\"”’»)]*\s|\n|[\"“«(])\s*$")
_Form = tuple[str, str, int]  # a form, its kind, and where its first word begins, as behind a quotation mark
_NO_NAME = "none"
_NAMES = frozenset(("persName", "placeName", "orgName", "event", "title"))


def linked(
    spans: Sequence[Span], texts: Mapping[str, str], known: Authorities, blocked: Mapping[str, Sequence[Range]]
) -> list[Span]:
    """The spans, those of known forms added or set right, each with @ref where its form means one entry.

    blocked: ranges in which no name is looked for, such as dates and underlined words.
    """
    if not known.entries:
        return list(spans)
    by_text: dict[str, list[Span]] = {}
    for span in spans:
        by_text.setdefault(span.text, []).append(span)
    forms = _by_first_word(known)
    result: list[Span] = []
    for name, text in texts.items():
        free = bytearray(b"\1") * len(text)
        for start, end in blocked.get(name, ()):
            free[start:end] = bytes(end - start)
        stand = list(_occurrences(text, forms))
        denied = {(start, end) for start, end, kind in stand if kind == _NO_NAME}
        here = _Sorted([s for s in by_text.get(name, []) if s.kind in _NAMES and (s.start, s.end) not in denied])
        sure = [
            Span(name, start, end, kind, {}, 1.0, "authority")
            for start, end, kind in stand
            if all(free[start:end])
            if not any(_holds(span, start, end, kind) for span in here.meeting(start, end))
        ]
        settled = _Sorted(sure)
        result += [
            span
            for span in by_text.get(name, [])
            if span.kind not in _NAMES or not settled.meeting(span.start, span.end)
        ]
        result += [_titled(each, here.meeting(each.start, each.end)) for each in sure if each.kind in _NAMES]
    return [_referred(span, texts, known) for span in result]


class _Sorted:
    """Spans of one text, found by where they stand."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans, key=lambda span: span.start)
        self._starts = [span.start for span in self._spans]
        self._longest = max((span.end - span.start for span in spans), default=0)

    def meeting(self, start: int, end: int) -> list[Span]:
        """Those that share a character with [start, end)."""
        first, last = bisect_right(self._starts, start - self._longest), bisect_left(self._starts, end)
        return [span for span in self._spans[first:last] if span.end > start]


def occurring(spans: Sequence[Span], known: Authorities) -> list[Authority]:
    """The entries that a span leads to, by id."""
    return [known.entries[name] for name in sorted({s.attributes["ref"] for s in spans if "ref" in s.attributes})]


def _by_first_word(known: Authorities) -> dict[str, list[_Form]]:
    """The forms of all entries by their first word, the longest first."""
    found: dict[str, list[_Form]] = {}
    for kind, forms in known.forms.items():
        for form in forms:
            match = _WORD.search(form)
            if match:
                found.setdefault(match.group(), []).append((form, kind, match.start()))
    return {word: sorted(listed, key=lambda item: (-len(item[0]), item)) for word, listed in found.items()}


def _occurrences(text: str, forms: Mapping[str, Sequence[_Form]]) -> Iterator[tuple[int, int, str]]:
    """Where forms of entries stand as whole words, the longest at each place; kind "" for what is no name.

    What the editor says to be no name as a whole ("none") may hold forms that are.
    """
    at = 0
    for match in _WORD.finditer(text):
        for form, kind, offset in forms.get(match.group(), ()):
            start = match.start() - offset
            end = start + len(form)
            if start < at:
                continue
            if text.startswith(form, start) and not text[end : end + 1].isalnum() and not _is_common(form, text, start):
                yield start, end, kind
                if kind != _NO_NAME:
                    at = end
                    break


def _is_common(form: str, text: str, start: int) -> bool:
    """Whether a sentence starts with a word that is most often no name (Will, May)."""
    return " " not in form and commonness(form) > 4.5 and _OPENING.search(text[max(0, start - 4) : start]) is not None


def _holds(span: Span, start: int, end: int, kind: str) -> bool:
    """Whether a span that was found is longer than a known form and holds it; a title holds no name."""
    if span.kind not in _NAMES or not (span.start <= start and end <= span.end):
        return False
    if span.kind == "title" and span.certainty > 0.5:
        return kind not in ("title", "", _NO_NAME) or (span.start, span.end) != (start, end)
    return (span.start, span.end) != (start, end) and kind != "title"


def _titled(span: Span, here: Sequence[Span]) -> Span:
    """A title with the level and language that were found for it; a book where nothing was."""
    if span.kind != "title":
        return span
    found = next((each for each in here if each.kind == "title"), None)
    return replace(span, attributes=dict(found.attributes) if found else {"level": "m"})


def _referred(span: Span, texts: Mapping[str, str], known: Authorities) -> Span:
    form = " ".join(texts[span.text][span.start : span.end].split())
    name = known.meant(span.kind, form) if span.kind in _NAMES else None
    if name is None:
        return span
    return replace(span, attributes={**span.attributes, "ref": name}, certainty=1.0, evidence="authority")
