"""Tiles cover every pixel of a region, and what they report comes back to the right place in the frame."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.errors import ConfigError
from station_app.core.inspection import Box
from station_app.core.recipe import Region
from station_app.inference.manifest import Fit
from station_app.inference.region_plan import plan_regions, tile_starts
from tests.inference.models import draft


@given(st.integers(1, 500), st.integers(1, 16), st.sampled_from([1, 2, 4, 8]), st.data())
def test_tiles_cover_the_whole_length(length: int, cells: int, stride: int, data: st.DataObject) -> None:
    tile = cells * stride
    overlap = data.draw(st.integers(0, tile // 2))
    starts = tile_starts(length, tile, overlap, stride)
    assert starts[0] == 0 and all(start % stride == 0 for start in starts)
    assert list(starts) == sorted(set(starts))
    assert all(after - before <= tile for before, after in pairwise(starts))
    assert starts[-1] + tile >= length
    assert length <= tile or starts[-1] + tile < length + stride


@given(st.integers(60, 500), st.integers(60, 500))
def test_neighbours_share_the_overlap_asked_for(length: int, tile: int) -> None:
    starts = tile_starts(length, tile, 30, 1)
    assert all(before + tile - after >= 30 for before, after in pairwise(starts))


def test_no_region_means_the_whole_frame() -> None:
    (plan,) = plan_regions(draft(), (100, 60), ())
    assert plan.box == Box(0, 0, 60, 100)
    assert len(plan.tiles) == 8


@pytest.mark.parametrize("box", [Box(0, 0, 61, 10), Box(50, 0, 11, 10), Box(0, 95, 5, 6)])
def test_a_region_out_of_the_frame_is_refused_by_name(box: Box) -> None:
    with pytest.raises(ConfigError, match="region top reaches out of the frame of 60 x 100"):
        plan_regions(draft(), (100, 60), (Region("top", box),))


def test_a_region_wholly_excluded_is_refused() -> None:
    regions = (Region("top", Box(0, 0, 20, 20)), Region("hole", Box(0, 0, 50, 50), is_excluded=True))
    with pytest.raises(ConfigError, match="wholly covered"):
        plan_regions(draft(), (100, 60), regions)


def test_tiles_that_are_excluded_are_not_run() -> None:
    regions = (Region("left", Box(0, 0, 32, 100), is_excluded=True),)
    (plan,) = plan_regions(draft(), (100, 60), regions)
    assert {x for x, _ in plan.tiles} == {28}


@given(st.data(), st.sampled_from(list(Fit)), st.sampled_from([1, 2, 4]), st.integers(1, 5))
def test_a_reduced_rectangle_comes_back_around_where_it_was(
    data: st.DataObject, fit: Fit, stride: int, reduce: int
) -> None:
    region = Box(*(data.draw(st.integers(low, 90)) for low in (0, 0, 1, 1)))
    (plan,) = plan_regions(draft(fit=fit, stride=stride, reduce=reduce), (200, 200), (Region("r", region),))
    x, y = data.draw(st.integers(0, region.width - 1)), data.draw(st.integers(0, region.height - 1))
    left, top = x / plan.scale_x, y / plan.scale_y
    box = plan.frame_box(left, top, left + 1 / plan.scale_x, top + 1 / plan.scale_y)
    assert box.x <= region.x + x < box.right and box.y <= region.y + y < box.bottom
    assert box.width <= 3 and box.height <= 3
    assert region.x <= box.x and box.right <= region.right and region.y <= box.y and box.bottom <= region.bottom
