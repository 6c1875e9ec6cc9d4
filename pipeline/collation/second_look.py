"""A second look: the lines in doubt are written down, and what was seen when they were read again is weighed.

The workflow runs the collation twice. The first time it lists the lines whose readings are least sure (doubts.json);
recognition reads them again in several ways (rereadings/*.json). The second time every look at a line stands beside
the scan's first reading. All looks are at one image, and mostly by one program, so that together they weigh hardly
more than one witness; and what only one of them saw is no reading of the scan.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.collation.choice import AGREE, Evidence
from pipeline.model import Column, Doubt, Look, Rereading, Token, Word

SURE = 0.9999
"""Probability from which a reading needs no second look."""
FAINT = 0.85
"""Confidence of the recogniser below which a word that no other witness has is in doubt."""
MOST = 0.12
"""Largest share of the lines that is read again; the least sure come first."""
FIRST = "Tesseract"
"""The engine of the first reading."""
WEIGHT, OTHER = 1.5, 1.5
"""What the first reading and all looks of its engine weigh together, and a look of another engine, in witnesses."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A look at a line: its engine, and its words, each with the tokens (by index) in whose place it stands."""

    engine: str
    words: list[tuple[list[int], Word]]


def doubts(columns: Sequence[Column], tokens: Mapping[str, Sequence[Token]], scans: frozenset[str]) -> list[Doubt]:
    """The lines of the scans worth a second look, in the order of the text.

    A line is in doubt where witnesses differ there and the choice is not sure, or where a word that only the scan has
    was read with little confidence.
    """
    seen: dict[tuple[str, str], tuple[float, str]] = {}
    others: dict[tuple[str, str], list[str]] = defaultdict(list)
    every: set[tuple[str, str]] = set()
    here: tuple[str, str] | None = None
    for column in columns:
        own = next((tokens[s][slice(*column.readings[s])] for s in column.readings if s in scans), None)
        if own and own[0].page and own[0].line:
            here = (own[0].page, own[0].line)
            every.add(here)
        if here is None:
            continue
        others[here] += [
            token.text
            for s, (start, end) in column.readings.items()
            if s not in scans
            for token in tokens[s][start:end]
        ]
        doubt = _doubt(column, own)
        if doubt and (here not in seen or doubt < seen[here]):
            seen[here] = doubt
    worst = sorted(seen, key=lambda line: (seen[line], line))[: max(1, round(MOST * len(every)))]
    chosen = set(worst)
    return [Doubt(*line, *seen[line], " ".join(others[line])) for line in seen if line in chosen]


def _doubt(column: Column, own: Sequence[Token] | None) -> tuple[float, str] | None:
    if own is None:
        return None
    if any(token.kind != "word" for token in own):
        return None
    if column.kind in ("variant", "moved") and column.probability < SURE:
        return column.probability, "witnesses differ"
    if len(column.readings) == 1 and min(token.confidence for token in own) < FAINT:
        return min(token.confidence for token in own), "low confidence"
    return None


class Looks:
    """What was seen at the second look, by where it stands."""

    def __init__(self, siglum: str, tokens: Sequence[Token], rereadings: Iterable[Rereading]) -> None:
        """siglum, tokens: the witness of the scans."""
        self._siglum, self._tokens = siglum, tokens
        again = {(each.page, each.line): each.looks for each in rereadings}
        lines: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index, token in enumerate(tokens):
            if (token.page or "", token.line or "") in again and token.box is not None:
                lines[token.page or "", token.line or ""].append(index)
        self._seen: dict[int, list[_Seen]] = {}
        for line, indices in lines.items():
            seen = [self._owned(indices, look) for look in again[line] if look.words]
            self._seen.update(dict.fromkeys(indices, seen))

    def __bool__(self) -> bool:
        return bool(self._seen)

    def at(self, start: int, end: int) -> list[Evidence]:
        """What the looks saw in the place of the scan's tokens [start, end), as votes.

        Nothing where the line was not read again, where it is not one line, and from a look that saw words that
        reach out of the place. An empty vote: nothing was seen there.
        """
        seen = self._seen.get(start)
        stretch = self._tokens[start:end]
        if seen is None or any(self._seen.get(i) is not seen or t.divided for i, t in enumerate(stretch, start)):
            return []
        votes = []
        for look in seen:
            inside = [(owners, word) for owners, word in look.words if any(start <= owner < end for owner in owners)]
            if all(start <= owner < end for owners, _ in inside for owner in owners):
                text = " ".join(word.text for _, word in inside)
                sure = min((word.confidence for _, word in inside), default=0.0)
                weight = WEIGHT if look.engine == FIRST else OTHER
                votes.append(Evidence(self._siglum, text, sure, weight, vote=True))
        return votes

    def weighed(self, first: Evidence, start: int, end: int) -> list[Evidence]:
        """The first reading of the tokens [start, end) and the looks at them.

        Those of the first reading's engine share what they weigh together: they are of one image, by one program.
        """
        votes = [vote for vote in self.at(start, end) if vote.text]
        own = [vote for vote in votes if vote.weight == WEIGHT]
        if not votes:
            return [first]
        share = WEIGHT / (1 + len(own))
        return [replace(each, weight=share) for each in (first, *own)] + [v for v in votes if v.weight != WEIGHT]

    def amended(self) -> list[Token]:
        """The scan's tokens, each as most looks saw it: what is best aligned with the other witnesses."""
        return [self._amended(index, token) for index, token in enumerate(self._tokens)]

    def _amended(self, index: int, token: Token) -> Token:
        votes = Counter(each.text for each in self.at(index, index + 1) if each.text and " " not in each.text)
        if token.kind != "word" or not votes:
            return token
        votes[token.text] += 1
        text, count = max(votes.items(), key=lambda each: (each[1], each[0] == token.text, each[0]))
        return replace(token, text=text) if count >= AGREE else token

    def _owned(self, indices: Sequence[int], look: Look) -> _Seen:
        """The words of a look, each with the tokens in whose place it stands."""
        boxes = [(index, box) for index in indices if (box := self._tokens[index].box) is not None]
        owned: list[tuple[list[int], Word]] = []
        for word in look.words:
            middle = (word.box.left + word.box.right) / 2
            owners = [index for index, box in boxes if word.box.left <= (box.left + box.right) / 2 <= word.box.right]
            owners = owners or [index for index, box in boxes if box.left <= middle <= box.right][:1]
            if owners:
                owned.append((owners, word))
        return _Seen(look.engine, owned)
