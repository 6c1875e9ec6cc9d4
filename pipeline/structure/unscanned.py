"""Pages of which there is no scan: conjectured where the text alone stands, see `foliation`.

Where some pages of a book are scanned, the numbers printed on them are as good as those of the contents page, and the
text between two of them begins a page of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from pipeline.structure.foliation import FEWEST, UNSEEN, PageStart, foliation
from pipeline.structure.stream import FURNITURE, Item, Piece

PASSAGE = 40
"""Words in a row without a scan that are no words missed on a page."""


@dataclass(frozen=True, slots=True)
class Chapters:
    """What the contents page says: page numbers by the item at which their heading begins; and the items at which
    chapters begin, and those at which the arabic numbers may."""

    listed: Mapping[int, str]
    chapters: Sequence[int]
    arabic: Sequence[int]


def unscanned(
    parted: Sequence[Piece], items: Sequence[Item], starts: Sequence[int], told: Chapters, labels: Mapping[str, str]
) -> list[PageStart]:
    """The pages that begin where no scan shows the text.

    items: of the main text, and starts: where each of its pieces begins. labels: numbers of the scanned pages.
    """
    stretches = _stretches([item.tokens[0].page for item in items])
    if not stretches:
        return []
    begins: dict[str, int] = {}
    for at, item in enumerate(items):
        if item.tokens[0].page:
            begins.setdefault(item.tokens[0].page, at)
    made = _conjecture(parted, items, starts, told, {at: labels.get(page, "") for page, at in begins.items()})
    kept = [start for start in made if any(first <= start.at < end for first, end in stretches)]
    begun = {start.at for start in kept}
    for first, _ in stretches:
        if first and first not in begun:
            kept.append(PageStart(first, _next_label(labels.get(items[first - 1].tokens[0].page or "", "")), UNSEEN))
    return sorted(kept, key=lambda start: start.at)


def _stretches(pages: Sequence[str | None]) -> list[tuple[int, int]]:
    """Runs of items [first, end) that stand on no scanned page, and not in the midst of one."""
    found = []
    at = 0
    for page, group in groupby(pages):
        end = at + len(list(group))
        before, after = pages[at - 1] if at else None, pages[end] if end < len(pages) else None
        whole = end - at == len(pages)
        if page is None and (whole or (end - at >= PASSAGE and (before is None or before != after))):
            found.append((at, end))
        at = end
    return found


def _next_label(label: str) -> str:
    number = label.strip("[]")
    return f"[{int(number) + 1}]" if number.isdigit() else ""


def _conjecture(
    parted: Sequence[Piece], items: Sequence[Item], starts: Sequence[int], told: Chapters, shown: Mapping[int, str]
) -> list[PageStart]:
    if sum(page.isdigit() for page in told.listed.values()) < FEWEST or not told.arabic:
        return []
    feet: list[int] = []
    weights = [0] * (len(items) + 1)
    after = 0
    for piece in parted:
        if piece.kind == "footnote":
            feet.append(starts[after])
            weights[max(0, starts[after] - 1)] += len(piece.items)
        elif piece.kind not in FURNITURE:
            after += 1
    words = [0, *accumulate(1 + weight for weight in weights[:-1])]
    first = min([at for at in told.chapters if at in told.arabic] or told.arabic)
    listed = {**told.listed, **{at: number for at, label in shown.items() if (number := label.strip("[]")).isdigit()}}
    return foliation(sorted({*feet, *told.chapters, *shown}), listed, first, words)
