"""The bibliography: its entries read as works, with authors that a dash stands for, and entries that a page divides.

What is read: who (Surname, First names; a dash for the one before; the person whom the heading names), the title (as it
is marked, or up to what only an imprint has), what it stands in, the imprint, and which other titles the entry gives.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.model import Span, Work
from pipeline.references.citations import Part
from pipeline.references.forms import folded, surname, title_words
from pipeline.references.headings import Extent, subject_of, under_headings
from pipeline.references.imprint import closed, imprint, issued
from pipeline.references.items import Item
from pipeline.references.writers import AUTHOR, BEFORE, CAPITAL, Before, author_of, people_of, sorted_by

_AFTER_AUTHOR = re.compile(r"[\s.,:;]*(?P<year>\(?(?:1[5-9]|20)\d\d[a-h]?\)?[.,:]?\s+)?")
_QUOTED = re.compile(r"[\"“«„](?P<title>[^\"”»“]{2,300}?)[.,]?\s?[\"”»“]")
_PLAIN = re.compile(r"(?P<title>.{2,260}?)(?:\.(?=\s|$)|,(?=\s)|(?=\s\()|$)", re.DOTALL)
_YEARS_OF_TITLE = re.compile(r"\w[^,.;:()\"“«]{2,150}\s\(?(?:1[5-9]|20)\d\d[-–](?:\d\d)?\d\d\)?(?=[,.]\s.*\d{4})")
_IMPRINT = re.compile(r"[\s.,(\[]*(?:[^\W_][^\d;]{0,70}?)?(?:1[5-9]|20)\d\d|[\s.,]*(?:n\.\s?d\.|s\.\s?[df]\.)|\s*$")
_OTHER_EDITION = re.compile(
    r"[.;,(]\s?(?:and\s|y\s|et\s)?(?:(?:English|French|Spanish|German|Russian|Italian)\s[Tt]ransl|[Rr]eprint|[Rr]eissue|[Aa]lso\b"
    r"|[Ff]irst\s[Pp]ubl|[Oo]rig|[Pp]ublished\s(?:as|in\s[A-Z]\w+\sas)|[Rr]eed|[Rr]éé?d|[Tt]rad)"
)
_CONTAINED = re.compile(r"[\s.,\"”»]*(?:[Ii]n:?|[Ee]n|[Dd]ans|В|в)?[:\s,]*")
_GROUP = re.compile(r"[^\"“«.;]{3,70}?(?:,?\s\(?(?:1[5-9]|20)\d\d(?:[-–/]\d{2,4})?\)?)?[,.]?")
_PUBLISHED = re.compile(r",\s[^,]+,\s[^,]+,?\s\(?(?:1[5-9]|20)\d\d")  # place and publisher: a book
_HELD_IN = re.compile(r"\b(?:in|en|dans|from|see|в)\s(?:the\s|his\s)?[\"“«]?$")
_ASIDE = re.compile(r"\([^)]*\s[a-zа-я]+\s[^)]*$|\breview\sof\b[^;]*$")  # what an entry remarks on another work
_THESIS = re.compile(r"\b(?:dissertation|thesis|thèse|these|tesis|диссертация|Ph\.?\s?D)\b", re.I)
_UNPUBLISHED = re.compile(r"\b(?:unpublished|typescript|manuscript|inédit|inédito|mimeo|рукопись)\b", re.I)
_LETTER = re.compile(r"\b(?:letters?|lettres?|cartas?|briefe?|письм[оа])\b", re.I)


@dataclass(frozen=True, slots=True)
class Entry:
    """A work of the bibliography. extents: of its blocks (two where a page divides it); titles: all that it gives."""

    work: Work
    extents: tuple[tuple[int, int], ...]
    parts: tuple[Part, ...] = ()
    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = field(default=())


def entries(text: str, lists: Sequence[Span], blocks: Sequence[Span], found: Sequence[Item]) -> list[Entry]:
    """The entries of all bibliographies in `text`. lists: "listBibl"; blocks: "bibl" and "head"; found: all items."""
    result: list[Entry] = []
    ids: set[str] = set()
    subject: tuple[str, ...] = ()
    for listed in lists:
        inside = [(each.start, each.end) for each in blocks if each.kind == "bibl" and _in(each, listed)]
        heads = (each for each in blocks if each.kind == "head" and each.end <= listed.start)
        heading = max(heads, key=lambda each: each.end, default=None)
        if heading is not None:
            subject = subject_of(text, (heading.start, heading.end), found, subject)
        for title, those in under_headings(text, _joined(text, inside)):
            subject = subject_of(text, title, found, subject, under=True) if title else subject
            result += _listed(text, those, found, subject, ids)
    return result


def _listed(
    text: str, joined: Sequence[list[Extent]], found: Sequence[Item], subject: tuple[str, ...], ids: set[str]
) -> list[Entry]:
    """The entries under one heading. subject: whose works they are, if they do not say."""
    result: list[Entry] = []
    own = sum(author_of(text, *extents[0], found) is not None for extents in joined)
    before = Before(subject=subject if 4 * own < len(joined) else ())
    starts = [sorted_by(text, extents, found) for extents in joined]
    for at, extents in enumerate(joined):
        words = " ".join(text[start:end] for start, end in extents)
        following = text[slice(*joined[at + 1][0])] if at + 1 < len(joined) else ""
        if _is_group(words, following):
            before = replace(before, container=re.sub(r"[,.]?\s?\(?\d{4}.*$|[,.]$", "", words))
            continue
        after = next((name for name in starts[at + 1 :] if name), "")
        last = surname(before.authors[0]) if before.authors else ""
        is_out = last and not starts[at] and not last <= folded(words) <= max(after, last)
        heir = replace(before, subject=before.authors) if 2 * own > len(joined) and is_out else before
        if entry := _entry(text, extents, found, heir, ids):
            result.append(entry)
            before = replace(
                before,
                authors=entry.work.authors or entry.work.editors or before.authors,
                editors=bool(entry.work.editors and not entry.work.authors),
            )
            if not re.match(r"\W*[\"“«„]", words):
                before = replace(before, container="")
    return result


def _in(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _joined(text: str, blocks: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The blocks of each entry: one that ends in the middle of a sentence goes on in the next."""
    result: list[list[tuple[int, int]]] = []
    for start, end in blocks:
        last = text[slice(*result[-1][-1])].rstrip() if result else ""
        words = text[start:end]
        begins = AUTHOR.match(words) or re.match(r"\s*(?:[\"“«„]|\d{1,3}\.\s|[-–—_―]{2}|[A-Z]\.\s)", words)
        broken = last and last[-1].isalpha() and len(last) > 60
        has_mark = re.match(r"\s*(?:[\"“«„]|\d{1,3}\.\s|[-–—_―]{2})", words)
        open_end = not has_mark and (re.search(r"[,&(-][\"”»]?$", last) or (broken and not re.search(r"\d", last)))
        if result and (open_end or (broken and not begins) or _OTHER_EDITION.match(f". {words}")):
            result[-1].append((start, end))
        else:
            result.append([(start, end)])
    return result


