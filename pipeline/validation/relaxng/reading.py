"""A schema's file to patterns. Elements are read when a document first uses them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from lxml import etree

from pipeline.errors import RecensioError
from pipeline.validation.parsing import Element
from pipeline.validation.relaxng.patterns import (
    EMPTY,
    NONE,
    TEXT,
    AnyName,
    ManyNames,
    Name,
    Names,
    OneName,
    Pattern,
    choice,
    group,
    interleave,
    list_of,
    more,
)

RNG = "{http://relaxng.org/ns/structure/1.0}"
_XML = "http://www.w3.org/XML/1998/namespace"
_DEEPEST = 20  # of files that include files


class SchemaUnusable(RecensioError):
    """A schema cannot be read, or is no RELAX NG in XML form."""

    exit_code = 2


@dataclass(slots=True)
class _Scope:
    """The definitions of one grammar; `outer` holds those that parentRef means."""

    outer: "_Scope | None" = None
    nodes: dict[str, list[Element]] = field(default_factory=dict)
    combined: dict[str, str] = field(default_factory=dict)
    patterns: dict[str, Pattern] = field(default_factory=dict)


class Schema:
    """A RELAX NG schema. Raises SchemaUnusable where the file is none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._elements: dict[Element, Pattern] = {}  # holds the nodes, so that each stays the same object
        self._named: dict[Name, list[tuple[Element, _Scope]]] = {}
        self.start = self._read([_parsed(path)], _Scope())

    def named(self, name: Name) -> Pattern:
        """All elements of this name, whatever they may hold, wherever they may stand."""
        return choice(self._element(node, scope) for node, scope in self._named.get(name, ()))

    def names(self) -> list[Name]:
        """The names of all elements that it defines."""
        return sorted(self._named)

    def _pattern(self, node: Element, scope: _Scope) -> Pattern:
        parts = _parts(node)
        match node.tag.removeprefix(RNG):
            case "grammar":
                inner = _Scope(scope)
                self._define(node, inner, {}, 0)
                return self._defined("", inner, node)
            case "ref":
                return self._defined(node.get("name", ""), scope, node)
            case "parentRef":
                if scope.outer is None:
                    raise SchemaUnusable(f"{_place(node)}: parentRef stands in no inner grammar")
                return self._defined(node.get("name", ""), scope.outer, node)
            case "externalRef":
                return self._pattern(_parsed(_beside(node)), _Scope())
            case "element":
                return self._element(node, scope)
            case "attribute":
                inside = parts if node.get("name") is not None else parts[1:]
                value = self._all(inside, scope) if inside else TEXT
                return Pattern("attribute", (value,), names=_names(node, attribute=True))
            case "empty":
                return EMPTY
            case "notAllowed":
                return NONE
            case "text":
                return TEXT
            case "value" | "data":
                allows = _datatype(node)
                return Pattern(
                    "value" if node.tag == f"{RNG}value" else "data",
                    allows=allows,
                    form=_form(node),
                    texts=True,
                )
            case "choice":
                return choice(self._pattern(part, scope) for part in parts)
            case "interleave":
                return _folded([self._pattern(part, scope) for part in parts])
            case "mixed":
                return interleave(TEXT, self._all(parts, scope))
            case "optional":
                return choice((EMPTY, self._all(parts, scope)))
            case "zeroOrMore":
                return choice((EMPTY, more(self._all(parts, scope))))
            case "oneOrMore":
                return more(self._all(parts, scope))
            case "list":
                return list_of(self._all(parts, scope))
            case "group" | "define" | "start":
                return self._all(parts, scope)
            case other:
                raise SchemaUnusable(f"{_place(node)}: {other} has no place in a RELAX NG schema")

    def _read(self, parts: list[Element], scope: _Scope) -> Pattern:
        try:
            return self._all(parts, scope)
        except RecursionError as error:
            raise SchemaUnusable(f"{self.path}: not a RELAX NG schema: a definition leads to itself") from error

    def _all(self, parts: list[Element], scope: _Scope) -> Pattern:
        """One part after the other."""
        result = EMPTY
        for part in reversed(parts):
            result = group(self._pattern(part, scope), result)
        return result

    def _element(self, node: Element, scope: _Scope) -> Pattern:
        if node not in self._elements:
            parts = _parts(node)
            inside = parts if node.get("name") is not None else parts[1:]
            content = lru_cache(maxsize=None)(lambda: self._read(inside, scope))
            self._elements[node] = Pattern("element", names=_names(node), content=content)
        return self._elements[node]

    def _defined(self, name: str, scope: _Scope, node: Element) -> Pattern:
        if name not in scope.nodes:
            raise SchemaUnusable(f"{_place(node)}: {name or 'start'} is not defined")
        if name not in scope.patterns:
            found = [self._pattern(node, scope) for node in scope.nodes[name]]
            scope.patterns[name] = choice(found) if scope.combined.get(name) == "choice" else _folded(found)
        return scope.patterns[name]

    def _define(self, grammar: Element, scope: _Scope, instead: dict[str, bool], depth: int) -> None:
        """Note the definitions of a grammar in `scope`, but those that an including grammar gives `instead`."""
        if depth > _DEEPEST:
            raise SchemaUnusable(f"{grammar.base}: files that include each other")
        for node in _definitions(grammar):
            if node.tag == f"{RNG}include":
                own = {_defines(each): True for each in _definitions(node)}
                self._define(_parsed(_beside(node)), scope, instead | own, depth + 1)
                self._define(node, scope, instead, depth)
            elif (name := _defines(node)) not in instead:
                scope.nodes.setdefault(name, []).append(node)
                scope.combined[name] = node.get("combine") or scope.combined.get(name, "")
                for element in node.iter(f"{RNG}element"):
                    for each in _names(element).listed():
                        self._named.setdefault(each, []).append((element, scope))


