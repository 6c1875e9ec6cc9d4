"""Titles of works: what is underlined, and what is quoted the way titles are.

Typists underline books and periodicals and quote articles. Not every underlined word is a title (Ibid., emphasis), nor
every quotation: the signs are capitals, the words around, and that the same words were a title before.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipeline.names.dates import MONTH
from pipeline.names.marks import Range, inside, is_emphasis, is_side_heading, listed
from pipeline.names.ships import sails
from pipeline.names.sources import PERIODICAL, unmarked

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
_NUMBERED = (
    r"\(?(?:no|nos|vol|num|nr)\b\.?|#|[IVXLC]+[-, ]"
    rf"|\d{{1,3}}\b(?!\s?(?:p|,\s?p|[.;]|$)|\s(?:de\s)?{MONTH})"
)
_MONTHLY = rf"(?:\d\d?\.?\s(?:de\s)?)?{MONTH}[\s\d-]"
_NUMBER = re.compile(rf",?\s?(?:{_NUMBERED})", re.IGNORECASE)
ISSUE = re.compile(rf",?\s?(?:{_NUMBERED}|{_MONTHLY})", re.IGNORECASE)
"""What follows a periodical. Behind an author a date alone is that of an entry in a diary, or of a letter."""
_AUTHORED = re.compile(r"[^\W\d_]\.?,\s$")


_OVERRUN = re.compile(r",\s(?:[^,.;]{2,60},\s){1,2}\(?(?:1[5-9]|20)\d\d\)?[.;,]\s(?=.{20})")
"""An imprint and more: the underline went on after the title that it began with."""
_OPENS = re.compile(r"[\"“„«]\W*[^\W_a-zß-öø-ÿа-яё]")
_GLOSSED = re.compile(r"['\"]?\s\([\"']?[a-z]{3,}[\"']?\)")  # a word and what it means: treska (cod)


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
    marked = [each for each in listed(text, underlined) if note or not is_side_heading(text, *each)]
    found = [title for each in marked if (title := _underlined(text, each))]
    for each in quotations:
        start, end = inside(text, *each)
        if end - start < 2 or any(
            t.start < end and start < t.end and t.end - t.start > 0.5 * (end - start) for t in found
        ):
            continue
        if (evidence := _reason(text, each, underlined, note)) or (start, end) in foreign:
            found.append(Title(start, end, "a", 0.85, evidence or "quoted in another language"))
    works = [(title.start, title.end) for title in found if title.level != "a"]
    placed = [Title(*extent, level, 0.8, "stands where a source does") for extent, level in unmarked(text, works, note)]
    return _outermost([*found, *placed])


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
    issue = _NUMBER if _AUTHORED.search(text[max(0, start - 4) : start]) else ISSUE
    journal = PERIODICAL.search(text[start:end]) or issue.match(text[end : end + 24])
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
