"""Dates, by a grammar of their own: in English, French, Spanish, German and Russian, exact ones normalised.

Days, months, years, decades and ranges of them become TEI's att.datable: @when, @from and @to, @notBefore and
@notAfter (TEI Guidelines, 13.1.2 and 3.6.4). What can't be told for certain (a two-figure year, 4.5.45) has none of
these. Years of four figures count from 1000 to 2099, also with I or l for 1, as typewriters have them; numbers of
pages, notes and issues are no years. Days that share a month ("2 and 14 May 1921") are one date; a season with "of" is
no part of it ("spring of 1921"). @calendar is "julian gregorian" of a day by both calendars (18/31 December 1917), and
"julian" beside Old Style and its like; @when is the Gregorian day of both.
"""

import calendar
import re
from dataclasses import dataclass, replace

from pipeline.names.calendars import of_style, paired

_MONTHS = {
    1: "january jan januar jänner janvier janv enero ene января январь январе ianvaria yanvarya",
    2: "february feb febr februar fevrier fev fevr février fév févr febrero февраля февраль феврале fevralia fevralya",
    3: "march mar märz mars marzo марта март марте marta",
    4: "april apr avril avr abril abr апреля апрель апреле aprelia aprelya",
    5: "may mai mayo мая май мае maia maya",
    6: "june jun juni juin junio июня июнь июне iiunia iyunya",
    7: "july jul juli juillet juil julio июля июль июле iiulia iyulya",
    8: "august aug aout août agosto ago августа август августе avgusta",
    9: "september sept sep septembre septiembre setiembre сентября сентябрь сентябре sentiabria sentyabrya",
    10: "october oct oktober okt octobre octubre октября октябрь октябре oktiabria oktyabrya",
    11: "november nov novembre noviembre ноября ноябрь ноябре noiabria noyabrya",
    12: "december dec dezember dez decembre décembre déc diciembre dic декабря декабрь декабре dekabria dekabrya",
}
_NUMBER = {name: number for number, names in _MONTHS.items() for name in names.split()}
_NAMES = "|".join(sorted(_NUMBER, key=len, reverse=True))
MONTH = rf"(?:{_NAMES})(?!\w)\.?"
_CAPITAL = r"[^\W\d_a-zß-öø-ÿа-яё]"
_FIGURES = str.maketrans("Il", "11")
_DAY = r"(?:[12][\dIl]|[Il]\d|3[01Il]|0?[1-9])(?:st|nd|rd|th|d|er|ero|º|o|-?го)?"
_YEAR = r"(?:1\d{3}|20\d{2}|[1Il][4-9][\dIl]{2})"
_SHORT = rf"(?:{_YEAR}|['’]\d\d(?!['’]))"
_OF = r"(?:\s(?:de|del|du|of)\s|,?\s|,|(?<=\.))"
_TO = r"\s?(?:-|--|–|—|/)\s?"
_THROUGH = r"(?:to|until|till|through|à|au|al|a|bis|по)"
_JOIN = rf"(?:,?\s(?P<list>and|or|et|ou|y|o|und|oder|и|или)\s|\s{_THROUGH}\s|\s?&\s?)"
_SEASON = (
    "(?:spring|summer|autumn|winter|fall|printemps|ét[ée]|ete|automne|hiver|primavera|verano|oto[ñn]o|invierno"
    "|frühjahr|frühling|sommer|herbst|весн[аоы]й?|лет[оа]м?|осень?ю?|осени|зим[аоы]й?"
    "|easter|pentecost|christmas|michaelmas|whitsun|lent|advent)"
)

