"""Signs that a passage bears of what it is: how it begins and ends, how it cites, whether it looks like a heading.

Pure functions of one passage's text. The few words are those of scholarly Latin and of the book trade in the
languages most read; everything else is shape: digits, underlining, commas, length, capitals.
"""

import re
from functools import lru_cache
from typing import Literal

from pipeline.witness.passages import Passage

Start = Literal["upper", "lower", "quote", "other"]
End = Literal["closed", "open", "colon", "continued"]

_REFERS_BACK = re.compile(
    r"[\"'(\[]*(?:[^\W\d_]?bid\.?(?:em)?|i[bo]id|op\.? ?cit|loc\.? ?cit|idem|id\.|eadem|"
    r"там же|цит\. соч|ebd\.?|ebenda|a\.a\.o)\b",
    re.IGNORECASE,
)
_SENDS_ON = re.compile(
    r"[\"'(\[]*(?:see|cf\.?|compare|quoted|cited|e\.g\.|interview|letter (?:to|from)|voir|v\.|siehe|s\.|vgl\.?|"
    r"vease|véase|cfr\.?|cité|cite par|zit|см\.?|ср\.?)(?=[\s,])",
    re.IGNORECASE,
)
_CITES = re.compile(
    r"(?<!\w)(?:p\.? ?p\.?s?|pps?|p|pgs?|pages?|pag|pág|págs|S|Bd|fol|fols|ff|n|no|nos|nr|núm|num|vol|vols|t|ch|chap|"
    r"с|стр|т|№)[.,] ?(?:[IVXLC]+\b|\d)|\bop\.? ?cit|\bloc\.? ?cit|\bibid\b|\b(?:infra|supra)\b",
    re.IGNORECASE,
)
_BACK_MATTER = re.compile(r"\([^()]{0,60}\b1[5-9]\d\d\)|,\s1[5-9]\d\d[,.;]|,\s20\d\d[,.;]")
_ENDS_CITING = re.compile(r"(?:\d{1,4}[a-z]{0,2}|\bff?|\bpassim|\bibid|cit)[.\])\"']*$", re.IGNORECASE)
_CONTINUED = re.compile(r"\(\s*[^\W\d_][^()]{2,24}?\s*(?:\.{3}|…)\s*\)\s*$")
_CONTINUES = re.compile(r"\(\s*(?:\.{3}|…)\s*[^\W\d_][^()]{2,24}\)")
_TRAILER = re.compile(r"[\s\d)\]\"'”’»*]+$")
_OPENERS = '"“«„'
_CHAPTER = re.compile(
    r"(?:chapter|chapitre|capitulo|capítulo|capitolo|kapitel|глава|part|partie|parte|teil|часть|book|livre|libro|buch|книга)"
    r"\s+(?:[ivxlc]+|\d{1,2}|[^\W\d_]{2,12})\b",
    re.IGNORECASE,
)
_MATTER = re.compile(
    r"(?:introduction|preface|foreword|prologue|epilogue|conclusions?|abstract|summary|acknowledge?ments?|afterword|"
    r"appendix(?: [a-z\d]{1,4})?|appendices|glossary|abbreviations|index|notes|dedication|avant-propos|préface|"
    r"remerciements|annexes?|resume|résumé|introduccion|introducción|prologo|prólogo|conclusion(?:es)?|agradecimientos|apendice|apéndice|"
    r"einleitung|vorwort|nachwort|schluss|anhang|zusammenfassung|введение|предисловие|заключение|приложение)",
    re.IGNORECASE,
)
_BIBLIOGRAPHY = re.compile(
    r"(?:(?:select(?:ed)?|general|annotated)\s)?bibliograph(?:y|ie|ia)|bibliografia|bibliografía|works cited|"
    r"references|literature|literatur(?:verzeichnis)?|ouvrages cités|sources and bibliography|литература|библиография|"
    r"список литературы|obras citadas",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"(?:table of )?contents|table des mati[eè]res|sommaire|inhalt(?:sverzeichnis)?|[ií]ndice(?: general)?|"
    r"содержание|оглавление",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"(?:[IVX]{1,5}\.\s+)?\d{1,2}\.\d{1,2}(?!\d)")
_SECTION = re.compile(r"[IVX]{1,5}\.\s+\S|\d{1,2}\.\s+[^\W\d_]|§\s?\d")


def start(passage: Passage) -> Start:
    """How the text begins; "other" where that says nothing (an ellipsis, a bracket, a digit)."""
    return _start(passage.text[:12])


@lru_cache(maxsize=4096)
def _start(text: str) -> Start:
    if text[:1] and text[0] in _OPENERS:
        return "quote"
    text = text.lstrip("'‘([")
    if not text or not text[0].isalpha():
        return "other"
    return "lower" if text[0].islower() else "upper"


