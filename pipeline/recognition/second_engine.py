"""A second engine for the second look: RapidOCR's recogniser of single lines (PP-OCR models), for Latin letters.

It knows no languages, only letters, so that its slips are not Tesseract's. Its models are part of its package; nothing
is fetched. It is optional: pip install "recensio[second-engine]".
"""

import importlib.util
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version as version_of
from typing import Any

import cv2

from pipeline.errors import MissingProgram
from pipeline.model import Box, Word
from pipeline.recognition.strips import Strip

NAME = "RapidOCR"
SCRIPT = "LATIN"


def require() -> str:
    """The version of the installed engine. Raises MissingProgram, saying how to install it."""
    if importlib.util.find_spec("rapidocr") is None or importlib.util.find_spec("onnxruntime") is None:
        raise MissingProgram(
            "recognition.second_engine: RapidOCR is not installed; "
            "install it with: pip install 'recensio[second-engine]'"
        )
    return version_of("rapidocr")


def read(strips: Sequence[Strip]) -> list[tuple[Word, ...]]:
    """The words of each line, with their places on the page. Raises MissingProgram."""
    require()
    return [_read(strip) for strip in strips]


def _read(strip: Strip) -> tuple[Word, ...]:
    result = _engine()(
        cv2.cvtColor(strip.image, cv2.COLOR_GRAY2BGR), use_det=False, use_cls=False, use_rec=True, return_word_box=True
    )
    if not result.txts or not result.txts[0].strip():
        return ()
    height, width = strip.image.shape
    found = result.word_results[0]
    letters = [letter for word in found.words for letter in word]
    columns = [column for word in found.word_cols for column in word]
    text = result.txts[0]
    if "".join(letters) != "".join(text.split()):
        return ()
    step = width / found.line_txt_len
    words, first = [], 0
    for part in text.split():
        last = first + len(part) - 1
        box = Box(round(columns[first] * step), 0, round((columns[last] + 1) * step), height)
        sure = min(found.confs[first : last + 1], default=0.0)
        words.append(Word(unicodedata.normalize("NFKC", part), strip.on_page(box), float(sure)))
        first = last + 1
    return tuple(words)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR  # noqa: PLC0415  (optional)

    alone = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    return RapidOCR(params={**alone, "Global.log_level": "error"})