_FORMS = [
    # 3 March (18 February) 1861
    rf"(?P<d1>{_DAY})\s(?P<m1>{MONTH})\s(?P<pair>\()(?P<d2>{_DAY})\s(?P<m2>{MONTH})\)(?:{_OF}(?P<y2>{_YEAR})(?!\d))?",
    # 3-5 May 1921; 30 April - 2 May 1921; 18/31 December 1917
    rf"(?P<d1>{_DAY})(?:\s(?P<m1>{MONTH}))?{_TO}(?P<d2>{_DAY})\.?{_OF}(?P<m2>{MONTH})(?:{_OF}(?P<y2>{_YEAR}))?",
    # 3 to 5 May 1921; 2, 9 and 14 May
    rf"(?P<d1>{_DAY})(?:,\s{_DAY})*{_JOIN}(?P<d2>{_DAY})\.?{_OF}(?P<m2>{MONTH})(?:{_OF}(?P<y2>{_YEAR}))?",
    # 5 (17) August 1861
    rf"(?P<d1>{_DAY})\s?(?P<pair>\()(?P<d2>{_DAY})\){_OF}(?P<m2>{MONTH})(?:{_OF}(?P<y2>{_YEAR})(?!\d))?",
    # May 2 and 14, 1921
    rf"(?P<m1>{MONTH})\s(?P<d1>{_DAY})(?:,\s{_DAY})*{_JOIN}(?P<d2>{_DAY}),?\s(?P<y2>{_YEAR})(?!\d)",
    # May 3-5, 1921; December 18/31 1917; April 30 - May 2, 1921
    rf"(?P<m1>{MONTH})\s(?P<d1>{_DAY}){_TO}(?:(?P<m2>{MONTH})\s)?(?P<d2>{_DAY})(?:,?\s(?P<y2>{_YEAR}))?(?!\d)",
    # 3 May 1921; 3 de mayo de 1921; 3 May '21; 3 May 21; 3 May
    rf"(?P<d1>{_DAY})\.?{_OF}(?P<m1>{MONTH})(?:{_OF}(?P<y1>{_SHORT}|\d\d(?=[,.;:)\]]|$))(?!\d))?",
    # May 3, 1921; Mayo 3 de 1921; May the 3rd
    rf"(?P<m1>{MONTH})(?:\s(?:the\s)?|(?<=\.))(?P<d1>{_DAY})(?:{_OF}(?P<y1>{_SHORT}))?(?![\dIl])",
    # May-June 1921; Nov. Dec. 1921; November 1917 - March 1918
    rf"(?P<m1>{MONTH})(?:\s|(?:{_OF}(?P<y1>{_YEAR}))?{_TO})(?P<m2>{MONTH}){_OF}(?P<y2>{_YEAR})(?!\d)",
    # May 1921; May '21
    rf"(?P<m1>{MONTH}){_OF}(?P<y1>{_SHORT})(?!\d)",
    # Spring 1921, Winter 1921-22
    rf"(?P<season>{_SEASON}),?\s(?P<y1>{_YEAR})(?:[-/](?P<y2>{_YEAR}|\d\d?))?(?!\d)",
    # 1921-03-05
    r"(?P<iso>(?:1\d{3}|20\d{2})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)",
    # 3.5.21, 6.IX.44, 3/5/1921, 3 V 1921
    rf"(?P<loose>{_DAY}(?:(?P<sign>[./])(?:1[0-2]|0?[1-9]|[IVX]{{1,4}})(?P=sign)(?:{_YEAR}|\d\d)"
    rf"|[\s-][IVX]{{1,4}}[\s-]{_YEAR}))(?!\.?\d)",
    # 1920s, 1920's, the 20s, '20s
    r"(?P<decade>(?:1\d|20)?[1-9]0)(?:'|’)?s(?!\w)",
    # 1921-1923, 1921-23, 1921/22
    rf"(?P<y1>{_YEAR})(?:{_TO})(?P<y2>{_YEAR}|\d\d?)(?![\d\w])",
    rf"(?P<y1>{_YEAR})(?![\d\w])",
    # in '21; in May; by the 11th: see `_is_date`
    r"(?P<y1>['’]\d\d)(?![\w'’])",
    rf"(?P<m1>{_NAMES})(?![\w'’-])",
    r"(?P<d1>\d\d?(?:st|nd|rd|th))(?=[,.;:)])",
]
# not in a number, a signature (F-1921) or a row of figures, but behind "mid-" and a dash
_DATES = [re.compile(rf"(?<![\w/])(?<!\d[.,–-])(?<!(?-i:[A-Z])[.-])(?<!\d ){form}", re.IGNORECASE) for form in _FORMS]
_NO_YEAR = re.compile(
    r"(?:\b(?:pp?s?|pages?|pags?|no|nos|nr|n|nn|num|chap|ch|fol|ff?|cols?|lines?|part|note|footnote|box|art)\.?\s?"
    r"|n[°º]\s?|[$£#€№]\s?|\d[,.]|\d[–-]\s?|pp?\.\s?\d+(?:-\d+)?,\s|\d\)[,:]\s)$",
    re.IGNORECASE,
)
_COMMA = re.compile(r"\d[\d-]*,")
"""Before a month: of a day, if a year follows ("13, July 1936"), but rather of an issue ("no. 13, July 1936")."""
_MEASURE = re.compile(
    r"[,.]\d|\s?%|\s(?:million|thousand|hundred|copies|pages|words|tons|tonnes|acres|miles|feet|men|women|people|others"
    r"|(?:kilo)?met(?:re|er)s|francs|dollars|pounds|r(?:o)?ubles|hommes|femmes|pesos|человек)\b"
)
_PLURAL = re.compile(r"\s(?!(?:was|has|this|thus|does|always|perhaps|across|towards|unless|versus)\b)[a-zà-ÿ]{3,}s\b")
_IN = re.compile(
    r"\b(?:in|from|between|since|until|till|during|early|late|mid|next|(?:end|beginning|middle|month|start|course)\sof|im|seit"
    r"|en|depuis|dès|fin|début|mois\s(?:de|d['’])|mes\sde|desde|hasta|в|с|до)(?:[\s-]|(?<=['’]))$",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b(?:by|before|after|around|of|the|this|de|del|du|avant|après|vers|год[ау]?)\s$", re.IGNORECASE)
_THE_DAY = re.compile(r"\b(?:on|by|until|till|since|from|before|after|of)\sthe\s$")
_SHELF = re.compile(r"\b[A-Z]{2,}\s$")  # of an archive, before a number
_WORDS = frozenset(("may", "march", "mar", "ago", "ene"))  # in small letters words of other meanings
_NO_NAMES = frozenset(("january", "february", "july", "september", "october", "november", "december"))


@dataclass(frozen=True, slots=True)
class Date:
    """Characters [start, end) are a date; attributes as TEI names them."""

    start: int
    end: int
    attributes: dict[str, str]


def dates(text: str) -> list[Date]:
    """The dates of `text`, in order, without overlaps; of two that meet, the longer form is taken."""
    found: list[Date] = []
    taken = bytearray(len(text))
    for pattern in _DATES:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]) or not _is_date(text, match):
                continue
            start, end = match.span()
            if text[end - 1] == "." and not re.match(r"\s[\d(]|,", text[end : end + 2]):
                end -= 1
            taken[start:end] = b"\1" * (end - start)
            found.append(Date(start, end, of_style(text, start, end, _attributes(match))))
    return _completed(text, sorted(found, key=lambda each: each.start))


