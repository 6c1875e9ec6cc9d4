"""What the encoder reads: the reading, its layers, and the few facts of each witness that the header tells."""

from dataclasses import dataclass

from pipeline.edition import Edition
from pipeline.errors import BadInput
from pipeline.model import Reading, Span, read_json


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
    """Read reading.json, layers/*.json and witness/*.json of an edition.

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
            spans[span.text].append(span)
    witnesses = [read_json(path, Siglum) for path in sorted((edition.work / "witness").glob("*.json"))]
    return Sources(reading, spans, witnesses)
