"""How fast, how right and how lean is the alignment? Ours beside others, on a whole book and a noisy copy of it.

    RECENSIO_BENCH=... python benchmarks/collation.py [TEXT]

The text is cut into lines as typed; the copy has 3 % of its characters changed, dropped, doubled or joined, half-lines
swapped and line ends lost here and there. Whose line is whose in the copy is known, so an alignment can be marked: a
line is right when most of its aligned words stand in its own counterpart (and, for a line that the copy lost, when
none is aligned). Every run is a process of its own, which reports its time, its peak memory and its links.
"""

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from pipeline.collation.columns import places
from pipeline.model import Token

COLUMNS = 62
"""Characters of a typed line."""
NOISE = 0.03
SWAPPED, SHORTENED, LOST = 0.01, 0.02, 0.005
"""Share of lines whose halves change places, whose end is lost, which are lost."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"

Lines = list[list[str]]
Link = tuple[int, int]
RUNS = ("recensio", "dwdiff", "opcodes", "characters")
NAMES = {
    "recensio": "Recensio, `places()`, with moves",
    "dwdiff": "`dwdiff` (words)",
    "opcodes": "RapidFuzz `Levenshtein.opcodes`, words",
    "characters": "RapidFuzz `Levenshtein.opcodes`, characters",
}


def main() -> None:
    """Run all and print a table in Markdown."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("text", nargs="?", type=Path, default=_book(), help="a text of a book")
    arguments.add_argument("--run", choices=RUNS, help=argparse.SUPPRESS)
    arguments.add_argument("--times", type=int, default=1, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.text is None or not given.text.is_file():
        print("skipped: set RECENSIO_BENCH, or name a long text")
        return
    lines = typed(given.text.read_text(encoding="utf-8").split() * given.times)
    copy, truth = noisy(lines)
    if given.run:
        print(json.dumps(measured(given.run, lines, copy, truth)))
        return
    words = sum(map(len, lines))
    print(f"{words:,} words in {len(lines):,} lines\n")
    print("| alignment | seconds | processor seconds | peak memory, MB | lines right |\n|---|---|---|---|---|")
    runs: dict[tuple[str, int], dict[str, float]] = {}
    for name, times in (*((run, 1) for run in RUNS), ("recensio", 2)):
        if name == "dwdiff" and shutil.which("dwdiff") is None:
            print("| `dwdiff` | not installed | | | |")
            continue
        runs[name, times] = run = _apart(given.text, name, times)
        twice = ", text twice" if times == 2 else ""
        figures = f"{run['seconds']:.2f} | {run['processor']:.2f} | {run['memory']:.0f} | {run['right']:.2%}"
        print(f"| {NAMES[name]}{twice} | {figures} |", flush=True)
    ours = runs["recensio", 1]["processor"]
    print(f"\nIn processor seconds {runs['opcodes', 1]['processor'] / ours:.1f} times as fast as the opcodes of words;")
    print(f"twice the text takes {runs['recensio', 2]['processor'] / ours:.2f} times the time.")


def _book() -> Path | None:
    bench = os.environ.get("RECENSIO_BENCH")
    return Path(bench).parent / "source" / "thesis.txt" if bench else None


def _apart(text: Path, run: str, times: int) -> dict[str, float]:
    """The quickest of three runs, each in a process of its own."""
    command = [sys.executable, __file__, str(text), "--run", run, "--times", str(times)]
    tries = [json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(3)]
    found: dict[str, float] = min(tries, key=lambda each: each["processor"])
    return found


def typed(words: Sequence[str]) -> Lines:
    """Words in lines of at most COLUMNS characters."""
    lines: Lines = [[]]
    width = 0
    for word in words:
        if lines[-1] and width + 1 + len(word) > COLUMNS:
            lines.append([])
            width = 0
        width += len(word) + 1
        lines[-1].append(word)
    return lines


def noisy(lines: Lines) -> tuple[Lines, list[bool]]:
    """A damaged copy, line for line (a lost line is empty), and which lines have anything left."""
    rng = random.Random(20)
    copy = []
    for line in lines:
        words = list(line)
        fate, half = rng.random(), len(words) // 2
        if fate < LOST:
            words = []
        elif fate < LOST + SWAPPED:
            words = words[half:] + words[:half]
        elif fate < LOST + SWAPPED + SHORTENED:
            words = words[: max(1, len(words) - rng.randint(1, 4))]
        copy.append("".join(_struck(" ".join(words), rng)).split())
    return copy, [bool(words) for words in copy]


def _struck(text: str, rng: random.Random) -> Iterator[str]:
    for character in text:
        if rng.random() >= NOISE:
            yield character
            continue
        yield rng.choice(("", rng.choice(LETTERS), rng.choice(LETTERS), character * 2, character + rng.choice(LETTERS)))


def measured(run: str, lines: Lines, copy: Lines, kept: Sequence[bool]) -> dict[str, float]:
    """Align and mark. Seconds count from lists of tokens, and for dwdiff the whole program."""
    a, b = [word for line in lines for word in line], [word for line in copy for word in line]
    by: dict[str, Callable[..., Result]] = {
        "recensio": by_recensio,
        "dwdiff": by_dwdiff,
        "opcodes": by_opcodes,
        "characters": by_characters,
    }
    tokens = [[Token(word) for word in words] if run == "recensio" else words for words in (a, b)]
    before = _processor()
    start = time.perf_counter()
    links = by[run](*tokens)
    seconds, processor = time.perf_counter() - start, _processor() - before
    return {"seconds": seconds, "processor": processor, "memory": _peak(), "right": right(links(), lines, copy, kept)}


Result = Callable[[], list[Link]]
"""Called when the clock has stopped: the pairs of words that an alignment links."""


def by_recensio(a: list[Token], b: list[Token]) -> Result:
    """Ours, from tokens to places."""
    row = places({"a": a, "b": b})

    def links() -> list[Link]:
        pairs = [(place.readings["a"], place.readings["b"]) for place in row if len(place.readings) == 2]
        return [
            (i, j) for (first, end), (second, stop) in pairs for i in range(first, end) for j in range(second, stop)
        ]

    return links


def by_dwdiff(a: list[str], b: list[str]) -> Result:
    """dwdiff prints both texts with what only one has between marks; the rest are links."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("a", "b")]
        for path, words in zip(files, (a, b), strict=True):
            path.write_text("\n".join(words) + "\n", encoding="utf-8")
        marks = ["-w", "\n\1\n", "-x", "\n\2\n", "-y", "\n\3\n", "-z", "\n\4\n"]
        printed = subprocess.run(["dwdiff", *marks, *files], capture_output=True, check=False).stdout

    def links() -> list[Link]:
        pairs, i, j, side = [], 0, 0, ""
        for word in printed.decode("utf-8").split():
            if word in "\1\3":
                side = word
            elif word in "\2\4":
                side = ""
            else:
                if not side:
                    pairs.append((i, j))
                i, j = i + (side != "\3"), j + (side != "\1")
        return pairs

    return links


def by_opcodes(a: list[str], b: list[str]) -> Result:
    """RapidFuzz over the same words; in a replacement the words meet in turn."""
    operations = Levenshtein.opcodes(a, b)
    return lambda: [
        (op.src_start + k, op.dest_start + k)
        for op in operations
        for k in range(min(op.src_end - op.src_start, op.dest_end - op.dest_start))
    ]


def by_characters(a: list[str], b: list[str]) -> Result:
    """RapidFuzz over all characters; words are linked by each character they share."""
    one, other = " ".join(a), " ".join(b)
    operations = Levenshtein.opcodes(one, other, score_hint=int(0.08 * len(one)))

    def links() -> list[Link]:
        of_one = [index for index, word in enumerate(a) for _ in range(len(word) + 1)]
        of_other = [index for index, word in enumerate(b) for _ in range(len(word) + 1)]
        equal = [op for op in operations if op.tag == "equal"]
        return [
            (of_one[op.src_start + k], of_other[op.dest_start + k])
            for op in equal
            for k in range(op.src_end - op.src_start)
        ]

    return links


def _processor() -> float:
    """Seconds of processor time of this process and those it has waited for."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, _WHOSE))


def _peak() -> float:
    """Peak resident memory in MB, of this process or the largest one it has waited for."""
    return max(resource.getrusage(whose).ru_maxrss for whose in _WHOSE) / 1024


_WHOSE = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def right(links: Sequence[Link], lines: Lines, copy: Lines, kept: Sequence[bool]) -> float:
    """Share of lines whose partner is right."""
    of_a = [index for index, line in enumerate(lines) for _ in line]
    of_b = [index for index, line in enumerate(copy) for _ in line]
    partners: list[Counter[int]] = [Counter() for _ in lines]
    for i, j in links:
        partners[of_a[i]][of_b[j]] += 1
    hits = sum((votes.most_common(1)[0][0] == line) if votes else not kept[line] for line, votes in enumerate(partners))
    return hits / len(lines)


if __name__ == "__main__":
    main()