def end(passage: Passage) -> End:
    """How the text ends: with a full stop, in mid-sentence, before something (a colon), or saying that it goes on."""
    tail = passage.text[-60:]
    if _CONTINUED.search(tail):
        return "continued"
    bare = _TRAILER.sub("", tail)
    if not bare:
        return "closed"
    if bare[-1] in ".?!…":
        return "closed"
    return "colon" if bare[-1] in ":;" else "open"


def continues(passage: Passage) -> bool:
    """Whether it says at its head that it goes on from elsewhere: "(...continued)"."""
    return bool(_CONTINUES.match(passage.text[:40]))


def note_signs(passage: Passage) -> float:
    """Log odds that the text of a passage is a foot note's rather than the body's, without its mark and neighbours."""
    text, words = passage.text, [token for token in passage.rest if token.kind == "word"]
    count = max(len(words), 1)
    if not any(char.isalpha() for char in text):
        return -3.0
    odds = -1.0 + max(-2.0, min(0.5, (45 - count) / 45))
    if _REFERS_BACK.match(text):
        odds += 5.0
    elif _SENDS_ON.match(text) and count < 120:
        odds += 2.0
    cites = sum(1 for _ in _CITES.finditer(text[:4000]))
    odds += min(3.0, 36.0 * cites / max(count, 8))
    odds += min(1.5, 15.0 * sum(1 for _ in _BACK_MATTER.finditer(text[:4000])) / max(count, 8))
    if count <= 60 and _ENDS_CITING.search(text[-12:]):
        odds += 1.5
    digits = sum(any(char.isdigit() for char in token.text) for token in words) / count
    odds += max(-0.5, min(2.0, 8.0 * (digits - 0.06)))
    odds += min(1.5, 4.0 * sum(token.underlined for token in words) / count)
    odds += any(token.underlined for token in words[:6])
    odds += 0.7 * (text.count(",") / count > 0.15)
    odds -= 0.7 * (start(passage) == "quote")
    # Items of a list are numbered "1)" or end with a semicolon.
    odds -= 3.0 * (passage.form == "plain" and passage.tokens[0].text.endswith(")"))
    odds -= 1.5 * (text[-1] in ";,")
    odds -= 3.0 * sum(token.kind == "reference" for token in passage.rest[1:]) / max(1.0, count / 60)
    return odds


def heading_signs(passage: Passage) -> float:
    """Probability that a passage is a heading, by its own shape."""
    if passage.hint == "heading":
        return 1.0
    text = passage.text if passage.form != "plain" else _whole(passage)
    words = text.split()
    shaped = 0 < len(words) <= 22 and len(text) <= 160 and start(passage) != "lower"
    if not shaped or passage.entries or passage.bullet:
        return 0.0
    if is_matter(passage) or is_bibliography(passage) or is_contents(passage):
        return 0.95
    if _CITES.search(text) or passage.form in ("raised", "bracket", "given"):
        return 0.0
    return _heading_shape(text, len(words))


def _heading_shape(text: str, words: int) -> float:
    stopped = text.rstrip("\"'”’»")[-1:] in ".,;:"
    letters = [char for char in text if char.isalpha()]
    if _CHAPTER.match(text):
        return 0.3 if stopped and words > 4 else 0.95
    if _DECIMAL.match(text) and words > 1:
        return 0.6 if stopped else 0.95
    if len(letters) > 3 and all(char.isupper() for char in letters) and not stopped:
        return 0.85
    if _SECTION.match(text) and words > 1 and not stopped:
        return 0.7
    return 0.3 if not stopped and words <= 12 else 0.0


def _whole(passage: Passage) -> str:
    return "".join(("" if t.glued else " ") + t.text for t in passage.tokens if t.kind == "word").strip()


def is_chapter(passage: Passage) -> bool:
    """A heading with which the numbers of notes may begin again."""
    return passage.level == 1 or bool(_CHAPTER.match(passage.text)) or is_matter(passage)


def is_matter(passage: Passage) -> bool:
    """The name of a part of a book that has no number: introduction, preface, appendix."""
    return bool(_MATTER.fullmatch(passage.text.rstrip(" .:")[:80]))


def is_bibliography(passage: Passage) -> bool:
    """The heading of a bibliography."""
    return bool(_BIBLIOGRAPHY.fullmatch(passage.text.rstrip(" .:")[:80]))


def is_contents(passage: Passage) -> bool:
    """The heading of a table of contents."""
    return bool(_CONTENTS.fullmatch(passage.text.rstrip(" .:")[:80]))
