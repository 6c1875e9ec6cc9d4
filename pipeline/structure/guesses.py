"""Where a quotation ends whose closing mark is lost.

A guess, by what usually stands at the end of one: the call of the note that gives its source; the end of a quotation
within it, whose mark has swallowed the other; in a note, the end of what follows the reference; else the end of its
first sentence, or of a title before its date or page.
"""

import re
from collections.abc import Collection, Sequence

_SENTENCE = re.compile(r"[.!?…]+(?=\s+\W?[^\W\d_a-zà-ÿ]|\s*$)")
_BEFORE_NUMBERS = re.compile(r"[.,:;](?=\s+(?:[a-z]{1,4}\.?\s?)?\d)")
_BOUNDARY = re.compile('[\n"“„«]')
_INTRODUCED = re.compile(r"(:|\d,)\s*$")
_REFERENCE = re.compile(r"\d|\b(ibid|op\. ?cit|cf)\b", re.IGNORECASE)


def guessed_end(
    text: str, start: int, limit: int, closed: Sequence[tuple[int, int]], anchors: Collection[int], in_note: bool
) -> int | None:
    """The end (exclusive) of a quotation that opens at `start` and may not go beyond `limit`.

    closed: the quotations that have both their marks; none of them is cut. anchors: where notes are called. in_note:
    the text is that of a note. None where there is nothing to be quoted.
    """
    limit = min((limit, *(end - 1 for begin, end in closed if begin < start < end)))
    limit = next((match.start() for match in _BOUNDARY.finditer(text, start + 1, limit)), limit)
    inner = [end for begin, end in closed if start < begin and end <= limit]
    sentences = [match.end() for match in _SENTENCE.finditer(text, start + 1, limit)]
    called = [end for end in sentences if any(end + k in anchors for k in range(3))]
    swallowed = [end for end in inner if text[end - 2] in ".!?…" and text[end : end + 2].strip()[:1].isupper()]
    swallowed += [end for end in inner if end == len(text[:limit].rstrip()) and text[end - 2] in ".!?…"]
    titles = [match.end() for match in _BEFORE_NUMBERS.finditer(text, start + 1, limit)]
    if called:
        end = called[0]
    elif swallowed:
        end = max(swallowed)
    elif in_note and sentences and _INTRODUCED.search(text, 0, start) and min(titles, default=limit) > sentences[0]:
        end = _before_reference(text, sentences)
    else:
        end = min((*sentences, *titles), default=len(text[:limit].rstrip()))
    while crossed := [after for begin, after in closed if start < begin < end < after]:
        end = max(crossed)
    return end if end > start + 1 else None


def _before_reference(text: str, sentences: Sequence[int]) -> int:
    """The end of the last sentence before one that refers to a page, a date or a work; at least of the first."""
    last = sentences[0]
    for end in sentences[1:]:
        if _REFERENCE.search(text, last, end):
            break
        last = end
    return last
