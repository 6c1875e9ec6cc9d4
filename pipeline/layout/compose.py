"""A batch of pages put together: furniture, foot, text; then zones and lines with their ids."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from statistics import median

from pipeline.layout.foot import foot_start, note_starts
from pipeline.layout.furniture import Furniture, furniture, head_text
from pipeline.layout.measures import Measures, measure
from pipeline.layout.rows import Row, rows
from pipeline.layout.underlines import underlined
from pipeline.layout.zones import Setting, paragraph_indent, settle
from pipeline.model import Box, Line, Page, Word, Zone


@dataclass(frozen=True, slots=True)
class Marks:
    """What the image of a page shows besides words, in its pixels: rules that part, and lines under words."""

    rules: list[Box] = field(default_factory=list)
    underlines: list[Box] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with its words, in the text lines of the recogniser, and its marks."""

    page: Page
    lines: Sequence[Sequence[Word]]
    marks: Marks = Marks()


@dataclass(frozen=True, slots=True)
class _Text:
    """A page's text in one column: its lines before and after the start of the foot."""

    column: int
    body: list[Row]
    notes: list[Row]
    measures: Measures


def compose(sheets: Sequence[Sheet]) -> Iterator[Page]:
    """The pages with label, zones and lines; every word stands in exactly one line.

    Pages of a batch help each other: a first line that recurs is a running head, and a page with little text is
    judged by the leading and the paragraph indent of the others.
    """
    found = [underlined(rows(sheet.lines, sheet.page.width), sheet.marks.underlines) for sheet in sheets]
    heads = [head_text(made) for made in found]
    framed = [
        furniture(made, sheet.page.height, [head for other, head in enumerate(heads) if other != at])
        for at, (sheet, made) in enumerate(zip(sheets, found, strict=True))
    ]
    plain = [[row for at, row in enumerate(frame.rows) if at not in frame.kinds] for frame in framed]
    pitches = [measure(made).pitch for made in plain if len(made) > 5]
    pitch = median(pitches) if pitches else None
    texts = [
        [_text(column, made, sheet.marks.rules, pitch) for column in sorted({row.column for row in made})]
        for sheet, made in zip(sheets, plain, strict=True)
    ]
    indents = [x for page in texts for text in page if (x := paragraph_indent(text.body, text.measures)) is not None]
    paragraph = median(indents) if indents else None
    for sheet, frame, columns in zip(sheets, framed, texts, strict=True):
        yield _page(sheet.page, frame, columns, paragraph)


def _text(column: int, made: Sequence[Row], rules: Sequence[Box], pitch: float | None) -> _Text:
    lines = [row for row in made if row.column == column]
    measures = measure(lines, pitch)
    within = [rule for rule in rules if rule.left < measures.right and rule.right > measures.left]
    start = foot_start(lines, within, measures)
    return _Text(column, lines[:start], lines[start:], measures)


def _page(page: Page, frame: Furniture, texts: Sequence[_Text], paragraph: float | None) -> Page:
    settings: dict[int, Setting] = {
        id(frame.rows[at]): Setting(frame.rows[at], kind, True) for at, kind in frame.kinds.items()
    }
    for text in texts:
        for setting in settle(text.body, text.measures, paragraph):
            settings[id(setting.row)] = setting
        for row, opens in zip(text.notes, note_starts(text.notes, text.measures), strict=True):
            settings[id(row)] = Setting(row, "footnote", opens)
    return _numbered(page, frame.label, [settings[id(row)] for row in frame.rows])


def _numbered(page: Page, label: str | None, settings: Sequence[Setting]) -> Page:
    """Zones are runs of lines of one kind in one column."""
    zones: list[Zone] = []
    lines: list[Line] = []
    for (kind, _), run in groupby(settings, key=lambda setting: (setting.kind, setting.row.column)):
        zone = f"{page.id}.z{len(zones) + 1}"
        members = list(run)
        boxes = [setting.row.box for setting in members]
        zones.append(Zone(zone, kind, Box.union(*boxes)))
        for setting, box in zip(members, boxes, strict=True):
            lines.append(Line(f"{page.id}.l{len(lines) + 1}", zone, box, setting.row.words, setting.opens))
    return replace(page, label=label, zones=tuple(zones), lines=tuple(lines))
