"""Regular expressions made of a grammar's operators, without repetitions in repetitions.

A grammar may well say "any number of (any number of a, or b)". A matcher that tries one way after the other would need
exponentially long to find that a row does not fit; so what repeats within a repetition is taken out of it, which
changes nothing: (a*|b)* is (a|b)*.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expression:
    """A regular expression. parts: what a choice or a row is made of; once: what a repetition or an option repeats."""

    text: str
    empty: bool = False
    kind: str = "letters"
    parts: tuple["Expression", ...] = ()
    once: "Expression | None" = None


EMPTY = Expression("", empty=True, kind="row")
NEVER = Expression("(?!)", kind="never")


def letters(text: str) -> Expression:
    """Any one of some letters, or with "." any letter at all."""
    return Expression(text if len(text) == 1 else f"[{text}]")


def row(parts: Iterable[Expression]) -> Expression:
    """One after the other."""
    some = [part for part in parts if part is not EMPTY]
    if len(some) < 2:
        return some[0] if some else EMPTY
    text = "".join(_atom(part) if part.kind == "choice" else part.text for part in some)
    return Expression(text, all(part.empty for part in some), "row", tuple(some))


def choice(parts: Iterable[Expression]) -> Expression:
    """One of them."""
    some = [branch for part in parts for branch in (part.parts if part.kind == "choice" else (part,))]
    branches = {branch.text: branch for branch in some if branch is not EMPTY and branch is not NEVER}
    optional = any(part is EMPTY for part in some)
    single = "".join(branch.text.strip("[]") for branch in branches.values() if branch.kind == "letters")
    kept = [letters("." if "." in single else single)] if single else []
    kept += [branch for branch in branches.values() if branch.kind != "letters"]
    if not kept:
        return EMPTY if optional else NEVER
    together = kept[0]
    if len(kept) > 1:
        text = "|".join(branch.text for branch in kept)
        together = Expression(text, any(branch.empty for branch in kept), "choice", tuple(kept))
    if not optional or together.empty:
        return together
    return Expression(f"{_atom(together)}?", empty=True, kind="repeated", once=together)


def repeated(part: Expression, least: int) -> Expression:
    """One more often than once, or with least=0 not at all."""
    inner, empty = choice(_unrolled(part)), least == 0 or part.empty
    if inner in (EMPTY, NEVER):
        return EMPTY if empty else NEVER
    return Expression(f"{_atom(inner)}{'*' if empty else '+'}", empty, "repeated", once=inner)


def _unrolled(part: Expression) -> Iterator[Expression]:
    """What a part contributes to a repetition around it."""
    if part.once:
        yield from _unrolled(part.once)
    elif part.kind == "choice" or (part.kind == "row" and part.empty):
        for each in part.parts:
            yield from _unrolled(each)
    else:
        yield part


def _atom(part: Expression) -> str:
    """The text, so that what follows is about all of it."""
    return part.text if part.kind in ("letters", "never") else f"(?:{part.text})"
