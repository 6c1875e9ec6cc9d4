"""What is left of a text when something befalls its witnesses: error rates of both and of the collation.

    python benchmarks/robustness.py [WORK...]

Without arguments, on witnesses simulated from the sample edition. WORK is a work folder of a built edition, which holds
witness/scan.json and witness/existing.json: the truth is not known there, so the figures are the differences from the
text that the unharmed witnesses give.
"""

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "collation"))

import simulation

from pipeline.collation import columns
from pipeline.model import Witness, read_json


def main() -> None:
    """Print a table in Markdown for each pair of witnesses."""
    folders = [Path(argument) for argument in sys.argv[1:]]
    for folder in folders:
        scan, text = (read_json(folder / "witness" / f"{name}.json", Witness) for name in ("scan", "existing"))
        whole = simulation.text_of(columns([scan, text], ["en"])).split()
        report(str(folder), whole, scan, [token.text for token in text.tokens()])
    if not folders:
        words = simulation.truth()
        report("the sample", words, simulation.scan(words), simulation.struck(words, 0.01, seed=9))


def report(name: str, words: list[str], scan: Witness, text: list[str]) -> None:
    """One table: what befell them, the error rates, and how many columns of each kind were made."""
    print(f"\n{name}\n\n| | scan | text | collation | not agreed |\n|---|---|---|---|---|")
    cases = {"nothing": lambda: (scan, simulation.existing(text)), **simulation.damaged(words, scan, text)}
    for case, befallen in cases.items():
        witnesses = befallen()
        made = columns(witnesses, ["en", "fr"])
        rates = [simulation.error(words, simulation.plain(witness)) for witness in witnesses]
        rates.append(simulation.error(words, simulation.text_of(made)))
        kinds = Counter(column.kind for column in made if column.kind != "agreed")
        told = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        print(f"| {case} | {' | '.join(f'{rate:.4f}' for rate in rates)} | {told} |", flush=True)


if __name__ == "__main__":
    main()
