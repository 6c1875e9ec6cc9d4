"""Calls of notes by what is not raised: `held there. XX` or `(3),` where a note of the page is labelled XX or (3).

Such a mark is told from a word, from the x of measures and from the number of a point, by the labels at the foot of
its own page alone.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Token

_SIGN = re.compile(r"[xX]{1,4}|[*†‡§¶+]{1,4}")
# A stop after the mark is often recognised as part of it, on worn type as an e.
_MARK = re.compile(rf"[(\[]?({_SIGN.pattern})[)\]]?([.,;:e]?)")
_BRACKETED = re.compile(r"[(\[](\d{1,3})[)\]]([.,;:]?)")


def called(rows: Sequence[Sequence[Token]], labels: Sequence[str], bracketed: bool = False) -> list[list[Token]]:
    """The tokens of a page's text, line by line, with the marks that call its notes as references.

    labels: of the notes at the foot of the page, in order; bracketed: whether their numbers stand in brackets there,
    as do then those in the text. A mark calls the first note labelled by it that is not
    called yet; marks that were misread (`xX` for `X`) call the notes left over where there are as many of both.
    """
    signs = [label for label in labels if _SIGN.fullmatch(label) or (bracketed and label.isdigit())]
    known = {token.text for row in rows for token in row if token.kind == "reference"}
    wanted = [label for label in signs if label not in known]
    if not wanted:
        return [list(row) for row in rows]
    marks = _marks(rows)
    found = _matched(list(marks.values()), wanted)
    calls = {place: found[at] for at, place in enumerate(marks) if at in found}
    return [
        [part for number, token in enumerate(row) for part in _parts(token, calls.get((at, number)))]
        for at, row in enumerate(rows)
    ]


def _marks(rows: Sequence[Sequence[Token]]) -> dict[tuple[int, int], str]:
    """The words that look like marks and multiply nothing, by row and place in it."""
    marks = {}
    for at, row in enumerate(rows):
        for number, token in enumerate(row):
            following = row[number + 1].text if number + 1 < len(row) else ""
            match = _match(token.text) if token.kind == "word" and number else None
            if match and not following[:1].isdigit():
                marks[at, number] = match[1]
    return marks


def _match(text: str) -> re.Match[str] | None:
    return _MARK.fullmatch(text) or _BRACKETED.fullmatch(text)


def _matched(marks: Sequence[str], labels: Sequence[str]) -> dict[int, str]:
    """For each mark that calls a note, by its place among the marks, the label of that note."""
    found: dict[int, str] = {}
    left = list(labels)
    for at, mark in enumerate(marks):
        label = next((label for label in left if label.lower() == mark.lower()), None)
        if label is not None:
            found[at] = label
            left.remove(label)
    misread = [at for at, mark in enumerate(marks) if at not in found and not mark.isdigit()]
    if len(misread) == len(left) and not any(label.isdigit() for label in left):
        found |= dict(zip(misread, left, strict=True))
    return found


def _parts(token: Token, label: str | None) -> list[Token]:
    if label is None:
        return [token]
    match = _match(token.text)
    stop = match[2] if match else ""
    call = replace(token, text=match[1] if match else label, kind="reference", underlined=False, overhang=None)
    return [call, replace(token, text=stop, glued=True)] if stop else [call]
