"""Dates, by a grammar of their own: in English, French, Spanish and Russian (either script), exact ones normalised.

Days, months, years, decades and ranges of them become TEI's att.datable: @when, @from and @to, @notBefore and
@notAfter (TEI Guidelines, 13.1.2 and 3.6.4). What can't be told for certain (a two-figure year, 4.5.45) has none of
these. Years of four figures count from 1000 to 2099; numbers of pages, notes and issues are no years.
"""

import calendar
import re
from dataclasses import dataclass

_MONTHS = {
    1: "january jan janvier janv enero ene января январь ianvaria yanvarya",
    2: "february feb febr fevrier fev fevr février fév févr febrero февраля февраль fevralia fevralya",
    3: "march mar mars marzo марта март marta",
    4: "april apr avril avr abril abr апреля апрель aprelia aprelya",
    5: "may mai mayo мая май maia maya",
    6: "june jun juin junio июня июнь iiunia iyunya",
    7: "july jul juillet juil julio июля июль iiulia iyulya",
    8: "august aug aout août agosto ago августа август avgusta",
    9: "september sept sep septembre septiembre setiembre сентября сентябрь sentiabria sentyabrya",
    10: "october oct octobre octubre октября октябрь oktiabria oktyabrya",
    11: "november nov novembre noviembre ноября ноябрь noiabria noyabrya",
    12: "december dec decembre décembre déc diciembre dic декабря декабрь dekabria dekabrya",
}
_NUMBER = {name: number for number, names in _MONTHS.items() for name in names.split()}
_MONTH = "(?:" + "|".join(sorted(_NUMBER, key=len, reverse=True)) + r")(?!\w)\.?"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|er|ero|º|o)?"
_YEAR = r"(?:1\d{3}|20\d{2})"
_OF = r"(?:\s(?:de|del|of)\s|,?\s)"
_TO = r"\s?(?:-|--|–|—|/)\s?"
_SEASON = (
    "(?:spring|summer|autumn|winter|fall|printemps|ét[ée]|ete|automne|hiver|primavera|verano|oto[ñn]o|invierno"
    "|весн[аоы]й?|лет[оа]м?|осень?ю?|осени|зим[аоы]й?|easter|pentecost|christmas|michaelmas|whitsun|lent|advent)"
)

_FORMS = [
    # 3-5 May 1921; 30 April - 2 May 1921; 18/31 December 1917
    rf"(?P<d1>{_DAY})(?:\s(?P<m1>{_MONTH}))?{_TO}(?P<d2>{_DAY})(?:{_OF})(?P<m2>{_MONTH})(?:{_OF}(?P<y2>{_YEAR}))?",
    # May 3-5, 1921; December 18/31 1917; April 30 - May 2, 1921
    rf"(?P<m1>{_MONTH})\s(?P<d1>{_DAY}){_TO}(?:(?P<m2>{_MONTH})\s)?(?P<d2>{_DAY})(?:,?\s(?P<y2>{_YEAR}))?(?!\d)",
    # 3 May 1921; 3 de mayo de 1921; 3 May
    rf"(?P<d1>{_DAY}){_OF}(?P<m1>{_MONTH})(?:{_OF}(?P<y1>{_YEAR})(?!\d))?",
    # May 3, 1921; Mayo 3 de 1921; May 3rd
    rf"(?P<m1>{_MONTH})\s(?P<d1>{_DAY})(?:{_OF}(?P<y1>{_YEAR}))?(?!\d)",
    # May-June 1921; November 1917 - March 1918
    rf"(?P<m1>{_MONTH})(?:{_OF}(?P<y1>{_YEAR}))?{_TO}(?P<m2>{_MONTH}){_OF}(?P<y2>{_YEAR})(?!\d)",
    # May 1921
    rf"(?P<m1>{_MONTH}){_OF}(?P<y1>{_YEAR})(?!\d)",
    # Spring 1921, winter of 1921-22
    rf"(?P<season>{_SEASON})(?:\s(?:of|de|del)|,)?\s(?P<y1>{_YEAR})(?:[-/](?P<y2>{_YEAR}|\d\d))?(?!\d)",
    # 1921-03-05
    r"(?P<iso>(?:1\d{3}|20\d{2})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)",
    # 3.5.21, 6.IX.44
    rf"(?P<loose>{_DAY}\.(?:1[0-2]|0?[1-9]|[IVX]{{1,4}})\.(?:{_YEAR}|\d\d))(?!\.?\d)",
    # 1920s, 1920's, the 20s, '20s
    r"(?P<decade>(?:1\d|20)?[1-9]0)(?:'|’)?s(?!\w)",
    # 1921-1923, 1921-23, 1921/22
    rf"(?P<y1>{_YEAR})(?:{_TO})(?P<y2>{_YEAR}|\d\d?)(?![\d\w])",
    rf"(?P<y1>{_YEAR})(?![\d\w])",
]
_DATES = [re.compile(rf"(?<![\w.,/-])(?<!\d ){form}", re.IGNORECASE) for form in _FORMS]
_NO_YEAR = re.compile(
    r"(?:\b(?:pp?s?|pages?|pags?|no|nos|nr|vol|vols|n|nn|num|chap|ch|fol|ff?|cols?|lines?|part|note|footnote|box|art)\.?\s?"
    r"|[$£#€№]\s?|\d[,.]|[–-]\s?|pp?\.\s?\d+(?:-\d+)?,\s)$",
    re.IGNORECASE,
)
_COMMA = re.compile(r"\d[\d-]*,")
"""Before a month: of a day, if a year follows ("13, July 1936"), but rather of an issue ("no. 13, July 1936")."""
_QUANTITY = re.compile(
    r"\s(?:men|women|people|workers|soldiers|members|copies|tons|tonnes|pages|rubles|roubles|francs|dollars|pounds|miles"
    r"|kilometres|kilometers|metres|meters|feet|others|prisoners|delegates|votes|words|deaths|killed|houses|families)\b"
    r"|[,.]\d|\s?%|\s(?:million|thousand|hundred)\b"
)


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
            start, end = match.span()
            end -= len(text[start:end]) - len(text[start:end].rstrip(" "))
            if any(taken[start:end]) or not _is_date(text, match):
                continue
            if text[end - 1] == "." and not re.match(r"\s[\d(]|,", text[end : end + 2]):
                end -= 1
            taken[start:end] = b"\1" * (end - start)
            found.append(Date(start, end, _attributes(match)))
    return sorted(found, key=lambda each: each.start)


