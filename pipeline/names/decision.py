"""What each candidate is: the recogniser's labels, the words around and inside it, and the whole document's voice.

All places where a form stands vote together, so that a name once sure is sure everywhere: a surname is what it is with
a forename, a chain "A, B and C" holds names of one kind, and places are known to a gazetteer.
"""

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from pipeline.names.evidence import abroad, evidence, is_siglum
from pipeline.names.forms import Candidate, Range
from pipeline.names.kinship import ORG, PERSON, PLACE, chains, families, voting
from pipeline.names.recogniser import Entity, Stretch, spoken
from pipeline.names.weights import weighed


def decide(
    found: Sequence[Candidate],
    texts: Mapping[str, str],
    entities: Mapping[str, Sequence[Entity]],
    foreign: Mapping[str, Sequence[Stretch]],
    works: Mapping[str, Collection[Range]],
    published: Collection[Candidate],
    lowered: frozenset[str],
    main: str,
) -> list[tuple[Candidate, str, float]]:
    """(candidate, kind, certainty) of the candidates that are names.

    entities: what the recognisers found; foreign: stretches in other languages than the `main` one; works: ranges of
    titles. All by text id. published: candidates that stand where a publisher does. lowered: words that the document
    writes in small letters too.
    """
    starts = {text: {start for start, _ in ranges} for text, ranges in works.items()}
    ends = {text: {end for _, end in ranges} for text, ranges in works.items()}
    houses = set(published)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for each, label in zip(found, _labels(found, entities), strict=True):
        language = _language(each, foreign, main)
        vote = evidence(each, label, texts[each.text], language)
        followed = not starts.get(each.text, set()).isdisjoint(range(each.end + 1, each.end + 4))
        vote["cited"] = max(vote["cited"], followed and not vote["the"])
        vote["siglum"] += is_siglum(each, texts[each.text], ends.get(each.text, set()))
        vote["published"] += each in houses
        votes[voting(each)].update(vote if each in houses or language == main or spoken(language) else abroad(vote))
    scores = {form: weighed(form, vote, lowered) for form, vote in votes.items()}
    families(scores, votes)
    chains(found, texts, scores)
    result = []
    for each in found:
        score = scores[voting(each)]
        kind = max((PERSON, PLACE, ORG), key=lambda kind: score[kind])
        margin = score[kind] - max(value for other, value in score.items() if other != kind)
        if margin > 0:
            result.append((each, kind, round(1 / (1 + math.exp(-1.5 * margin)), 3)))
    return result


def _language(each: Candidate, foreign: Mapping[str, Sequence[Stretch]], main: str) -> str:
    """The language of the stretch in which a candidate stands."""
    return next((name for start, end, name in foreign.get(each.text, ()) if start <= each.start < end), main)


def _labels(found: Sequence[Candidate], entities: Mapping[str, Sequence[Entity]]) -> list[tuple[str, int] | None]:
    """The label that covers most of each candidate, and its weight; None where none covers half of it.

    The French and the Russian model are surer than the English one, and are alone: no cues back them.
    """
    starts = {text: [entity.start for entity in those] for text, those in entities.items()}
    result: list[tuple[str, int] | None] = []
    for each in found:
        those = entities.get(each.text, ())
        first = bisect_left(starts.get(each.text, []), each.start - 120)
        last = bisect_right(starts.get(each.text, []), each.end)
        cover: dict[tuple[str, int], int] = defaultdict(int)
        for entity in those[first:last]:
            if (shared := min(entity.end, each.end) - max(entity.start, each.start)) > 0:
                cover[entity.label, 1 if entity.model == "en" else 2] += shared
        best = max(cover, key=cover.__getitem__, default=None)
        result.append(best if best and 2 * cover[best] >= each.end - each.start else None)
    return result