def _is_group(words: str, following: str) -> bool:
    """Whether an entry is only the name of a periodical whose articles follow."""
    if _PUBLISHED.search(words):
        return False
    return _GROUP.fullmatch(words.strip()) is not None and re.match(r"\s*[\"“«„]", following) is not None


def _entry(
    text: str, extents: Sequence[tuple[int, int]], found: Sequence[Item], before: Before, ids: set[str]
) -> Entry | None:
    start, end = extents[0][0], extents[-1][1]
    inside = [item for item in found if start <= item.start and item.end <= end]
    at = BEFORE.match(text, start, end)
    begin = at.end() if at else start
    parts, people, edits, begin_title = people_of(text, begin, end, inside, before)
    if not people and not re.search(r"[\d\"“«„]", text[begin:end]):  # a heading, a remark
        return None
    if not people and before.subject:
        people = before.subject
    year = _AFTER_AUTHOR.match(text, begin_title, end)
    begin_title = year.end() if year else begin_title
    title = _title(text, begin_title, end, inside)
    if title is None or any(item.kind == "date" and item.start == title.start for item in inside):
        return None
    if not (people or title.value == "a" or any(item.kind == "date" for item in inside)):
        return None
    other = _OTHER_EDITION.search(text, title.end, end)
    edition_end = other.start() if other else end
    later = [item for item in inside if item.start >= title.end and item.end <= edition_end]
    container = next((item for item in later if item.kind == "title"), None) if title.value == "a" else None
    if title.value == "a" and container is None:
        container = _container(text, title.end, edition_end, later)
    fields = imprint(
        text, later, container.end if container else title.end, edition_end, parts, held=title.value == "a"
    )
    if year and year["year"]:
        fields.setdefault("date", year["year"].strip("()., :"))
    if other:
        fields["note"] = closed(text[other.start() : end].lstrip(".;, "))
    words = text[title.start : title.end]
    clean = " ".join(words.split()).rstrip(",. ")
    others = [
        text[item.start : item.end]
        for item in inside
        if item.kind == "title" and item.start > title.start and item is not container and item.value != "j"
        if not _ASIDE.search(text[title.end : item.start]) and not _HELD_IN.search(text[: item.start][-12:])
    ]
    if container is not None:
        held = " ".join(text[container.start : container.end].split())
    else:
        held = before.container if title.value == "a" else ""
    whole = " ".join(" ".join(text[a:b] for a, b in extents).split())
    work = Work(
        id=_identifier(people, clean, ids),
        type=_type(whole, title, container, fields, bool(held)),
        title=clean,
        container=held,
        authors=() if edits else people,
        editors=people if edits else (),
        issued=issued(fields.get("date", "")),
        text=whole,
        **fields,
    )
    return Entry(work, tuple(extents), tuple(parts), (clean, *others), tuple(filter(None, map(surname, people))))


