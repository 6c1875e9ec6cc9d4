"""What the encoder reads: the reading, its layers, and the few facts of each witness that the header tells."""

from dataclasses import dataclass

from pipeline.edition import Edition
from pipeline.errors import BadInput
from pipeline.model import Reading, Span, read_json

_BETWEEN_LAYERS = frozenset(("titleLanguage",))  # what one layer tells another; the title carries it as an attribute


@dataclass(frozen=True, slots=True)
class Siglum:
    """A witness without its text."""

    id: str
    description: str
    source: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that is known of the text. `spans` are all layers' spans, by the text they belong to."""

    reading: Reading
    spans: dict[str, list[Span]]
    witnesses: list[Siglum]


def gather(edition: Edition) -> Sources:
    """Read reading.json, layers/*.json and the witnesses that witness/witnesses.json lists.

    Raises BadInput where a file is missing or broken, or a span lies outside its text.
    """
    reading = read_json(edition.work / "reading.json", Reading)
    spans: dict[str, list[Span]] = {text: [] for text in reading.texts}
    for path in sorted((edition.work / "layers").glob("*.json")):
        for span in read_json(path, list[Span]):
            length = len(reading.texts.get(span.text, ""))
            if span.text not in spans or not 0 <= span.start <= span.end <= length:
                raise BadInput(
                    f"{path}: {span.kind} at {span.start}-{span.end} of {span.text!r} lies outside the text; "
                    "the layer is older than reading.json: delete it and build again"
                )
            if span.kind not in _BETWEEN_LAYERS:
                spans[span.text].append(span)
    folder = edition.work / "witness"
    sigla = read_json(folder / "witnesses.json", list[str])
    return Sources(reading, spans, [read_json(folder / f"{siglum}.json", Siglum) for siglum in sigla])
