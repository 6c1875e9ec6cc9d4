"""Accents as typed: the image decides, not the model."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from pipeline.model import Box, Word
from pipeline.recognition import accents, ink
from pipeline.recognition.tesseract import Blocks, TextLine

TYPED, PRINTED = "freefont/FreeMono.ttf", "freefont/FreeSerif.ttf"
FONTS = Path("/usr/share/fonts/truetype")
pytestmark = pytest.mark.skipif(not (FONTS / TYPED).exists(), reason="fonts-freefont-ttf is not installed")

ACCENTED = [
    "La goélette était arrivée la veille, chargée de café,",
    "et le garçon du port répétait partout qu'elle venait",
    "de très loin. À quai, l'équipage fêtait son retour.",
    "Mañana volverán los señores y habrá más café aquí.",
]
BARE = [
    "La goelette etait arrivee la veille, chargee de cafe,",
    "et le garcon du port repetait partout qu'elle venait",
    "de tres loin. A quai, l'equipage fetait son retour.",
    "Manana volveran los senores y habra mas cafe aqui.",
]


def page(typed: list[str], read: list[str], font: str, worn: bool = False) -> tuple[Blocks, ink.Grey]:
    """A page on which one thing is typed and another was read, and the mask of its ink."""
    image = Image.new("L", (1900, 120 + 90 * len(typed)), 240)
    pen, face = ImageDraw.Draw(image), ImageFont.truetype(str(FONTS / font), 48)
    lines = []
    for row, (there, seen) in enumerate(zip(typed, read, strict=True)):
        words, left, top = [], 80.0, 60 + 90 * row
        for printed, text in zip(there.split(" "), seen.split(" "), strict=True):
            pen.text((left, top), printed, font=face, fill=30)
            around = [round(edge) for edge in pen.textbbox((left, top), printed, font=face)]
            words.append(Word(text, Box(*around), 0.9))
            left += face.getlength(printed + " ")
        around = [words[0].box.left, top, words[-1].box.right, top + 60]
        lines.append(TextLine(Box(*around), tuple(words), "fr"))
    noise = np.random.default_rng(7).normal(0, 12 if worn else 0, (image.height, image.width))
    grey = np.asarray(image.filter(ImageFilter.GaussianBlur(1.2)), np.float64) + noise
    return (tuple(lines),), ink.find_ink(np.clip(grey, 0, 255).astype(np.uint8)).mask


def texts(blocks: Blocks) -> list[str]:
    return [line.text for block in blocks for line in block]


@pytest.mark.parametrize("font", [TYPED, "freefont/FreeMonoBold.ttf", PRINTED])
@pytest.mark.parametrize("worn", [False, True])
def test_accents_that_are_printed_stay(font: str, worn: bool) -> None:
    assert texts(accents.as_printed(*page(ACCENTED, ACCENTED, font, worn))) == ACCENTED


@pytest.mark.parametrize("font", [TYPED, "freefont/FreeMonoBold.ttf"])
@pytest.mark.parametrize("worn", [False, True])
def test_accents_that_only_a_model_saw_do_not(font: str, worn: bool) -> None:
    assert texts(accents.as_printed(*page(BARE, ACCENTED, font, worn))) == BARE


def test_each_letter_is_judged_by_itself() -> None:
    """Some accents were added by hand, others forgotten."""
    typed = [ACCENTED[0], BARE[1], *ACCENTED[2:]]
    assert texts(accents.as_printed(*page(typed, ACCENTED, TYPED))) == typed


def test_cyrillic_is_let_alone() -> None:
    russian = ["Мой ёж ушёл, и край моря тёмный."]
    assert texts(accents.as_printed(*page(russian, russian, TYPED))) == russian


def test_a_page_without_words() -> None:
    assert accents.as_printed((), np.zeros((10, 10), np.uint8)) == ()


def test_a_text_without_its_accents() -> None:
    assert accents.without("Émilie à Šid: ёж") == "Emilie a Sid: ёж"
