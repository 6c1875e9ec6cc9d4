"""Clusters: the forms of a text that name one person, place, body or work.

Forms are one where spelling, transliteration, initials or an error of recognition explain the difference. A form that
fits two clusters is ambiguous, and said to be: it belongs to neither, unless one of them is far more frequent, and even
then an editor is told. Nothing is joined that differs by a feminine ending, a forename or initials; a forename in
another language is the same.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from pipeline.names.forenames import translated
from pipeline.names.places import is_people
from pipeline.names.spelling import key, latin

_PATRONYMIC = re.compile(r"(?:vna|vich|вна|вич|witsch|vitch)$", re.IGNORECASE)
_PARTICLE = re.compile(r"(?:d[aeiu]|des|del|della|la|le|von|van|der|den|zu|y|e|ibn|bin|al|el|of|the|d)")
_FAR = 5  # how many times more frequent the likeliest bearer of a surname must be than all others
_FIRST, _MIDDLE = 80, 70  # RapidFuzz's ratio above which two forenames may be one; of the second, less is asked
_ALIKE = 88  # RapidFuzz's ratio above which two long words may be one with an error


@dataclass(slots=True)
class Cluster:
    """Forms that are one, with how often each stands in the text; the preferred form is the fullest of the frequent."""

    forms: dict[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(self.forms.values())

    @property
    def name(self) -> str:
        """The form with most words spelled out, of these the most frequent; one that is very rare may be an error."""
        usual = [form for form, count in self.forms.items() if count > 1 or 100 * count >= self.count]
        return max(usual, key=lambda form: (min(_fullness(form), 2), self.forms[form], -len(form), form))


@dataclass(frozen=True, slots=True)
class Clustered:
    """The clusters, most frequent first, and by ambiguous form those that it fits, the likeliest first."""

    clusters: list[Cluster]
    ambiguous: dict[str, list[Cluster]]


def people(counts: Mapping[str, int]) -> Clustered:
    """Cluster the forms of persons' names, given with their counts."""
    full = sorted(
        (form for form in counts if all(_parts(form))), key=lambda each: (-_fullness(each), -counts[each], each)
    )
    bare = sorted((form for form in counts if not all(_parts(form))), key=lambda each: (-counts[each], each))
    inner = {form: name for form in full if (name := _held(form, counts))}
    shelves = _Shelves(counts)
    for form in sorted(full, key=inner.__contains__):
        name = inner.get(form, form)
        there = shelves.of(_letter(_parts(name)[1]))
        shelves.place(form, _letter(_parts(name)[1]), [c for c in there if _is_one_of(name, c)])
    several = list(shelves.clusters)
    credible = {id(cluster) for cluster in several if _is_credible(cluster, several)}
    for form in bare:
        letters = form.replace(".", "")
        letter = _letter(_parts(form)[1] or form)
        there = shelves.of(letter) if _parts(form)[1] and not letters.isupper() else several
        firm = [c for c in there if any(all(_parts(other)) for other in c.forms)]
        single = [c for c in there if not any(all(_parts(other)) for other in c.forms)]
        fitting = _bearers(form, counts, firm, single)
        likely = [c for c in fitting if id(c) in credible] or fitting
        shelves.place(form, letter, likely, [c for c in fitting if c not in likely])
    return shelves.clustered()


def things(counts: Mapping[str, int], introduced: Mapping[str, str] | None = None) -> Clustered:
    """Cluster the forms of places, bodies and works: by spelling, small errors, initials, and short titles.

    introduced: the full forms of initials as the document gives them: the Harbour Workers Union (HWU).
    """
    full = introduced or {}
    shelves = _Shelves(counts)
    for form in sorted(counts, key=lambda each: (-len(each.split()), -counts[each], each)):
        there = shelves.of(_bare(form)[:1])
        same = [c for c in there if any(_same_thing(form, other, counts) for other in c.forms)]
        same = same or [c for c in there if full.get(form) in c.forms]
        same = same or [c for c in there if any(_short_for(form, other) for other in c.forms)]
        shelves.place(form, _bare(form)[:1], same)
    return shelves.clustered()


