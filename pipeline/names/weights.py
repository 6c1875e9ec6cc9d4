"""What the evidence for a form weighs: for a person, a place, a body, and for no name at all.

The weights were set by hand on documents of many fields; a cue counts by the share of places that show it.
"""

import re
from collections import Counter

from pipeline.names.bearers import is_forename, is_surname
from pipeline.names.bodies import is_compound
from pipeline.names.bynames import byname
from pipeline.names.cues import (
    FOLLOWERS,
    FOREIGN_HEADS,
    GENERIC,
    HONORIFICS,
    NOT_A_NAME_END,
    ORG_HEADS,
    PARLIAMENTS,
    PARTNERS,
    PLACE_HEADS,
    PLACE_STARTS,
)
from pipeline.names.forms import INITIAL, PARTICLE
from pipeline.names.kinship import NONE, ORG, PERSON, PLACE
from pipeline.names.ordinary import commonness, is_ordinary
from pipeline.names.places import gazetteer, is_people, renown

_ONCE = 1e9  # a share: one place of all is enough
_CUES = (  # kind, cue, its points, and by how much its share of the places is raised, to 1 at most
    (PERSON, "speaks", 1.5, 4),
    (PERSON, "honoured", 3.0, _ONCE),
    (PERSON, "peopled", 2.0, 3),
    (PERSON, "cited", 2.5, 4),
    (PERSON, "owns", 0.6, 2),
    (PERSON, "the", -1.5, 1),
    (PERSON, "the alone", -1.5, 1),
    (PLACE, "seated", 3.0, 2),
    (PLACE, "bound", 3.5, 2),
    (PERSON, "a thing", -2.5, 2),
    (ORG, "a thing", 0.5, 2),
    (PLACE, "a thing", 1.5, 2),
    (PERSON, "published", -4.0, 2),
    (ORG, "grouped", 2.0, 3),
    (ORG, "published", 6.0, 2),
    (NONE, "unlabelled", 1.0, 1),
    (NONE, "article", 1.5, 1),
    (NONE, "timed", 1.5, 1),
    (NONE, "foreign", 0.8, 1),
    (NONE, "ordinary", 1.5, 1),
    (NONE, "siglum", 6.0, _ONCE),
)
_LABELS = {PERSON: 2.2, ORG: 1.2, NONE: 1.6}  # of a place's label the gazetteer decides
_SLAVIC = re.compile(
    r"(?:ov|ev|in|sky|skii?|ski|enko|vich|yan|idze|adze|shvili|ova|eva|ina|skaya|skaia|chuk|witz|stein|mann|berg)$"
)
_WITH_INITIALS = re.compile(rf"(?:{INITIAL}\s?)+(?:{PARTICLE}\s)?[^\W\d_]{{3,}}")
_NOBLE = re.compile(r"v[ao]n\s")
_ADJECTIVE = re.compile(r"(?:an|ian|ic|al|ish|ese|ist|ite|ine|ive|ous|ary|ern|less|s)$")
_LETTERED = re.compile(r"(?:[A-Z][a-z]?){3,}$")
_DERIVED = ("ite", "ity", "ly", "ment", "ness", "sion", "tion")
_SAINT = re.compile(r"(?:^|\s)(?:San|Santa|Santo|São|Sankt)\s")
_SIDES = {"North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Upper", "Lower", "Greater"}
_TOWN = re.compile(
    r"[a-zß-ÿ](?:stadt|platz|stra(?:ss|ß)e|gasse|dorf|hausen|hafen|grad|gorod|abad|burgh|chester|shire|land|ville)$"
)
_ROMAN = re.compile(r"[IVXLC]+$")


def weighed(form: str, vote: Counter[str], lowered: frozenset[str]) -> dict[str, float]:
    """Scores of a form for each kind, by its own letters and by the evidence of all its places.

    lowered: words that the document writes in small letters too.
    """
    n, listed, alone = vote["n"], form in gazetteer(), " " not in form
    score = {kind: weight * vote[f"label {kind}"] / n for kind, weight in _LABELS.items()}
    score |= {PLACE: _place(form, vote), NONE: score[NONE] + 0.3}
    for kind, cue, points, share in _CUES:
        score[kind] += points * min(1.0, share * vote[cue] / n)
    score[PERSON] += 1.2 * min(1, 2 * vote["acts"] / n) * (1 - vote["the"] / n)
    if not listed and not _ADJECTIVE.search(form):
        score[PERSON] += 2.5 * min(1, 2 * vote["rules"] / n)
    score[PERSON] += _person(form, vote, lowered)
    score[NONE] += _nobody(form, vote, lowered)
    letters = re.sub(r"[. ]", "", form)
    if letters.isupper() or (len(letters) < 8 and _LETTERED.match(letters)):
        return _initials(form, score, vote)
    if alone and not listed and form.lower() not in lowered:
        score[ORG] += _single(form, vote)
    return score if listed else _headed(form, score)


def _place(form: str, vote: Counter[str]) -> float:
    n, listed, known = vote["n"], form in gazetteer(), renown(form)
    label = vote[f"label {PLACE}"]
    believed = 1 + known if listed else 1.0 if vote["placed"] + vote["printed"] else 0.5
    return (
        believed * label / n
        + (3 if listed else 1) * min(1, vote["printed"]) * (not vote["published"])
        + (2 if listed or label else 1) * min(1, vote["placed"] / n * 1.5)
        + 0.8 * min(1, 2 * vote["towards"] / n) * listed
        + 1.5 * (vote["placed"] > 0.2 * n and vote["placed"] + vote["towards"] + vote["bound"] > 0.6 * n > 1)
        + 0.8 * min(1, vote["at"] / n) * (not vote["owns"] and " " not in form)
        + (2.0 + (" " in form)) * known
        + 2.0 * bool(_SAINT.search(form))
        + 2.0 * _is_town(form)
        + 3.0 * _is_part(form)
    )


