"""edition.odd says in prose and by example what edition.rnc says as a grammar: the same elements and attributes."""

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from pipeline.files import shipped
from pipeline.validation import validate

RNG = "{http://relaxng.org/ns/structure/1.0}"
TEI = "{http://www.tei-c.org/ns/1.0}"
EXAMPLES = "{http://www.tei-c.org/ns/Examples}"
GRAMMAR = etree.parse(str(shipped("schemas/edition.rng"))).getroot()
ODD = etree.parse(str(shipped("schemas/edition.odd")), etree.XMLParser(collect_ids=False)).getroot()
Attributes = dict[str, set[str]]


def within(pattern: etree._Element) -> Iterator[etree._Element]:
    """The patterns of which one is made, without those of the elements in it."""
    waiting, seen = list(pattern), set[str]()
    while waiting:
        node = waiting.pop()
        if node.tag == f"{RNG}ref" and node.get("name") not in seen:
            seen.add(node.get("name", ""))
            waiting.extend(GRAMMAR.iterfind(f"{RNG}define[@name='{node.get('name')}']/*"))
        elif node.tag == f"{RNG}attribute":
            yield node
        elif node.tag != f"{RNG}element":
            yield node
            waiting.extend(node)


def closed_list(attribute: etree._Element) -> set[str]:
    """The values of a closed list; empty for any other form."""
    parts = [node for node in within(attribute) if node.tag not in (f"{RNG}choice", f"{RNG}ref")]
    return {node.text or "" for node in parts} if all(node.tag == f"{RNG}value" for node in parts) else set()


def of_the_grammar() -> dict[str, Attributes]:
    elements: dict[str, Attributes] = {}
    lists: dict[tuple[str, str], list[set[str]]] = {}
    for element in GRAMMAR.iter(f"{RNG}element"):
        attributes = elements.setdefault(element.get("name", ""), {})
        for node in within(element):
            if node.tag == f"{RNG}attribute":
                key = (element.get("name", ""), node.get("name", ""))
                lists.setdefault(key, []).append(closed_list(node))
                attributes[key[1]] = set().union(*lists[key]) if all(lists[key]) else set()
    return elements


def of_the_odd() -> dict[str, Attributes]:
    def defined(specification: etree._Element) -> Attributes:
        attributes = {
            attribute.get("ident", ""): {item.get("ident", "") for item in attribute.iter(f"{TEI}valItem")}
            for attribute in specification.iter(f"{TEI}attDef")
        }
        for member in specification.iter(f"{TEI}memberOf"):
            (attribute_class,) = ODD.iterfind(f".//{TEI}classSpec[@ident='{member.get('key')}']")
            attributes |= defined(attribute_class)
        return attributes

    return {node.get("ident", ""): defined(node) for node in ODD.iter(f"{TEI}elementSpec")}


def test_both_have_the_same_elements_attributes_and_values() -> None:
    grammar, odd = of_the_grammar(), of_the_odd()
    assert sorted(odd) == sorted(grammar)
    for element, attributes in grammar.items():
        assert odd[element] == attributes, element


def anywhere(name: str) -> etree.RelaxNG:
    """The grammar for documents whose outermost element has a name, whatever it may hold, wherever it may stand."""
    grammar = deepcopy(GRAMMAR)
    (start,) = grammar.iter(f"{RNG}start")
    patterns = [deepcopy(node) for node in GRAMMAR.iter(f"{RNG}element") if node.get("name") == name]
    start[:] = []
    etree.SubElement(start, f"{RNG}choice").extend(patterns)
    return etree.RelaxNG(grammar)


def test_every_element_has_prose_and_an_example_of_itself_that_is_valid() -> None:
    schemas: dict[str, etree.RelaxNG] = {}
    for element in ODD.iter(f"{TEI}elementSpec"):
        name = element.get("ident", "")
        assert (element.findtext(f"{TEI}desc") or "").endswith("."), name
        shown = [
            example for example in element.iter(f"{EXAMPLES}egXML") if example.find(f".//{EXAMPLES}{name}") is not None
        ]
        assert shown, name
        for example in shown:
            for part in example:
                if any(isinstance(node, etree._Comment) for node in part.iter()):
                    continue  # an outline of what a long element holds
                document = etree.fromstring(
                    etree.tostring(part, with_tail=False).replace(EXAMPLES[1:-1].encode(), TEI[1:-1].encode())
                )
                outermost = etree.QName(part).localname
                schema = schemas.get(outermost) or anywhere(outermost)
                schemas[outermost] = schema
                assert schema.validate(document), (name, schema.error_log)


def test_it_is_a_valid_customisation_of_tei() -> None:
    assert validate(shipped("schemas/edition.odd"), "tei_all") == []
    modules = {key.get("key"): key.get("include", "").split() for key in ODD.iter(f"{TEI}moduleRef")}
    assert sorted(name for names in modules.values() for name in names) == sorted(of_the_odd())
