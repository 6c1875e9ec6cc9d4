"""Citations: items of a text that stand together as sources do, with nothing between them but commas and small words.

A new citation begins after a semicolon, after a page number where a new author or title comes, and at a new sentence.
After TEI Guidelines, 3.12 ("Bibliographic Citations and References"): what is sure is marked, all words stay.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.references.items import Item

_CORES = frozenset(("title", "unmarked", "letter", "back", "abbreviation"))
_BEFORE_HOUSE = frozenset(("title", "unmarked", "place", "org", "range", "date"))
_PEOPLE = frozenset(("person", "name"))
_SOFT = (
    r"in|en|dans|и|in:|by|par|por|von|ed|eds|edited|editor|editors|comp|trans|transl|translated|translation|tr|intro"
    r"|introduction|introd|preface|foreword|published|publ|reprinted|reprint|repr|rpt|unpublished|doctoral|dissertation"
    r"|thesis|ph|d|phd|m|a|typescript|manuscript|mimeo|ms|mss|date|n|s|l|f|nd|sd|sf|special|issue|edition|edn|ed|new|rev"
    r"|revised|the|of|de|du|des|la|le|les|el|los|del|der|die|das|herausgegeben|hrsg|hg|hgg|übers|übersetzt|trad|traduit"
    r"|traducido|traducción|traduction|préface|prologo|prólogo|publié|sous|direction|dir|compilador|ред|под|пер|с|изд"
    r"|and|et|y|und|&|english|french|german|russian|spanish|dated|letter|copy|carbon|\d+(?:st|nd|rd|th|e|è|a|ª)?|his|her|its"
)
_WORD = re.compile(r"[^\W_]+|&")
_GLUE = re.compile(rf"(?:{_SOFT})", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:by|ed|eds|edited|trans|transl|translated|tr|par|por|von|hrsg|hg|trad|übers|intro|introduction|preface|foreword"
    r"|prólogo|préface|ред|пер|сост|in|en|dans|и)\b",
    re.IGNORECASE,
)
_EDITED = re.compile(r"\b(?:eds?|edited|editor|hrsg|hg|herausgegeben|dir|ред|comp|сост)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*\s")
_INSIDE = re.compile(r"[,:]?[\"'”’»]?[,:]?[\s(]*(?:\b(?:in|en|dans|in:|в|и)\b[:,]?\s*)?[\s(\"“«]*", re.IGNORECASE)
_APPEARED = re.compile(
    r"\b(?:which\s|that\s|qui\s|que\s)?(?:has\s|was\s|had\s|a\s)?(?:been\s|été\s|first\s)?(?:appeared|appearing|published|printed|paru|parue"
    r"|publiée?|publicad[oa]|appareció|erschienen)(?:\s[a-z]+ly)?\s(?:in|dans|en)\s"
)
_QUOTED_IN = re.compile(
    r"\b(?:quoted|cited|cité|citado|zitiert|reprinted|see|cf|voir|véase|ver|siehe|см)\b", re.IGNORECASE
)
_PUBLISHER = re.compile(
    r"[\s,.:;(]*(?P<name>[^\W\d_a-zа-я][\w.'’-]*(?:\s(?:and|&|et|und|y|de|du|des|la|le|les|of|the|für|d'|i)|"
    r"\s[^\W\d_a-zа-я][\w.'’-]*){0,6})[\s,:)]*$"
)
HOUSE = re.compile(
    r"\b(?:Press|Publishers?|Publishing|Books|House|Verlag|Editions?|Éditions?|Edition|Ediciones|Editorial|Editores|Librairie"
    r"|Imprimerie|Imprenta|Presses|University|Université|Universidad|Sons|Co|Company|Ltd|Inc|Cie|Izdatel'?stvo|Gosizdat"
    r"|Издательство|Изд-во|Наука)\b"
)
_POSSESSED = re.compile(
    r"(?P<name>[^\W\d_a-zа-я][\w-]+)['’]s?\s(?:(?:book|article|work|memoirs?|biography|novel|essay|study),?\s)?[\"“]?$"
)
_OPENED = re.compile(
    r"(?:[.;:?!]|\b(?:[Ss]ee|[Ss]ee\s[Aa]lso|[Cc]f\.?|[Ii]n|[Vv]oir|[Vv]er|[Vv]éase|[Ss]iehe|[Vv]gl\.|[Сс]м\.))[\"'”’»)]*"
    r"(?:\s(?:[Hh]is|[Hh]er|[Tt]heir|[Ss]on|[Ss]a|[Ss]es|[Ss]us?|[Ii]hre?))?$"
)


@dataclass(frozen=True, slots=True)
class Part:
    """Characters [start, end) are an "author", "editor", "pubPlace", "publisher", "citedRange", "date" or "archive"."""

    start: int
    end: int
    kind: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Citation:
    """Characters [start, end) of `text` cite one work.

    titles: the work's own first. back: an item that refers back. authors, hint: who is named before it, as its author
    or in the sentence ("Brandt's"). means: the id of the work, where the citation itself says it.
    """

    text: str
    start: int
    end: int
    titles: tuple[Item, ...]
    parts: tuple[Part, ...]
    back: Item | None = None
    authors: tuple[str, ...] = ()
    hint: str = ""
    means: str = ""

    def has(self, kind: str) -> bool:
        return any(part.kind == kind for part in self.parts)


def citations(name: str, text: str, found: Sequence[Item]) -> list[Citation]:
    """The citations of a text, in order. name: the text's id; found: its items."""
    groups: list[list[Item]] = []
    for item in found:
        if groups and (last := groups[-1]) and _joins(text, last, item):
            last.append(item)
        else:
            groups.append([item])
    made = (_citation(name, text, group) for group in groups)
    return _apart([each for each in made if each])


