"""Names of people, places, organisations and works, and dates, and whom they mean.

Reads reading.json and, where they are there, the layers typography, quotations, languages and divisions; writes
layers/names.json: "persName", "placeName", "orgName", "event" {}, "title" {level, lang?}, "date" {when?, from?, to?,
notBefore?, notAfter?, calendar?}. Names inside titles are not tagged; a possessive 's stays outside.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from pipeline.edition import Edition
from pipeline.model import Reading, Span, read_json, write_json
from pipeline.names import authorities, proposals
from pipeline.names.authorities import Authorities
from pipeline.names.bynames import with_bynames
from pipeline.names.candidates import candidates
from pipeline.names.dates import dates
from pipeline.names.decision import decide
from pipeline.names.events import events, without_place
from pipeline.names.extents import inverted, parted
from pipeline.names.forms import Range
from pipeline.names.heard import with_heard
from pipeline.names.imprints import publishers
from pipeline.names.linking import linked, occurring
from pipeline.names.recogniser import Stretch, entities
from pipeline.names.repeats import agreed, repeated_titles
from pipeline.names.ships import ships
from pipeline.names.titles import Title, marked_titles
from pipeline.names.where import places_of

_SAID = {"persName": "a person", "placeName": "a place", "orgName": "an organisation", "event": "an event"}
_DOUBTFUL = 0.55  # certainty below which an editor is asked
NOTHING = Authorities()
_WEAK = 0.5  # certainty of a title that is only a word marked as one elsewhere


def tag(edition: Edition) -> None:
    """Write the layer "names" of an edition, and registers.json, the entries of its authorities that occur.

    Raises BadInput where reading.json is missing or unreadable, or an authority file faulty.
    """
    reading = read_json(edition.work / "reading.json", Reading)
    known = authorities.read(edition.folder / "authorities")
    layers = [span for name in ("typography", "quotations", "languages", "divisions") for span in _layer(edition, name)]
    found = spans(reading.texts, layers, edition.settings.language, known)
    write_json(edition.work / "registers.json", occurring(found, known))
    write_json(edition.layer("names"), found)


def propose(edition: Edition) -> dict[Path, int]:
    """Find the names anew, and write tables of those that the authorities do not cover (see `proposals`).

    Returns what was written, with the number of rows. Raises BadInput as `tag` does, OutputError where the folder
    cannot be written.
    """
    tag(edition)
    reading = read_json(edition.work / "reading.json", Reading)
    folder = edition.folder / "authorities"
    found = _layer(edition, "names")
    return proposals.propose(folder, reading.texts, found, authorities.read(folder), places_of(reading, found))


def unmet(edition: Edition) -> list[str]:
    """Entries of the authorities that the text, as its names were found last, never names. Raises BadInput as `tag`."""
    reading = read_json(edition.work / "reading.json", Reading)
    return proposals.unmet(reading.texts, _layer(edition, "names"), authorities.read(edition.folder / "authorities"))


def spans(
    texts: Mapping[str, str],
    layers: Sequence[Span] = (),
    language: str = "en",
    known: Authorities = NOTHING,
) -> list[Span]:
    """The names in a document, in order of its texts.

    texts: the body and the notes by id. layers: what is known already: "hi" (underlined), "q" and "quote" (with their
    quotation marks), "foreign" and "titleLanguage", "bibl" (entries of a bibliography). language: the main one.
    known: the editor's entries, whose forms are sure.
    """
    ranges: dict[str, dict[str, list[Range]]] = defaultdict(lambda: defaultdict(list))
    for span in layers:
        ranges["quote" if span.kind == "q" else span.kind][span.text].append((span.start, span.end))
    languages = {(s.text, s.start, s.end): s.attributes["lang"] for s in layers if s.kind == "titleLanguage"}
    afloat = ships(texts, ranges["hi"])
    titles = _titles(texts, ranges, languages, afloat)
    result = [_title_span(text_id, title, languages) for text_id, those in titles.items() for title in those]
    # a ship is no person; what is marked weakly may still be a name
    sailing = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(afloat)))})\b") if afloat else None
    blocked = {
        text_id: [
            *ranges["hi"][text_id],
            *((title.start, title.end) for title in titles[text_id] if title.certainty > _WEAK),
            *(match.span() for match in (sailing.finditer(text) if sailing else ())),
        ]
        for text_id, text in texts.items()
    }
    for text_id, text in texts.items():
        held = bytearray(len(text))
        for start, end in blocked[text_id]:
            held[start:end] = b"\1" * (end - start)
        free = [each for each in dates(text) if not held[each.start]]
        result += [Span(text_id, d.start, d.end, "date", d.attributes, 0.95, "form") for d in free]
        blocked[text_id] += [(each.start, each.end) for each in free]
    lowered = frozenset(word for text in texts.values() for word in re.findall(r"\b[^\W\d_A-Z]+\b", text))
    for span in layers:
        if span.kind == "div" and span.attributes.get("type") == "bibliography":
            ranges["bibl"][span.text].append((span.start, span.end))
    works = {text_id: [(title.start, title.end) for title in those] for text_id, those in titles.items()}
    happened = events(texts, {text_id: [*blocked[text_id], *works[text_id]] for text_id in texts})
    for span in happened:
        blocked[span.text].append(without_place(span, texts[span.text]))
    printed = publishers(texts, works, blocked)
    for each in printed:
        blocked[each.text].append((each.start, each.end))
    authors = inverted(texts, ranges["bibl"], blocked)
    for each in authors:
        blocked[each.text].append((each.start, each.end))
    found = [
        each
        for text_id, text in texts.items()
        for each in candidates(text_id, text, blocked[text_id], lowered, language)
    ]
    foreign: dict[str, list[Stretch]] = defaultdict(list)
    for span in layers:
        if span.kind == "foreign":
            foreign[span.text].append((span.start, span.end, span.attributes.get("lang", "und")))
    heard = entities(texts, foreign, language)
    found = parted(with_heard(found, texts, heard, blocked), texts, lowered)
    found = [*with_bynames(found, texts), *authors, *printed]
    named = [
        Span(each.text, each.start, each.end, kind, {}, certainty, "recogniser and document")
        for each, kind, certainty in decide(found, texts, heard, foreign, works, printed, lowered, language)
    ]
    barred = {
        text_id: [(span.start, span.end) for span in result if span.text == text_id and span.kind == "date"]
        for text_id in texts
    }
    result = linked([*_settled(result, named), *happened], texts, known, barred)
    result += _doubts(result, texts)
    order = {text_id: index for index, text_id in enumerate(texts)}
    return sorted(result, key=lambda span: (order[span.text], span.start, span.end, span.kind))


def _doubts(found: Sequence[Span], texts: Mapping[str, str]) -> list[Span]:
    """Flags for an editor: the first place of every form that is hardly surer to be a name of its kind than not."""
    result: dict[str, Span] = {}
    for span in found:
        if span.kind in _SAID and span.certainty < _DOUBTFUL:
            form = " ".join(texts[span.text][span.start : span.end].split())
            note = f"is {form} {_SAID[span.kind]}?"
            flag = Span(span.text, span.start, span.end, "flag", {"category": "rv-name", "note": note}, span.certainty)
            result.setdefault(form, flag)
    return list(result.values())


def _settled(marked: Sequence[Span], named: Sequence[Span]) -> list[Span]:
    """Where an unmarked word could be a title or a name, the surer of the two."""
    loose = [span for span in marked if span.kind == "title" and span.certainty <= _WEAK]
    sure = {
        id(title)
        for title in loose
        for name in named
        if name.text == title.text and name.start < title.end and title.start < name.end
        if name.certainty > 0.8 or (name.start, name.end) != (title.start, title.end)
    }
    kept = [title for title in loose if id(title) not in sure]
    free = [
        name
        for name in named
        if not any(title.text == name.text and title.start < name.end and name.start < title.end for title in kept)
    ]
    return [*(span for span in marked if id(span) not in sure), *free]


def _titles(
    texts: Mapping[str, str],
    ranges: Mapping[str, Mapping[str, list[Range]]],
    languages: Mapping[tuple[str, int, int], str],
    afloat: Collection[str],
) -> dict[str, list[Title]]:
    titles = {}
    for text_id, text in texts.items():
        foreign = {(start, end) for text, start, end in languages if text == text_id}
        lined = [each for each in ranges["hi"].get(text_id, []) if text[slice(*each)].strip(" ,.;:") not in afloat]
        quoted = ranges["quote"].get(text_id, [])
        titles[text_id] = marked_titles(text, lined, quoted, foreign, note=text_id != "body")
    titles = agreed(texts, titles)
    taken = {key: [*((title.start, title.end) for title in titles[key]), *ranges["hi"].get(key, [])] for key in texts}
    repeated = repeated_titles(texts, titles, taken)
    return {key: [*titles[key], *repeated[key]] for key in texts}


def _title_span(text_id: str, title: Title, languages: Mapping[tuple[str, int, int], str]) -> Span:
    lang = next(
        (
            language
            for (other, start, end), language in languages.items()
            if other == text_id and start < title.end and title.start < end
        ),
        None,
    )
    attributes = {"level": title.level} | ({"lang": lang} if lang else {})
    return Span(text_id, title.start, title.end, "title", attributes, title.certainty, title.evidence)


def _layer(edition: Edition, name: str) -> list[Span]:
    path = edition.layer(name)
    return read_json(path, list[Span]) if path.exists() else []
