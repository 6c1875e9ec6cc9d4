"""How far the name of a body reaches: Institute of Fisheries, Comité de secours aux marins, les usines Orlov.

Its head tells: in English what follows "of" and "for", in other languages what follows their own small words, which
may be written without capitals there (Société chimique, Tsentral'nyi arkhiv).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.names.cues import (
    BODIES,
    FOREIGN_HEADS,
    HONORIFICS,
    ORG_HEADS,
    PARTNERS,
    PLACE_HEADS,
)
from pipeline.names.forms import WORD, Candidate, Range
from pipeline.names.ordinary import commonness
from pipeline.names.places import gazetteer, is_people

_WORKS = re.compile(
    r"\s(?:works|factory|factories|shipyards?|steelworks|ironworks|fleet|foundry|publishing\shouse)\b(?!\sof\b)"
)
_USINES = re.compile(
    r"\b(?:usines?|maisons?|librairie|imprimerie|banque|[ée]ditions|compagnie|soci[ée]t[ée]|f[áa]brica|editorial|imprenta|banco"
    r"|compa[ñn][íi]a|завод|фабрик[аи]|издательств[оа])\s(?P<of>de\s)?$"
)
_KIND = re.compile(  # an adjective of French or Spanish
    r"\s(?P<kind>[a-zà-ÿ]{3,}(?:al|ale|aux|ales|ique|iques|ienn?e?s?|aires?|[ao]ises?|ifs?|ives?|euses?|ains?|aines?|[iít]c[ao]s?"
    r"|an[ao]s?|ari[ao]s?|ist[ae]s?|iv[ao]s?|[ée]e?s|[ée]e|[aeo]les?))\b"
)
_OF = r"(?:de\sla\s|de\sl['’]|de\slos\s|de\slas\s|des\s|del\s|de\s|du\s|d['’]|aux\s|au\s|à\sla\s|à\sl['’])"
_TAIL = re.compile(rf"\s{_OF}(?:{WORD}|[a-zà-ÿ]{{4,}})")
_AIM = re.compile(rf"\s(?:pour|para)\s(?:(?:la|le|les|el|los|las)\s|l['’])?(?:{WORD}|[a-zà-ÿ]{{4,}})")
_ZWECK = re.compile(rf"\s(?:(?:für|zur?|zum|am|im|der|des|und)\s)(?:[a-zäöü]+\s)?{WORD}")
_ELLIPSIS = re.compile(rf"(?:{WORD}-,?\s)+(?:und\s)?$")  # Haus- und Hofarchiv
_RUSSIAN = re.compile(
    r"(?<=yi|ii|oi|ia|ya|oe)(?:\s[a-z'-]+(?:[yio]i|[aiy]a|oe|ogo|[yi]kh))*\s(?:arkhiv|institut|muzei|bibliotek|komitet|soi?uz|soyuz"
    r"|universitet|izdatel'stvo|otdel|sovet|obshchestvo|akademi|b[iy]?uro|parti|fond|teatr)\w*"
)
_UNITS = frozenset(
    [
        "Army",
        "Corps",
        "Division",
        "Divisions",
        "Brigade",
        "Brigades",
        "Regiment",
        "Regiments",
        "Battalion",
        "Battalions",
        "Squadron",
    ]
)
_ORDINAL = r"(?:\d+(?:st|nd|rd|th|d)|[IVXL]+\b)"
_NUMBERED = re.compile(rf"\b(?:{_ORDINAL}(?:,\s|,?\sand\s))*(?:{_ORDINAL}\s|(?<=\sand\s))$")
_AIMS = (" and ", " and the ", " of ", " of the ", " for the ", " into the ", " in the ", " against ")
_OF_SOMETHING = re.compile(r" of (?!the )")
_COMPOUND = re.compile(
    r"\w(?:archiv|bibliothek|verein|gesellschaft|verlag|bund|ministerium|institut|museum|anstalt|partei|kammer"
    r"|akademie|hochschule|universität|staatsoper|theater|orchester|philharmonie|landtag|reichstag|bundestag|verband"
    r"|gewerkschaft|genossenschaft|intern|torg|izdat|soi?uz|soyuz|biuro|buro)s?$"
    r"|^(?:Narkom|Sovnar|Gos(?=plan|bank))\w+$"
)
_FIRM = (" and ", " & ", ", ")


def reach(plain: str, start: int, end: int) -> Range:
    """The range of a name with what belongs to it in small letters before and after, if it is one of a body."""
    article = re.search(r"\b[Tt]he\s$", plain[max(0, start - 4) : start])
    if article and (after := _WORKS.match(plain, end)):
        end = after.end()
    return from_small_head(plain, start, end), with_tail(plain, start, end)


def from_small_head(plain: str, start: int, end: int) -> int:
    """Where a name starts that has the kind of its body in small letters before it (les usines Orlov).

    Behind "de" stands a place (banque de Lyon) or, by a full name, whose it is: that name is a person's.
    """
    if before := _USINES.search(plain[max(0, start - 30) : start]):
        owned = before["of"] and " " in plain[start:end] and plain[start:end] not in gazetteer()
        return start if owned else start - len(before.group())
    if plain[start:end].rsplit(maxsplit=1)[-1] in _UNITS and (
        before := _NUMBERED.search(plain[max(0, start - 30) : start])
    ):
        return start - len(before.group())
    if (before := _ELLIPSIS.search(plain[max(0, start - 40) : start])) and is_compound(plain[start:end]):
        return start - len(before.group())
    return start


def with_tail(plain: str, start: int, end: int) -> int:
    """Where a name ends that goes on in small letters behind its head, as in French, Spanish, German and Russian."""
    words = plain[start:end].split()
    if after := _RUSSIAN.match(plain, end):
        return after.end()
    if words[0] not in FOREIGN_HEADS and not any(map(is_compound, words)):
        return end
    forms: tuple[re.Pattern[str], ...] = (_KIND, _AIM, _TAIL, _ZWECK)
    while after := next((match for form in forms if (match := form.match(plain, end)) and _is_abroad(match)), None):
        end = after.end()
        forms = (_KIND, _TAIL, _ZWECK)
    return end


def is_compound(word: str) -> bool:
    """Whether one word is a body's, by its end, as in German and Russian: Bergbauverein, Ribtorg."""
    return _COMPOUND.search(word) is not None


