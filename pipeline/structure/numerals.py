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
_DIGITS = {"i": 1, "v": 5, "x": 10}


def value(number: str) -> int | str:
    """A printed number as a count: arabic, roman, or a word from one to twenty; itself where it is none of them."""
    text = number.casefold().strip(".:")
    if text.isdecimal():
        return int(text)
    for words in _WORDS:
        if text in words:
            return words.index(text) + 1
    if re.fullmatch("[ivx]+", text):
        digits = [_DIGITS[char] for char in text]
        return sum(-one if one < other else one for one, other in zip(digits, [*digits[1:], 0], strict=True))
    return text
