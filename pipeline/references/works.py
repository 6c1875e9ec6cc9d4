"""Works: what citations mean, and how a short title finds its work.

A title is compared by its folded words with all titles of a work (a translation has one of its own). What is cited may
be the first words of a title, a part of it, or the whole with errors of recognition (RapidFuzz ratio), numbers in
words or in figures; two works with titles equally like it are told apart by their authors, then by which was cited
last.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline.references.forms import SMALL, initials, title_words
from pipeline.references.numerals import in_figures

Words = tuple[str, ...]
_LIKE = 86.0  # RapidFuzz ratio of titles that differ by errors of recognition
_SAME_NAME = 84.0
_SAME_WORD = 50.0
_LONG = 4  # words of a title that is not another's by chance


@dataclass(frozen=True, slots=True)
class Known:
    """A work that citations may mean. key: the id of its entry, or of the citation that first gives it.

    titles: folded words, none of a letter. authors: folded surnames. listed: it has an entry in the bibliography; date:
    as printed there.
    """

    key: str
    titles: tuple[Words, ...]
    authors: tuple[str, ...]
    listed: bool = False
    date: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A work, how like its title is (0..1), and whether another is as like."""

    work: Known
    likeness: float
    alone: bool


class Library:
    """All works known so far. Later ones are found beside earlier ones."""

    def __init__(self, works: Iterable[Known] = ()) -> None:
        self.works: dict[str, Known] = {}
        self._by_word: dict[str, list[tuple[str, Words]]] = defaultdict(list)
        self._by_author: dict[str, list[str]] = defaultdict(list)
        self._by_initials: dict[str, dict[str, None]] = defaultdict(dict)
        for work in works:
            self.add(work)

    def add(self, work: Known) -> None:
        self.works[work.key] = work
        for words in work.titles:
            figures = in_figures(words)
            for word in dict.fromkeys(figures):
                self._by_word[word].append((work.key, figures))
            for form in initials(" ".join(words)):
                self._by_initials[form][work.key] = None
        for author in work.authors:
            self._by_author[author].append(work.key)

    def by_author(self, author: str) -> list[Known]:
        """The works of an author, in the order in which they became known."""
        if not author:
            return []
        names = [name for name in self._by_author if same_name(name, author)]
        return [self.works[key] for key in dict.fromkeys(key for name in names for key in self._by_author[name])]

    def by_initials(self, form: str) -> Known | None:
        """The one work whose title has these initials; of several of one title, the first."""
        keys = self._by_initials.get(form, {})
        titles = {self.works[key].titles[:1] for key in keys}
        return self.works[next(iter(keys))] if len(titles) == 1 else None

    def match(self, title: str, authors: Sequence[str] = (), recent: Sequence[str] = ()) -> Match | None:
        """The work that `title` means. authors: folded surnames; recent: keys of works cited before, the last first."""
        words = in_figures(title_words(title))
        best: dict[str, float] = {}
        seen: set[tuple[str, Words]] = set()
        for word in words:
            for key, other in self._by_word.get(word, ()):
                if (key, other) not in seen:
                    seen.add((key, other))
                    like = likeness(words, other) * self._agreement(self.works[key], authors, words, other)
                    best[key] = max(best.get(key, 0.0), like)
        ranks = {key: at for at, key in enumerate(dict.fromkeys(recent))}
        ordered = sorted(
            best, key=lambda key: (-best[key], ranks.get(key, len(ranks)), not self.works[key].listed, key)
        )
        if not ordered or best[ordered[0]] < 0.6:
            return None
        first = ordered[0]
        return Match(self.works[first], best[first], len(ordered) == 1 or best[ordered[1]] < best[first] - 0.02)

    def _agreement(self, work: Known, authors: Sequence[str], words: Words, other: Words) -> float:
        """What the authors say of a likeness; where one is unknown, one word alone says little."""
        if not authors or not work.authors:
            return 1.0 if len(words) > 1 or words == other else 0.9
        if any(same_name(mine, its) for mine in authors for its in work.authors):
            return 1.0
        return 0.85 if words == other and len(words) >= _LONG else 0.5


def likeness(cited: Words, full: Words) -> float:
    """How like the words of a cited title are to a full one, 0..1."""
    if not cited or not full:
        return 0.0
    if cited == full:
        return 1.0
    short, long = (cited, full) if len(cited) <= len(full) else (full, cited)
    at = next((at for at in range(len(long) - len(short) + 1) if long[at : at + len(short)] == short), None)
    if at is not None and (short is cited or len(short) > 1):
        return (0.95 if at == 0 else 0.8) - (0.05 if short is not cited else 0.0)
    one, other = " ".join(cited), " ".join(full)
    if not _may_differ_by_errors(cited, full):
        return 0.0
    if len(one) > 5 and fuzz.ratio(one, other) >= _LIKE:
        return 0.9
    return 0.85 if len(cited) > 1 and fuzz.ratio(one, other[: len(one)]) >= _LIKE else 0.0


def same_name(one: str, other: str) -> bool:
    """Whether two folded surnames are one, spelled or recognised differently."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or one[:1] != other[:1]:
        return False
    return fuzz.ratio(one, other) >= _SAME_NAME or one.rsplit(maxsplit=1)[-1] == other.rsplit(maxsplit=1)[-1]


def _may_differ_by_errors(cited: Words, full: Words) -> bool:
    """Whether the numbers in two titles agree, and no word in the place of another is quite another word."""
    if any(word.isdigit() for word in {*cited} ^ {*full[: len(cited)]}):
        return False
    pairs = zip(cited, full, strict=False) if len(cited) == len(full) else ()
    return all(fuzz.ratio(*pair) >= _SAME_WORD for pair in pairs if not SMALL.issuperset(pair))
