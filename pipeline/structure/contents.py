"""The contents page as evidence: its entries, and which heading of the text each of them names.

The page is itself damaged as a rule: titles wrap, with the page number on either line; leaders leave stops behind;
letters part from their words. So entries and headings are compared by their letters alone (RapidFuzz ratio) and paired
in order, the pairing with the greatest likeness over the whole book (dynamic programming); what is left on either
side is a disagreement, which the editor is told and nobody repairs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz

from pipeline.structure.stream import FURNITURE, Piece, joined, lines_of, text_of

ALIKE = 68.0
"""Likeness (0..100) from which an entry and a heading may be the same."""
CUT = 80.0
"""Likeness of a title to one that says more, from SHORT letters on."""
SHORT = 8
FEWEST = 3
"""Lines with a page number that make a page of contents."""
DAMAGED = 80.0
"""Likeness from which a word is a damaged "chapter"."""

_CHAPTERS = ("chapter", "chapitre", "capitulo", "kapitel", "глава")
_TITLE = re.compile(
    r"\W*(table of )?contents\W*|table des mati[eè]res|[ií]ndice|inhalt(sverzeichnis)?|содержание|оглавление",
    re.IGNORECASE,
)
_PAGE = re.compile(r"[\s._…·]*(?<![\w.-])(?P<page>\d{1,4}|[ivxlc]{1,7})[\s._…·]*$")
_NOISE = re.compile(r"[\s._…·]+(\d{1,2}\.\d{1,2})?[\s._…·]*$")
_LEAD = re.compile(r"^[·•\s._]+")
_DECIMAL = re.compile(r"^(?:[IVX]{1,5}\.\s*)?(?P<n>\d{1,2}(?:\.\d{1,2})+)\.?(?!\d)\s*")
_ROMAN = re.compile(r"^(?P<n>[IVX]{1,5})\.\s+(?=\S)")
_NAMED = re.compile(
    r"^(chapter|chapitre|cap[ií]tulo|kapitel|глава|section|part|partie|parte|teil|часть)\s+(?P<n>[\w.]+?)\s*[:.]\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents page, or several where its title wraps.

    first, last: the lines. page: as printed, arabic or roman; None where it is missing.
    """

    first: int
    last: int
    text: str
    page: str | None


def entries(lines: Sequence[str]) -> list[Entry]:
    """The entries of a contents page, wrapped titles joined."""
    found: list[Entry] = []
    for at, line in enumerate(lines):
        text, page = _parted(line)
        following = _parted(lines[at + 1]) if at + 1 < len(lines) else ("", None)
        if found and _wraps(found[-1], text, page, following):
            last = found[-1]
            found[-1] = replace(last, last=at, text=f"{last.text} {text}".strip(), page=page or last.page)
        elif text:
            found.append(Entry(at, at, text, page))
    return found


def contents_pages(parted: Sequence[Piece]) -> list[Piece]:
    """The pieces, the pages behind a heading "Contents" as pieces of contents, one for each entry.

    The page with the heading belongs to them when FEWEST of its lines end in a page number, the next ones when half
    of their lines do.
    """
    found: list[Piece] = []
    share: float | None = None
    at = 0
    while at < len(parted):
        piece = parted[at]
        if piece.kind in FURNITURE:
            found.append(piece)
        elif share is not None and (page := _page_of_entries(parted[at:], share)):
            found += _as_entries([each for each in page if each.kind not in FURNITURE])
            found += [each for each in page if each.kind in FURNITURE]
            share = 0.5
            at += len(page) - 1
        else:
            share = 0.0 if piece.kind == "heading" and _TITLE.fullmatch(text_of(piece)) else None
            found.append(piece)
        at += 1
    return found


