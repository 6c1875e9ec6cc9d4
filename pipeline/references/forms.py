"""What the words and signs of citations look like: page numbers, ibid. and its kin, abbreviations where introduced.

English, French, Spanish, German and Russian, and the Latin that all of them share.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_UNITS = {
    "page": r"[Pp]{1,2}s?|p\.\s?p|[Pp]ages?|págs?|pags?|páginas?|S|Seiten?|[сС]тр|[сС]",
    "volume": r"[Vv]ols?|[Vv]olumes?|[Tt]omes?|[Tt]omos?|[Tt]|[Bb]d|Band|[Тт]ом|[Тт]",
    "chapter": r"[Cc]hap|[Cc]hapters?|[Cc]hs?|[Cc]ap|[Cc]apítulo|[Cc]hapitre|[Kk]ap|Kapitel|[Гг]л",
    "issue": r"[Nn]os?|[Nn]úm|[Nn]um|[Nn]r|[Nn][°º]|№|[Ii]ssue|[Hh]eft",
    "part": r"[Pp]t|[Pp]art|[Bb]ook|Teil|[Чч]",
    "folio": r"fols?|ff|folios?|[Лл]{1,2}",
    "box": r"[Bb]ox(?:es)?|[Bb]oîte|[Cc]arton|[Cc]aja",
    "folder": r"[Ff]olders?|[Cc]arpeta|[Mm]appe",
    "collection": r"[Ff]ond|[Ff]onds|[Фф]",
    "series": r"[Oo]p(?!\.?\s?[Cc]it)|[Оо]п",
    "file": r"[Dd]elo|[Дд]|[Ff]ile|[Aa]kte|[Ll]egajo",
    "section": r"§§?|[Ss]ection|para|[Aa]rt(?!\.?\s?[Cc]it)",
    "line": r"ll?|[Ll]ines?",
    "note": r"nn?|[Nn]ote",
}
_NUMBER = r"(?:\d{1,5}(?!\d)(?:[a-h](?!\w))?|[ivxlc]{1,7}(?!\w)|[IVXLC]{1,7}(?!\w))"
_EXTENT = rf"{_NUMBER}(?:\s?[-–—]{{1,2}}\s?{_NUMBER})?(?:\s?(?:nn?|ff?|sqq?|ss)(?!\w)\.?)?"
_NEXT = rf"(?:,\s|,?\s?(?:and|et|y|und|и|&)\s)(?!(?:1[4-9]|20)\d\d)(?P<more>{_EXTENT})(?![\w./:])"
_RANGES = re.compile(
    "|".join(
        rf"(?<![\w.'’])(?P<{unit}>(?:{words})[.,]?)\s?(?=\d|[ivxlcIVXLC]+(?!\w))" for unit, words in _UNITS.items()
    )
)
_NUMBERS = re.compile(_EXTENT)
_MORE = re.compile(_NEXT)
_BARE = re.compile(r"[,.]?\s(?P<more>\d{1,4}(?:\s?[-–—]\s?\d{1,4})?n?)(?=[\s,.;)]|$)(?!\s[a-zа-я]|[.,]\d)")
_ENDS = re.compile(rf"(?P<from>{_NUMBER})(?:\s?[-–—]{{1,2}}\s?(?P<to>{_NUMBER}))?")

_BACK = {
    "ibid": r"[IÍiíl1|]b[iíl1]d(?:em)?(?!\w)\.?|[Ii]b\.|[Ee]bda?\.|[Ee]benda|[Тт]ам\sже",
    "op-cit": r"[Oo][pb][.,]?\s?[Cc][ií]t(?!\w)[.,]?|[Oo]bra\scitada|[Aa]rt\.\s?cit\."
    r"|[Aa]\.\s?[Aa]\.\s?[Oo]\.|[Уу]каз\.?\s?соч\.?",
    "loc-cit": r"[Ll]oc[.,]?\s?[Cc]it(?!\w)\.?|[Ll]\.\s?c\.",
    "idem": r"[IÍií]dem(?!\w)\.?|[IÍ]d\.(?=,?\s)|[Dd]ers\.|[Dd]ies\.|[Ee]adem|[Оо]н\sже",
}
_BACKS = re.compile("|".join(rf"(?P<{kind.replace('-', '_')}>(?<!\w)(?:{words}))" for kind, words in _BACK.items()))
_FROM_NOW = (
    r"[Hh]ereafter|[Hh]ereinafter|[Hh]enceforth|[Cc]i-après|[Dd]ésormais|[Dd]esormais|[Ee]n adelante|[Ee]n lo sucesivo"
    r"|[Ii]m [Ff]olgenden|[Kk]ünftig|[Дд]алее|[Вв] дальнейшем"
    r"|(?<=\()(?:[Cc]ited|[Aa]bbreviated|[Aa]brégé|[Cc]ité|[Cc]itado|[Zz]itiert)"
)
_SAID_AS = r"called|cited|referred|abbreviated|quoted|to|as|cité|abrégé|citado|como|comme|sous|zitiert|zit\.|als|und"
_INTRODUCED = re.compile(
    rf"(?:{_FROM_NOW})(?:[\s,:—–-]|\b(?:{_SAID_AS})\b)*"
    r"[\"'“«]?(?P<form>[^\W_a-zа-я](?:[^\W_]|[ .&’'-](?=\w)){1,60}?)[\"'”».,]*(?=[);.,\s]|$)(?!\s[a-zа-я])"
)
_INITIALS = re.compile(r"\(\"?(?P<form>[^\W\d_a-zа-я]{2,8})\"?\)")
_ARTICLES = frozenset(re.findall(r"\w+", "the a an le la les l un une el los las der die das ein eine"))
SMALL = _ARTICLES | frozenset(
    re.findall(r"\w+", "of and in on to de du des del y et en und von im zu i v na o s из и в на о")
)


@dataclass(frozen=True, slots=True)
class Range:
    """Characters [start, end) cite the part of a work from `first` to `last` (empty where it is one)."""

    start: int
    end: int
    unit: str
    first: str
    last: str


def ranges(text: str) -> Iterator[Range]:
    """All that names a part of a work with its unit: pp. 12-13, vol. 2, box 4."""
    for match in _RANGES.finditer(text):
        found = _NUMBERS.match(text, match.end())
        if found is None or (not found[0][0].isdigit() and not _is_roman(text, match, found.end())):
            continue
        unit = match.lastgroup or "page"
        yield _range(text, match.start(), found.end(), unit, found[0])
        at = found.end()
        while unit == "page" and (more := _MORE.match(text, at)):
            yield _range(text, more.start("more"), more.end("more"), unit, more["more"])
            at = more.end()


def _is_roman(text: str, unit: re.Match[str], end: int) -> bool:
    """Whether letters behind a unit are a Roman number: of "Part I", but not of "note I think"."""
    if unit[0].endswith(".") or unit.lastgroup == "chapter":
        return True
    return unit.lastgroup in ("part", "volume") and re.match(r"\s[^\W\d_A-Z]", text[end : end + 2]) is None


def bare_page(text: str, at: int) -> Range | None:
    """A page given without its unit, as it follows an abbreviation or ibid.: Ibid., 220."""
    match = _BARE.match(text, at)
    return _range(text, match.start("more"), match.end("more"), "page", match["more"]) if match else None


def backward(text: str) -> Iterator[tuple[int, int, str]]:
    """Words that refer back to a citation: (start, end, kind), kind being ibid, op-cit, loc-cit or idem."""
    for match in _BACKS.finditer(text):
        yield match.start(), match.end(), (match.lastgroup or "").replace("_", "-")


def introduced(text: str) -> Iterator[tuple[int, int, str]]:
    """Abbreviations where the document introduces them: (start and end of the form, form)."""
    for match in _INTRODUCED.finditer(text):
        yield match.start("form"), match.end("form"), match["form"]
    for match in _INITIALS.finditer(text):
        yield match.start("form"), match.end("form"), match["form"]


def folded(text: str) -> str:
    """Small letters and digits without accents, words parted by single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("'s ", " ").replace("’s ", " "))
    return " ".join(re.findall(r"[^\W_]+", "".join(char for char in plain if not unicodedata.combining(char))))


def title_words(text: str) -> tuple[str, ...]:
    """The words of a title, folded, without an article before them."""
    words = folded(text).split()
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return tuple(words)


def initials(text: str) -> set[str]:
    """Abbreviations that a title's first letters make, with and without its small words."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if word not in ("s",)]
    return {
        "".join(word[0] for word in words).upper(),
        "".join(word[0] for word in words if word.casefold() not in SMALL).upper(),
        "".join(word[0] for word in words if word.casefold() not in _ARTICLES).upper(),
    }


def surname(name: str) -> str:
    """The folded surname of a person, written either way round."""
    head, comma, _ = name.partition(",")
    words = folded(re.sub(r"['’]s$", "", head)).split()
    return "" if not words else " ".join(words) if comma else words[-1]


def _range(text: str, start: int, end: int, unit: str, numbers: str) -> Range:
    match = _ENDS.match(numbers)
    if match is None:
        return Range(start, end, unit, numbers, "")
    first, last = match["from"], match["to"] or ""
    if first.isdigit() and last.isdigit() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return Range(start, end, unit, first, last)