def _joins(text: str, group: Sequence[Item], item: Item) -> bool:
    """Whether an item belongs to the citation that `group` has begun."""
    last, gap = group[-1], text[group[-1].end : item.start]
    if ";" in gap or "\n\n" in gap or not (_is_glue(gap) or house(gap, last, item)):
        return False
    cored = next((each for each in group if each.kind in _CORES), None)
    paged = any(each.kind == "range" and each.value == "page" for each in group)
    if item.kind in _PEOPLE:
        return _person_joins(group, cored, gap, paged)
    if item.kind in _CORES:
        return (
            _first_core_joins(text, group, gap, item) if cored is None else _core_joins(group, cored, gap, item, paged)
        )
    if cored is None:
        return last.kind in _PEOPLE and item.kind == "range" and re.fullmatch(r",?\s", gap) is not None
    if item.kind in ("place", "org", "archive"):
        return not paged and re.search(r"[,.:(]", gap) is not None and not re.search(r"\b(?:in|en|dans)\b", gap)
    return item.kind == "range" or re.search(r"[,.:([]|^\s$", gap) is not None


def _person_joins(group: Sequence[Item], cored: Item | None, gap: str, paged: bool) -> bool:
    """One more author, or somebody with a part in the work: edited by."""
    if _SENTENCE.search(gap):
        return False
    if cored is None:
        return all(each.kind in _PEOPLE for each in group) and re.search(r"[\"”»]", gap) is None
    return not paged and _ROLE.search(gap) is not None


def _first_core_joins(text: str, group: Sequence[Item], gap: str, item: Item) -> bool:
    """Whether a title, or a word that refers back, follows its author."""
    if group[-1].kind not in _PEOPLE or re.search(r"(?<![,\s])\s(?:in|en|dans|в)\b", gap):
        return False  # who speaks in it did not write it
    return not _SENTENCE.search(gap) or (item.kind != "back" and _opens(text, group[0].start))


def _core_joins(group: Sequence[Item], cored: Item, gap: str, item: Item, paged: bool) -> bool:
    """Whether a second title, or a word that refers back, belongs to the first: what holds it, or ibid. (Title)."""
    if paged or _QUOTED_IN.search(gap):
        return False
    if item.kind == "back":
        return cored.kind == "title" and group[-1] is cored
    if cored.kind == "back":
        return "(" in gap and item.kind == "title"
    if cored.value == "a" and not any(each.kind == "title" and each.value != "a" for each in group):
        return _INSIDE.fullmatch(_APPEARED.sub("in ", gap)) is not None or group[-1].kind in _PEOPLE
    return False


def _is_glue(gap: str) -> bool:
    gap = _APPEARED.sub(" in ", gap)
    return len(gap) < 90 and all(_GLUE.fullmatch(word) for word in _WORD.findall(gap))


def house(gap: str, last: Item, item: Item) -> tuple[int, int] | None:
    """The extent in `gap` of a publisher's name, between a title or place and a place or date."""
    if last.kind not in _BEFORE_HOUSE or item.kind not in ("place", "date", "range"):
        return None
    match = _PUBLISHER.match(gap)
    if not match or not re.match(r"[\s\"”»]*[,.:(]", gap):
        return None
    certain = last.kind == "place" or HOUSE.search(match["name"]) or item.kind == "place"
    return match.span("name") if certain else None


