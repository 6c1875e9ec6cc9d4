"""The order in which TEI allows the children of divisions, front matter and the body (Guidelines, chapter 4)."""

from collections.abc import Sequence

from pipeline.encoding.markup import Content, Element

_ANYWHERE = ("pb", "fw", "lb", "milestone", "note")


def arranged(children: Sequence[Content]) -> list[Content]:
    """Children of a division in the order that TEI allows: headings, then blocks, then only divisions.

    A heading further down, and blocks after a division, get a division of their own, without a type.
    """
    found: list[Content] = []
    supplied: list[Content] | None = None
    seen_block = seen_division = False
    for child in children:
        name = _name(child)
        if name == "div":
            supplied, seen_division = None, True
            found.append(child)
        elif name in _ANYWHERE:
            (found if supplied is None else supplied).append(child)
        else:
            if (name == "head" and (seen_block or seen_division)) or (seen_division and supplied is None):
                supplied = []
                found.append(Element("div", {}, supplied))
                seen_division = True
            (found if supplied is None else supplied).append(child)
            seen_block = seen_block or name != "head"
    return found


def front_matter(children: Sequence[Content]) -> list[Content]:
    """Front and back hold title pages and divisions; other blocks get a division without a type."""
    found: list[Content] = []
    supplied: list[Content] | None = None
    for child in children:
        name = _name(child)
        if name in ("titlePage", "div"):
            supplied = None
            found.append(child)
        elif name in _ANYWHERE and supplied is None:
            found.append(child)
        else:
            if supplied is None:
                supplied = []
                found.append(Element("div", {}, supplied))
            supplied.append(child)
    return found


def complete(kind: str, children: Sequence[Content]) -> Sequence[Content]:
    """A body must hold a block or a division; notes of a body without text stand in an empty paragraph."""
    if kind != "body" or any(_name(child) not in (*_ANYWHERE, "head") for child in children):
        return children
    notes = [child for child in children if _name(child) == "note"]
    return [*(child for child in children if _name(child) != "note"), Element("p", {}, notes)]


def _name(child: Content) -> str:
    return child.name if isinstance(child, Element) else ""
