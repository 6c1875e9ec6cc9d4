"""What the encoder reads: the reading, its layers, and the few facts of each witness that the header tells."""

from dataclasses import dataclass

from pipeline.edition import Edition
from pipeline.encoding.decisions import with_decisions
from pipeline.encoding.guesses import settled
from pipeline.encoding.passages import fitted
from pipeline.errors import BadInput
from pipeline.model import Reading, Span, Work, read_json

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
    """Everything that is known of the text.

    spans: of all layers, by the text they belong to. works: of the bibliography. decisions: how many of the editor's
    the layers hold.
    """

    reading: Reading
    spans: dict[str, list[Span]]
    witnesses: list[Siglum]
    works: list[Work]
    decisions: int = 0


def gather(edition: Edition) -> Sources:
    """Read reading.json, layers/*.json and the witnesses that witness/witnesses.json lists.

    Flags are those that layers/review.json holds; decisions are carried out. Raises BadInput where a file is missing or
    broken, or a span lies outside its text.
    """
    reading = read_json(edition.work / "reading.json", Reading)
    spans: dict[str, list[Span]] = {text: [] for text in reading.texts}
    for path in sorted((edition.work / "layers").glob("*.json")):
        reviewed = path == edition.layer("review")
        for span in read_json(path, list[Span]):
            length = len(reading.texts.get(span.text, ""))
            if span.text not in spans or not 0 <= span.start <= span.end <= length:
                raise BadInput(
                    f"{path}: {span.kind} at {span.start}-{span.end} of {span.text!r} lies outside the text; "
                    "the layer is older than reading.json: delete it and build again"
                )
            if span.kind not in _BETWEEN_LAYERS and (reviewed or span.kind != "flag"):
                spans[span.text].append(span)
    folder = edition.work / "witness"
    sigla = read_json(folder / "witnesses.json", list[str])
    witnesses = [read_json(folder / f"{siglum}.json", Siglum) for siglum in sigla]
    decided = [span for listed in spans.values() for span in listed if span.kind == "decision"]
    decisions = sum("anchor" not in span.attributes for span in decided)  # a note's place has a span of its own
    path = edition.work / "works.json"
    works = read_json(path, list[Work]) if path.exists() else []
    spans = {name: settled(reading.texts[name], those) for name, those in spans.items()}
    spans = with_decisions(spans, edition.settings.language)
    spans = {name: fitted(reading.texts[name], those) for name, those in spans.items()}
    return Sources(reading, spans, witnesses, works, decisions)