def _parts(node: Element) -> list[Element]:
    """The patterns inside a pattern, without annotations in other namespaces."""
    return [part for part in node.iterchildren(etree.Element) if part.tag.startswith(RNG)]


def _definitions(node: Element) -> Iterator[Element]:
    for child in node.iterchildren(etree.Element):
        if child.tag == f"{RNG}div":
            yield from _definitions(child)
        elif child.tag in (f"{RNG}define", f"{RNG}start", f"{RNG}include"):
            yield child


def _defines(node: Element) -> str:
    """The name that a node defines; empty for the start."""
    return node.get("name", "") if node.tag == f"{RNG}define" else ""


def _folded(patterns: list[Pattern]) -> Pattern:
    result = EMPTY
    for pattern in patterns:
        result = interleave(result, pattern)
    return result


def _names(node: Element, attribute: bool = False) -> Names:
    """The name class of an element or attribute pattern."""
    if (name := node.get("name")) is not None:
        return OneName(
            _name(node, name.strip(), "" if attribute and node.get("ns") is None else _inherited(node, "ns"))
        )
    return _name_class(_first(node))


def _first(node: Element) -> Element:
    parts = _parts(node)
    if not parts:
        raise SchemaUnusable(f"{_place(node)}: {etree.QName(node).localname} has no name")
    return parts[0]


def _place(node: Element) -> str:
    return f"{node.base}:{node.sourceline}"


def _name_class(node: Element) -> Names:
    parts = _parts(node)
    match node.tag.removeprefix(RNG):
        case "name":
            return OneName(_name(node, (node.text or "").strip(), _inherited(node, "ns")))
        case "choice" | "except":
            return ManyNames(tuple(_name_class(part) for part in parts))
        case kind:
            excepted = _name_class(parts[0]) if parts else None
            return AnyName(_inherited(node, "ns") if kind == "nsName" else None, excepted)


def _name(node: Element, name: str, namespace: str) -> Name:
    prefix, colon, local = name.rpartition(":")
    return ((_XML if prefix == "xml" else node.nsmap.get(prefix, "")) if colon else namespace, local)


def _inherited(node: Element, attribute: str) -> str:
    for each in (node, *node.iterancestors()):
        if (value := each.get(attribute)) is not None:
            return value
    return ""


def _datatype(node: Element) -> Callable[[str], bool]:
    """Whether a text is of a datatype, as libxml2 judges it."""
    root = etree.Element(f"{RNG}element", name="value")
    root.append(_copied(node))
    try:
        schema = etree.RelaxNG(root)
    except etree.RelaxNGParseError as error:
        raise SchemaUnusable(f"{_place(node)}: {error}") from error

    @lru_cache(maxsize=10_000)
    def allows(text: str) -> bool:
        value = etree.Element("value")
        value.text = text
        return bool(schema.validate(value))

    return allows


def _copied(node: Element) -> Element:
    copy = etree.fromstring(etree.tostring(node, with_tail=False))
    copy.set("datatypeLibrary", _inherited(node, "datatypeLibrary"))
    return copy


def _form(node: Element) -> str:
    """A datatype as messages name it: the value itself, or type and pattern."""
    if node.tag == f"{RNG}value":
        return node.text or ""
    limits = {param.get("name", ""): param.text or "" for param in node.iter(f"{RNG}param")}
    return " ".join([node.get("type", ""), *(f"{name}={limit}" for name, limit in limits.items())])


def _beside(node: Element) -> Path:
    """The file that an include or externalRef names: one beside its own, never from the network."""
    href = node.get("href", "")
    if "://" in href or not node.base:
        raise SchemaUnusable(f"{_place(node)}: {href} is not a file; fetch it and name the copy")
    return Path(node.base).parent / href


def _parsed(path: Path) -> Element:
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        return etree.parse(str(path), parser).getroot()
    except OSError as error:
        raise SchemaUnusable(f"{path}: the schema cannot be read ({error.strerror or error})") from error
    except etree.XMLSyntaxError as error:
        raise SchemaUnusable(f"{path}: not well-formed XML: {error.msg}") from error
