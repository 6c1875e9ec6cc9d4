"""Quotations and their translations: paired where a note gives the one and says that it is of the other.

Both ends get an `id`, and `corresp` with the other's (TEI Guidelines, chapter 17, "Linking, Segmentation, and
Alignment").
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.model import Span

_SAYS_SO = re.compile(
    r"\b(translat(ed|ion)|(the|in) original|traduction|traduit|texte original|en el original|traducci[oó]n|traducido|"
    r"[uü]bersetz(t|ung)|im original|перевод|в оригинале|в подлиннике)\b[^.!?]*$",
    re.IGNORECASE,
)
_QUOTATIONS = ("q", "quote", "blockquote")
NEAR = 4
"""Characters between the end of a quotation and the call of its note at most."""


def paired(layers: Mapping[str, list[Span]], texts: Mapping[str, str]) -> dict[str, list[Span]]:
    """The layers, in them the quotations paired of which a note says that it has the original or a translation.

    layers: with "divisions", "quotations" and "notes". texts: of the reading, by id.
    """
    quoted = [span for layer in layers.values() for span in layer if span.kind in _QUOTATIONS]
    in_body = sorted((span for span in quoted if span.text == "body"), key=lambda span: span.end)
    ends = [span.end for span in in_body]
    first: dict[str, Span] = {}
    for span in sorted(quoted, key=lambda span: (span.start, -span.end)):
        first.setdefault(span.text, span)
    linked: dict[int, dict[str, str]] = {}
    for call in layers["notes"]:
        given = first.get(call.attributes["note"]) if call.kind == "note" else None
        if given is None or not _SAYS_SO.search(texts[given.text][: given.start]):
            continue
        source = _longest(in_body[bisect_left(ends, call.start - NEAR) : bisect_right(ends, call.start)])
        if source is not None and id(source) not in linked:
            one, other = f"{given.text}-source", f"{given.text}-given"
            linked[id(source)] = {"id": one, "corresp": other}
            linked[id(given)] = {"id": other, "corresp": one}
    return {
        name: [replace(span, attributes={**span.attributes, **linked.get(id(span), {})}) for span in layer]
        for name, layer in layers.items()
    }


def _longest(quotations: Sequence[Span]) -> Span | None:
    return max(quotations, key=lambda span: span.end - span.start, default=None)
