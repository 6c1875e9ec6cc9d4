"""Quotation marks one by one: what it costs to take a mark for an opening or a closing one or an apostrophe.

Costs are natural logarithms of odds, by what stands before and after the mark.
"""

DOUBLE = '"“”„«»'
SINGLE = "'‘’‚‹›"
OPENING = "“„«‘‚‹"
CLOSING = "”»›"
_STOPS = ".,;:!?)]}…"
_BRACKETS = "([{-—–/"
IMPOSSIBLE = 50.0


def open_cost(text: str, at: int, before: str, after: str) -> float:
    """Cost of a mark opening a quotation; before, after: its neighbours, empty at the ends of a paragraph."""
    mark = text[at]
    if mark in CLOSING or not after:
        return IMPOSSIBLE
    fresh = not before or before.isspace()
    if mark in OPENING:
        cost = 0.0
    elif after.isspace():
        cost = 2.0 if fresh else 6.0
    elif after in _STOPS and text[at + 1 : at + 3] != "..":
        cost = 5.0
    elif fresh or before in _BRACKETS or (before in DOUBLE + SINGLE and _fresh(text, at - 1)):
        cost = 0.0
    else:
        cost = 2.5 if before in _STOPS else 5.0
    return cost


def _fresh(text: str, at: int) -> bool:
    """Whether the mark before stands after a space itself, so that two open together."""
    return at == 0 or text[at - 1].isspace() or text[at - 1] in _BRACKETS


def close_cost(text: str, at: int, before: str, after: str) -> float:
    """Cost of a mark closing a quotation."""
    mark = text[at]
    if not before or mark in "«‘‚‹„":
        return IMPOSSIBLE
    if mark in "”»›’":
        cost = 0.0
    elif before.isspace():
        cost = 0.3 if not after else 0.5 if after in _STOPS else 1.0 if after.isspace() or after.isdigit() else 4.0
    elif before in "([{":
        cost = 6.0
    elif not after or after.isspace() or after in _STOPS + DOUBLE + SINGLE + "-—–/":
        cost = 0.0
    else:
        cost = 0.2 if after.isdigit() and before not in "-—–" else 1.5 if before in _STOPS else 3.0
    return cost


def apostrophe_cost(text: str, at: int, before: str, after: str) -> float:
    """Cost of a single mark being no quotation mark."""
    if before.isalnum() and (after.isalpha() or after.isdigit()):
        return 0.0
    if text[at + 1 : at + 3].isdigit() and not text[at + 3 : at + 4].isdigit():
        return 0.2
    if before.isalnum():
        return 1.0 if before in "sSzZxX" else 2.0
    return 3.5


def plural(text: str, at: int, end: int) -> bool:
    """Whether a single mark is rather the apostrophe of a plural: behind an s, before a word without a capital."""
    return text[at - 1] in "sSzZxX" and at + 2 < end and text[at + 1] == " " and text[at + 2].islower()


def length_cost(length: int, single: bool) -> float:
    """Long quotations are rarer, in single marks much rarer."""
    return min(8.0, max(0, length - 20) * 0.012) if single else min(3.0, max(0, length - 20) * 0.0015)
