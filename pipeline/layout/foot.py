"""The foot of a page: where its notes begin, and which lines begin one."""

import re
from collections.abc import Sequence
from statistics import mean, median

from pipeline.layout.hanging import hangs
from pipeline.layout.measures import Measures
from pipeline.layout.rows import Row
from pipeline.model import Box

_NUMBER = re.compile(r"[(\[]?(\d{1,3})[)\].:,]?")
_GLUED = re.compile(r"[(\[]?(\d{1,3})[)\].:,]?(?=[^\W\d]{2}|[\"“‘'«(])")
_MARK = re.compile(r"[(\[]?([*†‡§¶+]{1,4}|[xX]{1,4})[)\].]?")
_LETTER = re.compile(r"[(\[]([a-z])[)\]]|([a-z])\)")
_WORD = re.compile(r"[^\W\d_]{2}")
_GOES_ON = re.compile(r"[(\[]\s*[.…][.…\s]*[^\W\d]+\.?\s*[)\]]")


def label(row: Row) -> str | None:
    """The number or mark of a note at a line's start ("12", "*", "a"); None where it starts with a word.

    Raised signs are a label whatever they are; plain ones where text follows: "12 See", "12. See", "(1) See", "X See".
    """
    first = row.words[0]
    if first.raised:
        return first.text.strip("()[].,:")
    text = first.text
    if len(row.words) > 1:
        for form in (_NUMBER, _MARK, _LETTER):
            if match := form.fullmatch(text):
                return next(group for group in match.groups() if group)
    if match := _GLUED.match(text):
        return match[1]
    return None


def goes_on(row: Row) -> bool:
    """The line starts with a sign such as "(...continued)": a note of the page before goes on."""
    return _GOES_ON.search(" ".join(word.text for word in row.words[:3])) is not None


def foot_start(rows: Sequence[Row], rules: Sequence[Box], page: Measures) -> int:
    """The index of the first line of the foot notes; len(rows) on a page without any.

    rows: of one column without furniture, from top to bottom. rules: horizontal rules of the page.
    Under a rule everything is notes where it is set like notes: a label, closer leading, smaller type, or a short rule
    low on the page. Without a rule the foot must be set off by white space, start with a label, and either be set
    closer or smaller than the body or have its mark in the body.
    """
    for rule in sorted(rules, key=lambda box: box.top):
        start = next((at for at, row in enumerate(rows) if row.baseline > rule.bottom), len(rows))
        if 0 < start < len(rows) and _under_rule(rows, start, rule, page):
            return start
    return _without_rule(rows, page)


def note_starts(rows: Sequence[Row], page: Measures) -> list[bool]:
    """For each line of a foot, whether a note (or a paragraph of one) starts with it.

    A label starts a note unless it goes on from the page before. A line without a label starts one where it is
    indented as the labelled lines are: its label is lost.
    """
    if not rows:
        return []
    margin = _margin(rows, page)
    indented = [1.2 * page.advance < page.indent(row) - margin < 12 * page.advance for row in rows]
    starts = []
    for at, row in enumerate(rows):
        labelled = label(row) is not None
        if labelled and at and not row.words[0].raised and not indented[at]:
            # A plain number in running text may come to stand at a line's start.
            labelled = not any(indented) and (not page.full(rows[at - 1]) or _gap(rows, at) > 1.2 * _pitch(rows))
        starts.append((labelled or (indented[at] and not _in_sentence(rows, at))) and not goes_on(row))
    return starts


def _in_sentence(rows: Sequence[Row], at: int) -> bool:
    """The line starts small after a line without a stop."""
    return at > 0 and rows[at].text[:1].islower() and re.search(r"[.?!:][\"')\]”’»]*$", rows[at - 1].text) is None


def _margin(rows: Sequence[Row], page: Measures) -> float:
    """Where the lines of notes start that do not start a note, as an indent in pixels."""
    indents = sorted(page.indent(row) for row in rows)
    return 0.0 if indents[0] < 1.2 * page.advance or len(rows) < 3 else indents[0]


def _gap(rows: Sequence[Row], at: int) -> float:
    return rows[at].baseline - rows[at - 1].baseline if at else 0.0


def _pitch(rows: Sequence[Row]) -> float:
    gaps = [_gap(rows, at) for at in range(1, len(rows))]
    return min((gap for gap in gaps if gap > 1.2 * rows[0].x_height), default=0.0)


def _under_rule(rows: Sequence[Row], start: int, rule: Box, page: Measures) -> bool:
    if _set_smaller(rows, start, page):
        return True
    low = rule.top > (rows[0].baseline + rows[-1].baseline) / 2
    if low and (label(rows[start]) is not None or goes_on(rows[start])):
        return True
    low = low and _gap(rows, start) > 1.15 * page.pitch
    return low and rule.width < 0.6 * page.width and abs(rule.left - page.left) < 3 * page.advance


def _without_rule(rows: Sequence[Row], page: Measures) -> int:
    best = len(rows)
    for start in range(len(rows) - 1, 0, -1):
        gap = _gap(rows, start)
        if start + 1 < len(rows) and not _close(rows, start + 1, page):
            break
        found = label(rows[start]) if _WORD.search(rows[start].text) else None
        set_off, smaller = gap > 1.3 * page.pitch, _set_smaller(rows, start, page)
        if found is None:
            # A label may have been misread; a quotation, set closer too, has no line at the margin.
            if set_off and smaller and any(page.flush(row) for row in rows[start:]):
                best = start
            continue
        if gap < 1.15 * (_pitch(rows[start:]) or page.pitch):
            continue
        anchored = _anchored(rows[:start], found)
        # A lone mark such as * or X far below the text stands for a note even where its fellow was not read.
        if not anchored and hangs(rows[start:], page):
            continue
        anchored = anchored or ((not found.isalnum() or found.lower().strip("x") == "") and gap > 1.8 * page.pitch)
        raised = rows[start].words[0].raised and set_off
        if raised or (smaller and (set_off or best < len(rows) or anchored)) or (anchored and gap > 1.2 * page.pitch):
            best = start
    return best


def _close(rows: Sequence[Row], at: int, page: Measures) -> bool:
    """A line that may belong to the same foot as the line before it."""
    gap = _gap(rows, at)
    return (
        gap < 0.9 * page.pitch
        or (gap < 2.2 * page.pitch and label(rows[at]) is not None)
        or (rows[at].x_height < 0.9 * page.x_height and gap < 1.3 * page.pitch)
        or gap < 1.1 * page.pitch
    )


def _set_smaller(rows: Sequence[Row], start: int, page: Measures) -> bool:
    """The lines from `start` are set closer, or in smaller type, than those before."""
    gaps = [_gap(rows, at) for at in range(start + 1, len(rows))]
    if gaps and mean(gap < 0.87 * page.pitch for gap in gaps) > 0.7:
        return True
    return median(row.x_height for row in rows[start:]) < 0.9 * median(row.x_height for row in rows[:start])


def _anchored(body: Sequence[Row], mark: str) -> bool:
    """The body has the mark: raised, on its own, or after a word."""
    attached = re.compile(rf"[^\W\d][.,;:!?]?[\"'”’»)]*[(\[]?{re.escape(mark)}[)\]]?[.,;:]?")
    alone = {mark, f"({mark})", f"[{mark}]"} if not mark.isdigit() else {f"({mark})", f"[{mark}]"}
    return any(
        (word.raised and word.text.strip("()[].,") == mark) or word.text in alone or attached.fullmatch(word.text)
        for row in body
        for word in row.words
    )
