"""Short pages of many fields with their names marked, and how right we are on them.

In pages/*.txt {p:...} is a person, {l:...} a place, {o:...} a body, {d:...} a date, {t:...} a title, {u:...} an
underlined title, {s:...} underlined but no title (a ship). pages/held/ are there to be measured, not to be learned
from. python tests/names/gold.py prints the figures.
"""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pipeline.model import Span
from pipeline.names import spans

PAGES = Path(__file__).parent / "pages"
KINDS = {"p": "persName", "l": "placeName", "o": "orgName", "d": "date", "t": "title", "u": "title"}
_MARKED = re.compile(r"\{(\w):([^{}]*)\}")

Name = tuple[str, str, int, int]


@dataclass(frozen=True)
class Gold:
    """A page: its texts by id, what is underlined and quoted in them, and the names (kind, text, start, end)."""

    language: str
    texts: dict[str, str]
    layers: list[Span]
    names: set[Name]


def read(path: Path) -> Gold:
    """A page of pages/."""
    language, *parts = re.split(r"^# (?=\w+$)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    texts: dict[str, str] = {}
    layers: list[Span] = []
    names: set[Name] = set()
    for part in parts:
        name, marked = part.split("\n", 1)
        plain, at = "", 0
        source = re.sub(r"\^\d+", "", marked.strip())
        for match in _MARKED.finditer(source):
            plain += source[at : match.start()]
            start, end = len(plain), len(plain) + len(match.group(2))
            plain, at = plain + match.group(2), match.end()
            if match.group(1) in "us":
                layers.append(Span(name, start, end, "hi", {"rendition": "underline"}))
            if match.group(1) in KINDS:
                names.add((KINDS[match.group(1)], name, start, end))
        texts[name] = plain + source[at:]
        layers += [Span(name, *m.span(), "q") for m in re.finditer(r'"[^"]*"|«[^»]*»', texts[name])]
    return Gold(language.split(": ")[1].strip(), texts, layers, names)


def compare(gold: Gold) -> dict[str, Counter[str]]:
    """By kind: how many are "right", "found" and "wanted"."""
    found = {
        (s.kind, s.text, s.start, s.end)
        for s in spans(gold.texts, gold.layers, gold.language)
        if s.kind in KINDS.values()
    }
    result: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS.values()}
    for name, counted in (("right", found & gold.names), ("found", found), ("wanted", gold.names)):
        for kind, *_ in counted:
            result[kind][name] += 1
    return result


def f1(counts: Counter[str]) -> float:
    """Harmonic mean of precision and recall; 1 where there is nothing to find."""
    both = counts["found"] + counts["wanted"]
    return 2 * counts["right"] / both if both else 1.0


def total(paths: list[Path]) -> dict[str, Counter[str]]:
    """The counts of several pages together."""
    result: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS.values()}
    for path in paths:
        for kind, counts in compare(read(path)).items():
            result[kind] += counts
    return result


def main() -> None:
    """Print f1 by kind for every page, and for those that are learned from and held apart."""
    learned, held = sorted(PAGES.glob("*.txt")), sorted((PAGES / "held").glob("*.txt"))
    for title, paths in [*((each.stem, [each]) for each in learned), ("all", learned), ("held", held)]:
        print(f"{title:10}", *(f"{kind} {f1(counts):.2f}" for kind, counts in total(paths).items()))


if __name__ == "__main__":
    main()
