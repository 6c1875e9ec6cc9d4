"""Where names begin and end by what the document shows: where two meet, and how bibliographies turn them round."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from pipeline.names.cues import ORG_HEADS, PLACE_HEADS
from pipeline.names.forms import INITIAL, PARTICLE, WORD, Candidate, Range
from pipeline.names.ordinary import commonness
from pipeline.names.places import gazetteer, is_people

_FORENAME = rf"(?:{INITIAL}|{WORD})"
_INVERTED = re.compile(
    rf"\s*((?:{PARTICLE}\s)?{WORD}(?:[ -]{WORD})?),\s({_FORENAME}(?:[ -]?{_FORENAME}){{0,2}})"
    r"(?=[,.:;]|\s\(|\sand\s|$)"
)
_ENTRY_ENDS = re.compile(r"(?:\d\.\s|\n)+")
_ARTICLE = re.compile(r"\b(L[aeo]s?)\s$")


def inverted(
    texts: Mapping[str, str], entries: Mapping[str, Sequence[Range]], blocked: Mapping[str, Sequence[Range]]
) -> list[Candidate]:
    """Authors as a bibliography writes them, surname first, outside the `blocked` ranges; the form is turned round.

    They start an entry, or stand after the page or year that ends the entry before, where two were taken for one.
    """
    found: dict[tuple[str, int], Candidate] = {}
    for text_id, ranges in entries.items():
        text = texts[text_id]
        for start, end in ranges:
            for at in (start, *(each.end() for each in _ENTRY_ENDS.finditer(text, start, end))):
                if not (match := _INVERTED.match(text, at, end)):
                    continue
                form = f"{match.group(2)} {match.group(1)}"
                if any(a < match.end(2) and match.start(1) < b for a, b in blocked[text_id]):
                    continue
                if match.group(2) in gazetteer() and not any(form in each for each in texts.values()):  # a place
                    continue
                author = Candidate(text_id, match.start(1), match.end(2), " ".join(form.split()), opens=False)
                found.setdefault((text_id, author.start), author)
    return list(found.values())


def parted(found: Sequence[Candidate], texts: Mapping[str, str], lowered: frozenset[str]) -> list[Candidate]:
    """Candidates in which two names meet ("in the United States Abernathy wrote") as two.

    The second must stand alone often, the first be known as a place or a body, or stand alone more often than so, by
    far where it is a surname. A word that the document writes in small letters too, before a name that often stands
    alone, is no part of it; nor is an adjective of a people, before a name of several words that stands without it too.
    An article that a full name has (Ines de La Torre) belongs to the surname at the start of a sentence too.
    """
    counts = Counter(each.form for each in found)
    surnames = {" ".join(each.words[-2:]) for each in found if len(each.words) > 2}
    bearers = Counter(each.words[-1] for each in found if len(each.words) > 1)
    result = []
    for found_form in found:
        each = _with_article(_without_people(found_form, counts), texts, surnames)
        head, _, last = each.form.rpartition(" ")
        often = counts[last] >= 4 and counts[last] > 10 * counts[each.form] and last not in ORG_HEADS
        if often and " " not in head and head.lower() in lowered and commonness(head) > commonness(last):
            result.append(replace(each, start=each.end - len(last), form=last, opens=False))
            continue
        alone = counts[head] > counts[each.form]  # a place, not a forename that is a town's name too
        two = (
            bearers[head] > 2 and counts[head] > 20 * counts[each.form] and counts[last] > 3
        )  # to Lind Prokhorov wrote
        if " " not in head and not two and not (often and alone and head in gazetteer() and last not in gazetteer()):
            result.append(each)
            continue
        state = " ".join(each.words[-2:])
        if len(each.words) > 2 and state in gazetteer() and counts[" ".join(each.words[:-2])]:
            result.append(replace(each, end=each.end - len(state) - 1, form=" ".join(each.words[:-2])))
            result.append(replace(each, start=each.end - len(state), form=state, opens=False))
            continue
        usual = " " in head and counts[each.form] > 2  # Ada Lind Prokhorov, as she was called when married
        known = head in gazetteer() or (alone and not usual) or head.split()[-1] in ORG_HEADS
        if counts[last] >= 4 and last not in ORG_HEADS and (known or two) and each.form not in gazetteer():
            middle = each.end - len(last)
            result.append(replace(each, end=middle - 1, form=head))
            result.append(replace(each, start=middle, form=last, opens=False))
        else:
            result.append(each)
    return result


def _without_people(each: Candidate, counts: Mapping[str, int]) -> Candidate:
    adjective, _, name = each.form.partition(" ")
    if is_people(adjective) and " " in name and counts[name] and name.split()[-1] not in ORG_HEADS | PLACE_HEADS:
        return replace(each, start=each.end - len(name), form=name, opens=False)
    return each


def _with_article(each: Candidate, texts: Mapping[str, str], surnames: Collection[str]) -> Candidate:
    match = _ARTICLE.search(texts[each.text], max(0, each.start - 4), each.start)
    if match and " " not in each.form and (form := f"{match[1]} {each.form}") in surnames:
        return replace(each, start=match.start(1), form=form)
    return each