def _completed(text: str, found: list[Date]) -> list[Date]:
    """Days and months that have their year from the date after them: 17 May and 2 June 1921."""
    result: list[Date] = []
    for date in reversed(found):
        when, year = date.attributes.get("when", ""), ""
        if when.startswith("--") and not when.startswith("---") and result:
            between = text[date.end : result[-1].start]
            year = result[-1].attributes.get("when", "")[:4] if re.fullmatch(rf"{_JOIN}|,\s", between) else ""
        whole = {**date.attributes, "when": year + when[1:]} if year.isdigit() else date.attributes
        result.append(replace(date, attributes=whole))
    return result[::-1]


def _groups(match: re.Match[str]) -> dict[str, str]:
    """What a form found, by the names of its groups, with figures in days and years."""
    return {
        key: value.translate(_FIGURES) if key[0] in "dy" and key != "decade" else value
        for key, value in match.groupdict().items()
        if value
    }


def _is_date(text: str, match: re.Match[str]) -> bool:
    """Whether a form that was found is a date where it stands."""
    groups = _groups(match)
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 24]
    if "decade" in groups:
        return len(groups["decade"]) == 4 or re.search(r"(?:\b[Tt]he|arly|ate|id|'|’)[\s-]?$", before) is not None
    if set(groups) == {"m1"}:
        return _is_month(match["m1"], before, after)
    if set(groups) == {"d1"}:
        return _THE_DAY.search(before) is not None
    if "m1" in groups or "m2" in groups:
        return _is_of_month(match.group(), groups, before)
    return _is_year(groups, before, after) if set(groups) <= {"y1", "y2"} else not _SHELF.search(before)


def _is_month(month: str, before: str, after: str) -> bool:
    """Whether the name of a month alone is a date, and no person's or event's."""
    said = _IN.search(before) or re.match(rf"{_JOIN}{MONTH}{_OF}{_YEAR}", after)
    if month.islower() or len(month) < 4:
        return bool(said) and (month.lower() not in _WORDS or month == "May")
    named = re.match(rf"\s{_CAPITAL}", after)  # the October Manifesto, August Bebel
    if month.lower() in _NO_NAMES:
        return bool(said) or not (named or re.search(r"\b[Tt]he\s$", before))
    return bool(said) and not named


