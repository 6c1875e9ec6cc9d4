"""Stretches of a text that stand in another language.

Every word gives evidence for each language (`lexicon`); the likeliest sequence of languages is found by the Viterbi
algorithm, where a change of language costs more within a phrase than at a quotation mark or a paragraph's end. So two
or three sure words are enough to open a stretch, and a doubtful one inside it does not end it. Capitalised words are
mostly names, which have no language; they count for little.
"""

import itertools
import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.languages import latin
from pipeline.languages.lexicon import TRANSLITERATED, Lexicon, lexicon
from pipeline.languages.tokens import Token, tokens

Range = tuple[int, int]

USUAL = ("de", "it", "la")
"""Languages that are looked for, with less readiness, in every edition."""

_CLIP = 8.0  # the most that one word says for or against a language, in nats
_OTHER_SCRIPT = 25.0
_ACCENT = 2.0
_AGAINST = 7.0  # words in a row that say so much against a stretch part it (nats)
_MOST = 0.65  # share of a quotation that makes it all of one language
_GUEST = 2.3  # a word this much rarer in one list than in another (nats) is a guest there, quoted or named
_UNNAMED = 2.5  # further evidence asked for a language that the edition does not name
_QUOTES = re.compile(r"[\"“”„«»‹›]|(?<!\w)['‘‚]|['’](?!\w)")

_INITIALS = 6
_YEAR = re.compile(r",?\s\(?\d{4}")
_JOINTS = "and der des del della delle dei den das dos les las los und van von pour para por sur"
_PARTICLES = frozenset(_JOINTS.split())


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters [start, end) stand in `lang`; gain: evidence over the main language, in nats; words: their number."""

    start: int
    end: int
    lang: str
    gain: float
    words: int


def stretches(
    text: str, main: str, others: Sequence[str], quotations: Sequence[Range] = (), titles: Sequence[Range] = ()
) -> list[Stretch]:
    """The stretches of `text` in one of `others`, in order, without overlaps.

    quotations: ranges that hold a quotation with its marks; a stretch that fills most of one fills it whole.
    titles: ranges (underlined, as a rule) that are names of works and do not count.
    """
    lexica = _lexica(main, others)
    words = list(tokens(text))
    if len(lexica) < 2 or not words:
        return []
    raw = [_scores(word, lexica) for word in words]
    evidence = [_weighed(text, word, scores, lexica, titles) for word, scores in zip(words, raw, strict=True)]
    entries = [_UNNAMED if language in USUAL else 0.0 for language in lexica]
    path = _viterbi(evidence, _costs(text, words), entries)
    languages = list(lexica)
    runs = (
        each
        for state, first, last in _runs(path)
        for a, b in _coherent(text, words, state, first, last, evidence)
        for each in _trimmed(state, a, b, raw, evidence)
    )
    found = [each for run in runs if _sure(each := _stretch(run, words, raw, evidence, languages))]
    found = [each for each in found if _quoted(text, each, quotations) or not _is_name(text, each, words, titles)]
    free = [q for q in quotations if not meets(q, [(each.start, each.end) for each in found])]
    short = (_short_quotation(text, q, words, raw, evidence, languages) for q in free)
    found += [each for each in short if each]
    by_language = {language: [values[state] for values in evidence] for state, language in enumerate(languages)}
    whole = _filled(text, found, [*quotations, *_paragraphs(text)], words, by_language)
    return _with_phrases(text, words, whole, others, titles)


def language_of(text: str, main: str, others: Sequence[str]) -> str:
    """The one language in which `text` stands as a whole, as a title does; `main` where nothing speaks against it."""
    lexica = _lexica(main, others)
    if text.isupper() and len(text) <= _INITIALS:
        return main
    score = dict.fromkeys(lexica, 0.0)
    for token in tokens(text):
        if text[token.start : token.end].isupper() and token.script == "LATIN" and not text.isupper():
            continue
        for language, value in zip(lexica, _scores(token, lexica), strict=True):
            score[language] += value
    for language in USUAL:
        if language in score:
            score[language] -= _UNNAMED
    best = max(score, key=lambda language: score[language], default=main)
    return best if score and score[best] > score.get(main, 0.0) + 3 else main


def _lexica(main: str, others: Sequence[str]) -> dict[str, Lexicon]:
    wanted = dict.fromkeys([main, *others])
    found = {language: lexicon(language, language == main) for language in wanted}
    return {language: each for language, each in found.items() if each is not None}


def expanded(others: Sequence[str], main: str) -> list[str]:
    """`others` with what comes along: transliterated Russian with Russian, and the usual guests of learned prose."""
    with_russian = [*others, *([TRANSLITERATED] if "ru" in others else []), *USUAL]
    return [language for language in dict.fromkeys(with_russian) if language != main]


def _scores(token: Token, lexica: dict[str, Lexicon]) -> list[float]:
    """For each language the evidence against the first, clipped; equal where a language is not of the word's script."""
    main, *others = lexica.values()
    if token.script not in ("LATIN", "MIXED"):
        same = [each.script == token.script for each in lexica.values()]
        if same[0] or not any(same):
            return [0.0] * len(lexica)
        base = max(each.log_probability(token.form) for each in others if each.script == token.script)
        return [
            max(-_CLIP, each.log_probability(token.form) - base) + _OTHER_SCRIPT if each.script == token.script else 0.0
            for each in lexica.values()
        ]
    of_main = main.log_probability(token.form)
    accent = _ACCENT if token.accented else 0.0
    result = [0.0]
    for each in others:
        value = each.log_probability(token.form) - of_main
        if abs(value) > _GUEST and token.form in each.words and token.form in main.words:
            value = 2 * value - math.copysign(_GUEST, value)
        result.append(max(-_CLIP, min(_CLIP, value + accent)) if each.script == "LATIN" else -_CLIP)
    return result


