"""What each passage is: first the parts of the book that hold no notes, then the notes, then the kinds of the body."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.model import Block, Token, ZoneKind
from pipeline.witness import signs
from pipeline.witness.notes import Decision, Numbering, decide
from pipeline.witness.passages import PAGE_NUMBER, SEPARATOR, Passage

_FURNITURE = ("pageNumber", "runningHead")
_FRONT_LIMIT = 25
_PROSE = 40
_ORDERED = re.compile(r"[(]?(\d{1,2}|[a-z])[.)]")


@dataclass(frozen=True, slots=True)
class _Kind:
    kind: ZoneKind
    certainty: float
    continues: bool = False


def blocks(passages: Sequence[Passage], numbering: Numbering) -> list[Block]:
    """The blocks of a text in its order, each with its kind and how certain that is."""
    zones = _zones(passages)
    fixed = [
        zone is not None or bool(SEPARATOR.fullmatch(passages[at].text)) or _in_bullets(passages, at)
        for at, zone in enumerate(zones)
    ]
    contents = {_key(p.text) for p, zone in zip(passages, zones, strict=True) if zone and zone.kind == "contents"}
    headings = [_likely_heading(passage, contents) for passage in passages]
    decisions = decide(passages, fixed, headings, numbering)
    kinds = _body_kinds(passages, zones, decisions, headings)
    return [_block(*each) for each in zip(passages, decisions, kinds, strict=True)]


def _in_bullets(passages: Sequence[Passage], at: int) -> bool:
    """Whether a passage and one beside it have bullets."""
    beside = (*passages[max(at - 1, 0) : at], *passages[at + 1 : at + 2])
    return bool(passages[at].bullet) and any(passage.bullet for passage in beside)


def _block(passage: Passage, decision: Decision, kind: _Kind) -> Block:
    tokens = passage.tokens
    if kind.kind == "footnote" and decision.labelled:
        tokens = (replace(tokens[0], kind="label", text=passage.mark), *passage.rest)
    if passage.bullet and kind.kind not in ("list", "bibliography"):
        tokens = (Token(passage.bullet, line=tokens[0].line, page=passage.page), *tokens)
    return Block(kind.kind, tokens, kind.continues, passage.page, round(kind.certainty, 3))


def _zones(passages: Sequence[Passage]) -> list[_Kind | None]:
    """Contents, bibliography, title page and page furniture; None for everything else."""
    zones: list[_Kind | None] = [_Kind(p.hint, 0.9) if p.hint in _FURNITURE else None for p in passages]
    numbers = [index for index, passage in enumerate(passages) if PAGE_NUMBER.fullmatch(passage.text)]
    if _rising([passages[index].text for index in numbers]):
        for index in numbers:
            zones[index] = _Kind("pageNumber", 0.8)
    for at in range(len(passages) - 2):
        if all(passage.entries for passage in passages[at : at + 3]):
            zones[at : at + 3] = [_Kind("contents", 0.7)] * 3
    index = 0
    while index < len(passages):
        passage = passages[index]
        if signs.is_contents(passage) and zones[index] is None:
            index = _mark_contents(passages, zones, index)
        elif signs.is_bibliography(passage) and zones[index] is None:
            index = _mark_bibliography(passages, zones, index)
        else:
            index += 1
    _mark_title_page(passages, zones)
    return zones


def _rising(texts: Sequence[str]) -> bool:
    """Whether numbers that stand alone are those of pages: three or more, nearly all greater than the one before."""
    values = [int(digits[0]) for text in texts if (digits := re.search(r"\d+", text))]
    rises = sum(first < second for first, second in pairwise(values))
    return len(values) >= 3 and rises >= 0.8 * (len(values) - 1)


def _mark_contents(passages: Sequence[Passage], zones: list[_Kind | None], at: int) -> int:
    """Entries after a heading "Contents": lines with page numbers, and short ones among them."""
    zones[at] = _Kind("heading", 0.95)
    last = at
    for index in range(at + 1, len(passages)):
        passage = passages[index]
        if passage.entries:
            last = index
        elif len(passage.rest) >= _PROSE or index - last > 4 or passage.hint == "heading":
            break
    for index in range(at + 1, last + 1):
        zones[index] = zones[index] or _Kind("contents", 0.9)
    return last + 1


def _mark_bibliography(passages: Sequence[Passage], zones: list[_Kind | None], at: int) -> int:
    """Entries after a heading "Bibliography", to the next chapter or the end."""
    zones[at] = _Kind("heading", 0.95)
    index = at + 1
    while index < len(passages):
        passage = passages[index]
        heading = signs.heading_signs(passage)
        if heading >= 0.9 and signs.is_chapter(passage) and passage.level in (0, 1) and not passage.bullet:
            break
        if zones[index] is None:
            sure = 0.6 if heading >= 0.7 else 0.9
            zones[index] = _Kind("heading" if heading >= 0.7 and not _is_entry(passage) else "bibliography", sure)
        index += 1
    return index


def _is_entry(passage: Passage) -> bool:
    """Whether a line of a bibliography is a work rather than a heading: it has a bullet, a year or underlining."""
    dated = re.search(r"\b1[5-9]\d\d\b|\b20\d\d\b", passage.text)
    return bool(passage.bullet or dated or any(token.underlined for token in passage.rest))


def _mark_title_page(passages: Sequence[Passage], zones: list[_Kind | None]) -> None:
    """Short passages at the very beginning, before the first prose, heading or contents."""
    front = []
    for index, passage in enumerate(passages[: _FRONT_LIMIT + 1]):
        named = signs.is_contents(passage) or signs.is_chapter(passage) or passage.hint == "heading"
        sentence = signs.end(passage) == "closed" and len(passage.rest) > 20
        if zones[index] is not None or named or len(passage.rest) >= _PROSE or sentence:
            break
        if re.match(r"\d{1,2}\.\d", passage.text) or passage.form == "raised":
            break
        front.append(index)
    if 2 <= len(front) <= _FRONT_LIMIT and len(front) < len(passages) - 1:
        for index in front:
            zones[index] = _Kind("titlePage", 0.6)


def _body_kinds(
    passages: Sequence[Passage],
    zones: Sequence[_Kind | None],
    decisions: Sequence[Decision],
    headings: Sequence[float],
) -> list[_Kind]:
    kinds: list[_Kind | None] = [
        zone or (_Kind("footnote", d.certainty, d.role == "continuation") if d.role != "body" else None)
        for zone, d in zip(zones, decisions, strict=True)
    ]
    body = [index for index, kind in enumerate(kinds) if kind is None]
    quotation: _Quotation | None = None
    for place, index in enumerate(body):
        passage = passages[index]
        before = body[place - 1] if place else None
        after = passages[body[place + 1]] if place + 1 < len(body) else None
        goes_on = before is not None and _goes_on(passages[before], passage, index - before > 1, kinds[before])
        own = _own_kind(passage, after, passages[before] if before is not None else None, headings[index])
        if own.kind == "heading" and not goes_on:
            kinds[index], quotation = own, None
            continue
        if quotation and (goes_on or not quotation.closed) and quotation.takes(passage):
            kinds[index] = _Kind("quotation", quotation.certainty, goes_on)
            quotation = quotation.after(passage)
            continue
        quotation = _opened(passage, passages[before] if before is not None else None)
        if passage.hint == "quotation" or quotation:
            sure = 1.0 if passage.hint else quotation.certainty if quotation else 0.0
            kinds[index] = _Kind("quotation", sure)
            continue
        kind = own.kind if own.kind != "heading" else "body"
        continued = goes_on and kind == "body" and before is not None and _kind_of(kinds[before]) == "body"
        kinds[index] = _Kind(kind, min(own.certainty, decisions[index].certainty), continued)
    return _with_lists(passages, [kind or _Kind("body", 0.5) for kind in kinds])


def _kind_of(kind: _Kind | None) -> ZoneKind:
    return kind.kind if kind else "body"


def _goes_on(before: Passage, passage: Passage, parted: bool, kind: _Kind | None) -> bool:
    """Whether a passage continues the last one of the body. parted: notes or page furniture stand between."""
    if kind is not None and kind.kind in ("heading", "separator"):
        return False
    end, start = signs.end(before), signs.start(passage)
    if parted:
        return start == "lower" or (end == "open" and start != "quote")
    return start == "lower" and (end == "open" or before.page != passage.page)


def _own_kind(passage: Passage, after: Passage | None, before: Passage | None, heading: float) -> _Kind:
    if SEPARATOR.fullmatch(passage.text):
        return _Kind("separator", 0.95)
    if 0 < heading < 0.5:
        # An unnumbered heading stands between a finished paragraph and a new, longer one.
        finished = before is None or signs.end(before) == "closed"
        opens = after is not None and signs.start(after) == "upper" and len(after.rest) >= 25
        unmarked = passage.lines == 1 and signs.start(passage) == "upper"
        heading = 0.6 if finished and opens and unmarked else 0.2
    if heading >= 0.5:
        return _Kind("heading", heading)
    if _is_verse(passage):
        return _Kind("verse", 0.6)
    return _Kind("body", 1.0 - heading)


def _likely_heading(passage: Passage, contents: set[str]) -> float:
    """Probability of a heading, by its shape and the contents page."""
    shape = signs.heading_signs(passage)
    if 0.0 < shape < 0.97 and len(passage.text) < 200 and _key(passage.text) in contents:
        return 0.97
    return shape


def _key(text: str) -> str:
    """A title for comparison: letters and the digits of its number, without the page number of a contents line."""
    text = re.sub(r"[\s._]*(?:\d{1,4}|\b[ivxlc]{1,7})[\s.]*$", "", text[:300])
    return "".join(char for char in text.casefold() if char.isalnum())


def _is_verse(passage: Passage) -> bool:
    """Three or more short lines of which most begin with a capital."""
    if passage.lines < 3 or passage.bullet or passage.entries:
        return False
    rows: dict[str | None, list[str]] = {}
    for token in passage.tokens:
        rows.setdefault(token.line, []).append(token.text)
    lengths = [len(" ".join(row)) for row in rows.values()]
    capitals = sum(row[0].lstrip("\"'“‘«(").strip()[:1].isupper() for row in rows.values())
    return sum(lengths) / len(lengths) < 45 and capitals >= 0.7 * len(rows)


@dataclass(frozen=True, slots=True)
class _Quotation:
    """A block quotation being read: its closing mark, whether that came, and how much text without it."""

    closer: str
    closed: bool
    words: int
    certainty: float

    def takes(self, passage: Passage) -> bool:
        """Whether a passage belongs to it that follows it."""
        if self.closed or self.words > 400:
            return False
        if _closes(passage.text, self.closer):
            return self.closer != '"' or passage.text.count('"') % 2 == 1
        # Without a closing mark in sight only the rest of the sentence is sure.
        return signs.start(passage) == "lower" and len(passage.rest) < 120 and self.closer not in passage.text

    def after(self, passage: Passage) -> "_Quotation":
        closed = _closes(passage.text, self.closer)
        return _Quotation(self.closer, closed, self.words + len(passage.rest), 0.8 if closed else 0.5)


_PAIRS = {'"': '"', "“": "”", "«": "»", "„": "“"}


def _opened(passage: Passage, before: Passage | None) -> _Quotation | None:
    """A block quotation that begins here with its mark."""
    text = passage.text.lstrip("' ")
    text = re.sub(r"^[.\s…]+", "", text)
    closer = _PAIRS.get(text[:1])
    if closer is None or len(passage.rest) < 8:
        return None
    introduced = before is not None and signs.end(before) in ("colon", "open")
    comma = before is not None and before.text.rstrip()[-1:] == ","
    inner = text[1:]
    if _closes(text, closer):
        # Several pairs inside may be several quotations in a sentence, unless the text before leads up to it.
        alone = inner.count(closer) == 1
        return (
            _Quotation(closer, True, len(passage.rest), 0.9 if introduced or comma else 0.75)
            if (alone or introduced)
            else None
        )
    if closer not in inner:
        return _Quotation(closer, False, len(passage.rest), 0.8 if introduced else 0.65)
    if introduced and inner.count(closer) % 2 == 0 and signs.end(passage) == "open":
        return _Quotation(closer, False, len(passage.rest), 0.6)
    return None


def _closes(text: str, closer: str) -> bool:
    return bool(re.search(rf"{re.escape(closer)}[\s\d.,;)\]'’]*$", text[-12:]))


def _with_lists(passages: Sequence[Passage], kinds: list[_Kind]) -> list[_Kind]:
    """Neighbours with bullets, or numbered in sequence, are lists."""
    out = list(kinds)
    for index in range(1, len(passages)):
        pair = (index - 1, index)
        if any(out[each].kind not in ("body", "list", "verse") for each in pair):
            continue
        bullets = all(passages[each].bullet for each in pair)
        if bullets or _follow(passages[index - 1], passages[index]):
            for each in pair:
                out[each] = _Kind("list", 0.8, False)
    return out


def _follow(first: Passage, second: Passage) -> bool:
    numbers = [_ORDERED.fullmatch(passage.tokens[0].text) for passage in (first, second)]
    if not all(numbers):
        return False
    one, two = (match[1] for match in numbers if match)
    return (
        int(two) == int(one) + 1
        if one.isdigit() and two.isdigit()
        else len(one + two) == 2 and ord(two) == ord(one) + 1
    )
