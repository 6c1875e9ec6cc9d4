"""What stands in another language as the name of a work: underlined, or quoted the way titles are."""

import re
from collections.abc import Sequence

from pipeline.languages.segments import Range, inner, language_of, meets
from pipeline.languages.tokens import tokens

_ANNOUNCED = re.compile(
    r"\b(?:article|articulo|artículo|essay|essai|ensayo|chapter|chapitre|capitulo|capítulo|poem|poeme|poème|poema|novel"
    r"|roman|novela|story|pamphlet|brochure|folleto|book|livre|libro|review|study|paper|series|piece|section|song"
    r"|titled?|entitled|untitled|subtitled|intitulée?|titulad[oa]|called|headed|статья|роман|книга),?\s$",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    r"^[.,:;]?\s?(?:(?:in|dans|en|в)\s(?:the\s|la\s|le\s|el\s)?|first\spublished\sin\s)?$", re.IGNORECASE
)


def title_languages(
    text: str, main: str, others: Sequence[str], quotations: Sequence[Range] = (), underlined: Sequence[Range] = ()
) -> list[tuple[int, int, str]]:
    """(start, end, language) of titles in another language than the main one.

    quotations: ranges with their marks; one counts as a title where it is announced as one ("the article ..."), where
    an underlined title follows it, or where its words begin with capitals. underlined: ranges, of
    which those count that begin with a capital.
    """
    titles = [_bare(text, *inner(text, *each)) for each in quotations if quoted_title(text, each, underlined)]
    titles += [each for each in underlined if text[each[0]].isupper()]
    found = [(start, end, language_of(text[start:end], main, others)) for start, end in titles if start < end]
    return sorted(each for each in set(found) if each[2] != main)


def _bare(text: str, start: int, end: int) -> Range:
    """Without the comma or full stop that the quotation marks took in."""
    return start, end if text[start:end].endswith("...") else start + len(text[start:end].rstrip(".,;: "))


def quoted_title(text: str, quotation: Range, underlined: Sequence[Range]) -> bool:
    """Whether a quotation in double quotes looks like the title of an article or a book."""
    start, end = quotation
    if text[start] not in '"“„«' or end - start > 160:
        return False
    words = list(tokens(text[start:end]))
    if not words or not words[0].capital:
        return False
    if _ANNOUNCED.search(text[max(0, start - 24) : start]):
        return True
    if any(0 <= begin - end <= 24 and _HOLDS.match(text[end:begin]) for begin, _ in underlined):
        return not meets(quotation, underlined)
    long = [word for word in words if word.end - word.start > 3]
    return 2 <= len(long) <= 8 and all(word.capital for word in long)
