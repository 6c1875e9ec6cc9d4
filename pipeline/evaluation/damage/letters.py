"""Letters read wrongly: confusions of shape, homoglyphs, joined and split words, damaged punctuation.

Raised note numbers in a word are never touched here; `marks` has its own ways with them.
"""

import re
from collections.abc import Callable

from pipeline.evaluation.damage.order import Words, say
from pipeline.evaluation.damage.rates import Chance
from pipeline.evaluation.typescript.flow import Glyph
from pipeline.evaluation.typescript.setting import Typed

_CONFUSED = (
    *(("rn", "m"), ("m", "rn"), ("li", "h"), ("cl", "d"), ("l", "i"), ("e", "c"), ("h", "b"), ("n", "u")),
    *(("u", "n"), ("f", "t"), ("t", "l"), ("c", "e"), ("ii", "u"), ("vv", "w"), ("S", "B"), ("Q", "O")),
)
_DIGITS = {"0": "O", "1": "l", "5": "S", "8": "B", "6": "b", "9": "g"}
_LETTERS = {"o": "0", "O": "0", "l": "1", "I": "1", "S": "5", "s": "5", "B": "8"}
_CYRILLIC = re.compile("[Ѐ-ӿ]")
_CYRILLIC_CONFUSED = dict(zip("лпийнцщшжвзеотмюя", "плнйиишщхняосгщоа", strict=True))
_LOOK_LATIN = dict(
    zip("абвгдезиклмнопрстухчьяАВГЕКМНОРСТХИЛДПУЧЬЯ", "a6BrAe3NKaMHoTPCTyxYbRABTEKMHOPCTXNAANYYbR", strict=True)
)


def misread(words: Words, chance: Chance) -> Words:
    """The words of a block as a recogniser might have read them."""
    read: Words = []
    for word in words:
        text = say([word])
        if _CYRILLIC.search(text):
            read.append(_garbled(word, chance))
            continue
        changed = word
        for change in (_letter, _digit, _dash, _punctuation, _quote):
            changed = change(changed, chance)
        read.extend(_split(changed, chance))
    return _joined([word for word in read if word], chance)


def _garbled(word: Typed, chance: Chance) -> Typed:
    """A Cyrillic word: some letters for others of like shape, or all for Latin ones."""
    if not chance.happens(chance.rates.cyrillic_garbled):
        return word
    if chance.happens(0.3):
        changed = _map(word, lambda char: _LOOK_LATIN.get(char, char).upper())
    else:
        changed = _map(word, lambda char: _CYRILLIC_CONFUSED.get(char, char) if chance.happens(0.45) else char)
    return _recorded("cyrillic garbled", word, changed, chance)


def _letter(word: Typed, chance: Chance) -> Typed:
    rates, text = chance.rates, say([word])
    if text == "a" and chance.happens(rates.homoglyph):
        return _recorded("homoglyph", word, _map(word, lambda _: "а"), chance)
    if "g" in text[1:] and chance.happens(rates.g_as_q):
        return _recorded("g as q", word, _replaced(word, text.rindex("g"), 1, "q"), chance)
    if len(text) > 4 and text.isalpha() and chance.happens(rates.letters_confused):
        return _recorded("letters confused", word, _confused(word, chance), chance)
    return word


def _confused(word: Typed, chance: Chance) -> Typed:
    """One letter or pair for another, or the first letter gone."""
    text = say([word])
    possible = [(match.start(), old, new) for old, new in _CONFUSED for match in re.finditer(old, text)]
    if not possible or chance.happens(0.1):
        return word[1:]
    at, old, new = chance.random.choice(possible)
    return _replaced(word, at, len(old), new)


def _digit(word: Typed, chance: Chance) -> Typed:
    rates = chance.rates
    digits = [at for at, glyph in enumerate(word) if not glyph.raised and glyph.char in _DIGITS]
    if digits and chance.happens(rates.digit_as_letter):
        at = chance.random.choice(digits)
        return _recorded("digit as letter", word, _replaced(word, at, 1, _DIGITS[word[at].char]), chance)
    letters = [at for at, glyph in enumerate(word) if not glyph.raised and glyph.char in _LETTERS]
    if letters and len(word) > 3 and chance.happens(rates.letter_as_digit):
        at = chance.random.choice(letters)
        return _recorded("letter as digit", word, _replaced(word, at, 1, _LETTERS[word[at].char]), chance)
    return word


def _dash(word: Typed, chance: Chance) -> Typed:
    text = say([word])
    if "--" in text and chance.happens(chance.rates.dash_damaged):
        return _recorded(
            "dash damaged", word, _replaced(word, text.index("--"), 2, chance.random.choice("—-–")), chance
        )
    at = _inner_hyphen(text)
    if at and chance.happens(chance.rates.hyphen_lost):
        return _recorded("hyphen lost", word, _replaced(word, at, 1, ""), chance)
    return word


def _inner_hyphen(text: str) -> int:
    match = re.search(r"(?<=[a-z])-(?=[a-z])", text)
    return match.start() if match else 0


def _punctuation(word: Typed, chance: Chance) -> Typed:
    text = say([word])
    match = re.search(r"\.\.\.|[.,;:]", text)
    if match is None or not chance.happens(chance.rates.punctuation):
        return word
    forms = {"...": ("..", "...."), ".": (",", "", ",."), ",": (".", ",,", ""), ";": (",", ":"), ":": (";", ".")}
    new = chance.random.choice(forms[match.group()])
    return _recorded("punctuation", word, _replaced(word, match.start(), len(match.group()), new), chance)


def _quote(word: Typed, chance: Chance) -> Typed:
    """A closing quotation mark set off from its word, or lost."""
    text = say([word])
    match = re.search(r"(?<=[\w.,!?])\"", text)
    if match is None:
        return word
    if chance.happens(chance.rates.quote_spaced):
        return _recorded("quote spaced", word, _replaced(word, match.start(), 1, ' "'), chance)
    if chance.happens(chance.rates.quote_lost):
        return _recorded("quote lost", word, _replaced(word, match.start(), 1, ""), chance)
    return word


def _split(word: Typed, chance: Chance) -> list[Typed]:
    text = say([word])
    if len(text) < 7 or not text.isalpha() or not chance.happens(chance.rates.word_split):
        return [word]
    at = chance.random.randint(3, len(word) - 3)
    chance.record("word split", text, f"{text[:at]} {text[at:]}")
    return [word[:at], word[at:]]


def _joined(words: Words, chance: Chance) -> Words:
    """Words that lost the space between them."""
    joined: Words = []
    for word in words:
        both = joined[-1][-1].char.isalpha() and word[0].char.isalpha() if joined else False
        if both and chance.happens(chance.rates.words_joined):
            before = joined.pop()
            chance.record("words joined", say([before, word]), say([before]) + say([word]))
            joined.append((*before, *word))
        else:
            joined.append(word)
    return joined


def _replaced(word: Typed, at: int, length: int, new: str) -> Typed:
    """The word with `length` glyphs from `at` on replaced; the new ones are underlined like the old."""
    line = word[at].underlined
    return (*word[:at], *(Glyph(char, line) for char in new), *word[at + length :])


def _map(word: Typed, change: Callable[[str], str]) -> Typed:
    return tuple(
        glyph if glyph.raised else Glyph(char, glyph.underlined) for glyph in word for char in change(glyph.char)
    )


def _recorded(kind: str, before: Typed, after: Typed, chance: Chance) -> Typed:
    if before != after:
        chance.record(kind, say([before]), say([after]))
    return after
