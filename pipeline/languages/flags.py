"""What a person should look at: sentences that mix languages, words that mix scripts."""

import itertools
import re
from collections.abc import Sequence

from pipeline.languages.segments import Range, Stretch
from pipeline.languages.tokens import Token, tokens
from pipeline.model import Span

_SENTENCE_END = re.compile(r"[.?!][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[^\W\d_a-z])|\n")
_ENOUGH = 3


def flags(text: str, found: Sequence[Stretch], quotations: Sequence[Range] = ()) -> list[Span]:
    """Flags of one text, at most one a sentence.

    found: the stretches in other languages. A sentence is flagged where words of two languages run on in it; a
    quotation or bracket that is in another language as a whole is no mixture, nor are one or two words (set phrases).
    """
    words = list(tokens(text))
    result = [_script_flag(text, word) for word in words if word.script == "MIXED"]
    for start, end in _sentences(text):
        inside = [each for each in found if each.words > 1 and each.start < end and start < each.end]
        running = [each for each in inside if each.words >= _ENOUGH and not _enclosed(text, each, quotations)]
        languages = {each.lang for each in inside}
        rest = sum(start <= w.start < end and not any(s.start <= w.start < s.end for s in inside) for w in words)
        if (running and rest >= _ENOUGH) or len(languages) > 1:
            names = ", ".join(sorted(languages))
            note = f"The sentence mixes languages ({names}): are the limits right?"
            result.append(Span("body", start, end, "flag", {"category": "rv-mixed-language", "note": note}))
    return result


def _sentences(text: str) -> list[Range]:
    edges = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    parts = [(a, text[a:b]) for a, b in itertools.pairwise(edges)]
    return [(a + len(part) - len(part.lstrip()), a + len(part.rstrip())) for a, part in parts if part.strip()]


def _enclosed(text: str, stretch: Stretch, quotations: Sequence[Range]) -> bool:
    """Whether marks set it off: it fills a quotation, a bracket or a paragraph."""
    before = text[: stretch.start].rstrip(" ")[-1:]
    after = text[stretch.end : stretch.end + 3].lstrip(" .,;:?!")[:1]
    if before in ("", "\n") and after in ("", "\n"):
        return True
    if before and before in "\"'“‘«([" and after and after in "\"'”’»)]":
        return True
    return any(stretch.start - start <= 2 and end - stretch.end <= 4 for start, end in quotations)


def _script_flag(text: str, word: Token) -> Span:
    note = f"Letters of two scripts in one word; does it say {word.form}?"
    return Span("body", word.start, word.end, "flag", {"category": "rv-script", "note": note})
