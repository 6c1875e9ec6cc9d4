"""A second look: pages, lines and words that the model of the main language could not read well are read again.

Whole pages first: where the words of a page are those of another language, or hardly any language's, it is read with
that language's model (or those of other scripts), and the better reading is kept. Then stretches of a line that are
in doubt: they are cut out, set one below the other and read in one process for each model. Better is what has the
higher confidence, words that no dictionary knows counting half.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Box, Word
from pipeline.recognition import evidence, ink, tesseract
from pipeline.recognition.ink import Grey
from pipeline.recognition.tesseract import Blocks, TextLine

FOREIGN_MARGIN = 0.4
FEWEST_WORDS = 8
DOUBTFUL = 0.65
ACCENTED = 0.002
BETTER = 0.03


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words [start, end) of a line (block, number within it) to be read again in another language."""

    block: int
    line: int
    start: int
    end: int
    language: str


def usable(languages: Sequence[str]) -> list[str]:
    """Those languages, in order, that have an installed model and known word frequencies.

    A reading in any other could not be compared: where the main language is not among them there is no second look.
    """
    models = tesseract.installed_models()
    return [each for each in languages if tesseract.model_of(each) in models and evidence.has_frequencies(each)]


def missing_models(languages: Sequence[str]) -> dict[str, str]:
    """The languages that would be `usable` if their model were installed, each with the package that holds it."""
    known = [each for each in languages if tesseract.model_of(each) and evidence.has_frequencies(each)]
    ready = usable(known)
    return {each: tesseract.package_of(each) for each in known if each not in ready}


def reread_pages(
    images: Mapping[str, bytes], first: Mapping[str, Blocks], languages: Sequence[str]
) -> dict[str, Blocks]:
    """Read pages again that are not in the main language; for each the better reading.

    images: PNG files by page; first: their readings in the main language, which is the first of `languages`.
    """
    best = dict(first)
    tries = {name: _other_languages(_words(blocks), languages) for name, blocks in first.items()}
    for language in languages[1:]:
        wanted = {name: images[name] for name, others in tries.items() if language in others}
        for name, blocks in tesseract.read(wanted, language).items():
            if evidence.quality(_words(blocks), languages) > evidence.quality(_words(best[name]), languages) + 0.01:
                best[name] = blocks
    return best


def reread_doubts(
    images: Mapping[str, Grey], read: Mapping[str, Blocks], languages: Sequence[str]
) -> dict[str, Blocks]:
    """Read doubtful stretches of lines again; for each the better reading.

    images: the pages; read: their readings so far.
    """
    doubts = {name: _doubts(blocks, languages) for name, blocks in read.items()}
    best = dict(read)
    for language in languages:
        sheets: dict[str, bytes] = {}
        places: dict[str, list[tuple[Doubt, Box, Box]]] = {}
        for name, several in doubts.items():
            wanted = [doubt for doubt in several if doubt.language == language]
            if wanted:
                boxes = [_stretch(read[name], doubt, images[name]) for doubt in wanted]
                sheet, stood = ink.stack([ink.crop(images[name], box, 12) for box in boxes], 24)
                sheets[name] = ink.write_png(sheet)
                places[name] = list(zip(wanted, boxes, stood, strict=True))
        for name, blocks in tesseract.read(sheets, language, page_mode=6).items():
            for doubt, origin, stands in sorted(places[name], key=lambda each: -each[0].start):
                if _text_of(best[name], doubt) == _text_of(read[name], doubt):
                    words = _moved(blocks, stands, origin)
                    best[name] = _improved(best[name], doubt, words, languages)
    return best


def _other_languages(words: Sequence[Word], languages: Sequence[str]) -> list[str]:
    """The languages in which a page should be read again, going by its words in the main one."""
    folded = evidence.tokens(words)
    if len(folded) < FEWEST_WORDS:
        return []
    main = languages[0]
    likeliest = evidence.likeliest(folded, languages)
    if evidence.fit(folded, likeliest) > evidence.fit(folded, main) + FOREIGN_MARGIN:
        return [likeliest]
    if evidence.confidence(words) < DOUBTFUL and evidence.known(folded, likeliest) < 0.6:
        return [each for each in languages[1:] if evidence.script(each) != evidence.script(main)]
    return []


def _doubts(blocks: Blocks, languages: Sequence[str]) -> list[Doubt]:
    accented = _accents(_words(blocks)) >= ACCENTED
    found: list[Doubt] = []
    for number, block in enumerate(blocks):
        for place, line in enumerate(block):
            others = [each for each in languages if evidence.script(each) != evidence.script(line.language)]
            runs = _unreadable(line.words, languages) if others else []
            found.extend(Doubt(number, place, start, end, each) for start, end in runs for each in others)
            if not runs:
                foreign = _foreign(line, languages, accented)
                if foreign:
                    found.append(Doubt(number, place, 0, len(line.words), foreign))
    return found


