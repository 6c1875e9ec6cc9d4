"""Regular expressions made of a grammar's operators: they accept what the operators say, and in little time."""

import re
import time
from itertools import product

import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.validation.expressions import EMPTY, NEVER, Expression, choice, letters, repeated, row

Built = tuple[Expression, str]  # ours, and the same as plainly as can be
ROWS = ["".join(each) for length in range(5) for each in product("ab", repeat=length)]


def combined(inner: st.SearchStrategy[Built]) -> st.SearchStrategy[Built]:
    some = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        some.map(lambda each: (row(ours for ours, _ in each), "".join(plain for _, plain in each))),
        some.map(lambda each: (choice(ours for ours, _ in each), f"(?:{'|'.join(plain for _, plain in each)})")),
        inner.map(lambda each: (repeated(each[0], 0), f"(?:{each[1]})*")),
        inner.map(lambda each: (repeated(each[0], 1), f"(?:{each[1]})+")),
        inner.map(lambda each: (choice([each[0], EMPTY]), f"(?:{each[1]}|)")),
    )


SIMPLE: list[Built] = [(letters("a"), "a"), (letters("b"), "b"), (EMPTY, "(?:)"), (NEVER, "(?!)"), (letters("."), ".")]


@settings(max_examples=300, deadline=None)
@given(st.recursive(st.sampled_from(SIMPLE), combined, max_leaves=6))
def test_they_accept_what_the_operators_say(built: Built) -> None:
    ours, plain = built
    assert [each for each in ROWS if re.fullmatch(ours.text, each)] == [e for e in ROWS if re.fullmatch(plain, e)]
    assert not ours.empty or re.fullmatch(plain, "")


def test_repetitions_in_repetitions_cost_no_more_than_one() -> None:
    nested = letters("a")
    for _ in range(5):
        nested = repeated(choice([letters("b"), row([repeated(nested, 0), repeated(letters("c"), 0)])]), 0)
    begun = time.process_time()
    assert not regex.fullmatch(nested.text, "abc" * 2_000 + "d")
    assert time.process_time() - begun < 1