class _Shelves:
    """Clusters as they grow, by the first letter of their key: only forms of one letter are compared."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._by_letter: dict[str, list[Cluster]] = {}
        self._ambiguous: dict[str, list[Cluster]] = {}
        self.clusters: list[Cluster] = []

    def of(self, letter: str) -> list[Cluster]:
        return self._by_letter.get(letter, [])

    def place(self, form: str, letter: str, fitting: Sequence[Cluster], unlikely: Sequence[Cluster] = ()) -> None:
        """Put a form into the one cluster that it fits, or a new one; several make it ambiguous.

        unlikely: clusters that it fits too, which count for nothing but are told.
        """
        ranked = sorted(fitting, key=lambda cluster: (-cluster.count, cluster.name))
        rivals = sum(cluster.count for cluster in ranked[1:])
        if rivals or unlikely:
            self._ambiguous[form] = [*ranked, *unlikely]
        if ranked and ranked[0].count >= _FAR * rivals:
            ranked[0].forms[form] = self._counts[form]
        elif not ranked or self._counts[form] >= _FAR * (ranked[0].count + rivals):  # known by this name alone
            self.clusters.append(Cluster({form: self._counts[form]}))
            self._by_letter.setdefault(letter, []).append(self.clusters[-1])

    def clustered(self) -> Clustered:
        ordered = sorted(self.clusters, key=lambda cluster: (-cluster.count, cluster.name))
        return Clustered(ordered, dict(sorted(self._ambiguous.items())))


def _held(form: str, counts: Mapping[str, int]) -> str:
    """The full name that a form holds after words that begin no name, or before a comma; empty where it holds none.

    Such words were taken into the name in error: "Danish Captain Ada Lind", "Ada Lind, May".
    """
    head, comma, _ = form.partition(", ")
    if comma:
        return head if _parts(head)[0] and head in counts else ""
    words = form.split()
    for at in range(1, len(words) - 1):
        name = " ".join(words[at:])
        full = _parts(name)[0] and counts.get(name, 0) >= counts[form]
        if full and not any(_begins_names(word, name, counts) for word in words[:at]):
            return name
    return ""


def _begins_names(word: str, name: str, counts: Mapping[str, int]) -> bool:
    """Whether a word is an initial, or the first of a full name other than those that hold `name`."""
    return len(word.rstrip(".")) < 3 or (
        not is_people(word) and any(other.startswith(f"{word} ") and not other.endswith(f" {name}") for other in counts)
    )


def _is_credible(cluster: Cluster, others: Sequence[Cluster]) -> bool:
    """Whether a full name is one: it stands twice, has initials, or a forename that others have too."""
    if cluster.count > 1:
        return True
    forenames = _parts(cluster.name)[0]
    if is_people(forenames[0]):
        return False
    return len(forenames[0].rstrip(".")) < 3 or any(
        other is not cluster and forenames[0] in _parts(form)[0] for other in others for form in other.forms
    )


def _letter(word: str) -> str:
    return key(word)[:1]


@cache
def _parts(form: str) -> tuple[tuple[str, ...], str]:
    """Forenames and initials of a person, and the surname; without one where all is forename and patronymic."""
    if ", " in form:  # as bibliographies have it
        before, after = form.split(", ", 1)
        return _parts(f"{after} {before}".replace(",", " "))
    words = [
        word for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?", form) if not _PARTICLE.fullmatch(word.lower())
    ]
    if not words:
        return (), form
    if len(words) == 2 and _PATRONYMIC.search(words[1]):
        return tuple(words), ""
    if len(words) == 1 or (len(words[-1].rstrip(".")) == 1):
        return ((), words[0]) if len(words) == 1 else (tuple(words), "")
    return tuple(words[:-1]), words[-1]


def _fullness(form: str) -> int:
    """How many forenames are spelled out, and one for the surname."""
    forenames, surname = _parts(form)
    return sum(len(word.rstrip(".")) > 2 for word in forenames) + bool(surname)


def _is_one_of(form: str, cluster: Cluster) -> bool:
    """Whether a full name is like the most frequent of a cluster, and its forenames agree with all."""
    usual = max(cluster.forms, key=lambda other: (cluster.forms[other], other))
    return _same_person(form, usual) and all(_same_forenames(_parts(form)[0], _parts(o)[0]) for o in cluster.forms)


def _same_person(one: str, other: str) -> bool:
    (first, surname), (second, name) = _parts(one), _parts(other)
    return _same_word(surname, name) and _same_forenames(first, second)


def _same_forenames(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether forenames agree in order, an initial with every name that it begins, patronymics left out."""
    short, long = sorted((one, other), key=len)
    if latin("".join(short)).replace("-", "") == latin("".join(long)).replace("-", ""):  # Mary-Ann, Maryann
        return True
    if not _same_forename(short[0], long[0]):
        return False
    return all(any(_same_forename(word, each, _MIDDLE) for each in long[1:]) for word in short[1:])


