"""Beginning an edition: a commented edition.yaml that a person can go on from."""

import os
from collections.abc import Sequence
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from pipeline.edition import ID_PATTERN, load
from pipeline.errors import BadInput
from pipeline.model import write_bytes
from pipeline.settings import Language
from pipeline.witness import files_of

_TEMPLATE = """\
# yaml-language-server: $schema=../../schemas/edition.schema.json
# Settings of one edition. All paths are relative to this file.

title: {title}
# subtitle: a digital edition
# author: Author of the document
# editor: Who reviews the flagged passages
# publisher: Who publishes this edition
# date: 2026-01-31                # of this edition; never taken from the clock
# licence: https://creativecommons.org/licenses/by/4.0/

# source:                         # the document itself, as a library describes it
#   title:
#   author:
#   publisher:
#   place:
#   date: 1936
#   extent: 120 leaves

language: {language}                       # main language (BCP 47)
languages: [{languages}]             # others that may stand in it

# A folder of PNG, JPEG, TIFF or JPEG 2000 images, a PDF, a multi-page TIFF, or a list of these
{scans}

# Texts that already exist of it: plain text, Markdown, a PDF with a text layer, ALTO, PAGE or hOCR
{witnesses}

# recognition:
#   resolution: 300               # pixels per inch at which PDF pages are drawn
#   denoise: auto                 # auto, none, median, gaussian
#   other_languages: true         # pages in one of `languages` are recognised again with its model
#   second_look: true             # lines in doubt are recognised again
#   accents: as-printed           # or from-model: also those that the image does not show
#   second_engine: none           # or rapidocr, for worn pages: pip install "recensio[second-engine]"
# collation:
#   minimum_overlap: 0.2          # share of words below which the texts are refused as different
#   doubt: 0.6                    # readings less probable than this stand in the edition as app
# notes:
#   numbering: chapter            # where note numbers begin again: chapter (or every page, if seen), page, document
# review:
#   kinds:                        # flags that are asked about: yes, no, or from which certainty
#     rv-foreign: no
#     rv-witnesses: 0.5
"""


def begin(
    name: str, root: Path, scans: Sequence[str], texts: Sequence[str], *, title: str | None, language: str
) -> Path:
    """Write scans/NAME/edition.yaml under `root` and return its path.

    scans, texts: paths as the user gives them, relative to the current folder. Raises BadInput where one is
    missing, where the edition already exists, where there is neither a scan nor a text, or where `language` is no
    BCP 47 tag.
    """
    if not ID_PATTERN.fullmatch(name):
        raise BadInput(f"{name!r} cannot name an edition; use a letter, then letters, digits, '-', '_' or '.'")
    path = root / "scans" / name / "edition.yaml"
    if path.exists():
        raise BadInput(f"{path} exists; edit it, or delete it to begin anew")
    if not scans and not texts:
        raise BadInput("neither scans nor a text given; name at least one with --scans or --text")
    for given in (*scans, *texts):
        if not Path(given).exists():
            raise BadInput(f"{given}: not there; give the path of a file or folder")
    for given in texts:
        if not files_of(Path(given)):
            raise BadInput(f"{given}: a folder without pages in ALTO, PAGE or hOCR; give the path of a text file")
    try:
        TypeAdapter(Language).validate_python(language)
    except ValidationError as error:
        raise BadInput(f"{language!r} is no language tag; give one such as en or pt-BR") from error
    others = [code for code in ("en", "fr", "es", "ru") if code != language]
    write_bytes(
        path,
        _TEMPLATE.format(
            title=_scalar(title or name),
            language=_scalar(language),
            languages=", ".join(others),
            scans=_scans([_relative(each, path.parent) for each in scans]),
            witnesses=_witnesses([_relative(each, path.parent) for each in texts]),
        ).encode(),
    )
    load(name, root).allow_outside()
    return path


def _relative(given: str, folder: Path) -> str:
    return Path(os.path.relpath(Path(given).absolute(), folder.absolute())).as_posix()


def _scalar(value: str) -> str:
    return yaml.safe_dump(value, allow_unicode=True, default_style='"', width=10_000).strip()


def _scans(paths: Sequence[str]) -> str:
    if not paths:
        return "# scans: pages"
    if len(paths) == 1:
        return f"scans: {_scalar(paths[0])}"
    return "\n".join(["scans:", *(f"  - {_scalar(path)}" for path in paths)])


def _witnesses(paths: Sequence[str]) -> str:
    if not paths:
        return "# witnesses:\n#   - id: existing\n#     path: existing.txt"
    lines = ["witnesses:"]
    for index, path in enumerate(paths):
        lines += [f"  - id: existing{index + 1 if index else ''}", f"    path: {_scalar(path)}"]
    return "\n".join(lines)
