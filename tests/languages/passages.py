"""The passages of this folder's two lists: read, tagged, and the result compared with their marks."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.languages import Marks, expanded, spans
from pipeline.model import Span

LISTS = ("open", "held")
USUAL = ("en", "fr", "es", "ru", "de", "it")
_QUOTED = re.compile(r"\"[^\"]+\"|(?<!\w)'[^']+'|«[^»]+»")
_MARK = re.compile(r"<(/?)([A-Za-z-]+)>|_")

Stretch = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage without its marks; `marked` is what stands in which other language."""

    main: str
    text: str
    marked: tuple[Stretch, ...]
    underlined: tuple[tuple[int, int], ...]

    @property
    def quotations(self) -> list[tuple[int, int]]:
        return [match.span() for match in _QUOTED.finditer(self.text)]

    def found(self) -> list[Stretch]:
        """What the stage finds in another language, with the languages that most editions name."""
        return [(each.start, each.end, each.attributes["lang"]) for each in self._tagged() if each.kind == "foreign"]

    def flags(self) -> int:
        """How many flags the stage raises."""
        return sum(each.kind == "flag" for each in self._tagged())

    def _tagged(self) -> list[Span]:
        others = expanded([each for each in USUAL if each != self.main], self.main)
        return spans(self.text, self.main, others, Marks(self.quotations, self.underlined))


@dataclass(frozen=True, slots=True)
class Score:
    """How many were marked, how many found, and how many of these are the same."""

    marked: int
    found: int
    right: int

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.marked + self.found) if self.marked + self.found else 1.0


def passages(name: str) -> list[Passage]:
    """One of LISTS."""
    path = Path(__file__).parent / f"passages-{name}.txt"
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [_parsed(*line.split(": ", maxsplit=1)) for line in lines if line and not line.startswith("#")]


def same(one: Stretch, other: Stretch) -> bool:
    """Of one language, and at least eight tenths of what they cover together is common to both."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return one[2] == other[2] and shared >= 0.8 * (max(one[1], other[1]) - min(one[0], other[0]))


def score(pairs: Iterable[tuple[Sequence[Stretch], Sequence[Stretch]]]) -> Score:
    """Of what is marked and what is found in each passage."""
    marked = found = right = 0
    for ours, theirs in pairs:
        marked, found = marked + len(ours), found + len(theirs)
        right += sum(any(same(one, other) for other in theirs) for one in ours)
    return Score(marked, found, right)


def _parsed(main: str, passage: str) -> Passage:
    text, open_at, underline = "", 0, -1
    marked: list[Stretch] = []
    underlined: list[tuple[int, int]] = []
    for piece in re.split(r"(</?[A-Za-z-]+>|_)", passage):
        match = _MARK.fullmatch(piece)
        if not match:
            text += piece
        elif piece == "_":
            if underline >= 0:
                underlined.append((underline, len(text)))
            underline = len(text) if underline < 0 else -1
        elif match[1]:
            marked.append((open_at, len(text), match[2]))
        else:
            open_at = len(text)
    return Passage(main, text, tuple(marked), tuple(underlined))
