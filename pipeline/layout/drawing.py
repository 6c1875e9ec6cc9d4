"""A picture of what was made of a page, for those who want to see why an edition came out as it did.

Zones are tinted in the colour of their kind and named; each line has a thin frame, and a bar before it where a
paragraph, note or entry starts with it. Raised signs and underlines are marked on their words, and the places where
notes were anchored by pins with their numbers. A legend below says what occurs on the page and how often.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from pipeline.model import Box, Page, ZoneKind

Colour = tuple[int, int, int]

COLOURS: dict[ZoneKind, Colour] = {
    "body": (70, 110, 180),
    "heading": (200, 60, 40),
    "quotation": (40, 150, 80),
    "footnote": (150, 90, 170),
    "pageNumber": (120, 120, 120),
    "runningHead": (120, 120, 120),
    "verse": (20, 150, 150),
    "list": (190, 130, 20),
    "bibliography": (140, 100, 50),
    "contents": (180, 60, 130),
    "titlePage": (200, 60, 40),
    "separator": (0, 0, 0),
}
RAISED: Colour = (255, 140, 0)
UNDERLINED: Colour = (0, 90, 255)
ANCHOR: Colour = (200, 0, 90)
CONJECTURED: Colour = (150, 150, 150)
WHITE: Colour = (255, 255, 255)
PALE = 0.3
"""How far the scan is faded, so that the colours stand out: 0 not at all, 1 to white."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A note's number at a place of a line of the page. sure: not conjectured; note: before the note's own text."""

    number: str
    x: float
    line: Box
    sure: bool = True
    note: bool = False


def draw(page: Page, image: Image.Image, pins: Sequence[Pin] = ()) -> Image.Image:
    """The page over its image, as wide as that, with a legend below.

    image: the prepared image of the page, of any size; boxes and pins are scaled to it.
    """
    drawing = _Drawing(page, image)
    for zone in page.zones:
        drawing.zone(zone.box, zone.kind)
    kinds = {zone.id: zone.kind for zone in page.zones}
    for line in page.lines:
        drawing.line(line.box, COLOURS[kinds[line.zone]], line.opens)
        for word in line.words:
            if word.raised:
                drawing.raised(word.box)
            if word.underlined:
                drawing.underlined(word.box, (word.overhang or 0) / len(word.text))
    for pin in pins:
        drawing.pin(pin)
    return drawing.with_legend(page, pins)


class _Drawing:
    def __init__(self, page: Page, image: Image.Image) -> None:
        picture = image.convert("RGB")
        self.canvas = Image.blend(picture, Image.new("RGB", picture.size, WHITE), PALE)
        self.pen = ImageDraw.Draw(self.canvas, "RGBA")
        self.across, self.down = picture.width / page.width, picture.height / page.height
        self.unit = max(1, round(picture.width / 1000))

    def zone(self, box: Box, kind: ZoneKind) -> None:
        left, top, right, bottom = self._scaled(box, 6 * self.unit)
        colour = COLOURS[kind]
        self.pen.rectangle((left, top, right, bottom), (*colour, 22), (*colour, 255), 2 * self.unit)
        self._tag(kind, right, top, colour)

    def line(self, box: Box, colour: Colour, opens: bool) -> None:
        left, top, right, bottom = self._scaled(box)
        self.pen.rectangle((left, top, right, bottom), outline=(*colour, 90), width=1)
        if opens:
            self.pen.rectangle((left - 12 * self.unit, top, left - 5 * self.unit, bottom), fill=(*colour, 255))

    def raised(self, box: Box) -> None:
        self.pen.rectangle(self._scaled(box, self.unit), (*RAISED, 90), (*RAISED, 255), self.unit)

    def underlined(self, box: Box, share_without: float) -> None:
        """A bar below a word, but for the share of its width that the line on the page leaves out."""
        left, _, right, bottom = self._scaled(box)
        right -= share_without * (right - left)
        self.pen.rectangle((left, bottom, max(left, right), bottom + 3 * self.unit), fill=(*UNDERLINED, 170))

    def pin(self, pin: Pin) -> None:
        x, (_, top, _, bottom) = pin.x * self.across, self._scaled(pin.line)
        colour = ANCHOR if pin.sure else CONJECTURED
        if pin.note:
            self._tag(pin.number, x - 18 * self.unit, (top + bottom) / 2, colour, "rm")
        else:
            self.pen.line((x, top, x, bottom), (*colour, 255), 2 * self.unit)
            self._tag(pin.number, x, top, colour, "mb")

    def with_legend(self, page: Page, pins: Sequence[Pin]) -> Image.Image:
        """The picture with a band below it that explains what occurs on the page."""
        words = [word for line in page.lines for word in line.words]
        counted: list[tuple[Colour, str]] = [(COLOURS[zone.kind], zone.kind) for zone in page.zones]
        counted += [(RAISED, "raised") for word in words if word.raised]
        counted += [(UNDERLINED, "underlined") for word in words if word.underlined]
        for pin in pins:
            colour = ANCHOR if pin.sure else CONJECTURED
            counted.append((colour, "text of a note" if pin.note else "note" if pin.sure else "conjectured note"))
        entries = [("bar: starts here", (0, 0, 0))] if any(line.opens for line in page.lines) else []
        entries += [(f"{name} ({count})", colour) for (colour, name), count in Counter(counted).items()]
        size, gap = 14 * self.unit, 10 * self.unit
        places: list[tuple[float, float]] = []
        x, y = float(gap), float(self.canvas.height + gap)
        for text, _ in entries:
            wide = self.pen.textlength(text, font_size=size) + 3 * gap
            if x + wide > self.canvas.width and x > gap:
                x, y = float(gap), y + size + gap
            places.append((x, y))
            x += wide
        title = f"{page.id}, {page.source}" + (f", page {page.label}" if page.label else "")
        whole = Image.new("RGB", (self.canvas.width, round(y + 2 * (size + gap))), WHITE)
        whole.paste(self.canvas, (0, 0))
        pen = ImageDraw.Draw(whole)
        for (text, colour), (left, top) in zip(entries, places, strict=True):
            pen.rectangle((left, top + size / 6, left + gap, top + size / 6 + gap), colour)
            pen.text((left + 1.5 * gap, top), text, (40, 40, 40), font_size=size)
        pen.text((gap, y + size + gap), title, (40, 40, 40), font_size=size)
        return whole

    def _tag(self, text: str, x: float, y: float, colour: Colour, anchor: str = "rb") -> None:
        """White on colour; anchor: which point of it stands at (x, y), as Pillow names it."""
        size, margin = 11 * self.unit, 2 * self.unit
        box = self.pen.textbbox((x, y), text, anchor=anchor, font_size=size)
        self.pen.rectangle((box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin), (*colour, 235))
        self.pen.text((x, y), text, (*WHITE, 255), anchor=anchor, font_size=size)

    def _scaled(self, box: Box, margin: float = 0) -> tuple[float, float, float, float]:
        return (
            box.left * self.across - margin,
            box.top * self.down - margin,
            box.right * self.across + margin,
            box.bottom * self.down + margin,
        )
