"""The languages of an edition: which stretch stands in which.

Reads reading.json and, where they are there, the layers divisions, quotations and typography; writes
layers/languages.json:
"foreign" {lang} for stretches in another language than the main one, "titleLanguage" {lang} for names of works in
another language (those are no foreign text: the language belongs on the title), "flag" {category, note} for what a
person should look at.
"""

import itertools
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipeline.edition import Edition
from pipeline.languages.flags import flags
from pipeline.languages.segments import Range, Stretch, expanded, stretches
from pipeline.languages.singles import singles
from pipeline.languages.titles import title_languages
from pipeline.model import Reading, Span, read_json, write_json

_BLOCKS = ("head", "p", "l", "item", "bibl", "titlePart", "separator")


def tag(edition: Edition) -> None:
    """Write the layer "languages" of an edition. Raises BadInput where reading.json is missing or unreadable."""
    reading = read_json(edition.work / "reading.json", Reading)
    layers = {name: _layer(edition, name) for name in ("divisions", "quotations", "typography")}
    main, others = edition.settings.language, expanded(edition.settings.languages, edition.settings.language)
    by_text: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for name, layer in layers.items():
        for span in layer:
            by_text[name, span.text].append(span)
    result: list[Span] = []
    for text_id, text in reading.texts.items():
        found = spans(
            text,
            main,
            others,
            quotations=[(span.start, span.end) for span in by_text["quotations", text_id]],
            underlined=[(span.start, span.end) for span in by_text["typography", text_id] if span.kind == "hi"],
            blocks=[(span.start, span.end) for span in by_text["divisions", text_id] if span.kind in _BLOCKS],
        )
        result += [replace(span, text=text_id) for span in found]
    write_json(edition.layer("languages"), result)


def spans(
    text: str,
    main: str,
    others: Sequence[str],
    quotations: Sequence[Range] = (),
    underlined: Sequence[Range] = (),
    blocks: Sequence[Range] = (),
) -> list[Span]:
    """The spans of one text, in order.

    main, others: language tags (BCP 47); "ru-Latn" is Russian in Latin letters. All ranges are of characters.
    quotations: with their quotation marks; a stretch fills them rather than crosses them. underlined: what is
    underlined. blocks: paragraphs and the like, which no stretch crosses; a line break ends one too.
    """
    result = []
    quoted, lined = _Ranges(quotations), _Ranges(underlined)
    for start, end in _pieces(text, blocks):
        found = _of_block(text[start:end], main, others, quoted.within(start, end), lined.within(start, end))
        result += [replace(span, start=span.start + start, end=span.end + start) for span in found]
    return result


def _of_block(
    text: str, main: str, others: Sequence[str], quotations: Sequence[Range], underlined: Sequence[Range]
) -> list[Span]:
    titles = title_languages(text, main, others, quotations, underlined)
    named = [*(each for each in underlined if text[each[0]].isupper()), *((start, end) for start, end, _ in titles)]
    found = stretches(text, main, others, quotations, named)
    taken = [(each.start, each.end) for each in found]
    found = sorted([*found, *singles(text, main, others, underlined, [*taken, *named])], key=lambda each: each.start)
    return sorted(
        [
            *(_span(each) for each in found),
            *(Span("body", a, b, "titleLanguage", {"lang": lang}, 0.8, "words and letters") for a, b, lang in titles),
            *flags(text, found, quotations),
        ],
        key=lambda span: (span.start, span.end, span.kind),
    )


class _Ranges:
    """Ranges of a long text, and quickly those of a part of it."""

    def __init__(self, ranges: Sequence[Range]) -> None:
        self._ranges = sorted(each for each in set(ranges) if each[0] < each[1])
        self._longest = max((end - start for start, end in self._ranges), default=0)

    def within(self, start: int, end: int) -> list[Range]:
        """What of the ranges lies in [start, end), counted from `start`."""
        first = bisect_left(self._ranges, (start - self._longest, 0))
        last = bisect_left(self._ranges, (end, 0))
        cut = ((max(a, start), min(b, end)) for a, b in self._ranges[first:last])
        return [(a - start, b - start) for a, b in cut if a < b]


def _pieces(text: str, blocks: Sequence[Range]) -> list[Range]:
    """The text in blocks: cut at line breaks and at the edges of `blocks`."""
    cuts = {0, len(text), *(edge for block in blocks for edge in block)}
    cuts |= {index for match in re.finditer(r"\s*\n\s*", text) for index in match.span()}
    edges = sorted(cuts)
    return [(a, b) for a, b in itertools.pairwise(edges) if text[a:b].strip()]


def _span(stretch: Stretch) -> Span:
    certainty = round(1 - 0.5 ** (stretch.gain / 6), 3)
    evidence = "a word set apart" if stretch.words == 1 else "words and letters"
    return Span("body", stretch.start, stretch.end, "foreign", {"lang": stretch.lang}, certainty, evidence)


def _layer(edition: Edition, name: str) -> list[Span]:
    path = edition.layer(name)
    return read_json(path, list[Span]) if path.exists() else []
