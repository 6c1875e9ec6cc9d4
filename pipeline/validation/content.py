"""What a RELAX NG schema lets each of its elements hold, in a form that messages can be made of.

The verdict is a library's. This is for the words after it: of every element the attributes in each combination that
is allowed, and its children as a regular expression over one letter for each name, in which the library `regex` finds
how far a row of children is a beginning of what may be, and so the first that is wrong and what might have stood there.
Two things are read loosely, as no verdict hangs on them: an interleave as its parts in any order, and text only as
allowed or not. A schema in several files is not followed into the others.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path

import regex
from lxml import etree

from pipeline.validation import expressions
from pipeline.validation.expressions import Expression
from pipeline.validation.parsing import RNG, Element

ANY = "*"  # in place of the name of an element or attribute that may have any
_XML = "{http://www.w3.org/XML/1998/namespace}"
_COMBINATIONS = 32  # of attributes; an element with more is not held to them
_PATIENCE = 1.0  # seconds for one row of children
_FIRST_LETTER = 0xE000  # private use: no such letter means anything in a regular expression


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute in a combination. patterns: the forms that its value may have."""

    patterns: tuple[Element, ...]
    required: bool


Combination = dict[str, Attribute]


class Model:
    """One element pattern of a schema. Names are as lxml writes them: {namespace}local."""

    def __init__(self, pattern: Element, schema: "Schema") -> None:
        self.pattern, self.schema = pattern, schema
        named = pattern.tag != f"{RNG}element" or pattern.get("name") is not None
        self._parts = parts(pattern)[0 if named else 1 :]

    @cached_property
    def combinations(self) -> list[Combination]:
        """The attributes that may stand together."""
        return self._beside(self._parts)

    @cached_property
    def text(self) -> bool:
        """Whether text may stand directly in the element."""
        return any(_kind(node) in ("text", "mixed", "data", "value", "list") for node in self._content())

    @cached_property
    def children(self) -> dict[str, list["Model"]]:
        """The elements that it may hold, by their names."""
        children: dict[str, list[Model]] = {}
        for node in self._content():
            for name in names(node) if _kind(node) == "element" else ():
                children.setdefault(name, []).append(self.schema.model(node))
        return children

    def fits(self, row: list[str]) -> bool:
        """Whether children of these names, in this order, are what it may hold."""
        return self._matches(self._spelt(row), partial=False)

    def misplaced(self, row: list[str]) -> tuple[int, list[str], bool]:
        """Where a row of children that does not fit goes wrong, what might have stood there, and whether before it.

        The place is len(row) where something must follow.
        """
        text = self._spelt(row)
        good, bad = 0, len(text) + 1  # a row that begins well goes on being so up to some place
        while good + 1 < bad:
            middle = (good + bad) // 2
            good, bad = (middle, bad) if self._matches(text[:middle]) else (good, middle)
        may = [name for name, letter in self._letters.items() if self._matches(text[:good] + letter)]
        rest = text[good : good + 1]
        before = [name for name in may if rest and self._matches(text[:good] + self._letters[name] + rest)]
        return good, before or may, bool(before)

    @cached_property
    def _letters(self) -> dict[str, str]:
        own = [name for name in self.children if name != ANY]
        return {name: chr(_FIRST_LETTER + place) for place, name in enumerate(own)}

    @cached_property
    def _order(self) -> "regex.Pattern[str]":
        return regex.compile(self._row(self._parts).text)

    def _spelt(self, row: list[str]) -> str:
        return "".join(self._letters.get(name, ANY) for name in row)

    def _matches(self, text: str, partial: bool = True) -> bool:
        try:
            return self._order.fullmatch(text, partial=partial, timeout=_PATIENCE) is not None
        except TimeoutError:
            return True

    def _content(self) -> Iterator[Element]:
        """Every pattern in it, but those of its attributes and of the elements that it holds."""
        waiting, seen = self._parts[::-1], set[str]()
        while waiting:
            node = waiting.pop()
            yield node
            if _kind(node) == "ref" and (name := node.get("name", "")) not in seen:
                seen.add(name)
                waiting.extend(self.schema.defined(name)[::-1])
            elif _kind(node) not in ("ref", "element", "attribute"):
                waiting.extend(parts(node)[::-1])

    def _row(self, nodes: Iterable[Element]) -> Expression:
        return expressions.row(map(self._expression, nodes))

    def _expression(self, node: Element) -> Expression:
        match _kind(node):
            case "element":
                return expressions.letters("".join(self._letters.get(name, ".") for name in names(node)))
            case "ref":
                return self._row(self.schema.defined(node.get("name", "")))
            case "choice":
                return expressions.choice(map(self._expression, parts(node)))
            case "interleave" | "mixed":
                return expressions.repeated(expressions.choice(map(self._expression, parts(node))), 0)
            case "optional":
                return expressions.choice((self._row(parts(node)), expressions.EMPTY))
            case "zeroOrMore" | "oneOrMore" as kind:
                return expressions.repeated(self._row(parts(node)), int(kind == "oneOrMore"))
            case "group":
                return self._row(parts(node))
            case "notAllowed":
                return expressions.NEVER
            case _:
                return expressions.EMPTY

    def _beside(self, nodes: Iterable[Element]) -> list[Combination]:
        """The attributes of patterns that stand beside each other."""
        several = [found for node in nodes if (found := self._attributes(node)) != [{}]]
        count = 1
        for found in several:
            count *= len(found)
        if count > _COMBINATIONS:
            several = [[_loosely(found)] for found in several]
        return [_together(each) for each in product(*several)]

    def _attributes(self, node: Element) -> list[Combination]:
        match _kind(node):
            case "attribute":
                return [{name: Attribute((node,), required=name != ANY) for name in names(node)}]
            case "ref":
                return self._beside(self.schema.defined(node.get("name", "")))
            case "choice":
                found = [each for part in parts(node) for each in self._attributes(part)]
                return [each for place, each in enumerate(found) if each not in found[:place]] or [{}]
            case "optional" | "zeroOrMore":
                return [_loosely([each, {}]) for each in self._beside(parts(node))]
            case "group" | "interleave" | "mixed" | "oneOrMore":
                return self._beside(parts(node))
            case _:
                return [{}]


