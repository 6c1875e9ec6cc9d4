"""Russian in Latin letters, in the ways in which writers and typists put it there.

Each scheme is a table of letters, applied to a list of Russian words to learn what such text looks like: ALA-LC and
BGN/PCGN as English libraries write it without diacritics, the French and German newspaper ways, and a loose one with
"ui" for ы, "yu" and "ya". Soft and hard signs are left out or typed as an apostrophe, and not learned.
"""

from collections.abc import Iterator

_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_SCHEMES = (
    "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e iu ia",
    "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya",
    "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch _ ui _ e yu ya",
    "a b v g d e e j z i i k l m n o p r s t ou f kh ts tch ch chtch _ y _ e iou ia",
    "a b w g d e jo sch s i j k l m n o p r s t u f ch z tsch sch schtsch _ y _ e ju ja",
    "a b v g d e e zh z i j k l m n o p r s t u f h c ch sh shh _ y _ e ju ja",
)
_TABLES = tuple(
    str.maketrans({c: "" if t == "_" else t for c, t in zip(_CYRILLIC, scheme.split(), strict=True)})
    for scheme in _SCHEMES
)


def romanisations(word: str) -> Iterator[str]:
    """The ways in which `word` (lower-case Cyrillic) is written in Latin letters; each once."""
    seen = set()
    for table in _TABLES:
        for ending, short in (("", ""), ("ый", "ы"), ("ий", "и")):
            if ending and not word.endswith(ending):
                continue
            romanised = (word.removesuffix(ending) + short).translate(table)
            for each in (romanised, f"y{romanised}") if word[0] == "е" else (romanised,):
                if each and each not in seen:
                    seen.add(each)
                    yield each
