"""People whom their time called after a place or a quality: Alice of Thorney, Rafe the Bald.

A forename leads on there; a word that no list knows does too, in a document that has several such people.
"""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.names.bearers import is_forename
from pipeline.names.cues import FOREIGN_HEADS, HONORIFICS, ORG_HEADS, PLACE_HEADS, PLACE_STARTS
from pipeline.names.forenames import is_translated
from pipeline.names.forms import Candidate
from pipeline.names.ordinary import commonness
from pipeline.names.places import gazetteer, is_people

_SEVERAL = 2
_LINKS = (" of ", " the ")
_HEADS = ORG_HEADS | PLACE_HEADS | PLACE_STARTS | FOREIGN_HEADS | HONORIFICS
_BYNAME = re.compile(r"(?P<forename>\S+) (?:of (?P<place>.+)|the \S+)")


def with_bynames(found: Sequence[Candidate], texts: Mapping[str, str]) -> list[Candidate]:
    """The candidates, with a forename and the place or quality behind it as one name."""
    surnames = {each.words[-1] for each in found if " " in each.form}
    pairs = list(itertools.pairwise(found))
    links = [_between(one, other, texts) for one, other in pairs]
    named = [
        between in _LINKS and is_given(one.form) and _is_byname(between, other)
        for (one, other), between in zip(pairs, links, strict=True)
    ]
    if sum(each and between == " of " for each, between in zip(named, links, strict=True)) >= _SEVERAL:
        named = [
            sure or (between == " of " and _may_be_given(one, surnames) and _is_byname(between, other))
            for sure, (one, other), between in zip(named, pairs, links, strict=True)
        ]
    result: list[Candidate] = []
    for at, each in enumerate(found):
        if at and named[at - 1] and result[-1].form == found[at - 1].form:
            one = result.pop()
            result.append(replace(one, end=each.end, form=f"{one.form}{links[at - 1]}{each.form}"))
        else:
            result.append(each)
    return result


def byname(form: str) -> re.Match[str] | None:
    """The parts of a name that `with_bynames` made, or that is like one."""
    match = _BYNAME.fullmatch(form)
    return match if match and match["forename"] not in _HEADS and form not in gazetteer() else None


def is_given(word: str) -> bool:
    """Whether a word is a forename in any language that the lists know."""
    return word not in _HEADS and (is_forename(word) or is_translated(word))


def _between(one: Candidate, other: Candidate, texts: Mapping[str, str]) -> str:
    return texts[one.text][one.end : other.start] if one.text == other.text else ""


def _is_byname(between: str, other: Candidate) -> bool:
    if between == " the ":
        return " " not in other.form and commonness(other.form) > 2 and not is_people(other.form)
    return other.words[-1] not in ORG_HEADS and not other.form.isupper()


def _may_be_given(one: Candidate, surnames: set[str]) -> bool:
    return (
        " " not in one.form
        and one.form not in _HEADS | surnames | gazetteer()
        and commonness(one.form) < 3.6
        and not one.form.isupper()
    )
