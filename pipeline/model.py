"""The plain data that passes between the stages, and how it is read from and written to JSON.

Everything here is frozen and knows nobody. A *witness* is one source of the text (the recognised scans, an
existing text) as a sequence of blocks of tokens, in page order: a page's body, then its foot notes. *Columns*
are the collation: token by token, what each witness reads and what was chosen. The *reading* is the
established text as plain strings, one for the body and one for each note. A *span* is anything learned about a
stretch of those strings; a *layer* is a list of spans.

All offsets are in characters (Unicode code points), all boxes in pixels of the page image, all confidences,
certainties and probabilities in 0..1.
"""

import hashlib
import math
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from pipeline.errors import BadInput, OutputError

T = TypeVar("T")

ZoneKind = Literal[
    "body",
    "heading",
    "quotation",
    "footnote",
    "pageNumber",
    "runningHead",
    "verse",
    "list",
    "bibliography",
    "contents",
    "titlePage",
    "separator",
]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page image, in pixels; right and bottom are exclusive."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @staticmethod
    def union(*boxes: "Box") -> "Box":
        """The smallest box that holds all of them; of none there is none (ValueError)."""
        return Box(
            min(box.left for box in boxes),
            min(box.top for box in boxes),
            max(box.right for box in boxes),
            max(box.bottom for box in boxes),
        )


@dataclass(frozen=True, slots=True)
class Word:
    """A word as recognised on a page: letters and the punctuation that touches them.

    raised: small characters above the line, as a note reference is typed.
    underlined: a rule runs below it. overhang: where that rule ends with this word, how many characters at the
    word's end it leaves out; None where it goes on to the next word.
    """

    text: str
    box: Box
    confidence: float
    raised: bool = False
    underlined: bool = False
    overhang: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A typed line. `zone` is the id of its zone; `opens` says that a paragraph, note or entry starts with it."""

    id: str
    zone: str
    box: Box
    words: tuple[Word, ...]
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of a page that is read as one: its body, its foot notes, its number."""

    id: str
    kind: ZoneKind
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """One page image with what stands on it, lines in reading order.

    id: "p0001", by order of the scans; number: that order, from 1; label: the printed page number.
    source: the file it came from, as named in the edition ("scans/p0001.png", "book.pdf#3").
    image: the prepared image, relative to the edition's work folder; width, height and all boxes are in its pixels.
    It is the source image enlarged `scale` times, then turned by `skew` degrees about its centre (counter-clockwise
    positive) with its size kept. sha256: of the source image's pixels.
    """

    id: str
    number: int
    source: str
    image: str
    width: int
    height: int
    sha256: str
    skew: float = 0.0
    scale: float = 1.0
    label: str | None = None
    zones: tuple[Zone, ...] = ()
    lines: tuple[Line, ...] = ()

    def on_source(self, box: Box) -> Box:
        """The smallest upright box on the source image that holds `box` of the prepared one."""
        turn = math.radians(-self.skew)
        cos, sin = math.cos(turn), math.sin(turn)
        middle_x, middle_y = self.width / 2, self.height / 2
        corners = [
            (
                middle_x + (x - middle_x) * cos + (y - middle_y) * sin,
                middle_y - (x - middle_x) * sin + (y - middle_y) * cos,
            )
            for x in (box.left, box.right)
            for y in (box.top, box.bottom)
        ]
        xs, ys = [min(max(x, 0), self.width) for x, _ in corners], [min(max(y, 0), self.height) for _, y in corners]
        return Box(
            math.floor(min(xs) / self.scale),
            math.floor(min(ys) / self.scale),
            math.ceil(max(xs) / self.scale),
            math.ceil(max(ys) / self.scale),
        )


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line of a page that is worth a second look, and why.

    probability: of its least sure reading. others: what the other witnesses read there.
    """

    page: str
    line: str
    probability: float
    why: str
    others: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What one more look at a line saw, from left to right.

    engine, language, preparation: which recogniser, with the model of which language, on what kind of image.
    """

    engine: str
    language: str
    preparation: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Rereading:
    """A line that was read again, with all looks at it."""

    page: str
    line: str
    looks: tuple[Look, ...]


