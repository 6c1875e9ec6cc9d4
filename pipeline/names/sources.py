"""Titles that nothing marks, by their place in a source: behind an author or an article, before a page or an imprint.

Underlines get lost, and many documents have none. What is left is the form of a source: Carver, The Pilots, p. 12;
Carver, The Pilots (Oxford: Quay Press, 1931); "Salt," Nordic Review, vol. 3.
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.names.dates import MONTH
from pipeline.names.forms import INITIAL, PARTICLE, WORD
from pipeline.names.marks import Range, is_emphasis
from pipeline.names.places import gazetteer

_CAPITAL = r"[^\W\d_a-zß-öø-ÿа-яё]"
_UNIT = r"(?:[Vv]ols?|[Tt]omes?|[Tt]omos?|[Bb]d|[Nn]os?|[Nn][úu]m|[Nn]r|[Pp]{1,2}s?|S|[Cc]h(?:ap)?|[Pp]art|с|т|№|n[°º])"
_NUMBER = rf"(?:{_UNIT}\.?\s?(?:\d|[IVXLC]+\b)|[Cc]hapter\s\d)"
_IMPRINT = r"\s\((?:[^()]{2,80}[,:]\s)?(?:1[5-9]|20)\d\d\)"
_VOLUME = r",?\s(?:[IVXLC]+|\d{1,3})(?:,\s|\s)\((?:[^()]{1,30}\s)?(?:1[5-9]|20)\d\d\)"
_FULL_DATE = rf",\s(?:\d\d?(?:[–-]\d\d?)?\.?\s(?:de\s)?)?{MONTH}[\s\d,-]{{1,8}}(?:1[5-9]|20)\d\d"
_NAME = rf"(?:{INITIAL}\s?|(?:{WORD}|{PARTICLE})\s){{0,4}}{WORD}"
_AUTHOR = rf"(?:{_NAME}(?:,?\s(?:and|&|et|y|und|и)\s{_NAME})?)"
_OPENS = r"(?:^|[.;(]\s?|\b(?:[Ss]ee(?:\salso)?|[Cc]f\.|[Cc]ompare|in|[Vv]oir|[Vv]éase|[Ss]iehe|[Cc]м\.|and|also)\s)"
_BY_AUTHOR = re.compile(
    rf"{_OPENS}(?P<author>{_AUTHOR})(?:,\s\(?eds?\.?\)?|\s\(eds?\.\))?,\s"
    rf"(?P<title>{_CAPITAL}[^;()\[\]\"“”«»\n]{{2,160}}?)(?={_IMPRINT}|{_VOLUME}|,\s{_NUMBER})"
)
_HOLDER = re.compile(
    rf"(?:(?:,[\"”»]|[\"”»'’],)\s|[\"”»],?\s(?:in|dans|en)\s)(?P<title>{_CAPITAL}[\w'’-]*"
    r"(?:\s[^\W\d_][\w'’-]*){0,8}?)"
    rf"(?={_IMPRINT}|{_VOLUME}|,?\s{_NUMBER}|{_FULL_DATE}|,\s(?:1[5-9]|20)\d\d,)"
)
_ARTICLE = re.compile(r'(?<=, )["“](?=[\'‘]?[^\W\d_a-z])(?P<title>[^"“”]{3,160}?),["”]\s(?=[^\W\d_a-z]|in\s|\d)')
_SENTENCE = re.compile(r"[^\W\d_]{3,}[.?!]\s")
_NO_TITLE = re.compile(
    r"(?:Letters?|Interview|Conversation|Statement|Testimony|Telegram|Lettre|Carta|Entretien|Entrevista"
    rf"|{_NUMBER}|[IVXLC]+$)"
    r"|.*\b(?:Papers|Archives?|Records?|Office|Ministry|Fonds|Collection|Files?|Library|Archivo)$"
)
_DATED = re.compile(rf"^{MONTH}(?:\W+{MONTH})?$|\b{MONTH}\s\d|\b\d\d?\s(?:de\s)?{MONTH}", re.IGNORECASE)
_NEXT = re.compile(
    rf"{_NUMBER}|{INITIAL}\s?{WORD}|(?:quoted|cited|reprinted|especially|op|loc|ibid|trans|translated|tr|eds?|edited|see|in|by)\b"
)
_HOUSE = re.compile(
    r"(?:1[5-9]|20)\d\d$|.*\b(?:Press|Books|Verlag|[EÉ]d(?:itions?|iciones|itorial|s?\.)|Publish\w+|Librairie|Imprenta)\b"
)
PERIODICAL = re.compile(
    r"\b(?:review|journal|gazette|gazeta|news|newspaper|times|bulletin|byulleten|biulleten|quarterly|monthly|weekly|revue"
    r"|revista|zeitung|zeitschrift|zhurnal|vestnik|herald|tribune|daily|magazine|press|cahiers|annales|izvestia|pravda"
    r"|курьер|газета|вестник|журнал|правда|известия)\b",
    re.IGNORECASE,
)


def unmarked(text: str, taken: Sequence[Range], note: bool) -> Iterator[tuple[Range, str]]:
    """The extents and levels of such titles. taken: ranges of what is marked as a book or a periodical.

    note: the text is a foot note, where sources are given; elsewhere only a periodical with an article is looked for.
    """
    held = bytearray(len(text))
    for start, end in taken:
        held[start:end] = b"\1" * (end - start)
    for pattern, level in ((_HOLDER, "j"), (_BY_AUTHOR, "m"), (_ARTICLE, "a")) if note else ((_HOLDER, "j"),):
        at = 0
        while match := pattern.search(text, at):
            at = match.start("title")
            words = match["title"]
            if level == "m":
                words = _before_imprint(words) if _writes(match["author"]) else ""
            end = at + len(words)
            if (
                not any(held[match.start() : end])
                and (note or PERIODICAL.search(words))
                and (level == "a" or _is_title(words))
            ):
                held[at:end] = b"\1" * len(words)
                yield (at, end), level


def _before_imprint(words: str) -> str:
    """What is left of words that run on into publisher, place and year, a number, or another source."""
    parts = words.split(", ")
    for at, part in enumerate(parts):
        if _HOUSE.match(part) or _NEXT.match(part):
            return ", ".join(parts[:at])
        if at and part.partition(" and ")[0] in gazetteer():  # the publisher before it
            return ", ".join(parts[: max(1, at - 1)])
    return words


def _is_title(words: str) -> bool:
    """Whether what stands where a title does may be one: no place, date, number or holding of an archive."""
    if not words or words in gazetteer() or words.count(", ") > 2 or is_emphasis(words, 0, len(words)):
        return False
    return not (_SENTENCE.search(words) or _NO_TITLE.match(words) or _DATED.search(words))


def _writes(author: str) -> bool:
    """Whether words may name an author, and no town or archive."""
    return not author.isupper() and not any(word in gazetteer() for word in (author, author.rsplit(maxsplit=1)[-1]))