def _is_date(text: str, match: re.Match[str]) -> bool:
    groups = {key: value for key, value in match.groupdict().items() if value}
    counted = _NO_YEAR.search(text[max(0, match.start() - 24) : match.start()]) is not None
    if "decade" in groups:
        before = text[max(0, match.start() - 12) : match.start()].lower()
        return len(groups["decade"]) == 4 or re.search(r"(?:\bthe|early|late|mid|'|’)[\s-]?$", before) is not None
    if "m1" in groups or "m2" in groups:
        month = groups.get("m1") or groups.get("m2") or ""
        dated = "y1" in groups or "y2" in groups
        issue = _COMMA.match(match.group()) is not None and (counted or "y1" not in groups)
        # "may 3", "mar 5": a verb or a sea, unless it is plainly a month
        word = month.islower() and month.rstrip(".") in ("may", "mar", "ago", "ene")
        return not issue and (dated or not word)
    if "season" in groups or "iso" in groups or "loose" in groups:
        return True
    if counted or _QUANTITY.match(text[match.end() : match.end() + 14]):
        return False
    if "y2" in groups:
        first, last = int(groups["y1"]), int(groups["y2"])
        return last > first if last >= 1000 else last > first % 10 ** len(groups["y2"])
    return True


def _attributes(match: re.Match[str]) -> dict[str, str]:
    groups = {key: value for key, value in match.groupdict().items() if value}
    if "iso" in groups or "loose" in groups:
        return {"when": groups["iso"]} if "iso" in groups else {}
    if "decade" in groups or "season" in groups:
        return _loosely(groups)
    if set(groups) <= {"y1", "y2"}:
        if "y2" not in groups:
            return {"when": groups["y1"]}
        last = groups["y1"][: 4 - len(groups["y2"])] + groups["y2"]
        return {"from": groups["y1"], "to": last}
    return _of_days(groups, "/" in match.group())


def _loosely(groups: dict[str, str]) -> dict[str, str]:
    """A decade or season by its years; a winter lies in two, and "the 40s" in any century."""
    if "decade" in groups:
        start = groups["decade"]
        return {"notBefore": start, "notAfter": f"{int(start) + 9}"} if len(start) == 4 else {}
    if "y2" in groups:
        return {"notBefore": groups["y1"], "notAfter": groups["y1"][: 4 - len(groups["y2"])] + groups["y2"]}
    if re.match("winter|hiver|invierno|зим", groups["season"], re.IGNORECASE):
        return {}
    return {"notBefore": groups["y1"], "notAfter": groups["y1"]}


def _of_days(groups: dict[str, str], pair: bool) -> dict[str, str]:
    months = [_month(groups.get(key)) for key in ("m1", "m2")]
    years = [groups.get(key) for key in ("y1", "y2")]
    days = [groups.get(key) for key in ("d1", "d2")]
    ranged = bool((days[1] or months[1]) and (days[1] or not days[0]))
    if not ranged:
        single = _iso(years[0] or years[1], months[0] or months[1], days[0])
        return {"when": single} if single else {}
    if pair:  # Julian and Gregorian, or a double issue: no telling
        return {}
    first = _iso(years[0] or years[1], months[0] or months[1], days[0])
    last = _iso(years[1], months[1] or months[0], days[1])
    return {"from": first, "to": last} if first and last and first < last else {}


def _month(name: str | None) -> int | None:
    return _NUMBER[name.lower().rstrip(".")] if name else None


def _iso(year: str | None, month: int | None, day: str | None) -> str | None:
    """The date as xs:date, xs:gYearMonth, xs:gMonthDay; None where it does not exist."""
    number = int(re.match(r"\d+", day).group()) if day else None  # type: ignore[union-attr]
    if month is None:
        return None
    if number and number > (calendar.monthrange(int(year), month)[1] if year else calendar.monthrange(2000, month)[1]):
        return None
    return f"{year or '-'}-{month:02d}" + (f"-{number:02d}" if number else "")
