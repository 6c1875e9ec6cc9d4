"""Patterns and their derivatives.

There is one object for each different pattern, so patterns are compared by identity and what was once derived is
remembered beside the pattern it was derived from.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

Name = tuple[str, str]  # namespace, local name
Kind = Literal[
    "empty", "none", "text", "choice", "group", "interleave", "more", "list", "value", "data", "attribute", "element",
    "after",
]  # fmt: skip


class Names:
    """The names that an element or attribute may have."""

    def holds(self, name: Name) -> bool:
        """Whether `name` is one of them."""
        raise NotImplementedError

    def listed(self) -> list[Name]:
        """The names, as far as they can be listed."""
        return []


@dataclass(frozen=True, slots=True)
class OneName(Names):
    """A single name."""

    name: Name

    def holds(self, name: Name) -> bool:
        return name == self.name

    def listed(self) -> list[Name]:
        return [self.name]


@dataclass(frozen=True, slots=True)
class ManyNames(Names):
    """Any of several kinds of names."""

    parts: tuple[Names, ...]

    def holds(self, name: Name) -> bool:
        return any(part.holds(name) for part in self.parts)

    def listed(self) -> list[Name]:
        return [name for part in self.parts for name in part.listed()]


@dataclass(frozen=True, slots=True)
class AnyName(Names):
    """Every name, or every name of a namespace, but those excepted."""

    namespace: str | None
    excepted: Names | None

    def holds(self, name: Name) -> bool:
        inside = self.namespace is None or name[0] == self.namespace
        return inside and not (self.excepted and self.excepted.holds(name))


@dataclass(slots=True, eq=False)
class Pattern:
    """What may come. parts: the patterns it is made of; the rest serves the kinds that need it.

    nullable: nothing need come. texts: its derivative by a text depends on that text.
    content: of an element, found when it is first asked for, as elements hold each other.
    """

    kind: Kind
    parts: tuple["Pattern", ...] = ()
    names: Names | None = None
    content: Callable[[], "Pattern"] | None = None
    allows: Callable[[str], bool] | None = None
    form: str = ""
    nullable: bool = False
    texts: bool = False
    memory: dict[Any, Any] = field(default_factory=dict)


EMPTY = Pattern("empty", nullable=True)
NONE = Pattern("none")
TEXT = Pattern("text", nullable=True)
_known: dict[tuple[str, tuple[int, ...]], Pattern] = {}


def choice(patterns: Iterable[Pattern]) -> Pattern:
    """One of the patterns."""
    parts: dict[int, Pattern] = {}
    for pattern in patterns:
        for part in pattern.parts if pattern.kind == "choice" else (pattern,):
            if part is not NONE:
                parts[id(part)] = part
    if id(EMPTY) in parts and any(part.nullable for part in parts.values() if part is not EMPTY):
        del parts[id(EMPTY)]
    if len(parts) < 2:
        return next(iter(parts.values()), NONE)
    return _made("choice", tuple(parts[key] for key in sorted(parts)), any(x.nullable for x in parts.values()))


def group(first: Pattern, second: Pattern) -> Pattern:
    """One after the other."""
    if first is NONE or second is NONE:
        return NONE
    if first is EMPTY or second is EMPTY:
        return second if first is EMPTY else first
    return _made("group", (first, second), first.nullable and second.nullable)


def interleave(first: Pattern, second: Pattern) -> Pattern:
    """Both, mixed in any order."""
    if first is NONE or second is NONE:
        return NONE
    if first is EMPTY or second is EMPTY:
        return second if first is EMPTY else first
    return _made("interleave", (first, second), first.nullable and second.nullable)


def more(pattern: Pattern) -> Pattern:
    """Once or more often."""
    if pattern is NONE or pattern is EMPTY or pattern.kind == "more":
        return pattern
    return _made("more", (pattern,), pattern.nullable)


def after(inner: Pattern, outer: Pattern) -> Pattern:
    """`inner` up to the end of the element that is open, then `outer`."""
    return NONE if inner is NONE or outer is NONE else _made("after", (inner, outer), False)


def list_of(pattern: Pattern) -> Pattern:
    """A text whose words are `pattern`."""
    return _made("list", (pattern,), False)


def _made(kind: Kind, parts: tuple[Pattern, ...], nullable: bool) -> Pattern:
    key = (kind, tuple(id(part) for part in parts))
    pattern = _known.get(key)
    if pattern is None:
        texts = kind == "list" or any(part.texts for part in parts)
        pattern = _known[key] = Pattern(kind, parts, nullable=nullable, texts=texts)
    return pattern


def opened(p: Pattern, name: Name, lenient: bool = False) -> Pattern:
    """What may come after the start of an element. lenient: what should have come before may be missing."""
    key = ("open", name, lenient)
    if key not in p.memory:
        p.memory[key] = _opened(p, name, lenient)
    result: Pattern = p.memory[key]
    return result


def _opened(p: Pattern, name: Name, lenient: bool) -> Pattern:
    match p.kind:
        case "choice":
            return choice(opened(part, name, lenient) for part in p.parts)
        case "element":
            assert p.names
            assert p.content
            return after(p.content(), EMPTY) if p.names.holds(name) else NONE
        case "interleave":
            a, b = p.parts
            return choice(
                (
                    _beyond(opened(a, name, lenient), lambda x: interleave(x, b)),
                    _beyond(opened(b, name, lenient), lambda x: interleave(a, x)),
                )
            )
        case "more":
            again = choice((p, EMPTY))
            return _beyond(opened(p.parts[0], name, lenient), lambda x: group(x, again))
        case "group":
            a, b = p.parts
            found = _beyond(opened(a, name, lenient), lambda x: group(x, b))
            return choice((found, opened(b, name, lenient))) if a.nullable or lenient else found
        case "after":
            a, b = p.parts
            return _beyond(opened(a, name, lenient), lambda x: after(x, b))
        case _:
            return NONE


def _beyond(p: Pattern, change: Callable[[Pattern], Pattern]) -> Pattern:
    """`p` with what comes after the open element changed."""
    if p.kind == "after":
        return after(p.parts[0], change(p.parts[1]))
    return choice(_beyond(part, change) for part in p.parts) if p.kind == "choice" else NONE


def attributes(p: Pattern, name: Name | None = None) -> tuple[Pattern, ...]:
    """The attribute patterns that `p` may still take: all, or those of a name."""
    key = ("attributes", name)
    if key not in p.memory:
        if p.kind == "attribute":
            assert p.names
            p.memory[key] = (p,) if name is None or p.names.holds(name) else ()
        else:
            inside = p.parts[:1] if p.kind == "after" else p.parts
            found = {id(each): each for part in inside for each in attributes(part, name)}
            p.memory[key] = tuple(found.values())
    result: tuple[Pattern, ...] = p.memory[key]
    return result


def attributed(p: Pattern, taken: tuple[Pattern, ...]) -> Pattern:
    """What may come after an attribute that fits the attribute patterns `taken`."""
    key = ("attributed", taken)
    if key not in p.memory:
        p.memory[key] = _attributed(p, taken)
    result: Pattern = p.memory[key]
    return result


def _attributed(p: Pattern, taken: tuple[Pattern, ...]) -> Pattern:
    match p.kind:
        case "attribute":
            return EMPTY if p in taken else NONE
        case "choice":
            return choice(attributed(part, taken) for part in p.parts)
        case "group" | "interleave":
            a, b = p.parts
            make = group if p.kind == "group" else interleave
            return choice((make(attributed(a, taken), b), make(a, attributed(b, taken))))
        case "more":
            return group(attributed(p.parts[0], taken), choice((p, EMPTY)))
        case "after":
            return after(attributed(p.parts[0], taken), p.parts[1])
        case _:
            return NONE


def closed(p: Pattern, lenient: bool = False) -> Pattern:
    """What may come after the last attribute. lenient: attributes may be missing."""
    key = ("closed", lenient)
    if key not in p.memory:
        p.memory[key] = _closed(p, lenient)
    result: Pattern = p.memory[key]
    return result


def _closed(p: Pattern, lenient: bool) -> Pattern:
    match p.kind:
        case "attribute":
            return EMPTY if lenient else NONE
        case "choice":
            return choice(closed(part, lenient) for part in p.parts)
        case "group" | "interleave":
            a, b = (closed(part, lenient) for part in p.parts)
            return group(a, b) if p.kind == "group" else interleave(a, b)
        case "more":
            return more(closed(p.parts[0], lenient))
        case "after":
            return after(closed(p.parts[0], lenient), p.parts[1])
        case _:
            return p


def with_text(p: Pattern, text: str) -> Pattern:
    """What may come after a text."""
    if p.texts:
        return _with_text(p, text)
    if "text" not in p.memory:
        p.memory["text"] = _with_text(p, text)
    result: Pattern = p.memory["text"]
    return result


def _with_text(p: Pattern, text: str) -> Pattern:
    match p.kind:
        case "text":
            return p
        case "value" | "data":
            assert p.allows
            return EMPTY if p.allows(text) else NONE
        case "list":
            rest = p.parts[0]
            for word in text.split():
                rest = with_text(rest, word)
            return EMPTY if rest.nullable else NONE
        case "choice":
            return choice(with_text(part, text) for part in p.parts)
        case "interleave":
            a, b = p.parts
            return choice((interleave(with_text(a, text), b), interleave(a, with_text(b, text))))
        case "group":
            a, b = p.parts
            found = group(with_text(a, text), b)
            return choice((found, with_text(b, text))) if a.nullable else found
        case "more":
            return group(with_text(p.parts[0], text), choice((p, EMPTY)))
        case "after":
            return after(with_text(p.parts[0], text), p.parts[1])
        case _:
            return NONE


def ended(p: Pattern, lenient: bool = False) -> Pattern:
    """What may come after the end of the open element. lenient: its content may be incomplete."""
    if p.kind == "choice":
        return choice(ended(part, lenient) for part in p.parts)
    return p.parts[1] if p.kind == "after" and (lenient or p.parts[0].nullable) else NONE


def fits(pattern: Pattern, value: str) -> bool:
    """Whether the value of an attribute is what `pattern` asks."""
    return with_text(pattern, value).nullable or (not value.strip() and pattern.nullable)


def firsts(p: Pattern) -> dict[Name, None]:
    """The names of the elements that may come next."""
    if "firsts" not in p.memory:
        if p.kind == "element":
            assert p.names
            found = dict.fromkeys(p.names.listed())
        else:
            inside = p.parts
            if p.kind == "after" or (p.kind == "group" and not p.parts[0].nullable):
                inside = p.parts[:1]
            found = {name: None for part in inside for name in firsts(part)}
        p.memory["firsts"] = found
    result: dict[Name, None] = p.memory["firsts"]
    return result


def required(p: Pattern) -> set[Name]:
    """The names of the attributes that must still come."""
    match p.kind:
        case "attribute":
            assert p.names
            return set(p.names.listed()[:1])
        case "group" | "interleave":
            return required(p.parts[0]) | required(p.parts[1])
        case "choice":
            return set.intersection(*(required(part) for part in p.parts))
        case "more" | "after":
            return required(p.parts[0])
        case _:
            return set()
