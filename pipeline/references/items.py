"""Items: what a citation is made of, as it stands in a text: names, titles, dates, page numbers, ibid.

Names, titles and dates come from the layer of names. Titles that nothing marks are found here, by their place:
between an author and what only a source has (a place with a year, a publisher, a page).
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Span
from pipeline.references.forms import backward, bare_page, folded, ranges, surname

_KINDS = {"persName": "person", "placeName": "place", "orgName": "org", "title": "title", "date": "date"}
_ORDER = (
    "letter",
    "title",
    "back",
    "abbreviation",
    "unmarked",
    "range",
    "date",
    "archive",
    "org",
    "place",
    "person",
    "name",
)
_YEAR = re.compile(r"(?<![\w-])\[?(?:1[5-9]|20)\d\d[a-h]?(?![\w])\]?")
_ARCHIVE = re.compile(
    r"(?:[^\W\d_a-zа-я][\w.'’-]*\s(?:(?:of|de|du|des|the|la)\s)?){0,6}"
    r"(?:Archives?|Archivo|Archiv|Collection|Papers|Fonds|Nachlass|Архив|архив|ГАРФ|РГАСПИ|РГАЛИ|ЦГАОР)(?!\w)"
    r"(?:\s(?:of|de|du|des|d'|for)\s(?:the\s)?(?:[^\W\d_a-zа-я][\w.'’-]*\s?){1,4})?"
)
_CAPITAL = r"[^\W\d_a-zß-öø-ÿа-яё]"
_UNMARKED = re.compile(rf",\s(?P<title>{_CAPITAL}[^,;.()\"“”«»\[\]]{{2,160}}?)(?=,\s|\s[(\[])")
_WRITES = re.compile(r"(?:^|[.;:(?!]|\b(?:[Ss]ee|from|of|de|von|[Vv]oir|[Ss]iehe|[Cc]f\.|от))[\s\"“«]*$")
_TO = re.compile(
    rf"\s(?P<to>(?:to|à|a|an|к)\s{_CAPITAL}[^,;.()\"“”«»]{{1,60}}),\s(?=[^;()]{{0,50}}?(?:(?:1[5-9]|20)\d\d|undated|n\.\s?d\.))"
)
_SOURCED = re.compile(
    r"(?:,\s|\s[(\[])(?:(?:[Pp]{1,2}s?\.?|[Vv]ol\.?|[Tt]\.|S\.|[Сс]\.|[Cc]h(?:ap)?\.)\s?[\dIVX]|(?:[^\W_]+[\s.:,&]+){0,6}(?:1[5-9]|20)\d\d\b)"
)


_SHORT = 3  # letters of a surname that stands for an author only where ibid. or op. cit. follows


@dataclass(frozen=True, slots=True)
class Item:
    """Characters [start, end); kind as in `_ORDER`; value: the unit of a range, the level of a title, ...

    known: a layer has it already.
    """

    start: int
    end: int
    kind: str
    value: str = ""
    first: str = ""
    last: str = ""
    known: bool = False

    def moved(self, by: int) -> "Item":
        return replace(self, start=self.start + by, end=self.end + by)


def items(text: str, spans: Sequence[Span], abbreviations: Mapping[str, str], surnames: Collection[str]) -> list[Item]:
    """The items of a text in order, none overlapping.

    spans: of the layer of names. abbreviations: forms that stand for works. surnames: folded, of known authors.
    """
    found = [
        Item(span.start, span.end, _KINDS[span.kind], span.attributes.get("level", ""), known=True)
        for span in spans
        if span.kind in _KINDS and text[span.start : span.end] not in abbreviations
    ]
    found += [Item(start, end, "back", kind) for start, end, kind in backward(text)]
    found += [Item(each.start, each.end, "range", each.unit, each.first, each.last) for each in ranges(text)]
    found += [Item(match.start(), match.end(), "date") for match in _YEAR.finditer(text)]
    found += [Item(match.start(), match.end(), "archive") for match in _ARCHIVE.finditer(text)]
    found += _abbreviations(text, abbreviations)
    found += _surnames(text, surnames)
    settled = _settled(text, found)
    settled = _settled(text, [*settled, *_letters(text, settled)])
    settled = _settled(text, [*settled, *_unmarked(text, settled)])
    return _settled(text, [*settled, *_bare(text, settled)])


def _settled(text: str, found: Sequence[Item]) -> list[Item]:
    """Without those that overlap something that tells more."""
    kept: list[Item] = []
    taken = bytearray(len(text))
    for item in sorted(found, key=lambda each: (_ORDER.index(each.kind), not each.known, each.start, -each.end)):
        if item.start < item.end and not any(taken[item.start : item.end]):
            kept.append(item)
            taken[item.start : item.end] = b"\1" * (item.end - item.start)
    return sorted(kept, key=lambda each: each.start)


def _abbreviations(text: str, forms: Mapping[str, str]) -> Iterator[Item]:
    if forms:
        longest = sorted(forms, key=lambda form: (-len(form), form))
        for match in re.finditer(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?!\w)", text):
            yield Item(match.start(), match.end(), "abbreviation", forms[match.group()])


def _surnames(text: str, surnames: Collection[str]) -> Iterator[Item]:
    """Words that are the surname of an author of the document, where no layer has the name."""
    for match in re.finditer(rf"(?<!\w){_CAPITAL}[^\W\d_]+(?:[-’'][^\W\d_]+)*", text):
        known = folded(match.group()) in surnames
        if known and (len(match.group()) > _SHORT or next(backward(text[match.end() : match.end() + 14]), None)):
            yield Item(match.start(), match.end(), "name")


def _unmarked(text: str, settled: Sequence[Item]) -> Iterator[Item]:
    """Titles by their place: an author, a comma, the title, and then what only a source has."""
    hard = bytearray(len(text))
    for item in settled:
        if item.kind in ("title", "back", "abbreviation", "letter", "range"):
            hard[item.start : item.end] = b"\1" * (item.end - item.start)
    for author in settled:
        if author.kind not in ("person", "name"):
            continue
        match = _UNMARKED.match(text, author.end)
        if match is None or not _SOURCED.match(text, match.end()):
            continue
        start, end = match.span("title")
        covered = any(
            (item.kind == "date" and item.start < end < item.end)
            or (item.start <= start and end <= item.end and not (item.end == end and _is_title(text, item, settled)))
            for item in settled
            if item.start < end
        )
        if not any(hard[start:end]) and not covered and surname(match["title"]):
            yield Item(start, end, "unmarked", "m")


def _is_title(text: str, name: Item, settled: Sequence[Item]) -> bool:
    """Whether what looks like a person stands right before a place or a page, as a title does and no author."""
    after = next((item for item in settled if item.start >= name.end), None)
    if name.kind != "person" or after is None or after.kind not in ("place", "range"):
        return False
    return re.fullmatch(r",?\s\(?", text[name.end : after.start]) is not None


def _letters(text: str, settled: Sequence[Item]) -> Iterator[Item]:
    """Letters, by whom they are to: (Lind) to Hugo Brandt, 4 May 1931."""
    for writer in settled:
        match = _TO.match(text, writer.end) if writer.kind in ("person", "name") else None
        if match and _WRITES.search(text[max(0, writer.start - 16) : writer.start]):
            yield Item(*match.span("to"), "letter", "letter")


def _bare(text: str, settled: Sequence[Item]) -> Iterator[Item]:
    before = Item(0, 0, "")
    for item in settled:
        holds = before.kind == "title" and before.value == "a" and item.start - before.end < 12  # its number, no page
        is_short = item.kind in ("back", "abbreviation") or (item.kind == "title" and item.value in ("m", "u"))
        is_short, before = is_short and not holds, item
        if is_short and (page := bare_page(text, item.end)):
            is_year = re.fullmatch(r"(?:1[5-9]|20)\d\d", page.first)
            if item.kind == "back" or not is_year:
                yield Item(page.start, page.end, "range", page.unit, page.first, page.last)
