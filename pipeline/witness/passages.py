"""Text to passages: the pieces that a text shows as one, by blank lines, line starts and indentation.

A passage may begin with the mark of a note ("12 ", "[3]", a raised "7", "*"); whether it is a note is decided later
(see `notes`). Page furniture is recognised only where the text has page breaks.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from pipeline.model import Token, ZoneKind
from pipeline.witness.markup import SYMBOLS, markdown_marks, pieces
from pipeline.witness.source import Form
from pipeline.witness.tokens import tokenise

MarkForm = Literal["", "raised", "bracket", "plain", "symbol", "given"]

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(?=\S)")
_NOTE = re.compile(r"\[\^([^\]\s]{1,20})\]:\s?")
_BULLET = {"text": re.compile(r"\s*[-•–]\s+(?=\S)"), "markdown": re.compile(r"\s*[-+*•–]\s+(?=\S)")}
_RAISED = re.compile(r"\s*(?:\$?\^\{|[⁰¹²³⁴⁵⁶⁷⁸⁹]|\[&\])")
_NUMBERED = re.compile(r"\s*[\[(]?(\d{1,3})[\].)]*\s+\S")
_PLAIN = re.compile(r"(\d{1,3})[.)]?")
_BRACKET = re.compile(r"[\[(](\d{1,3})[\])]\.?")
_GLUED = re.compile(r"(\d{1,3})(?=[\"'“«(]?(?:[^\W\d_]{2}|[^\W\d_]\.))(?!(?:st|nd|rd|th|er|ere|eme|e)\b)")
_SYMBOL = re.compile(rf"[{re.escape(SYMBOLS)}]{{1,3}}")
_CONTENTS_LINE = re.compile(r"\s*\S.*?(?:\t|\.{2,}|(?:\. ){2,}|…|\s{3,}|_)[\s._]*(?:\d{1,4}|[ivxlc]{1,7})[\s.]*$")
SEPARATOR = re.compile(r"(?:[*•·⁂#_~=—–-]\s*){3,}|⁂")
PAGE_NUMBER = re.compile(r"\W{0,3}(?:\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7})\W{0,3}")
_LONG_LINE = 110
_LONGEST_ENTRY = 400


@dataclass(frozen=True)
class Passage:
    """A piece of the text before its kind is known.

    mark, form: the note mark at its start and how it stands there; `rest` are the tokens without it (and of a token
    that the mark is glued to, what follows the mark), `tokens` those with it. hint: what the markup itself says.
    bullet: what stands before the text of a list's item. entries: its lines end in page numbers.
    """

    tokens: tuple[Token, ...]
    rest: tuple[Token, ...]
    mark: str = ""
    form: MarkForm = ""
    hint: ZoneKind | None = None
    level: int = 0
    bullet: str = ""
    entries: bool = False
    page: str | None = None
    lines: int = 1

    @cached_property
    def text(self) -> str:
        """The text without the mark, note references and line breaks."""
        words = (("" if token.glued else " ") + token.text for token in self.rest if token.kind == "word")
        return "".join(words).strip()


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    number: int
    page: str | None


def passages(text: str, form: Form) -> list[Passage]:
    """The passages of a whole text, in its order."""
    pages = _pages(text)
    furniture = _furniture(pages) if len(pages) > 1 else {}
    lines = [line for page in pages for line in page]
    filled = [line for line in lines if line.text.strip()]
    wrapped = sum(len(line.text) > _LONG_LINE for line in filled) < 0.05 * len(filled)
    apart = not wrapped and len(lines) - len(filled) < 0.02 * len(lines)
    out: list[Passage] = []
    for chunk in _chunks(pages, furniture):
        for group, own in _groups(chunk, form, wrapped, apart, furniture):
            # What is set in under a note of Markdown belongs to it.
            below = form == "markdown" and out and out[-1].hint == "footnote" and _indent(group[0].text) > 1
            passage = _passage(group, own or ("footnote" if below else None), form)
            if passage.tokens:
                out.append(passage)
    return out


def _pages(text: str) -> list[list[_Line]]:
    """Lines by page; a text without form feeds is one page without a name."""
    sheets = text.strip("\f").split("\f") if "\f" in text.strip("\f") else [text.strip("\f")]
    number = 1
    pages = []
    for index, sheet in enumerate(sheets, 1):
        page = f"p{index:04d}" if len(sheets) > 1 else None
        rows = sheet.split("\n")
        pages.append([_Line(row, number + offset, page) for offset, row in enumerate(rows)])
        number += len(rows) - 1
    return pages


def _furniture(pages: Sequence[Sequence[_Line]]) -> dict[int, ZoneKind]:
    """Page numbers and running heads, by line number: what stands at the edge of a page, alone or on many pages."""
    edges = []
    for page in pages:
        filled = [line for line in page if line.text.strip()]
        edges += [*filled[:2], *filled[-1:]] if len(filled) > 3 else []
    repeated = Counter(_without_digits(line.text) for line in edges)
    least = max(3, len(pages) // 5)
    found: dict[int, ZoneKind] = {}
    for line in edges:
        if PAGE_NUMBER.fullmatch(line.text.strip()):
            found[line.number] = "pageNumber"
        elif repeated[_without_digits(line.text)] >= least and len(line.text.strip()) < 90:
            found[line.number] = "runningHead"
    return found


def _without_digits(text: str) -> str:
    return " ".join(re.sub(r"\d+", "", text).casefold().split())


def _chunks(pages: Sequence[Sequence[_Line]], furniture: dict[int, ZoneKind]) -> Iterator[list[_Line]]:
    """Runs of lines without a blank line between; page furniture is a run of its own."""
    for page in pages:
        chunk: list[_Line] = []
        for line in page:
            if chunk and (not line.text.strip() or line.number in furniture):
                yield chunk
                chunk = []
            if line.number in furniture:
                yield [line]
            elif line.text.strip():
                chunk.append(line)
        if chunk:
            yield chunk


def _groups(
    chunk: list[_Line], form: Form, wrapped: bool, apart: bool, furniture: dict[int, ZoneKind]
) -> Iterator[tuple[list[_Line], ZoneKind | None]]:
    """A run of lines cut where a line starts something new, with what the markup says it is."""
    if chunk[0].number in furniture:
        yield chunk, furniture[chunk[0].number]
        return
    contents = sum(_is_entry(line.text) for line in chunk) * 2 >= len(chunk)
    bullets = sum(bool(_BULLET[form].match(line.text)) for line in chunk) > 1
    series = _series(chunk)
    widest = max(len(line.text.rstrip()) for line in chunk)
    hint: ZoneKind | None = None
    group: list[_Line] = []
    for line in chunk:
        own = _hint(line.text, form)
        starts = bool(group) and (
            apart
            or contents
            or line.number in series
            or (own is not None and not own == hint == "quotation")
            or hint in ("heading", "separator")
            or bool(_RAISED.match(line.text))
            or (bullets and bool(_BULLET[form].match(line.text)))
            or (wrapped and (_indented(line.text, group) or _ends_early(group[-1].text, widest)))
        )
        if starts:
            yield group, hint
            group = []
        if not group:
            hint = own
        group.append(line)
    yield group, hint


def _is_entry(text: str) -> bool:
    """Whether a line is one of a table of contents."""
    return len(text) <= _LONGEST_ENTRY and bool(_CONTENTS_LINE.match(text))


def _series(chunk: Sequence[_Line]) -> set[int]:
    """The line numbers of those that begin with numbers in sequence: notes, or the items of a list."""
    found: set[int] = set()
    last: tuple[int, int] | None = None
    for line in chunk:
        if match := _NUMBERED.match(line.text):
            if last and int(match[1]) == last[0] + 1:
                found |= {last[1], line.number}
            last = int(match[1]), line.number
    return found


def _ends_early(text: str, widest: int) -> bool:
    """Whether a line ends a paragraph: a sentence ends with it, far from the edge that other lines reach."""
    bare = text.rstrip()
    return len(bare) < 0.7 * widest and bare.rstrip("\"'”’»)0123456789⁰¹²³⁴⁵⁶⁷⁸⁹")[-1:] in {".", "!", "?"}


def _hint(text: str, form: Form) -> ZoneKind | None:
    if SEPARATOR.fullmatch(text.strip()):
        return "separator"
    if form != "markdown":
        return None
    if _HEADING.match(text):
        return "heading"
    if _NOTE.match(text):
        return "footnote"
    return "quotation" if text.lstrip().startswith(">") else None


def _indented(text: str, group: Sequence[_Line]) -> bool:
    """Whether a line is set in where the one above was not, or set out again after several that were."""
    above = _indent(group[-1].text)
    here = _indent(text)
    return here >= above + 2 or (here + 2 <= above and len(group) > 1)


def _indent(text: str) -> int:
    expanded = text.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


def _passage(group: Sequence[_Line], hint: ZoneKind | None, form: Form) -> Passage:
    """Markup parsed, mark and bullet parted from the text."""
    rows = [line.text for line in group]
    level = 0
    mark = ""
    if hint == "heading" and (heading := _HEADING.match(rows[0])):
        level, rows[0] = len(heading[1]), rows[0][heading.end() :].rstrip().rstrip("#")
    elif hint == "footnote" and (note := _NOTE.match(rows[0])):
        mark, rows[0] = note[1], rows[0][note.end() :]
    elif hint == "quotation":
        rows = [re.sub(r"^\s*>\s?", "", row) for row in rows]
    bullet = ""
    if hint is None and (found := _BULLET[form].match(rows[0])) and not re.fullmatch(r"[\s*•–-]+", rows[0]):
        bullet, rows[0] = found[0].strip(), rows[0][found.end() :]
    # Spaces inside a line are the typist's; only its edges are layout.
    text = "\n".join(row.strip() for row in rows)
    page, first = group[0].page, group[0].number
    tokens = tokenise(pieces(markdown_marks(text) if form == "markdown" else text), first, page)
    passage = Passage(tokens, tokens, hint=hint, level=level, bullet=bullet, page=page, lines=len(group))
    entries = all(_is_entry(line.text) for line in group)
    passage = replace(passage, entries=entries)
    if mark:
        label = Token(mark, "label", line=f"L{first}", page=page)
        return replace(passage, tokens=(label, *tokens), mark=mark, form="given")
    return _with_mark(passage)


def _with_mark(passage: Passage) -> Passage:
    if not passage.tokens or passage.hint is not None:
        return passage
    first, rest = passage.tokens[0], passage.tokens[1:]
    if first.kind == "reference" and rest:
        # A number of notes has three digits at most: what more is raised belongs to the text ("the 19th").
        if first.text.isdigit() and len(first.text) > 3:
            rest = (replace(first, kind="word", text=first.text[3:], glued=True), *rest)
        mark = first.text[:3]
        return replace(passage, rest=rest, mark=mark, form="raised" if mark.isdigit() else "symbol")
    for pattern, form in ((_PLAIN, "plain"), (_BRACKET, "bracket"), (_SYMBOL, "symbol")):
        match = pattern.fullmatch(first.text)
        if match and any(char.isalpha() for token in rest for char in token.text):
            mark = match[1] if pattern.groups else first.text
            return replace(passage, rest=rest, mark=mark, form=form)  # type: ignore[arg-type]
    if match := _GLUED.match(first.text):
        inner = replace(first, text=first.text[match.end() :], glued=True)
        return replace(passage, rest=(inner, *rest), mark=match[1], form="plain")
    return passage
