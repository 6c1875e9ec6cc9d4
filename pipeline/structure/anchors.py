"""Where in the text each note is called: its anchor.

Candidates are raised numbers of any witness, numbers glued to a word or its punctuation, and numbers standing alone.
All notes of the document are placed together (dynamic programming over notes and candidates, both in order): a
candidate counts by its form, by how far its digits agree with the note's number, and by how far it stands from the
page on whose foot the note is. A note for which nothing is left is put at the likeliest place of its page (see
`places`) and marked as conjectural.
"""

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from pipeline.structure.notes import Note
from pipeline.structure.places import Places, room
from pipeline.structure.stream import Item

SKIP = 1.0
"""Cost of leaving a note without a candidate."""
PAGE = 1.2
"""Cost of standing one page's foot away from the note."""
REACH = 2
"""Page feet before and after its own in which a note's anchor is looked for."""
NO_ROOM = 0.02
"""Least room (expected notes) that is reckoned with for a note without a candidate; MUCH_ROOM is the most, the
second where pages are sure."""
MUCH_ROOM = (1.0, 2.0)
STATES = 40
RAISED = 3.0
"""Weight of a number that a witness shows as a reference."""
BRACKETED = 1.8
"""Weight of a number in brackets, which may also count the points of an argument."""

_NUMBER = re.compile(r"^(?P<head>.*?[^\d\s])??(?P<number>\d{1,3})(?P<tail>[^\w\s]*)$")
_BRACKETED = re.compile(r"^(?P<head>.*?)(?P<mark>\((?P<number>\d{1,3}|[a-z]|[*†‡§¶+]{1,4})\))(?P<tail>[^\w\s(]*)$")
_SIGN = re.compile(r"^(?P<head>.*?)(?P<number>[*†‡§¶+]{1,4})(?P<tail>[^\w\s*†‡§¶+]*)$")
_LETTER = re.compile(r"^(?P<head>)(?P<number>[^\W\d_]{1,3})(?P<tail>[^\w\s]*)$")
_STOP = re.compile(r"[.!?:;,][\"'”»)\]]*$|[\"'”»)\]]$")
_ABBREVIATED = re.compile(
    r"^\W*([^\W\d_]|pps?|nos?|nr|n[uú]ms?|vols?|chs?|chap|fig|arts?|tom|ss|ff?|fols?|ll|bd|para?|sect?|cap|ed|cols?|cf|ca|"
    r"jan|feb|mar|apr|aug|sept?|oct|nov|dec|janv|f[eé]vr|avr|juil|d[eé]c|okt|dez|гл|стр|ст|тт?|л[лт]|см)\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number in the main text that may call a note.

    at: index of its item. head: characters of the item's text before it. width: its digits in that text (0 where
    the item's text does not hold it).
    """

    at: int
    number: str
    weight: float
    head: int
    width: int

    @property
    def raised(self) -> bool:
        return self.weight >= RAISED


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a note is called: in item `at` of the main text, after `head` characters of its text.

    width: characters of the item's text that are the number, and no text; None where the place is conjectural and
    the note stands behind the item.
    """

    at: int
    head: int
    width: int | None
    certainty: float


def anchor(
    notes: Sequence[Note],
    items: Sequence[Item],
    ends: Sequence[int],
    quotations: Collection[int] = (),
    barred: Collection[int] = (),
    openings: Collection[int] = (),
    own_page: bool = False,
) -> list[Anchor | None]:
    """Find the anchor of every note.

    items: the main text. ends: for every note, the number of items that stand before its page's foot. quotations:
    the items with which block quotations end. barred: items of headings and contents, where no place is guessed.
    openings: items with which paragraphs, headings and items of lists begin; a plain number there counts those.
    own_page: numbers begin again on every page, so that a number of another page is no evidence.
    None only where there is no text at all.
    """
    feet = sorted({0, *ends})
    foot_of = {end: index for index, end in enumerate(feet)}
    marks = {note.number for note in notes if not note.number.isdigit()}
    found = [each for each in candidates(items, marks) if each.head or each.raised or each.at not in openings]
    by_foot: dict[int, list[Candidate]] = {}
    foot = 0
    for candidate in found:
        while foot + 1 < len(feet) and candidate.at >= feet[foot]:
            foot += 1
        by_foot.setdefault(foot, []).append(candidate)
    paged = any(item.tokens[0].page for item in items)
    reach = 0 if own_page and paged else REACH
    chosen = _solve(notes, [foot_of[end] for end in ends], feet, by_foot, room(items, quotations, barred), paged, reach)
    known = [each[0].at - (not each[0].head and each[0].at > 0) for each in chosen if each]
    return _with_conjectures(chosen, notes, items, ends, feet, Places(items, quotations, barred, known))


def candidates(items: Sequence[Item], marks: Collection[str] = ()) -> list[Candidate]:
    """All numbers of the main text that may be note references, in order; and all signs and letters among `marks`."""
    found: list[Candidate] = []
    for at, item in enumerate(items):
        references = [text for _, text, kind in item.marks if kind == "reference"]
        if references:
            weight = RAISED + (len(set(references)) == 1) * (len(references) - 1)
            match = _NUMBER.match(item.text)
            start, width = (match.start("number"), len(match["number"])) if match else (0, len(item.text))
            found.extend(Candidate(at, mark, weight, start, width) for mark in dict.fromkeys(references))
        elif plain := _plain(at, item, items[at - 1].text if at else "", marks):
            found.append(plain)
    return found


def _plain(at: int, item: Item, before: str, marks: Collection[str]) -> Candidate | None:
    """A number or mark that is not raised as a reference; None where it is none."""
    text = item.text or item.tokens[0].text
    if (match := _BRACKETED.match(text)) and (match["number"].isdigit() or match["number"] in marks):
        weight, start, width = BRACKETED * bool(match["head"] or before), match.start("mark"), len(match["mark"])
    elif match := _NUMBER.match(text):
        start, width = len(match["head"] or ""), len(match["number"])
        weight = _plain_weight(match["head"] or "", before)
    elif marks and (match := _SIGN.match(text) or _LETTER.match(text)) and _alike(match["number"], marks):
        start, width = len(match["head"]), len(match["number"])
        ends = _STOP.search(match["head"] or before) or match["tail"]
        weight = 0.5 if _ABBREVIATED.match(before) else 2.5 if match["head"] else 2.2 if ends else 1.2
    else:
        return None
    return Candidate(at, match["number"], weight, start, width if item.text else 0) if weight else None


def _alike(sign: str, marks: Collection[str]) -> bool:
    """Whether a sign is one of the marks, or repeats its letter, once at least as it is typed there."""
    return any(sign == mark or (set(sign.upper()) == set(mark.upper()) and mark[0] in sign) for mark in marks)


def _plain_weight(head: str, before: str) -> float:
    """How much an unraised number looks like a reference, by what stands before it."""
    if head:
        if re.search(r"[-/$£€#(\[]$|\d\W*$", head) or _ABBREVIATED.match(head):
            return 0.0
        return 2.5 if _STOP.search(head) or head[-1].isalpha() else 0.0
    if _ABBREVIATED.match(before) or not before:
        return 0.3
    return 2.2 if _STOP.search(before) else 0.8


def _solve(
    notes: Sequence[Note],
    foot: Sequence[int],
    feet: Sequence[int],
    by_foot: dict[int, list[Candidate]],
    space: Sequence[float],
    paged: bool,
    reach: int,
) -> list[tuple[Candidate, float] | None]:
    """The best rising choice of a candidate, or none, for every note.

    feet: items before which a page's notes stand, foot: for every note which of them. space: see `room`; notes
    without a candidate need room between those that have one, on their pages where the text has pages. reach: pages
    before and after its own from which a note may take a candidate.
    """
    trail: list[tuple[int, tuple[Candidate, float] | None]] = [(-1, None)]
    states: list[tuple[int, int, float, int]] = [(-1, 0, 0.0, 0)]
    for index, (note, home) in enumerate(zip(notes, foot, strict=True)):
        options = [
            (candidate, gain)
            for distance in range(-reach, reach + 1)
            for candidate in by_foot.get(home + distance, ())
            if (gain := _gain(note, candidate) - PAGE * abs(distance)) > -SKIP
        ]
        reached: dict[tuple[int, int], tuple[float, int, tuple[Candidate, float] | None]] = {}
        for last, left, score, link in states:
            for option in (None, *options):
                if option is None:
                    key, total = (last, left + 1), score - SKIP
                elif option[0].at > last:
                    # The feet of a text without pages are guesses themselves.
                    top = feet[max(0, foot[index - left] - 1)] if paged else 0
                    first = max(last + 1, top)
                    # The word behind which the candidate stands is taken by its own note.
                    end = option[0].at - (not option[0].head)
                    end = min(end, feet[foot[index - 1]]) if left and paged else end
                    key, total = (option[0].at, 0), score + option[1] - _crowded(space, first, end, left, paged)
                else:
                    continue
                if key not in reached or total > reached[key][0]:
                    reached[key] = (total, link, option)
        kept = sorted(reached.items(), key=lambda entry: (-entry[1][0], entry[0]))[:STATES]
        states = []
        for (place, left), (total, link, option) in kept:
            trail.append((link, option))
            states.append((place, left, total, len(trail) - 1))
    chosen: list[tuple[Candidate, float] | None] = []
    total = len(space) - 1
    link = max(states, key=lambda s: s[2] - _crowded(space, s[0] + 1, total, s[1], paged))[3]
    while link > 0:
        previous, option = trail[link]
        chosen.append(option)
        link = previous
    return chosen[::-1]


def _crowded(space: Sequence[float], first: int, end: int, left: int, paged: bool) -> float:
    """Cost of `left` notes without a candidate in items [first, end), by the room that they have there."""
    if not left:
        return 0.0
    each = (space[end] - space[first]) / left if end > first else 0.0
    return -left * math.log(min(MUCH_ROOM[paged], max(each, NO_ROOM)))


def _gain(note: Note, candidate: Candidate) -> float:
    """What is gained by taking a candidate for a note's reference."""
    if candidate.number == note.number:
        return candidate.weight
    if candidate.number.isdigit() != note.number.isdigit():
        return -9.0
    wrong = Levenshtein.distance(candidate.number.upper(), note.number.upper())
    if candidate.raised:
        return 1.5 if wrong == 1 and len(note.number) > 1 else 0.3
    if not note.number.isdigit():
        return candidate.weight - 1.0 if wrong < 2 else -9.0
    return candidate.weight - 2.0 if wrong == 1 and len(note.number) > 1 else -9.0


def _with_conjectures(
    chosen: Sequence[tuple[Candidate, float] | None],
    notes: Sequence[Note],
    items: Sequence[Item],
    ends: Sequence[int],
    feet: Sequence[int],
    places: Places,
) -> list[Anchor | None]:
    """Turn choices into anchors, and put the notes that are left over where they most likely belong."""
    anchors: list[Anchor | None] = [
        Anchor(option[0].at, option[0].head, option[0].width, min(0.99, 0.6 + 0.1 * option[1])) if option else None
        for option in chosen
    ]
    if not items:
        return anchors
    before = dict(zip(feet[1:], feet, strict=False))
    index = 0
    while index < len(anchors):
        last = index
        while last < len(anchors) and anchors[last] is None and ends[last] == ends[index]:
            last += 1
        if last == index:
            index += 1
            continue
        previous = next((a.at for a in reversed(anchors[:index]) if a is not None), -1)
        following = next((a.at for a in anchors[last:] if a is not None), len(items))
        start, end = max(previous + 1, before.get(ends[index], 0)), min(following, ends[index])
        if start >= end:  # its page and its neighbours disagree: a note stands between its neighbours
            start, end = previous + 1, following
        texts = [" ".join(item.text for piece in note.pieces for item in piece.items) for note in notes[index:last]]
        for note, (place, certainty) in zip(range(index, last), places.likeliest(start, end, texts), strict=True):
            anchors[note] = Anchor(place, 0, None, certainty)
        index = last
    return anchors
