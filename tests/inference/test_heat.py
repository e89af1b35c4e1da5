"""The heat map for display covers all judged regions, wherever they lie, and never costs a part its verdict."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.inspection import Box
from station_app.inference.heat import MAX_SIDE, compose_heat

PLACES = st.integers(0, 3000)
EXTENTS = st.integers(1, 3000)
MAPS = st.tuples(st.integers(1, 64), st.integers(1, 64))
REGIONS = st.lists(st.tuples(st.builds(Box, PLACES, PLACES, EXTENTS, EXTENTS), MAPS), min_size=1, max_size=4)


@given(REGIONS)
def test_any_regions_make_one_map_around_all_of_them(regions: list[tuple[Box, tuple[int, int]]]) -> None:
    parts = [(box, np.full(shape, 40 + 50 * i, np.uint8)) for i, (box, shape) in enumerate(regions)]
    heat = compose_heat(list(parts))
    assert heat is not None
    assert max(heat.scores.shape) <= MAX_SIDE
    assert heat.scores.max() == max(scores.max() for _, scores in parts)
    for box, _ in parts:
        assert heat.box.x <= box.x and heat.box.right >= box.right
        assert heat.box.y <= box.y and heat.box.bottom >= box.bottom


@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_a_narrow_region_at_the_far_edge_is_shown(width: int) -> None:
    wide, narrow = np.zeros((256, 256), np.uint8), np.full((256, 256), 200, np.uint8)
    heat = compose_heat([(Box(0, 0, 2000, 2000), wide), (Box(2000, 0, width, 20), narrow)])
    assert heat is not None and heat.scores[0, -1] == 200


def test_small_regions_far_apart_need_no_large_canvas() -> None:
    small = np.full((256, 256), 99, np.uint8)
    heat = compose_heat([(Box(0, 0, 8, 8), small), (Box(5000, 3600, 8, 8), small)])
    assert heat is not None and heat.scores.nbytes < 4 << 20
    assert heat.scores[0, 0] == heat.scores[-1, -1] == 99


def test_a_region_without_a_map_is_left_out() -> None:
    assert compose_heat([(Box(0, 0, 5, 5), None)]) is None
    heat = compose_heat([(Box(0, 0, 5, 5), None), (Box(5, 0, 5, 5), np.full((5, 5), 9, np.uint8))])
    assert heat is not None and heat.box == Box(5, 0, 5, 5)
