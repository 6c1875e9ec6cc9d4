"""The quality report as a page for people: one file, nothing loaded from anywhere, for the screen and for paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from pipeline.model import Calibration, Lacuna
from pipeline.publication.diagram import bars, reliability
from pipeline.publication.mended import KINDS, Mended

LONGEST = 300
"""Characters of a passage that are shown."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_MEANING = {
    "moved": "stand elsewhere in another witness",
    "doubled": "repeated by a witness, and left out",
    "dropped": "lost by a witness, and taken from the other",
    "invented": "in one witness only, against the evidence, and left out",
}
_STYLE = """
:root { color-scheme: light dark; --line: #8886; --accent: #2f6f9f; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { line-height: 1.2; } h2 { margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); }
td.number, th.number { text-align: right; white-space: nowrap; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .6rem 1.2rem; }
dl div { border-top: 3px solid var(--accent); padding-top: .3rem; }
dt { font-size: .9rem; } dd { margin: 0; font-size: 1.5rem; }
figure { margin: 1rem 0; } svg { max-width: 100%; height: auto; font: 12px system-ui, sans-serif; }
svg text { fill: currentColor; } .grid { stroke: var(--line); } .ideal { stroke: currentColor; stroke-dasharray: 4 4; }
.point { fill: var(--accent); fill-opacity: .75; stroke: currentColor; } .bar { fill: var(--accent); }
.bad { font-weight: bold; }
@media (prefers-color-scheme: dark) { :root { --accent: #6db3e8; } }
@media print { body { max-width: none; margin: 0; font-size: 10pt; } tr, figure { break-inside: avoid; } }
"""


@dataclass(frozen=True, slots=True)
class Contents:
    """What the page shows. figures: by name. probabilities: readings that differ, by their probability.

    problems: of the validation, as sentences.
    """

    title: str
    valid: bool
    figures: Sequence[tuple[str, int]]
    mended: Sequence[Mended]
    single: int
    probabilities: Sequence[tuple[str, int]]
    calibration: Calibration | None
    lacunae: Sequence[Lacuna]
    problems: Sequence[str]
    notices: Sequence[str]


def page(contents: Contents) -> str:
    """The page as HTML."""
    state = "valid" if contents.valid else '<span class="bad">not valid</span>'
    title = escape(contents.title)
    sections = [
        f"<h1>{title}</h1><p>Quality report. The edition is {state}.</p>",
        "<dl>" + "".join(f"<div><dt>{escape(n)}</dt><dd>{c:,}</dd></div>" for n, c in contents.figures) + "</dl>",
        *_readings(contents),
        *_passages(contents),
        *_list("What a witness lacks", [f"{each.witness}: {each.sentence}" for each in contents.lacunae]),
        *_list("Problems", contents.problems),
        *_list("Notices", contents.notices),
    ]
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}: quality report</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head>\n<body><main>\n" + "\n".join(sections) + "\n</main></body></html>\n"
    )


def _readings(contents: Contents) -> Iterable[str]:
    if not any(count for _, count in contents.probabilities):
        return
    yield "<h2>Readings on which the witnesses differ</h2><p>By the probability of the reading that was chosen.</p>"
    yield f"<figure>{bars(contents.probabilities, 'Readings by probability')}</figure>"
    made = contents.calibration
    if made is None:
        yield "<p>How far these probabilities hold is measured by <code>recensio evaluate GOLD ID</code>.</p>"
        return
    sure = f"{made.sure_right / made.sure:.1%} of {made.sure}" if made.sure else "none"
    agreed = f"{made.agreed_right / made.agreed:.2%} of {made.agreed:,}" if made.agreed else "none"
    yield f"<h2>How far the probabilities hold</h2><p>Measured against {escape(made.gold)}. Right: {agreed} readings "
    yield f"on which the witnesses agree, {sure} others of probability 0.9 or more.</p>"
    yield f"<figure>{reliability(made)}<figcaption>Reliability: on the dashed line a probability means what it says; "
    yield "above it readings are better than told.</figcaption></figure>"


def _passages(contents: Contents) -> Iterable[str]:
    yield "<h2>Mended passages</h2>"
    if not contents.mended:
        yield "<p>None of two words or more.</p>"
    by_kind = sorted(contents.mended, key=lambda each: KINDS.index(each.kind))
    for kind, group in groupby(by_kind, key=lambda each: each.kind):
        yield f"<h3>{kind.capitalize()}: {_MEANING[kind]}</h3>"
        yield '<table><thead><tr><th>page</th><th>line</th><th class="number">words</th><th>passage</th><th>in</th>'
        yield "<th>why</th></tr></thead><tbody>"
        yield from (_row(each) for each in group)
        yield "</tbody></table>"
    yield f"<p>Single words of these kinds: {contents.single:,}. All of them stand in collation.tsv.</p>"


def _row(each: Mended) -> str:
    text = each.text if len(each.text) <= LONGEST else f"{each.text[:LONGEST]} …"
    cells = (each.page, each.line, text, each.witness, each.reason)
    page_, line, passage, witness, why = map(escape, cells)
    return (
        f'<tr><td>{page_}</td><td>{line}</td><td class="number">{each.words}</td><td>{passage}</td>'
        f"<td>{witness}</td><td>{why}</td></tr>"
    )


def _list(title: str, sentences: Sequence[str]) -> Iterable[str]:
    if sentences:
        yield f"<h2>{title}</h2><ul>" + "".join(f"<li>{escape(each)}</li>" for each in sentences) + "</ul>"