def _is_town(form: str) -> bool:
    """Whether a rare word ends as towns and squares do, and no family is called so."""
    return _TOWN.search(form) is not None and commonness(form) < 3.6 and not is_surname(form.rsplit(maxsplit=1)[-1])


def _is_part(form: str) -> bool:
    """Whether a form is a part of a known place: East Lisbon, Lisbon-Belem."""
    side, _, whole = form.partition(" ")
    town, hyphen, _ = form.partition("-")
    return (side in _SIDES and renown(whole) == 1) or (bool(hyphen) and " " not in form and renown(town) == 1)


def _person(form: str, vote: Counter[str], lowered: frozenset[str]) -> float:
    """What a form's own letters say for a person: initials, a forename, rare words."""
    words, listed, points = form.split(), form in gazetteer(), 0.0
    if len(words) == 1 and not listed and form[0] < "\u0400" and commonness(form) < 3.6:
        if form.lower() not in lowered or vote["honoured"]:
            points += 1.5 if _SLAVIC.search(form) else 0.5 if form.endswith(_DERIVED) else 1.0
    elif len(words) in (2, 3) and not listed and all(commonness(word) < 4 and word[0].isupper() for word in words):
        points += 0.7
    if _WITH_INITIALS.match(form) or byname(form):
        points += 4
    elif _NOBLE.match(form):
        points += 2
    elif len(words) > 1 and re.search(r"\s\w\.\s", form):
        points += 3
    if not listed and len(words) > 1 and words[-1] not in ORG_HEADS and is_forename(words[0]):
        points += 2
    elif renown(form) < 1 and len(words) == 1 and (is_surname(form) or is_forename(form)):
        points += 1.4 - vote["the"] / vote["n"]
    return points


def _nobody(form: str, vote: Counter[str], lowered: frozenset[str]) -> float:
    """What a form's own letters say for no name: an office, a word that opens a sentence, ordinary words."""
    words, points = form.split(), 0.0
    if len(words) == 1 and not {form, form.removesuffix("s")}.isdisjoint(HONORIFICS):
        points += 3
    if vote["within"] == 0:
        points += 0.8 if len(words) == 1 else 0.3
    if len(words) == 1 and commonness(form) > 4.3 and form not in gazetteer():
        points += vote["the"] / vote["n"]
    if len(words) < 3 and all(is_ordinary(word, "en") or commonness(word) > 5.2 for word in words):
        points += 1.4
    if len(words) == 1 and form.lower() in lowered and form not in gazetteer() and not vote["honoured"]:
        points += 1.0
    return points


def _single(form: str, vote: Counter[str]) -> float:
    """What speaks for one word that no list knows being a body, by its use with an article."""
    n = vote["n"]
    if _ADJECTIVE.search(form) and vote["the"] > 2 * vote["the alone"]:  # the Tavrine lamps
        return -1.5 * vote["the"] / n
    points = 2 * min(1, 2 * vote["bodily"] / n)
    if not _ADJECTIVE.search(form) and not _is_town(form):
        points += (
            (1.8 if commonness(form) < 3.8 else 0)
            * vote["the alone"]
            / n
            * (1 - min(1, (vote[f"label {PLACE}"] + vote["placed"]) / n))
        )
    return points


def _headed(form: str, score: dict[str, float]) -> dict[str, float]:
    """The scores with what the words that say a kind add: Union, Street, and Sons."""
    words = form.split()
    first, last = words[0], words[-1]
    kind, points = "", 0
    small = first[0].islower() and first not in PLACE_STARTS and not _NOBLE.match(form)
    if len(words) > 1 and (last in PARTNERS or (last[0].islower() and last[1:2] not in ("'", "’")) or small):
        kind, points = ORG, 6
    elif len(words) > 1 and any(word in ORG_HEADS and re.search(rf"\b{word} (?:of|for) ", form) for word in words):
        kind, points = ORG, 4
    elif len(words) > 1 and (last in PLACE_HEADS or first in PLACE_STARTS):
        kind, points = PLACE, 4
    elif last in NOT_A_NAME_END or last.endswith(FOLLOWERS) or is_people(last.removesuffix("s")):
        kind, points = NONE, 3
    elif any(map(is_compound, words)):
        kind, points = ORG, 6
    elif len(words) > 1 and (last in ORG_HEADS or not FOREIGN_HEADS.isdisjoint(words[:2])):
        kind, points = ORG, 6 if first in FOREIGN_HEADS else 4
    elif form in GENERIC:
        kind, points = NONE, 4
    elif form in ORG_HEADS | PARLIAMENTS:
        kind, points = ORG, 2
    else:
        return score
    return {**score, kind: score[kind] + points}


def _initials(form: str, score: dict[str, float], vote: Counter[str]) -> dict[str, float]:
    """Words in capitals: states, else mostly bodies; never Roman numbers or headings."""
    letters = re.sub(r"[. ]", "", form)
    if _ROMAN.fullmatch(letters) or len(letters) > 7:
        return {PERSON: 0.0, PLACE: 0.0, ORG: 0.0, NONE: 9.0}
    if not {form, letters}.isdisjoint(gazetteer()):
        return {**score, PLACE: score[PLACE] + 4}
    body = (
        (2.2 if len(letters) > 2 else 0.3)
        + 2 * min(1, 2 * vote["bodily"] / vote["n"])
        + vote["the"] / vote["n"]
        - 3 * (vote["lasted"] > 0.15 * vote["n"])
    )
    return {**score, ORG: score[ORG] + body, PERSON: score[PERSON] - 0.5, PLACE: score[PLACE] - 2}
