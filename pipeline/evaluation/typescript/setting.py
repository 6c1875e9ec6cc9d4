"""Setting: a page's blocks broken into typed lines, and the lines given their places on the paper.

Lines are monospaced and justified with whole spaces, as word processors drove daisy-wheel printers; two spaces
follow a sentence. A line may end after the hyphen of a compound. The body is double-spaced, block quotations, verse
and lists closer, foot notes single-spaced under a rule at the foot. All measures on paper are in pixels, all
measures in a line in columns.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.errors import BadInput
from pipeline.evaluation.typescript.flow import Block, FlowPage, Glyph, Kind
from pipeline.evaluation.typescript.look import Look

LEFT, RIGHT, TOP, BOTTOM = 450, 2250, 330, 3010
RULE_COLUMNS = 20
_RAISED = 0.6
_RULE_ABOVE, _RULE_BELOW = 20, 22
_TARGET_COLUMNS = 8
_TITLE_TOP = 760
_SENTENCE = re.compile(r"[^\W\d]{3,}[.?!][\"')\]]*\d* [\"'(\[]*[^\W\d_a-zа-я]")

Typed = tuple[Glyph, ...]


@dataclass(frozen=True, slots=True)
class _Shape:
    """How blocks of a kind are set: indents of the first and the other lines and at the right, line distance as a
    share of the body's and at least so many pixels, space after the block as a share of the body's line distance."""

    first: int = 0
    rest: int = 0
    right: int = 0
    distance: float = 1.0
    least: int = 0
    after: float = 0.0
    justified: bool = False
    centred: bool = False


_SHAPES: dict[Kind, _Shape] = {
    "p": _Shape(first=5, justified=True),
    "head": _Shape(right=6, distance=0.6, least=52, after=0.7, centred=True),
    "subhead": _Shape(rest=5, distance=0.6, least=52, after=0.55),
    "quote": _Shape(first=8, rest=8, right=5, distance=0.6, least=50, after=0.45, justified=True),
    "verse": _Shape(first=14, rest=18, distance=0.6, least=50),
    "item": _Shape(first=5, rest=8, right=2, distance=0.6, least=50),
    "bibl": _Shape(rest=5, distance=0.6, least=50, after=0.3),
    "contents": _Shape(rest=4, right=_TARGET_COLUMNS, distance=0.6, least=50, after=0.15),
    "title": _Shape(right=6, distance=0.7, least=56, after=1.2, centred=True),
    "separator": _Shape(centred=True),
    "note": _Shape(first=5, distance=0.5, least=47, after=0.22, justified=True),
}
_HEADINGS: set[Kind] = {"head", "subhead"}
_GROUPED: set[Kind] = {"verse", "item", "contents"}


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line. indent: columns before its first word; gaps: columns of space after each word but the last.

    divided: its last word is the first half of a compound that goes on in the next line.
    full: it was stretched to the right margin.
    """

    words: tuple[Typed, ...]
    indent: float
    gaps: tuple[float, ...]
    divided: bool = False
    full: bool = False

    @property
    def text(self) -> str:
        return " ".join("".join(glyph.char for glyph in word) for word in self.words)


@dataclass(frozen=True, slots=True)
class Placed:
    """A line and the pixel at which its cell begins."""

    line: TypedLine
    top: int


@dataclass(frozen=True, slots=True)
class SetPage:
    """A page ready to be drawn. rule: the pixel row of the rule above the notes. leading: as it was set."""

    label: str
    lines: tuple[Placed, ...]
    rule: int | None
    leading: int


def width(word: Sequence[Glyph]) -> float:
    """Columns that a word takes; raised characters are smaller."""
    return sum(_RAISED if glyph.raised else 1.0 for glyph in word)


def lines(block: Block, columns: int) -> list[TypedLine]:
    """The typed lines of a block, in lines of at most `columns` columns."""
    shape = _SHAPES[block.kind]
    before = _continued_from(block) if block.kind == "note" and block.continues else []
    broken = _break(block, shape, columns)
    set_lines = [_set(words, indent, ends, divided, block, shape, columns) for words, indent, ends, divided in broken]
    if block.kind == "contents" and block.target:
        set_lines[-1] = _with_leader(set_lines[-1], block.target, columns)
    after = _continued_on(columns) if block.kind == "note" and block.goes_on else []
    return [*before, *set_lines, *after]


def place(page: FlowPage, look: Look) -> SetPage:
    """Give every line of a page its place, set as wide as `look` allows.

    Raises BadInput where the page's text does not fit at the closest setting; the message says by how much.
    """
    for leading in range(look.leading, look.least_leading - 1, -4):
        placed = _try(page, look, leading)
        over = placed.lines[-1].top + _pitch("note" if page.notes else page.blocks[-1].kind, leading) - BOTTOM - 30
        if over <= 0:
            return placed
    raise BadInput(
        f"page {page.label} holds {round(over / look.least_leading + 0.5)} lines too many; "
        "move its page break up or shorten its text"
    )


def _try(page: FlowPage, look: Look, leading: int) -> SetPage:
    placed: list[Placed] = []
    top = float(_TITLE_TOP if page.blocks and page.blocks[0].kind == "title" else TOP)
    for block, following in zip(page.blocks, [*page.blocks[1:], None], strict=True):
        for line in lines(block, look.columns):
            placed.append(Placed(line, round(top)))
            top += _pitch(block.kind, leading)
        top += leading * _after(block, following)
    notes = [(block, lines(block, look.columns)) for block in page.notes]
    if not notes:
        return SetPage(page.label, tuple(placed), None, leading)
    pitch, gap = _pitch("note", leading), leading * _SHAPES["note"].after
    need = sum(len(each) * pitch + gap for _, each in notes) - gap
    top = max(top + _RULE_ABOVE + _RULE_BELOW, BOTTOM - need)
    rule = round(top - _RULE_BELOW)
    for _, each in notes:
        for line in each:
            placed.append(Placed(line, round(top)))
            top += pitch
        top += gap
    return SetPage(page.label, tuple(placed), rule, leading)


