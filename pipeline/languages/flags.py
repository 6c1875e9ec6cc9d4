"""What a person should look at, and why: few flags, each with its evidence.

A sentence in which two languages run on into each other, a quotation that holds two, a stretch of which there is little
evidence, one in which the witnesses differ, words in two scripts, and passages that no language explains. A phrase that
marks set off in a sentence, and that is plainly in its language, is shown with less certainty and once in a document,
so that an edition's threshold can pass it over; one in another script shows its own limits.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.languages.evidence import Evidence
from pipeline.languages.garble import loops, nonsense
from pipeline.languages.lexicon import TRANSLITERATED
from pipeline.languages.ranges import Range, enclosed, inner, meets
from pipeline.languages.scripts import Disguise
from pipeline.languages.stretches import Stretch
from pipeline.model import Span

_SENTENCE_END = re.compile(r"[.?!][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[^\W\d_a-z])|\n")
_SPARSE = (TRANSLITERATED, "la")  # languages of which the list has but the commonest forms
_PHRASE = 2  # words that are more than a loan
SET_OFF = 0.4  # certainty that a phrase set off in a sentence wants a look
_RUNNING = 3  # words in each language make a mixture; one or two are a set phrase or a loan
_ORIGINAL = 15  # words from which on it is the original of a translation rather than a phrase quoted within
_PLAINLY = 12.0  # nats by which words in a row are of another language than the stretch around them


def mixed(seen: Evidence, found: Sequence[Stretch], quotations: Sequence[Range]) -> Iterator[Span]:
    """Flags of quotations and sentences that run on in two languages, and of phrases that marks set off in them."""
    text, long = seen.text, [each for each in found if each.words >= _RUNNING]
    flagged = [each for each in _outermost(quotations) if _holds_two(seen, each, long, quotations)]
    for start, end in flagged:
        note = "The quotation holds words of two languages."
        yield _flag(*inner(text, start, end), "rv-mixed-language", note, 0.7)
    script = seen.script(seen.languages[0])
    phrases = [each for each in found if each.words >= _PHRASE and seen.script(each.lang) == script]
    for start, end in _sentences(text):
        here = [each for each in phrases if each.start < end and start < each.end]
        if not here or meets((start, end), flagged) or _others(seen, (start, end), found) < _RUNNING:
            continue
        names = ", ".join(sorted({each.lang for each in here}))
        if any(each.words >= _RUNNING and not enclosed(text, each.start, each.end, quotations) for each in here):
            note = f"The sentence runs on in another language ({names}); are the limits right?"
            yield _flag(start, end, "rv-mixed-language", note, 0.7)
            continue
        for each in here:
            note = f"The sentence holds a phrase of another language ({each.lang})."
            yield _flag(each.start, each.end, "rv-mixed-language", note, SET_OFF)


def doubtful(found: Sequence[Stretch], certainty: float, doubts: Sequence[Range]) -> Iterator[Span]:
    """Flags of stretches with little evidence, and of those within which the witnesses differ."""
    for each in found:
        places = sum(meets((each.start, each.end), [doubt]) for doubt in doubts)
        if places and each.words > 1:
            where = "one place" if places == 1 else f"{places} places"
            note = f"The witnesses differ in {where} of this passage ({each.lang})."
            yield _flag(each.start, each.end, "rv-foreign", note, 0.6, lang=each.lang)
        elif certainty_of(each) < certainty:
            note = f"There is little evidence that this is in another language ({each.lang})."
            yield _flag(each.start, each.end, "rv-foreign", note, 1 - certainty_of(each), lang=each.lang)


def once(mixtures: Sequence[Span], doubts: Sequence[Span]) -> Iterator[Span]:
    """One flag a place: a doubt within a mixture is told with it; of a phrase set off, the doubt alone is told."""
    for mixture in mixtures:
        inside = [each for each in doubts if mixture.start <= each.start and each.end <= mixture.end]
        if mixture.certainty > SET_OFF:
            note = " ".join(dict.fromkeys(each.attributes["note"] for each in (mixture, *inside)))
            yield replace(mixture, attributes={**mixture.attributes, "note": note})
        elif not inside:
            yield mixture
    surer = [(each.start, each.end) for each in mixtures if each.certainty > SET_OFF]
    yield from (each for each in doubts if not any(_within((each.start, each.end), place) for place in surer))


def two_scripts(found: Sequence[Disguise]) -> Iterator[Span]:
    """Flags of words with letters of another script, with the repair where it is certain."""
    for each in found:
        note = f"Letters of two scripts in one word; it {'says' if each.certain else 'may say'} {each.repaired}."
        repair = {"suggestion": each.repaired} if each.certain else {}
        yield _flag(each.start, each.end, "rv-script", note, 0.95 if each.certain else 0.5, **repair)


def garbled(seen: Evidence, found: Sequence[Stretch]) -> Iterator[Span]:
    """Flags of passages that repeat themselves or say nothing in any language."""
    said = list(loops(seen.text))
    for start, end in said:
        yield _flag(start, end, "rv-garbled", "The same words follow one another; the recogniser may have looped.", 0.8)
    for start, end in nonsense(seen, [(each.start, each.end) for each in found if each.lang in _SPARSE]):
        if not meets((start, end), said):
            yield _flag(start, end, "rv-garbled", "Most of these words are of no language of the document.", 0.7)


def certainty_of(stretch: Stretch) -> float:
    """How sure a stretch is, 0..1."""
    return round(1 - float(0.5 ** (stretch.gain / 6)), 3)


def _flag(start: int, end: int, category: str, note: str, certainty: float, **more: str) -> Span:
    return Span("body", start, end, "flag", {"category": category, "note": note, **more}, round(certainty, 3), "words")


def _sentences(text: str) -> list[Range]:
    edges = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    parts = [(a, text[a:b]) for a, b in itertools.pairwise(edges)]
    return [(a + len(part) - len(part.lstrip()), a + len(part.rstrip())) for a, part in parts if part.strip()]


def _outermost(ranges: Sequence[Range]) -> list[Range]:
    return [each for each in sorted(set(ranges)) if not any(_within(each, other) for other in ranges if other != each)]


def _within(one: Range, other: Range) -> bool:
    return other[0] <= one[0] and one[1] <= other[1]


def _others(seen: Evidence, place: Range, found: Sequence[Stretch]) -> int:
    """How many words of a place are outside the stretches."""
    taken = [(each.start, each.end) for each in found]
    return sum(not meets((seen.words[i].start, seen.words[i].end), taken) for i in seen.between(*place))


def _holds_two(seen: Evidence, quotation: Range, long: Sequence[Stretch], quotations: Sequence[Range]) -> bool:
    """Whether a quotation runs on in two languages, or is in one and has words in a row that are plainly of another."""
    inside = [each for each in long if _within((each.start, each.end), quotation)]
    if not inside or len({each.lang for each in inside}) > 1:
        return bool(inside)
    nested = [each for each in quotations if each != quotation and _within(each, quotation)]
    loose = [
        each
        for each in inside
        if each.words >= _ORIGINAL or not any(_within((each.start, each.end), other) for other in nested)
    ]
    if loose and _others(seen, quotation, inside) >= _RUNNING:
        return True
    state = seen.languages.index(inside[0].lang)
    indices = [index for each in loose for index in seen.between(each.start, each.end)]
    groups = (indices[at : at + _RUNNING] for at in range(len(indices) - _RUNNING + 1))
    return any(_in_a_row(seen, group) and _speak_against(seen, group, state) for group in groups)


def _in_a_row(seen: Evidence, group: Sequence[int]) -> bool:
    words = [seen.words[index] for index in group]
    return all(seen.text[a.end : b.start] == " " for a, b in itertools.pairwise(words))


def _speak_against(seen: Evidence, group: Sequence[int], state: int) -> bool:
    values = [seen.raw[index][state] for index in group]
    return max(values) < 0 and sum(values) < -_PLAINLY
