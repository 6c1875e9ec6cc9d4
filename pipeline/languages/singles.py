"""Single words in another language, which alone give little evidence.

A word counts where the author sets it apart (underlines it, quotes it, puts it in brackets or explains it in brackets),
where the main language does not know it, and where its letters speak for one of the others.
"""

import re
from collections.abc import Sequence

from pipeline.languages.evidence import Others
from pipeline.languages.lexicon import lexicon
from pipeline.languages.ranges import Range, meets
from pipeline.languages.stretches import Stretch
from pipeline.languages.tokens import Token, tokens

_SHORTEST = 6
_MARGIN = 3.5  # nats
_GLOSS = re.compile(r"\s\(['\"“‘]?[^\W\d_A-Z]{3,}['\"”’]?\)")
_SENTENCE = re.compile(r"(?:^|[.?!][\"'”’)]*\s)$")
_APART = 2.0  # nats; what the author's marks say


def singles(
    text: str, main: str, others: Others, apart: Sequence[Range] = (), taken: Sequence[Range] = ()
) -> list[Stretch]:
    """Foreign words that stand alone. apart: underlined ranges. taken: ranges where nothing is looked for."""
    own = lexicon(main, main=True)
    if own is None:
        return []
    found = []
    for token in tokens(text):
        if (
            not (text[token.start : token.end].islower() or _glossed(text, token))
            or token.script != "LATIN"
            or len(token.form) < _SHORTEST
            or token.form in own.words
        ):
            continue
        if meets((token.start, token.end), taken) or not _set_apart(text, token, apart):
            continue
        score = {
            language: each.log_probability(token.form) - asked
            for language, asked in others.items()
            if (each := lexicon(language)) is not None and each.script == "LATIN"
        }
        best = max(score, key=lambda language: score[language], default=main)
        if score and (margin := score[best] - own.log_probability(token.form)) >= _MARGIN:
            found.append(Stretch(token.start, token.end, best, margin + _APART, 1))
    return found


def _glossed(text: str, token: Token) -> bool:
    """Whether a word that opens a sentence is explained by one in brackets; within a sentence it would be a name."""
    return bool(_GLOSS.match(text, token.end) and _SENTENCE.search(text[max(0, token.start - 4) : token.start]))


def _set_apart(text: str, token: Token, apart: Sequence[Range]) -> bool:
    before, after = text[max(0, token.start - 2) : token.start], text[token.end : token.end + 3]
    if any(
        start - 1 <= token.start and token.end <= end + 1 and end - start <= len(token.form) + 2 for start, end in apart
    ):
        return True
    return bool(
        re.match(r"['’\"”»]?\s\(", after)
        or (before.endswith(("(", "'", '"', "“", "«", "‘")) and after[:1] in ")'\"”»’,")
    )
