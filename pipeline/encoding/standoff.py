"""standOff: registers of the names that lead to an entry, and the cases for review (TEI Guidelines, 17.10)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pipeline.encoding.citing import described
from pipeline.encoding.identifiers import xml_name
from pipeline.encoding.markup import Element, element
from pipeline.model import Authority, Span, Work

_REGISTERS = {
    "persName": ("listPerson", "person"),
    "placeName": ("listPlace", "place"),
    "orgName": ("listOrg", "org"),
    "event": ("listEvent", "event"),
    "title": ("listBibl", "bibl"),
}
_FORM = {"event": "label"}  # how a register has a form, where not by the kind's own element


def stand_off(
    texts: Mapping[str, str],
    spans: Iterable[Span],
    annotations: Sequence[Element],
    authorities: Iterable[Authority] = (),
    works: Sequence[Work] = (),
) -> Element | None:
    """Registers and annotations; None where there are neither.

    authorities: what is known of the entries; only those that occur are written, with the forms that occur. works: of
    the bibliography.
    """
    known = {authority.id: authority for authority in authorities}
    forms: dict[str, dict[str, Counter[str]]] = {kind: {} for kind in _REGISTERS}
    for span in spans:
        if span.kind in _REGISTERS and "ref" in span.attributes:
            form = " ".join(texts[span.text][span.start : span.end].split())
            forms[span.kind].setdefault(span.attributes["ref"], Counter())[form] += 1
    children: list[Element] = [_register(kind, forms[kind], known) for kind in _REGISTERS if forms[kind]]
    if works:
        listed = children.pop().children if forms["title"] else ()
        children.append(Element("listBibl", {}, [*map(described, works), *listed]))
    if annotations:
        children.append(Element("listAnnotation", {"type": "review"}, annotations))
    return Element("standOff", {}, children) if children else None


def entries(spans: Iterable[Span]) -> list[str]:
    """The identifiers of the entries, which nothing else in the document may have."""
    return sorted({span.attributes["ref"] for span in spans if span.kind in _REGISTERS and "ref" in span.attributes})


def _register(kind: str, entries: Mapping[str, Counter[str]], known: Mapping[str, Authority]) -> Element:
    """The entries by identifier: the preferred form (else the most frequent), every variant that occurs, numbers."""
    register, entry = _REGISTERS[kind]
    return element(
        register,
        *(
            element(
                entry,
                *(
                    element(_FORM.get(kind, kind), form, type="variant" if at else "preferred")
                    for at, form in enumerate(_forms(forms, known.get(name)))
                ),
                *(element("idno", number, type=scheme) for scheme, number in _numbers(known.get(name))),
                xml_id=xml_name(name),
            )
            for name, forms in sorted(entries.items())
        ),
    )


def _forms(counts: Mapping[str, int], authority: Authority | None) -> list[str]:
    occurring = sorted(counts, key=lambda form: (-counts[form], form))
    return list(dict.fromkeys([authority.name, *occurring])) if authority else occurring


def _numbers(authority: Authority | None) -> list[tuple[str, str]]:
    return sorted(authority.idno.items()) if authority else []