class Schema:
    """The element patterns of a RELAX NG file."""

    def __init__(self, path: Path) -> None:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        root = etree.parse(str(path), parser).getroot()
        self._models: dict[Element, Model] = {}
        self._defined: dict[str, Element] = {}
        for define in list(root.iter(f"{RNG}define")):
            self._define(define.get("name", ""), define)
        start = etree.Element(f"{RNG}start")
        for node in list(root.iter(f"{RNG}start")):
            self._define("", node)
        if _kind(root) != "grammar":
            start.append(root)
        self.start = Model(self._defined.get("", start), self)
        self.elements: dict[str, list[Model]] = {}
        for node in root.iter(f"{RNG}element"):
            for name in names(node):
                self.elements.setdefault(name, []).append(self.model(node))

    def model(self, pattern: Element) -> Model:
        """The model of an element pattern, one object for each."""
        if pattern not in self._models:
            self._models[pattern] = Model(pattern, self)
        return self._models[pattern]

    def defined(self, name: str) -> list[Element]:
        """The patterns for which a name stands."""
        return parts(self._defined[name]) if name in self._defined else []

    def _define(self, name: str, node: Element) -> None:
        """Note a definition; one that is spread over several places is put together in the first."""
        known = self._defined.setdefault(name, node)
        if known is node:
            return
        combined = etree.Element(f"{RNG}{node.get('combine') or known.get('combine') or 'choice'}")
        for each in (known, node):
            group = etree.SubElement(combined, f"{RNG}group")
            group.extend(parts(each))
        known.append(combined)


def parts(node: Element) -> list[Element]:
    """The patterns in a pattern, without annotations in other namespaces."""
    return [part for part in node.iterchildren(etree.Element) if part.tag.startswith(RNG)]


def names(node: Element) -> list[str]:
    """The names that an element or attribute pattern stands for; ANY where they cannot be listed."""
    if (name := node.get("name")) is not None:
        if _kind(node) == "attribute" and node.get("ns") is None:
            return [f"{_XML}{name[4:]}" if name.startswith("xml:") else name]
        return [_qualified(node, name)]
    waiting, found = parts(node)[:1], []
    while waiting:
        each = waiting.pop()
        if _kind(each) == "choice":
            waiting.extend(parts(each)[::-1])
        else:
            found.append(_qualified(each, each.text or "") if _kind(each) == "name" else ANY)
    return found


def inherited(node: Element, attribute: str) -> str:
    """An attribute of a pattern or of those around it."""
    around = (each.get(attribute) for each in (node, *node.iterancestors()))
    return next((value for value in around if value is not None), "")


def _qualified(node: Element, name: str) -> str:
    prefix, _, local = name.strip().rpartition(":")
    namespace = node.nsmap.get(prefix, "") if prefix else inherited(node, "ns")
    return f"{{{namespace}}}{local}" if namespace else local


def _kind(node: Element) -> str:
    return str(node.tag).removeprefix(RNG)


def _together(combinations: Iterable[Combination]) -> Combination:
    together: Combination = {}
    for each in combinations:
        together |= each
    return together


def _loosely(combinations: list[Combination]) -> Combination:
    """One combination that allows what any of several does and requires what all of them do."""
    loose: Combination = {}
    for name in dict.fromkeys(name for each in combinations for name in each):
        having = [each[name] for each in combinations if name in each]
        patterns = tuple(dict.fromkeys(pattern for each in having for pattern in each.patterns))
        required = len(having) == len(combinations) and all(each.required for each in having)
        loose[name] = Attribute(patterns, required)
    return loose
