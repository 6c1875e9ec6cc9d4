"""Collation: all witnesses side by side, and the reading chosen at every place.

Reads witness/*.json, writes collation.jsonl: one column a line, in the order of the text. Every token of every
witness stands in exactly one column, also those that the edition leaves out. collation.tsv beside it is for people: the
places where witnesses differ or something was left out.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.collation.align import key
from pipeline.collation.balance import Judged, balanced
from pipeline.collation.choice import AGREE, Channel, Choice, Evidence, Prior, channels, choices, parts
from pipeline.collation.columns import Place, overlap, places
from pipeline.collation.lexicon import Lexicon, share
from pipeline.collation.lone import Verdict, verdicts
from pipeline.collation.pairing import without_marks
from pipeline.collation.second_look import FAINT, Looks, doubts
from pipeline.collation.table import table
from pipeline.collation.typed import Seen, by_space, by_type
from pipeline.edition import Edition
from pipeline.errors import BadInput, RecensioError
from pipeline.model import (
    Column,
    ColumnKind,
    Doubt,
    Rereading,
    Token,
    Witness,
    read_json,
    write_bytes,
    write_json,
    write_rows,
)


class WitnessMismatch(RecensioError):
    """The texts do not belong to the same work."""

    exit_code = 4

    def __init__(self, witness: Witness, found: float) -> None:
        super().__init__(
            f"{witness.source or witness.id}: only {found:.0%} of its words occur in the other witness; is it the text "
            "of another book? Set collation.minimum_overlap in edition.yaml to go on all the same."
        )


def collate(edition: Edition) -> None:
    """Collate the witnesses of an edition.

    Raises WitnessMismatch where a text shares too few words with the first witness, BadInput where there is
    nothing to collate.
    """
    witnesses = _witnesses(edition)
    rereadings = [
        each
        for path in sorted((edition.work / "rereadings").glob("b*.json"))
        for each in read_json(path, list[Rereading])
    ]
    made = columns(witnesses, edition.all_languages, edition.settings.collation.minimum_overlap, rereadings)
    tokens = {witness.id: witness.tokens() for witness in witnesses}
    write_bytes(edition.work / "collation.tsv", table(made, tokens))
    write_rows(edition.work / "collation.jsonl", made)


def doubt(edition: Edition) -> None:
    """Collate the witnesses for the first time, and write the lines that are worth a second look to doubts.json.

    Raises as `collate` does.
    """
    found: list[Doubt] = []
    if edition.settings.scans and edition.settings.recognition.second_look:
        witnesses = _witnesses(edition)
        made = columns(witnesses, edition.all_languages, edition.settings.collation.minimum_overlap)
        found = doubts(made, {witness.id: witness.tokens() for witness in witnesses}, _scans(witnesses))
    write_json(edition.work / "doubts.json", found)


def columns(
    witnesses: Sequence[Witness],
    languages: Sequence[str],
    minimum_overlap: float = 0.0,
    rereadings: Sequence[Rereading] = (),
) -> list[Column]:
    """Collate witnesses, the one whose order the text follows first.

    languages: of the document, for word frequencies. minimum_overlap: see WitnessMismatch. rereadings: what a second
    look at lines of the scans saw.
    """
    tokens = {witness.id: witness.tokens() for witness in witnesses if witness.blocks}
    scans = _scans(witnesses)
    looks = {siglum: Looks(siglum, tokens[siglum], rereadings) for siglum in scans if siglum in tokens}
    amended = {siglum: looks[siglum].amended() if siglum in looks else own for siglum, own in tokens.items()}
    row = places(amended)
    for witness in witnesses[1:]:
        if witness.id in tokens and len(tokens) > 1 and (found := overlap(row, witness.id, tokens)) < minimum_overlap:
            raise WitnessMismatch(witness, found)
    judge = _judge(row, tokens, languages, scans, looks)
    errors = {siglum: channel.errors[0] for siglum, channel in judge.learned[1].items()}
    lone = verdicts(row, amended, scans, errors, lambda text: judge.lexicon.knows(parts(text)[1]))
    judged = [
        _alone(place, tokens, judge, lone) if len(place.readings) == 1 else _met(place, tokens, judge) for place in row
    ]
    return balanced(judged, witnesses)


def _witnesses(edition: Edition) -> list[Witness]:
    sigla = read_json(edition.work / "witness" / "witnesses.json", list[str])
    witnesses = [read_json(edition.work / "witness" / f"{siglum}.json", Witness) for siglum in sigla]
    if not any(witness.blocks for witness in witnesses):
        raise BadInput(f"{edition.folder}: neither scans nor texts hold a word; is this the right folder?")
    return witnesses


def _scans(witnesses: Sequence[Witness]) -> frozenset[str]:
    return frozenset(witness.id for witness in witnesses if witness.medium == "scan")


@dataclass(frozen=True)
class _Judge:
    """What is known of the document's words and of its witnesses; the three are of marks, words, and marks.

    spaced: its main language sets a space before ; : ? and !.
    """

    lexicon: Lexicon
    priors: Sequence[Prior]
    learned: Sequence[Mapping[str, Channel]]
    scans: frozenset[str]
    looks: Mapping[str, Looks]
    spaced: bool


def _judge(
    row: Sequence[Place],
    tokens: Mapping[str, Sequence[Token]],
    languages: Sequence[str],
    scans: frozenset[str],
    looks: Mapping[str, Looks],
) -> _Judge:
    """Learn from the places where witnesses meet."""
    met = [_evidence(place, tokens) for place in row if len(place.readings) > 1]
    split = [[parts(e.text) for e in place] for place in met]
    agreed = [Counter(texts[0][i] for texts in split if len({text[i] for text in texts}) == 1) for i in range(3)]
    lexicon = Lexicon(languages, agreed[1])
    priors = (share(agreed[0]), lexicon.probability, share(agreed[2]))
    each = [
        [
            [Evidence(e.siglum, text[i], e.confidence) for e, text in zip(p, t, strict=True)]
            for p, t in zip(met, split, strict=True)
        ]
        for i in range(3)
    ]
    words = channels(each[1], priors[1])
    untried = {siglum: Channel() for siglum in tokens}
    learned = [
        untried | found for found in (channels(each[0], priors[0], words), words, channels(each[2], priors[2], words))
    ]
    return _Judge(lexicon, priors, learned, scans, looks, languages[:1] == ["fr"])


def _evidence(place: Place, tokens: Mapping[str, Sequence[Token]]) -> list[Evidence]:
    return [
        Evidence(siglum, _text(tokens[siglum][start:end]), min(t.confidence for t in tokens[siglum][start:end]))
        for siglum, (start, end) in place.readings.items()
    ]


def _text(stretch: Iterable[Token]) -> str:
    text = ""
    for token in stretch:
        text += token.text if token.glued or not text else f" {token.text}"
    return text


def _met(place: Place, tokens: Mapping[str, Sequence[Token]], judge: _Judge) -> Judged:
    """A place where witnesses meet."""
    evidence = _joined(place, tokens, _evidence(place, tokens), judge.lexicon)
    moved: tuple[ColumnKind, str] | None = (
        ("moved", f"stands elsewhere in {', '.join(sorted(place.moved))}") if place.moved else None
    )
    if len({e.text for e in evidence}) == 1:
        return Judged(_column(place, evidence[0].text, evidence[0].siglum, 0.999, *(moved or ("agreed", ""))))
    if (fact := by_type(_seen(place, tokens, judge)) or by_space(evidence, judge.spaced)) is not None:
        kind, _ = moved or ("variant", "")
        return Judged(_column(place, fact.text, fact.siglum, fact.probability, kind, fact.reason))
    seen = [each for e in evidence for each in _weighed(e, place, judge)]
    found = choices(seen, judge.learned, judge.priors)
    reason = "channel and frequency" if len(seen) == len(evidence) else "channel, frequency and a second look"
    return _judged(place, found, *(moved or ("variant", reason)))


def _seen(place: Place, tokens: Mapping[str, Sequence[Token]], judge: _Judge) -> list[Seen]:
    """What every witness has at a place, with the further looks at a scan."""
    return [
        Seen(
            siglum,
            _text(tokens[siglum][start:end]),
            tuple(token.kind for token in tokens[siglum][start:end]),
            siglum in judge.scans,
            [look.text for look in judge.looks[siglum].at(start, end)] if siglum in judge.looks else [],
        )
        for siglum, (start, end) in place.readings.items()
    ]


def _weighed(reading: Evidence, place: Place, judge: _Judge) -> list[Evidence]:
    """A reading and, where it is a scan's, what a second look saw."""
    looks = judge.looks.get(reading.siglum)
    return looks.weighed(reading, *place.readings[reading.siglum]) if looks else [reading]


