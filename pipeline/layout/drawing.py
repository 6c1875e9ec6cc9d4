"""A picture of what layout made of a page, for those who want to see why an edition came out as it did."""

from PIL import Image, ImageDraw

from pipeline.model import Box, Page, ZoneKind

COLOURS: dict[ZoneKind, tuple[int, int, int]] = {
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


def draw(page: Page, image: Image.Image) -> Image.Image:
    """The page's zones and lines over its image.

    image: the prepared image of the page, of any size; boxes are scaled to it. Each zone is framed and named in the
    colour of its kind, each line has a thin frame, and a thick bar before it where something starts with it. Raised
    words are filled with orange, underlined ones stand on a blue bar.
    """
    canvas = image.convert("RGB")
    pen = ImageDraw.Draw(canvas, "RGBA")
    across, down = canvas.width / page.width, canvas.height / page.height
    unit = max(1, round(canvas.width / 1000))

    def scaled(box: Box, margin: int = 0) -> tuple[float, float, float, float]:
        return (
            box.left * across - margin,
            box.top * down - margin,
            box.right * across + margin,
            box.bottom * down + margin,
        )

    kinds = {zone.id: zone.kind for zone in page.zones}
    for zone in page.zones:
        left, top, right, bottom = scaled(zone.box, 6 * unit)
        pen.rectangle((left, top, right, bottom), outline=(*COLOURS[zone.kind], 255), width=2 * unit)
        pen.text((right, top), zone.kind, fill=(*COLOURS[zone.kind], 255), anchor="rb", font_size=14 * unit)
    for line in page.lines:
        colour = COLOURS[kinds[line.zone]]
        left, top, right, bottom = scaled(line.box)
        pen.rectangle((left, top, right, bottom), outline=(*colour, 110), width=unit)
        if line.opens:
            pen.rectangle((left - 12 * unit, top, left - 4 * unit, bottom), fill=(*colour, 255))
        for word in line.words:
            left, top, right, bottom = scaled(word.box)
            if word.raised:
                pen.rectangle((left, top, right, bottom), fill=(255, 140, 0, 110))
            if word.underlined:
                pen.rectangle((left, bottom, right, bottom + 3 * unit), fill=(0, 90, 255, 160))
    if page.label is not None:
        pen.text((6 * unit, 6 * unit), page.label, fill=(200, 60, 40, 255), font_size=20 * unit)
    return canvas
