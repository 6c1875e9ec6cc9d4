"""Witnesses made of a known text: a scan with boxes and confidences, an existing text, and what may befall them."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import wordfreq
from lxml import etree
from rapidfuzz.distance import Levenshtein

from pipeline.model import Block, Box, Column, Token, Witness

GOLD = Path(__file__).parents[2] / "scans" / "harbour-letters" / "gold.xml"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LOOK_ALIKE = {
    "e": "c",
    "c": "e",
    "n": "u",
    "u": "n",
    "l": "1",
    "o": "0",
    "i": "l",
    "h": "b",
    "g": "q",
    "t": "f",
    "a": "o",
}
COLUMNS, LINES = 62, 28
"""Characters of a line and lines of a page."""
CHARACTER, PITCH = 20, 60
"""Width of a character and distance of lines, in pixels."""

Witnesses = tuple[Witness, Witness]


def truth() -> list[str]:
    """The words of the sample's gold file."""
    root = etree.parse(GOLD, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    return " ".join(str(text) for text in root.itertext()).split()


def foreign(size: int, seed: int = 5) -> list[str]:
    """Words in no order, of no document."""
    usual = wordfreq.top_n_list("en", 3000)[100:]
    return random.Random(seed).choices(usual, k=size)


def witness(siglum: str, tokens: Sequence[Token]) -> Witness:
    """A witness of one block."""
    return Witness(
        siglum, "scan" if siglum == "scan" else "text", "", (Block("body", tuple(tokens)),) if tokens else ()
    )


def scan(words: Sequence[str], error: float = 0.01, seed: int = 1) -> Witness:
    """Words set on pages and recognised: look-alikes, a lower confidence where one errs, and some doubt elsewhere."""
    rng = random.Random(seed)
    tokens = []
    line = page = column = 0
    for word in words:
        if column and column + len(word) > COLUMNS:
            line, column = line + 1, 0
        if line == LINES:
            page, line = page + 1, 0
        left, top = 200 + column * CHARACTER, 200 + line * PITCH
        box = Box(left, top, left + len(word) * CHARACTER, top + PITCH // 2)
        read = "".join(LOOK_ALIKE.get(c, rng.choice(LETTERS)) if rng.random() < error else c for c in word)
        sure = rng.betavariate(40, 3) if read == word and rng.random() < 0.95 else rng.betavariate(4, 3)
        name = f"p{page + 1:04d}"
        tokens.append(Token(read, line=f"{name}.l{line + 1}", page=name, confidence=round(sure, 2), box=box))
        column += len(word) + 1
    return witness("scan", tokens)


def struck(words: Sequence[str], rate: float, seed: int = 2) -> list[str]:
    """Words with a share of their characters changed, dropped, doubled, or (blanks too) gone."""
    rng = random.Random(seed)
    made = []
    for character in " ".join(words):
        if rng.random() >= rate:
            made.append(character)
        else:
            made.append(rng.choice(("", rng.choice(LETTERS), rng.choice(LETTERS), character + rng.choice(LETTERS))))
    return "".join(made).split()


def existing(words: Sequence[str]) -> Witness:
    """A text without pages."""
    return witness("existing", [Token(word) for word in words])


def noise_for_page(scanned: Witness, page: str, seed: int = 3) -> Witness:
    """The same scan with one page recognised as nonsense of low confidence."""
    rng = random.Random(seed)
    return witness(
        "scan",
        [
            replace(
                token,
                text="".join(rng.choices(LETTERS + "|_~'", k=rng.randint(1, 9))),
                confidence=round(rng.betavariate(2, 5), 2),
            )
            if token.page == page
            else token
            for token in scanned.tokens()
        ],
    )


def swapped(words: Sequence[str], one: tuple[int, int], other: tuple[int, int]) -> list[str]:
    """Words with two stretches in each other's place."""
    (a, b), (c, d) = one, other
    return [*words[:a], *words[c:d], *words[b:c], *words[a:b], *words[d:]]


def page_range(scanned: Witness, page: str) -> tuple[int, int]:
    """The tokens of a page, as a range."""
    own = [index for index, token in enumerate(scanned.tokens()) if token.page == page]
    return own[0], own[-1] + 1


def damaged(words: Sequence[str], scanned: Witness, text: Sequence[str]) -> dict[str, Callable[[], Witnesses]]:
    """What may befall two witnesses of `words`, by name. text: the existing text while nothing has befallen it."""
    pages = sorted({str(token.page) for token in scanned.tokens()})
    place = len(pages) // 3
    one, other = page_range(scanned, pages[place]), page_range(scanned, pages[2 * place])
    middle = (one[0] + one[1]) // 2
    size = len(text)
    return {
        **{f"noise of {rate} %": partial(_noisy, scanned, text, rate / 100) for rate in (5, 10, 20, 30)},
        "a third missing": lambda: (scanned, existing([*text[: size // 3], *text[2 * size // 3 :]])),
        "foreign passage": lambda: (scanned, existing([*text[:middle], *foreign(6000), *text[middle:]])),
        "two pages swapped": lambda: (scanned, existing(swapped(text, one, other))),
        "a page of noise": lambda: (noise_for_page(scanned, pages[place]), existing(text)),
    }


def _noisy(scanned: Witness, text: Sequence[str], rate: float) -> Witnesses:
    return scanned, existing(struck(text, rate))


def text_of(columns: Sequence[Column]) -> str:
    """The text chosen."""
    return " ".join(column.text for column in columns if column.text)


def error(words: Sequence[str], read: str) -> float:
    """Character error rate of a text against the words that it should have, 0..1."""
    right = " ".join(words)
    return Levenshtein.distance(right, read) / len(right)


def plain(source: Witness) -> str:
    """A witness as text."""
    return " ".join(token.text for token in source.tokens())