def _joined(
    place: Place, tokens: Mapping[str, Sequence[Token]], evidence: list[Evidence], lexicon: Lexicon
) -> list[Evidence]:
    """Take the hyphen out of a word that one witness divides at a line's end, where it is no part of the word."""
    divided = {
        siglum: tokens[siglum][start]
        for siglum, (start, end) in place.readings.items()
        if end - start == 1 and tokens[siglum][start].divided
    }
    if not divided:
        return evidence
    others = {e.text for e in evidence if e.siglum not in divided}
    whole = {siglum: _without_hyphen(token, others, lexicon) for siglum, token in divided.items()}
    by_letters = {key(text): parts(text)[1] for text in whole.values()}
    joined = []
    for e in evidence:
        before, word, after = parts(whole.get(e.siglum, e.text))
        joined.append(Evidence(e.siglum, before + by_letters.get(key(word), word) + after, e.confidence))
    return joined


def _without_hyphen(token: Token, others: set[str], lexicon: Lexicon) -> str:
    """The word without its line-end hyphen, unless the hyphen belongs to it.

    It does where another witness has it, and where the two halves side by side are likelier than the whole.
    """
    assert token.divided is not None
    offset = token.divided[0]
    joined = token.text[: offset - 1] + token.text[offset:]
    if any(key(token.text) == key(other) and "-" in parts(other)[1] for other in others):
        return token.text
    whole, halves = parts(joined)[1], [parts(token.text[: offset - 1])[1], parts(token.text[offset:])[1]]
    compound = all(len(half) > 2 for half in halves) and (
        lexicon.probability(halves[0]) * lexicon.probability(halves[1]) > lexicon.probability(whole)
    )
    return token.text if compound else joined


