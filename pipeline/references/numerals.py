"""Numbers in figures, in Roman numerals and in words of English, French, Spanish, German and Russian, made equal."""

import re
from collections.abc import Sequence

_WORDS = (
    "", "one un uno eins первая первой first", "two deux dos zwei вторая второй second",
    "three trois tres drei третья третьей third", "four quatre cuatro vier fourth", "five cinq cinco fünf fifth",
    "six seis sechs sixth", "seven sept siete sieben seventh", "eight huit ocho acht eighth",
    "nine neuf nueve neun ninth",
    "ten dix diez zehn tenth", "eleven onze once elf eleventh", "twelve douze doce zwölf twelfth",
    "thirteen treize trece dreizehn", "fourteen quatorze catorce vierzehn", "fifteen quinze quince fünfzehn",
    "sixteen seize dieciséis sechzehn", "seventeen diecisiete siebzehn", "eighteen dieciocho achtzehn",
    "nineteen diecinueve neunzehn",
)  # fmt: skip
_TENS = (
    "twenty vingt veinte zwanzig", "thirty trente treinta dreißig", "forty quarante cuarenta vierzig",
    "fifty cinquante cincuenta fünfzig", "sixty soixante sesenta sechzig", "seventy setenta siebzig",
    "eighty ochenta achtzig", "ninety noventa neunzig",
)  # fmt: skip
_VALUES = {word: at for at, words in enumerate(_WORDS) for word in words.split()}
_TENFOLD = {word: 10 * at for at, words in enumerate(_TENS, 2) for word in words.split()}
_SMALL = frozenset(("un", "one", "uno", "once", "first", "second"))  # most often no number in a title


def number(printed: str) -> str:
    """A number of a division in figures, however it is printed; empty where it is none."""
    plain = printed.casefold().strip(".")
    if re.fullmatch(r"[\d.]+", plain):
        return plain
    if re.fullmatch(r"[ivx]+", plain):
        values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in plain]
        return str(sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True)))
    value = _VALUES.get(plain, 0) or _TENFOLD.get(plain, 0)
    return str(value) if value else ""


def in_figures(words: Sequence[str]) -> tuple[str, ...]:
    """The folded words of a title, numbers from two to ninety-nine in figures: Twenty Five Years is 25 Years."""
    result: list[str] = []
    tens = 0
    for word in words:
        value = 0 if word in _SMALL and not tens else _VALUES.get(word, 0)
        if tens and 0 < value < 10:
            result[-1], tens = str(tens + value), 0
            continue
        tens = _TENFOLD.get(word, 0)
        result.append(str(tens or value) if tens or value else word)
    return tuple(result)
