"""Words that one witness alone has: lost by the others, doubled, invented, noise, or a passage the others lack?

Every run of such words is judged together with what the other witnesses have at the same place, which did not meet it,
and with the room that the scan shows there.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from statistics import fmean

from pipeline.collation.align import key
from pipeline.collation.columns import Place
from pipeline.collation.moves import doubled
from pipeline.collation.pieces import in_pieces
from pipeline.collation.room import Measure, has_room, measure
from pipeline.model import ColumnKind, Token

LONG = 25
"""Tokens in a row from which a passage that only a text has is no slip of a word."""
SURELY = 6
"""Tokens of a page on either side of a passage that show that the passage belongs on no other page."""
FEW, STRANGE = 3, 0.25
"""Tokens in a row below which, and share of unknown ones above which, what only a scan has may be a damaged word."""
WHOLE = (0.75, 0.92)
"""How often it is none all the same, if it is unknown, and if it is only short."""
NOISE = 0.5
"""Mean confidence (0..1) of the recogniser below which it saw no letters; half of it for a single sign."""
STRAY = 0.8
"""Confidence below which a sign that is no letter, figure or stop is dirt."""
TOO_MANY = 0.3
"""Share of wrong words from which a text adds no words of its own to what a scan shows, but for whole passages."""
AROUND, PAGE = 24, 400
"""Places on either side that show whether the recogniser saw letters, and whether another witness has words."""

Verdict = tuple[ColumnKind, str, float]
"""Kind, reason and probability of a place that one witness alone has."""

PIECES: Verdict = ("invented", "pieces of a word that another witness has whole", 0.85)
WHOLE_WORD: Verdict = ("dropped", "the scan has pieces of it", 0.85)

_SCRAP = re.compile(r"(?!\.\.)[_~|^`\\{}<>;:,.!?'\"]+|['`\"|]?(?P<letter>[^\W\d_])['`\"|]?")
_STRAY_SIGN = re.compile(r"[^\w.,;:!?()\[\]\"'“”‘’«»&%$£–—-]+|_+")


def verdicts(
    row: Sequence[Place],
    tokens: Mapping[str, Sequence[Token]],
    scans: frozenset[str],
    errors: Mapping[str, float],
    known: Callable[[str], bool],
) -> dict[tuple[str, int], Verdict]:
    """Judge the tokens that only one witness has, by witness and index of the token.

    errors: share of the words that a witness gets wrong where it meets another, 0..1. known: whether a text is a word.
    """
    found: dict[tuple[str, int], Verdict] = {}
    if len(tokens) < 2:
        return found
    typed = {siglum: measure(tokens[siglum]) for siglum in tokens if siglum in scans}
    base = next(iter(tokens))
    keys = {siglum: [key(token.text) for token in stream] for siglum, stream in tokens.items()}
    noisy = _noisy(row, tokens, scans)
    start = 0
    for lone, group in groupby(row, lambda place: len(place.readings) == 1):
        end = start + len(list(group))
        if lone:
            runs: dict[str, list[int]] = {}
            for place in row[start:end]:
                siglum, (index, _) = next(iter(place.readings.items()))
                runs.setdefault(siglum, []).append(index)
            broken = _broken(runs, row, (start, end), tokens, keys, scans, known)
            for siglum, run in runs.items():
                if broken and (siglum in scans or siglum == broken):
                    found.update({(siglum, i): PIECES if siglum in scans else WHOLE_WORD for i in run})
                    continue
                facing = [tokens[other][i] for other, others in runs.items() if other != siglum for i in others]
                if siglum in scans:
                    trusted = [
                        tokens[other][i]
                        for other, others in runs.items()
                        if other != siglum and errors.get(other, 0.0) <= TOO_MANY
                        for i in others
                    ]
                    damage = _damage(run, tokens[siglum], known)
                    murky = bool(trusted) and _murky([tokens[siglum][i] for i in run], trusted)
                    for i in run:
                        seen_so = _on_scan(tokens[siglum][i], murky or (siglum, i) in noisy, facing)
                        found[siglum, i] = _doubted(seen_so, damage, i)
                    continue
                verdict: Verdict | None = ("dropped", f"only {base} has it", 0.8) if siglum == base else None
                own = [tokens[siglum][i] for i in run]
                verdict = verdict or _twice(keys[siglum], run) or _misread_mark(own, facing) or _dirt(own, known)
                if verdict is None and (boxes := typed.get(base)) is not None:
                    seen = [t for t in facing if t.confidence >= NOISE and not _STRAY_SIGN.fullmatch(t.text)]
                    blurred = _letters(facing) - _letters(seen)
                    if len(run) < LONG and errors.get(siglum, 0.0) > TOO_MANY:
                        found.update(
                            {(siglum, i): ("invented", "too often wrong to add to the scan", 0.7) for i in run}
                        )
                        continue
                    verdict = _in_text(own, seen, blurred, row, (start, end), tokens[base], base, boxes)
                found.update({(siglum, i): verdict or ("only", "no other witness has it", 0.8) for i in run})
        start = end
    return found


def _broken(
    runs: Mapping[str, Sequence[int]],
    row: Sequence[Place],
    place: tuple[int, int],
    tokens: Mapping[str, Sequence[Token]],
    keys: Mapping[str, Sequence[str]],
    scans: frozenset[str],
    known: Callable[[str], bool],
) -> str | None:
    """The witness that has whole what the scan has in pieces, at the places [start, end) where they did not meet."""
    for scan in sorted(scans & runs.keys()):
        run = runs[scan]
        words = [tokens[scan][i] for i in run]
        if any(token.kind != "word" for token in words) or all(known(token.text) for token in words):
            continue
        seen = "".join(keys[scan][i] for i in run)
        for other in sorted(tokens.keys() - scans):
            sides = [_met_keys(row, at, scan, other, tokens, keys) for at in (place[0] - 1, place[1])]
            if in_pieces(seen, "".join(keys[other][i] for i in runs.get(other, ())), *sides):
                return other
    return None


def _met_keys(
    row: Sequence[Place],
    at: int,
    scan: str,
    other: str,
    tokens: Mapping[str, Sequence[Token]],
    keys: Mapping[str, Sequence[str]],
) -> tuple[str, str]:
    """What both read at a place where they meet; nothing where they do not, or the scan has the number of a note."""
    if not 0 <= at < len(row) or not {scan, other} <= row[at].readings.keys():
        return "", ""
    if any(token.kind != "word" for token in tokens[scan][slice(*row[at].readings[scan])]):
        return "", ""
    one, two = ("".join(keys[siglum][slice(*row[at].readings[siglum])]) for siglum in (scan, other))
    return one, two


def _noisy(row: Sequence[Place], tokens: Mapping[str, Sequence[Token]], scans: frozenset[str]) -> set[tuple[str, int]]:
    """Tokens of scans in whose neighbourhood the recogniser saw no letters, but a text has words."""
    found: set[tuple[str, int]] = set()
    for siglum in scans & tokens.keys():
        sure, texts = [0.0], [0]
        seen = [0]
        for place in row:
            span = place.readings.get(siglum)
            sure.append(sure[-1] + (tokens[siglum][span[0]].confidence if span else 0.0))
            seen.append(seen[-1] + (span is not None))
            texts.append(texts[-1] + (len(place.readings) > (span is not None)))
        for index, place in enumerate(row):
            if siglum in place.readings:
                near, wide = (_around(index, reach, len(row)) for reach in (AROUND, PAGE))
                count, broad = (seen[end] - seen[start] for start, end in (near, wide))
                if sure[near[1]] - sure[near[0]] < NOISE * count and 2 * (texts[wide[1]] - texts[wide[0]]) >= broad:
                    found.add((siglum, place.readings[siglum][0]))
    return found


def _around(index: int, reach: int, length: int) -> tuple[int, int]:
    return max(0, index - reach), min(length, index + reach + 1)


def _letters(tokens: Sequence[Token]) -> int:
    return sum(len(token.text) + 1 for token in tokens)


def _murky(run: Sequence[Token], facing: Sequence[Token]) -> bool:
    """Whether the recogniser saw no letters where another witness has words."""
    return fmean(token.confidence for token in run) < NOISE and 2 * _letters(facing) >= _letters(run)


def _damage(run: Sequence[int], stream: Sequence[Token], known: Callable[[str], bool]) -> dict[int, float]:
    """How likely each token of a run that only a scan has is a whole word: what no list knows may be a piece of a
    damaged one, and then what stands beside it too."""
    strange = [i for i in run if stream[i].kind == "word" and not known(stream[i].text)]
    many = len(strange) > STRANGE * len(run)
    return {i: WHOLE[0] if many or i in strange else WHOLE[1] if len(run) < FEW else 1.0 for i in run}


def _doubted(verdict: Verdict, damage: Mapping[int, float], token: int) -> Verdict:
    kind, reason, probability = verdict
    return (kind, reason, probability * damage[token]) if kind == "dropped" else verdict


def _on_scan(token: Token, noisy: bool, facing: Sequence[Token]) -> Verdict:
    """A token that only the scan has."""
    if token.kind == "word" and _STRAY_SIGN.fullmatch(token.text) and (facing or token.confidence < STRAY):
        return ("invented", "a stray sign of the recogniser", 0.85)
    if token.kind == "word" and len(token.text) < 3 and token.confidence < NOISE / 2:
        return ("invented", "a stray sign of low confidence", 0.8)
    if noisy and token.confidence < 0.9:
        return ("invented", "the recogniser saw noise here, and another witness has the text", 0.8)
    sure = token.confidence if facing else 0.5 + token.confidence / 2
    return ("dropped", "only the scan has it", min(sure, 0.97))


def _twice(keys: Sequence[str], run: Sequence[int]) -> Verdict | None:
    """Whether the run is a repetition of its neighbourhood."""
    first, last = run[0], run[-1] + 1
    if last - first == len(run) < 4 * LONG and doubled(keys, first, last):
        return ("doubled", "repeats its neighbourhood", 0.9)
    return None


def _misread_mark(run: Sequence[Token], facing: Sequence[Token]) -> Verdict | None:
    """Whether a text has a sign or two where the scan shows a raised number."""
    signs = "".join(token.text for token in run)
    if len(signs) < 3 and not any(c.isdigit() for c in signs) and any(t.kind != "word" for t in facing):
        return ("invented", "a raised number is no letter", 0.85)
    return None


def _dirt(run: Sequence[Token], known: Callable[[str], bool]) -> Verdict | None:
    """Whether a text has but scraps, signs and lone letters that are no word, initial or abbreviation."""
    scraps = [_SCRAP.fullmatch(token.text) if token.kind == "word" else None for token in run]
    if all(each and not (each["letter"] and (each["letter"].isupper() or known(each["letter"]))) for each in scraps):
        return ("invented", "scraps without a word in them", 0.8)
    return None


def _in_text(
    run: Sequence[Token],
    seen: Sequence[Token],
    blurred: int,
    row: Sequence[Place],
    place: tuple[int, int],
    stream: Sequence[Token],
    base: str,
    boxes: Measure,
) -> Verdict | None:
    """A run that only a text has, beside a scan.

    seen, blurred: what the scan, trusted, has at the same place, and how many characters of noise.
    """
    letters, filled = _letters(run), _letters(seen)
    if 2 * blurred >= letters:
        return ("only", "the recogniser saw noise here", 0.85)
    if seen and letters - filled <= max(6, 0.4 * letters):
        return ("invented", "the scan reads otherwise here", 0.8)
    if len(run) >= LONG:
        before, after = _sides(row, place, stream, base)
        if not before or before != after:
            return ("only", "the scans may lack its page", 0.8)
    above, below = _neighbour(row, place[0] - 1, -1, base), _neighbour(row, place[1], 1, base)
    left, right = stream[above[1] - 1] if above else None, stream[below[0]] if below else None
    if not has_room(left, right, letters - filled, boxes):
        return ("invented", "the scan has no room for it", 0.85)
    return None


def _sides(
    row: Sequence[Place], place: tuple[int, int], stream: Sequence[Token], base: str
) -> tuple[str | None, str | None]:
    """The pages on which the text before and after a passage surely stands: most of the met tokens next to it."""
    pages: list[str | None] = []
    for index, step in ((place[0] - 1, -1), (place[1], 1)):
        near: list[str | None] = []
        at = index
        while 0 <= at < len(row) and len(near) < SURELY:
            span = row[at].readings.get(base)
            if span and len(row[at].readings) > 1 and not row[at].moved:
                near.append(stream[span[0]].page)
            at += step
        pages.append(near[0] if len(near) == SURELY and len(set(near)) == 1 else None)
    return pages[0], pages[1]


def _neighbour(row: Sequence[Place], index: int, step: int, siglum: str) -> tuple[int, int] | None:
    while 0 <= index < len(row):
        if siglum in row[index].readings:
            return row[index].readings[siglum]
        index += step
    return None
