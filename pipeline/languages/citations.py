"""What names a work or a society by the place where it stands, as sources and lists of works are written.

An article is quoted, with a capital, and what holds it follows: a page, an issue, a year, the next article of the
list. A quotation of what somebody said stands behind a colon or a verb, and may end in a full stop.
"""

import re

from pipeline.languages.ranges import Range, inner
from pipeline.languages.tokens import tokens

_LONGEST = 14  # words of a title
_BODY = 4  # words of the name of a society or a publisher, as they stand in brackets
_NUMBER = r"\b(?:nos?|nums?|nr|vols?|pp?|pts?|tome)\b[.,]?\s?\d"
_SAID = re.compile(r"(?<!\.)[.!]$|\s[-–—]{1,2}\s|[^\W\d_]{3}[.!]\s")
_BEFORE = re.compile(
    rf"(?:{_NUMBER}[^\"“”()]{{0,30}},\s\(?|\bessays?\son\s|\bsub-?title\swas\s|,[\"”»]\s(?:and\s)?)$", re.IGNORECASE
)
_PLACE = re.compile(r"(?:^|(?:[^\W\d_][.,]|\),)\s|\bin\s|[,.]?[\"”»]\s(?:and\s)?)$")
_NEXT = re.compile(r"\s?(?:and\s)?[\"“«][^\W\d_a-z]")
_ISSUED = re.compile(r"(?:(?:first|later|was|and|which)\s){0,3}(?:re)?(?:published|printed|unpublished)\b")
_LOCATED = re.compile(
    rf"(?:[A-Z]{{2,}}\)\s)?(?:in\s)?(?:(?:[A-Z][\w.'’-]*[ ,:]+(?:(?:d[eu]s?|la|le|of|the)\s)?){{1,5}})?"
    rf"\(?(?:\d{{4}}\b|{_NUMBER}|[A-Z]\w+\.?\s\d)",
)
_SOURCE = re.compile(rf"{_NUMBER}|\([^()]{{0,24}}\b1\d{{3}}\)", re.IGNORECASE)
_ABBREVIATED = re.compile(rf"{_NUMBER}+|\b\d{{4}}-\d{{2,4}}|\([^()]*\)", re.IGNORECASE)
_RUN_ON = re.compile(r"(?<!\w)[^\W\d_A-Z]+\s\d|\d\s[^\W\d_A-Z]")
_PRINTED = re.compile(r",\s[^\W\d_a-z]\w+,?\s\d{4}$")


def cited(text: str, quotation: Range) -> bool:
    """Whether a quotation, with its marks, stands where sources have the title of an article."""
    start, end = inner(text, *quotation)
    bare = text[start:end].rstrip(",; ")
    if not bare[:1].isupper() or _SAID.search(bare) or len(bare.split()) > _LONGEST:
        return False
    before, after = text[max(0, quotation[0] - 60) : quotation[0]], text[quotation[1] : quotation[1] + 90]
    if _BEFORE.search(before) or _ISSUED.match(after := after.lstrip(" ,.:;(")):
        return True
    return bool(_PLACE.search(before) and (_LOCATED.match(after) or _NEXT.match(after)))


def society(text: str, start: int, end: int) -> bool:
    """Whether words in brackets, with a capital, name a society, a publisher or a book.

    Of the first two these are few, with no mark at their end; a book ends in the place and year where it was printed.
    """
    inside = text[start:end]
    if text[max(0, start - 1) : start] != "(" or text[end : end + 1] != ")" or not inside[:1].isupper():
        return False
    return bool(_PRINTED.search(inside)) or (inside[-1:].isalpha() and len(list(tokens(inside))) <= _BODY)


def source(inside: str) -> bool:
    """Whether words have in them the number or year that sources have."""
    return bool(_SOURCE.search(inside))


def run_on(inside: str) -> bool:
    """Whether the words go on over a date or number ("3 de mayo"), which then is theirs and not a source's."""
    return bool(_RUN_ON.search(_ABBREVIATED.sub("", inside)))
