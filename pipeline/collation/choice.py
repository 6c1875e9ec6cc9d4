"""Which reading stands in the text, and how probable it is.

Where witnesses read differently, each reading is taken in turn as what was typed, and the others as what a witness
made of it: a noisy channel (Kernighan, Church and Gale, "A spelling correction program based on a noisy channel
model", COLING 1990; for recognised text Kolak and Resnik, "OCR error correction using a noisy channel model", HLT
2002). The probability of a reading is

    prior(reading) * product over witnesses of channel_w(what w reads | reading)

The prior comes from frequency lists and from the words on which the witnesses of this document agree. A channel is
learned from this document alone, by expectation maximisation: how often a witness errs, and which letters it then
puts for which. A witness that gives a confidence for a word (the recogniser) errs there the more, the lower it is.
Letters and the punctuation around them are judged apart, each from a witness; nothing is ever written that stands in
no witness.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

PRIOR_WEIGHT = 0.6
"""Below 1, so that the witnesses outweigh what is usual: an author's slip that the scan shows stays."""
ROUNDS = 3
_PARTS = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)

Operation = tuple[str, str, str]
Prior = Callable[[str], float]
"""Probability of a reading before anybody has looked, 0..1."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one witness reads at a place, with its confidence (0..1) in it."""

    siglum: str
    text: str
    confidence: float = 1.0


@dataclass(slots=True)
class Channel:
    """How a witness errs: its error rate by word, and how often it made which edit (tag, typed, read)."""

    error: float = 0.02
    edits: Mapping[Operation, float] = field(default_factory=dict)
    total: float = 0.0

    def log_probability(self, read: str, typed: str, confidence: float) -> float:
        """Logarithm of the probability that the witness reads `read` where `typed` stands."""
        error = min(0.5, max(1e-4, self.error * math.exp(4 * (0.9 - confidence))))
        if read == typed:
            return math.log(1 - error)
        return math.log(error) + sum(math.log(self._rate(op)) for op in operations(typed, read))

    def _rate(self, operation: Operation) -> float:
        return (self.edits.get(operation, 0.0) + 0.02) / (self.total + 2.0)


def operations(typed: str, read: str) -> list[Operation]:
    """The single-letter edits that make `read` of `typed`."""
    return [
        (
            edit.tag,
            typed[edit.src_pos] if edit.tag != "insert" else "",
            read[edit.dest_pos] if edit.tag != "delete" else "",
        )
        for edit in Levenshtein.editops(typed, read)
    ]


def parts(text: str) -> tuple[str, str, str]:
    """Punctuation before, the word, punctuation after."""
    match = _PARTS.match(text)
    assert match is not None  # every part of the pattern may be empty
    return match[1], match[2], match[3]


def channels(places: Sequence[Sequence[Evidence]], prior: Prior) -> dict[str, Channel]:
    """Learn every witness's channel from the places where two or more witnesses read something.

    Starts from equal channels and alternates between judging the readings and counting what each witness did.
    """
    sigla = sorted({evidence.siglum for place in places for evidence in place})
    learned = {siglum: Channel() for siglum in sigla}
    shared = Counter(evidence.siglum for place in places if len(place) > 1 for evidence in place)
    disputed = [place for place in places if len({parts(e.text)[1] for e in place}) > 1]
    for _ in range(ROUNDS):
        errors: dict[str, float] = defaultdict(float)
        edits: dict[str, dict[Operation, float]] = {siglum: defaultdict(float) for siglum in sigla}
        for place in disputed:
            cores = [Evidence(e.siglum, parts(e.text)[1], e.confidence) for e in place]
            for typed, probability in posterior(cores, learned, prior).items():
                for evidence in cores:
                    if evidence.text == typed:
                        continue
                    errors[evidence.siglum] += probability
                    for operation in operations(typed, evidence.text):
                        edits[evidence.siglum][operation] += probability
        learned = {s: Channel((errors[s] + 0.5) / (shared[s] + 25), edits[s], sum(edits[s].values())) for s in sigla}
    return learned


def posterior(readings: Sequence[Evidence], learned: Mapping[str, Channel], prior: Prior) -> dict[str, float]:
    """Probability of each different reading, adding up to 1."""
    scores: dict[str, float] = {}
    for typed in dict.fromkeys(evidence.text for evidence in readings):
        scores[typed] = PRIOR_WEIGHT * math.log(prior(typed)) + sum(
            learned[e.siglum].log_probability(e.text, typed, e.confidence) for e in readings
        )
    highest = max(scores.values())
    weights = {typed: math.exp(score - highest) for typed, score in scores.items()}
    total = sum(weights.values())
    return {typed: weight / total for typed, weight in weights.items()}


def choose(
    readings: Sequence[Evidence], learned: Mapping[str, Channel], before: Prior, word: Prior, after: Prior
) -> tuple[str, str, float]:
    """The chosen text, the witness of its letters, and its probability.

    before, word, after: priors of the punctuation before a word, of the word, and of the punctuation after it.
    """
    split = [(e, parts(e.text)) for e in readings]
    chosen, probability = [], 1.0
    for index, prior in enumerate((before, word, after)):
        table = posterior([Evidence(e.siglum, p[index], e.confidence) for e, p in split], learned, prior)
        best = max(table, key=lambda text: table[text])
        chosen.append(best)
        probability *= table[best]
    witness = next(e.siglum for e, p in split if p[1] == chosen[1])
    return "".join(chosen), witness, probability
