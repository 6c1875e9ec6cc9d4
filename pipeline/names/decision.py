"""What each candidate is: the recogniser's labels, the words around and inside it, and the whole document's voice.

All places where a form stands vote together, so that a name once sure is sure everywhere: what a surname is follows from
the places where it has a forename, a chain "A, B and C" holds names of one kind, and places are known to a gazetteer.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from pipeline.names.candidates import Candidate, commonness
from pipeline.names.cues import FOREIGN_HEADS, GENERIC, GROUPS, HONORIFICS, NOT_A_NAME_END, ORG_HEADS, SPEECH
from pipeline.names.places import gazetteer
from pipeline.names.recogniser import Entity

PERSON, PLACE, ORG, NONE = "persName", "placeName", "orgName", ""
_KIND = {"PERSON": PERSON, "GPE": PLACE, "LOC": PLACE, "FAC": PLACE, "ORG": ORG}

_PLACED = re.compile(r"\b(?:in|at|near|from|to|in\sthe|of\sthe\scity\sof|into|across|outside|leaving|reached|around)\s$")
_HONOURED = re.compile(r"\b(" + "|".join(sorted(HONORIFICS)) + r"|comrade|comrades|citizen)\.?\s$")
_SPEAKS = re.compile(rf"\s{SPEECH}")
_GROUPED = re.compile(rf"\b{GROUPS},?\s(?:the\s)?$", re.IGNORECASE)
_CHAIN = re.compile(r",?\s(?:and|or|y|et|und|и|to)\s|,\s|/")
_SLAVIC = re.compile(r"(?:ov|ev|in|sky|skii?|ski|enko|vich|yan|idze|adze|shvili|ova|eva|ina|skaya|skaia|chuk|witz|stein|mann|berg)$")
_ROMAN = re.compile(r"[IVXLC]+$")


def decide(
    found: Sequence[Candidate],
    texts: Mapping[str, str],
    entities: Mapping[str, Sequence[Entity]],
    foreign: Mapping[str, Sequence[tuple[int, int]]],
) -> list[tuple[Candidate, str, float]]:
    """(candidate, kind, certainty) of the candidates that are names.

    entities: what the recogniser found; foreign: ranges in other languages, where it is not heard. By text id.
    """
    places = gazetteer()
    abroad = [_inside(each, foreign.get(each.text, ())) for each in found]
    labels = _labels(found, entities)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for each, label, away in zip(found, labels, abroad, strict=True):
        if not away:
            votes[each.form].update(_occurrence(each, label, texts[each.text]))
    scores = {form: _form(form, vote, places) for form, vote in votes.items()}
    _surnames(scores, votes)
    _chains(found, texts, scores)
    result = []
    for each, away in zip(found, abroad, strict=True):
        score = scores.get(each.form) or ({PLACE: 1.0} if each.form in places and len(each.form) > 4 else {})
        kind = max((PERSON, PLACE, ORG), key=lambda kind: score.get(kind, 0.0))
        margin = score.get(kind, 0.0) - max((v for k, v in score.items() if k != kind), default=0.0)
        if margin > 0 and (not each.opens or not away or " " in each.form or margin > 1):
            result.append((each, kind, round(1 / (1 + math.exp(-1.5 * margin)), 3)))
    return result


def _labels(found: Sequence[Candidate], entities: Mapping[str, Sequence[Entity]]) -> list[str | None]:
    """The label that covers most of each candidate; None where none covers half of it."""
    starts = {text: [entity.start for entity in those] for text, those in entities.items()}
    result: list[str | None] = []
    for each in found:
        those = entities.get(each.text, ())
        first = bisect_left(starts.get(each.text, []), each.start - 120)
        last = bisect_right(starts.get(each.text, []), each.end)
        cover: Counter[str] = Counter()
        for entity in those[first:last]:
            if (shared := min(entity.end, each.end) - max(entity.start, each.start)) > 0:
                cover[entity.label] += shared
        label, most = cover.most_common(1)[0] if cover else ("", 0)
        result.append(label if 2 * most >= each.end - each.start else None)
    return result


def _occurrence(each: Candidate, label: str | None, text: str) -> Counter[str]:
    """What one place says of the form."""
    before, after = text[max(0, each.start - 24) : each.start], text[each.end : each.end + 14]
    vote = Counter({"n": 1.0})
    vote[f"label {_KIND.get(label or '', NONE)}" if label else "unlabelled"] += 1
    if not each.opens:
        vote["within"] += 1
    vote["placed"] += bool(_PLACED.search(before))
    vote["honoured"] += bool(_HONOURED.search(before))
    vote["speaks"] += bool(_SPEAKS.match(after))
    vote["owns"] += after[:2] in ("'s", "’s", "' ", "’ ")
    vote["grouped"] += bool(_GROUPED.search(before))
    vote["the"] += bool(re.search(r"\b[Tt]he\s$", before))
    vote["article"] += bool(re.search(r"\b(?:[Aa]n?|[Tt]hese|[Tt]hose|[Aa]ll|[Mm]any|[Ss]ome)\s$", before))
    return vote


def _form(form: str, vote: Counter[str], places: frozenset[str]) -> dict[str, float]:
    """Scores of a form by its own letters and by what its places say."""
    n = vote["n"]
    words = form.split()
    last, first = words[-1], words[0]
    score = {
        PERSON: 2.2 * vote[f"label {PERSON}"] / n + 1.5 * min(1, vote["speaks"] / n * 4) + 3 * min(1, vote["honoured"]),
        PLACE: 2.0 * vote[f"label {PLACE}"] / n + 2 * min(1, vote["placed"] / n * 1.5),
        ORG: 1.2 * vote[f"label {ORG}"] / n + 2 * min(1, vote["grouped"] / n * 3),
        NONE: 1.6 * vote[f"label {NONE}"] / n + 1.0 * vote["unlabelled"] / n + 1.5 * vote["article"] / n + 0.3,
    }
    score[PERSON] += 0.6 * min(1, 2 * vote["owns"] / n) - 1.5 * vote["the"] / n
    if vote["within"] == 0:
        score[NONE] += 0.8
    if all(commonness(word) > 4.3 for word in words):
        score[NONE] += 1.4
    elif commonness(last) < 3.6 and len(words) == 1 and _SLAVIC.search(form) and form not in places:
        score[PERSON] += 1.0
    if form in places:
        score[PLACE] += 2.0
    if re.match(r"(?:\w{1,2}\.\s?)+[^\W\d_]{3,}", form):
        score[PERSON] += 4
    elif len(words) > 1 and re.search(r"\s\w\.\s", form):
        score[PERSON] += 3
    if form.replace(".", "").isupper():
        return _initials(form, score, places)
    if last in NOT_A_NAME_END or last.endswith(("ists", "isms", "ism", "ites", "ians")):
        score[NONE] += 3
    elif len(words) > 1 and (last in ORG_HEADS or any(w in ORG_HEADS and f" {w} of " in form for w in words)):
        score[ORG] += 4
    elif first in FOREIGN_HEADS and len(words) > 1:
        score[ORG] += 4
    elif form in GENERIC:
        score[NONE] += 4
    elif form in ORG_HEADS:
        score[ORG] += 2
    return score


def _initials(form: str, score: dict[str, float], places: frozenset[str]) -> dict[str, float]:
    """Words in capitals: states, else bodies where the recogniser or their use says so; never Roman numbers."""
    if _ROMAN.match(form) or len(form.replace(".", "")) > 7:
        return {NONE: 9.0}
    if form in places:
        return {**score, PLACE: score[PLACE] + 4}
    return {**score, ORG: score[ORG] + 1.0, PERSON: score[PERSON] - 0.5}


def _surnames(scores: dict[str, dict[str, float]], votes: Mapping[str, Counter[str]]) -> None:
    """A surname or forename follows what the full name is; a full name follows its surname; initials follow both."""
    backing: Counter[str] = Counter()
    for form, score in list(scores.items()):
        words = form.split()
        if len(words) > 1 and score[PERSON] > max(score[PLACE], score[ORG], score[NONE]):
            backing[words[-1]] += 2 if score[PERSON] > 3 else 1
            backing[words[0]] += 1
    for form, score in scores.items():
        if " " not in form and form in backing:
            score[PERSON] += 1.2 + 0.4 * min(3, backing[form])
    for form, score in scores.items():
        words = form.split()
        surname = scores.get(words[-1]) if len(words) > 1 else None
        if surname and surname[PERSON] > 2.5 and surname[PERSON] == max(surname.values()) and votes[words[-1]]["n"] > 1:
            score[PERSON] += 1.5
    people = [form.split() for form, score in scores.items() if " " in form and score[PERSON] == max(score.values())]
    known = {"".join(word[0] for word in words if word[0].isupper()) for words in people}
    for form, score in scores.items():
        letters = form.replace(".", "").replace(" ", "")
        if letters.isupper() and 2 <= len(letters) <= 3 and letters in known and letters not in gazetteer():
            score[PERSON] += 2.5


def _chains(found: Sequence[Candidate], texts: Mapping[str, str], scores: dict[str, dict[str, float]]) -> None:
    """Names in a row are of one kind: each takes over a part of what its neighbours are sure of."""
    gained: dict[str, Counter[str]] = defaultdict(Counter)
    count = Counter(each.form for each in found)
    for a, b in zip(found, found[1:], strict=False):
        if a.text != b.text or not _CHAIN.fullmatch(texts[a.text][a.end : b.start]):
            continue
        for one, other in ((a, b), (b, a)):
            score = scores.get(other.form, {})
            best = max(score, key=lambda kind: score[kind], default=NONE)
            if best in (PERSON, PLACE) and score[best] > 2.5:
                gained[one.form][best] += 1
    for form, gains in gained.items():
        for kind, times in gains.items():
            if form in scores:
                scores[form][kind] += 1.2 * min(1.0, 1.5 * times / count[form])


def _inside(each: Candidate, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(start <= each.start < end for start, end in ranges)
