"""Degradation: what a worn ribbon, a skewed feed, a lens, dust and a noisy sensor make of a clean page.

The faults are those of the document degradation models in use since Baird ("Document image defect models", 1990):
rotation, blur, speckle and sensor noise, with an uneven inking of low frequency.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from pipeline.evaluation.typescript.look import HEIGHT, WIDTH, Look

_PAPER, _INK = 236.0, 28.0
_BROKEN = 0.03
"""Share of a stroke's pixels that stay white where the ribbon is worst."""

Grey = npt.NDArray[np.float32]


def scan(page: Image.Image, look: Look, seed: int) -> Image.Image:
    """The scan of a page (grey, same size). Same page, look and seed: same image."""
    chance = np.random.default_rng(seed)
    turned = page.rotate(float(chance.uniform(-look.skew, look.skew)), fillcolor=255, resample=Image.Resampling.BICUBIC)
    ink = 1 - _shares(turned)
    worn = _clouds(chance, 24)
    ink *= 1 - look.ribbon * worn
    ink[chance.random(ink.shape, dtype=np.float32) < _BROKEN * look.ribbon * worn] = 0
    _dust(ink, chance, look.specks)
    blurred = Image.fromarray(np.rint(ink * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(look.blur))
    ink = _shares(blurred)
    paper = _PAPER + 10 * (_clouds(chance, 5) - 0.5)
    grey = paper - ink * (paper - _INK)
    grey += look.noise * chance.standard_normal(grey.shape, dtype=np.float32)
    return Image.fromarray(np.clip(np.rint(grey), 0, 255).astype(np.uint8))


def _clouds(chance: np.random.Generator, cells: int) -> Grey:
    """A smooth random field over the page, 0..1, with about `cells` hills across."""
    coarse = (chance.random((cells * 4 // 3, cells)) * 255).astype(np.uint8)
    smooth = Image.fromarray(coarse).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    return _shares(smooth)


def _shares(image: Image.Image) -> Grey:
    """Grey levels as 0..1."""
    levels: Grey = np.asarray(image).astype(np.float32)
    levels /= 255
    return levels


def _dust(ink: Grey, chance: np.random.Generator, specks: int) -> None:
    """Grains of one to four pixels' width, anywhere on the page."""
    for _ in range(specks):
        size = int(chance.integers(1, 5))
        y, x = int(chance.integers(0, HEIGHT - size)), int(chance.integers(0, WIDTH - size))
        ink[y : y + size, x : x + size] = np.maximum(ink[y : y + size, x : x + size], 0.3 + 0.6 * chance.random())
