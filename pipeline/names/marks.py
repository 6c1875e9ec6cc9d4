"""What typists mark: the extent of underlines and quotations, and which underlines are mere emphasis."""

import re
from collections.abc import Sequence

Range = tuple[int, int]

_SCHOLARLY = re.compile(
    r"^\W*(?:ibid|ibidem|idem|id|op\.?\s?cit|loc\.?\s?cit|passim|supra|infra|sic|et\s?al|cf|viz|e\.?\s?g|i\.?\s?e|see|vide|inter\salia)\b\W*",
    re.IGNORECASE,
)

_BEGINS_ANEW = re.compile(r"[.:]?[ ](?:--?[ ])?[^\W_a-zß-öø-ÿа-яё][^\n]{150}")


def listed(text: str, underlined: Sequence[Range]) -> list[Range]:
    """Underlined stretches as titles have them: parted at the commas of a list, joined over a mere space.

    A list has three titles or more, all with capitals; of two, one must stand alone elsewhere.
    """
    whole: list[Range] = []
    for start, end in sorted(underlined):
        if end <= start:
            continue
        if (
            whole
            and re.fullmatch(r"['’]?\s+", text[whole[-1][1] : start])
            and not text[: whole[-1][1]].endswith((".", ",", ";"))
        ):
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    alone = {text[slice(*inside(text, *each))] for each in whole}
    result: list[Range] = []
    for start, end in whole:
        parts = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^,\s][^,]*", text[start:end])]
        names = [text[slice(*inside(text, *part))] for part in parts]
        opened = len(names) > 1 and all(name[:1].isupper() and not name.startswith(("And ", "Or ")) for name in names)
        several = opened and " and " not in names[-1] and (len(parts) > 2 or any(name in alone for name in names))
        result += parts if several else [(start, end)]
    return result


def is_side_heading(text: str, start: int, end: int) -> bool:
    """Whether an underlined stretch opens a long paragraph as its heading: what follows begins anew."""
    return not text[:start].rpartition("\n")[2].strip() and _BEGINS_ANEW.match(text, end) is not None


def is_emphasis(text: str, start: int, end: int) -> bool:
    """Whether an underlined stretch is no title: an abbreviation of scholars, or words in small letters."""
    words = re.findall(r"[^\W\d_]+", text[start:end])
    return not words or bool(_SCHOLARLY.match(text[start:end])) or not any(word[0].isupper() for word in words[:2])


def inside(text: str, start: int, end: int) -> Range:
    """Without quotation marks, white space and the punctuation that they took in."""
    while start < end and (text[start].isspace() or text[start] in "\"'“”„«»‘’([,.;:"):
        start += 1
    while end > start and (
        text[end - 1].isspace()
        or text[end - 1] in '"“”„«»‘)],.;:'
        or (text[end - 1] in "'’" and (text[start - 1 : start] in ("'", "‘")))
    ):
        end -= 1
    if text[start:end].count("(") > text[start:end].count(")") and text[end : end + 1] == ")":
        end += 1
    return start, end
