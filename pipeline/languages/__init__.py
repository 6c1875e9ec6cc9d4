"""The languages of an edition: which stretch stands in which.

Reads reading.json and, where they are there, the layers divisions, quotations, typography and doubts; writes
layers/languages.json:
"foreign" {lang} for stretches in another language than the main one, "titleLanguage" {lang} for names of works in
another language (those are no foreign text: the language belongs on the title), "flag" {category, note, suggestion?,
lang?} for what a person should look at.
"""

import itertools
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.edition import Edition
from pipeline.languages import flags
from pipeline.languages.evidence import Others, evidence, expanded
from pipeline.languages.lexicon import lexicon
from pipeline.languages.ranges import Range, Ranges, meets
from pipeline.languages.scripts import disguises
from pipeline.languages.singles import singles
from pipeline.languages.stretches import Stretch, stretches
from pipeline.languages.titles import is_name, title_languages
from pipeline.model import Reading, Span, read_json, write_json

__all__ = ["Marks", "expanded", "spans", "tag"]

_BLOCKS = ("head", "p", "l", "item", "bibl", "titlePart", "separator")
_QUOTED = ("q", "quote", "blockquote")
_LAYERS = ("divisions", "quotations", "typography", "doubts")
_CONJECTURE = 0.5  # quotations less certain than this have a guessed end
_MARKED, _UNMARKED = 0.8, 0.5  # certainty of the language of a name that marks show, and of one that they do not
_LITTLE = 0.5  # certainty below which a stretch is flagged


@dataclass(frozen=True, slots=True)
class Marks:
    """What is known of a text beside its words; all are ranges of characters.

    quotations: with their quotation marks, block quotations too; a stretch fills them rather than crosses them.
    underlined: what is. blocks: paragraphs and the like, which no stretch crosses; a line break ends one too.
    entries: of a bibliography. doubts: where the witnesses differ.
    """

    quotations: Sequence[Range] = ()
    underlined: Sequence[Range] = ()
    blocks: Sequence[Range] = ()
    entries: Sequence[Range] = ()
    doubts: Sequence[Range] = ()


def tag(edition: Edition) -> None:
    """Write the layer "languages" of an edition. Raises BadInput where reading.json is missing or unreadable."""
    reading = read_json(edition.work / "reading.json", Reading)
    main, others = edition.settings.language, expanded(edition.settings.languages, edition.settings.language)
    for language in (main, *others):
        if lexicon(language, language == main) is None:
            print(
                f"{edition.id}: no word list for the language {language}: {_without(language, main)}", file=sys.stderr
            )
    by_text: dict[str, list[Span]] = defaultdict(list)
    for span in (span for name in _LAYERS for span in _layer(edition, name)):
        by_text[span.text].append(span)
    found = [
        replace(span, text=text_id)
        for text_id, text in reading.texts.items()
        for span in spans(text, main, others, _marks(by_text[text_id]))
    ]
    write_json(edition.layer("languages"), list(_once(reading.texts, _consistent(reading.texts, found))))


def spans(text: str, main: str, others: Others, marks: Marks = Marks()) -> list[Span]:
    """The spans of one text, in order. Languages by their tags (BCP 47); "ru-Latn" is Russian in Latin letters."""
    result = []
    held = [Ranges(each) for each in (marks.quotations, marks.underlined, marks.entries, marks.doubts)]
    for start, end in _pieces(text, marks.blocks):
        quotations, underlined, entries, doubts = (each.within(start, end) for each in held)
        inside = Marks(quotations, underlined, entries=entries, doubts=doubts)
        found = _of_block(text[start:end], main, others, inside)
        result += [replace(span, start=span.start + start, end=span.end + start) for span in found]
    return result


