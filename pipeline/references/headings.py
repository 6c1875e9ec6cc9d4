"""Headings of a bibliography: whose works they announce, and the lines of a list that are headings in truth.

"Works by Ada Lind" gives its entries an author; "Books" under it goes on with the same; any other heading ends it.
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.references.items import Item
from pipeline.references.writers import inverted

_SORTS = (
    r"works?|writings|books?|pamphlets?|brochures?|articles?|essays?|novels?|fiction|stories|poems?|poetry|verse|plays?|drama"
    r"|letters?|correspondence|journalism|memoirs?|speeches|lectures|œuvres|oeuvres|livres|essais|romans|nouvelles|po[èe]mes|po[ée]sie"
    r"|lettres|discours|obras|libros|folletos|art[íi]culos|ensayos|novelas|cuentos|poemas|cartas|[ée]crits|escritos|werke|schriften"
    r"|bücher|aufsätze|briefe|gedichte|сочинения|книги|брошюры|статьи|письма|стихи"
)
_HEADED = re.compile(rf"\b(?:{_SORTS}|by)\b", re.I)
_NUMBERED = r"\s*(?:(?:[IVX]{1,4}|[A-Za-z]|\d{1,2})[.)]\s+)?"
_SORT = re.compile(
    rf"{_NUMBERED}(?:(?:(?:the|short|collected|selected|published|and|et|y|und|и)\s|[&,/]\s?)*(?:{_SORTS})(?:\s|,\s|$))+",
    re.I,
)
_ELSE = re.compile(rf"{_NUMBERED}(?:other|further|secondary|general|autres|otros|otras|weitere|другие)\s", re.I)
_LINE = re.compile(rf"{_NUMBERED}[^\W\d_a-zß-öø-ÿа-яё][^\"“«\d]{{2,90}}(?<![.,])")
_OF = re.compile(r"\b(?:by|of|de|du|von|d['’])\s?$", re.I)

Extent = tuple[int, int]


def under_headings(text: str, joined: Sequence[list[Extent]]) -> Iterator[tuple[Extent | None, list[list[Extent]]]]:
    """The entries by the lines between them that are headings: "A. Books", "Articles by Ada Lind"."""
    title: Extent | None = None
    those: list[list[Extent]] = []
    for extents in joined:
        words = text[slice(*extents[0])].strip()
        if len(extents) == 1 and _LINE.fullmatch(words) and _is_heading(words):
            yield title, those
            title, those = extents[0], []
        else:
            those.append(extents)
    yield title, those


def subject_of(
    text: str, heading: Extent, found: Sequence[Item], before: tuple[str, ...] = (), *, under: bool = False
) -> tuple[str, ...]:
    """The person whose works a heading announces; one that only says what sort they are ("Books") goes on.

    before: whose works the heading before it announced. under: the heading is a line in the list under that one.
    """
    start, end = heading
    people = [item for item in found if item.kind == "person" and start <= item.start < end]
    if _SORT.fullmatch(text, start, end) or (under and not people and not _ELSE.match(text, start, end)):
        return before
    if not _HEADED.search(text, start, end):
        return ()
    writers = [
        " ".join(text[item.start : item.end].split())
        for item in people
        if _OF.search(text[start : item.start]) or text[item.end : item.end + 2] in ("'s", "’s", "'S")
    ]
    return tuple(inverted(name.title()) for name in writers[:1] if " " in name)


def _is_heading(words: str) -> bool:
    """Whether a line says what sort of writings follow: at its beginning, or after "Other" or a heading's number."""
    led = _ELSE.match(words) or re.match(r"(?:[IVX]{1,4}|[A-Z])\.\s", words)
    return _SORT.match(words) is not None or (led is not None and _HEADED.search(words) is not None)
