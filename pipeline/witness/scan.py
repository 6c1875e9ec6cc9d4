"""The recognised scans as a witness: blocks of tokens in page order, each page's text before its foot notes.

Nothing is left out: page numbers and running heads are blocks of their own kinds. Raised marks and the numbers
before foot notes become tokens, and a word divided at a line's end, or a page's, becomes one.
"""

import hashlib
import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from pipeline.model import Block, Box, Line, Page, Token, Witness, Word, ZoneKind
from pipeline.witness.calls import called
from pipeline.witness.tokens import with_marks

_MARK = re.compile(r"([(\[]?)(\d{1,3}|[*†‡§¶+]{1,4}|[xX]{1,4})([)\]]?)([.,;:]*)")
_PLAIN_LABEL = re.compile(r"[(\[]?(\d{1,3}|[*†‡§¶+]{1,4}|[xX]{1,4}|[a-z](?=[)\]]))[)\].:,]*")
_GLUED_LABEL = re.compile(r"([(\[]?(\d{1,3})[)\].:,]?)((?:[^\W\d]{2}|[\"“‘'«(]).*)")
_IN_BRACKETS = re.compile(r"[(\[]\d{1,3}[)\]]")
_DIVIDED = re.compile(r".*[^\W\d_][-‐¬]", re.DOTALL)
_CLOSING = ".,;:!?)]}»”’\"'"
_FURNITURE: tuple[ZoneKind, ...] = ("pageNumber", "runningHead")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line with the kind of its zone and the id of its page."""

    line: Line
    kind: ZoneKind
    page: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A block being read: its kind and page, whether it goes on from one before, and its tokens line by line."""

    kind: ZoneKind
    page: str
    continues: bool
    rows: list[list[Token]]


def scan_witness(pages: Sequence[Page]) -> Witness:
    """The witness "scan" from pages that have their zones and lines.

    A block is a paragraph, note, heading, entry, item, or as much of it as its page holds; the verse lines of a stanza
    are one block. It continues where its first line does not open. Confidences are the words' own; a divided word
    has the lower one of its halves and the box of the first.
    """
    parts: list[_Part] = []
    labels = _Labels()
    for page in pages:
        for group in _groups(page):
            parts.append(_part(group, parts, labels))
    _call(parts, {page.id for page in pages if _bracketed(page)})
    _rejoin(parts)
    blocks = tuple(
        Block(part.kind, tuple(tokens), part.continues, part.page)
        for part in parts
        if (tokens := [token for row in part.rows for token in row])
    )
    empty = [page.id for page in pages if not page.lines]
    return Witness(
        "scan",
        "scan",
        f"recognised text of {len(pages)} page images",
        blocks,
        sha256=hashlib.sha256("".join(page.sha256 for page in pages).encode()).hexdigest(),
        notices=tuple(f"{page}: no words were recognised on this page" for page in empty),
    )


def _groups(page: Page) -> Iterator[list[_Placed]]:
    """The lines of each block: head of the page, text, foot notes, then what stands below them."""
    kinds = {zone.id: zone.kind for zone in page.zones}
    lines = [_Placed(line, kinds[line.zone], page.id) for line in page.lines if line.words]
    last = max((at for at, placed in enumerate(lines) if placed.kind not in _FURNITURE), default=-1)
    text = [placed for placed in lines[: last + 1] if placed.kind != "footnote"]
    notes = [placed for placed in lines[: last + 1] if placed.kind == "footnote"]
    leading = _leading(text)
    for run in (text, notes, lines[last + 1 :]):
        group: list[_Placed] = []
        for placed in run:
            if group and _begins(placed, group[-1], leading):
                yield group
                group = []
            group.append(placed)
        if group:
            yield group


def _begins(placed: _Placed, before: _Placed, leading: float) -> bool:
    """Whether a new block begins with a line. Every verse opens, but only a wider gap opens a stanza."""
    if placed.kind != before.kind:
        return True
    if placed.kind == "verse":
        return placed.line.box.bottom - before.line.box.bottom > 1.5 * leading
    return placed.line.opens


def _leading(text: Sequence[_Placed]) -> float:
    """The usual distance, in pixels, of the verse lines of a page."""
    verse = [b.line.box.bottom - a.line.box.bottom for a, b in pairwise(text) if a.kind == b.kind == "verse"]
    return median(verse) if verse else 0.0


class _Labels:
    """Tells the labels of notes from numbers that happen to stand first: plain digits must fit the ones before."""

    def __init__(self) -> None:
        self.last: int | None = None

    def take(self, line: Line) -> tuple[str, str] | None:
        """The mark at the start of a note's line and what else its first word holds ("Serge," of "12Serge,")."""
        first = line.words[0]
        whole = _PLAIN_LABEL.fullmatch(first.text)
        if first.raised:
            mark, rest = (whole[1], "") if whole else (first.text, "")
            return self._taken(mark), rest
        if whole and len(line.words) > 1:
            bare = whole[1] == first.text.rstrip(".,:")
            if not whole[1].isdigit() or not bare or self._fits(int(whole[1])):
                return self._taken(whole[1]), ""
        glued = _GLUED_LABEL.fullmatch(first.text)
        if glued and self._fits(int(glued[2])):
            return self._taken(glued[2]), glued[3]
        return None

    def _fits(self, number: int) -> bool:
        return self.last is None or number == 1 or 0 <= number - self.last <= 5

    def _taken(self, mark: str) -> str:
        if mark.isdigit():
            self.last = int(mark)
        return mark


