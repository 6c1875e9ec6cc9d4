"""A document followed through its schema: every fault, and what might have come in its place."""

from dataclasses import dataclass
from typing import Literal

from lxml import etree

from pipeline.validation.parsing import Element
from pipeline.validation.relaxng.patterns import (
    NONE,
    Name,
    Pattern,
    attributed,
    attributes,
    choice,
    closed,
    ended,
    fits,
    opened,
    with_text,
)
from pipeline.validation.relaxng.reading import Schema

What = Literal[
    "unknown", "misplaced", "early", "attribute", "combination", "value", "lacking", "text", "content", "unfinished"
]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an element, or with its attribute `name`.

    unknown: no such element in the schema; misplaced: not here; early: something must stand before it; attribute: no
    such one; combination: not beside the other attributes; value: not of the right form; lacking: an attribute is
    missing; text: where only elements stand; content: not of the right form; unfinished: something must follow.
    patterns: what might have come in its place.
    """

    what: What
    node: Element
    patterns: tuple[Pattern, ...]
    name: Name = ("", "")
    value: str = ""

    @property
    def name_of(self) -> Name:
        """The name of the element."""
        return qualified(str(self.node.tag))


def faults(tree: etree._ElementTree, schema: Schema, start: Pattern | None = None) -> list[Fault]:
    """All faults of a document, in the order in which they are met. start: what it may be, if not a whole document."""
    judge = _Judge(schema)
    judge.element(tree.getroot(), start or schema.start)
    return judge.found


class _Judge:
    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self.found: list[Fault] = []

    def element(self, node: Element, p: Pattern) -> Pattern:
        """What may come after an element, where `p` may come before it. A fault is noted, then mended in thought."""
        name = qualified(str(node.tag))
        q = opened(p, name)
        if q is NONE:
            q = opened(p, name, lenient=True)
            what: What = "early" if q is not NONE else "misplaced"
            anywhere = self._schema.named(name)
            self.found.append(Fault(what if anywhere is not NONE else "unknown", node, (p,)))
            if q is NONE:
                if opened(anywhere, name) is not NONE:
                    self.element(node, anywhere)
                return p
        q = self._attributes(node, q)
        before = len(self.found)
        q = self._children(node, q)
        if ended(q) is NONE and before == len(self.found):
            self.found.append(Fault("unfinished", node, (q,)))
        return ended(q, lenient=ended(q) is NONE)

    def _attributes(self, node: Element, start: Pattern) -> Pattern:
        p = start
        for key, value in node.attrib.items():
            name = qualified(str(key))
            may = attributes(p, name)
            if not may:
                known = attributes(start, name)
                self.found.append(Fault("combination" if known else "attribute", node, (start,), name, str(value)))
                continue
            taken = tuple(each for each in may if fits(each.parts[0], str(value)))
            if not taken:
                self.found.append(Fault("value", node, tuple(each.parts[0] for each in may), name, str(value)))
            p = attributed(p, taken or may)
        if closed(p) is NONE:
            self.found.append(Fault("lacking", node, (p,)))
        return closed(p, lenient=closed(p) is NONE)

    def _children(self, node: Element, p: Pattern) -> Pattern:
        children, text = [child for child in node if isinstance(child.tag, str)], node.text or ""
        wrong = ""
        for child in node:
            if isinstance(child.tag, str):
                if text.strip():
                    q = with_text(p, text)
                    wrong, p = (wrong or text, p) if q is NONE else (wrong, q)
                p, text = self.element(child, p), ""
            text += child.tail or ""
        if text.strip() or not children:
            q = with_text(p, text)
            if not text.strip():
                p = choice((p, q))
            else:
                wrong, p = (wrong or text, p) if q is NONE else (wrong, q)
        if wrong:
            self.found.append(Fault("content" if p.texts else "text", node, (p,), value=wrong.strip()))
        return p


def qualified(tag: str) -> Name:
    """Namespace and local name of a tag or attribute as lxml writes it."""
    namespace, brace, local = tag.rpartition("}")
    return (namespace[1:] if brace else "", local)
