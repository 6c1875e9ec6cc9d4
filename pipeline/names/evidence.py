"""What the words around one place of a name say of it.

Each cue is a pattern of the text before or behind the name. What they weigh together, over all places of a form, is
decided in `weights`.
"""

import re
from collections import Counter
from collections.abc import Collection

from pipeline.names.cues import HONORIFICS
from pipeline.names.forms import WORD, Candidate
from pipeline.names.kinship import NONE, ORG, PERSON, PLACE
from pipeline.names.ordinary import is_ordinary

_KIND = {"PERSON": PERSON, "PLACE": PLACE, "ORG": ORG}
_SPEECH = (
    r"(?:wrote|writes|said|says|told|argued|argues|thought|believed|recalled|replied|answered|noted|notes|claimed|added|"
    r"insisted|described|explained|asked|knew|met|went|came|died|was\sborn|married|himself|herself|who\b|whom\b|felt|saw|"
    r"returned|arrived|joined|became|remembered|admitted|complained|suggested|concluded|considered|signed|refused)"
)
_GROUPS = r"(?:group|party|organi[sz]ation|union|publishers?|press|firm|company|movement|society)"
_PEOPLE = (
    r"(?:daughter|son|wife|husband|brother|sister|father|mother|uncle|aunt|cousin|widow|friend|comrade|secretary|writer|"
    r"poet|novelist|historian|author|philosopher|painter|doctor|lawyer|worker|sailor|captain|leader|agent|translator|"
    r"editor|publisher|scholar|critic|teacher|engineer|artist|journalist|economist|named|known\sas|by|quoting|citing|"
    r"according\sto|wrote\sto|letters?\sto|told|interview\swith|conversations?\swith|met)"
)
_PEERS = (  # whose land tells only who they are
    "Earl|Marquis|Marquess|Marchioness|Viscount|Viscountess|Baron|Baroness|Marqu[eé]s|Conde|Duque|Vicomte|Comte"
)
_CHURCH = (
    r"(?:(?:arch|prince-)?bishop(?:ric)?|abbot|abbess|abbey|prior|prioress|priory|dean|canon|archdeacon|archdeaconry"
    r"|dioceses?|parish(?:es)?|convent|monastery|nunnery|monk|nun|friar|minster|chapter|vicar|see)s?"
)
_LANDS = (
    r"(?:duchy|duchies|county|counties|kingdom|province|principality|barony|lordship|lands|burgesses|mayor|bailiff"
    r"|garrison|siege|battle|fall|capture|surrender|bombardment|banks|mouth|valley|peninsula|district|governor|suburb"
    r"|market|streets|walls|harbour|plains?|heights|outskirts|neighbourhood|vicinity|inhabitants|women|men)"
)
_ROW = rf"(?:{WORD}(?:,\s|\sand\s|,\sand\s))*"
_WAY = (
    r"(?:marched|travell?ed|sailed|moved|retreated|withdrew|withdrawn|advanced|steamed|rode|drove|trekked|pushed\son"
    r"|(?:came|went|rode|sent)\s(?:out|up|down|over)|journey|voyage|road|railway|railroad|train|ferry|retreat|march|transport"
    r"(?:ed)?|deported|deportation|migrated|emigrated|arrived)"
)
_BEFORE = {
    "seated": re.compile(rf"\b(?i:{_CHURCH}|{_LANDS})\sof\s(?:the\s)?{_ROW}$"),
    "bound": re.compile(rf"\b(?:{_WAY}\s(?:to|from|into|in|on|at)|as\sfar\sas|dated\s(?:from|at))\s$"),
    "placed": re.compile(
        r"\b(?:[Ii]n|[Aa]t|[Nn]ear|in\sthe|(?:city|town|village|port|coast|north|south|east|west|kings?|queens?|chiefs?|people)\sof|into|across|outside(?:\sof)?|leaving|left"
        r"|reached|around|off|sighted|back\sto|(?:bound|sailed|left|embarked)\sfor|en|à|desde|[Вв]о?|из)\s$"
    ),
    "at": re.compile(r"\b(?:[Aa]t|[Nn]ear|[Oo]utside|[Ii]n|[Вв]о?|из)\s$"),
    "towards": re.compile(r"\b(?:to|from)\s$"),
    "timed": re.compile(r"\b(?:during|under|since|before|after)\s(?:the\s)?$"),
    "lasted": re.compile(r"\b(?:during|throughout|under)\s(?:the\s)?$"),
    "peopled": re.compile(rf"\b{_PEOPLE}s?,?\s$", re.IGNORECASE),
    "honoured": re.compile(
        rf"\b(?:{'|'.join(sorted(HONORIFICS))}|comrade|comrades|citizen|[Dd]ear)\.?\s$|\b(?:{_PEERS})\s(?:of|de)\s$"
    ),
    "grouped": re.compile(rf"\b(?:{_GROUPS},?\s(?:the\s)?|(?:house|firm)\sof\s)$", re.IGNORECASE),
    "article": re.compile(
        r"\b(?:[Aa]n?|[Tt]hese|[Tt]hose|[Aa]ll|[Mm]any|[Ss]ome|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Mm]y|[Oo]ur)\s$"
    ),
    "the": re.compile(r"\b[Tt]he\s$"),
}
_BEHIND = {
    "cited": re.compile(r",?\s(?:[Ii]bid|[Oo]p\.?\s?cit|[Ll]oc\.?\s?cit|[\"“«])"),
    "acts": re.compile(
        r"(?:\sand\s[^\W\d_a-z]\w+)?\s(?:had|has|did|does|would|could|might|never|once|[a-z]{2,}ed|spoke|took|gave|ran|read"
        r"|led|sent|held|heard|kept|left|lost|made|paid|sold|sought|taught|fell|found|fought|drew|brought|bought)\s"
    ),
    "rules": re.compile(
        r"\s(?:(?:and|or)\s\w+\s)?(?:[Gg]overnment|[Rr]egime|[Cc]abinet|program(?:me)?|[Aa]dministration)\b"
    ),
    "speaks": re.compile(rf"\s{_SPEECH}|,\swhom\b"),
    "a thing": re.compile(r",\s(?:(?:in|at|on|from|to|of|near)\s)?which\b"),
    "owns": re.compile(r"['’](?:s|\s)"),
}
_BEFORE_PRINT = re.compile(r"[(,;]\s?$")
_AFTER_PRINT = re.compile(r":\s[^\W\d_a-z]|,\s1\d{3}\)|,\s(?:[^\W\d_a-z][^,;()]{2,40},\s)1\d{3}\b")
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
_HEREAFTER = re.compile(
    r"['\"”’»]?[,.]?\s\(?(?:[Hh]ere(?:in)?after|[Hh]enceforth|[Cc]i-après|[Ee]n\sadelante|[Дд]алее),?\s(?:cited\sas\s)?$"
)