TokenKind = Literal["word", "reference", "label"]


@dataclass(frozen=True, slots=True)
class Token:
    """The smallest piece that is collated: a word with its punctuation, or the number of a note.

    kind: "reference" is a note number in running text, "label" the number before a foot note's text; both
    hold the bare mark ("12", "*").
    glued: no space stands before it.
    line, page: where it stands; for a text without pages, line is "L" and the line of the file.
    divided: for a word divided at a line's end, the offset just after its hyphen and the id of the line on which
    it goes on; the hyphen is still part of `text`.
    overhang: as of a `Word`.
    """

    text: str
    kind: TokenKind = "word"
    glued: bool = False
    line: str | None = None
    page: str | None = None
    confidence: float = 1.0
    underlined: bool = False
    divided: tuple[int, str] | None = None
    box: Box | None = None
    overhang: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """What a witness shows as one piece: a paragraph or a part of it, a note, a heading.

    continues: goes on from the last block of its kind (a paragraph or note that ran over the page).
    certainty: of `kind`.
    """

    kind: ZoneKind
    tokens: tuple[Token, ...]
    continues: bool = False
    page: str | None = None
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class Witness:
    """One source of the text. `id` is its siglum ("scan", "existing"); medium says what it was read from."""

    id: str
    medium: Literal["scan", "text"]
    description: str
    blocks: tuple[Block, ...]
    source: str = ""
    sha256: str = ""
    notices: tuple[str, ...] = ()

    def tokens(self) -> list[Token]:
        """All tokens in order; their index in this list is what a Column refers to."""
        return [token for block in self.blocks for token in block.tokens]

    def block_of(self) -> list[int]:
        """For every token, the index of its block."""
        return [index for index, block in enumerate(self.blocks) for _ in block.tokens]


ColumnKind = Literal["agreed", "variant", "only", "moved", "doubled", "dropped", "invented"]


@dataclass(frozen=True, slots=True)
class Column:
    """One place of the collation, in the order of the text.

    readings: for each witness that has something here, its tokens as a range [start, end).
    text: the reading chosen; empty where nothing of it stands in the text. witness: whose reading it is.
    kind: "only" stands in one witness because the other lacks the passage; "dropped" was lost by a witness.
    """

    readings: Mapping[str, tuple[int, int]]
    text: str
    witness: str
    probability: float
    kind: ColumnKind
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A point of a text at which a page or line starts.

    target: the page or line id. inside: it divides a word (TEI break="no").
    """

    text: str
    offset: int
    kind: Literal["page", "line"]
    target: str
    inside: bool = False
    label: str | None = None
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class Furniture:
    """What the page shows but the text does not hold: page numbers, running heads, "(continued...)".

    `offset` of `text` is where it is written in the edition.
    """

    text: str
    offset: int
    kind: Literal["pageNum", "header", "continuation"]
    page: str | None
    content: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Characters [start, end) of a text come from a column of the collation (its index)."""

    start: int
    end: int
    column: int


@dataclass(frozen=True, slots=True)
class Lacuna:
    """Something a witness lacks: the sentence says what, for the edition and the report."""

    witness: str
    words: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The established text.

    texts: "body" and one string a note, by note id ("n3.12"), in order of appearance.
    """

    texts: dict[str, str]
    origins: dict[str, list[Origin]] = field(default_factory=dict)
    milestones: list[Milestone] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    lacunae: list[Lacuna] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a reading: characters [start, end) of `text` ("body" or a note id).

    certainty: calibrated. evidence: why, in a few words ("both witnesses", "image", "sequence", "authority").
    """

    text: str
    start: int
    end: int
    kind: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    certainty: float = 1.0
    evidence: str = ""