def _title(text: str, at: int, end: int, inside: Sequence[Item]) -> Item | None:
    """The title: marked by a layer, in quotation marks, or up to the imprint."""
    marked = next((item for item in inside if item.kind == "title" and at <= item.start <= at + 3), None)
    if marked:
        return marked
    if quoted := _QUOTED.match(text, at, end):
        return Item(*quoted.span("title"), "title", "a")
    if years := _YEARS_OF_TITLE.match(text, at, end):
        return Item(at, years.end(), "title", "m")
    position = at
    while match := _PLAIN.match(text, position, end):
        if _IMPRINT.match(text, match.end(), min(end, match.end() + 90)) or text[match.end() - 1 : match.end()] == ".":
            stop = match.end("title")
            return Item(at, stop, "title", "m") if stop - at > 2 and text[at].isalnum() else None
        position = match.end()
        if position >= end:
            break
    return None


def _container(text: str, at: int, end: int, later: Sequence[Item]) -> Item | None:
    """The unmarked name of what holds an article: Capital words up to a comma."""
    lead = _CONTAINED.match(text, at, end)
    begin = lead.end() if lead else at
    match = re.compile(rf"{CAPITAL}[^,;.()\"\d]{{2,90}}").match(text, begin, end)
    if match and (_THESIS.search(match[0]) or _UNPUBLISHED.search(match[0])):
        return None
    if match is None or any(item.kind in ("date", "range") and item.start < match.end() for item in later):
        return None
    return Item(match.start(), match.start() + len(match[0].rstrip()), "title", "j")


def _type(whole: str, title: Item, container: Item | None, fields: Mapping[str, str], held: bool) -> str:
    """The type of a work, in the words of CSL."""
    if _THESIS.search(whole):
        return "thesis"
    if title.value == "a":
        if held and (container is None or container.value in ("j", "")):
            daily = re.search(r"\d{1,2}\s[^\W\d]+\.?\s\d{4}|[^\W\d]+\.?\s\d{1,2},\s\d{4}", fields.get("date", ""))
            return "article-newspaper" if daily and "volume" not in fields else "article-journal"
        if container is not None:
            return "chapter"
        return "personal_communication" if _LETTER.match(whole) else "article"
    if _UNPUBLISHED.search(whole):
        return "manuscript"
    return "book"


def _identifier(people: Sequence[str], title: str, ids: set[str]) -> str:
    """bib-surname-first-words, unique."""
    names = [surname(people[0]).replace(" ", "-")] if people and surname(people[0]) else []
    words = [word for word in title_words(title) if len(word) > 2][:3] or list(title_words(title))[:2]
    base = "-".join(["bib", *names, *(folded(word) for word in words)])
    name, count = base, 1
    while name in ids:
        count += 1
        name = f"{base}-{count}"
    ids.add(name)
    return name


def found_titles(entry: Entry) -> Iterator[tuple[str, ...]]:
    """The folded words of every title that an entry gives."""
    yield from dict.fromkeys(words for title in entry.titles if (words := title_words(title)))
