"""Publishers, by the place that a citation gives them: "The Quay, Harrow, Paris, 1931" and "Paris: Harrow, 1931".

Their names are of any shape (a surname, two, an ordinary word), so that only what stands around them tells.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from pipeline.names.forms import INITIAL, WORD, Candidate, Range
from pipeline.names.ordinary import commonness
from pipeline.names.places import gazetteer

_SMALL = r"(?:de\sla|de\sl['’]|de\slos|des|de|du|del|d['’]|of|for|the|für|und)"
_HOUSE = (
    rf"(?P<house>(?:[EÉ]ds?\.\s(?:{_SMALL}\s)?|(?:{INITIAL}\s?)+)?{WORD}(?:(?:\s{_SMALL}|\s{INITIAL})?\s(?:{WORD}|\d{{1,2}}(?=,))){{0,4}}"
    rf"(?:(?:,\s{WORD})?,?\s(?:&|and|et|y)\s{WORD}(?:\s{WORD})?)?)"
)
_TOWN = rf"(?P<town>{WORD}(?:[\s-]{WORD}){{0,2}})"
_YEAR = r"\(?(?:1[5-9]|20)\d\d\b"
_AFTER_WORK = re.compile(
    rf"['\"”’»)]*[.,:]?['\"”’»)]*\s(?:and\s)?{_HOUSE},\s(?:{_YEAR}|{_TOWN},?\s(?:{_YEAR}|pp?\.|\d))"
)
_AFTER_YEAR = re.compile(rf"{_YEAR},?\sand\s{_HOUSE},\s{_TOWN},?\s(?={_YEAR})")
_AFTER_TOWN = re.compile(rf"(?<![\w-]){_TOWN}[,:]\s{_HOUSE},?\s{_YEAR}")
_AGAIN = re.compile(rf"\b[Rr]e(?:print|issu|publish)ed\sby\s{_HOUSE}(?=,?\s(?:in\s)?{_YEAR}|,\s)")
_PARTNERS = re.compile(rf"\bpublish\w*\s(?:with|by)\s(?P<house>{WORD}\s(?:&|and)\s{WORD})(?!\s{WORD})")
_KNOWN = 3.7  # Zipf frequency from which a town of many names is meant, not a house that bears one


def publishers(
    texts: Mapping[str, str], works: Mapping[str, Collection[Range]], held: Mapping[str, Sequence[Range]]
) -> list[Candidate]:
    """The publishers that citations name, each text's in order.

    works: ranges of titles; held: ranges that hold none. Both by text id.
    """
    result = []
    for text_id, text in texts.items():
        taken = bytearray(len(text))
        for start, end in held.get(text_id, ()):
            taken[start:end] = b"\1" * (end - start)
        for start, end in sorted(set(_placed(text, works.get(text_id, ())))):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                result.append(Candidate(text_id, start, end, " ".join(text[start:end].split()), opens=False))
    return result


def _placed(text: str, works: Collection[Range]) -> Iterator[Range]:
    after_work = [match for _, end in works if (match := _AFTER_WORK.match(text, end))]
    found = [*after_work, *_AFTER_YEAR.finditer(text)]
    towns = {match["town"] for match in found}
    yield from (match.span("house") for match in found if _is_house(match["house"], match["town"], towns))
    for match in _AFTER_TOWN.finditer(text):
        if match["town"] in gazetteer() and match["house"] not in gazetteer():
            yield match.span("house")
    for form in (_AGAIN, _PARTNERS):
        yield from (match.span("house") for match in form.finditer(text))


def _is_house(name: str, town: str | None, towns: Collection[str | None]) -> bool:
    """Whether a name before a town or a year is a publisher's, and no town itself, as others of the `towns` are."""
    if town in gazetteer():
        return name not in gazetteer() or commonness(name) < _KNOWN
    return name not in towns and name.partition(",")[0] not in gazetteer()
