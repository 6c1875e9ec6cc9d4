"""Titles again: what is marked as a title in one place is one in others, and of one level."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.names.marks import Range
from pipeline.names.ordinary import commonness
from pipeline.names.places import is_people
from pipeline.names.titles import ISSUE, Title

_LONGER = re.compile(r"\s[^\W\d_a-zß-öø-ÿа-яё]")
_LED = re.compile(r"(?<![.?!\"“(] )(?<!^)[^\W\d_a-zß-öø-ÿа-яё][\w-]+\s$")  # by another word of a name or title
_USUAL = 3.5  # Zipf frequency of a word that stands for other things too
_CAPITAL = re.compile(r"(?<!\w)[^\W\d_a-z][^\W_]*")
_PAGED = re.compile(r",?\s(?:pp?|vol|no)\b")
_SENTENCE_START = re.compile(r"(?:^|[.?!:\"“]\s?)$")
_PERSON = re.compile(r"(?:[^\W\d_]\.\s?)+[^\W\d_]+")


def agreed(texts: Mapping[str, str], titles: Mapping[str, Sequence[Title]]) -> dict[str, list[Title]]:
    """The titles with one level for one form: what has numbers or months in a third of its places is a periodical."""
    levels: dict[str, Counter[str]] = defaultdict(Counter)
    for key, those in titles.items():
        for each in those:
            levels[texts[key][each.start : each.end]][each.level] += 1
    decided = {
        form: "j" if 3 * found["j"] >= found.total() else max(found, key=lambda level: found[level] * (level != "j"))
        for form, found in levels.items()
    }
    return {
        key: [replace(each, level=decided[texts[key][each.start : each.end]]) for each in those]
        for key, those in titles.items()
    }


def repeated_titles(
    texts: Mapping[str, str], marked: Mapping[str, Sequence[Title]], taken: Mapping[str, Sequence[Range]]
) -> dict[str, list[Title]]:
    """Titles that were marked elsewhere and stand unmarked; all by text id. taken: ranges where none are looked for.

    Titles of three words and more are told by themselves; shorter ones where a page follows, as it does in sources, or
    where the document marks them often: a periodical in every fifth place, others and usual words in every third.
    """
    levels = {texts[key][title.start : title.end]: title.level for key, those in marked.items() for title in those}
    times = Counter(texts[key][title.start : title.end] for key, those in marked.items() for title in those)
    by_word: dict[str, list[str]] = {}
    for words in sorted(levels, key=lambda each: (-len(each), each)):
        if (first := _CAPITAL.match(words)) and not _PERSON.fullmatch(words):
            by_word.setdefault(first.group(), []).append(words)
    found: dict[str, list[tuple[int, str]]] = {key: [] for key in texts}
    unmarked: Counter[str] = Counter()
    for key, text in texts.items():
        free = bytearray(b"\1") * len(text)
        for start, end in taken[key]:
            free[start:end] = bytes(end - start)
        at = 0
        for match in _CAPITAL.finditer(text):
            for words in by_word.get(match.group(), ()):
                end = match.start() + len(words)
                if match.start() >= at and text.startswith(words, match.start()) and not text[end : end + 1].isalnum():
                    if all(free[match.start() : end]):
                        found[key].append((match.start(), words))
                        unmarked[words] += 1
                        at = end
                    break
    often = {
        words
        for words, level in levels.items()
        if times[words] * (5 if level == "j" and commonness(words) < _USUAL else 2) >= unmarked[words]
    }
    sure = {words for words in often if times[words] > 2 and levels[words] == "j" and commonness(words) < _USUAL}
    return {
        key: [
            Title(start, end, levels[words], certainty, "marked as a title elsewhere")
            for start, words in those
            if (end := start + len(words))
            if (certainty := _repeated(texts[key], start, end, (words in often) + (words in sure)))
        ]
        for key, those in found.items()
    }


def _repeated(text: str, start: int, end: int, use: int) -> float:
    """How certain it is that words which are a title elsewhere are one here; 0 where they are none.

    use: 0 where the document marks them rarely, 1 often, 2 as a periodical more than twice.
    """
    words = text[start:end]
    if words.count(" ") > 1 or _PAGED.match(text, end):
        return 0.6
    if not use or is_people(words) or (" " not in words and _LED.search(text[max(0, start - 30) : start])):
        return 0.0
    if ISSUE.match(text[end : end + 24]):
        return 0.7
    if _SENTENCE_START.search(text[max(0, start - 3) : start]) or _LONGER.match(text, end):
        return 0.0
    return 0.7 if use > 1 else 0.5
