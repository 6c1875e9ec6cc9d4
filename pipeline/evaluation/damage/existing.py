"""The existing text: a gold file's pages, damaged and written one block a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pipeline.evaluation.damage.letters import misread
from pipeline.evaluation.damage.marks import continued, label, refer, write
from pipeline.evaluation.damage.order import Words, disorder, join, loop, plain, repeat, say
from pipeline.evaluation.damage.rates import Chance, Event, Rates
from pipeline.evaluation.typescript.flow import Block, FlowPage, Kind, pages
from pipeline.evaluation.typescript.look import Look
from pipeline.evaluation.typescript.setting import Typed, TypedLine, lines

_LINED: set[Kind] = {"item", "bibl", "contents", "verse"}
_GARBAGE = ("í", "*", ". -", "ii,", "•", "_ ;", "A. l.")
_INVENTED = "The {0} of the {1} and the {2} of the {3} of the {0} of the"
_WRONG_DIGIT = {"1": "7", "2": "3", "3": "2", "4": "1", "5": "6", "6": "5", "7": "1", "8": "3", "9": "0", "0": "9"}


@dataclass(frozen=True, slots=True)
class Damaged:
    """The text, and everything that was done to it, in order."""

    text: str
    events: tuple[Event, ...]


def damage(gold: Path, seed: int, rates: Rates | None = None, columns: int = Look().columns) -> Damaged:
    """What an earlier automatic reading might have left of the pages of a gold TEI file.

    Same file, seed and rates: same text. columns: characters a typed line has, since much damage follows the lines.
    Raises BadInput where the gold cannot be read.
    """
    chance = Chance(seed, rates or Rates())
    flow = pages(gold)
    looped, invented = _special(flow, chance)
    blocks: list[str] = []
    for number, page in enumerate(flow):
        chance.page = page.label
        body = [_text(block, columns, chance, (number, at) in looped) for at, block in enumerate(page.blocks)]
        blocks.extend(_assembled(page.blocks, body, chance))
        if number in invented:
            blocks.append(_invention(flow, chance))
        blocks.extend(filter(None, (_text(note, columns, chance) for note in page.notes)))
        if chance.happens(chance.rates.garbage):
            blocks.append(chance.random.choice(_GARBAGE))
            chance.record("garbage", "", blocks[-1])
    return Damaged("\n\n".join(blocks) + "\n", tuple(chance.events))


def _special(flow: Sequence[FlowPage], chance: Chance) -> tuple[set[tuple[int, int]], set[int]]:
    """The paragraphs (page, block) in which the reader looped, and the pages where it invented a line."""
    long = [
        (number, at)
        for number, page in enumerate(flow)
        for at, block in enumerate(page.blocks)
        if block.kind == "p" and len(block.text) > 200
    ]
    with_text = sorted({number for number, _ in long})
    looped = chance.random.sample(long, min(chance.rates.loops, len(long)))
    return set(looped), set(chance.random.sample(with_text, min(chance.rates.inventions, len(with_text))))


def _invention(flow: Sequence[FlowPage], chance: Chance) -> str:
    """A line that stands nowhere, made of the text's own words, as language models make them."""
    words = {word for page in flow for block in page.blocks for word in block.text.split()}
    known = sorted(word for word in words if word.isalpha() and word.isascii() and word.islower() and len(word) > 5)
    line = _INVENTED.format(*(chance.random.choice(known or ["letter"]) for _ in range(4)))
    chance.record("invented", "", line)
    return line


def _assembled(blocks: Sequence[Block], texts: Sequence[str], chance: Chance) -> list[str]:
    """Entries of one list and lines of one stanza stand in one block of several lines."""
    assembled = []
    pairs = [(block, text) for block, text in zip(blocks, texts, strict=True) if text]
    keys = [(block.kind, block.group) if block.kind in _LINED else ("", at) for at, (block, _) in enumerate(pairs)]
    for (kind, _), run in groupby(range(len(pairs)), key=keys.__getitem__):
        members = [pairs[at][1] for at in run]
        assembled.append(_stanza(members, chance) if kind == "verse" else "\n".join(members))
    return assembled


