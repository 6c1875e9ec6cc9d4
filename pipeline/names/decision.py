"""What each candidate is: the recogniser's labels, the words around and inside it, and the whole document's voice.

All places where a form stands vote together, so that a name once sure is sure everywhere: a surname is what it is with
a forename, a chain "A, B and C" holds names of one kind, and places are known to a gazetteer.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from pipeline.names.bodies import is_compound
from pipeline.names.cues import (
    FOLLOWERS,
    FOREIGN_HEADS,
    GENERIC,
    GROUPS,
    HONORIFICS,
    NOT_A_NAME_END,
    ORG_HEADS,
    PARTNERS,
    PEOPLE,
    PLACE_HEADS,
    PLACE_STARTS,
    SPEECH,
)
from pipeline.names.forms import INITIAL, PARTICLE, Candidate, Range
from pipeline.names.kinship import NONE, ORG, PERSON, PLACE, chains, families, voting
from pipeline.names.ordinary import commonness, is_ordinary
from pipeline.names.places import gazetteer, renown
from pipeline.names.recogniser import Entity, Stretch, spoken

_KIND = {"PERSON": PERSON, "PLACE": PLACE, "ORG": ORG}

_PLACED = re.compile(
    r"\b(?:in|at|near|in\sthe|(?:city|town|village|port|coast|north|south|east|west)\sof|into|across|outside|leaving|left"
    r"|reached|around|off|sighted|back\sto|(?:bound|sailed|left|embarked)\sfor|en|à|desde)\s$"
)
_TOWARDS = re.compile(r"\b(?:to|from)\s$")
_TIMED = re.compile(r"\b(?:during|under|since|before|after)\s(?:the\s)?$")
_BEFORE_PRINT = re.compile(r"[(,;]\s?$")
_AFTER_PRINT = re.compile(r":\s[^\W\d_a-z]|,\s1\d{3}\)|,\s(?:[^\W\d_a-z][^,;()]{2,40},\s)1\d{3}\b")
_LASTED = re.compile(r"\b(?:during|throughout|under)\s(?:the\s)?$")
_PEOPLED = re.compile(rf"\b{PEOPLE}s?,?\s$", re.IGNORECASE)
_CITED = re.compile(r",?\s(?:[Ii]bid|[Oo]p\.?\s?cit|[Ll]oc\.?\s?cit|[\"“«])")
_HONOURED = re.compile(r"\b(" + "|".join(sorted(HONORIFICS)) + r"|comrade|comrades|citizen|[Dd]ear)\.?\s$")
_ACTS = re.compile(r"\s(?:had|has|did|does|would|could|might|never|once|[a-z]{2,}ed)\s")
_WITH_INITIALS = re.compile(rf"(?:{INITIAL}\s?)+(?:{PARTICLE}\s)?[^\W\d_]{{3,}}")
_NOBLE = re.compile(r"v[ao]n\s")
_RULES = re.compile(r"\s(?:(?:and|or)\s\w+\s)?(?:[Gg]overnment|[Rr]egime|[Cc]abinet|program(?:me)?|[Aa]dministration)\b")
_SPEAKS = re.compile(rf"\s{SPEECH}")
_GROUPED = re.compile(rf"\b(?:{GROUPS},?\s(?:the\s)?|(?:house|firm)\sof\s)$", re.IGNORECASE)
_SLAVIC = re.compile(
    r"(?:ov|ev|in|sky|skii?|ski|enko|vich|yan|idze|adze|shvili|ova|eva|ina|skaya|skaia|chuk|witz|stein|mann|berg)$"
)
_HEREAFTER = re.compile(r"['\"”’»]?[,.]?\s\(?(?:[Hh]ere(?:in)?after|[Hh]enceforth|[Cc]i-après|[Ee]n\sadelante|[Дд]алее),?\s(?:cited\sas\s)?$")
_ROMAN = re.compile(r"[IVXLC]+$")
_IN_BODY = re.compile(
    r"\b(?:members?|branch|sections?|congress(?:es)?|executive|leadership|leaders?|delegates?|policy|policies|organ|agents?"
    r"|ranks|statutes|apparatus|secretariat|presidium|bureau|resolutions?|decisions?|theses|headquarters)\sof\s(?:the\s)?$"
    r"|\b(?:joined|quit|expelled\sfrom|belong(?:ed|ing)?\sto|inside|founded|dissolved|banned|infiltrated)\s(?:the\s)?$"
)
_BODILY = re.compile(
    r"['’]?s?['’]?\s(?:group|faction|policy|executive|leadership|apparatus|congress|plenum|members?|delegates?|agents?"
    r"|officials?|functionaries|headquarters|resolutions?|branch|section|militants?|conference|organi[sz]ation)\b"
)
_ACTS_AS_BODY = re.compile(
    r"\s(?:decided|voted|resolved|adopted|expelled|convened|decreed|merged|dissolved|affiliated)\b"
)
_ALONE = re.compile(
    r"['’]s\s|[,.;:)\"”]|\s(?:and|or|of|in|on|at|to|for|by|from|with|as|that|which|who|is|was|were|are|had|has|have|would|could"
    r"|will|should|did|does|began|became|took|made|came|\w+ed)\b"
)
_ADJECTIVE = re.compile(r"(?:an|ian|ic|al|ish|ese|ist|ite|ine|ive|ous|ary|ern|less|s)$")
_SYLLABIC = re.compile(  # names made of the first syllables of several words
    r"[A-Z]\w+(?:intern|torg|izdat|soiuz|soyuz|stroi|stroy|snab|kul'?t|buro)$|(?:Gos(?:plan|bank|kino)|Nark[ou]m|Sovnar)\w*$"
)
_LETTERED = re.compile(r"(?:[A-Z][a-z]?){3,}$")


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
    places = gazetteer()
    starts = {text: {start for start, _ in ranges} for text, ranges in works.items()}
    ends = {text: {end for _, end in ranges} for text, ranges in works.items()}
    houses = set(published)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for each, label in zip(found, _labels(found, entities), strict=True):
        language = _language(each, foreign, main)
        vote = _occurrence(each, label, texts[each.text], language)
        vote["cited"] = max(
            vote["cited"], not starts.get(each.text, set()).isdisjoint(range(each.end + 1, each.end + 4))
        )
        vote["siglum"] += _is_siglum(each, texts[each.text], ends.get(each.text, set()))
        vote["published"] += each in houses
        votes[voting(each)].update(vote if each in houses or language == main or spoken(language) else _abroad(vote))
    scores = {form: _form(form, vote, places, lowered) for form, vote in votes.items()}
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


def _abroad(vote: Counter[str]) -> Counter[str]:
    """What is left of a vote in a language without a model: that the form stands there, and is ordinary."""
    return Counter({"n": 1.0, "foreign": 1.0, "ordinary": vote["ordinary"]})


def _is_siglum(each: Candidate, text: str, works: Collection[int]) -> bool:
    """Whether the text introduces a short form of a title here: The Winters (hereafter W); works: where titles end."""
    before = _HEREAFTER.search(text, max(0, each.start - 30), each.start)
    return before is not None and before.start() in works


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


def _occurrence(each: Candidate, label: tuple[str, int] | None, text: str, language: str) -> Counter[str]:
    """What one place says of the form."""
    before, after = text[max(0, each.start - 24) : each.start], text[each.end : each.end + 14]
    vote = Counter({"n": 1.0})
    vote["ordinary"] += each.opens and all(is_ordinary(word, language) for word in each.words)
    if label and not vote["ordinary"]:
        vote[f"label {_KIND.get(label[0], NONE)}"] += label[1]
    else:
        vote["unlabelled"] += 1
    if not each.opens:
        vote["within"] += 1
    vote["placed"] += bool(_PLACED.search(before))
    vote["timed"] += bool(_TIMED.search(before))
    vote["lasted"] += bool(_LASTED.search(before))
    vote["peopled"] += bool(_PEOPLED.search(before))
    vote["cited"] += bool(_CITED.match(after))
    vote["printed"] += bool(_BEFORE_PRINT.search(before) and _AFTER_PRINT.match(text, each.end))
    vote["towards"] += bool(_TOWARDS.search(before))
    vote["honoured"] += bool(_HONOURED.search(before))
    vote["speaks"] += bool(_SPEAKS.match(after))
    vote["rules"] += bool(_RULES.match(text, each.end))
    vote["acts"] += bool(_ACTS.match(text, each.end))
    vote["owns"] += after[:2] in ("'s", "’s", "' ", "’ ")
    vote["grouped"] += bool(_GROUPED.search(before))
    vote["the"] += (the := bool(re.search(r"\b[Tt]he\s$", before)))
    vote["the alone"] += before.endswith("the ") and bool(_ALONE.match(text, each.end))
    vote["bodily"] += bool(_IN_BODY.search(before)) or (the and bool(_BODILY.match(text, each.end)))
    vote["bodily"] += the and bool(_ACTS_AS_BODY.match(text, each.end))
    vote["article"] += bool(re.search(r"\b(?:[Aa]n?|[Tt]hese|[Tt]hose|[Aa]ll|[Mm]any|[Ss]ome)\s$", before))
    return vote


def _form(form: str, vote: Counter[str], places: frozenset[str], lowered: frozenset[str]) -> dict[str, float]:
    """Scores of a form by its own letters and by what its places say."""
    n = vote["n"]
    words = form.split()
    last = words[-1]
    listed = form in places
    known = renown(form)
    score = {
        PERSON: 2.2 * vote[f"label {PERSON}"] / n
        + 1.5 * min(1, vote["speaks"] / n * 4)
        + 1.2 * min(1, 2 * vote["acts"] / n) * (1 - vote["the"] / n)
        + 2.5 * min(1, 2 * vote["rules"] / n) * (not listed and not _ADJECTIVE.search(form))
        + 3 * min(1, vote["honoured"])
        + 2 * min(1, vote["peopled"] / n * 3)
        + 2.5 * min(1, vote["cited"] / n * 4)
        + 0.6 * min(1, 2 * vote["owns"] / n)
        - 1.5 * vote["the"] / n,
        PLACE: (1 + known if listed else 1.0 if vote["placed"] + vote["printed"] else 0.5) * vote[f"label {PLACE}"] / n
        + (3 if listed else 1) * min(1, vote["printed"]) * (not vote["published"])
        + (2 if listed or vote[f"label {PLACE}"] else 1) * min(1, vote["placed"] / n * 1.5)
        + 2.0 * known
        + 0.8 * min(1, 2 * vote["towards"] / n) * listed,
        ORG: 1.2 * vote[f"label {ORG}"] / n
        + 2 * min(1, vote["grouped"] / n * 3)
        + 6 * min(1, 2 * vote["published"] / n),
        NONE: 0.3
        + 1.6 * vote[f"label {NONE}"] / n
        + vote["unlabelled"] / n
        + 1.5 * (vote["article"] + vote["timed"]) / n
        + 6 * min(1, vote["siglum"])
        + (0.8 * vote["foreign"] + 1.5 * vote["ordinary"]) / n,
    }
    if len(words) == 1 and not {last, last.removesuffix("s")}.isdisjoint(HONORIFICS):
        score[NONE] += 2
    if vote["within"] == 0:
        score[NONE] += 0.8 if len(words) == 1 else 0.3
    if all(commonness(word) > 4.3 and (word.lower() in lowered or commonness(word) > 5.2) for word in words):
        score[NONE] += 1.4
    if len(words) == 1 and last.lower() in lowered and not listed and not vote["honoured"]:
        score[NONE] += 1.0
    elif len(words) == 1 and commonness(last) < 3.6 and not listed:
        score[PERSON] += 1.5 if _SLAVIC.search(form) else 0.7
    elif len(words) in (2, 3) and not listed and all(commonness(word) < 4 and word[0].isupper() for word in words):
        score[PERSON] += 0.7
    if _WITH_INITIALS.match(form):
        score[PERSON] += 4
    elif _NOBLE.match(form):
        score[PERSON] += 2
    elif len(words) > 1 and re.search(r"\s\w\.\s", form):
        score[PERSON] += 3
    letters = re.sub(r"[. ]", "", form)
    if letters.isupper() or (len(letters) < 8 and _LETTERED.match(letters)):
        return _initials(form, score, vote, places)
    if len(words) == 1 and not listed and last.lower() not in lowered:
        score[ORG] += _single(form, vote)
    return score if listed else _headed(form, score)


def _single(form: str, vote: Counter[str]) -> float:
    """What speaks for one word that no list knows being a body: its use with an article, and syllables of several."""
    n = vote["n"]
    if _ADJECTIVE.search(form) and vote["the"] > 2 * vote["the alone"]:  # the Tavrine lamps
        return -1.5 * vote["the"] / n
    points = 2.5 * bool(_SYLLABIC.match(form)) + 2 * min(1, 2 * vote["bodily"] / n)
    if not _ADJECTIVE.search(form):
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
    if len(words) > 1 and (last in PARTNERS or last[0].islower() or small):
        kind, points = ORG, 6
    elif len(words) > 1 and any(word in ORG_HEADS and re.search(rf"\b{word} (?:of|for) ", form) for word in words):
        kind, points = ORG, 4
    elif len(words) > 1 and (last in PLACE_HEADS or first in PLACE_STARTS):
        kind, points = PLACE, 4
    elif last in NOT_A_NAME_END or last.endswith(FOLLOWERS):
        kind, points = NONE, 3
    elif is_compound(first) or is_compound(last):
        kind, points = ORG, 6
    elif len(words) > 1 and (last in ORG_HEADS or not FOREIGN_HEADS.isdisjoint(words[:2])):
        kind, points = ORG, 6 if first in FOREIGN_HEADS else 4
    elif form in GENERIC:
        kind, points = NONE, 4
    elif form in ORG_HEADS:
        kind, points = ORG, 2
    else:
        return score
    return {**score, kind: score[kind] + points}


def _initials(form: str, score: dict[str, float], vote: Counter[str], places: frozenset[str]) -> dict[str, float]:
    """Words in capitals: states, else mostly bodies; never Roman numbers or headings."""
    letters = re.sub(r"[. ]", "", form)
    if _ROMAN.fullmatch(letters) or len(letters) > 7:
        return {PERSON: 0.0, PLACE: 0.0, ORG: 0.0, NONE: 9.0}
    if form in places or letters in places:
        return {**score, PLACE: score[PLACE] + 4}
    body = (
        (2.2 if len(letters) > 2 else 0.3)
        + 2 * min(1, 2 * vote["bodily"] / vote["n"])
        + vote["the"] / vote["n"]
        - 3 * (vote["lasted"] > 0.15 * vote["n"])
    )
    return {**score, ORG: score[ORG] + body, PERSON: score[PERSON] - 0.5, PLACE: score[PLACE] - 2}
