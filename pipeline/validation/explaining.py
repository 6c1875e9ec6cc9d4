"""What is wrong in a document that its grammar refuses: at every fault, what was expected there.

libxml2 says of a document that it is refused, but names the outermost element that fails and not why. So each element
is held against what the schema lets it hold: its attributes, the order of its children, text. After a fault it goes on
as if that were mended.
"""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from lxml import etree

from pipeline.validation.content import ANY, Combination, Model, Schema
from pipeline.validation.parsing import TEI, Element, Tree, line, where
from pipeline.validation.problems import Problem
from pipeline.validation.values import accepts, forms, listed

_XML = "http://www.w3.org/XML/1998/namespace"
_NAMES = 14  # in a list of what may be
_LETTERS = 40  # of a stray text


def explained(tree: Tree, name: str, schema: Path) -> Iterator[Problem]:
    """What of a document is not as its schema says, in the order of its elements."""
    return _Explanation(name, _read(schema)).document(tree.getroot())


@cache
def _read(schema: Path) -> Schema:
    return Schema(schema)


class _Explanation:
    def __init__(self, name: str, schema: Schema) -> None:
        self._name = name
        self._schema = schema

    def document(self, root: Element) -> Iterator[Problem]:
        yield from self._children(None, [root], self._schema.start)
        yield from self._element(root, self._models(root, self._schema.start))

    def _element(self, node: Element, models: list[Model]) -> Iterator[Problem]:
        """Everything wrong in an element, held against that of several models which fits it best."""
        if not models:
            return
        children = [child for child in node if isinstance(child.tag, str)]
        row = [str(child.tag) for child in children]
        wrong = [(self._attributes(node, model), model) for model in models]
        least = min(len(problems) for problems, _ in wrong)
        best = [each for each in wrong if len(each[0]) == least]
        problems, model = next((each for each in best if each[1].fits(row)), best[0])
        yield from problems
        if not model.text and (stray := _stray_text(node)):
            may = f"put it in one of: {_names(model.children)}" if model.children else f"{_name(node)} is always empty"
            message = f"text stands directly in {_name(node)}: {stray}"
            yield self._problem(node, "text-outside-block", message, may)
        yield from self._children(node, children, model)
        for child in children:
            yield from self._element(child, self._models(child, model))

    def _models(self, node: Element, parent: Model) -> list[Model]:
        """What an element may be there; if it may not be there, what it may be elsewhere."""
        name = str(node.tag)
        if name in parent.children or ANY not in parent.children:
            return parent.children.get(name) or self._schema.elements.get(name, [])
        return []

    def _attributes(self, node: Element, model: Model) -> list[Problem]:
        """What is wrong with the attributes, held against the combination that they fit best."""
        wrong = [self._against(node, combination, model) for combination in model.combinations]
        return min(wrong, key=lambda problems: (len(problems), sum(each.rule == "schema-value" for each in problems)))

    def _against(self, node: Element, allowed: Combination, model: Model) -> list[Problem]:
        name, problems = _name(node), []
        for key, value in ((str(key), str(value)) for key, value in node.attrib.items()):
            shown = _shown(key)
            if key in allowed:
                patterns = allowed[key].patterns
                if not any(accepts(pattern, self._schema, value) for pattern in patterns):
                    choices, others = listed(patterns, self._schema), forms(patterns, self._schema)
                    asked = [f"one of: {_listed(choices)}"] if choices else []
                    problem = f'{shown}="{value}" is not in the {"form that is asked" if others else "list"}'
                    help_ = f"{_meant(value, choices)}it is {', or '.join([*asked, *others])}"
                    problems.append(self._problem(node, "schema-value", problem, help_))
            elif ANY not in allowed:
                known = any(key in each for each in model.combinations)
                problem = f"{shown} cannot stand beside the other attributes of this {name}" if known else ""
                names = sorted(map(_shown, allowed))
                help_ = f"{_meant(shown, names)}it may have: {_listed(names)}" if names else f"{name} has no attributes"
                message = problem or f"{name} has no attribute {shown}"
                problems.append(self._problem(node, "schema-attribute", message, help_))
        lacking = [key for key, attribute in allowed.items() if attribute.required and key not in node.attrib]
        if lacking:
            which = " and ".join(sorted(map(_shown, lacking)))
            message = f"{name} lacks the attribute{'s' if len(lacking) > 1 else ''} {which}"
            help_ = "add them" if len(lacking) > 1 else "add it"
            problems.append(self._problem(node, "schema-missing", message, help_))
        return problems

    def _children(self, parent: Element | None, children: list[Element], model: Model) -> Iterator[Problem]:
        """What is wrong with the order of children."""
        row, start, mended = [str(child.tag) for child in children], 0, list[Element | None](children)
        while not model.fits(row):
            place, expected, early = model.misplaced(row)
            if place == len(row):
                if parent is not None and start == 0:
                    message = f"{_name(parent)} {'ends too early' if len(parent) else 'is empty'}"
                    help_ = f"it must go on with: {_names(expected)}"
                    yield self._problem(parent, "schema-missing", message, help_)
                return
            child = mended[place]
            if child is None:  # what was put in does not help
                return
            yield self._displaced(child, parent, model, expected, early)
            start += 1
            if early:
                row.insert(place, expected[0])
                mended.insert(place, None)
            else:
                del row[place], mended[place]

    def _displaced(
        self, child: Element, parent: Element | None, model: Model, expected: list[str], early: bool
    ) -> Problem:
        name, around = _name(child), "the document" if parent is None else _name(parent)
        help_ = f"here may stand: {_names(expected)}" if expected else "nothing may stand here"
        close = _meant(name, map(_shown, expected))
        if str(child.tag) not in self._schema.elements:
            return self._problem(child, "schema-element", f"{name} is not an element of the schema", close + help_)
        if early:
            help_ = f"before it must stand: {_names(expected)}"
            return self._problem(child, "schema-place", f"{name} comes too early in {around}", help_)
        if str(child.tag) not in model.children:
            return self._problem(child, "schema-place", f"{name} cannot stand in {around}", close + help_)
        before = next(child.itersiblings(etree.Element, preceding=True), None)
        place = "first" if before is None else f"after {_name(before)}"
        return self._problem(child, "schema-place", f"{name} cannot stand {place} in {around}", close + help_)

    def _problem(self, node: Element, rule: str, message: str, help_: str) -> Problem:
        return Problem(self._name, line(node), where(node), rule, message, help_)


def _stray_text(node: Element) -> str:
    pieces = [node.text or "", *(child.tail or "" for child in node)]
    text = next((piece.strip() for piece in pieces if piece.strip()), "")
    return repr(text if len(text) <= _LETTERS else f"{text[:_LETTERS]}...") if text else ""


def _name(node: Element) -> str:
    """The name of an element as people write it, with its namespace if that is not TEI's."""
    name = etree.QName(node)
    return name.localname if name.namespace == TEI else f"{name.localname} in the namespace {name.namespace or ''!r}"


def _shown(name: str) -> str:
    namespace, _, local = name.rpartition("}")
    return f"xml:{local}" if namespace[1:] == _XML else "any" if name == ANY else local


def _names(names: Iterable[str]) -> str:
    return _listed(map(_shown, names))


def _listed(words: Iterable[str]) -> str:
    some = sorted(set(words))
    return ", ".join(some[:_NAMES]) + (f" and {len(some) - _NAMES} more" if len(some) > _NAMES else "")


def _meant(given: str, known: Iterable[str]) -> str:
    close = get_close_matches(given, list(known), n=1, cutoff=0.7)
    return f"did you mean {close[0]}? " if close else ""