def _alone(
    place: Place, tokens: Mapping[str, Sequence[Token]], judge: _Judge, lone: Mapping[tuple[str, int], Verdict]
) -> Judged:
    """A place that one witness alone has."""
    siglum, (start, _) = next(iter(place.readings.items()))
    token = tokens[siglum][start]
    kind, reason, probability = lone.get((siglum, start), ("agreed", "", 0.5 + token.confidence / 2))
    text = _without_hyphen(token, set(), judge.lexicon) if token.divided else token.text
    votes = judge.looks[siglum].at(*place.readings[siglum]) if siglum in judge.looks else []
    unseen = len(votes) >= AGREE and not any(vote.text for vote in votes)
    if unseen and token.kind == "word" and token.confidence < FAINT:
        kind, reason, probability = "invented", "a second look saw nothing there", 0.85
    elif any(vote.text for vote in votes):
        seen = _weighed(Evidence(siglum, text, token.confidence), place, judge)
        best = choices(seen, judge.learned, judge.priors)[0]
        text, probability = best.text, best.probability
    column = _column(place, "" if kind in ("doubled", "invented") else text, siglum, probability, kind, reason)
    bare = without_marks(column.text)
    if bare == column.text or any(character.isalpha() for character in bare):
        return Judged(column)
    # A mark without a word may stand with its word in another witness.
    return Judged(column, [Choice(bare, siglum, 1 - probability)])


def _judged(place: Place, found: Sequence[Choice], kind: ColumnKind, reason: str) -> Judged:
    best, *others = found
    alike = [other for other in others if without_marks(other.text) == without_marks(best.text)]
    return Judged(_column(place, best.text, best.witness, best.probability, kind, reason), alike)


def _column(place: Place, text: str, witness: str, probability: float, kind: ColumnKind, reason: str) -> Column:
    return Column(dict(sorted(place.readings.items())), text, witness, round(probability, 4), kind, reason)
