"""Words out of order: half-lines swapped, lines scrambled, line ends dropped, runs doubled, loops.

A layout model that takes the wide gaps of justified lines for the gutter between columns reads the right half of a
line before the left, or loses it.
"""

from collections.abc import Sequence

from pipeline.evaluation.damage.rates import Chance
from pipeline.evaluation.typescript.flow import Glyph
from pipeline.evaluation.typescript.setting import Typed, TypedLine

Words = list[Typed]

_SHORT = 6
"""Lines of fewer words stay whole."""


def say(words: Sequence[Typed]) -> str:
    """Words as plain text."""
    return " ".join("".join(glyph.char for glyph in word) for word in words)


def disorder(line: TypedLine, chance: Chance) -> Words:
    """The words of a full line, perhaps in another order, perhaps not all."""
    words, rates = list(line.words), chance.rates
    if len(words) < _SHORT:
        return words
    if chance.happens(rates.half_line_swapped):
        at = _widest_gap(line)
        changed, kind = words[at:] + words[:at], "half-line swapped"
    elif chance.happens(rates.line_scrambled):
        changed, kind = _scrambled(words, chance), "line scrambled"
    elif chance.happens(rates.line_end_dropped):
        lost = chance.random.randint(1, min(6, len(words) - 2))
        at_end = chance.happens(0.75)
        changed, kind = (words[:-lost] if at_end else words[lost:]), "line end dropped"
    else:
        return words
    chance.record(kind, say(words), say(changed))
    return changed


def join(lines: Sequence[Words], divided: Sequence[bool], chance: Chance) -> Words:
    """The words of a block. divided: whether the line's last word goes on in the next line."""
    words: Words = []
    glue = False
    for line, goes_on in zip(lines, divided, strict=True):
        rest = list(line)
        if glue and rest:
            head, tail = words.pop(), rest.pop(0)
            whole = (*head, *tail)
            if chance.happens(chance.rates.hyphen_lost_at_line_end):
                whole = (*head[:-1], *tail)
                chance.record("hyphen lost", say([(*head, *tail)]), say([whole]))
            words.append(whole)
        words.extend(rest)
        glue = goes_on
    return words


def repeat(words: Words, chance: Chance) -> Words:
    """A paragraph's words, perhaps with a run or single words twice."""
    if len(words) >= 20 and chance.happens(chance.rates.run_doubled):
        length = chance.random.randint(5, 10)
        start = chance.random.randrange(len(words) - length)
        run = words[start : start + length]
        words = words[: start + length] + _without_references(run) + words[start + length :]
        chance.record("run doubled", say(run), say(run + run))
    twice: Words = []
    for word in words:
        twice.append(word)
        if all(glyph.char.isalpha() for glyph in word) and chance.happens(chance.rates.word_doubled):
            twice.append(word)
            chance.record("word doubled", say([word]), say([word, word]))
    return twice


def loop(words: Words, chance: Chance) -> Words:
    """The words with a run that the reader came back to over and over."""
    length = min(len(words), chance.random.randint(3, 5))
    start = chance.random.randrange(len(words) - length + 1)
    run = words[start : start + length]
    looped = run + _without_references(run) * 2
    chance.record("loop", say(run), say(looped))
    return words[:start] + looped + words[start + length :]


def _without_references(words: Words) -> Words:
    bare = (tuple(glyph for glyph in word if not glyph.raised) for word in words)
    return [word for word in bare if word]


def _widest_gap(line: TypedLine) -> int:
    """The word after the widest gap, of several the one nearest to the middle of the line."""
    count = len(line.words)
    return max(range(1, count), key=lambda at: (line.gaps[at - 1], -abs(at - count / 2)))


def _scrambled(words: Words, chance: Chance) -> Words:
    """Some words of the middle of a line in another order."""
    start = chance.random.randrange(0, len(words) - _SHORT + 1)
    end = chance.random.randint(start + 5, len(words))
    middle = words[start:end]
    while len(set(middle)) > 1:
        changed = chance.random.sample(middle, len(middle))
        if changed != middle:
            return words[:start] + changed + words[end:]
    return words[:start] + middle[::-1] + words[end:]


def plain(text: str) -> Typed:
    """A word of plain glyphs."""
    return tuple(Glyph(char) for char in text)
