"""Titles of works: what is underlined, and what is quoted the way titles are.

Typists underline books and periodicals and quote articles. Not every underlined word is a title (Ibid., emphasis), nor
every quotation: the signs are capitals, the words around, and that the same words were a title before.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.names.cues import PEOPLES
from pipeline.names.dates import MONTH
from pipeline.names.marks import Range, inside, is_emphasis, listed
from pipeline.names.ships import sails

_WORK = (
    r"(?:article|articulo|artículo|essay|essai|ensayo|chapter|chapitre|capitulo|capítulo|poem|poeme|poème|poema|novel|roman"
    r"|novela|story|tale|pamphlet|brochure|folleto|book|livre|libro|review|study|paper|series|section|song|film|play"
    r"|journal|newspaper|magazine|periodical|revue|revista|periódico)"
)
_ANNOUNCED = re.compile(
    rf"\b(?:{_WORK}(?:[^.;:\"“”]{{0,40}}\s(?:called|named|appelée?|nommée?|llamad[oa]))?|titled?|entitled|untitled|subtitled"
    r"|intitulee?|intitulée?|titulad[oa]|headed|under\sthe\s(?:title|heading)|pt?\.?\s?\d+,|chapter\s\d+,),?\s\(?$",
    re.IGNORECASE,
)
_ALIAS = re.compile(
    r"\b(?:alias|pseudonym|pen[- ]name|nom\sde\s(?:guerre|plume)|known\s(?:\w+\s)?as|signed|signature|nicknamed?"
    r"|dubbed|named?|(?:case|name)\sof|surnommée?|dite?|signé|firmad[oa]|apodad[oa]),?\s(?:as\s|by\s|the\s)?$",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    r"^[.,:;]?\s?(?:\(?(?:[Pp]art|pt\.?)\s[\dIVX]+\)?,?\s)?(?:(?:in|dans|en)\s(?:the\s|la\s|le\s|el\s|his\s|her\s)?)?$"
)
_SOURCE = re.compile(r",?\s(?:\(?(?:pp?|no|nos|vol|in|ed|trans|unpublished|manuscript|MS)\b|\d|\(\d|[A-Z])")
_PERIODICAL = re.compile(
    r"\b(?:review|journal|gazette|gazeta|news|newspaper|times|bulletin|byulleten|biulleten|quarterly|monthly|weekly|revue"
    r"|revista|zeitung|zeitschrift|zhurnal|vestnik|herald|tribune|daily|magazine|press|cahiers|annales|izvestia|pravda"
    r"|курьер|газета|вестник|журнал|правда|известия)\b",
    re.IGNORECASE,
)
_ISSUE = re.compile(
    r"^,?\s?(?:\(?(?:no|nos|vol|num|nr)\b\.?|#|[IVXLC]+[-, ]|\d{1,3}\b(?!\s?(?:p|,\s?p))"
    rf"|(?:\d\d?\.?\s(?:de\s)?)?{MONTH}[\s\d-])",
    re.IGNORECASE,
)


_SOURCED = re.compile(r'(?<=, )["“](?=[\'‘]?[^\W\d_a-z])([^"“”]{3,160}?),["”]\s(?=[^\W\d_a-z]|in\s|\d)')
_HOLDER = re.compile(
    r"[\"”»],?\s(?:(?:in|dans|en)\s)?(?P<name>(?:[Tt]he\s|L[ae]\s)?[^\W\d_a-zß-öø-ÿа-яё][\w'’-]*"
    r"(?:\s(?:of|for|the|de|du|des|la|le|les|del|der|für|und|and|et|y|in|[^\W\d_a-zß-öø-ÿа-яё][\w'’-]*)){0,7})"
    r"(?=,?\s(?:\(|[Vv]ol|[Nn]os?\b|[Nn][úu]m|[Tt]ome|\d{1,3}\b))"
)
_OVERRUN = re.compile(r",\s(?:[^,.;]{2,60},\s){1,2}\(?(?:1[5-9]|20)\d\d\)?[.;,]\s(?=.{20})")
"""An imprint and more: the underline went on after the title that it began with."""
_LONGER = re.compile(r"\s[^\W\d_a-zß-öø-ÿа-яё]")
_CAPITAL = re.compile(r"(?<!\w)[^\W\d_a-z][^\W_]*")
_PAGED = re.compile(r",?\s(?:pp?|vol|no)\b")
_OPENS = re.compile(r"[\"“„«]\W*[^\W_a-zß-öø-ÿа-яё]")
_GLOSSED = re.compile(r"['\"]?\s\([\"']?[a-z]{3,}[\"']?\)")  # a word and what it means: treska (cod)
_SENTENCE_START = re.compile(r"(?:^|[.?!:\"“]\s?)$")
_PERSON = re.compile(r"(?:[^\W\d_]\.\s?)+[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Title:
    """Characters [start, end) name a work; level as in TEI: m(onograph), j(ournal), a(rticle)."""

    start: int
    end: int
    level: str
    certainty: float
    evidence: str


def marked_titles(
    text: str, underlined: Sequence[Range], quotations: Sequence[Range], foreign: Collection[Range], note: bool
) -> list[Title]:
    """Titles that the typist marked, in order.

    underlined: ranges. quotations: ranges with their marks. foreign: underlined or quoted ranges (without marks) known
    to be titles in another language. note: the text is a foot note, where sources are given.
    """
    found = [title for each in listed(text, underlined) if (title := _underlined(text, each))]
    for each in quotations:
        start, end = inside(text, *each)
        if end - start < 2 or any(
            t.start < end and start < t.end and t.end - t.start > 0.5 * (end - start) for t in found
        ):
            continue
        if (evidence := _reason(text, each, underlined, note)) or (start, end) in foreign:
            found.append(Title(start, end, "a", 0.85, evidence or "quoted in another language"))
    found += _periodicals(text, found)
    return _outermost([*found, *(_cited(text, found) if note else ())])


def agreed(texts: Mapping[str, str], titles: Mapping[str, Sequence[Title]]) -> dict[str, list[Title]]:
    """The titles with one level for one form: what has numbers or months in one place is a periodical in all."""
    journals = {
        texts[key][each.start : each.end] for key, those in titles.items() for each in those if each.level == "j"
    }
    return {
        key: [replace(each, level="j") if texts[key][each.start : each.end] in journals else each for each in those]
        for key, those in titles.items()
    }


def repeated_titles(
    texts: Mapping[str, str], marked: Mapping[str, Sequence[Title]], taken: Mapping[str, Sequence[Range]]
) -> dict[str, list[Title]]:
    """Titles that were marked elsewhere and stand unmarked; all by text id. taken: ranges where none are looked for.

    Titles of three words and more are told by themselves; shorter ones where a page follows, as it does in sources, or
    where the document marks them often.
    """
    levels = {texts[key][title.start : title.end]: title.level for key, those in marked.items() for title in those}
    times = Counter(texts[key][title.start : title.end] for key, those in marked.items() for title in those)
    by_word: dict[str, list[str]] = {}
    for words in sorted(levels, key=lambda each: (-len(each), each)):
        if (first := _CAPITAL.match(words)) and not _PERSON.fullmatch(words):
            by_word.setdefault(first.group(), []).append(words)
    found: dict[str, list[tuple[int, str]]] = {key: [] for key in texts}
    unmarked: Counter[str] = Counter()
    for key, text in texts.items():
        free = bytearray(b"\1") * len(text)
        for start, end in taken[key]:
            free[start:end] = bytes(end - start)
        at = 0
        for match in _CAPITAL.finditer(text):
            for words in by_word.get(match.group(), ()):
                end = match.start() + len(words)
                if match.start() >= at and text.startswith(words, match.start()) and not text[end : end + 1].isalnum():
                    if all(free[match.start() : end]):
                        found[key].append((match.start(), words))
                        unmarked[words] += 1
                        at = end
                    break
    return {
        key: [
            Title(start, end, levels[words], certainty, "marked as a title elsewhere")
            for start, words in those
            if (end := start + len(words))
            if (certainty := _repeated(texts[key], start, end, 2 * times[words] >= unmarked[words]))
        ]
        for key, those in found.items()
    }


def _repeated(text: str, start: int, end: int, often: bool) -> float:
    """How certain it is that words which are a title elsewhere are one here; 0 where they are none."""
    words = text[start:end]
    if words.count(" ") > 1 or _PAGED.match(text, end):
        return 0.6
    opens = _SENTENCE_START.search(text[max(0, start - 3) : start])
    return 0.5 if often and words not in PEOPLES and not opens and not _LONGER.match(text, end) else 0.0


def _cited(text: str, found: Sequence[Title]) -> list[Title]:
    """Articles as notes cite them, between a comma and a comma in quotation marks: Carver, "The Pilots," ..."""
    return [
        Title(match.start(1), match.end(1), "a", 0.8, "stands where a source does")
        for match in _SOURCED.finditer(text)
        if not any(title.start < match.end(1) and match.start(1) < title.end and title.level != "a" for title in found)
    ]


def _periodicals(text: str, found: Sequence[Title]) -> list[Title]:
    """Periodicals that nothing marks, between an article in quotation marks and a number: "Salt," Nordic Review 3."""
    return [
        Title(*match.span("name"), "j", 0.8, "holds an article")
        for match in _HOLDER.finditer(text)
        if _PERIODICAL.search(match["name"])
        if not any(title.start < match.end("name") and match.start("name") < title.end for title in found)
    ]


def _underlined(text: str, span: Range) -> Title | None:
    start, end = inside(text, *span)
    if closed := list(re.finditer(r"[,.]?[\"”]\s+", text[start:end])):  # an article and the book that holds it
        start += closed[-1].end()
    if end <= start or is_emphasis(text, start, end):
        return None
    if imprint := _OVERRUN.search(text, start, end):
        end = imprint.start()
    if number := re.search(r"(?<=[^\W\d_])[\s,]+(?:no\.?\s?)?\d{1,3}(?:[-/]\d{1,3})?$", text[start:end]):
        end = start + number.start()
    if re.match(r"(?:[pP]\.|pp\.)", text[start:end]) or _GLOSSED.match(text, end):
        return None
    journal = _PERIODICAL.search(text[start:end]) or _ISSUE.match(text[end : end + 24])
    return Title(start, end, "j" if journal else "m", 0.9, "underlined")


def _reason(text: str, quotation: Range, underlined: Sequence[Range], note: bool) -> str:
    """Why a quotation is a title; empty where it is none."""
    start, end = quotation
    before = text[max(0, start - 80) : start]
    if not _OPENS.match(text, start) or not 4 <= end - start <= 220 or sails(before) or _ALIAS.search(before):
        return ""
    words = re.findall(r"[^\W\d_][\w'’-]*", text[start:end])
    long = [word for word in words if len(word) > 3]
    capitals = sum(word[0].isupper() for word in long)
    headline = bool(long) and capitals >= 0.75 * len(long)
    if _ANNOUNCED.search(before) and (headline or len(words) <= 12):
        return "announced as a title"
    if any(0 <= begin - end <= 24 and _HOLDS.match(text[end:begin]) for begin, _ in underlined) and len(words) <= 25:
        return "a title follows that holds it"
    if headline and len(long) >= 3 and not text[start:end].rstrip('"”»').endswith(("!", "...")):
        return "capitals"
    if note and headline and re.search(r"(?:, |\d,? \()$", before) and (len(long) > 1 or _SOURCE.match(text, end)):
        return "stands where a source does"
    return ""


def _outermost(titles: Sequence[Title]) -> list[Title]:
    """Without those that lie in, or run into, one that starts before them."""
    kept: list[Title] = []
    for title in sorted(titles, key=lambda each: (each.start, -each.end)):
        if not kept or kept[-1].end <= title.start:
            kept.append(title)
    return kept