def _weighed(
    text: str, token: Token, scores: list[float], lexica: dict[str, Lexicon], titles: Sequence[Range]
) -> list[float]:
    """The scores by what the word is worth: nothing in a title, for an abbreviation or initials, little for a name."""
    if token.form in latin.SCHOLARLY or any(start <= token.start < end for start, end in titles):
        return [0.0] * len(lexica)
    weight = 1.0
    if token.capital and token.script == "LATIN":
        following = text[token.end : token.end + 1]
        if (token.end - token.start == 1 and following == ".") or (
            text[token.start : token.end].isupper() and (token.end - token.start > 1)
        ):
            return [0.0] * len(lexica)
        common = max(each.words.get(token.form, 0.0) for each in lexica.values())
        weight = 0.8 if common > 1e-3 else 0.4 if common > 1e-4 else 0.1
    return [value * weight for value in scores]


def _costs(text: str, words: Sequence[Token]) -> list[float]:
    """What a change of language costs just before each word."""
    return [2.0, *(_cost(text[a.end : b.start]) for a, b in itertools.pairwise(words))]


@lru_cache(maxsize=4096)
def _cost(gap: str) -> float:
    if "\n" in gap or any(mark in gap for mark in '"“”„«»()[]'):
        return 2.0
    if re.search(r"[.?!:]\s|\s['‘]|['’]\s", gap):
        return 3.5
    return 5.5 if any(mark in gap for mark in ",;-–—/") else 7.0


def _viterbi(evidence: Sequence[Sequence[float]], costs: Sequence[float], entries: Sequence[float]) -> list[int]:
    """The likeliest language of each word, as an index."""
    states = range(len(entries))
    best = [evidence[0][s] - (costs[0] + entries[s] if s else 0.0) for s in states]
    back: list[list[int]] = []
    for values, cost in zip(evidence[1:], costs[1:], strict=True):
        top = max(states, key=best.__getitem__)
        came = [s if best[s] >= best[top] - cost - entries[s] else top for s in states]
        best = [values[s] + (best[s] if came[s] == s else best[top] - cost - entries[s]) for s in states]
        back.append(came)
    path = [max(states, key=best.__getitem__)]
    for came in reversed(back):
        path.append(came[path[-1]])
    return path[::-1]


