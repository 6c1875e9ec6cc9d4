"""Printed numbers as counts: arabic, roman, or words."""

import re

_WORDS = tuple(
    words.split()
    for words in (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty",
        "premier deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
        "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince",
        "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
        "первая вторая третья четвертая пятая шестая седьмая восьмая девятая десятая",
    )
)
_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_SIGNS = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def value(number: str) -> int | str:
    """A printed number as a count: arabic, roman, or a word from one to twenty; itself where it is none of them."""
    text = number.casefold().strip(".:")
    if text.isdecimal():
        return int(text)
    for words in _WORDS:
        if text in words:
            return words.index(text) + 1
    if re.fullmatch("[ivx]+", text):
        return from_roman(text)
    return text


def from_roman(number: str) -> int:
    """A small roman number as a count."""
    digits = [_DIGITS[char] for char in number]
    return sum(-one if one < other else one for one, other in zip(digits, [*digits[1:], 0], strict=True))


def roman(number: int) -> str:
    """A count as a small roman number."""
    text = ""
    left = number
    for size, sign in _SIGNS:
        times, left = divmod(left, size)
        text += sign * times
    return text
