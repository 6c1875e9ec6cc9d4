"""How often each kind of damage happens, and the record of what happened."""

import random
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares in 0..1 of the places where a damage can happen, and numbers of it in the whole text (loops, inventions).

    The defaults are those of a book-length typescript read by a document layout model, with what is rare there
    raised so that a short sample shows it.
    """

    # Order: of the full lines of justified text.
    half_line_swapped: float = 0.012
    line_scrambled: float = 0.005
    line_end_dropped: float = 0.018
    # Runs: of the paragraphs; words doubled: of the words.
    run_doubled: float = 0.015
    word_doubled: float = 0.0005
    loops: int = 1
    inventions: int = 1
    # Pages that gain a block of garbage.
    garbage: float = 0.08
    # References in the running text: lost, or of those left, not superscript digits.
    reference_lost: float = 0.44
    reference_plain: float = 0.5
    reference_spaced: float = 0.16
    reference_latex: float = 0.03
    reference_garbled: float = 0.02
    # Labels of notes: lost (and of those, with the first line), or else in another form.
    label_lost: float = 0.2
    first_line_lost: float = 0.2
    first_letter_lost: float = 0.05
    label_fused: float = 0.2
    label_as_quote: float = 0.02
    label_latex: float = 0.03
    label_spaced: float = 0.28
    continuation_lost: float = 0.75
    # Underlined stretches.
    underline_lost: float = 0.3
    underline_split: float = 0.06
    underline_short: float = 0.03
    underline_latex: float = 0.03
    # Letters: of the words that can suffer.
    g_as_q: float = 0.006
    homoglyph: float = 0.03
    digit_as_letter: float = 0.01
    letter_as_digit: float = 0.0004
    letters_confused: float = 0.003
    words_joined: float = 0.001
    word_split: float = 0.001
    hyphen_lost: float = 0.03
    hyphen_lost_at_line_end: float = 0.3
    dash_damaged: float = 0.2
    punctuation: float = 0.004
    quote_spaced: float = 0.015
    quote_lost: float = 0.015
    opening_quote_lost: float = 0.13
    cyrillic_garbled: float = 0.4
    # Lists, verse and contents.
    bullets: float = 0.8
    line_end_kept: float = 0.06
    verse_run_together: float = 0.15
    contents_number_lost: float = 0.08
    contents_number_wrong: float = 0.06
    contents_leader_left: float = 0.12
    contents_split: float = 0.05

    @classmethod
    def none(cls) -> "Rates":
        """No damage at all."""
        return cls(**{each.name: 0 for each in fields(cls)})


@dataclass(frozen=True, slots=True)
class Event:
    """One damage: on which page (its typed number), of which kind, and what it made of what."""

    page: str
    kind: str
    before: str
    after: str


class Chance:
    """Decides what happens, from a seed, and keeps the record."""

    def __init__(self, seed: int, rates: Rates) -> None:
        self.rates = rates
        self.random = random.Random(seed)
        self.events: list[Event] = []
        self.page = ""

    def happens(self, rate: float) -> bool:
        return self.random.random() < rate

    def record(self, kind: str, before: str, after: str) -> None:
        self.events.append(Event(self.page, kind, before, after))