Verdict = Literal["accept", "text", "slip", "language", "unclear", "place", "name"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What the editor decided about a stretch of a text.

    flag: the kind of flag it answers. text: "body" or a note id. exact, prefix, suffix: the words themselves and what
    stands before and after them, so that they are found again when the text has been established anew (W3C Web
    Annotation Data Model, Text Quote Selector); line feeds count as spaces.
    decision: "accept" (it is right as it is), "text" (the page reads `value`), "slip" (the author's slip, to be
    corrected to `value`), "language" (it is in `value`, BCP 47), "unclear" (`value`: why, or nothing), "place" (the
    note `value` belongs here; `exact` is empty), "name" (it names what `value` says, a kind of span in the layer of
    names, or "none").
    """

    flag: str
    text: str
    exact: str
    prefix: str
    suffix: str
    decision: Verdict
    value: str = ""


def fingerprint(text: str, start: int, end: int, *more: str) -> str:
    """Ten letters and digits that name characters [start, end) by what they say and what stands around them.

    They stay the same when the rest of the text changes. more: what else tells one stretch from another.
    """
    around = (text[max(0, start - 40) : start], text[start:end], text[end : end + 40])
    return hashlib.sha256("\x1f".join((*around, *more)).encode()).hexdigest()[:10]


@dataclass(frozen=True, slots=True)
class Bin:
    """Readings with a probability in [low, high): how many, how many of them right, and their mean probability."""

    low: float
    high: float
    readings: int
    right: int
    probability: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far the probabilities of readings hold, measured against a gold text (`gold`: its name).

    bins: of the readings on which the witnesses do not agree. sure, sure_right: those of probability 0.9 or more.
    agreed, agreed_right: the places at which all witnesses read the same. collation: digest of what was measured.
    """

    gold: str
    collation: str
    bins: list[Bin]
    sure: int
    sure_right: int
    agreed: int
    agreed_right: int


@dataclass(frozen=True, slots=True)
class Authority:
    """Someone or something that names lead to, as the editor's tables have it.

    kind: what it is ("persName", "placeName", "orgName", "event", "title"). name: the preferred form; variants: every
    other. dates: as the editor writes them. idno: numbers in other registers, by type ("VIAF", "wikidata",
    "geonames", "ISNI").
    """

    id: str
    kind: str
    name: str
    variants: tuple[str, ...] = ()
    dates: str = ""
    idno: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form, the preferred one first."""
        return (self.name, *self.variants)


@dataclass(frozen=True, slots=True)
class Work:
    """A work of the bibliography, as its entry gives it.

    type: in the words of CSL ("book", "article-journal", "chapter", "thesis", ...). authors, editors: "Surname, First
    names". container: the periodical or book that holds it. date, volume, issue, pages: as printed; issued: the date in
    ISO 8601 ("1931-05", "1926/1927"). note: what the entry says behind its date. text: the entry.
    """

    id: str
    type: str
    title: str
    container: str = ""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    place: str = ""
    publisher: str = ""
    date: str = ""
    issued: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    note: str = ""
    text: str = ""


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: a temporary neighbour is renamed over it.

    Raises OutputError where the folder cannot be written.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise OutputError(f"{path}: cannot be written ({error.strerror}); is the folder writable?") from error


def write_json(path: Path, value: Any) -> None:
    """Write data of this module as indented JSON, atomically."""
    write_bytes(path, msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n")


def write_rows(path: Path, rows: Iterable[Any]) -> None:
    """Write JSON lines, one row a line, atomically."""
    write_bytes(path, b"".join(msgspec.json.encode(row) + b"\n" for row in rows))


def read_json(path: Path, kind: type[T]) -> T:
    """Read what `write_json` wrote. Raises BadInput where the file is missing or holds something else."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except FileNotFoundError as error:
        raise BadInput(f"{path}: not there; run the stage that writes it, or recensio build") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: not what this version writes ({error}); delete it and build again") from error


def read_rows(path: Path, kind: type[T]) -> Iterator[T]:
    """Read JSON lines, as `write_rows` wrote them."""
    try:
        decoder = msgspec.json.Decoder(kind)
        for line in path.read_bytes().splitlines():
            yield decoder.decode(line)
    except FileNotFoundError as error:
        raise BadInput(f"{path}: not there; run the stage that writes it, or recensio build") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: not what this version writes ({error}); delete it and build again") from error
