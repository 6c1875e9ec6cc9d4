"""How a typescript looks: its type, its spacing, and how badly it was scanned."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

WIDTH, HEIGHT, RESOLUTION = 2550, 3300, 300
"""A letter page (8.5 by 11 inches) in pixels, at this many pixels an inch."""


@dataclass(frozen=True, slots=True)
class Look:
    """One typewriter and one scanner.

    font: a monospaced font file; None finds one of Debian's.
    columns: characters in a full line.
    number: where the page number is typed.
    leading: pixels from line to line of the double-spaced body; pages with more text are set closer, down to
    `least_leading`.
    skew: largest turn of a page, in degrees. blur: radius of the scanner's lens, in pixels.
    ribbon: how uneven the ink is, 0..1. noise: standard deviation of the grey levels (of 255).
    specks: grains of dust on a page. quality: of the JPEG files, 1..95.
    """

    font: Path | None = None
    columns: int = 62
    number: Literal["top", "bottom"] = "top"
    leading: int = 100
    least_leading: int = 60
    skew: float = 0.4
    blur: float = 1.2
    ribbon: float = 0.3
    noise: float = 3.5
    specks: int = 100
    quality: int = 45
