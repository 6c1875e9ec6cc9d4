"""The teiHeader: what the edition is, of what, made how and by what (TEI Guidelines, chapter 2).

Everything comes from the settings, the witnesses and the text itself; nothing from the clock.
"""

from collections.abc import Collection, Mapping, Sequence
from importlib.metadata import version

from pipeline.edition import Edition
from pipeline.encoding.identifiers import calendar_id
from pipeline.encoding.languages import language_name
from pipeline.encoding.markup import Content, Element, element
from pipeline.encoding.sources import Siglum
from pipeline.model import Lacuna
from pipeline.settings import FLAGS

_RENDITIONS = {"underline": "text-decoration: underline", "block": "display: block; margin-left: 2em"}

_CALENDARS = {"julian": "Julian calendar (old style)", "gregorian": "Gregorian calendar (new style)"}


def header(
    edition: Edition,
    witnesses: Sequence[Siglum],
    lacunae: Sequence[Lacuna],
    languages: Mapping[str, int],
    calendars: Collection[str],
    extent: Mapping[str, int],
    applications: Sequence[Element],
    decisions: int,
) -> Element:
    """The header.

    languages: per cent by tag; calendars: those that dates say they are written in; extent: how many "page" and "word"
    the edition has; decisions: how many of the editor's.
    """
    settings = edition.settings
    return element(
        "teiHeader",
        element(
            "fileDesc",
            _titles(edition),
            element("extent", *_measures(extent)),
            _publication(edition),
            element("sourceDesc", _source(edition), *_witness_list(witnesses, lacunae)),
        ),
        element(
            "encodingDesc",
            element("projectDesc", element("p", _purpose(witnesses))),
            _editorial(),
            element("tagsDecl", *(_rendition(name, css) for name, css in _RENDITIONS.items())),
            element("classDecl", _taxonomy()),
            Element("appInfo", {}, applications),
        ),
        element(
            "profileDesc",
            *_calendars(calendars),
            element(
                "langUsage",
                *(
                    element("language", language_name(tag), ident=tag, usage=str(share))
                    for tag, share in languages.items()
                ),
            ),
        ),
        element(
            "revisionDesc",
            *_reviewed(decisions, settings.date),
            element("change", f"built by recensio {version('recensio')}", when=settings.date, who="#resp-recognition"),
            status="draft",
        ),
    )


def _calendars(used: Collection[str]) -> list[Element]:
    described = [
        element("calendar", element("p", words), xml_id=calendar_id(name))
        for name, words in _CALENDARS.items()
        if name in used
    ]
    return [element("calendarDesc", *described)] if described else []


def _reviewed(decisions: int, date: str | None) -> list[Content]:
    """The change that the editor made, if any; the newest stands first."""
    if not decisions:
        return []
    places = f"{decisions} place{'' if decisions == 1 else 's'} reviewed and decided"
    return [element("change", places, when=date, who="#resp-editor")]


def _titles(edition: Edition) -> Element:
    settings = edition.settings
    parts = [element("title", settings.title, type="main")]
    if settings.subtitle:
        parts.append(element("title", settings.subtitle, type="sub"))
    if settings.author:
        parts.append(element("author", settings.author))
    machine = element("name", "recensio", type="software")
    editor = element("name", settings.editor or "not yet named")
    return element(
        "titleStmt",
        *parts,
        element(
            "respStmt",
            element("resp", "page recognition, collation and encoding"),
            machine,
            xml_id="resp-recognition",
        ),
        element("respStmt", element("resp", "review of flagged passages"), editor, xml_id="resp-editor"),
    )


def _measures(extent: Mapping[str, int]) -> list[Content]:
    measures: list[Content] = []
    for unit, quantity in extent.items():
        words = f"{quantity} {unit}{'' if quantity == 1 else 's'}"
        measures += [*([", "] if measures else []), element("measure", words, unit=unit, quantity=str(quantity))]
    return measures


