"""Keys under which the spellings of one name meet: other scripts, other transliterations, lost accents.

The same Russian name is Serzh, Serge, Zhukovskii, Joukovski or Жуковский as the writer's language has it; the key folds
script, accents and the habits of English, French, German and the Library of Congress. It is coarse: names of one key
are candidates to be one, no more.
"""

import re
import unicodedata
from functools import cache

_CYRILLIC = dict(zip("абвгдезийклмнопрстуфыэёіїєґ", "abvgdeziiklmnoprstufyeeiieg", strict=True)) | {
    **{"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch"},
    **{"ъ": "", "ь": "", "ю": "iu", "я": "ia"},
}
_FOLDS = [
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"shch|schtsch|chtch|sch", "s"),
        (r"tsch|tch|ch|sh|cz|sz", "s"),
        (r"zh|j(?=[ou])|dj", "z"),
        (r"kh|x", "h"),
        (r"ck|q|c(?![eiy])", "k"),
        (r"ts|tz", "c"),
        (r"ph|ff", "f"),
        (r"(?:off|ov|ow|of)(?=a?$)", "of"),
        (r"(?:ieff|iev|yev|jew|ev|ew|eff)(?=a?$)", "ef"),
        (r"w", "v"),
        (r"[szc]k(?:y|ij|iy|yi|ii|i)$", "ski"),
        (r"ou|oo", "u"),
        (r"[yj]", "i"),
        (r"i+e?(?=[aeou])", "i"),
        (r"ii+|ee+", "i"),
        (r"(.)\1+", r"\1"),
        (r"(?<=.)e$", ""),
    )
]


@cache
def latin(text: str) -> str:
    """`text` in small Latin letters without accents; Cyrillic transliterated."""
    letters = "".join(_CYRILLIC.get(c, c) for c in text.lower())
    decomposed = unicodedata.normalize("NFKD", letters)
    return (
        "".join(c for c in decomposed if not unicodedata.combining(c))
        .replace("ß", "ss")
        .replace("ø", "o")
        .replace("ł", "l")
    )


@cache
def key(word: str) -> str:
    """The key of one word."""
    folded = re.sub(r"[^a-z]", "", latin(word))
    for pattern, plain in _FOLDS:
        folded = pattern.sub(plain, folded)
    return folded


def identifier(prefix: str, name: str) -> str:
    """An XML name made of a prefix and a name."""
    return "-".join([prefix, *re.findall(r"[a-z0-9]+", latin(name))])
