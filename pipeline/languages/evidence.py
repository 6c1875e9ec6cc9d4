"""What every word says for each language.

The lexica give the likelihood of a word in each language; the evidence for a language is the logarithm of how much
likelier the word is there than in the main one. Names, abbreviations and dates have no language, and what scholars
write in foot notes everywhere ("Ibid.") says nothing; such words are weighed down.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.languages import latin
from pipeline.languages.lexicon import TRANSLITERATED, Lexicon, lexicon
from pipeline.languages.ranges import Range
from pipeline.languages.tokens import Token, tokens

USUAL = ("de", "it", "la")
"""Languages that are looked for, with less readiness, in every edition."""
Others = Mapping[str, float]
"""The languages that are looked for beside the main one, each with the further evidence asked for it (nats)."""
OTHER_SCRIPT = 25.0
"""What a word says that the main language could not even be written with (nats)."""

_UNNAMED = 2.5  # nats; further evidence asked for the usual ones where the edition does not name them
_CLIP = 8.0  # the most that one word says for or against a language, in nats
_ACCENT = 2.0
_GUEST = 2.3  # a word this much rarer in one list than in another (nats) is a guest there, quoted or named
_SENTENCE = re.compile(r"(?:^|[.?!:;…\"“”«„(\[\n])[\s\"'“‘«(\[-]*$")
_DATED = re.compile(r"(?:(?<=\d\s)|(?<=[-,(.;]\s)|(?<=[-(])|^)[^\W\d_]{3,}\.?(?:[-/][^\W\d_]{3,}\.?)?,?\s\(?1?\d{3}\b")
_BETWEEN = re.compile(r"(?<=\d[\s-])[^\W\d_]{3,}\.?(?=,?\s\d)")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of a text and what they say.

    languages: the main one first. raw, weighed: for each word a value for each language, in nats; the main language's
    is 0 where the word can be of it. `raw` is by the word alone, `weighed` by what the word is worth where it stands.
    asked: for each language the further evidence without which it is not taken to be there, in nats.
    """

    text: str
    languages: tuple[str, ...]
    words: tuple[Token, ...]
    raw: tuple[tuple[float, ...], ...]
    weighed: tuple[tuple[float, ...], ...]
    lexica: tuple[Lexicon, ...]
    asked: tuple[float, ...]

    def frequency(self, index: int, state: int) -> float:
        """Share of a word among all words of a language."""
        return self.lexica[state].words.get(self.words[index].form, 0.0)

    def script(self, language: str) -> str:
        """The script of a language of the text."""
        return self.lexica[self.languages.index(language)].script

    def between(self, start: int, end: int) -> range:
        """The indices of the words that begin in characters [start, end)."""
        first, last = (bisect_left(self.words, edge, key=lambda word: word.start) for edge in (start, end))
        return range(first, last)


def evidence(text: str, main: str, others: Others, titles: Sequence[Range] = ()) -> Evidence:
    """The evidence of a text. titles: ranges (underlined, as a rule) that name works and do not count."""
    lexica = known(main, others)
    words = tuple(tokens(text))
    raw = tuple(tuple(scores(word, lexica)) for word in words)
    silent = [*titles, *(match.span() for pattern in (_DATED, _BETWEEN) for match in pattern.finditer(text))]
    own = lexica[main].script if lexica else ""
    quiet = {index for a, b in silent for index in _between(words, a, b) if words[index].script == own}
    worth = (0.0 if i in quiet else _worth(text, words, i, lexica) for i in range(len(words)))
    weighed = tuple(tuple(value * each for value in values) for each, values in zip(worth, raw, strict=True))
    asked = tuple(others.get(language, 0.0) for language in lexica)
    return Evidence(text, tuple(lexica), words, raw, weighed, tuple(lexica.values()), asked)


def expanded(named: Sequence[str], main: str) -> Others:
    """`named` and what comes along: transliterated Russian with Russian, and the usual guests of learned prose.

    Of a guest that the edition does not name more evidence is asked.
    """
    asked = dict.fromkeys([*named, *([TRANSLITERATED] if "ru" in (main, *named) else [])], 0.0)
    asked |= {language: _UNNAMED for language in USUAL if language not in asked}
    return {language: each for language, each in asked.items() if language != main}


def known(main: str, others: Iterable[str]) -> dict[str, Lexicon]:
    """The lexica of those languages that have one, the main language's first; empty where that has none."""
    found = {language: lexicon(language, language == main) for language in dict.fromkeys([main, *others])}
    return {language: each for language, each in found.items() if each is not None} if found[main] else {}


def scores(token: Token, lexica: Mapping[str, Lexicon]) -> Iterator[float]:
    """For each language the evidence of a word against the main one, clipped.

    A word in another script speaks loudly for the languages written in it, and not at all against the main one where
    none of them is.
    """
    main, *_ = lexica.values()
    script = "LATIN" if token.script == "MIXED" else token.script
    chances = [each.log_probability(token.form) if each.script == script else None for each in lexica.values()]
    same_script = [each for each in chances if each is not None]
    if main.script != script:
        best = max(same_script, default=0.0)
        for chance in chances:
            yield 0.0 if chance is None else OTHER_SCRIPT + max(-_CLIP, chance - best)
        return
    base = chances[0] or 0.0
    accent = _ACCENT if token.accented else 0.0
    yield 0.0
    for each, chance in list(zip(lexica.values(), chances, strict=True))[1:]:
        if chance is None:
            yield -_CLIP
            continue
        value = chance - base
        if abs(value) > _GUEST and token.form in each.words and token.form in main.words:
            value = 2 * value - math.copysign(_GUEST, value)
        yield max(-_CLIP, min(_CLIP, value + accent))


def _between(words: Sequence[Token], start: int, end: int) -> range:
    first, last = (bisect_left(words, edge, key=lambda word: word.start) for edge in (start, end))
    return range(first, last)


def _worth(text: str, words: Sequence[Token], index: int, lexica: Mapping[str, Lexicon]) -> float:
    """What a word's evidence is worth, 0..1: nothing of an abbreviation or initials, little of a name."""
    token = words[index]
    if token.form in latin.SCHOLARLY:
        return 0.0
    if token.script != "LATIN" or not (token.capital or _second_half(text, words, index)):
        return 1.0
    written = text[token.start : token.end]
    if (len(written) == 1 and text[token.end : token.end + 1] == ".") or (len(written) > 1 and written.isupper()):
        return 0.0
    common = max((each.words.get(token.form, 0.0) for each in lexica.values()), default=0.0)
    if common <= 1e-4:
        return 0.1
    if _within_name(text, words, index):
        return 0.2
    return 0.8 if common > 1e-3 else 0.4


def _second_half(text: str, words: Sequence[Token], index: int) -> bool:
    """Whether it is joined by a hyphen to a word with a capital: the name goes on."""
    return index > 0 and words[index - 1].capital and text[words[index - 1].end : words[index].start] == "-"


def _within_name(text: str, words: Sequence[Token], index: int) -> bool:
    """Whether a capital stands beside another one inside a sentence, as in "the New Observer"."""
    token = words[index]
    if _SENTENCE.search(text[max(0, token.start - 12) : token.start] if token.start else ""):
        return False
    before = index > 0 and words[index - 1].capital and text[words[index - 1].end : token.start] == " "
    after = index + 1 < len(words) and words[index + 1].capital and text[token.end : words[index + 1].start] == " "
    return before or after
