"""Writers: the authors or editors with whom an entry of a bibliography begins (Surname, First names), or a dash."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.references.citations import Part
from pipeline.references.forms import surname
from pipeline.references.items import Item

CAPITAL = r"[^\W\d_a-zß-öø-ÿа-яё]"
BEFORE = re.compile(r"\s*(?:[•*·-]\s)?(?:\[?(?:\d{1,3}|[a-z])[.)\]]\s+)?")
_DASH = re.compile(r"(?:[-–—_―]\s?){2,}[.,:]?\s*|(?:Idem|Id\.|[Tt]he same|Ders\.|Dies\.|Он же)[.,:]?\s+")
_PREFIX = r"(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]u|[Dd]i|[Ll]a|[Ll]e|der|den|[Ee]l|al|da|dos|ten|ter)\s)*"
_GIVEN = rf"(?:{CAPITAL}\w?\.|{CAPITAL}[\w'’-]+|{CAPITAL})"  # only of initials the full stop is a part
_FIRST = rf"{_GIVEN}(?:[\s-]?(?:{_GIVEN}|de|von|van)){{0,3}}?"
_NAME = rf"{_PREFIX}{CAPITAL}[\w'’-]+(?:[\s-]{CAPITAL}[\w'’-]+)" + "{0,2}"
_AND = r",?\s(?:and|et|y|und|и|&)\s"
_OTHER = rf"(?:{_NAME},\s{_FIRST}|(?:{_FIRST}\s)?{_NAME})"
AUTHOR = re.compile(
    rf"(?P<name>{_NAME},\s{_FIRST})(?![.,:]?\s\d{{1,4}}[,-])"
    r"(?=[.,:]?\s[\"“«(]|[.,:]\s|\s(?:and|et|y|und|и|&)\s|,?\s\(?eds?\b|\s\()"
)
_FULL = rf"(?:{_NAME},\s{_FIRST}|{_FIRST}\s{_NAME})"
_ENDED = r"(?=[.,:]\s|\s\(|,?\s\(?eds?\b)"
_OTHERS = re.compile(
    rf"(?:{_AND}|,\s(?=(?:{_FULL},\s){{0,4}}{_FULL}{_AND}{_OTHER}{_ENDED}))(?P<other>{_OTHER})(?=[.,:]\s|\s\(|{_AND})"
)
_EDITS = re.compile(r",?\s\(?(?:eds?|editors?|comps?|hrsg|hg|dir|сост|ред)\b\.?\)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Before:
    """What an entry takes over from what stands before it."""

    authors: tuple[str, ...] = ()
    editors: bool = False
    subject: tuple[str, ...] = ()
    container: str = ""


def people_of(
    text: str, at: int, end: int, inside: Sequence[Item], before: Before
) -> tuple[list[Part], tuple[str, ...], bool, int]:
    """Authors or editors at the beginning: their parts, names, whether they edit, and where the title may begin."""
    parts: list[Part] = []
    names: list[str] = []
    if dash := _DASH.match(text, at, end):
        parts.append(Part(at, at + len(dash[0].rstrip(" .,:\n")), "author"))
        return parts, before.authors, before.editors, dash.end()
    match = author_of(text, at, end, inside)
    first = next((item for item in inside if item.start == at and item.kind == "person"), None)
    placed = first is not None and any(i.kind == "place" and i.start == first.end + 2 for i in inside)
    if match is None and first and not placed and re.match(r"[.,:]\s", text[first.end : first.end + 2]):
        spoken = text[first.start : first.end]
        names.append(spoken if "," in spoken else inverted(spoken))
        parts.append(Part(first.start, first.end, "author"))
        at = first.end
    elif match is None and (body := _corporate(text, at, inside)):
        names.append(" ".join(text[body.start : body.end].split()))
        parts.append(Part(body.start, body.end, "author"))
        at = body.end
    elif match:
        names.append(_unstopped(" ".join(match["name"].split())))
        parts.append(Part(match.start(), match.end(), "author"))
        at = match.end()
        works = [item.start for item in inside if item.kind == "title"]
        while (other := _OTHERS.match(text, at, end)) and not any(at <= start < other.end() for start in works):
            names.append(_unstopped(inverted(" ".join(other["other"].split()))))
            parts.append(Part(other.start("other"), other.end("other"), "author"))
            at = other.end()
    edits = _EDITS.match(text, at, end) if names else None
    if edits:
        parts = [replace(part, kind="editor") for part in parts]
        at = edits.end()
    return parts, tuple(names), edits is not None, at


def author_of(text: str, start: int, end: int, found: Sequence[Item]) -> re.Match[str] | None:
    """The author with whom the entry at [start, end) begins, as a match whose group "name" is Surname, First names."""
    lead = BEFORE.match(text, start, end)
    match = AUTHOR.match(text, lead.end() if lead else start, end)
    first = bisect_left(found, start, key=lambda item: item.start)
    for item in found[first:] if match else ():
        if match is None or item.start >= match.end():
            break
        if item.kind in ("place", "title", "date") and item.start >= match.start():
            return None
    return match


def sorted_by(text: str, extents: Sequence[tuple[int, int]], found: Sequence[Item]) -> str:
    """The folded surname by which an entry stands where it does; empty where it gives none."""
    match = author_of(text, *extents[0], found)
    return surname(match["name"]) if match else ""


def _corporate(text: str, at: int, inside: Sequence[Item]) -> Item | None:
    """An organisation that stands where an author does, before a title that a layer marks."""
    body = next((item for item in inside if item.start == at and item.kind == "org"), None)
    if body is None or not re.match(r"[.,:]\s", text[body.end : body.end + 2]):
        return None
    return body if any(item.kind == "title" and 0 < item.start - body.end < 5 for item in inside) else None


def _unstopped(name: str) -> str:
    """Without the full stop after a name that is no initial."""
    return name[:-1] if re.search(r"[^\W\d_]{3}\.$", name) else name


def inverted(name: str) -> str:
    """Surname, First names."""
    words = name.split()
    return name if "," in name or len(words) < 2 else f"{words[-1]}, {' '.join(words[:-1])}"
