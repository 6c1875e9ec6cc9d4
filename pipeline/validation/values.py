"""Values of attributes: whether one has a form that the schema asks, by libxml2, and that form in words."""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from functools import lru_cache

from lxml import etree

from pipeline.validation.content import Schema, inherited, parts
from pipeline.validation.parsing import RNG, Element

_WORDS = {
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


@lru_cache(maxsize=100_000)
def accepts(attribute: Element, schema: Schema, value: str) -> bool:
    """Whether an attribute pattern allows a value."""
    return bool(_compiled(attribute, schema).validate(etree.Element("value", v=value)))


def listed(attributes: Iterable[Element], schema: Schema) -> list[str]:
    """The values that attribute patterns name one by one."""
    data = [node for attribute in attributes for node in _data(attribute, schema)]
    return sorted({node.text or "" for node in data if node.tag == f"{RNG}value"})


def forms(attributes: Iterable[Element], schema: Schema) -> list[str]:
    """The forms that attribute patterns allow, in words."""
    data = [node for attribute in attributes for node in _data(attribute, schema)]
    return sorted({_form(node) for node in data if node.tag == f"{RNG}data"})


@lru_cache(maxsize=10_000)
def _compiled(attribute: Element, schema: Schema) -> etree.RelaxNG:
    element = etree.Element(f"{RNG}element", name="value")
    content = etree.SubElement(element, f"{RNG}attribute", name="v")
    content.extend(each for part in _value(attribute) for each in _expanded(part, schema))
    return etree.RelaxNG(element)


def _value(attribute: Element) -> list[Element]:
    """The patterns of an attribute's value, without that of its name."""
    return parts(attribute)[attribute.get("name") is None :]


def _expanded(node: Element, schema: Schema) -> Iterator[Element]:
    """A pattern that stands for itself, the names in it replaced by what they stand for."""
    if node.tag == f"{RNG}ref":
        for part in schema.defined(node.get("name", "")):
            yield from _expanded(part, schema)
        return
    if node.tag in (f"{RNG}data", f"{RNG}value"):
        copy = deepcopy(node)
        copy.set("datatypeLibrary", inherited(node, "datatypeLibrary"))
    else:
        copy = etree.Element(node.tag)
        copy.extend(each for part in parts(node) for each in _expanded(part, schema))
    copy.tail = None
    yield copy


def _data(attribute: Element, schema: Schema) -> list[Element]:
    """The datatypes and values of which an attribute's value is made."""
    patterns = [each for part in _value(attribute) for each in _expanded(part, schema)]
    return [node for pattern in patterns for node in pattern.iter(f"{RNG}data", f"{RNG}value")]


def _form(data: Element) -> str:
    limits = {param.get("name", ""): param.text or "" for param in data.iter(f"{RNG}param")}
    pattern = limits.pop("pattern", "")
    if pattern == r"#\S+":
        return "#ID of an element of this document"
    kind = data.get("type", "")
    words = f"what matches {pattern}" if pattern else _WORDS.get(kind, f"of the type {kind}")
    return " ".join([words, *(f"{name}={limit}" for name, limit in limits.items())])