def _pitch(kind: Kind, leading: int) -> float:
    shape = _SHAPES[kind]
    return max(shape.distance * leading, shape.least)


def _after(block: Block, following: Block | None) -> float:
    """Space after a block, in body lines: little within a list or a stanza, more before a heading."""
    if block.kind not in _HEADINGS and following is not None and following.kind in _HEADINGS:
        return 0.5
    if block.kind in _GROUPED:
        same = following is not None and following.kind == block.kind and following.group == block.group
        return _SHAPES[block.kind].after if same else 0.45
    return _SHAPES[block.kind].after


def _break(block: Block, shape: _Shape, columns: int) -> list[tuple[list[Typed], int, bool, bool]]:
    """Words in lines: (words, indent, is the last line, ends inside a compound)."""
    broken: list[tuple[list[Typed], int, bool, bool]] = []
    indent = shape.rest if block.continues else shape.first
    for paragraph in _paragraphs(block.glyphs):
        current: list[Typed] = []
        room = float(columns - shape.right - indent)
        pending = list(reversed(paragraph))
        while pending:
            word = pending.pop()
            if width(word) <= room:
                current.append(word)
                room -= width(word) + (_space(word, pending[-1]) if pending else 0)
                continue
            cut = _cut(word, room)
            if cut:
                current.append(word[:cut])
                pending.append(word[cut:])
            elif current:
                pending.append(word)
            else:
                current.append(word)
            broken.append((current, indent, not pending, bool(cut)))
            current, indent = [], shape.rest
            room = columns - shape.right - indent
        if current:
            broken.append((current, indent, True, False))
        indent = shape.first
    return broken


def _paragraphs(glyphs: Sequence[Glyph]) -> list[list[Typed]]:
    """The words of each stretch between typed line ends."""
    paragraphs: list[list[Typed]] = [[]]
    word: list[Glyph] = []
    for glyph in [*glyphs, Glyph("\n")]:
        if glyph.char not in " \n":
            word.append(glyph)
            continue
        if word:
            paragraphs[-1].append(tuple(word))
            word = []
        if glyph.char == "\n":
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs if paragraph]


def _cut(word: Typed, room: float) -> int:
    """Where a compound may be divided so that its first half fits: just after a hyphen between letters; 0: nowhere."""
    for at in range(len(word) - 1, 1, -1):
        between = word[at - 2].char.isalpha() and word[at].char.isalpha()
        if word[at - 1].char == "-" and between and width(word[:at]) <= room:
            return at
    return 0


def _natural(words: Sequence[Typed]) -> float:
    """Columns of words with their ordinary spaces."""
    return sum(width(word) for word in words) + sum(_gaps(words))


def _gaps(words: Sequence[Typed]) -> list[float]:
    return [_space(word, following) for word, following in pairwise(words)]


def _space(word: Typed, following: Typed) -> float:
    """Columns between two words: two after a sentence, one elsewhere."""
    both = "".join(glyph.char for glyph in (*word, Glyph(" "), *following))
    return 2.0 if _SENTENCE.search(both) else 1.0


def _set(
    words: list[Typed], indent: int, ends: bool, divided: bool, block: Block, shape: _Shape, columns: int
) -> TypedLine:
    gaps = _gaps(words)
    spare = columns - shape.right - indent - _natural(words)
    if shape.centred:
        return TypedLine(tuple(words), (columns - _natural(words)) / 2, tuple(gaps))
    runs_over = ends and block.goes_on and spare < 0.25 * columns
    full = shape.justified and bool(gaps) and (not ends or runs_over)
    if full:
        each, rest = divmod(int(spare), len(gaps))
        gaps = [gap + each for gap in gaps]
        for turn in range(rest):  # evenly, beginning elsewhere in each line, so that no rivers run down the page
            gaps[(turn * len(gaps) // rest + len(words)) % len(gaps)] += 1
        gaps[-1] += spare - int(spare)
    return TypedLine(tuple(words), indent, tuple(gaps), divided, full)


def _with_leader(line: TypedLine, target: str, columns: int) -> TypedLine:
    """The last line of a contents entry: dots lead to the page number at the right margin."""
    used = line.indent + _natural(line.words)
    dots = int(columns - used - len(target) - 2)
    words = (*line.words, *([_plain("." * dots)] if dots > 0 else []), _plain(target))
    gaps = [*_gaps(line.words), *[1.0] * (len(words) - len(line.words))]
    gaps[-1] += columns - line.indent - sum(width(word) for word in words) - sum(gaps)
    return TypedLine(words, line.indent, tuple(gaps))


def _continued_from(block: Block) -> list[TypedLine]:
    number = tuple(Glyph(char, raised=True) for char in block.number)
    return [TypedLine(((*number, *_plain("(...continued)")),), _SHAPES["note"].first, ())]


def _continued_on(columns: int) -> list[TypedLine]:
    word = _plain("(continued...)")
    return [TypedLine((word,), columns - len(word), ())]


def _plain(text: str) -> Typed:
    return tuple(Glyph(char) for char in text)
