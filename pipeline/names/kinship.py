"""What the forms of names tell of each other: surname and full name, a body and its initials, names in a row."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from pipeline.names.bynames import byname
from pipeline.names.cues import GENERIC, ORG_HEADS
from pipeline.names.forms import Candidate
from pipeline.names.ordinary import commonness
from pipeline.names.places import gazetteer

PERSON, PLACE, ORG, NONE = "persName", "placeName", "orgName", ""

_CHAIN = re.compile(r",?\s(?:and|or|y|et|und|и|to)\s|,\s|/|\s\(|\)\s(?:and|or)\s")


def families(scores: dict[str, dict[str, float]], votes: Mapping[str, Counter[str]]) -> None:
    """Forms that share a word help each other.

    A surname or forename follows what the full name is, a full name its surname or a forename that others bear; the
    last word of what a body is called can stand for it.
    """
    backing: Counter[str] = Counter()
    forenames: Counter[str] = Counter()
    bodies: Counter[str] = Counter()
    for form, score in scores.items():
        words = form.split()
        if len(words) > 1 and not byname(form) and score[PERSON] == max(score.values()):
            backing[words[-1]] += 2 if score[PERSON] > 3 else 1
            forenames[words[0]] += 1
        if len(words) > 1 and score[ORG] == max(score.values()):
            bodies[words[-1]] += int(votes[form]["n"])
    for form, score in scores.items():
        words = form.split()
        if len(words) == 1:
            if times := backing[form] + forenames[form]:
                share = 1 - votes[form]["the"] / votes[form]["n"]  # the Garrick is a theatre
                score[PERSON] += share * ((2.0 if commonness(form) < 4 else 1.2) + 0.4 * min(3, times))
                if backing[form] and not votes[form]["placed"] + votes[form]["towards"]:
                    score[PLACE] -= 2.0  # a small town has the same name
            if form in ORG_HEADS and form not in GENERIC and bodies[form]:
                score[ORG] += 1.5 + 0.5 * min(4, bodies[form])
        else:
            surname = scores.get(words[-1])
            if surname and surname[PERSON] > 2.5 and surname[PERSON] == max(surname.values()):
                score[PERSON] += 1.5 * (votes[words[-1]]["n"] > 1)
            if forenames[words[0]] > (score[PERSON] == max(score.values())) and words[-1] not in ORG_HEADS:
                score[PERSON] += 1.5
    _short_forms(scores)
    _of_bynames(scores)
    _variants(scores, votes)


def chains(found: Sequence[Candidate], texts: Mapping[str, str], scores: dict[str, dict[str, float]]) -> None:
    """Names in a row are of one kind: each takes over a part of what its neighbours are sure of."""
    pairs = [
        (voting(a), voting(b))
        for a, b in itertools.pairwise(found)
        if a.text == b.text and _CHAIN.fullmatch(texts[a.text][a.end : b.start])
    ]
    count = Counter(voting(each) for each in found)
    for _ in range(2):
        gained: dict[str, Counter[str]] = defaultdict(Counter)
        for one, other in [*pairs, *((b, a) for a, b in pairs)]:
            score = scores[other]
            best = max(score, key=score.__getitem__)
            if best in (PERSON, PLACE) and score[best] > 2.0:
                gained[one][best] += 1
        for form, gains in gained.items():
            for kind, times in gains.items():
                scores[form][kind] += 1.2 * min(1.0, 1.5 * times / count[form])


def voting(each: Candidate) -> str:
    """Under which form a candidate votes: initials of bodies with and without full stops are one."""
    bare = each.form.replace(".", "")
    return bare if bare.isupper() and " " not in each.form and len(bare) > 2 else each.form


def _short_forms(scores: dict[str, dict[str, float]]) -> None:
    """The first words of what a body is called stand for it, and so do the initials of all."""
    sure = [form for form, score in scores.items() if " " in form and score[ORG] == max(score.values())]
    short = {" ".join(form.split()[:length]) for form in sure for length in range(2, len(form.split()))}
    whole = {_capitals(form): form for form in scores if form.count(" ") > 1}
    for form, score in scores.items():
        if form in short and score[PLACE] < 3:
            score[ORG] += 3
        elif (full := whole.get(form.replace(".", ""))) and form.isupper():
            kind = max(scores[full], key=scores[full].__getitem__)
            if kind != PERSON:
                score[kind] += 3


def _of_bynames(scores: dict[str, dict[str, float]]) -> None:
    """What people are called after is a place: Alice of Thorney."""
    for called in filter(None, map(byname, scores)):
        if called["place"] in scores:
            scores[called["place"]][PLACE] += 2.5


def _capitals(form: str) -> str:
    return "".join(c for c in form if c.isupper())


def _variants(scores: dict[str, dict[str, float]], votes: Mapping[str, Counter[str]]) -> None:
    """Initials of a person's name are that person; a form that ends otherwise in another language is the same name."""
    sure = {
        form: score for form, score in scores.items() if score[PERSON] == max(score.values()) and score[PERSON] > 2.5
    }
    families = {form.split()[-1] for form in sure}
    known = {_capitals(form) for form in sure if " " in form}
    stems = {form[:-cut] for form in sure if " " not in form for cut in (1, 2) if len(form) - cut >= 5} | set(sure)
    for form, score in scores.items():
        letters = form.replace(".", "").replace(" ", "")
        if form.endswith("s") and (form[:-1] in families) and votes[form]["the"]:
            score[PERSON] += 3 + votes[form]["the"] / votes[form]["n"]
        elif letters.isupper() and 2 <= len(letters) <= 3 and letters in known and letters not in gazetteer():
            score[PERSON] += 2.5
        elif (
            votes[form]["foreign"] == votes[form]["n"]
            and len(form) > 5
            and not {form, form[:-1], form[:-2]}.isdisjoint(stems)
        ):
            score[PERSON] += 2.0