def _page_of_entries(rest: Sequence[Piece], share: float) -> Sequence[Piece]:
    """The pieces of the page that begins with the first one, if enough of its lines end in a page number."""
    page = rest[0].page
    end = next((at for at, piece in enumerate(rest) if piece.page not in (page, None)), len(rest))
    lines = [line for piece in rest[:end] if piece.kind not in FURNITURE for line in lines_of(piece)]
    numbered = sum(_parted(joined(line))[1] is not None for line in lines)
    return rest[:end] if page and numbered >= max(FEWEST, share * len(lines)) else ()


def _as_entries(pieces: Sequence[Piece]) -> list[Piece]:
    by_line = [line for piece in pieces for line in lines_of(piece)]
    listed = entries([joined(line) for line in by_line])
    starts = [0, *(entry.first for entry in listed[1:]), len(by_line)]
    whole = [tuple(item for line in by_line[a:b] for item in line) for a, b in pairwise(starts)]
    return [replace(pieces[0], kind="contents", items=items, continues=False) for items in whole if items]


def pairs(listed: Sequence[Entry], headings: Sequence[str]) -> dict[int, int]:
    """For headings, by index, the entry that names them; both in order."""
    keys = [_keys(entry.text) for entry in listed]
    best = [[0.0] * (len(headings) + 1) for _ in range(len(listed) + 1)]
    gains = [[0.0] * len(headings) for _ in listed]
    shown = [_keys(heading) for heading in headings]
    for i in reversed(range(len(listed))):
        for j in reversed(range(len(headings))):
            gains[i][j] = max(0.0, likeness(keys[i], shown[j]) - ALIKE)
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + gains[i][j])
    found: dict[int, int] = {}
    i = j = 0
    while i < len(listed) and j < len(headings):
        if gains[i][j] and best[i][j] == best[i + 1][j + 1] + gains[i][j]:
            found[j] = i
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def number_of(text: str) -> str | None:
    """The number with which a title begins, as printed."""
    text = " ".join(text.split())
    match = _DECIMAL.match(text) or _ROMAN.match(text) or _NAMED.match(text)
    return match["n"] if match else None


def bare(text: str) -> str:
    """A title's letters and digits, without its number or the word chapter."""
    text = " ".join(text.split())
    for pattern in (_DECIMAL, _NAMED, _ROMAN):
        text = pattern.sub("", text, count=1)
    head, colon, title = text.partition(":")
    return _letters(title if colon and _damaged(head) and title.strip() else text)


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """How alike two titles are (0..100), with or without their numbers."""
    return max(_ratio(a, b) for a in one for b in other)


def _ratio(one: str, other: str) -> float:
    short, long = sorted((one, other), key=len)
    return max(fuzz.ratio(one, other), CUT if len(short) >= SHORT and long.startswith(short) else 0.0)


def _keys(text: str) -> tuple[str, ...]:
    whole, title = _letters(text), bare(text)
    return (whole, title) if title and title != whole else (whole,)


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _parted(line: str) -> tuple[str, str | None]:
    """Title and page of a line."""
    text = _LEAD.sub("", line.strip())
    if match := _PAGE.search(text):
        return text[: match.start()].strip(), match["page"]
    return _NOISE.sub("", text), None


def _wraps(last: Entry, text: str, page: str | None, following: tuple[str, str | None]) -> bool:
    """Whether a line goes on with the title of the entry before it."""
    numbered = number_of(last.text) is not None or _damaged(last.text)
    if number_of(text) or _damaged(text):
        return False
    if not text:
        return last.page is None
    if last.text.endswith((":", ",", "-")) or text[:1].islower() or text[:1].isdigit():
        return True
    if page is None:
        # A line whose own title wraps has its page on the next one.
        begins = following[1] is not None and following[0][:1].islower()
        return last.page is not None and numbered and not begins
    return last.page in (None, page) and numbered


def _damaged(text: str) -> bool:
    """Whether it begins with the word chapter, its letters parted or doubled."""
    head = _letters(text)
    return any(fuzz.ratio(head[: len(word)], word) >= DAMAGED for word in _CHAPTERS)
