"""The settings of one edition, what edition.yaml may say, checked with a message for every line that is wrong."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
)

from pipeline.errors import BadInput, SettingsError
from pipeline.outside import check_yaml, read_bytes, unprintable

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Sigil = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")]
_LARGEST = 200_000
_SHOWN = 100

#: What a stage may flag for an editor's review: the taxonomy of the edition.
FLAGS = {
    "rv-mixed-language": "passage mixes languages",
    "rv-foreign": "passage in another language, to be confirmed",
    "rv-script": "letters of two scripts within a word",
    "rv-witnesses": "witnesses differ and neither is preferred with confidence",
    "rv-garbled": "passage that a witness garbled",
    "rv-note-anchor": "place of a note reference is conjectural",
    "rv-quotation": "quotation marks do not balance",
    "rv-heading": "heading and table of contents disagree",
    "rv-name": "name in doubt",
    "rv-reference": "reference to a work, not known to which",
}


def _known_flag(name: str) -> str:
    if name not in FLAGS:
        raise ValueError(f"no kind of flag; expected one of: {', '.join(FLAGS)}")
    return name


def _threshold(value: object) -> object:
    """A switch as a threshold: "yes" lets every flag through, "no" (None) lets none."""
    switches = {"yes": 0.0, "on": 0.0, "true": 0.0, "no": None, "off": None, "false": None}
    return switches.get(str(value).lower(), value)


FlagKind = Annotated[str, AfterValidator(_known_flag)]
Threshold = Annotated[
    float | None,
    Field(ge=0, le=1),
    BeforeValidator(_threshold),
    WithJsonSchema({"anyOf": [{"enum": [True, False, "yes", "no"]}, {"type": "number", "minimum": 0, "maximum": 1}]}),
]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Section):
    """The document itself, as a library would describe it."""

    title: str | None = Field(None, description="Title of the book or typescript; the edition's title if left out")
    author: str | None = Field(None, description="Its author")
    publisher: str | None = Field(None, description="Publisher, or the university of a thesis")
    place: str | None = Field(None, description="Where it was published or submitted")
    date: Day | None = Field(None, description="When, as YYYY, YYYY-MM or YYYY-MM-DD")
    extent: str | None = Field(None, description='How long it is, such as "120 leaves"')


class TextWitness(_Section):
    """A text that already exists of the document."""

    id: Sigil = Field("existing", description="Its siglum in the edition")
    path: str = Field(
        description="The file, or a folder of pages in ALTO, PAGE XML or hOCR, relative to the folder of edition.yaml"
    )
    format: Literal["auto", "text", "markdown", "pdf", "alto", "page", "hocr"] = Field(
        "auto", description="What the file is; auto looks"
    )
    encoding: str = Field("utf-8", description="Character encoding of a text file")


class Recognition(_Section):
    """How the scans are recognised."""

    resolution: int = Field(300, ge=150, le=1200, description="Pixels per inch at which PDF pages are drawn")
    denoise: Literal["auto", "none", "median", "gaussian"] = Field(
        "auto", description="Cleaning of the image before recognition; auto measures the noise"
    )
    other_languages: bool = Field(
        True, description="Recognise pages again in one of `languages` when they are not in the main one"
    )
    accents: Literal["as-printed", "from-model"] = Field(
        "as-printed", description="Accents that the image shows, or those that the language's model expects"
    )
    second_look: bool = Field(True, description="Recognise lines again in which the witnesses differ or are unsure")
    second_engine: Literal["none", "rapidocr"] = Field(
        "none", description="Another recogniser for the second look at lines in Latin letters; see docs/dependencies.md"
    )


class Collation(_Section):
    """How the witnesses are compared."""

    minimum_overlap: float = Field(
        0.2, ge=0, le=1, description="Share of words that must meet, below which the texts are refused as different"
    )
    doubt: float = Field(0.6, ge=0, le=1, description="Readings less probable than this stand in the edition as app")


class Notes(_Section):
    """How the notes of the document are numbered."""

    numbering: Literal["chapter", "page", "document"] = Field(
        "chapter", description="Where numbers begin again at 1; chapter also sees where every page begins with 1"
    )


class Review(_Section):
    """What an editor is asked to look at."""

    kinds: dict[FlagKind, Threshold] = Field(
        {},
        description="Kinds of flags, each yes, no, or the certainty (0 to 1) from which it is shown; yes if left out",
        json_schema_extra={"propertyNames": {"enum": list(FLAGS)}},
    )

    def shows(self, kind: str, certainty: float) -> bool:
        """Whether a flag is to be shown."""
        threshold = self.kinds.get(kind, 0.0)
        return threshold is not None and certainty >= threshold


class Settings(_Section):
    """Everything in edition.yaml."""

    title: str = Field(description="Title of the edition")
    subtitle: str | None = Field(None, description="A second title, such as: a digital edition")
    author: str | None = Field(None, description="Author of the document")
    editor: str | None = Field(None, description="Who reviews the flagged passages")
    publisher: str = Field("unpublished", description="Who publishes this edition")
    date: Day | None = Field(None, description="Date of this edition; never taken from the clock")
    licence: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = Field(
        None, description="Address of the licence, such as one of creativecommons.org"
    )
    availability: str | None = Field(None, description="A sentence on the terms of use")
    source: Source = Source(title=None, author=None, publisher=None, place=None, date=None, extent=None)
    language: Language = Field("en", description="Main language of the document (BCP 47)")
    languages: list[Language] = Field(["fr", "es", "ru"], description="Other languages that may stand in it (BCP 47)")
    scans: str | list[str] | None = Field(
        None, description="Folder, PDF, multi-page TIFF or images, relative to the folder of edition.yaml"
    )
    witnesses: list[TextWitness] = Field([], description="Texts that already exist of the document")
    recognition: Recognition = Recognition.model_construct()
    collation: Collation = Collation.model_construct()
    notes: Notes = Notes.model_construct()
    review: Review = Review.model_construct()


def read_settings(path: Path) -> Settings:
    """Read an edition.yaml.

    Raises BadInput where there is none or it cannot be read, SettingsError with file, line and what was expected
    where a key is unknown or a value wrong.
    """
    try:
        text = read_bytes(path, _LARGEST).decode()
        check_yaml(text, yaml.BaseLoader)
        node = yaml.compose(text, Loader=yaml.BaseLoader)
        values = yaml.load(text, Loader=yaml.BaseLoader)  # strings all, so that 1936 is a date; Settings converts
    except FileNotFoundError as error:
        raise BadInput(f"{path}: there is no such edition; recensio new {path.parent.name} begins one") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror})") from error
    except yaml.YAMLError as error:
        raise SettingsError(f"{path}: not YAML: {' '.join(str(error).split())}") from error
    twice = _twice(node)
    if twice is not None:
        raise SettingsError(
            f"{path}:{twice.start_mark.line + 1}: '{_cut(twice.value)}' is given twice; keep one of them"
        )
    if odd := next((each for each in _scalars(node) if unprintable(each.value)), None):
        found = unprintable(odd.value)
        raise SettingsError(f"{path}:{odd.start_mark.line + 1}: the character {found} is no text; delete it")
    if not isinstance(values, dict):
        raise SettingsError(f"{path}:1: expected settings such as 'title: Letters from the Harbour'")
    try:
        return Settings.model_validate(_without_empty(values))
    except ValidationError as error:
        raise SettingsError("\n".join(_explain(path, node, each) for each in error.errors())) from error


def settings_schema() -> dict[str, Any]:
    """The JSON Schema of edition.yaml, with which editors complete it."""
    schema = Settings.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Recensio edition.yaml"}


def _twice(node: yaml.Node | None) -> yaml.ScalarNode | None:
    """The first key that its mapping holds already: YAML forbids it, PyYAML would take the last."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    return key
                seen.add(key.value)
            if (inner := _twice(value)) is not None:
                return inner
    elif isinstance(node, yaml.SequenceNode):
        return next((found for each in node.value if (found := _twice(each)) is not None), None)
    return None