def _stanza(verses: Sequence[str], chance: Chance) -> str:
    text = verses[0]
    for verse in verses[1:]:
        together = chance.happens(chance.rates.verse_run_together)
        if together:
            chance.record("verse run together", verse, verse)
        text += (" " if together else "\n") + verse
    return text


def _text(block: Block, columns: int, chance: Chance, looped: bool = False) -> str:
    """One block as text; empty where nothing of it is left."""
    if block.kind == "contents":
        return _entry(block, chance)
    if block.kind == "note":
        return _note(block, columns, chance)
    words = _words(lines(block, columns), block, chance)
    if block.kind == "p":
        words = repeat(words, chance)
    if looped:
        words = loop(words, chance)
    if block.kind == "quote" and not block.continues:
        words = _without_opening_quote(words, chance)
    text = write(refer(misread(words, chance), chance), chance)
    if block.kind in {"item", "bibl"} and not block.continues and chance.happens(chance.rates.bullets):
        return f"- {text}"
    return text


def _words(typed: Sequence[TypedLine], block: Block, chance: Chance) -> Words:
    """The words of a block's lines, after what happens to lines."""
    follows_half = [False, *(line.divided for line in typed)]
    kept: list[Words] = []
    for line, follows in zip(typed, follows_half, strict=False):
        whole = not line.full or line.divided or follows
        kept.append(list(line.words) if whole else disorder(line, chance))
    if block.kind in {"bibl", "note"}:
        kept = [_ended(words, at + 1 < len(kept), chance) for at, words in enumerate(kept)]
    return join(kept, [line.divided for line in typed], chance)


def _ended(words: Words, inner: bool, chance: Chance) -> Words:
    """A line's words, with the line's end kept as one where it was taken for the end of an entry."""
    if not inner or not words or not chance.happens(chance.rates.line_end_kept):
        return words
    chance.record("line end kept", say(words), f"{say(words)}\n")
    return [*words[:-1], (*words[-1], *plain("\n"))]


def _without_opening_quote(words: Words, chance: Chance) -> Words:
    if words and words[0][0].char in "\"'" and chance.happens(chance.rates.opening_quote_lost):
        chance.record("opening quote lost", say(words[:2]), say([words[0][1:], *words[1:2]]))
        return [word for word in (words[0][1:], *words[1:]) if word]
    return words


def _note(block: Block, columns: int, chance: Chance) -> str:
    """A note with its label, or what is left of it."""
    typed = lines(block, columns)
    if block.continues:
        text = _note_text(typed[1:], block, chance)
        return continued(block.number, text, chance)
    lost = chance.happens(chance.rates.label_lost)
    if lost and len(typed) > 1 and chance.happens(chance.rates.first_line_lost):
        chance.record("first line lost", typed[0].text, "")
        return _note_text(typed[1:], block, chance)
    text = _note_text(typed, block, chance)
    if not lost:
        return label(block.number, text, chance)
    chance.record("label lost", f"{block.number} {text}", text)
    if text[:1].isalpha() and chance.happens(chance.rates.first_letter_lost):
        chance.record("letters confused", text, text[1:])
        return text[1:]
    return text


def _note_text(typed: Sequence[TypedLine], block: Block, chance: Chance) -> str:
    words = [_bare(word) for word in _words(typed, block, chance)]
    return write(misread([word for word in words if word], chance), chance, note=True).replace("\n ", "\n")


def _bare(word: Typed) -> Typed:
    """A note's first word without the raised number."""
    return tuple(glyph for glyph in word if not glyph.raised)


def _entry(block: Block, chance: Chance) -> str:
    """An entry of the table of contents: its text, a tab, its page number."""
    rates, title, target = chance.rates, " ".join(block.text.split()), block.target
    whole = f"{title}\t{target}"
    if chance.happens(rates.contents_number_lost):
        entry = title
    elif target and chance.happens(rates.contents_number_wrong):
        entry = f"{title}\t{_WRONG_DIGIT.get(target[0], 'I')}{target[1:]}"
    elif chance.happens(rates.contents_leader_left):
        entry = f"{title}\t. {target}"
    elif len(title) > 8 and chance.happens(rates.contents_split):
        at = chance.random.randint(2, 6)
        entry = f"{title[:at]}\t{title[at:]}\t{target}"
    else:
        return whole
    chance.record("contents damaged", whole, entry)
    return entry
