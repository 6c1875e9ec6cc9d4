"""Which pieces are notes, where a text without pages mistook one: some it takes for notes without reason, and some
notes that lost their number for text."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from pipeline.structure.anchors import candidates
from pipeline.structure.notes import labels, other_marks
from pipeline.structure.stream import FURNITURE, Piece, text_of

DOUBTFUL = 0.8
"""Certainty (0..1) under which a piece without a number may be no note."""
SEEN = 0.95
"""The same where the whole text shows no number of a note."""
CALL = 2.0
"""Weight from which a number in the main text is a sure call of a note (see `anchors`)."""
SIGNS = frozenset(sign * times for sign in "*†‡§¶+" for times in range(1, 5))
LONGEST_HEAD = 12
"""Words of a running head or foot."""
UNSCANNED = 40
"""Words between two scans above which pages between them were not scanned."""
MOST = 3
"""Notes in a row that are looked for among the paragraphs."""


def with_lost(parted: Sequence[Piece]) -> list[Piece]:
    """The pieces, those made notes whose number is lost but called in the main text.

    A note stands at the foot of the page that calls it. Where the numbers leave one out, it is the paragraph behind
    the last note of that foot, or the last before the first note of the next; what was doubtfully taken for it
    elsewhere is text.
    """
    found = list(parted)
    numbered = [(at, int(label)) for at, piece in enumerate(parted) if (label := _number(piece))]
    for (first, low), (last, high) in pairwise(numbered):
        if not 1 < high - low <= MOST + 1:
            continue
        behind, before = _paragraphs(parted, first, last, 1), _paragraphs(parted, last, first, -1)[::-1]
        taken = [at for at in range(first + 1, last) if parted[at].kind == "footnote"]
        here = _called(parted, first, range(low + 1, high)) if behind else 0
        there = _called(parted, last, range(low + 1 + here, high)) if before and here < high - low - 1 else 0
        made = [*behind[:here], *before[len(before) - there :]]
        sure = len(taken) < high - low and all(parted[at].certainty < DOUBTFUL for at in taken)
        if not made or not sure or (taken and len(made) < high - low - 1) or not {*behind, *before} - {*made}:
            continue
        for at in made:
            found[at] = replace(parted[at], kind="footnote", continues=False)
        for at in taken:
            found[at] = replace(parted[at], kind="body")
    return found


def with_marked(parted: Sequence[Piece]) -> list[Piece]:
    """The pieces, those made notes that begin with a sign which the text before them calls, behind a word."""
    found = list(parted)
    called: set[str] = set()
    for at, piece in enumerate(parted):
        first = piece.items[0] if piece.items else None
        sign = first.text if first and first.text in called and len(piece.items) > 1 else ""
        bare = piece.kind == "footnote" and not labels(piece)
        if first and sign and (bare or (piece.kind in ("body", "list") and piece.medium == "text")):
            label = replace(first, marks=(("", sign, "label"),))
            found[at] = replace(piece, kind="footnote", items=(label, *piece.items[1:]), continues=False)
            called.discard(sign)
        elif piece.kind != "footnote":
            called |= other_marks(piece.items) & SIGNS
    return found


def without_repeats(parted: Sequence[Piece]) -> list[Piece]:
    """The pieces, those that a text alone has twice between scanned pages taken for running heads, not for text.

    Where much stands between two scans, pages between them were not scanned, and what they repeat is theirs. Nor is a
    piece with a number: notes say the same often.
    """
    alone = [piece.medium == "text" and len(piece.items) <= LONGEST_HEAD for piece in parted]
    said = Counter(text_of(piece) for piece, lone in zip(parted, alone, strict=True) if lone)
    scanned = [at for at, piece in enumerate(parted) if piece.page]
    gaps = ((before, after) for before, after in pairwise(scanned) if _words(parted, before, after) <= UNSCANNED)
    heads = {
        at
        for before, after in gaps
        for at in range(before + 1, after)
        if alone[at] and len(parted[at].items) > 1 and said[text_of(parted[at])] > 1 and not labels(parted[at])
    }
    return [
        replace(piece, kind="runningHead", continues=False) if at in heads else piece for at, piece in enumerate(parted)
    ]


def _words(parted: Sequence[Piece], before: int, after: int) -> int:
    return sum(len(piece.items) for piece in parted[before + 1 : after])


def without_strays(parted: Sequence[Piece], chapters: Sequence[int]) -> list[Piece]:
    """The pieces, those that a text takes for notes without reason given back to the main text.

    Where a chapter numbers its notes, what stands behind the last number without one, and is no sure note or under
    another heading, is text; and so is what stands before the very first number, if that is 1.
    chapters: for every piece, how many have begun.
    """
    found = list(parted)
    headings = list(accumulate(piece.kind == "heading" for piece in parted))
    feet = [at for at, piece in enumerate(found) if piece.kind == "footnote"]
    numbered = [at for at in feet if labels(found[at])]
    last = {chapters[at]: at for at in numbered}
    for at in feet:
        piece = found[at]
        if piece.medium != "text" or labels(piece):
            continue
        if not numbered:
            found[at] = replace(piece, kind="body") if piece.certainty < SEEN else piece
            continue
        early = at < numbered[0] and "1" in labels(found[numbered[0]])
        before = last.get(chapters[at], at)
        late = before < at and (piece.certainty < DOUBTFUL or headings[before] < headings[at])
        if early or late:
            found[at] = replace(piece, kind="body")
    return found


def _number(piece: Piece) -> str | None:
    """The number that a note's piece shows, where its witnesses agree."""
    shown = {label for label in labels(piece) if label.isdigit()} if piece.kind == "footnote" else set()
    return shown.pop() if len(shown) == 1 else None


def _paragraphs(parted: Sequence[Piece], start: int, stop: int, step: int) -> list[int]:
    """The paragraphs of text next to the notes of a foot, in one direction, up to anything else."""
    at = start
    while at != stop and (parted[at].kind == "footnote" or parted[at].kind in FURNITURE):
        at += step
    found = []
    while at != stop and parted[at].kind == "body" and parted[at].medium == "text":
        found.append(at)
        at += step
    return found


def _called(parted: Sequence[Piece], end: int, numbers: range) -> int:
    """How many of the numbers, from the first on, the page calls on whose foot piece `end` is."""
    while end > 0 and (parted[end].kind == "footnote" or parted[end].kind in FURNITURE):
        end -= 1
    start = end
    while start > 0 and parted[start - 1].kind != "footnote":
        start -= 1
    items = [item for piece in parted[start : end + 1] for item in piece.items]
    calls = {candidate.number for candidate in candidates(items) if candidate.weight >= CALL}
    return next((count for count, number in enumerate(numbers) if str(number) not in calls), len(numbers))
