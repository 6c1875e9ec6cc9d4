"""What the review page shows of a flag: its passage, the witnesses side by side, cuts of the scan; and which flags."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise

from starlette.datastructures import QueryParams

from pipeline.model import Box, Span
from pipeline.review.desk import PageImage
from pipeline.review.rows import Flag

_AROUND, _AROUND_PLACE = 350, 1200
_WINDOW = 12
_STATES = ("open", "decided", "all")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which flags are shown: of a kind, on a page, in a language, in a state; all where nothing is said."""

    kind: str = ""
    page: str = ""
    language: str = ""
    state: str = "open"

    @classmethod
    def read(cls, query: QueryParams) -> "Choice":
        state = query.get("state", "open")
        return cls(
            query.get("kind", ""),
            query.get("page", ""),
            query.get("language", ""),
            state if state in _STATES else "open",
        )

    def query(self) -> dict[str, str]:
        """The same for an address, without what goes without saying."""
        return {name: value for name, value in asdict(self).items() if value not in ("", "open")}

    def takes(self, flag: Flag) -> bool:
        return (
            self.kind in ("", flag.category)
            and self.page in ("", flag.page)
            and self.language in ("", flag.language)
            and (self.state == "all" or (self.state == "decided") == bool(flag.decisions))
        )


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of the reading around a flag.

    marked: the flag is about them. language: what they were taken for; ends: it ends with them.
    """

    text: str
    marked: bool
    language: str
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of a witness. inside: the flag is about them; differs: another witness has something else."""

    text: str
    inside: bool
    differs: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a page image, in its pixels, and what is marked on it."""

    page: str
    label: str
    width: int
    height: int
    view: Box
    marks: list[Box]


def chosen(flags: Sequence[Flag], choice: Choice, also: Flag | None = None) -> list[Flag]:
    """The flags that a choice takes, and the one that is shown anyway."""
    return [flag for flag in flags if flag is also or choice.takes(flag)]


def window(flags: Sequence[Flag], at: int) -> Sequence[Flag]:
    """Some of many flags, around the one at an index."""
    start = max(0, min(at - _WINDOW, len(flags) - 2 * _WINDOW - 1))
    return flags[start : start + 2 * _WINDOW + 1]


def passage(flag: Flag, texts: Mapping[str, str], foreign: Sequence[Span]) -> list[Run]:
    """The reading around a flag, cut at words; for a place between words an empty run is marked.

    foreign: the stretches of the text in other languages.
    """
    text = texts[flag.text]
    around = _AROUND_PLACE if flag.anchor else _AROUND
    start, end = max(0, flag.start - around), min(len(text), flag.end + around)
    first = text.find(" ", start, flag.start) + 1 if start else 0
    last = text.rfind(" ", flag.end, end) if end < len(text) else end
    start, end = first or start, last if last >= 0 else end
    near = [span for span in foreign if span.start < end and start < span.end]
    cuts = {start, flag.start, flag.end, end, *(at for span in near for at in (span.start, span.end))}
    edges = sorted(at for at in cuts if start <= at <= end)
    borders = {span.end for span in near}
    runs = [
        Run(text[a:b], flag.start <= a and b <= flag.end, _language(near, a, b), b in borders)
        for a, b in pairwise(edges)
    ]
    if flag.start == flag.end:
        runs.insert(edges.index(flag.start), Run("", True, ""))
    return [*[Run("…", False, "")] * (start > 0), *runs, *[Run("…", False, "")] * (end < len(text))]


def _language(foreign: Sequence[Span], start: int, end: int) -> str:
    found = (span.attributes["lang"] for span in foreign if span.start <= start and end <= span.end)
    return next(found, "")


def witnesses(flag: Flag) -> dict[str, list[Part]]:
    """What each witness has, in parts; neighbours of one sort are one part."""
    found: dict[str, list[Part]] = {}
    for cell in flag.cells:
        differs = len(set(cell.readings.values())) > 1
        for siglum, read in cell.readings.items():
            parts = found.setdefault(siglum, [])
            text = read or ("∅" if differs else "")
            if parts and (parts[-1].inside, parts[-1].differs) == (cell.inside, differs):
                parts[-1] = Part(f"{parts[-1].text} {text}".strip(), cell.inside, differs)
            elif text:
                parts.append(Part(text, cell.inside, differs))
    return found


def cuts(flag: Flag, pages: Mapping[str, PageImage]) -> list[Cut]:
    """The part of each page on which the flag stands, with some room around."""
    return [_cut(pages[page], flag, boxes) for page, boxes in _boxes(flag, pages).items()]


def whole_page(flag: Flag, pages: Mapping[str, PageImage]) -> Cut | None:
    """The page on which the flag begins, none without scans."""
    for name, boxes in _boxes(flag, pages).items():
        page = pages[name]
        marks = [_grown(box, page, 12, 8) for box in boxes]
        return Cut(name, flag.label or name, page.width, page.height, Box(0, 0, page.width, page.height), marks)
    return None


def _boxes(flag: Flag, pages: Mapping[str, PageImage]) -> dict[str, list[Box]]:
    found: dict[str, list[Box]] = {}
    for place in flag.places:
        if place.page in pages:
            found.setdefault(place.page, []).append(place.box)
    return found


def _cut(page: PageImage, flag: Flag, boxes: Sequence[Box]) -> Cut:
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
    height = boxes[0].height
    missing = max(0, page.width // 2 - (right - left)) // 2
    view = _grown(Box(left - missing, top, right + missing, bottom), page, 2 * height, max(height, page.height // 40))
    label = flag.label if page.id == flag.page and flag.label else page.id
    return Cut(
        page.id, label, page.width, page.height, view, [_grown(box, page, height // 4, height // 4) for box in boxes]
    )


def _grown(box: Box, page: PageImage, x: int, y: int) -> Box:
    """A box with a margin, inside its page."""
    return Box(
        max(0, box.left - x), max(0, box.top - y), min(page.width, box.right + x), min(page.height, box.bottom + y)
    )