def _runs(path: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """(state, first, last) of every run in another language than the main one (state 0)."""
    first = 0
    for index in range(1, len(path) + 1):
        if index == len(path) or path[index] != path[first]:
            if path[first]:
                yield path[first], first, index - 1
            first = index


def _coherent(
    text: str, words: Sequence[Token], state: int, first: int, last: int, evidence: Sequence[Sequence[float]]
) -> Iterator[Range]:
    """The run in pieces, parted at paragraphs and where words in a row speak against it."""
    start, against = first, 0.0
    for index in range(first, last + 1):
        if index > start and "\n" in text[words[index - 1].end : words[index].start]:
            yield start, index - 1
            start, against = index, 0.0
        if against == 0.0:
            since = index
        against = min(0.0, against + evidence[index][state])
        if against <= -_AGAINST:
            if since > start:
                yield start, since - 1
            start, against = index + 1, 0.0
    if start <= last:
        yield start, last


def _trimmed(
    state: int, first: int, last: int, raw: Sequence[Sequence[float]], evidence: Sequence[Sequence[float]]
) -> Iterator[tuple[int, int, int]]:
    """(state, first, last) without the words at either end that say nothing for it."""
    while first <= last and _loud(first, raw, evidence, state) < 1:
        first += 1
    while last >= first and _loud(last, raw, evidence, state) < 1:
        last -= 1
    if first <= last:
        yield state, first, last


def _stretch(
    run: tuple[int, int, int],
    words: Sequence[Token],
    raw: Sequence[Sequence[float]],
    evidence: Sequence[Sequence[float]],
    languages: Sequence[str],
) -> Stretch:
    state, first, last = run
    values = [_loud(index, raw, evidence, state) for index in range(first, last + 1)]
    said = sum(abs(value) >= 1 for value in values)
    return Stretch(words[first].start, words[last].end, languages[state], sum(values), said)


def _loud(index: int, raw: Sequence[Sequence[float]], evidence: Sequence[Sequence[float]], state: int) -> float:
    """Evidence of a word; beside others even a capitalised one speaks up when it is plainly of the language."""
    own = evidence[index][state]
    return max(own, raw[index][state] / 2) if any(evidence[index]) and raw[index][state] >= 3 else own


def _is_name(text: str, stretch: Stretch, words: Sequence[Token], titles: Sequence[Range]) -> bool:
    """Whether it looks like the name of a house or party: capitals joined by particles, or an imprint after a title."""
    if any(0 <= stretch.start - end <= 3 for _, end in titles) and _YEAR.match(text, stretch.end):
        return True
    inside = words[bisect_left(words, stretch.start, key=lambda word: word.start) :]
    inside = inside[: bisect_left(inside, stretch.end, key=lambda word: word.start)]
    return inside[0].script == "LATIN" and not any(
        not word.capital and word.end - word.start > 2 and word.form not in _PARTICLES for word in inside
    )


def _quoted(text: str, stretch: Stretch, quotations: Sequence[Range]) -> bool:
    return any(start <= stretch.start and stretch.end <= end for start, end in quotations)


def _short_quotation(
    text: str,
    quotation: Range,
    words: Sequence[Token],
    raw: Sequence[Sequence[float]],
    evidence: Sequence[Sequence[float]],
    languages: Sequence[str],
) -> Stretch | None:
    """A quotation of a few words taken as a whole: it needs less evidence, as its limits are given."""
    first, last = (bisect_left(words, edge, key=lambda word: word.start) for edge in quotation)
    inside = [index for index in range(first, last) if any(evidence[index])]
    if not 2 <= len(inside) <= 8:
        return None
    totals = [
        sum(raw[i][state] * (0.5 if words[i].capital else 1) for i in inside) - (_UNNAMED if language in USUAL else 0)
        for state, language in enumerate(languages)
    ]
    state = max(range(len(totals)), key=totals.__getitem__)
    if state == 0 or totals[state] < 6 or any(raw[i][state] < -3 for i in inside):
        return None
    start, end = inner(text, *quotation)
    end = start + len(text[start:end].rstrip(",;: "))
    return Stretch(start, end, languages[state], 9 + totals[state], len(inside))


def _sure(stretch: Stretch) -> bool:
    """Two words or more with evidence enough; a single word only where its script tells."""
    return stretch.gain >= (9 if stretch.words >= 2 else _OTHER_SCRIPT - _CLIP)


def _paragraphs(text: str) -> list[Range]:
    return [match.span() for match in re.finditer(r"[^\n]+", text)]


def inner(text: str, start: int, end: int) -> Range:
    """The range without white space and quotation marks at its ends."""
    while start < end and (text[start].isspace() or _QUOTES.match(text, start)):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "\"“”„«»'’‘"):
        end -= 1
    return start, end


