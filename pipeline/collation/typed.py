"""Readings that the way of typing decides, without any weighing of probabilities.

A raised digit is no letter; the number of a list's item is no note's; an accent stands where the image shows it; the
space before a sign is a matter of the language.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.collation.choice import Evidence
from pipeline.collation.lexicon import fold
from pipeline.model import TokenKind

_BEFORE_SIGN = re.compile(r" (?=[;:?!»”\"%)\]])")


class Seen(NamedTuple):
    """What a witness has at a place: its text, the kinds of its tokens, and for a scan what further looks saw."""

    siglum: str
    text: str
    kinds: tuple[TokenKind, ...]
    scan: bool
    looks: Sequence[str] = ()


class Fact(NamedTuple):
    """The reading that stands, whose it is, its probability (0..1), and why."""

    text: str
    siglum: str
    probability: float
    reason: str


def by_type(seen: Sequence[Seen]) -> Fact | None:
    """What raised numbers and accents decide; None where they decide nothing."""
    return _by_number(seen) or _by_accent(seen)


def by_space(evidence: Sequence[Evidence], spaced: bool) -> Fact | None:
    """Readings that differ in nothing but the space before a sign, which recognisers lose and add.

    spaced: the document's language sets one before two-part signs; all languages that use them do inside guillemets.
    """
    if len({_BEFORE_SIGN.sub("", e.text) for e in evidence}) > 1:
        return None
    by_spaces = sorted(evidence, key=lambda e: e.text.count(" "))
    chosen = by_spaces[-1] if spaced or "»" in evidence[0].text else by_spaces[0]
    return Fact(chosen.text, chosen.siglum, 0.9, "a space before a sign, as the language sets it")


def _by_number(seen: Sequence[Seen]) -> Fact | None:
    raised = [each for each in seen if len(each.kinds) == 1 and each.kinds[0] != "word" and each.text.isdigit()]
    plain = any(each.scan and each not in raised and each.text.rstrip(".)").isdigit() for each in seen)
    if plain and all(each.kinds[0] == "label" for each in raised):
        return None  # a number at a line's start: only the image tells whether a note begins there
    digits = {"".join(c for c in each.text if c.isdigit()) for each in seen if each not in raised}
    if raised and digits <= {"", raised[0].text}:
        return Fact(raised[0].text, raised[0].siglum, 0.9, "a raised number is no letter")
    return None


def _by_accent(seen: Sequence[Seen]) -> Fact | None:
    image = next((each for each in seen if each.scan), None)
    texts = [each.text for each in seen]
    if image is None or len({fold(text) for text in texts}) > 1 or len({text.lower() for text in texts}) == 1:
        return None
    again = next((each for each in seen if each is not image and each.text in image.looks), None)
    if again:
        return Fact(again.text, again.siglum, 0.8, "accents as a second look has them")
    return Fact(image.text, image.siglum, 0.8, "accents as the scan has them")
