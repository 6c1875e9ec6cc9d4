"""What the models of French and Russian found, as candidates.

They are surer than the English one, and their languages write names with words in small letters (Bibliothèque royale)
and offices with capitals (le Président), so that what they hold takes the place of runs of capitals. Where they err is
at the ends.
"""

import re
from collections.abc import Mapping, Sequence

from pipeline.names.bodies import from_small_head, with_tail
from pipeline.names.cues import FOREIGN_HEADS, HONORIFICS
from pipeline.names.forms import Candidate, Range, opens_sentence
from pipeline.names.ordinary import is_ordinary
from pipeline.names.recogniser import Entity

_PLURAL = re.compile(r"\b(?:les|des|aux|ces|nos|leurs)\s$", re.IGNORECASE)
_WAY = re.compile(
    r"\b(?:rue|quai|place|avenue|boulevard|impasse|passage|faubourg|pont|calle|plaza|улиц\w+|площад\w+)"
    r"\s(?:de\s(?:la\s|l')?|du\s|des\s|d')?$",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?P<article>(?:[LlDd]['’]|(?:d[ue]|des|l[ea]s?)\s))|(?P<dear>(?:M(?:a|on)\s)?[Cc]h[eèé]re?s?\s)"
    r"|(?P<word>[^\W\d_]+)\.?\s(?P<of>de\s(?:la\s|l['’])?|du\s|des\s|d['’])?"
)
_A_THING = re.compile(
    r"\b(?:l[ea]s?|du|des|aux?|une?|ce[ts]?|cette|sa|son|ses|notre|nos|votre|leurs?)\s$|['’]$", re.IGNORECASE
)
_TWO = re.compile(r",\s|\s--?\s")  # names that a model took for one
_ROMAN = re.compile(r"\s[IVXLC]+$")
_CLAUSE = re.compile(r"\set\s[^\W\d_A-ZÀ-Þ]")  # Ministre et j'eus
_NAMED = ("PERSON", "PLACE", "ORG")


def with_heard(
    found: Sequence[Candidate],
    texts: Mapping[str, str],
    heard: Mapping[str, Sequence[Entity]],
    blocked: Mapping[str, Sequence[Range]],
) -> list[Candidate]:
    """The candidates, with what the models of French and Russian found in place of those that it meets."""
    result: list[Candidate] = []
    at: dict[str, list[Candidate]] = {}
    for each in found:
        at.setdefault(each.text, []).append(each)
    for text_id, text in texts.items():
        held = bytearray(len(text))
        for start, end in blocked[text_id]:
            held[start:end] = b"\1" * (end - start)
        spoken = [
            entity
            for entity in heard[text_id]
            if entity.model != "en" and entity.label in _NAMED and not _TWO.search(text, entity.start, entity.end)
        ]
        own: list[Candidate] = []
        for entity in spoken:
            candidate = None if any(held[entity.start : entity.end]) else _of_entity(text_id, text, entity)
            if candidate and (not own or own[-1].end <= candidate.start):
                own.append(candidate)
        taken = bytearray(len(text))
        for start, end in [*((each.start, each.end) for each in own), *((each.start, each.end) for each in spoken)]:
            taken[start:end] = b"\1" * (end - start)
        rest = [each for each in at.get(text_id, ()) if not any(taken[each.start : each.end])]
        result += sorted([*rest, *own], key=lambda each: each.start)
    return result


def _of_entity(text_id: str, text: str, entity: Entity) -> Candidate | None:
    """An entity as a candidate; None for a people ("les Belges") or an office, which models take for names."""
    start, end = entity.start, entity.end
    plural = text[end - 1] == "s" and " " not in text[start:end]
    if entity.label == "PLACE" and plural and _PLURAL.search(text[max(0, start - 12) : start]):
        return None
    if clause := _CLAUSE.search(text, start, end):
        end = clause.start()
    start = _without_office(text, start, end, entity)
    if entity.label == "PLACE" and (way := _WAY.search(text[max(0, start - 30) : start])):
        start -= len(way.group())
    start, end = from_small_head(text, start, end), with_tail(text, start, end)
    form = " ".join(text[start:end].split())
    if len(form) < 2 or form.lower() == form:
        return None
    opens, plain = opens_sentence(text, start), _ROMAN.sub("", form)
    if (
        " " not in plain
        and is_ordinary(plain, entity.model)
        and (opens or _A_THING.search(text[max(0, start - 8) : start]))
    ):
        return None
    return Candidate(text_id, start, end, form, opens)


def _without_office(text: str, start: int, end: int, entity: Entity) -> int:
    """Where a name begins behind articles, titles of address, and what belongs to it (Cour de Suède)."""
    while word := _BEFORE.match(text, start, end):
        plain = word["word"] or ""
        titled = entity.label == "PERSON" and plain in HONORIFICS
        office = word["of"] and is_ordinary(plain, entity.model) and plain not in FOREIGN_HEADS
        small = word["article"] or (entity.label == "PERSON" and plain[:1].islower())
        if not (titled or office or small or word["dear"]):
            return start
        start = word.end()
    return start
