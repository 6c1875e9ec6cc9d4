"""The languages of the document with their shares, counted in characters."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from pipeline.model import Span

_NAMES = {
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "grc": "Ancient Greek",
    "he": "Hebrew",
    "hu": "Hungarian",
    "it": "Italian",
    "la": "Latin",
    "nb": "Norwegian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
    "uk": "Ukrainian",
    "yi": "Yiddish",
}
_SCRIPTS = {"Latn": "Latin", "Cyrl": "Cyrillic", "Grek": "Greek", "Hebr": "Hebrew"}


def shares(texts: Mapping[str, str], spans: Iterable[Span], main: str) -> dict[str, int]:
    """Per cent of the characters in each language, the main one first, the rest by name.

    A language that only a title names is listed too, so that every xml:lang is declared.
    """
    counts: Counter[str] = Counter()
    for span in spans:
        if span.kind in ("foreign", "title") and (language := span.attributes.get("lang")):
            counts[language] += span.end - span.start if span.kind == "foreign" else 0
    total = max(1, sum(map(len, texts.values())))
    others = {name: min(100, round(100 * counts[name] / total)) for name in sorted(counts) if name != main}
    return {main: max(0, 100 - sum(others.values())), **others}


def language_name(tag: str) -> str:
    """An English name for a BCP 47 tag, such as "Russian in Latin letters"; the tag itself where none is known."""
    language, *rest = tag.split("-")
    name = _NAMES.get(language)
    if name is None:
        return tag
    script = next((part for part in rest if re.fullmatch("[A-Z][a-z]{3}", part)), None)
    if script is None:
        return name if not rest else f"{name} ({tag})"
    return f"{name} in {_SCRIPTS[script]} letters" if script in _SCRIPTS else f"{name} ({tag})"
