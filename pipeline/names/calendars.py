"""Julian and Gregorian days: of a pair (18/31 December 1917), and beside Old Style and its like.

Attributes are those of TEI's att.datable; @calendar is "julian gregorian" of a pair, "julian" of Old Style.
"""

import datetime
import re

_STYLE = (
    r"\(?(?:o\.\s?s\.|old\sstyle|ст\.\s?ст\.|стар\w+\sстил\w+|vieux\sstyle|v\.\s?s\.|a(?:lten|\.)\s?st(?:ils?|\.))\)?"
)
_OLD_STYLE = re.compile(rf"(?:\s?г(?:ода|\.))?,?\s(?:по\s)?{_STYLE}", re.IGNORECASE)
_OLD_BEFORE = re.compile(rf"(?<!\w){_STYLE},?\s$", re.IGNORECASE)


def paired(one: str, other: str) -> dict[str, str]:
    """Of one day by both calendars the Gregorian date; nothing where they are not as far apart as the calendars are."""
    julian, day = sorted((one, other))
    if re.fullmatch(r"--\d\d-\d\d", julian):  # of no year: some twelve days
        apart = datetime.date.fromisoformat("2000" + day[1:]) - datetime.date.fromisoformat("2000" + julian[1:])
        sure = 10 <= apart.days <= 13
    else:
        sure = _gregorian(julian) == day
    return {"when": day, "calendar": "julian gregorian"} if sure else {}


def of_style(text: str, start: int, end: int, attributes: dict[str, str]) -> dict[str, str]:
    """The attributes of a date beside which Old Style or its like stands."""
    if not (_OLD_STYLE.match(text, end) or _OLD_BEFORE.search(text[max(0, start - 16) : start])):
        return attributes
    whens = {key: _gregorian(value) for key, value in attributes.items() if key != "calendar"}
    return {**whens, "calendar": attributes.get("calendar", "julian")}


def _gregorian(julian: str) -> str:
    """The Gregorian date of a Julian day; what is no day of a year as it is."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", julian):
        return julian
    day = datetime.date.fromisoformat(julian)
    centuries = (day.year - (day.month < 3)) // 100
    return (day + datetime.timedelta(centuries - centuries // 4 - 2)).isoformat()
