"""Is there room on the page for words that only a text has? The scan shows where something may stand unread.

Words that the recogniser missed left a blank; words that the existing text doubled or invented find none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.model import Token


@dataclass(frozen=True, slots=True)
class Measure:
    """How the document is typed, in pixels: the width of a character, the distance of lines, the margins."""

    character: float
    pitch: float
    left: float
    right: float


def measure(tokens: Sequence[Token]) -> Measure | None:
    """Measure the tokens of a scan; None where they have no boxes."""
    boxed = [(token.text, token.box) for token in tokens if token.box is not None]
    if not boxed:
        return None
    widths = [box.width / len(text) for text, box in boxed if len(text) > 2] or [1.0]
    lefts, rights = sorted(box.left for _, box in boxed), sorted(box.right for _, box in boxed)
    return Measure(median(widths), _pitch(tokens), lefts[len(lefts) // 50], rights[-1 - len(rights) // 50])


def _pitch(tokens: Sequence[Token]) -> float:
    """Median distance of a line from the one above it, in pixels; 0 where no page has two lines."""
    tops: dict[tuple[str | None, str | None], int] = {}
    for token in tokens:
        if token.box is not None:
            tops.setdefault((token.page, token.line), token.box.top)
    steps = [
        below - above
        for ((page, _), above), ((other, _), below) in pairwise(tops.items())
        if page == other and below > above
    ]
    return median(steps) if steps else 0.0


def has_room(before: Token | None, after: Token | None, letters: int, typed: Measure) -> bool:
    """Whether `letters` characters can stand unread between two tokens of the scan.

    before, after: the neighbours in the scan's order; None at its ends.
    """
    if before is None or after is None or before.box is None or after.box is None or before.page != after.page:
        return True
    need = 0.8 * letters * typed.character
    if before.line == after.line:
        return after.box.left - before.box.right >= need
    blank = (after.box.top - before.box.bottom) / typed.pitch - 0.8 if typed.pitch else 0.0
    if blank > 1:
        return blank * (typed.right - typed.left) >= need
    return max(typed.right - before.box.right, after.box.left - typed.left) >= need
