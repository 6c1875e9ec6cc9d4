"""How well stretches in other languages are found, on the passages of tests/languages.

    python benchmarks/languages.py [--show]

Two lists of invented passages: "open" was looked at while the stage was made, "held" was not. A stretch counts as
found where language and limits agree (eight tenths of the characters). --show prints what is wrong in the open list.
"""

import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "languages"))

from passages import LISTS, Passage, Stretch, passages, same, score


def main() -> None:
    print("| list | document in | passages | marked | found | right | f1 | flags |\n|---|---|---|---|---|---|---|---|")
    for name in LISTS:
        results = [(each, each.found()) for each in passages(name)]
        _print(name, "all", results)
        by_main: dict[str, list[tuple[Passage, list[Stretch]]]] = defaultdict(list)
        for each, found in results:
            by_main[each.main].append((each, found))
        for language, those in by_main.items():
            _print(name, language, those)
        if name == "open" and "--show" in sys.argv:
            _show(results)


def _print(name: str, language: str, results: list[tuple[Passage, list[Stretch]]]) -> None:
    total = score((each.marked, found) for each, found in results)
    flags = sum(each.flags() for each, _ in results)
    cells = (name, language, len(results), total.marked, total.found, total.right, f"{total.f1:.3f}", flags)
    print(f"| {' | '.join(map(str, cells))} |")


def _show(results: list[tuple[Passage, list[Stretch]]]) -> None:
    for each, found in results:
        for start, end, language in each.marked:
            if not any(same((start, end, language), other) for other in found):
                print(f"missed {language}: {each.text[start:end]}\n    in {each.main}: {each.text}")
        for start, end, language in found:
            if not any(same((start, end, language), other) for other in each.marked):
                print(f"needless {language}: {each.text[start:end]}\n    in {each.main}: {each.text}")


if __name__ == "__main__":
    main()