def _part(group: Sequence[_Placed], before: Sequence[_Part], labels: _Labels) -> _Part:
    first = group[0]
    continues = not first.line.opens and any(part.kind == first.kind for part in before)
    label = labels.take(first.line) if first.kind == "footnote" else None
    rows = [with_marks(list(_tokens(placed, label if placed is first else None))) for placed in group]
    return _Part(first.kind, first.page, continues, rows)


def _bracketed(page: Page) -> bool:
    """Whether a note at the foot of a page is numbered in brackets."""
    feet = {zone.id for zone in page.zones if zone.kind == "footnote"}
    return any(_IN_BRACKETS.match(line.words[0].text) for line in page.lines if line.zone in feet and line.words)


def _call(parts: Sequence[_Part], bracketed: Container[str]) -> None:
    """Find what calls the notes of each page without being raised; bracketed: pages with numbers in brackets."""
    for page in {part.page: None for part in parts}:
        here = [part for part in parts if part.page == page]
        notes = [part for part in here if part.kind == "footnote"]
        labels = [token.text for part in notes for row in part.rows[:1] for token in row[:1] if token.kind == "label"]
        text = [part for part in here if part.kind != "footnote" and part.kind not in _FURNITURE]
        rows = iter(called([row for part in text for row in part.rows], labels, page in bracketed))
        for part in text:
            part.rows[:] = [next(rows) for _ in part.rows]


def _tokens(placed: _Placed, label: tuple[str, str] | None) -> Iterator[Token]:
    wide = [word.box.width / len(word.text) for word in placed.line.words if len(word.text) > 2 and not word.raised]
    advance = median(wide) if wide else placed.line.words[0].box.height / 2
    words = _with_their_stops(placed.line.words, advance)

    def token(word: Word, text: str, box: Box, glued: bool) -> Token:
        return Token(
            text,
            glued=glued,
            line=placed.line.id,
            page=placed.page,
            confidence=word.confidence,
            underlined=word.underlined,
            overhang=word.overhang,
            box=box,
        )

    for at, word in enumerate(words):
        glued = at > 0 and _touches(words[at - 1], word, advance)
        if at == 0 and label is not None:
            mark, rest = label
            cut = len(word.text) - len(rest)
            head, tail = _cut(word.box, cut / len(word.text))
            yield replace(token(word, mark, head, False), kind="label", underlined=False)
            if rest:
                yield token(word, rest, tail, True)
        elif word.raised and (match := _MARK.fullmatch(word.text)):
            head, tail = _cut(word.box, match.start(4) / len(word.text))
            yield replace(token(word, match[2], head, glued), kind="reference")
            if match[4]:
                yield token(word, match[4], tail, True)
        else:
            yield token(word, word.text, word.box, glued)


def _with_their_stops(words: Sequence[Word], advance: float) -> list[Word]:
    """Give a stop or closing mark that was read as a word of its own back to the word before it.

    Typed without a space, it stands less than a character and a bit from it; advance: width of a character.
    """
    joined: list[Word] = []
    for word in words:
        last = joined[-1] if joined else None
        if (
            last
            and not (last.raised or word.raised)
            and not word.text.strip(_CLOSING)
            and (word.box.left - last.box.right < 1.2 * advance)
        ):
            box = Box(
                last.box.left, min(last.box.top, word.box.top), word.box.right, max(last.box.bottom, word.box.bottom)
            )
            joined[-1] = replace(
                last,
                text=last.text + word.text,
                box=box,
                confidence=min(last.confidence, word.confidence),
                overhang=_overhang(last, word),
            )
        else:
            joined.append(word)
    return joined


def _overhang(word: Word, stop: Word) -> int | None:
    """Of a word with the stop that belongs to it: the line under the word may go on under both, or end with either."""
    if stop.underlined:
        return stop.overhang
    return None if word.overhang is None else word.overhang + len(stop.text)


def _cut(box: Box, share: float) -> tuple[Box, Box]:
    """A box parted from top to bottom, its first part having a share of its width."""
    at = box.left + round(share * box.width)
    return Box(box.left, box.top, at, box.bottom), Box(at, box.top, box.right, box.bottom)


def _touches(before: Word, word: Word, advance: float) -> bool:
    """No space stands between a word and a raised one; advance: width of a character in pixels."""
    if not (before.raised or word.raised):
        return False
    punctuation = not any(char.isalnum() for char in word.text)
    return word.box.left - before.box.right < (0.75 if word.raised or punctuation else 0.5) * advance


def _rejoin(parts: Sequence[_Part]) -> None:
    """Make one token of a word that is divided at the end of a line, also where its next line is on the next page."""
    latest: dict[ZoneKind, list[Token]] = {}
    for part in parts:
        for at, row in enumerate(part.rows):
            before = latest.get(part.kind)
            if before and (at or part.continues) and _divided(before[-1], row[0]):
                before[-1] = _joined(before[-1], row.pop(0))
            if row:
                latest[part.kind] = row


def _divided(first: Token, second: Token) -> bool:
    words = first.kind == second.kind == "word" and first.divided is None
    return words and _DIVIDED.fullmatch(first.text) is not None and second.text[:1].islower()


def _joined(first: Token, second: Token) -> Token:
    return replace(
        first,
        text=first.text + second.text,
        confidence=min(first.confidence, second.confidence),
        underlined=first.underlined and second.underlined,
        overhang=second.overhang,
        divided=(len(first.text), second.line or ""),
    )