def _is_of_month(form: str, groups: dict[str, str], before: str) -> bool:
    counted, month = _NO_YEAR.search(before) is not None, groups.get("m1") or groups["m2"]
    if (counted and "list" in groups) or (_COMMA.match(form) and (counted or "y1" not in groups)):  # numbers of issues
        return False
    # "may 3", "mar 5": a verb or a sea, unless it is plainly a month
    return "y1" in groups or "y2" in groups or not (month.islower() and month.rstrip(".") in _WORDS)


def _is_year(groups: dict[str, str], before: str, after: str) -> bool:
    if _NO_YEAR.search(before) or _MEASURE.match(after):
        return False
    if "y2" in groups:
        first, last = int(groups["y1"]), int(groups["y2"])
        return last > first if last >= 1000 else last > first % 10 ** len(groups["y2"])
    if not groups["y1"].isdigit() or (_PLURAL.match(after) and not _DATED.search(before)):  # '21; 1921 ships
        return _IN.search(before) is not None
    return not (_PLURAL.match(after) and groups["y1"].endswith("00")) or _IN.search(before) is not None


def _attributes(match: re.Match[str]) -> dict[str, str]:
    groups = _groups(match)
    if "iso" in groups or "loose" in groups:
        return {"when": groups["iso"]} if "iso" in groups else {}
    if "decade" in groups or "season" in groups:
        return _loosely(groups)
    if set(groups) <= {"y1", "y2"}:
        if "y2" not in groups:
            return {"when": groups["y1"]} if len(groups["y1"]) == 4 else {}
        return {"from": groups["y1"], "to": _last(groups)}
    paired = "pair" in groups or "/" in match.group()
    return _of_days(groups, "pair" if paired else "list" if "list" in groups else "range")


def _loosely(groups: dict[str, str]) -> dict[str, str]:
    """A decade or season by its years; a winter lies in two, and "the 40s" in any century."""
    if "decade" in groups:
        start = groups["decade"]
        return {"notBefore": start, "notAfter": f"{int(start) + 9}"} if len(start) == 4 else {}
    if "y2" in groups:
        return {"notBefore": groups["y1"], "notAfter": _last(groups)}
    if re.match("winter|hiver|invierno|зим", groups["season"], re.IGNORECASE):
        return {}
    return {"notBefore": groups["y1"], "notAfter": groups["y1"]}


def _last(groups: dict[str, str]) -> str:
    """The last year of a range in four figures: of 1921-3 1923."""
    return groups["y1"][: 4 - len(groups["y2"])] + groups["y2"]


def _of_days(groups: dict[str, str], joined: str) -> dict[str, str]:
    """A day or month, or two as they are joined: as a pair of calendars, in a list, or else as a range."""
    months = [_month(groups.get(key)) for key in ("m1", "m2")]
    year, last_year = groups.get("y1") or groups.get("y2"), groups.get("y2")
    days = [groups.get(key) for key in ("d1", "d2")]
    if not (months[1] or days[1]) or (days[0] and not days[1]):
        return _when(year, months[0] or months[1], days[0])
    first = _iso(year, months[0] or months[1], days[0])
    last = _iso(last_year, months[1] or months[0], days[1])
    if not first or not last:
        return {}
    if joined == "pair":
        return paired(first, last)
    apart = joined == "list" and (first[:-2], int(first[-2:]) + 1) != (last[:-2], int(last[-2:]))
    return {} if apart or first >= last else {"from": first, "to": last}


def _month(name: str | None) -> int | None:
    return _NUMBER[name.lower().rstrip(".")] if name else None


def _when(year: str | None, month: int | None, day: str | None) -> dict[str, str]:
    single = _iso(year, month, day)
    return {"when": single} if single else {}


def _iso(year: str | None, month: int | None, day: str | None) -> str | None:
    """The date as xs:date, xs:gYearMonth, xs:gMonthDay, xs:gMonth or xs:gDay; None where it does not exist."""
    number = int(re.sub(r"\D", "", day)) if day else None
    if month is None:
        return f"---{number:02d}" if number and not year else None
    if year and len(year) < 4:
        return None
    if number and number > calendar.monthrange(int(year) if year else 2000, month)[1]:
        return None
    return f"{year or '-'}-{month:02d}" + (f"-{number:02d}" if number else "")
