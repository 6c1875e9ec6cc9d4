"""Whether the sentences that mix languages are flagged, by a gold text.

    python benchmarks/mixed.py GOLD.xml ID [ROOT]

A mixed passage is a sentence or quotation of the gold text in which a passage of two words or more in another language
stands among other words; a block quotation in one language is none. It counts as flagged where a flag of the edition's
queue (ROOT/work/ID/review.jsonl) lies over its words or among them. Also tells how many flags meet no such passage.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz import fuzz

from pipeline.evaluation.reader import Mark, read
from pipeline.evaluation.tei import text_of

_KINDS = ("rv-mixed-language", "rv-foreign", "rv-script", "rv-garbled")
_END = re.compile(r"[.?!][\"'”’»)\]]*\s+")
_WORD = re.compile(r"[^\W\d_]{2}")
_ALIKE = 88  # of 100; the edition's text may have errors


def main() -> None:
    gold, name, root = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3] if len(sys.argv) > 3 else ".")
    queue = (root / "work" / name / "review.jsonl").read_text(encoding="utf-8").splitlines()
    flags = [flag["exact"] for flag in map(json.loads, queue) if flag["category"] in _KINDS]
    said = read(text_of(gold))
    texts = [(said.text, said.marks), *((note.text, note.marks) for note in said.notes)]
    passages = [passage for text, marks in texts for passage in mixed(text, marks)]
    met = [any(_meet(flag, passage) for flag in flags) for passage in passages]
    for passage, flagged in zip(passages, met, strict=True):
        print("flagged" if flagged else "MISSED ", passage)
    needless = [flag for flag in flags if not any(_meet(flag, passage) for passage in passages)]
    print(
        f"{sum(met)} of {len(passages)} mixed passages flagged; {len(needless)} of {len(flags)} flags on none of them:"
    )
    for flag in needless:
        print("       ", " ".join(flag.split())[:100])
    print(f"{len(queue)} flags of all kinds on {len(said.breaks)} pages")


def mixed(text: str, marks: tuple[Mark, ...]) -> Iterator[str]:
    """The passages in another language that stand in a sentence or quotation with other words."""
    quotations = [mark for mark in marks if mark.kind in ("q", "blockquote")]
    for mark in (mark for mark in marks if mark.kind == "foreign"):
        passage = text[mark.start : mark.end]
        around = [each for each in quotations if each.start <= mark.start and mark.end <= each.end]
        quoted = "".join(text[each.start : mark.start] + text[mark.end : each.end] for each in around)
        before = _END.split(text[: mark.start])[-1]
        after = "" if _END.search(passage[-3:] + " ") else _END.split(text[mark.end :])[0]
        sentence = "" if any(each.kind == "blockquote" for each in around) else f"{before} {after}"
        if len(passage.split()) > 1 and _WORD.search(f"{quoted} {sentence}"):
            yield passage


def _meet(flag: str, passage: str) -> bool:
    return fuzz.partial_ratio(" ".join(flag.split()), passage) >= _ALIKE


if __name__ == "__main__":
    main()
