"""Raised digits read and given their place in the lines.

The marks of all pages are cut out, enlarged, set one below the other and recognised as digits in one process; each is
shown to the recogniser in several forms, since photocopies fill the eyes of small digits.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.model import Box, Word
from pipeline.recognition import ink, tesseract
from pipeline.recognition.ink import Grey
from pipeline.recognition.tesseract import Blocks, TextLine

MARGIN = 6
GAP = 40
DIGITS = "0123456789"
LOOK_ALIKES = str.maketrans("&BaeSsoOlIi|?TgqGbZz", "88885500111177996622")
"""What digits whose eyes are filled with ink, or which are broken, are taken for beside other digits."""
LONGEST = 3
"""Digits of the longest note number."""

_MARK = re.compile(rf"((?!0)[{DIGITS}]{{1,{LONGEST}}}|[*†‡]{{1,3}}|\+)[.,'‘’]?")


@dataclass(frozen=True, slots=True)
class Preparation:
    """How a mark is shown to the recogniser. height: in pixels. thinner: pixels taken from the strokes, so that eyes
    filled with ink open. blur: radius in pixels of a smoothing after that."""

    height: int
    thinner: int = 0
    blur: float = 0.0

    def cut(self, image: Grey, box: Box) -> Grey:
        """A mark cut out of its page and prepared."""
        cut = ink.crop(image, box, MARGIN, self.height / box.height)
        if self.thinner:
            element = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (self.thinner, self.thinner))
            cut = np.asarray(cv2.dilate(cut, element), np.uint8)
        return np.asarray(cv2.GaussianBlur(cut, (0, 0), self.blur), np.uint8) if self.blur else cut


PREPARATIONS = (Preparation(80), Preparation(80, thinner=9), Preparation(48, thinner=5), Preparation(64, 7, 1.5))


def read_marks(images: Mapping[str, Grey], marks: Mapping[str, Sequence[Box]], language: str) -> dict[str, list[Word]]:
    """Read the raised marks of several pages; what is no digit, asterisk, plus or dagger is left out.

    images: pages by name; marks: where something raised stands on each. Every mark is read in several preparations,
    freely, so that a fragment of a letter is seen to be one, and as nothing but digits, for a digit that the first
    reading mistook; the readings vote.
    """
    sheets, places = {}, {}
    for name, boxes in marks.items():
        for number, preparation in enumerate(PREPARATIONS if boxes else ()):
            cuts = [preparation.cut(images[name], box) for box in boxes]
            sheet, places[name, number] = ink.stack(cuts, GAP)
            sheets[f"{name}.{number}"] = ink.write_png(sheet)
    free = tesseract.read(sheets, language, page_mode=6)
    strict = tesseract.read(sheets, language, page_mode=6, characters=DIGITS)
    read: dict[str, list[Word]] = {}
    for name, boxes in marks.items():
        read[name] = []
        for at, box in enumerate(boxes):
            votes = [
                decide(*(read_at(sheet[f"{name}.{number}"], places[name, number][at]) for sheet in (free, strict)))
                for number in range(len(PREPARATIONS))
            ]
            text, sure = elected(votes)
            if text:
                read[name].append(Word(text, box, sure, raised=True))
    return read


def elected(votes: Sequence[tuple[str, float]]) -> tuple[str, float]:
    """The text that most confidence speaks for, and how much of all there could be (0..1).

    votes: the text and confidence (0..1) of each preparation, without a text where that saw no mark. A text needs
    two votes where there are several, a single character, which a piece of a letter may look like, more than half.
    """
    worth: dict[str, float] = {}
    for text, sure in votes:
        if text:
            worth[text] = worth.get(text, 0.0) + sure
    if not worth:
        return "", 0.0
    best = max(worth, key=lambda text: worth[text])
    needed = len(votes) // 2 + 1 if len(best) == 1 else min(2, len(votes))
    if sum(text == best for text, _ in votes) < needed:
        return "", 0.0
    return best, worth[best] / len(votes)


def decide(free: tuple[str, float], strict: tuple[str, float]) -> tuple[str, float]:
    """The text of a mark and its confidence (0..1) from two readings; no text where it is no mark.

    A free reading counts from a confidence of 0.75 on, from 0.2 where it has two digits or more. A dot or quotation
    mark after it is a piece of the letter that the mark touches. Where the free reading has some digit among other
    characters, the strict one counts from 0.5 on, and else the digits that the others look like, for a half.
    """
    text, sure = free
    mark = _MARK.fullmatch(text)
    if mark and sure >= (0.2 if mark[1][1:].isdigit() else 0.75):
        return mark[1], sure
    if not any(character in DIGITS for character in text):
        return "", 0.0
    digits, certain = strict
    if certain >= 0.5 and len(digits) <= LONGEST and not digits.startswith("0"):
        return digits, certain
    alike = _MARK.fullmatch(text.translate(LOOK_ALIKES))
    return (alike[1], sure / 2) if alike and alike[1][1:].isdigit() else ("", 0.0)


def insert(blocks: Blocks, marks: Sequence[Word]) -> Blocks:
    """Put raised marks into the lines that they stand above, in order from left to right.

    A mark within the box of a word is put before the punctuation that follows it there. A mark that no line lies
    below becomes a line of its own.
    """
    lines = [list(block) for block in blocks]
    for mark in marks:
        home = _home(lines, mark.box)
        if home is None:
            lines.append([TextLine(mark.box, (mark,), "und")])
        else:
            block, number = home
            lines[block][number] = _with_mark(lines[block][number], mark)
    return tuple(tuple(block) for block in lines)


def read_at(blocks: Blocks, place: Box) -> tuple[str, float]:
    """What was read at a place of the sheet, and the confidence of its weakest word."""
    words = [
        word
        for block in blocks
        for line in block
        for word in line.words
        if place.top <= (word.box.top + word.box.bottom) / 2 < place.bottom
    ]
    return "".join(word.text for word in words), min((word.confidence for word in words), default=0.0)


def _home(lines: Sequence[Sequence[TextLine]], mark: Box) -> tuple[int, int] | None:
    """The topmost line that ends below the mark and has words near it."""
    tall = mark.height
    found = [
        (line.box.top, block, number)
        for block, several in enumerate(lines)
        for number, line in enumerate(several)
        if line.box.bottom > mark.bottom + 0.2 * tall
        and line.box.top < mark.bottom + tall
        and line.box.left - 3 * tall <= mark.left
        and mark.right <= line.box.right + 5 * tall
    ]
    return min(found)[1:] if found else None


def _with_mark(line: TextLine, mark: Word) -> TextLine:
    words: list[Word] = []
    middle = (mark.box.left + mark.box.right) / 2
    for word in line.words:
        words.extend(_split(word, mark.box) if word.box.left < middle < word.box.right else (word,))
    place = sum(1 for word in words if (word.box.left + word.box.right) / 2 <= middle)
    return TextLine(Box.union(line.box, mark.box), (*words[:place], mark, *words[place:]), line.language)


def _split(word: Word, mark: Box) -> tuple[Word, ...]:
    """The word before the mark, and the punctuation after it where there is some."""
    stem = word.text.rstrip(".,;:!?)]}\"'»”’")
    tail = word.text[len(stem) :]
    pitch = (word.box.width - mark.width) / len(word.text)
    after = min(len(tail), round((word.box.right - mark.right) / pitch)) if pitch > 0 else 0
    if after < 1 or after == len(word.text):
        return (word,)
    before, behind = word.text[:-after], word.text[-after:]
    box = word.box
    return (
        Word(before, Box(box.left, box.top, max(box.left + 1, mark.left), box.bottom), word.confidence),
        Word(behind, Box(min(mark.right, box.right - 1), box.top, box.right, box.bottom), word.confidence),
    )
