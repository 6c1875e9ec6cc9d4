"""The facsimile: a surface for each page, its zones and lines, in pixels of the source image (TEI Guidelines, 11.1).

The stages before measure on a prepared image; what is written here leads back to the scan as the library has it.
"""

import os.path
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from pipeline.edition import Edition
from pipeline.encoding.identifiers import Identifiers, xml_name
from pipeline.encoding.markup import Element, element
from pipeline.model import Box, Page, read_json


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands: its order in the document, its surface, and the number supplied where none is printed."""

    order: int
    surface: str
    supplied: str
    number_place: str | None


@dataclass(slots=True)
class Facsimile:
    """The surfaces, and where the text's page and line milestones lead: by page id and by line id."""

    surfaces: list[Element] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    zones: dict[str, str] = field(default_factory=dict)
    page_of_line: dict[str, str] = field(default_factory=dict)

    @property
    def element(self) -> Element | None:
        """The facsimile element; none for a document without scans."""
        return Element("facsimile", {}, self.surfaces) if self.surfaces else None


def facsimile(edition: Edition, identifiers: Identifiers) -> Facsimile:
    """Read layout/*.json, one batch at a time, and make the surfaces."""
    made, printed = Facsimile(), _Numbers()
    for path in sorted((edition.work / "layout").glob("*.json")):
        for page in read_json(path, list[Page]):
            _add(made, page, edition, identifiers, printed.supply(page))
    return made


class _Numbers:
    """The number of a page without one: counted on from the last that is printed, else its order in the scans."""

    def __init__(self) -> None:
        self._shift = 0

    def supply(self, page: Page) -> str:
        if page.label and page.label.isdecimal():
            self._shift = int(page.label) - page.number
        return f"[{page.number + self._shift if page.number + self._shift > 0 else page.number}]"


def _add(made: Facsimile, page: Page, edition: Edition, identifiers: Identifiers, supplied: str) -> None:
    surface_id = identifiers.claim("f" + page.id.removeprefix("p"))
    size = Box(0, 0, round(page.width / page.scale), round(page.height / page.scale))
    ids = {zone.id: identifiers.claim(_zone_name(zone.id, page.id, surface_id)) for zone in page.zones}
    numbers = [zone.box for zone in page.zones if zone.kind == "pageNumber"]
    place = ("top" if numbers[0].top + numbers[0].bottom < page.height else "bottom") if numbers else None
    made.places[page.id] = Place(len(made.places), surface_id, supplied, place)
    lines: dict[str, list[Element]] = {zone.id: [] for zone in page.zones}
    loose: list[Element] = []
    for line in page.lines:
        line_id = identifiers.claim(_zone_name(line.id, page.id, surface_id))
        made.zones[line.id], made.page_of_line[line.id] = line_id, page.id
        lines.get(line.zone, loose).append(_zone(line_id, "line", page.on_source(line.box), size))
    zones = [_zone(ids[zone.id], zone.kind, page.on_source(zone.box), size, lines[zone.id]) for zone in page.zones]
    graphic = element("graphic", url=_address(page.source, edition), width=f"{size.right}px", height=f"{size.bottom}px")
    corners = {"ulx": "0", "uly": "0", "lrx": str(size.right), "lry": str(size.bottom)}
    name = {"xml:id": surface_id, "n": page.label or supplied}
    made.surfaces.append(Element("surface", name | corners, [graphic, *zones, *loose]))


def _zone(name: str, kind: str, box: Box, size: Box, children: Iterable[Element] = ()) -> Element:
    corners = {
        "ulx": min(box.left, size.right),
        "uly": min(box.top, size.bottom),
        "lrx": min(box.right, size.right),
        "lry": min(box.bottom, size.bottom),
    }
    return Element(
        "zone", {"xml:id": name, "type": kind, **{key: str(at) for key, at in corners.items()}}, list(children)
    )


def _zone_name(name: str, page: str, surface: str) -> str:
    """A zone's or line's id behind its surface's: p0001-l3 becomes f0001-l3."""
    return f"{surface}-{xml_name(name.removeprefix(page).lstrip('-_.:') or 'z')}"


def _address(source: str, edition: Edition) -> str:
    """The scan's address as seen from the edition; of a scan outside the root only its name, so that no path leaks."""
    name, mark, part = source.partition("#")
    path = Path(os.path.normpath(edition.folder.absolute() / name))
    root = Path(os.path.normpath(edition.root.absolute()))
    inside = path.is_relative_to(root)
    address = Path(os.path.relpath(path, root / "tei")).as_posix() if inside else path.name
    if mark and path.suffix.lower() == ".pdf":
        part = f"page={part}"  # RFC 8118: how an address names a page of a PDF
    return quote(address) + mark + quote(part, safe="=")
