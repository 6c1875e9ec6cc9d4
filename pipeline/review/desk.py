"""The desk: a review that is going on. It holds the queue and the decisions, and changes review.yaml step by step.

The file may change under it, by another window, another program or a person: it is read again before every answer, a
flag that was decided elsewhere in the meantime is not decided over, and an undo takes back only what still stands.
"""

import fcntl
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import RLock

from pipeline.edition import Edition
from pipeline.errors import BadInput, RecensioError
from pipeline.model import Decision, Reading, Span, Verdict, read_json, read_rows
from pipeline.review.decisions import NAMED, fault, in_order, parse_decisions, write_decisions
from pipeline.review.quotation import Fit, Misfit, Texts
from pipeline.review.rows import Flag, decide
from pipeline.review.table import from_table

_NEAR_WORDS, _NEAR_PLACE = 400, 6000


class Conflict(RecensioError):
    """Something was decided in another window in the meantime."""


class NotPossible(RecensioError):
    """A decision that cannot be made so; the message says why."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A prepared page image: its file below the work folder, and its size in pixels."""

    id: str
    image: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done and can be undone. `said` tells a person what."""

    number: int
    said: str
    flag: str
    removed: tuple[Decision, ...]
    added: tuple[Decision, ...]


class Desk:
    """All of it may be called from several threads."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.steps: list[Step] = []
        self.flags: list[Flag] = []
        self.pages: dict[str, PageImage] = {}
        self.texts: dict[str, str] = {}
        self.foreign: dict[str, list[Span]] = {}
        self._count = 0
        self._lock = RLock()
        self._built: tuple[int, ...] = ()
        self._data: bytes | None = None
        self._decisions: list[Decision] = []
        self._fits: dict[Decision, Fit | Misfit] = {}
        with self.fresh():
            pass

    @contextmanager
    def fresh(self) -> Iterator[None]:
        """While it lasts, nothing changes; the queue and the decisions are as they are on disk."""
        with self._lock:
            self._load_queue()
            self._load_decisions()
            yield

    def flag(self, name: str) -> Flag:
        """The flag of that id. Raises NotPossible where there is none."""
        found = self._by_id.get(name)
        if found is None:
            raise NotPossible(f"There is no flag {name} in the queue; was the edition built again?")
        return found

    def version(self, flag: Flag) -> str:
        """A name for what has been decided about a flag, by which two windows notice each other."""
        return hashlib.sha256(repr(flag.decisions).encode()).hexdigest()[:12]

    def alike(self, flag: Flag) -> list[Flag]:
        """The other open flags of the same kind, on the same words that the witnesses read the same."""
        if flag.anchor:
            return []
        key = (flag.category, flag.exact, flag.readings)
        return [
            other
            for other in self.flags
            if other is not flag and not other.decisions and (other.category, other.exact, other.readings) == key
        ]

    def decide(self, flag: Flag, version: str, verdict: Verdict, value: str, words: str, alike: bool) -> Step:
        """Decide a flag, or with it all that are alike.

        words: what the decision is about, a part of the passage; of a note, what stands right before its place.
        Raises Conflict or NotPossible.
        """
        with self._writing():
            flag = self._unchanged(flag, version)
            made = self._decision(flag, verdict, value, words)
            added = [made]
            if alike:
                shift = self._place(made)[1] - flag.start
                added += [self._same(other, made, shift) for other in self.alike(flag)]
            removed = [old for old in flag.decisions if self._overlap(old, made)]
            said = _said(made) + (f" and {len(added) - 1} alike" if len(added) > 1 else "")
            return self._take(said, flag.id, removed, added)

    def withdraw(self, flag: Flag, version: str) -> Step:
        """Take back everything that was decided about a flag. Raises Conflict."""
        with self._writing():
            flag = self._unchanged(flag, version)
            return self._take("Opened again", flag.id, flag.decisions, [])

    def undo(self, number: int) -> Step:
        """Undo the last step, which must be the one of that number. Raises Conflict."""
        with self._writing():
            step = self.steps[-1] if self.steps else None
            if step is None or step.number != number:
                raise Conflict("Another window has undone this, or decided something since. Nothing was changed.")
            now = set(self._decisions)
            if not now.issuperset(step.added) or now.intersection(step.removed):
                raise Conflict("This was decided otherwise in the meantime, and cannot be undone. Nothing was changed.")
            self._write([each for each in self._decisions if each not in step.added] + list(step.removed))
            self.steps.pop()
            return step

    def take_in(self, table: Path) -> tuple[int, int, int]:
        """Take the decisions of a table in; how many are new, changed and as they were.

        Raises BadInput where the table is not as expected, and then changes nothing.
        """
        with self._writing():
            removed: list[Decision] = []
            added: list[Decision] = []
            same = 0
            for flag, decision in from_table(table, self.flags):
                if decision in self._decisions:
                    same += 1
                else:
                    removed += [old for old in flag.decisions if self._overlap(old, decision)]
                    added.append(decision)
            if added:
                self._take("Taken in", "", removed, added)
            return len(added) - len(removed), len(removed), same

    def _load_queue(self) -> None:
        rows, reading = self.edition.work / "review.jsonl", self.edition.work / "reading.json"
        layout = sorted((self.edition.work / "layout").glob("*.json"))
        try:
            built = tuple(path.stat().st_mtime_ns for path in (rows, reading))
        except OSError as error:
            raise BadInput(f"{rows}: not there; run recensio build {self.edition.id} first") from error
        if built == self._built:
            return
        self.texts = read_json(reading, Reading).texts
        self.flags = list(read_rows(rows, Flag))
        self._by_id = {flag.id: flag for flag in self.flags}
        self._quotes = Texts(self.texts)
        self._order = {text: at for at, text in enumerate(self.texts)}
        self.pages = {page.id: page for path in layout for page in read_json(path, list[PageImage])}
        languages = self.edition.layer("languages")
        self.foreign = {text: [] for text in self.texts}
        for span in read_json(languages, list[Span]) if languages.exists() else ():
            if span.kind == "foreign":
                self.foreign[span.text].append(span)
        self._built, self._data = built, None
        self._fits.clear()

    def _load_decisions(self) -> None:
        path = self.edition.decisions
        data = path.read_bytes() if path.exists() else b""
        if data != self._data:
            self._decisions = parse_decisions(data, path)
            self._data = data
            self._spread()

    def _spread(self) -> None:
        """Find where the decisions belong, and give the flags theirs."""
        for decision in self._decisions:
            if decision not in self._fits:
                self._fits[decision] = self._quotes.find(decision)
        fits = ((each, self._fits[each]) for each in self._decisions)
        decide(self.flags, [(each, fit) for each, fit in fits if isinstance(fit, Fit)])

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """The same as `fresh`, and no other process writes."""
        lock = self.edition.work / "review.lock"
        with self._lock, lock.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            with self.fresh():
                yield

    def _unchanged(self, flag: Flag, version: str) -> Flag:
        now = self.flag(flag.id)
        if self.version(now) != version:
            raise Conflict("This was decided in another window in the meantime. Look at it, then decide again.")
        return now

    def _decision(self, flag: Flag, verdict: Verdict, value: str, words: str) -> Decision:
        if flag.anchor:
            at = self._found(flag, words, _NEAR_PLACE)[1] if verdict == "place" and words else flag.start
            start = end = at
            verdict, value = "place", flag.anchor
        elif verdict == "accept" or not words or words == flag.exact:
            start, end = flag.start, flag.end
        else:
            start, end = self._found(flag, words, _NEAR_WORDS)
        quoted = self._quotes.quote(flag.text, start, end)
        made = Decision(flag.category, flag.text, quoted.exact, quoted.prefix, quoted.suffix, verdict, value)
        if wrong := fault(made):
            raise NotPossible(f"This cannot be decided so: {wrong}.")
        if verdict in ("text", "slip") and value.split() == made.exact.split():
            raise NotPossible("The new text is the same as the old. To say that it is right, accept it.")
        return made

    def _found(self, flag: Flag, words: str, around: int) -> tuple[int, int]:
        """Where the words stand, nearest to the flag. Raises NotPossible where they do not."""
        text = self.texts[flag.text].replace("\n", " ")
        words = " ".join(words.split())
        lower, upper = max(0, flag.start - around), min(len(text), flag.end + around)
        places = [at for at in range(lower, upper) if text.startswith(words, at)]
        if not places:
            raise NotPossible(f"The words {words!r} do not stand in this passage.")
        at = min(places, key=lambda at: max(flag.start - at, at + len(words) - flag.end, 0))
        return at, at + len(words)

    def _same(self, flag: Flag, made: Decision, shift: int) -> Decision:
        start = flag.start + shift
        quoted = self._quotes.quote(flag.text, start, start + len(made.exact))
        return replace(made, text=flag.text, exact=quoted.exact, prefix=quoted.prefix, suffix=quoted.suffix)

    def _place(self, decision: Decision) -> tuple[str, int, int]:
        """Where a decision belongs; nowhere in the text for one that does not fit."""
        if decision not in self._fits:
            self._fits[decision] = self._quotes.find(decision)
        fit = self._fits[decision]
        return (fit.text, fit.start, fit.end) if isinstance(fit, Fit) else ("", -1, -1)

    def _overlap(self, one: Decision, two: Decision) -> bool:
        """Whether two decisions about a flag are about the same words, so that the later takes the place."""
        if one.decision == "accept" or two.decision in ("accept", "place"):
            return True
        (first, a0, a1), (second, b0, b1) = self._place(one), self._place(two)
        return first == second and a0 < b1 and b0 < a1

    def _take(self, said: str, flag: str, removed: Sequence[Decision], added: Sequence[Decision]) -> Step:
        gone = set(removed)
        self._write([*(each for each in self._decisions if each not in gone), *added])
        self._count += 1
        step = Step(self._count, said, flag, tuple(removed), tuple(added))
        self.steps.append(step)
        return step

    def _write(self, decisions: Sequence[Decision]) -> None:
        def place(decision: Decision) -> tuple[int, int] | None:
            text, start, _ = self._place(decision)
            return (self._order[text], start) if text else None

        self._decisions = in_order(decisions, place)
        self._data = write_decisions(self.edition.decisions, self._decisions)
        self._spread()


def _said(decision: Decision) -> str:
    """What a decision does, for people."""
    words, value = _short(decision.exact), _short(decision.value)
    return {
        "accept": f"Accepted “{words}”",
        "text": f"“{words}” reads “{value}”",
        "slip": f"“{words}” is a slip for “{value}”",
        "language": f"“{words}” is in {value}",
        "unclear": f"“{words}” is unclear",
        "name": f"“{words}” names {NAMED.get(decision.value, value)}",
        "place": f"Placed note {value}",
    }[decision.decision]


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:38]}…"
