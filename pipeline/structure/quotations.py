"""Inline quotations by their marks, as typed: straight or curly, double or single, nested, mixed.

An opening mark stands before a word and after a space or bracket, a closing one after a word; what is left between
letters is an apostrophe. Where a closing single mark could be the apostrophe of a plural ("workers' state"), it is
taken for one if another closing mark follows before the next opening one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import Span

DOUBLE = '"“”„«»'
SINGLE = "'‘’‚"
LONGEST_SINGLE = 300
"""Characters of the longest quotation in single marks; beyond it, the mark was an apostrophe."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Characters [start, end) with their marks; mixed: opened by one kind of mark and closed by the other."""

    start: int
    end: int
    single: bool
    mixed: bool = False


def quotations(text: str) -> list[Quotation]:
    """The quotations of one block of text, outer before inner."""
    return sorted(_parse(text), key=lambda q: (q.start, -q.end))


def layer(
    name: str, blocks: Sequence[tuple[int, int]], text: str, anchors: Mapping[int, str], block_quotes: Sequence[Span]
) -> list[Span]:
    """Spans "q" and "quote" of a text.

    blocks: its blocks, each by itself. anchors: offset of a note's anchor and the note's id; a quotation that ends
    there gets it as its source. block_quotes: paragraphs of block quotations, whose own marks are no quotation.
    """
    whole = {(span.start, span.end) for span in block_quotes}
    spans = []
    for start, end in blocks:
        for found in quotations(text[start:end]):
            first, last = start + found.start, start + found.end
            if any(a <= first and last <= b and (first - a) + (b - last) <= 4 for a, b in whole):
                continue
            source = next((anchors[last + k] for k in range(3) if last + k in anchors), None)
            attributes = {"rend": "single"} if found.single else {}
            if source:
                spans.append(Span(name, first, last, "quote", {**attributes, "source": source}, 1.0, "marks"))
            else:
                spans.append(Span(name, first, last, "q", attributes, 1.0, "marks"))
    return spans


def _parse(text: str) -> Iterator[Quotation]:
    open_marks: list[tuple[int, bool]] = []
    for at, mark in enumerate(text):
        if mark not in DOUBLE and mark not in SINGLE:
            continue
        single = mark in SINGLE
        if _opens(text, at, open_marks):
            open_marks.append((at, single))
        elif _closes(text, at, single):
            place = next((i for i in reversed(range(len(open_marks))) if open_marks[i][1] == single), None)
            mixed = place is None and bool(open_marks) and not single and at - open_marks[-1][0] < LONGEST_SINGLE
            if mixed:
                place = len(open_marks) - 1
            if place is None:
                continue
            start = open_marks[place][0]
            if single and (at - start > LONGEST_SINGLE or _plural(text, at)):
                continue
            del open_marks[place:]
            yield Quotation(start, at + 1, single, mixed)


def _opens(text: str, at: int, open_marks: Sequence[tuple[int, bool]]) -> bool:
    mark = text[at]
    if mark in "“„«‘‚":
        return True
    if mark in "”»" or (mark in DOUBLE and any(not single for _, single in open_marks[-1:])):
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before and not (before.isspace() or before in "([{-—–/" or before in DOUBLE + SINGLE):
        return False
    if before and before in DOUBLE + SINGLE and not (at < 2 or text[at - 2].isspace() or text[at - 2] in "(["):
        return False
    if mark in SINGLE and (text[at + 1 : at + 3].isdigit() and not text[at + 3 : at + 4].isdigit()):
        return False
    return bool(after) and not after.isspace()


def _closes(text: str, at: int, single: bool) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not single:
        return at > 0
    return bool(before) and not before.isspace() and not (after.isalpha() or after.isdigit())


def _plural(text: str, at: int) -> bool:
    """Whether a single mark after an s is a plural's apostrophe: a better closing mark follows."""
    if text[at - 1] not in "sS" or not (text[at + 1 : at + 2] == " " and text[at + 2 : at + 3].islower()):
        return False
    for later in range(at + 1, min(len(text), at + LONGEST_SINGLE)):
        if text[later] in SINGLE and text[later - 1] != " ":
            return not text[later + 1 : later + 2].isalpha()
        if text[later] in SINGLE or text[later] in DOUBLE:
            return False
    return False
