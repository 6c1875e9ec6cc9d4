"""Resolution: what ibid., op. cit., short titles and abbreviations mean, by what was cited before them.

The citations of a document are read in their order, those of the body among those of the notes. Ibid. means the last
work cited; where an author stands before it, that author's last. Doubt grows with every other work cited in the same
note, with notes in between, and where the numbers of notes show that one is lost.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from pipeline.references.citations import Citation
from pipeline.references.forms import surname, title_words
from pipeline.references.works import Known, Library, same_name

_NUMBERED = re.compile(r"n(?P<unit>\d+)\.(?P<number>\d+)")
_CLOSE, _FAR = 8, 40  # pages
_FEW = 12  # notes after which ibid. hardly still means what was cited


@dataclass(frozen=True, slots=True)
class Resolved:
    """A citation and the work it means: the id of its entry or of the citation that first gives it.

    work: empty where nothing is known. backward: it refers to something before it. certainty: of `work`.
    """

    citation: Citation
    work: str
    backward: bool
    certainty: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Cited:
    """A work as it was cited: in which text, the how manieth of all texts. authors: as known or as cited; page: -1
    where none is given.
    """

    work: Known
    authors: tuple[str, ...]
    text: str
    order: int
    certainty: float
    page: int


def resolve(
    found: Sequence[tuple[str, int, Citation]],
    library: Library,
    abbreviations: Mapping[str, Sequence[tuple[str, int]]],
    texts: Mapping[str, str],
) -> list[Resolved]:
    """Every citation with its work, in the order given.

    found: citations in order, each with the id that it has as a work, and the number of its note in the document.
    library: of the bibliography; what is only cited in notes is added. abbreviations: forms with the places (text,
    offset) that introduce them.
    """
    return _Reader(texts, library, abbreviations).read(found)


class _Reader:
    """Reads citations one by one and remembers what was cited."""

    def __init__(
        self, texts: Mapping[str, str], library: Library, abbreviations: Mapping[str, Sequence[tuple[str, int]]]
    ) -> None:
        self._texts = texts
        self._order = 0
        self._library = library
        self._introductions = abbreviations
        self._meanings: dict[str, tuple[Known, float]] = {}
        self._cited: list[_Cited] = []
        self._lost: Citation | None = None  # what refers back in vain, since the last work cited

    def read(self, found: Sequence[tuple[str, int, Citation]]) -> list[Resolved]:
        result = []
        for name, order, citation in found:
            self._order = order
            resolved = self._resolved(name, citation)
            result.append(resolved)
            if resolved.backward and not resolved.work:
                self._lost = citation
            if resolved.work:
                self._lost = None
                work = self._library.works[resolved.work]
                authors = (*work.authors, *map(surname, citation.authors or (citation.hint,)))
                page = _page(citation)
                if page < 0 and self._cited and self._cited[-1].work.key == work.key:
                    page = self._cited[-1].page
                self._cited.append(_Cited(work, authors, citation.text, order, resolved.certainty, page))
                self._learn(citation, work)
        return result

    def _learn(self, citation: Citation, work: Known) -> None:
        """Abbreviations that are introduced with this citation: in it, or close behind."""
        for form, places in self._introductions.items():
            if any(text == citation.text and citation.start <= at <= citation.end + 60 for text, at in places):
                self._meanings.setdefault(form, (work, 0.97))

    def _resolved(self, name: str, citation: Citation) -> Resolved:
        kind = citation.back.kind if citation.back else ""
        authors = [folded for each in citation.authors if (folded := surname(each))]
        hint = [surname(citation.hint)] if citation.hint else []
        if citation.means:
            return Resolved(citation, citation.means, True, 0.95, "author and year")
        if kind == "abbreviation":
            return self._abbreviation(citation)
        if citation.titles:
            if citation.back and citation.back.value == "idem" and not authors and self._cited:
                authors = [author for author in self._cited[-1].authors if author]
            return self._titled(name, citation, authors or hint)
        meaning = citation.back.value if citation.back else ""
        if meaning in ("ibid", "idem", "loc-cit"):
            return self._same(citation, authors or hint)
        return self._author(citation, authors or hint)

    def _titled(self, name: str, citation: Citation, authors: Sequence[str]) -> Resolved:
        title = citation.titles[0]
        if meaning := self._nearly(self._texts[citation.text][title.start : title.end]):
            return Resolved(citation, meaning.key, True, 0.85, "abbreviation")
        words = self._texts[citation.text][title.start : title.end]
        recent = [each.work.key for each in reversed(self._cited)]
        match = self._library.match(words, authors, recent) if title.value != "letter" else None
        if match and title.value == "j" and not (match.work.listed and {*authors} & {*match.work.authors}):
            match = None  # another issue of a periodical is no work cited before
        if match:
            certainty = match.likeness if match.alone or match.work.key in recent else match.likeness * 0.8
            return Resolved(citation, match.work.key, True, round(certainty, 3), "title")
        if citation.back:
            return self._author(citation, authors)
        titles = () if title.value == "letter" else (title_words(words),)
        self._library.add(Known(name, titles, tuple(authors)))
        return Resolved(citation, name, False, 1.0, "first citation")

    def _same(self, citation: Citation, authors: Sequence[str]) -> Resolved:
        """Ibid.: what was cited last, or last of that author."""
        if not self._cited:
            return Resolved(citation, "", True, 0.0, "nothing is cited before it")
        last = self._cited[-1]
        if self._lost and not authors:
            return Resolved(citation, "", True, 0.0, "what is cited before it is not known")
        if other := self._by_page(citation, authors):
            return Resolved(citation, other.work.key, True, 0.6, "its page goes on from there")
        if not authors or _by(last, authors) or not any(last.authors):
            certainty = last.certainty * self._near(citation, last) * self._lone(citation, last, authors)
            return Resolved(citation, last.work.key, True, round(min(0.97, certainty), 3), "cited just before")
        theirs = next((each for each in reversed(self._cited) if each.work.titles and _by(each, authors)), None)
        if theirs:
            return Resolved(citation, theirs.work.key, True, round(0.9 * theirs.certainty, 3), "that author's last")
        return self._author(citation, authors)

    def _by_page(self, citation: Citation, authors: Sequence[str]) -> _Cited | None:
        """The work cited before the last one, where the page goes on from its and is far from that of the last."""
        page, last = _page(citation), self._cited[-1]
        if authors and not _by(last, authors):
            return None
        if page < 0 or last.text == citation.text or (last.page >= 0 and abs(page - last.page) <= _FAR):
            return None
        run = next((each for each in self._cited[-4:-1][::-1] if each.work.key != last.work.key), None)
        if run and authors and not _by(run, authors):
            return None
        return run if run and run.page >= 0 and abs(page - run.page) <= _CLOSE else None

    def _author(self, citation: Citation, authors: Sequence[str]) -> Resolved:
        """Op. cit., or a name with a page: that author's work."""
        if not authors:
            return self._same(citation, authors) if citation.back else Resolved(citation, "", True, 0.0, "no author")
        known = next((found for form, found in self._meanings.items() if surname(form) in authors), None)
        if known:
            return Resolved(citation, known[0].key, True, known[1], "abbreviation")
        cited = [each for each in reversed(self._cited) if each.work.titles and _by(each, authors)]
        if cited:
            most = max(_shared(each, authors) for each in cited)  # of Lind and Brandt, what both wrote
            cited = [each for each in cited if _shared(each, authors) == most]
            several = len({each.work.key for each in cited}) > 1
            certainty = cited[0].certainty * (0.75 if several else 0.95)
            return Resolved(citation, cited[0].work.key, True, round(certainty, 3), "that author's work")
        theirs = self._library.by_author(authors[-1])
        if len(theirs) == 1:
            return Resolved(citation, theirs[0].key, True, 0.8, "that author's only entry")
        why = "that author has several entries" if theirs else "nothing of that author is cited or listed"
        return Resolved(citation, "", True, 0.0, why)

    def _abbreviation(self, citation: Citation) -> Resolved:
        form = citation.back.value if citation.back else ""
        meaning = self._meanings.get(form)
        if meaning is None and (work := self._library.by_initials(form)):
            meaning = (work, 0.85)
            self._meanings[form] = meaning
        if meaning is None and citation.titles:
            return Resolved(citation, "", False, 0.0, "")
        if meaning is None:
            return Resolved(citation, "", True, 0.0, "the abbreviation is not introduced before it")
        return Resolved(citation, meaning[0].key, True, meaning[1], "abbreviation")

    def _nearly(self, form: str) -> Known | None:
        """The work of an abbreviation in capitals that is known, or known with two letters changed."""
        if not re.fullmatch(r"[^\W\d_a-zа-я]{3,8}", form):
            return None
        close = [known for known in self._meanings if DamerauLevenshtein.distance(known, form) <= (len(form) > 3)]
        return self._meanings[close[0]][0] if len(close) == 1 else None

    def _near(self, citation: Citation, last: _Cited) -> float:
        """How sure it is that nothing was cited between the two."""
        between = self._order - last.order
        certainty = max(0.4, 1.0 - max(0, between - 1) / _FEW)
        one, other = _NUMBERED.fullmatch(last.text), _NUMBERED.fullmatch(citation.text)
        if one and other:
            if one["unit"] != other["unit"]:
                certainty *= 0.6
            elif int(other["number"]) - int(one["number"]) > between:  # a note in between is lost
                certainty *= 0.7
        return certainty

    def _lone(self, citation: Citation, last: _Cited, authors: Sequence[str]) -> float:
        """Lower where the note before cites several works, so that ibid. could mean another of them."""
        if last.text == citation.text:
            return 1.0
        beside = {
            each.work.key for each in self._cited[-8:] if each.text == last.text and (not authors or _by(each, authors))
        }
        return 1.0 if len(beside) < 2 else 0.75


def _page(citation: Citation) -> int:
    """The first page that a citation names, -1 where it names none."""
    pages = (part.attributes["from"] for part in citation.parts if part.attributes.get("unit") == "page")
    digits = re.match(r"\d+", next(pages, ""))
    return int(digits[0]) if digits else -1


def _shared(cited: _Cited, authors: Sequence[str]) -> int:
    """How many of `authors` are among those of a work."""
    return sum(any(same_name(mine, its) for its in cited.authors if its) for mine in set(authors))


def _by(cited: _Cited, authors: Sequence[str]) -> bool:
    return any(same_name(mine, its) for mine in authors for its in cited.authors if its)
