"""Events that bear a name of their own: the Boer War, the Battle of the Nile, la Guerre civile, World War I.

Such a name holds a word that says what happened, and one that tells it from others of its kind: a people, a place, a
month, a number, or, behind a definite article, any word in capitals. The Revolution alone is none, nor is a revolution.
"""

import calendar
import re
from collections.abc import Collection, Iterator, Mapping

from pipeline.model import Span
from pipeline.names.cues import BODIES, HONORIFICS, STARTERS
from pipeline.names.forms import Range
from pipeline.names.ordinary import commonness
from pipeline.names.places import gazetteer, is_people

_UP = r"[^\W\d_a-zß-öø-ÿа-яё]"
_WORD = rf"{_UP}[^\W\d_]+(?:-[^\W\d_]+)*"
_HEAD = (
    r"(?:Wars?|Revolutions?|Uprising|Rising|Rebellion|Revolt|Insurrection|Mutiny|Massacre|Famine|Plague|Earthquake|Strike"
    r"|Depression|Terror|Purges?|Crisis|Crusade|Olympics|Games|Trials?|Putsch|Coup|Commune|Landings|Offensive|Weltkrieg"
    r"|Krieg|Aufstand)"
)
_PLACED = (
    r"(?:Battle|Siege|Massacre|War|Revolt|Relief|Sack|Bataille|Si[èe]ge|Guerre|Batalla|Guerra|Sitio|Schlacht)"
    r"\s(?:of|de|del|des|du|von|bei|um)\s(?:(?:the|la|las|los|les)\s)?"
)
_END = rf"(?![\w-])(?!\s{_UP}[^\W\d_])"  # what goes on in capitals is called something else
_EVENT = re.compile(
    rf"(?<![\w-])(?:(?:World\sWars?\s(?:I{{1,3}}|One|Two)|WW(?:I{{1,3}}|[12]))(?!\w)"
    rf"|(?P<telling>(?:(?:{_WORD}(?:['’]s|['’])?|\d{{1,2}}(?:st|nd|rd|th))\s){{1,4}}){_HEAD}{_END}"
    rf"|{_PLACED}{_WORD}(?:\s{_WORD}){{0,2}}{_END}"
    r"|(?:Premi[èe]re\s|Seconde\s|Deuxi[èe]me\s)?(?:Guerre|R[ée]volution)\s(?:mondiale|civile|\w+aise|\w+ricaine|russe)\b"
    r"|(?:Primera\s|Segunda\s)?(?:Guerra|Revoluci[óo]n)\s(?:[Mm]undial|[Cc]ivil|\w+(?:ana|esa|ola)|[Rr]usa)\b"
    r"|[А-Я][а-яё]+(?:ая|ой|ую|ое|ого|ому|им)\s(?:[а-яё]+(?:ая|ой|ую|ое|ого|ому|им)\s)?"
    r"(?:революци|войн|восстани|битв|сражени|мятеж)[а-яё]*)"
)
_BATTLE = re.compile(_PLACED)
_IN_BODY = re.compile(rf"\b(?:{'|'.join(sorted(BODIES))})\s(?:of|on|for)\s(?:the\s)?$")
_OWNER = re.compile(rf"{_WORD}['’]s\s")
_THE = re.compile(r"\b(?:[Tt]he|[Dd]er|[Dd]ie|[Dd]en)\s$")
_TELLING = frozenset(calendar.month_name[1:]) | frozenset(
    ("First", "Second", "Third", "Seven", "Thirty", "Hundred", "Civil", "Cold", "World", "Olympic")
)
_SURE, _LIKELY = 0.9, 0.7


def events(texts: Mapping[str, str], blocked: Mapping[str, Collection[Range]]) -> list[Span]:
    """Spans "event", in order of the texts, that meet none of the `blocked` ranges, such as titles and dates."""
    return [span for name, text in texts.items() for span in _of_text(name, text, blocked.get(name, ()))]


def without_place(span: Span, text: str) -> Range:
    """The part of an event's name that names nothing else: all but a known place at its end (the Battle of Lisbon)."""
    head = _BATTLE.match(text, span.start, span.end)
    return (span.start, head.end() if head and text[head.end() : span.end] in gazetteer() else span.end)


def _of_text(name: str, text: str, blocked: Collection[Range]) -> Iterator[Span]:
    for match in _EVENT.finditer(text):
        start, end = match.span()
        certainty = _SURE
        if match["telling"]:
            start = _without_starters(text, start, match.end("telling"))
            certainty = _told(text, start, match.end("telling"))
        if _IN_BODY.search(text, max(0, start - 40), start):
            continue
        if certainty and not any(a < end and start < b for a, b in blocked):
            yield Span(name, start, end, "event", {}, certainty, "form")


def _without_starters(text: str, start: int, end: int) -> int:
    """Where a name begins that stands behind "But", "Dr" or somebody's name with 's: after the last such word."""
    before = [
        word.end()
        for word in re.finditer(r"\S+\s", text[start:end])
        if (plain := word.group().rstrip()).lower() in STARTERS or plain in HONORIFICS or _OWNER.fullmatch(word.group())
    ]
    return start + max(before, default=0)


def _told(text: str, start: int, end: int) -> float:
    """How surely the words before the head tell an event from others; 0 where they do not."""
    words = [word.rstrip("'’") for word in text[start:end].split()]
    if any(is_people(word) or word in _TELLING or word in gazetteer() or word[0].isdigit() for word in words):
        return _SURE
    rare = any(commonness(word) < 4 for word in words)
    return _LIKELY if words and (rare or _THE.search(text[max(0, start - 4) : start])) else 0