def _same_forename(one: str, other: str, alike: float = _FIRST) -> bool:
    a, b = latin(one.rstrip(".")), latin(other.rstrip("."))
    if min(len(a), len(b)) <= 2:
        return key(a)[:1] == key(b)[:1] or a[:1] == b[:1]
    if key(a) == key(b) or translated(a, b):
        return True
    if min(len(a), len(b)) < 5 or {a[-1], b[-1]} == {"a", "o"} or _feminine(a, b):
        return False
    return a[0] == b[0] and fuzz.ratio(a, b) >= alike


@cache
def _same_word(one: str, other: str) -> bool:
    """Whether two surnames are one, spelled otherwise or with an error of one or two letters."""
    a, b = latin(one), latin(other)
    if a == b or (key(a) == key(b) and len(key(a)) > 2):
        return True
    if re.sub(r"(?:aia|aya|ova|a)$", "", a) == re.sub(r"(?:ii|iy|y|ov|)$", "", b) or min(len(a), len(b)) < 6:
        return False
    return (fuzz.ratio(a, b) >= _ALIKE or OSA.distance(a, b) == 1) and not _feminine(a, b)


def _feminine(one: str, other: str) -> bool:
    """Whether one is the other's feminine, or the plural of the family."""
    return one in (other + "a", other + "s") or other in (one + "a", one + "s")


def _bearers(form: str, counts: Mapping[str, int], full: Sequence[Cluster], single: Sequence[Cluster]) -> list[Cluster]:
    """The clusters that a name of one word (or forename and patronymic) may belong to."""
    forenames, surname = _parts(form)
    if not surname:
        return [c for c in full if any(_begins(forenames, _parts(other)[0]) for other in c.forms)]
    exact = [c for c in (*full, *single) if any(_plainly(surname, _parts(other)[1]) for other in c.forms)]
    if exact:
        return exact
    letters = form.replace(".", "")
    if letters.isupper() and 1 < len(letters) < 4:
        return [c for c in full if any(_initials(other) == letters for other in c.forms)]
    rare = counts[form] <= 2
    return [
        c
        for c in (*full, *single)
        if rare and c.count > 3 * counts[form] and any(_same_word(surname, _parts(other)[1]) for other in c.forms)
    ]


def _plainly(one: str, other: str) -> bool:
    a, b = latin(one), latin(other)
    return a == b or (key(a) == key(b) and len(key(a)) > 2 and not _feminine(a, b))


def _begins(short: Sequence[str], long: Sequence[str]) -> bool:
    return len(long) >= len(short) > 1 and all(_plainly(a, b) for a, b in zip(short, long, strict=False))


def _initials(form: str) -> str:
    return "".join(word[0] for word in form.split() if word[0].isupper())


def _same_thing(one: str, other: str, counts: Mapping[str, int]) -> bool:
    a, b = _bare(one), _bare(other)
    if a == b:
        return True
    words, others = a.split(), b.split()
    if len(words) == len(others) and [key(x) for x in words] == [key(x) for x in others] and len(a) > 4:
        return True
    rare = min(counts[one], counts[other]) <= 2
    return rare and min(len(a), len(b)) > 6 and not re.search(r"\d", a + b) and fuzz.ratio(a, b) >= 92


@cache
def _bare(form: str) -> str:
    """A form without article, full stops and accents."""
    plain = latin(form).replace(".", "")
    return re.sub(r"^(?:the|an?|la|le|les|el|los|las|l'|der|die|das)\s(?=\w)", "", " ".join(plain.split()))


def _short_for(short: str, long: str) -> bool:
    """Whether one form abbreviates the other: its initials, or its beginning up to a colon or small word."""
    letters = short.replace(".", "")
    if letters.isupper() and 2 < len(letters) < 8 and " " not in letters:
        return _initials(long) == letters
    a, b = _bare(short), _bare(long)
    return (
        len(a.split()) > 1 and b.startswith(a) and re.match(r":|,|\s(?:of|de|du|and|et|y)\s", b[len(a) :]) is not None
    )
