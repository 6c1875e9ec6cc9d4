"""Passages in another language, and flags, beside citations: neither cuts the other into pieces.

Where both claim the same words, a title or part at the end of a passage, set off by a comma, is the citation's, and
the title is told its language; a part in the middle of running words is none. A citation that a passage outruns goes
on with it while it reads like a source, else it ends before the passage. What the editor says to be in a language
gives way to nothing. A flag that crosses a passage or name, or meets some parts of a citation, is put on the whole of
it; what holds a part of a citation must be the citation itself (TEI Guidelines, 3.12).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.encoding.citing import PARTS
from pipeline.encoding.places import Places, holds
from pipeline.model import Span

_FLAGS = frozenset(("flag", "reviewed"))
_WHOLE = frozenset(("citation", "foreign", "title", "persName", "placeName", "orgName", "event", "date"))
_SET_OFF_BEFORE = re.compile(r"[\s\"”»’')\]]*[,.:;!?(][^\w]*")
_SET_OFF_AFTER = re.compile(r"[,.:;!?)][^\w]*$")
_GOES_ON = re.compile(r",(?:(?![.!?…][\"'”’»)]*\s+[^\W\d_])[^\n])*")  # a list of things, and no new sentence
_WORD = re.compile(r"[^\W\d_]{2,}")


def fitted(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans of one text, of which no passage and no flag has to be cut by a citation or its parts."""
    around = _Around(text, spans)
    found: list[Span] = []
    for span in spans:
        if span.kind == "title":
            found.append(around.told(span))
        elif span.kind == "citation":
            found.append(around.bounded(span))
        elif span.kind != "foreign" and (span.kind not in PARTS or around.stands(span)):
            found.append(span)
    return _with_flags([*found, *around.passages])


class _Around:
    """The passages of a text as citations leave them, and what they leave of citations."""

    def __init__(self, text: str, spans: Sequence[Span]) -> None:
        self._text = text
        self._frames = Places([span for span in spans if span.kind in ("citation", "bibl")])
        self._citations = Places([span for span in spans if span.kind == "citation"])
        cited = [span for span in spans if span.kind in ("title", *PARTS) and self._framed(span)]
        self._items = Places(cited)
        self._silent = Places([*cited, *(span for span in spans if span.kind == "date")])
        given = [span for span in spans if span.kind == "foreign"]
        self._given = Places(given)
        self.passages = [freed for span in given if (freed := self._freed(span))]
        self._passages = Places(self.passages)

    def told(self, title: Span) -> Span:
        """A title of a citation with the language of the passage that it was taken from."""
        if "lang" in title.attributes or not self._framed(title):
            return title
        passage = next((each for each in self._given.meeting(title) if holds(each, title)), None)
        return replace(title, attributes={**title.attributes, "lang": passage.attributes["lang"]}) if passage else title

    def stands(self, part: Span) -> bool:
        """Whether no passage runs over a part, unless over its whole citation."""
        frames = [each for each in self._citations.meeting(part) if holds(each, part)]
        return all(
            holds(part, passage) or any(holds(passage, frame) for frame in frames)
            for passage in self._passages.meeting(part)
        )

    def bounded(self, citation: Span) -> Span:
        """A citation that no passage crosses."""
        start, end = citation.start, citation.end
        for passage in self._passages.meeting(citation):
            if holds(passage, citation) or holds(citation, passage):
                continue
            if passage.start < citation.start:
                start = passage.end
            else:
                end = passage.end if self._goes_on(citation, passage) else passage.start
        return replace(citation, start=start, end=max(start, end))

    def _goes_on(self, citation: Span, passage: Span) -> bool:
        """Whether what the passage says after the citation still belongs to the source."""
        rest = replace(citation, start=citation.end, end=passage.end)
        return _GOES_ON.fullmatch(self._text, rest.start, rest.end) is not None and not self._citations.meeting(rest)

    def _freed(self, passage: Span) -> Span | None:
        """A passage without what is the citation's at its ends; None where that was all it said."""
        if "resp" in passage.attributes:
            return passage
        start, end = self._ends(passage)
        before = (each.start for each in self._citations.meeting(passage) if start < each.start < end < each.end)
        freed = replace(passage, start=start, end=min(before, default=end))
        return freed if freed == passage or self._speaks(freed) else None

    def _ends(self, passage: Span) -> tuple[int, int]:
        """The ends of a passage, moved over the titles and parts that cross them or are set off there."""
        text, start, end = self._text, passage.start, passage.end
        items = self._items.meeting(passage)
        for item in items:
            if item.end >= end or _WORD.search(text, start, item.start):
                break
            gap = _SET_OFF_BEFORE.match(text, item.end, end)
            if not gap and item.start >= passage.start:
                break
            start = max(start, gap.end() if gap else item.end + 1)
        for item in reversed(items):
            if item.start <= start or _WORD.search(text, item.end, end):
                break
            gap = _SET_OFF_AFTER.search(text, start, item.start)
            if not gap and item.end <= passage.end:
                break
            end = min(end, gap.start() if gap else item.start)
        return start, end

    def _speaks(self, passage: Span) -> bool:
        """Whether it has a word of its own, beside titles, parts and dates."""
        silent = self._silent.meeting(passage)
        words = _WORD.finditer(self._text, passage.start, passage.end)
        return any(not any(each.start <= word.start() < each.end for each in silent) for word in words)

    def _framed(self, span: Span) -> bool:
        return any(holds(frame, span) for frame in self._frames.meeting(span))


def _with_flags(spans: Sequence[Span]) -> list[Span]:
    """The spans with flags over the whole of what they cross, and of a citation of which they meet several parts."""
    whole = Places([span for span in spans if span.kind in _WHOLE])
    parts = Places([span for span in spans if span.kind in PARTS])

    def widened(flag: Span) -> Span:
        for other in whole.meeting(flag):
            parted = other.kind == "citation" and any(not holds(part, flag) for part in parts.meeting(flag))
            if not holds(flag, other) and (parted or not holds(other, flag)):
                flag = replace(flag, start=min(flag.start, other.start), end=max(flag.end, other.end))
        return flag

    return [widened(span) if span.kind in _FLAGS and "anchor" not in span.attributes else span for span in spans]
