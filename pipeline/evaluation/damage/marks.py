"""Marks: note references, note labels and underlines in the forms that a layout model writes.

Undamaged, a reference or label is superscript digits and an underline is <u>...</u>.
"""

import re
from collections.abc import Sequence
from itertools import groupby

from pipeline.evaluation.damage.order import Words, say
from pipeline.evaluation.damage.rates import Chance
from pipeline.evaluation.typescript.flow import Glyph
from pipeline.evaluation.typescript.setting import Typed

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DIGIT_CONFUSED = {"1": "7", "2": "7", "3": "5", "4": "9", "5": "3", "6": "8", "7": "2", "8": "6", "9": "4", "0": "8"}


def refer(words: Words, chance: Chance) -> Words:
    """The words with each raised note number written in one of its forms, or lost."""
    return [_referred(word, chance) for word in words]


def write(words: Sequence[Typed], chance: Chance, note: bool = False) -> str:
    """Words as text with underlines as markup. note: in a note no underline turns into LaTeX."""
    written = []
    for line, run in groupby(_spaced(words), key=lambda glyph: glyph.underlined):
        text = "".join(glyph.char for glyph in run)
        written.append(_underlined(text, chance, note) if line else text)
    return "".join(written)


def label(number: str, text: str, chance: Chance) -> str:
    """A note's text with its number before it."""
    rates = chance.rates
    plain = number.translate(_SUPERSCRIPT)
    if chance.happens(rates.label_as_quote):
        return _recorded("label as quote", plain + text, f"[&]quot;{text}", chance)
    for opening, entity in (("<u>", "lt;u>"), ('"', "quot;")):
        if text.startswith(opening) and chance.happens(rates.label_fused):
            space = chance.random.choice(("", " "))
            fused = f"^{{{number}{space}&}}{entity}{text.removeprefix(opening)}"
            return _recorded("label fused", plain + text, fused, chance)
    if chance.happens(rates.label_latex):
        form = chance.random.choice((" $^{^{%s}}$ %s", " $^{^{\\rm %s}}$ %s", " $^{^{\\mbox{\\scriptsize %s}}}$ %s"))
        return _recorded("label in LaTeX", plain + text, form % (number, text), chance)
    return f"{plain} {text}" if chance.happens(rates.label_spaced) else plain + text


def continued(number: str, text: str, chance: Chance) -> str:
    """A note's continuation, perhaps with the words that say so."""
    lead = f"{number.translate(_SUPERSCRIPT)}(...continued)"
    if chance.happens(chance.rates.continuation_lost):
        return _recorded("continuation lost", f"{lead} {text}", text, chance)
    return f"{lead} {text}"


def _referred(word: Typed, chance: Chance) -> Typed:
    """A word with its reference written, and words without one as they are."""
    runs = [(raised, tuple(run)) for raised, run in groupby(word, key=lambda glyph: glyph.raised)]
    return tuple(glyph for raised, run in runs for glyph in (_reference(word, say([run]), chance) if raised else run))


def _reference(word: Typed, number: str, chance: Chance) -> Typed:
    rates = chance.rates
    if chance.happens(rates.reference_lost):
        chance.record("reference lost", say([word]), say([word]).replace(number, "", 1))
        return ()
    if number.isdigit() and chance.happens(rates.reference_garbled):
        wrong = number[:-1] + _DIGIT_CONFUSED[number[-1]]
        chance.record("reference garbled", number, wrong)
        number = wrong
    form = chance.random.random()
    if form < rates.reference_plain:
        text = number
    elif form < rates.reference_plain + rates.reference_spaced:
        text = f" {number}"
    elif form < rates.reference_plain + rates.reference_spaced + rates.reference_latex:
        text = chance.random.choice((f"$^{{{number}}}$", f"$^{{\\rm {number}}}$", f"${{}}^{{\\tt {number}}}$"))
    else:
        return tuple(Glyph(char) for char in number.translate(_SUPERSCRIPT))
    chance.record("reference form", number, text)
    return tuple(Glyph(char) for char in text)


def _spaced(words: Sequence[Typed]) -> list[Glyph]:
    """The glyphs of all words with spaces between; a space between underlined words is underlined."""
    glyphs: list[Glyph] = []
    for word in words:
        if glyphs and word:
            glyphs.append(Glyph(" ", glyphs[-1].underlined and word[0].underlined))
        glyphs.extend(word)
    return glyphs


def _underlined(text: str, chance: Chance, note: bool) -> str:
    rates = chance.rates
    whole = f"<u>{text}</u>"
    if chance.happens(rates.underline_lost):
        return _recorded("underline lost", whole, text, chance)
    if not note and text.isalpha() and chance.happens(rates.underline_latex):
        return _recorded("underline in LaTeX", whole, f"$\\underline{{\\text{{{text}}}}}$", chance)
    if " " in text and chance.happens(rates.underline_split):
        at = chance.random.choice([match.start() for match in re.finditer(" ", text)])
        return _recorded("underline split", whole, f"<u>{text[:at]}</u> <u>{text[at + 1 :]}</u>", chance)
    if " " in text and chance.happens(rates.underline_short):
        start, _, last = text.rpartition(" ")
        return _recorded("underline cut short", whole, f"<u>{start}</u> {last}", chance)
    return whole


def _recorded(kind: str, before: str, after: str, chance: Chance) -> str:
    chance.record(kind, before, after)
    return after
