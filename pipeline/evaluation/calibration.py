"""Calibration: how often readings are right that are given a certain probability, measured against gold.

The established text and gold are aligned word by word, notes behind the body. A reading is right when every word that
it is part of stands in gold at its place; where nothing was written, when gold has no word there either. The readings
are counted by steps of their probability (reliability diagram: DeGroot and Fienberg, "The comparison and evaluation of
forecasters", The Statistician 32, 1983).
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from pipeline.edition import Edition
from pipeline.evaluation.reader import Said, read, typed
from pipeline.evaluation.tei import text_of
from pipeline.model import Bin, Calibration, Column, Reading, read_json, read_rows, write_json

STEPS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995)
"""Probabilities at which a new bin begins."""
SURE = 0.9
"""Probability from which a reading counts as sure."""


def calibrate(gold: Path, edition: Edition) -> Calibration:
    """Measure the probabilities of an edition's collation and write them to calibration.json."""
    path = edition.work / "collation.jsonl"
    columns = list(read_rows(path, Column))
    said, reading = read(text_of(gold)), read_json(edition.work / "reading.json", Reading)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    made = replace(calibration(said, reading, columns), gold=gold.name, collation=digest)
    write_json(edition.work / "calibration.json", made)
    return made


def calibration(gold: Said, reading: Reading, columns: Sequence[Column]) -> Calibration:
    """Judge every column of a collation."""
    judged = list(_judged(gold, reading, columns))
    agreed = [right for column, right in judged if column.kind == "agreed"]
    doubted = [(column.probability, right) for column, right in judged if column.kind != "agreed"]
    sure = [right for probability, right in doubted if probability >= SURE]
    return Calibration("", "", _bins(doubted), len(sure), sum(sure), len(agreed), sum(agreed))


def summary(made: Calibration) -> list[str]:
    """The figures in two lines."""
    return [
        f"readings right         {_share(made.agreed_right, made.agreed)} on which the witnesses agree",
        f"                       {_share(made.sure_right, made.sure)} others of probability {SURE} or more",
    ]


def _share(right: int, all_of_them: int) -> str:
    return f"{right / all_of_them if all_of_them else 1.0:8.4f}   of {all_of_them}"


def _bins(judged: Sequence[tuple[float, bool]]) -> list[Bin]:
    rows: list[list[tuple[float, bool]]] = [[] for _ in range(len(STEPS) + 1)]
    for probability, right in judged:
        rows[bisect_right(STEPS, probability)].append((probability, right))
    edges = (0.0, *STEPS, 1.0)
    return [
        Bin(
            edges[index],
            edges[index + 1],
            len(row),
            sum(right for _, right in row),
            round(sum(probability for probability, _ in row) / len(row), 4),
        )
        for index, row in enumerate(rows)
        if row
    ]


def _judged(gold: Said, reading: Reading, columns: Sequence[Column]) -> Iterator[tuple[Column, bool]]:
    """Every column with whether its reading is right; page furniture, which gold does not hold, is left out."""
    truth = [*gold.text.split(), *(word for note in gold.notes for word in note.text.split())]
    words, of_column = _words(reading)
    right, lost = _met(truth, words)
    last = -1
    for index, column in enumerate(columns):
        if index in of_column:
            first, last = of_column[index]
            yield column, all(right[first : last + 1])
        elif not column.text:
            yield column, last + 1 not in lost


def _words(reading: Reading) -> tuple[list[str], dict[int, tuple[int, int]]]:
    """The words of the established text, and the first and last word that each column is part of."""
    words: list[str] = []
    of_column: dict[int, tuple[int, int]] = {}
    for name, text in reading.texts.items():
        begins, own = _begins(text)
        for origin in reading.origins.get(name, []):
            if origin.end > origin.start:
                first, last = (bisect_right(begins, at) - 1 for at in (origin.start, origin.end - 1))
                of_column[origin.column] = len(words) + first, len(words) + last
        words.extend(typed(word) for word in own)
    return words, of_column


def _begins(text: str) -> tuple[list[int], list[str]]:
    begins: list[int] = []
    own = text.split()
    at = 0
    for word in own:
        at = text.index(word, at)
        begins.append(at)
        at += len(word)
    return begins, own


def _met(truth: Sequence[str], words: Sequence[str]) -> tuple[list[bool], set[int]]:
    """Which words stand in gold at their place, and before which ones gold has words that were lost."""
    right = [False] * len(words)
    lost: set[int] = set()
    for op in Levenshtein.opcodes(words, truth):
        if op.tag == "equal":
            right[op.src_start : op.src_end] = [True] * (op.src_end - op.src_start)
        elif op.tag == "insert":
            lost.add(op.src_start)
    return right, lost
