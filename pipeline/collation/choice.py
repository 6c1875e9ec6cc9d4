"""Which reading stands in the text, and how probable it is.

Where witnesses read differently, each reading is taken in turn as what was typed, and the others as what a witness
made of it: a noisy channel (Kernighan, Church and Gale, "A spelling correction program based on a noisy channel
model", COLING 1990; for recognised text Kolak and Resnik, "OCR error correction using a noisy channel model", HLT
2002). The probability of a reading is

    prior(reading) * product over witnesses of channel_w(what w reads | reading)

The prior comes from frequency lists and from the words on which the witnesses of this document agree. A channel is
learned from this document alone, by expectation maximisation: how often a witness errs, by how sure it was (a
recogniser gives every word a confidence), and which letters it then puts for which. Beside the readings stands the
chance that none of them is right, so that two guesses at a garbled word do not share a certainty that neither has.
Letters and the punctuation around them are judged apart, each from a witness; nothing is ever written that stands in
no witness.
"""

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz.distance import Levenshtein

PRIOR_WEIGHT = 0.6
"""Below 1, so that the witnesses outweigh what is usual: an author's slip that the scan shows stays."""
ROUNDS = 4
STEPS = (0.05, 0.1, 0.2, 0.4, 0.6)
"""Doubts (1 - confidence) between the steps for which error rates are learned apart."""
LEAN = 12.0
"""Words of a step that weigh as much as what the step before it says."""
MISSED, MANY = 0.02, 250
"""Share of words of which a witness misses something, before it is known, and the words that this counts for."""
ANY_EDIT = 0.005
"""Probability of an edit of which nothing is known, in the same measure for a witness that errs often or seldom."""
USUAL = 1e-4
"""Probability of the word that stands there when no witness has it."""
SURE, MADE_UP = 0.8, 0.05
"""Confidence of a word from which a recogniser has seldom made up a sign in it, for it would have doubted, and how much
more seldom."""
TEMPER, MARKS_TEMPER = 0.6, 0.4
"""Below 1, since what tells for a reading is not independent: a garbled word misleads in several ways at once. Of marks
still less is: all looks at a scan miss the same faint one."""
AGREE = 2
"""Votes that make what they agree on a reading."""
LONGEST_WORD = 200
"""Characters of a word that are compared letter by letter."""
_LETTER = re.compile(r"\w")

Operation = tuple[str, str, str]
Prior = Callable[[str], float]
"""Probability of a reading before anybody has looked, 0..1."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one witness reads at a place, with its confidence (0..1) in it.

    weight: what the reading counts, 1 for that of an independent witness. vote: one of several further looks at a
    witness; only what two of them agree on is a reading that may be chosen.
    """

    siglum: str
    text: str
    confidence: float = 1.0
    weight: float = 1.0
    vote: bool = False


@dataclass(slots=True)
class Channel:
    """How a witness errs: its error rate by step of confidence, and how often it made which edit (tag, typed, read).

    missed: how often something of a word is not read at all, of which its confidence in the rest tells nothing.
    graded: it is not always as confident.
    """

    errors: Sequence[float] = (0.02, 0.02, 0.02, 0.04, 0.1, 0.3)
    missed: float = 0.01
    graded: bool = False
    edits: Mapping[Operation, float] = field(default_factory=dict)
    total: float = 0.0

    def log_probability(self, read: str, typed: str, confidence: float) -> float:
        """Logarithm of the probability that the witness reads `read` where `typed` stands."""
        error = self.errors[_step(confidence)]
        if read == typed:
            return math.log(1 - error)
        made = operations(typed, read)
        rate = max(error, self.missed) if _only_missed(made) else error
        seldom = MADE_UP if self.graded and confidence >= SURE else 1.0
        return math.log(rate) + sum(math.log(self._rate(op) * (seldom if _makes_sign(op) else 1.0)) for op in made)

    def _rate(self, operation: Operation) -> float:
        # One less than was seen: the place that is judged counted itself, and would be its own witness.
        seen = max(0.0, self.edits.get(operation, 0.0) - 1)
        unknown = ANY_EDIT * _ease(operation)
        return 0.7 * (seen + 5 * unknown) / (self.total + 5) + 0.3 * unknown


def _only_missed(made: Sequence[Operation]) -> bool:
    return all(tag == "delete" for tag, _, _ in made)


def _makes_sign(operation: Operation) -> bool:
    tag, _, read = operation
    return tag == "insert" and not read.isalnum() and not read.isspace()


def _ease(operation: Operation) -> float:
    """Small signs are lost far more often than they are made up."""
    tag, typed, _ = operation
    if tag == "delete":
        return 1.0 if typed.isalnum() else 4.0
    return 0.5 if _makes_sign(operation) else 1.0


def _step(confidence: float) -> int:
    return bisect_right(STEPS, 1 - confidence)


def operations(typed: str, read: str) -> list[Operation]:
    """The single-letter edits that make `read` of `typed`."""
    return [
        (
            edit.tag,
            typed[edit.src_pos] if edit.tag != "insert" else "",
            read[edit.dest_pos] if edit.tag != "delete" else "",
        )
        for edit in Levenshtein.editops(typed[:LONGEST_WORD], read[:LONGEST_WORD])
    ]


def parts(text: str) -> tuple[str, str, str]:
    """Punctuation before, the word, punctuation after."""
    first = _LETTER.search(text)
    if first is None:
        return text, "", ""
    last = _LETTER.search(text[::-1])
    end = len(text) - (last.start() if last else 0)
    return text[: first.start()], text[first.start() : end], text[end:]


