"""Small documents for the tests of references: texts with the names in them marked by hand.

{P:...} is a person, {T:...}, {A:...} and {J:...} titles (of a book, an article, a periodical), {L:...} a place, {O:...}
an organisation, {D:...} a date.
"""

import re

from pipeline.model import Milestone, Reading, Span, Work
from pipeline.references import spans

_KINDS = {"P": ("persName", ""), "T": ("title", "m"), "A": ("title", "a"), "J": ("title", "j")}
_KINDS |= {"L": ("placeName", ""), "O": ("orgName", ""), "D": ("date", "")}


def marked(name: str, text: str) -> tuple[str, list[Span]]:
    """A text without its marks, and what they mark."""
    plain, found = "", []
    for piece in re.split(r"(\{[PTAJLOD]:[^}]*\})", text):
        if piece.startswith("{"):
            kind, level = _KINDS[piece[1]]
            attributes = {"level": level} if level else {}
            found.append(Span(name, len(plain), len(plain) + len(piece) - 4, kind, attributes))
        plain += piece[3:-1] if piece.startswith("{") else piece
    return plain, found


class Made:
    """A document of notes (one unit), with a body and a bibliography, and its references."""

    def __init__(self, notes: list[str], body: str = "", entries: list[str] | None = None, heading: str = "") -> None:
        layers: list[Span] = []
        texts: dict[str, str] = {}
        lines = [body or "Text.", "\n", heading or "BIBLIOGRAPHY"] if entries else [body or "Text."]
        whole, found = marked("body", "".join(lines))
        layers += found
        if entries:
            head = whole.rindex("\n") + 1
            layers.append(Span("body", head, len(whole), "head"))
            first = len(whole) + 1
            for entry in entries:
                plain, _ = marked("body", entry)
                start = len(whole) + 1
                layers += [
                    Span(s.text, s.start + start, s.end + start, s.kind, s.attributes) for s in marked("body", entry)[1]
                ]
                whole += "\n" + plain
                layers.append(Span("body", start, len(whole), "bibl"))
            layers.append(Span("body", first, len(whole), "listBibl"))
        texts["body"] = whole
        for at, note in enumerate(notes, 1):
            name = f"n1.{at}"
            texts[name], found = marked(name, note)
            layers += [*found, Span("body", 1, 1, "note", {"note": name, "n": str(at)})]
        self.reading = Reading(texts, milestones=[Milestone("body", 0, "page", "p0001", label="1")])
        self.layers = layers
        self.spans: list[Span]
        self.works: list[Work]
        self.spans, self.works = spans(self.reading, layers)

    def said(self, kind: str, note: int | None = None) -> list[str]:
        """The words of all spans of a kind, in a note or everywhere."""
        return [
            self.reading.texts[s.text][s.start : s.end]
            for s in self.spans
            if s.kind == kind and (note is None or s.text == f"n1.{note}")
        ]

    def meant(self, note: int) -> list[str]:
        """What the references and citations of a note lead to: "type target", the words of a citation as target."""
        cited = {s.attributes["id"]: s for s in self.spans if s.kind == "citation" and "id" in s.attributes}
        result = []
        for span in self.spans:
            if span.text == f"n1.{note}" and (span.kind == "ref" or "corresp" in span.attributes):
                target = span.attributes.get("target", span.attributes.get("corresp", ""))
                if target in cited:
                    target = self.reading.texts[cited[target].text][cited[target].start : cited[target].end]
                result.append(f"{span.attributes.get('type', '')} {target}".strip())
        return result
