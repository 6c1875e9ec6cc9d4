"""Faults in words: what is wrong, and what might have stood there."""

from collections.abc import Iterable
from difflib import get_close_matches

from pipeline.validation.parsing import TEI, local
from pipeline.validation.relaxng.judging import Fault, qualified
from pipeline.validation.relaxng.patterns import Name, Pattern, attributes, firsts, required
from pipeline.validation.relaxng.reading import Schema

_XML = "http://www.w3.org/XML/1998/namespace"
_MOST = 14  # names in a list
_FORMS = {
    "ID": "an identifier: a letter, then letters, digits, '.', '-' or '_'",
    "NCName": "a name: a letter, then letters, digits, '.', '-' or '_'",
    "NMTOKEN": "one word of letters, digits, '.', '-', '_' or ':'",
    "anyURI": "an address, or #ID of an element",
    "date": "a date such as 1919-05-31",
    "dateTime": "a date and time such as 1919-05-31T12:00:00",
    "gYear": "a year such as 1919",
    "gYearMonth": "a month such as 1919-05",
    "gMonthDay": "a day of the year such as --05-31",
    "gMonth": "a month of the year such as --05",
    "gDay": "a day of the month such as ---31",
    "time": "a time such as 12:00:00",
    "language": "a language tag (BCP 47) such as fr or ru-Latn",
    "nonNegativeInteger": "a whole number",
    "integer": "a whole number",
    "decimal": "a number",
    "double": "a number",
    "boolean": "true or false",
    "duration": "a duration such as P1Y2M",
}


def message(fault: Fault, schema: Schema) -> str:
    """What is wrong, in one sentence."""
    name, parent = local(fault.node), fault.node.getparent()
    around = local(parent) if parent is not None else "the document"
    attribute = shown(fault.name)
    match fault.what:
        case "unknown":
            return f"{_element(fault)} is not an element of the schema"
        case "misplaced":
            before = fault.node.getprevious()
            if parent is not None and fault.name_of in _ever(schema, qualified(str(parent.tag))):
                place = f"after {local(before)}" if before is not None and isinstance(before.tag, str) else "first"
                return f"{name} cannot stand {place} in {around}"
            return f"{_element(fault)} cannot stand in {around}"
        case "early":
            return f"{name} comes too early in {around}"
        case "attribute":
            return f"{name} has no attribute {attribute}"
        case "combination":
            return f"{attribute} cannot stand beside the other attributes of this {name}"
        case "value":
            listed = all(each.kind == "value" for each in _data(fault.patterns))
            return f'{attribute}="{fault.value}" is not {"in the list" if listed else "in the form that is asked"}'
        case "lacking":
            missing = required(fault.patterns[0])
            return f"{name} lacks {_named('the attribute', missing) if missing else 'an attribute'}"
        case "text":
            return f"text stands directly in {name}: {_cut(fault.value)}"
        case "content":
            return f"{_cut(fault.value)} is not in the form that {name} asks"
        case "unfinished":
            return f"{name} ends too early" if len(fault.node) else f"{name} is empty"


def advice(fault: Fault, schema: Schema) -> str:
    """How to mend it: what might have stood there."""
    here = [shown(name) for name in firsts(fault.patterns[0])] if fault.patterns else []
    match fault.what:
        case "unknown" | "misplaced":
            may = f"here may stand: {_listed(here)}" if here else "nothing may stand here"
            return _meant(local(fault.node), here) + may
        case "early":
            return f"before it must stand: {_listed(here)}"
        case "attribute" | "combination":
            names = {
                shown(name) for each in attributes(fault.patterns[0]) if each.names for name in each.names.listed()
            }
            may = f"it may have: {_listed(sorted(names))}" if names else "it has none"
            return _meant(shown(fault.name), names) + may
        case "value" | "content":
            return _forms(fault)
        case "lacking":
            missing = required(fault.patterns[0])
            left = {shown(name) for each in attributes(fault.patterns[0]) if each.names for name in each.names.listed()}
            return "add it" if missing else f"add one of: {_listed(sorted(left))}"
        case "text":
            return f"put it in one of: {_listed(here)}" if here else f"{local(fault.node)} is empty in every edition"
        case "unfinished":
            return f"it must go on with: {_listed(here)}" if here else "it needs a text"


def shown(name: Name) -> str:
    """A name as people write it: without the namespace of TEI, xml: for its own."""
    namespace, plain = name
    return f"xml:{plain}" if namespace == _XML else plain


def _element(fault: Fault) -> str:
    namespace, plain = fault.name_of
    return plain if namespace == TEI else f"{plain} in the namespace {namespace!r}"


def _named(what: str, names: Iterable[Name]) -> str:
    listed = sorted(shown(name) for name in names)
    return f"{what}{'s' if len(listed) > 1 else ''} {' and '.join(listed)}"


def _ever(schema: Schema, parent: Name) -> set[Name]:
    """The elements that elements of a name may hold, wherever they stand."""
    found, seen, waiting = set[Name](), set[int](), []
    definition = schema.named(parent)
    for element in definition.parts if definition.kind == "choice" else (definition,):
        if element.content:
            waiting.append(element.content())
    while waiting:
        pattern = waiting.pop()
        if id(pattern) not in seen:
            seen.add(id(pattern))
            waiting.extend(pattern.parts)
            if pattern.kind == "element" and pattern.names:
                found.update(pattern.names.listed())
    return found


def _data(patterns: Iterable[Pattern]) -> list[Pattern]:
    """The datatypes and values of which patterns are made."""
    found, waiting = [], list(patterns)
    while waiting:
        pattern = waiting.pop()
        if pattern.kind in ("value", "data"):
            found.append(pattern)
        elif pattern.kind not in ("element", "attribute"):
            waiting.extend(pattern.parts)
    return found


def _forms(fault: Fault) -> str:
    data = _data(fault.patterns)
    values = sorted({each.form for each in data if each.kind == "value"})
    forms = sorted({_form(each.form) for each in data if each.kind == "data"})
    asked = [f"one of: {_listed(values)}"] if values else []
    return _meant(fault.value, values) + "it is " + ", or ".join([*asked, *forms])


def _form(form: str) -> str:
    kind, *limits = form.split(" ")
    patterns = [limit.removeprefix("pattern=") for limit in limits if limit.startswith("pattern=")]
    if r"#\S+" in patterns:
        return "#ID of an element of this document"
    words = f"what matches {patterns[0]}" if patterns else _FORMS.get(kind, f"of the type {kind}")
    return " ".join([words, *(limit for limit in limits if not limit.startswith("pattern="))])


def _meant(given: str, known: Iterable[str]) -> str:
    close = get_close_matches(given, list(known), n=1, cutoff=0.7)
    return f"did you mean {close[0]}? " if close else ""


def _listed(names: Iterable[str]) -> str:
    listed = list(dict.fromkeys(names))
    return ", ".join(listed[:_MOST]) + (f" and {len(listed) - _MOST} more" if len(listed) > _MOST else "")


def _cut(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}...")