def channels(
    places: Sequence[Sequence[Evidence]], prior: Prior, start: Mapping[str, Channel] | None = None
) -> dict[str, Channel]:
    """Learn every witness's channel from the places where two or more witnesses read something.

    Starts from equal channels and alternates between judging the readings and counting what each witness did. With
    `start` its error rates are kept: for marks, which hardly tell by themselves who erred.
    """
    sigla = sorted({evidence.siglum for place in places for evidence in place})
    learned = {siglum: Channel(start[siglum].errors if start else Channel().errors) for siglum in sigla}
    shared = {siglum: [0.0] * (len(STEPS) + 1) for siglum in sigla}
    for place in places:
        for evidence in place:
            shared[evidence.siglum][_step(evidence.confidence)] += 1
    disputed = Counter(tuple(place) for place in places if len({e.text for e in place}) > 1)
    for _ in range(ROUNDS):
        errors = {siglum: [0.0] * (len(STEPS) + 1) for siglum in sigla}
        missed = dict.fromkeys(sigla, 0.0)
        edits: dict[str, dict[Operation, float]] = {siglum: defaultdict(float) for siglum in sigla}
        for place, times in disputed.items():
            for typed, probability in posterior(place, learned, prior).items():
                for evidence in place:
                    if evidence.text == typed:
                        continue
                    errors[evidence.siglum][_step(evidence.confidence)] += times * probability
                    made = operations(typed, evidence.text)
                    missed[evidence.siglum] += times * probability * _only_missed(made)
                    for operation in made:
                        edits[evidence.siglum][operation] += times * probability
        learned = {
            s: Channel(
                start[s].errors if start else _rates(errors[s], shared[s]),
                (missed[s] + MISSED * MANY) / (sum(shared[s]) + MANY),
                any(shared[s][1:]),
                edits[s],
                sum(edits[s].values()),
            )
            for s in sigla
        }
    return learned


def _rates(errors: Sequence[float], seen: Sequence[float]) -> list[float]:
    """Error rates by step of confidence, from the surest step on; they never fall, and what is rare leans on the step
    before it."""
    rate = (sum(errors) + 0.5) / (sum(seen) + 25)
    rates: list[float] = []
    for wrong, all_seen in zip(errors, seen, strict=True):
        lowest = rates[-1] if rates else 1e-4
        rate = min(0.9, max(lowest, (wrong + LEAN * (rates[-1] if rates else rate)) / (all_seen + LEAN)))
        rates.append(rate)
    return rates


def posterior(
    readings: Sequence[Evidence], learned: Mapping[str, Channel], prior: Prior, temper: float = TEMPER
) -> dict[str, float]:
    """Probability of each different reading; what they lack to 1 is the chance that none of them is right."""
    votes = Counter(evidence.text for evidence in readings if evidence.vote)
    different = list(dict.fromkeys(e.text for e in readings if not e.vote or votes[e.text] >= AGREE))
    scores = [
        PRIOR_WEIGHT * math.log(prior(typed))
        + sum(e.weight * learned[e.siglum].log_probability(e.text, typed, e.confidence) for e in readings)
        for typed in different
    ]
    if len(different) > 1:
        scores.append(_none(readings, learned))
    highest = max(scores)
    weights = [math.exp(temper * (score - highest)) for score in scores]
    total = sum(weights)
    return {typed: weight / total for typed, weight in zip(different, weights, strict=False)}


def _none(readings: Sequence[Evidence], learned: Mapping[str, Channel]) -> float:
    """Score of the case that all witnesses misread some usual word, each going a part of the way between them."""
    erring = [e.weight * math.log(learned[e.siglum].errors[_step(e.confidence)]) for e in readings]
    way = min(
        e.weight * learned[e.siglum].log_probability(e.text, other.text, e.confidence) - own
        for e, own in zip(readings, erring, strict=True)
        for other in readings
        if other.text != e.text
    )
    return PRIOR_WEIGHT * math.log(USUAL) + sum(erring) + way


@dataclass(frozen=True, slots=True)
class Choice:
    """A reading that may stand in the text, the witness of its letters, and its probability."""

    text: str
    witness: str
    probability: float


def choices(
    readings: Sequence[Evidence], learned: Sequence[Mapping[str, Channel]], priors: Sequence[Prior]
) -> list[Choice]:
    """What may stand in the text, the likeliest first.

    Where a witness has several words the readings are judged whole, else letters and marks apart; of the letters
    only the likeliest are kept.
    learned, priors: for the punctuation before a word, the word, and the punctuation after it.
    """
    if any(" " in e.text for e in readings):
        table = posterior(readings, learned[1], priors[1])
        found = [Choice(text, next(e.siglum for e in readings if e.text == text), table[text]) for text in table]
    else:
        split = [(e, parts(e.text)) for e in readings]
        before, words, after = (
            posterior(
                [replace(e, text=p[i]) for e, p in split], learned[i], priors[i], TEMPER if i == 1 else MARKS_TEMPER
            )
            for i in range(3)
        )
        word = max(words, key=lambda text: words[text])
        witness = next(e.siglum for e, p in split if p[1] == word)
        found = [
            Choice(one + word + other, witness, before[one] * words[word] * after[other])
            for one in before
            for other in after
        ]
    return sorted(found, key=lambda each: -each.probability)