def evidence(each: Candidate, label: tuple[str, int] | None, text: str, language: str) -> Counter[str]:
    """What one place says of the form, by cue.

    label: the recogniser's, with its weight. language: of the stretch in which the name stands.
    """
    before = text[max(0, each.start - 60) : each.start]
    vote = Counter({"n": 1.0})
    vote["ordinary"] += each.opens and language != "en" and all(is_ordinary(word, language) for word in each.words)
    if label and not vote["ordinary"]:
        vote[f"label {_KIND.get(label[0], NONE)}"] += label[1]
    else:
        vote["unlabelled"] += 1
    vote["within"] += not each.opens
    for cue, form in _BEFORE.items():
        vote[cue] += form.search(before) is not None
    for cue, form in _BEHIND.items():
        vote[cue] += form.match(text, each.end) is not None
    vote["placed"] = vote["placed"] and not vote["owns"]
    vote["cited"] = vote["cited"] and not vote["the"]
    vote["printed"] += bool(_BEFORE_PRINT.search(before) and _AFTER_PRINT.match(text, each.end))
    vote["the alone"] += before.endswith("the ") and _ALONE.match(text, each.end) is not None
    vote["bodily"] += bool(_IN_BODY.search(before)) or (bool(vote["the"]) and bool(_BODILY.match(text, each.end)))
    vote["bodily"] += bool(vote["the"]) and _ACTS_AS_BODY.match(text, each.end) is not None
    return vote


def abroad(vote: Counter[str]) -> Counter[str]:
    """What is left of a vote in a language without a model: that the form stands there, and is ordinary."""
    return Counter({"n": 1.0, "foreign": 1.0, "ordinary": vote["ordinary"]})


def is_siglum(each: Candidate, text: str, works: Collection[int]) -> bool:
    """Whether the text introduces a short form of a title here: The Winters (hereafter W); works: where titles end."""
    before = _HEREAFTER.search(text, max(0, each.start - 30), each.start)
    return before is not None and before.start() in works
