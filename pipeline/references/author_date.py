"""Sources given by author and year: (Lind 1931, 12), Lind (1931: 12), Lind and Brandt 1928a.

An author and a year alone are no source, they stand in any history; so what counts is only what the bibliography lists.
"""

import re
from collections.abc import Iterator

from pipeline.references.citations import Citation, Part
from pipeline.references.forms import folded
from pipeline.references.works import Library

_NAME = r"[^\W\d_a-zß-öø-ÿа-яё][^\W\d_]+(?:[-'’][^\W\d_]+)?"
_SOURCE = re.compile(
    rf"(?<![\w-])(?P<who>(?P<first>{_NAME})(?:,?\s(?:and|&|et|y|und|и)\s{_NAME}|\set\sal\.|\sи\sдр\.)?),?\s\(?"
    r"(?P<year>(?:1[5-9]|20)\d\d)(?P<letter>[a-h])?(?!\w)"
    r"(?:[,:]\s?(?P<range>(?:(?:pp?|S|с)\.\s?)?(?P<from>\d{1,4})(?:\s?[-–]\s?(?P<to>\d{1,4}))?)(?![\w/]|\.\d))?"
)


def author_dates(name: str, text: str, library: Library) -> Iterator[Citation]:
    """The sources given so in a text."""
    for match in _SOURCE.finditer(text):
        works = [
            work
            for work in library.by_author(folded(match["first"]))
            if work.listed and match["year"] in work.date and folded(match["first"]) in work.authors[:1]
        ]
        which = "abcdefgh".index(match["letter"]) if match["letter"] else 0
        if which >= len(works) or (len(works) > 1 and not match["letter"]):
            continue
        parts = [Part(*match.span("who"), "author")]
        if match["range"]:
            ends = {key: match[key] for key in ("from", "to") if match[key]}
            parts.append(Part(*match.span("range"), "citedRange", {"unit": "page", **ends}))
        opened = "(" in text[match.end("who") : match.start("year")]
        end = match.end() + (1 if opened and text[match.end() : match.end() + 1] == ")" else 0)
        yield Citation(name, match.start(), end, (), tuple(parts), None, (match["first"],), means=works[which].key)
