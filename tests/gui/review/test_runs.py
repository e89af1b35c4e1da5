"""Run lengths hold a mask exactly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from station_app.core.inspection import Box
from station_app.core.review import Brush
from station_app.gui.review.runs import Mask, brush_of, is_on, mask_of, united, without

FRAME = (40, 50)
masks = npst.arrays(np.bool_, npst.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=12))
places = st.tuples(st.integers(0, 20), st.integers(0, 20))


def _placed(brush: Brush | None) -> Mask:
    """The brush on a whole frame."""
    frame = np.zeros(FRAME, np.bool_)
    if brush is not None:
        box = brush.box
        frame[box.y : box.bottom, box.x : box.right] = mask_of(brush)
    return frame


@given(masks, places)
def test_what_is_encoded_comes_back(mask: Mask, place: tuple[int, int]) -> None:
    whole = np.zeros(FRAME, np.bool_)
    whole[place[1] : place[1] + mask.shape[0], place[0] : place[0] + mask.shape[1]] = mask
    assert (_placed(brush_of(mask, *place)) == whole).all()


@given(masks)
def test_the_box_is_the_smallest_and_the_runs_alternate(mask: Mask) -> None:
    brush = brush_of(mask)
    assert (brush is None) == (not mask.any())
    if brush is not None:
        assert sum(brush.runs[1::2]) == int(mask.sum())
        assert sum(brush.runs) == brush.box.width * brush.box.height
        assert all(run > 0 for run in brush.runs[1:])
        inner = mask_of(brush)
        assert inner[0].any() and inner[-1].any() and inner[:, 0].any() and inner[:, -1].any()


@given(masks, places, masks, places)
def test_masks_are_joined_and_rubbed_out_as_sets(
    one: Mask, here: tuple[int, int], other: Mask, there: tuple[int, int]
) -> None:
    first, second = brush_of(one, *here), brush_of(other, *there)
    if first is None or second is None:
        return
    assert (_placed(united(first, second)) == (_placed(first) | _placed(second))).all()
    assert (_placed(without(first, second)) == (_placed(first) & ~_placed(second))).all()


@given(masks, places, st.integers(0, 40), st.integers(0, 30))
def test_a_pixel_is_on_where_it_was_painted(mask: Mask, place: tuple[int, int], x: int, y: int) -> None:
    brush = brush_of(mask, *place)
    if brush is not None:
        assert is_on(brush, x, y) == bool(_placed(brush)[y, x])


@pytest.mark.parametrize("runs", [(), (3,), (1, 9), (2, -1, 3), (5, 0)])
def test_runs_that_do_not_fill_the_box_are_refused(runs: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="fill"):
        mask_of(Brush(Box(0, 0, 2, 2), runs))
