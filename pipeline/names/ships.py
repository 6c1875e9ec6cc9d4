"""Ships: their names are underlined or quoted as titles are, but the words around them speak of the sea."""

import re
from collections.abc import Mapping, Sequence

from pipeline.names.marks import Range, inside

_SHIP = (
    r"(?:ship|steamer|steamship|schooner|barque|bark|brig|frigate|cruiser|battleship|destroyer|submarine|trawler|tanker|vessel"
    r"|boat|yacht|liner|freighter|lugger|ketch|cutter|sloop|tug|galleon|whaler|collier|dredger|ferry|lifeboat|corvette|gunboat"
    r"|navire|vapeur|paquebot|goélette|goelette|vapor|buque|barco|fragata)"
)
_SAILS = re.compile(
    rf"(?:\b{_SHIP}s?,?\s|\b(?:aboard|boarded|boarding)\s(?:the\s)?|\bon\sboard\s(?:the\s)?|\b(?:HMS|SS|USS|RMS|M/?V)\s"
    rf"|\b(?:captain|master|mate|crew|deck|decks|log|loss|wreck|hold|passengers|owners|sailors)\sof\sthe\s)$",
    re.IGNORECASE,
)
_A_SHIP = re.compile(
    rf"(?:,\s(?:an?|the)\s(?:[\w-]+\s){{0,3}}{_SHIP}\b"
    r"|(?:,[^.;]{1,120},)?\s(?:sailed|sank|docked|anchored|foundered|struck|put\s(?:in|into|out)|weighed|called\sat|was\s(?:bound\sfor|launched|torpedoed|wrecked|scuttled))\b)"
)


def ships(texts: Mapping[str, str], underlined: Mapping[str, Sequence[Range]]) -> frozenset[str]:
    """What is underlined as ships' names are: the words around one of its places speak of a ship."""
    found = set()
    for key, text in texts.items():
        for each in underlined.get(key, ()):
            start, end = inside(text, *each)
            if sails(text[max(0, start - 60) : start]) or _A_SHIP.match(text, end):
                found.add(text[start:end])
    return frozenset(found)


def sails(before: str) -> bool:
    """Whether words that stand before a name say that it is a ship's: aboard the ..."""
    return _SAILS.search(before) is not None
