"""The apparatus: every place where the witnesses differ, as a TEI document of its own beside the edition.

Its entries are location-referenced and external (TEI Guidelines, chapter 13, Critical Apparatus): each says with
@loc where it belongs, so that what is not in doubt leaves the text of the edition alone. @loc counts the words of a
line as collation.tsv names it; @facs and @corresp point into the edition.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from pipeline.encoding.facsimile import Facsimile
from pipeline.encoding.identifiers import certainty_level
from pipeline.encoding.markup import Content, Element, element
from pipeline.encoding.variation import Event

_ENTRIES = (
    "Every place where the witnesses differ has an app, in the order of the text. Its type says how: variant (they "
    "read differently), moved (a witness has the passage elsewhere), doubled (a witness repeats it), dropped (a "
    "witness lost it), invented (a witness has what the text never had), only (a witness lacks the passage). lem is "
    "what was chosen, empty where nothing stands in the edition, and without wit where no single witness reads just "
    "that; an empty rdg says that a witness has nothing here. The subtype names what is no running text: reference "
    "and label (the number of a note, in the text and before the note), pageNumber, runningHead. cert is high from a "
    "probability of 0.9, medium from 0.6, else low."
)
_REFERENCES = (
    "loc gives a line and the word in it, as the first witness shows them: p0003.l7.w2 is the second word of line 7 on "
    "the third page, p0003.l7.w2+ the place after it, and w0+ the one before the first word. Where a passage is longer "
    "than a word, a second value gives its end. facs points at the line's zone or the page's surface in the edition, "
    "corresp at the note that holds the place."
)


def apparatus(
    about: Element, events: Iterable[Event], notes: Mapping[str, str], images: Facsimile, language: str, edition: str
) -> Element:
    """The TEI element of the apparatus.

    about: the edition's header, with which it shares title, terms and sources. notes: the xml:id of each note's text.
    edition: the name of the edition's file, which stands in the same folder.
    """
    pointers = _Pointers(notes, images, edition)
    by_page = groupby(events, key=lambda event: event.first.page)
    pages: list[Content] = [_page(page, found, pointers) for page, found in by_page]
    body = pages or [element("p", "The witnesses differ nowhere.")]
    namespace = {"xmlns": "http://www.tei-c.org/ns/1.0", "type": "apparatus", "xml:lang": language}
    return Element("TEI", namespace, [_header(about), element("text", element("body", *body))])


def _header(about: Element) -> Element:
    """The edition's header without what tells of the edition's text."""
    return element(
        "teiHeader",
        element("fileDesc", *(_part(about, name) for name in ("titleStmt", "publicationStmt", "sourceDesc"))),
        element(
            "encodingDesc",
            element("editorialDecl", element("p", _ENTRIES)),
            element("refsDecl", element("p", _REFERENCES)),
            element("variantEncoding", method="location-referenced", location="external"),
        ),
        _part(about, "profileDesc"),
        _part(about, "revisionDesc"),
    )


def _part(about: Element, name: str) -> Element:
    """The one element of that name in the header."""
    return next(part for part in _descendants(about) if part.name == name)


def _descendants(node: Element) -> Iterator[Element]:
    for child in node.children:
        if isinstance(child, Element):
            yield child
            yield from _descendants(child)


class _Pointers:
    """Where in the edition an entry leads."""

    def __init__(self, notes: Mapping[str, str], images: Facsimile, edition: str) -> None:
        self._notes = notes
        self._images = images
        self._edition = edition
        self._numbers = {surface.attributes["xml:id"]: surface.attributes["n"] for surface in images.surfaces}

    def line(self, line: str | None) -> str | None:
        return self._to(self._images.zones.get(line or ""))

    def note(self, text: str | None) -> str | None:
        return self._to(self._notes.get(text or ""))

    def surface(self, page: str | None) -> str | None:
        place = self._images.places.get(page or "")
        return self._to(place.surface if place else None)

    def number(self, page: str | None) -> str | None:
        """The page's number as the edition has it."""
        place = self._images.places.get(page or "")
        return self._numbers[place.surface] if place else None

    def _to(self, name: str | None) -> str | None:
        return f"{self._edition}#{name}" if name else None


def _page(page: str | None, events: Iterable[Event], pointers: _Pointers) -> Element:
    entries: list[Content] = []
    for event in events:
        entries += ["\n    ", _entry(event, pointers)]
    return element("listApp", *entries, "\n   ", n=pointers.number(page), facs=pointers.surface(page))


def _entry(event: Event, pointers: _Pointers) -> Element:
    places = dict.fromkeys(str(place) for place in (event.first, event.last))
    readings = (element("rdg", *_filled(text), wit=_wit(sigla)) for text, sigla in event.readings.items())
    return element(
        "app",
        element("lem", *_filled(event.lemma), wit=_wit(event.agreeing), cert=certainty_level(event.probability)),
        *readings,
        *(element("note", reason, type="reason") for reason in event.reasons),
        type=event.kind,
        subtype=event.subtype,
        loc=" ".join(places),
        facs=pointers.line(event.first.line),
        corresp=pointers.note(event.note),
    )


def _filled(text: str) -> list[Content]:
    return [text] if text else []


def _wit(sigla: Sequence[str]) -> str | None:
    return " ".join(f"#{siglum}" for siglum in sigla) or None
