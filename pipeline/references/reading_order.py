"""All citations of a document in the order in which a reader meets them, and the abbreviations it introduces."""

import re
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import DamerauLevenshtein

from pipeline.model import fingerprint
from pipeline.references.author_date import author_dates
from pipeline.references.citations import Citation, bracketed, citations
from pipeline.references.document import Document
from pipeline.references.forms import folded, initials, introduced, surname
from pipeline.references.items import items
from pipeline.references.works import Library

_INITIALS = re.compile(r"(?<![\w-])[^\W\d_a-zа-я]{3,8}(?=,?\s(?:pp?s?\.|S\.|с\.)\s?\d)")
_NEAR = 60  # characters behind a citation in which an abbreviation is introduced
_COMMON = 40  # longer forms are no abbreviations

Found = tuple[str, int, Citation]
Introductions = Mapping[str, Sequence[tuple[str, int]]]


def cited(document: Document, library: Library) -> tuple[list[Found], Introductions]:
    """Citations with an id and the number of the last note before them; abbreviations with their places."""
    surnames = {author for work in library.works.values() for author in work.authors if len(author) > 1}
    first = {name: _of(document, name, {}, surnames, library) for name in document.texts}
    surnames |= {
        last for those in first.values() for each in those if each.titles for name in each.authors
        if len(last := surname(name)) > 1
    }  # fmt: skip
    introductions = _introductions(document.texts, first)
    forms = {form: form for form in introductions if folded(form) not in surnames}
    for text in document.texts.values():
        for found_form in (match.group() for match in _INITIALS.finditer(text)):
            near = [form for form in introductions if DamerauLevenshtein.distance(form, found_form) == 1]
            if library.by_initials(found_form):
                forms.setdefault(found_form, found_form)
            elif len(near) == 1 and near[0].isupper():  # two letters changed in typing or recognition
                forms.setdefault(found_form, near[0])
    found: list[tuple[int, int, int, str, Citation]] = []
    order = {name: at for at, name in enumerate(document.texts)}
    passed = sorted((start, order[name]) for name, start in document.anchors.items())
    for name in document.texts:
        for each in _of(document, name, forms, surnames, library):
            own = "ci-" + fingerprint(document.texts[name], each.start, each.end, name)
            place = each.start if name == "body" else document.anchors.get(name, len(document.texts["body"]))
            at = order[name] if name != "body" else max((o for start, o in passed if start <= place), default=0)
            found.append((place, at, each.start, own, each))
    found.sort(key=lambda item: item[:3])
    return [(own, at, each) for _, at, _, own, each in found], introductions


def _of(
    document: Document, name: str, forms: Mapping[str, str], surnames: set[str], library: Library
) -> list[Citation]:
    text = document.texts[name]
    found = citations(name, text, items(text, document.names(name), forms, surnames))
    if name == "body":
        found = list(bracketed(text, found))
    taken = [(each.start, each.end) for each in found]
    dated = author_dates(name, text, library)
    found += [each for each in dated if not any(a < each.end and each.start < b for a, b in taken)]
    closed = document.closed(name)
    return sorted(
        (each for each in found if not any(a <= each.start < b for a, b in closed)), key=lambda each: each.start
    )


def _introductions(texts: Mapping[str, str], found: Mapping[str, Sequence[Citation]]) -> Introductions:
    """Forms that stand in or close behind a citation, by their places; initials only where they fit its title."""
    result: dict[str, list[tuple[str, int]]] = {}
    for name, text in texts.items():
        for start, _, form in introduced(text) if found[name] else ():
            near = [each for each in found[name] if each.titles and each.start <= start <= each.end + _NEAR]
            titles = [text[title.start : title.end] for each in near for title in each.titles if title.end <= start]
            fits = any(form.upper() in initials(title) for title in titles)
            said = text[max(0, start - 2) : start].strip(" \"'") != "("
            if near and (fits or (said and not _of_other_words(text[:start], form, titles))) and len(form) <= _COMMON:
                result.setdefault(form, []).append((name, start))
    return result


def _of_other_words(before: str, form: str, titles: Sequence[str]) -> bool:
    """Whether a form abbreviates words that stand before it and are no title: an archive, a union."""
    words = re.findall(r"[^\W\d_a-zа-я][\w'’-]*", before[-120:].rpartition("(")[0])[-len(form) :]
    return "".join(word[0] for word in words) == form.upper() and not any(words[-1] in title for title in titles)
