"""Pieces of text to tokens: words, and the note marks that surely are such.

A raised mark is a reference. Plain digits are one only where they touch a closing quotation mark or the stop of a
finished phrase, as no year, page or quantity does; whether other digits are marks is for the whole sequence of
notes to tell, not for this module. A word divided at a line's end is one token.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Token
from pipeline.witness.markup import SYMBOLS, Piece

_CUT = re.compile(r"\s+|\S+")
_DIVIDED = re.compile(r".*[^\W\d_]-", re.DOTALL)
_UNITS = frozenset({"m", "km", "cm", "mm", "dm", "ft", "in", "м", "км", "см"})
_GLUED_MARK = re.compile(r"(.{1,80}?)(\d{1,3})([.,;:!?)\]\"'”’»]{0,4})", re.DOTALL)
_BRACKET_MARK = re.compile(r"(.{1,80}?)\[(\d{1,3})\]([.,;:!?)\"'”’»]{0,4})", re.DOTALL)
_SYMBOL_MARK = re.compile(
    rf"(.{{0,80}}[^\W\d_][.,;:!?)\"'”’»]{{0,3}})([{re.escape(SYMBOLS[:3])}]{{1,3}})([.,;:]?)", re.DOTALL
)
_CLOSERS = '"”»)]'


def tokenise(pieces: Sequence[Piece], line: int, page: str | None = None) -> tuple[Token, ...]:
    """The tokens of a block whose first line is `line` (counted from 1)."""
    maker = _Maker(line, page)
    for piece in pieces:
        maker.add(piece)
    maker.finish()
    return tuple(with_marks(maker.tokens))


class _Maker:
    def __init__(self, line: int, page: str | None) -> None:
        self.line, self.page = line, page
        self.tokens: list[Token] = []
        self.word: list[tuple[str, bool]] = []
        self.word_line = line
        self.divided: tuple[int, str] | None = None
        self.may_join = False
        self.space_before = True
        self.word_glued = False

    def add(self, piece: Piece) -> None:
        if piece.raised:
            self._mark(piece)
            return
        for part in _CUT.findall(piece.text):
            if part.isspace():
                self._space(part, piece.underlined)
            else:
                self._letters(part, piece.underlined)

    def finish(self, goes_on: bool = False) -> None:
        """End the word that is being read. goes_on: the line under it goes on under the space that follows."""
        if self.word:
            text = "".join(part for part, _ in self.word)
            self.tokens.append(
                Token(
                    text,
                    glued=self.word_glued,
                    line=f"L{self.word_line}",
                    page=self.page,
                    underlined=_mostly_underlined(self.word),
                    overhang=None if goes_on else _overhang(self.word),
                    divided=self.divided,
                )
            )
        self.word, self.divided, self.may_join = [], None, False

    def _space(self, part: str, underlined: bool) -> None:
        breaks = part.count("\n")
        text = "".join(word for word, _ in self.word) if breaks == 1 else ""
        if text and self.divided is None and _DIVIDED.fullmatch(text) and "\f" not in part:
            self.divided = (len(text), f"L{self.line + 1}")
            self.may_join = True
        else:
            self.finish(goes_on=underlined)
        self.line += breaks
        self.space_before = True

    def _letters(self, part: str, underlined: bool) -> None:
        if self.may_join and not part[0].isalpha():
            self.divided = None
            self.finish()
        elif self.may_join:
            self.may_join = self.space_before = False
        if not self.word:
            self.word_line = self.line
            self.word_glued = not self.space_before and bool(self.tokens)
        self.word.append((part, underlined))
        self.space_before = False

    def _mark(self, piece: Piece) -> None:
        if self.may_join:
            self.divided = None
        text = "".join(word for word, _ in self.word)
        if not self.space_before and text in _UNITS and piece.text in ("2", "3"):
            self.word.append(("²" if piece.text == "2" else "³", False))
            return
        self.finish()
        glued = not self.space_before and bool(self.tokens)
        self.tokens.append(Token(piece.text, "reference", glued, f"L{self.line}", self.page))
        self.space_before = False


def _mostly_underlined(word: Sequence[tuple[str, bool]]) -> bool:
    if not any(underlined for _, underlined in word):
        return False
    letters = [underlined for part, underlined in word for char in part if char.isalnum()]
    return 2 * sum(letters) > len(letters) or (not letters and all(underlined for _, underlined in word))


def _overhang(word: Sequence[tuple[str, bool]]) -> int | None:
    """How many characters at a word's end stand behind the last that is underlined; None where none is."""
    count = 0
    for part, underlined in reversed(word):
        if underlined:
            return count
        count += len(part)
    return None


def with_marks(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with note marks parted from the words they touch; a part keeps the line and box of the whole."""
    out: list[Token] = []
    quotes = 0
    for index, token in enumerate(tokens):
        if token.kind != "word" or token.divided is not None or len(token.text) > 100:
            out.append(token)
            quotes += token.text.count('"')
            continue
        following = tokens[index + 1].text if index + 1 < len(tokens) else ""
        parts = _parted(token.text, following) or _after_lost_quote(token.text, quotes, out)
        quotes += token.text.count('"')
        if parts is None:
            out.append(token)
            continue
        before, mark, after = parts
        out.append(replace(token, text=before))
        out.append(replace(token, text=mark, kind="reference", glued=True, underlined=False))
        if after:
            out.append(replace(token, text=after, glued=True))
    return out


def _parted(text: str, following: str) -> tuple[str, str, str] | None:
    """The word, the mark and the punctuation after it; None where no mark is sure."""
    if match := _BRACKET_MARK.fullmatch(text):
        return (match[1], match[2], match[3]) if match[1][-1] not in "([" else None
    if match := _SYMBOL_MARK.fullmatch(text):
        return match[1], match[2], match[3]
    match = _GLUED_MARK.fullmatch(text)
    if not match or match[2].startswith("0") or not _ends_phrase(match[1], following, bool(match[3])):
        return None
    return match[1], match[2], match[3]


def _ends_phrase(before: str, following: str, closed: bool) -> bool:
    """Whether digits right after `before` cannot be part of it."""
    core = before.rstrip(".,;:!?\"”»)]'’")
    tail = before[len(core) :]
    word = re.split(r"[^\w]", core)[-1]
    if not tail or not word or not word.isalpha():
        return before[:1] == "»" and not core  # set apart from its word, as in French
    last = tail[-1]
    if last in _CLOSERS:
        return True
    if last in "'’":
        return len(word) > 2 and not word.lower().endswith("qu")
    if len(tail) > 1 and any(char in _CLOSERS for char in tail):
        return True
    if last in ",;!?":
        return len(word) > 2
    # After a full stop an abbreviation is to be feared ("Chap.3"): a new sentence must follow.
    opens = not following or following.lstrip("\"'“‘«([")[:1].isupper()
    return last == "." and opens and not closed and len(word) >= (4 if word.islower() else 6)


def _after_lost_quote(text: str, quotes: int, out: list[Token]) -> tuple[str, str, str] | None:
    """A closing quotation mark that was moved away from its word, with a mark: `parties, "12 but`."""
    match = re.fullmatch(r'(")([1-9]\d{0,2})([.,;:]?)', text)
    if match and quotes % 2 == 1 and out and out[-1].text[-1:] in ",.;!?":
        return match[1], match[2], match[3]
    return None
