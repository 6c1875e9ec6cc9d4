"""What stands in another language as a name: the title of a work, a publisher, a society.

Titles are underlined, or quoted the way titles are; or the words open with a capital inside a sentence, or a place in
a source (page, number, year) follows them.
"""

import re
from collections.abc import Sequence

from pipeline.languages.citations import cited, run_on, society, source
from pipeline.languages.evidence import Others, known, scores
from pipeline.languages.ranges import Range, enclosed, inner, meets
from pipeline.languages.stretches import Stretch
from pipeline.languages.tokens import tokens

_MARGIN = 3.0  # nats
_INITIALS = 6  # letters; capitals alone up to this length are initials
_LONGEST = 12  # words of a name
_ANNOUNCED = re.compile(
    r"\b(?:article|articulo|artículo|essay|essai|ensayo|chapter|chapitre|capitulo|capítulo|poem|poeme|poème|poema|novel"
    r"|roman|novela|story|pamphlet|brochure|folleto|book|livre|libro|review|study|paper|series|piece|section|song"
    r"|titled?|entitled|untitled|subtitled|intitulée?|titulad[oa]|called|headed|talk|lecture|статья|роман|книга),?\s$",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    r"^[.,:;]?\s?(?:(?:in|dans|en|в)\s(?:the\s|la\s|le\s|el\s)?|first\spublished\sin\s"
    r"|(?:review|journal|revue|revista|rivista|zeitschrift|журнал)\s)?$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:^|[.?!:…\"“”«„\n]|--|—)[\s\"'“‘«(\[-]*$")
_LOCATED = re.compile(
    r"[,.]?[\"”»'’)\]]*[,.:;]?\s*\(?(?:(?:[A-Z][\w.]+[ ,:]+){1,3})?"
    r"(?:\(?\d{4}\b|(?:nos?|num|nr|vols?|t|pp?|chap)\b\.?\s?[\dIVX]|pt\.)",
)


def title_languages(
    text: str,
    main: str,
    others: Others,
    quotations: Sequence[Range] = (),
    underlined: Sequence[Range] = (),
    entry: bool = False,
) -> list[tuple[int, int, str]]:
    """(start, end, language) of marked titles in another language than the main one.

    quotations: ranges with their marks; one counts as a title where it is announced as one ("the article ..."), where
    an underlined title follows it, where its words begin with capitals, or in an entry of a bibliography. underlined:
    ranges, of which those count that begin with a capital.
    """
    titles = [_bare(text, *inner(text, *each)) for each in quotations if quoted_title(text, each, underlined, entry)]
    titles += [inner(text, *each) for each in underlined if text[each[0]].isupper()]
    found = [(start, end, language_of(text[start:end], main, others)) for start, end in titles if start < end]
    return sorted(each for each in set(found) if each[2] != main)


def language_of(text: str, main: str, others: Others) -> str:
    """The one language in which `text` stands as a whole, as a title does; `main` where nothing speaks against it."""
    lexica = known(main, others)
    if not lexica or (text.isupper() and len(text) <= _INITIALS):
        return main
    words = [each for each in tokens(text) if text.isupper() or not _initials(text[each.start : each.end])]
    score = {language: -others.get(language, 0.0) for language in lexica}
    for word in words:
        for language, value in zip(lexica, scores(word, lexica), strict=True):
            score[language] += value
    best = max(score, key=lambda language: score[language], default=main)
    if len(words) == 1 and (form := words[0].form) in lexica[main].words:  # a loan unless it is rare in the main one
        ratio = lexica[best].log_probability(form) - lexica[main].log_probability(form)
        return best if ratio > _MARGIN else main
    return best if score[best] > score.get(main, 0.0) + _MARGIN else main


def is_name(text: str, stretch: Stretch, quotations: Sequence[Range] = (), entry: bool = False) -> bool:
    """Whether a stretch that no mark sets off names a work, a publisher or a society, and is no foreign speech."""
    inside = text[stretch.start : stretch.end]
    words = list(tokens(inside))
    if any(word.script != "LATIN" for word in words):
        return False
    if enclosed(text, stretch.start, stretch.end, quotations):
        return society(text, stretch.start, stretch.end)
    if entry:  # what it says of the edition ("du journal ...", "Mayo de 1931") is no name
        said = inside[0].islower() and any(not word.capital and word.end - word.start > 3 for word in words)
        return not (said or run_on(inside))
    if not inside[0].isupper() or run_on(inside):
        return False
    before = text[max(0, stretch.start - 24) : stretch.start]
    if len(words) > _LONGEST and not (_ANNOUNCED.search(before) or source(inside)):
        return False
    long = [word for word in words if word.end - word.start > 3]
    headline = len(long) > 1 and all(word.capital for word in long)
    return headline or bool(_LOCATED.match(text, stretch.end)) or not _SENTENCE.search(before)


def quoted_title(text: str, quotation: Range, underlined: Sequence[Range], entry: bool = False) -> bool:
    """Whether a quotation looks like the title of an article or a book; in single quotes less easily."""
    start, end = quotation
    words = list(tokens(text[start:end]))
    if end - start > 160 or not words or not words[0].capital:
        return False
    if cited(text, quotation):
        return True
    long = [word for word in words if word.end - word.start > 3]
    headline = len(long) <= 8 and all(word.capital for word in long)
    if text[start] not in '"“„«':
        return _held(text, quotation, underlined) or (headline and len(long) > 2)
    if entry or _ANNOUNCED.search(text[max(0, start - 24) : start]):
        return True
    if _held(text, quotation, underlined):
        return True
    return headline and len(long) > 1


def _held(text: str, quotation: Range, underlined: Sequence[Range]) -> bool:
    """Whether an underlined title follows that holds it."""
    end = quotation[1]
    after = any(0 <= begin - end <= 24 and _HOLDS.match(text[end:begin]) for begin, _ in underlined)
    return after and not meets(quotation, underlined)


def _initials(word: str) -> bool:
    return word.isupper() and word.isascii()


def _bare(text: str, start: int, end: int) -> Range:
    """Without the comma or full stop that the quotation marks took in."""
    return start, end if text[start:end].endswith("...") else start + len(text[start:end].rstrip(".,;: "))