def _publication(edition: Edition) -> Element:
    settings = edition.settings
    terms: list[Content] = []
    if settings.licence:
        terms.append(element("licence", settings.licence, target=settings.licence))
    if settings.availability or not terms:
        terms.append(element("p", settings.availability or "No terms of use are stated."))
    return element(
        "publicationStmt",
        element("publisher", settings.publisher),
        *([element("date", settings.date, when=settings.date)] if settings.date else []),
        element("idno", edition.id, type="local"),
        element("availability", *terms, status=None if settings.licence else "unknown"),
    )


def _source(edition: Edition) -> Element:
    settings, source = edition.settings, edition.settings.source
    author = source.author or settings.author
    imprint = [
        *([element("pubPlace", source.place)] if source.place else []),
        *([element("publisher", source.publisher)] if source.publisher else []),
        element("date", source.date, when=source.date) if source.date else element("date", "not stated"),
    ]
    return element(
        "biblStruct",
        element(
            "monogr",
            *([element("author", author)] if author else []),
            element("title", source.title or settings.title, level="m"),
            element("imprint", *imprint),
            *([element("extent", source.extent)] if source.extent else []),
        ),
        xml_id="source",
    )


def _witness_list(witnesses: Sequence[Siglum], lacunae: Sequence[Lacuna]) -> list[Content]:
    return [element("listWit", *(_witness(each, lacunae) for each in witnesses))] if witnesses else []


def _witness(witness: Siglum, lacunae: Sequence[Lacuna]) -> Element:
    parts: list[Content] = [witness.description]
    if witness.source and witness.source not in witness.description:
        parts.append(f", {witness.source}")
    if witness.sha256:
        parts += [", ", element("idno", witness.sha256, type="SHA-256")]
    lacking = [element("item", each.sentence) for each in lacunae if each.witness == witness.id]
    if lacking:
        parts += ["; it lacks ", element("list", *lacking, type="lacunae")]
    return element("witness", *parts, xml_id=witness.id)


def _purpose(witnesses: Sequence[Siglum]) -> str:
    sources = " and ".join(witness.description for witness in witnesses)
    return f"Archival edition, made from {sources}." if sources else "Archival edition."


def _editorial() -> Element:
    return element(
        "editorialDecl",
        _rule(
            "correction",
            "Where the witnesses differ, the reading chosen stands in the text; places in doubt are encoded with app. "
            "The author's slips stand as typed; where the editor corrects one, choice holds both.",
            status="medium",
            method="markup",
        ),
        _rule("normalization", "None: spelling, accents and punctuation are given as typed.", method="silent"),
        _rule("quotation", "Quotation marks stand in the text, inside q and quote.", marks="all"),
        _rule(
            "hyphenation",
            'Words divided at a line end are joined; lb or pb with break="no" stands at the division. '
            "A hyphen that belongs to the word is kept.",
            eol="some",
        ),
        _rule(
            "segmentation",
            "p is a typed paragraph, also where it runs over pages. Notes stand where they are referred to; "
            "what crosses the border of another element is split, and its parts point at each other.",
        ),
        _rule(
            "interpretation",
            "Names, dates, quotations and languages were recognised automatically; cert gives the confidence "
            "(high from 0.9, medium from 0.6, else low). Page numbers in square brackets are supplied.",
        ),
    )


def _rule(name: str, sentence: str, **attributes: str) -> Element:
    return Element(name, attributes, [element("p", sentence)])


def _rendition(name: str, css: str) -> Element:
    return element("rendition", css, xml_id=name, scheme="css")


def _taxonomy() -> Element:
    categories = (element("category", element("catDesc", sentence), xml_id=name) for name, sentence in FLAGS.items())
    return element("taxonomy", *categories, xml_id="review")


#: Identifiers that the header gives; nothing else in the document may have them.
RESERVED = ("source", "resp-recognition", "resp-editor", "review", *FLAGS, *_RENDITIONS, *map(calendar_id, _CALENDARS))
