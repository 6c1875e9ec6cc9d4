"""The plain data: what the boxes of a page can do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Box

SIDE = st.tuples(st.integers(0, 999), st.integers(0, 999)).map(sorted)
BOX = st.builds(lambda across, down: Box(across[0], down[0], across[1], down[1]), SIDE, SIDE)


@given(st.lists(BOX, min_size=1))
def test_a_union_holds_every_box_and_touches_one_at_each_side(boxes: list[Box]) -> None:
    union = Box.union(*boxes)
    for side, outermost in (("left", min), ("top", min), ("right", max), ("bottom", max)):
        assert getattr(union, side) == outermost(getattr(box, side) for box in boxes)


def test_nothing_has_no_union() -> None:
    with pytest.raises(ValueError):
        Box.union()