def _is_abroad(match: re.Match[str]) -> bool:
    """Whether a word behind a head is no English one, with which another phrase begins."""
    return "kind" not in match.re.groupindex or commonness(match["kind"]) < 3.6


def joined(plain: str, found: Sequence[Candidate]) -> list[Candidate]:
    """Names that go on after a small word: the Institute of Fisheries, the Miners' Home, Pike and Sons."""
    result: list[Candidate] = []
    for each in found:
        if result and (_goes_on(plain, result[-1], each) or _is_firm(plain, result, each)):
            last = result.pop()
            while _is_listed(plain, result, last, each):
                last = replace(result.pop(), end=last.end)
            form = " ".join(plain[last.start : each.end].split())
            result.append(Candidate(last.text, last.start, each.end, form, last.opens))
        else:
            result.append(each)
    return result


def _goes_on(plain: str, last: Candidate, each: Candidate) -> bool:
    between, head = plain[last.end : each.start], last.words[-1]
    if between in (" of ", " for ") and (head in ORG_HEADS or (head in PLACE_HEADS and not is_people(each.form))):
        return True
    if between in (" of the ", " for the ") and not BODIES.isdisjoint(last.words) and each.form not in gazetteer():
        return True
    if between in ("' ", "’ "):
        return head.endswith("s") and each.words[-1] in ORG_HEADS
    if between in ("'s ", "’s "):  # what a seaman or a king owns may be called after him, unlike what a person owns
        return each.words[-1] in ORG_HEADS and (head.endswith(("men", "ren", "People")) or head in HONORIFICS)
    return _has_aims(last, between, each) or _is_twofold(last, between, each)


def _has_aims(last: Candidate, between: str, each: Candidate) -> bool:
    """Whether the words for what a body is for go on: Committee for the Relief of Sailors and the Care of Orphans."""
    links = _AIMS if re.search(r" for the ", last.form) else (" and ",) if _OF_SOMETHING.search(last.form) else ()
    return between in links and BODIES.intersection(last.words) != frozenset() and _are_things(each.words)


def _is_twofold(last: Candidate, between: str, each: Candidate) -> bool:
    """Whether one body does two things: Ohio Life Insurance and Trust Company."""
    return (
        between in (" and ", " & ")
        and each.words[-1] in ORG_HEADS
        and len(last.words) > 1 < len(each.words)
        and _are_things([last.words[-1], *each.words])
        and last.words[-1] not in ORG_HEADS
    )


def _are_things(words: Sequence[str]) -> bool:
    """Whether words are ordinary English ones, as those for what a body does."""
    return all(commonness(word) > 3.4 for word in words) and " ".join(words) not in gazetteer()


def _is_firm(plain: str, before: Sequence[Candidate], each: Candidate) -> bool:
    return each.words[0] in PARTNERS and plain[before[-1].end : each.start] in _FIRM


def _is_listed(plain: str, before: Sequence[Candidate], last: Candidate, each: Candidate) -> bool:
    """Whether a partner stands before `last` too: Harrow, Pike and Company."""
    return (
        bool(before)
        and each.words[0] in PARTNERS
        and " " not in before[-1].form + last.form
        and plain[before[-1].end : last.start] == ", "
    )