def _citation(name: str, text: str, group: list[Item]) -> Citation | None:
    while group and group[0].kind not in _CORES | _PEOPLE:
        group = group[1:]
    group = _without_tail(group)
    core = next((at for at, item in enumerate(group) if item.kind in _CORES), None)
    if core is None:
        paged = len(group) > 1 and group[-1].kind == "range" and group[-1].value == "page"
        return _made(name, text, group, len([item for item in group if item.kind in _PEOPLE]), None) if paged else None
    back = next((item for item in group if item.kind in ("back", "abbreviation")), None)
    return _made(name, text, group, core, back)


def _made(name: str, text: str, group: Sequence[Item], core: int, back: Item | None) -> Citation | None:
    parts: list[Part] = []
    authors: list[str] = []
    titles = tuple(item for item in group if item.kind in ("title", "unmarked", "letter"))
    for at, item in enumerate(group):
        gap = text[group[at - 1].end : item.start] if at else ""
        if at and (named := house(gap, group[at - 1], item)):
            start = group[at - 1].end
            parts.append(Part(start + named[0], start + named[1], "publisher"))
        if item.kind in _PEOPLE:
            after = text[item.end : item.end + 12]
            edits = (at >= core and _EDITED.search(gap)) or re.match(r",?\s\(?eds?\b", after)
            if at < core or edits:
                parts.append(Part(item.start, item.end, "editor" if edits else "author"))
            if at < core:
                authors.append(text[item.start : item.end])
        elif item.kind == "range":
            ends = {"from": item.first, "to": item.last}
            given = {key: value for key, value in ends.items() if value}
            parts.append(Part(item.start, item.end, "citedRange", {"unit": item.value, **given}))
        elif item.kind in ("place", "org"):
            parts.append(Part(item.start, item.end, "pubPlace" if item.kind == "place" else "publisher"))
        elif item.kind in ("date", "archive"):
            parts.append(Part(item.start, item.end, item.kind))
    start, end = _widened(text, group[0].start, group[-1].end)
    if back is None and not parts and not _alone(text, start, end):
        return None
    hint = "" if authors else _possessor(text, start)
    return Citation(name, start, end, titles, tuple(sorted(parts, key=lambda p: p.start)), back, tuple(authors), hint)


def _without_tail(group: Sequence[Item]) -> list[Item]:
    """Without people and places at the end that no page or date follows: they belong to the sentence."""
    kept = list(group)
    while len(kept) > 1 and kept[-1].kind in _PEOPLE and any(item.kind in _CORES for item in kept[:-1]):
        kept.pop()
    return kept


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """With the quotation marks and brackets that belong to what stands inside."""
    first = start
    if start and text[start - 1] in '"“«„':
        start -= 1
    inside = text[start:end]
    if (inside.count('"') % 2 or inside.count("“") > inside.count("”") or inside.count("«") > inside.count("»")) and (
        match := re.match(r"\s?[,.]{0,3}\s?[\"”»]", text[end:])
    ):
        end += match.end()
    if text[start:end].count('"') % 2:  # of what stands before
        start = first
    if inside.count("(") > inside.count(")") and (match := re.match(r"[.,]?\)", text[end:])):
        end += match.end()
    return start, end


def _alone(text: str, start: int, end: int) -> bool:
    """Whether a title is all that a sentence says."""
    after = text[end : end + 9].lstrip()
    return _opens(text, start) and (not after or after[0] in ".;")


def _opens(text: str, at: int) -> bool:
    """Whether a sentence or a list of sources begins here, with nothing before but "see"."""
    before = text[max(0, at - 40) : at].rstrip(" \"'“«(")
    return not before or _OPENED.search(before) is not None


def _possessor(text: str, start: int) -> str:
    """The person whose work it is, by the words before it: Brandt's "Ports"."""
    match = _POSSESSED.search(text[max(0, start - 40) : start])
    return match["name"] if match else ""


def _apart(found: Sequence[Citation]) -> list[Citation]:
    """None that begins in another."""
    kept: list[Citation] = []
    for each in found:
        if not kept or kept[-1].end <= each.start:
            kept.append(each)
    return kept


def bracketed(text: str, found: Sequence[Citation]) -> Iterator[Citation]:
    """Those that stand in brackets, as running text has its sources, and say where or refer back."""
    for each in found:
        before = text[max(0, each.start - 120) : each.start]
        inside = before.rfind("(") > before.rfind(")") and ")" in text[each.end : each.end + 120]
        if inside and (each.back or any(part.kind == "citedRange" for part in each.parts)):
            yield each
