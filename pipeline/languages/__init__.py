"""The languages of an edition: which stretch stands in which.

Reads reading.json and, where they are there, the layers divisions, quotations and typography; writes layers/languages.json:
"foreign" {lang} for stretches in another language than the main one, "titleLanguage" {lang} for names of works in
another language (those are no foreign text: the language belongs on the title), "flag" {category, note} for what a
person should look at.
"""

from collections.abc import Mapping, Sequence

from pipeline.edition import Edition
from pipeline.languages.flags import flags
from pipeline.languages.segments import Range, Stretch, expanded, stretches
from pipeline.languages.singles import singles
from pipeline.languages.titles import title_languages
from pipeline.model import Reading, Span, read_json, write_json


def tag(edition: Edition) -> None:
    """Write the layer "languages" of an edition. Raises BadInput where reading.json is missing or unreadable."""
    reading = read_json(edition.work / "reading.json", Reading)
    layers = {name: _layer(edition, name) for name in ("divisions", "quotations", "typography")}
    quotations = [*layers["quotations"], *(s for s in layers["divisions"] if s.kind == "blockquote")]
    underlined = [span for span in layers["typography"] if span.kind == "hi"]
    others = expanded(edition.settings.languages, edition.settings.language)
    write_json(
        edition.layer("languages"), tagged(reading.texts, edition.settings.language, others, quotations, underlined)
    )


def tagged(
    texts: Mapping[str, str],
    main: str,
    others: Sequence[str],
    quotations: Sequence[Span] = (),
    underlined: Sequence[Span] = (),
) -> list[Span]:
    """All spans of the layer, for texts by id; the arguments as for `spans`."""
    result = []
    for text_id, text in texts.items():
        quoted = [(span.start, span.end) for span in quotations if span.text == text_id]
        lines = [(span.start, span.end) for span in underlined if span.text == text_id]
        result += [
            Span(text_id, s.start, s.end, s.kind, s.attributes, s.certainty, s.evidence)
            for s in spans(text, main, others, quoted, lines)
        ]
    return result


def spans(
    text: str, main: str, others: Sequence[str], quotations: Sequence[Range] = (), underlined: Sequence[Range] = ()
) -> list[Span]:
    """The spans of one text, in order.

    main, others: language tags (BCP 47); "ru-Latn" is Russian in Latin letters. quotations: ranges of characters with
    their quotation marks, which a stretch fills rather than crosses. underlined: ranges that are underlined.
    """
    titles = title_languages(text, main, others, quotations, underlined)
    named = [*(each for each in underlined if text[each[0]].isupper()), *((start, end) for start, end, _ in titles)]
    found = stretches(text, main, others, quotations, named)
    taken = [(each.start, each.end) for each in found]
    found = sorted([*found, *singles(text, main, others, underlined, [*taken, *named])], key=lambda each: each.start)
    return sorted(
        [
            *(_span(each) for each in found),
            *(Span("body", a, b, "titleLanguage", {"lang": lang}, 0.8, "letters and words") for a, b, lang in titles),
            *flags(text, found, quotations),
        ],
        key=lambda span: (span.start, span.end, span.kind),
    )


def _span(stretch: Stretch) -> Span:
    certainty = round(1 - 0.5 ** (stretch.gain / 6), 3)
    evidence = "a word set apart" if stretch.words == 1 else "words and letters"
    return Span("body", stretch.start, stretch.end, "foreign", {"lang": stretch.lang}, certainty, evidence)


def _layer(edition: Edition, name: str) -> list[Span]:
    path = edition.layer(name)
    return read_json(path, list[Span]) if path.exists() else []