def _filled(
    text: str,
    found: Sequence[Stretch],
    holders: Sequence[Range],
    words: Sequence[Token],
    evidence: Mapping[str, Sequence[float]],
) -> list[Stretch]:
    """Where stretches of one language make up most of a quotation or paragraph, one stretch is all of it."""
    result = list(found)
    for holder in sorted(set(holders), key=lambda each: each[1] - each[0]):
        start, end = inner(text, *holder)
        within = [each for each in result if start <= each.start and each.end <= end]
        size: dict[str, int] = {}
        for each in within:
            size[each.lang] = size.get(each.lang, 0) + each.end - each.start
        best = max(size, key=size.__getitem__, default="")
        if not best or size[best] < _MOST * (end - start):
            continue
        same = [each for each in within if each.lang == best]
        first, last = (bisect_left(words, edge, key=lambda word: word.start) for edge in (start, end))
        rest = [i for i in range(first, last) if not any(each.start <= words[i].start < each.end for each in same)]
        if sum(evidence[best][i] for i in rest) > -_AGAINST:
            if end - start < 60 and text[end - 1] in ".,;:" and not text[start:end].endswith("..."):
                end = start + len(text[start : end - 1].rstrip())
            merged = Stretch(start, end, best, sum(each.gain for each in same), sum(each.words for each in same))
            result = [each for each in result if each not in within] + [merged]
    return _apart(result)


def _apart(found: Sequence[Stretch]) -> list[Stretch]:
    """In order, and of those that overlap the one with more evidence."""
    kept: list[Stretch] = []
    for each in sorted(found, key=lambda each: (-each.gain, each.start)):
        if not meets((each.start, each.end), [(other.start, other.end) for other in kept]):
            kept.append(each)
    return sorted(kept, key=lambda each: each.start)


def _with_phrases(
    text: str, words: Sequence[Token], found: list[Stretch], others: Sequence[str], titles: Sequence[Range]
) -> list[Stretch]:
    """Latin set phrases in addition, where nothing else was found."""
    if "la" not in others:
        return found
    taken = [(each.start, each.end) for each in found]
    longest = max(len(phrase.split()) for phrase in latin.PHRASES)
    phrases: list[Stretch] = []
    index = 0
    while index < len(words):
        for size in range(min(longest, len(words) - index), 1, -1):
            group = words[index : index + size]
            start, end = group[0].start, group[-1].end
            phrase = " ".join(word.form for word in group)
            if phrase not in latin.PHRASES or text[start:end].count(" ") != size - 1:
                continue
            if not meets((start, end), [*taken, *titles]):
                phrases.append(Stretch(start, end, "la", 20.0, size))
                index += size - 1
                break
        index += 1
    return sorted([*found, *phrases], key=lambda each: each.start)


def meets(one: Range, others: Sequence[Range]) -> bool:
    """Whether `one` has a character in common with any of `others`."""
    return any(one[0] < end and start < one[1] for start, end in others)