def _of_block(text: str, main: str, others: Others, marks: Marks) -> list[Span]:
    quotations, entry = marks.quotations, bool(marks.entries)
    titles = title_languages(text, main, others, quotations, marks.underlined, entry)
    capital = [each for each in marks.underlined if text[each[0]].isupper()]
    named = [*capital, *((start, end) for start, end, _ in titles)]
    seen = evidence(text, main, others, named)
    odd = disguises(text, seen.words, seen.lexica)
    found = stretches(seen, quotations, named, entry)
    found = [
        each
        for each in found
        if not meets((each.start, each.end), [(o.start, o.end) for o in odd if o.certain and each.words == 1])
    ]
    names = [each for each in found if is_name(text, each, quotations, entry)]
    found = [each for each in found if each not in names]
    taken = [(each.start, each.end) for each in [*found, *names]]
    found = sorted(
        [*found, *singles(text, main, others, marks.underlined, [*taken, *named])], key=lambda each: each.start
    )
    mixed = [] if entry else list(flags.mixed(seen, found, quotations))
    raised = itertools.chain(
        flags.once(mixed, list(flags.doubtful(found, _LITTLE, marks.doubts))),
        flags.two_scripts(odd),
        flags.garbled(seen, found),
    )
    spoken = (_foreign(each) for each in found)
    marked = (_name(a, b, lang, _MARKED) for a, b, lang in titles)
    unmarked = (_name(each.start, each.end, each.lang, _UNMARKED) for each in names)
    return sorted([*spoken, *marked, *unmarked, *raised], key=lambda span: (span.start, span.end, span.kind))


def _consistent(texts: Mapping[str, str], found: Sequence[Span]) -> Iterator[Span]:
    """The same words are the same in every place: a title that marks show, else foreign text that marks show."""
    said = [(span, texts[span.text][span.start : span.end]) for span in found]
    spoken = {(span.text, span.start, span.end) for span in found if span.kind == "foreign"}
    titles = {
        words
        for span, words in said
        if _is_title(span) and span.certainty >= _MARKED and " " in words
        if (span.text, span.start, span.end) not in spoken
    }
    foreign = {words.lower() for span, words in said if span.kind == "foreign" and words not in titles}
    for span, words in said:
        if span.kind == "foreign" and words in titles:
            yield replace(span, kind="titleLanguage", certainty=_UNMARKED, evidence="as elsewhere")
        elif _is_title(span) and span.certainty < _MARKED and words.lower() in foreign:
            yield replace(span, kind="foreign", evidence="as elsewhere")
        elif span.kind != "flag" or words not in titles:
            yield span


def _is_title(span: Span) -> bool:
    return span.kind == "titleLanguage"


def _once(texts: Mapping[str, str], found: Iterable[Span]) -> Iterator[Span]:
    """Without flags of a phrase that was flagged before: what an editor says of it holds for the document."""
    seen: set[str] = set()
    for span in found:
        phrase = texts[span.text][span.start : span.end].lower()
        if span.kind == "flag" and span.certainty == flags.SET_OFF:
            if phrase in seen:
                continue
            seen.add(phrase)
        yield span


def _marks(layers: Iterable[Span]) -> Marks:
    """What the layers before say of a text."""
    by_kind: dict[str, list[Range]] = defaultdict(list)
    for span in layers:
        if span.kind not in _QUOTED or span.certainty >= _CONJECTURE:
            by_kind[span.kind].append((span.start, span.end))
    return Marks(
        quotations=[each for kind in _QUOTED for each in by_kind[kind]],
        underlined=by_kind["hi"],
        blocks=[each for kind in _BLOCKS for each in by_kind[kind]],
        entries=by_kind["bibl"],
        doubts=by_kind["app"],
    )


def _pieces(text: str, blocks: Sequence[Range]) -> Iterator[Range]:
    """The text in blocks: cut at line breaks and at the edges of `blocks`."""
    cuts = {0, len(text), *(edge for block in blocks for edge in block)}
    cuts |= {index for match in re.finditer(r"\s*\n\s*", text) for index in match.span()}
    yield from ((a, b) for a, b in itertools.pairwise(sorted(cuts)) if text[a:b].strip())


def _foreign(stretch: Stretch) -> Span:
    evidence = "a word set apart" if stretch.words == 1 else "words and letters"
    certainty = flags.certainty_of(stretch)
    return Span("body", stretch.start, stretch.end, "foreign", {"lang": stretch.lang}, certainty, evidence)


def _name(start: int, end: int, language: str, certainty: float) -> Span:
    return Span("body", start, end, "titleLanguage", {"lang": language}, certainty, "words and letters")


def _without(language: str, main: str) -> str:
    if language == main:
        return "no stretch in another language can be told from it; set language in edition.yaml"
    return "nothing is found in it; an editor may mark it"


def _layer(edition: Edition, name: str) -> list[Span]:
    path = edition.layer(name)
    return read_json(path, list[Span]) if path.exists() else []
