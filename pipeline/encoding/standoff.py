"""standOff: registers of the names that lead to an entry, and the cases for review (TEI Guidelines, 17.10)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pipeline.encoding.identifiers import xml_name
from pipeline.encoding.markup import Content, Element, element
from pipeline.model import Span

_REGISTERS = {
    "persName": ("listPerson", "person"),
    "placeName": ("listPlace", "place"),
    "orgName": ("listOrg", "org"),
}


def stand_off(texts: Mapping[str, str], spans: Iterable[Span], annotations: Sequence[Element]) -> Element | None:
    """Registers and annotations; None where there are neither."""
    forms: dict[str, dict[str, Counter[str]]] = {kind: {} for kind in _REGISTERS}
    for span in spans:
        if span.kind in _REGISTERS and "ref" in span.attributes:
            form = " ".join(texts[span.text][span.start : span.end].split())
            forms[span.kind].setdefault(span.attributes["ref"], Counter())[form] += 1
    children: list[Content] = [_register(kind, forms[kind]) for kind in _REGISTERS if forms[kind]]
    if annotations:
        children.append(Element("listAnnotation", {"type": "review"}, annotations))
    return Element("standOff", {}, children) if children else None


def entries(spans: Iterable[Span]) -> list[str]:
    """The identifiers of the entries, which nothing else in the document may have."""
    return sorted({span.attributes["ref"] for span in spans if span.kind in _REGISTERS and "ref" in span.attributes})


def _register(kind: str, entries: Mapping[str, Counter[str]]) -> Element:
    """The entries by identifier, each with its most frequent form first."""
    register, entry = _REGISTERS[kind]
    return element(
        register,
        *(
            element(
                entry,
                *(
                    element(kind, form, type="variant" if at else "preferred")
                    for at, (form, _) in enumerate(sorted(forms.items(), key=lambda item: (-item[1], item[0])))
                ),
                xml_id=xml_name(name),
            )
            for name, forms in sorted(entries.items())
        ),
    )