def _scalars(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.CollectionNode):
        for each in node.value:
            for part in each if isinstance(each, tuple) else (each,):
                yield from _scalars(part)


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    """A key with nothing after it is a key left out."""
    return {
        key: _without_empty(value) if isinstance(value, dict) else value
        for key, value in values.items()
        if value not in ("", "null", "~")
    }


def _explain(path: Path, node: yaml.Node | None, error: Any) -> str:
    location = [part for part in error["loc"] if not isinstance(part, str) or not re.search(r"[\[(]", part)]
    line = _line(node, location)
    name = ".".join(str(part) for part in location)
    if error["type"] == "extra_forbidden":
        allowed = ", ".join(_allowed(location[:-1]))
        return f"{path}:{line}: unknown key '{_cut(name)}'; expected one of: {allowed}"
    if error["type"] == "missing":
        return f"{path}:{line}: '{name}' is missing"
    return f"{path}:{line}: {name}: {error['msg'][0].lower()}{error['msg'][1:]}, not {_cut(repr(error['input']))}"


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def _line(node: yaml.Node | None, location: Sequence[Any]) -> int:
    """The line (from 1) of the deepest part of `location` that the file has."""
    line = 1
    for part in location:
        if isinstance(node, yaml.MappingNode):
            match = next(((k, v) for k, v in node.value if k.value == part), None)
            if match is None:
                break
            line, node = match[0].start_mark.line + 1, match[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line


def _allowed(location: Sequence[Any]) -> list[str]:
    sections: dict[str, type[BaseModel]] = {
        "source": Source,
        "witnesses": TextWitness,
        "recognition": Recognition,
        "collation": Collation,
        "notes": Notes,
        "review": Review,
    }
    section = sections.get(str(location[0]), Settings) if location else Settings
    return list(section.model_fields)