def _unreadable(words: Sequence[Word], languages: Sequence[str]) -> list[tuple[int, int]]:
    """Stretches of words that are neither read with confidence nor known; the whole line where most of it is."""
    bad = [
        word.confidence < DOUBTFUL
        and any(character.isalpha() for character in word.text)
        and not any(evidence.known(evidence.tokens([word]), each) > 0.99 for each in languages)
        for word in words
    ]
    if not any(bad):
        return []
    letters = sum(len(word.text) for word in words)
    if sum(len(word.text) for word, is_bad in zip(words, bad, strict=True) if is_bad) >= 0.5 * letters:
        return [(0, len(words))]
    runs: list[tuple[int, int]] = []
    for index, is_bad in enumerate(bad):
        if is_bad and runs and index - runs[-1][1] <= 1:
            runs[-1] = (runs[-1][0], index + 1)
        elif is_bad:
            runs.append((index, index + 1))
    return [(start, end) for start, end in runs if sum(len(word.text) for word in words[start:end]) >= 4]


def _foreign(line: TextLine, languages: Sequence[str], accented: bool) -> str | None:
    """The language of the same script that a line is in, where its model could read it better."""
    folded = evidence.tokens(line.words)
    if len(folded) < 4 or (not accented and evidence.confidence(line.words) >= 0.8):
        return None
    same = [line.language, *(each for each in languages if evidence.script(each) == evidence.script(line.language))]
    likeliest = evidence.likeliest(folded, same)
    margin = evidence.fit(folded, likeliest) - evidence.fit(folded, line.language)
    return likeliest if likeliest != line.language and margin > 2 * FOREIGN_MARGIN else None


def _text_of(blocks: Blocks, doubt: Doubt) -> tuple[Word, ...]:
    return blocks[doubt.block][doubt.line].words[doubt.start : doubt.end]


def _stretch(blocks: Blocks, doubt: Doubt, image: Grey) -> Box:
    """Where the doubtful words stand, at the full height of their line."""
    boxes = [word.box for word in _text_of(blocks, doubt)]
    height, width = image.shape
    margin = max(2, (max(box.bottom for box in boxes) - min(box.top for box in boxes)) // 6)
    return Box(
        max(0, min(box.left for box in boxes) - margin),
        max(0, min(box.top for box in boxes) - margin),
        min(width, max(box.right for box in boxes) + margin),
        min(height, max(box.bottom for box in boxes) + margin),
    )


def _moved(blocks: Blocks, stands: Box, origin: Box) -> list[Word]:
    """The words of a sheet within the place of one crop, with their boxes on the page."""
    right, down = origin.left - stands.left - 12, origin.top - stands.top - 12
    words = [
        replace(
            word,
            box=Box(word.box.left + right, word.box.top + down, word.box.right + right, word.box.bottom + down),
        )
        for block in blocks
        for line in block
        for word in line.words
        if stands.top <= (word.box.top + word.box.bottom) / 2 < stands.bottom
    ]
    return sorted(words, key=lambda word: word.box.left)


def _improved(blocks: Blocks, doubt: Doubt, words: Sequence[Word], languages: Sequence[str]) -> Blocks:
    line = blocks[doubt.block][doubt.line]
    old = _text_of(blocks, doubt)
    new = tuple(words)
    other_script = evidence.script(doubt.language) != evidence.script(line.language)
    believed = not other_script or _readable(new, doubt.language)
    if not believed or evidence.quality(new, languages) <= evidence.quality(old, languages) + BETTER:
        return blocks
    whole = doubt.start == 0 and doubt.end == len(line.words)
    better = replace(
        line,
        words=(*line.words[: doubt.start], *new, *line.words[doubt.end :]),
        language=doubt.language if whole else line.language,
    )
    block = blocks[doubt.block]
    changed = (*block[: doubt.line], better, *block[doubt.line + 1 :])
    return (*blocks[: doubt.block], changed, *blocks[doubt.block + 1 :])


def _readable(words: Sequence[Word], language: str) -> bool:
    """Whether this is surely text in a language of another script: confident, mostly known words, five letters."""
    folded = evidence.tokens(words)
    letters = sum(len(token) for token in folded)
    written = sum(len(word.text) for word in words)
    return (
        letters >= 5
        and evidence.confidence(words) >= 0.7
        and evidence.known(folded, language) * letters >= 0.5 * written
    )


def _accents(words: Sequence[Word]) -> float:
    """The share of Latin letters that carry an accent."""
    letters = [character for word in words for character in word.text if character.isalpha() and character < "ʰ"]
    accented = sum(1 for letter in letters if len(unicodedata.normalize("NFD", letter)) > 1)
    return accented / len(letters) if letters else 0.0


def _words(blocks: Blocks) -> list[Word]:
    return [word for block in blocks for line in block for word in line.words]
