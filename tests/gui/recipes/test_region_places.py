"""Regions stay in the frame wherever they are moved, and are found where they are."""

from hypothesis import given
from hypothesis import strategies as st

from station_app.core.inspection import Box
from station_app.core.recipe import Region
from station_app.gui.recipes.region_places import added, at, moved, replaced, topmost, without

FRAME = (640, 480)
BOXES = st.builds(Box, st.integers(0, 600), st.integers(0, 440), st.integers(1, 40), st.integers(1, 40))
LARGE, SMALL = Region("large", Box(0, 0, 100, 100)), Region("small", Box(10, 10, 5, 5), is_excluded=True)


@given(BOXES, st.integers(-2000, 2000), st.integers(-2000, 2000))
def test_a_moved_region_keeps_its_size_and_stays_in_the_frame(box: Box, dx: int, dy: int) -> None:
    now = moved(box, dx, dy, FRAME)
    assert (now.width, now.height) == (box.width, box.height)
    assert now.x >= 0 and now.y >= 0 and now.right <= FRAME[0] and now.bottom <= FRAME[1]


def test_the_smallest_region_under_the_finger_is_meant() -> None:
    regions = (LARGE, SMALL)
    assert [topmost(regions, *point) for point in ((50, 50), (12, 12), (200, 50))] == [0, 1, -1]
    assert topmost((LARGE, LARGE), 1, 1) == 1


def test_new_regions_have_names_of_their_own() -> None:
    regions = added(added((), Box(0, 0, 1, 1), is_excluded=False), Box(0, 0, 1, 1), is_excluded=False)
    regions = added(regions, Box(2, 2, 1, 1), is_excluded=True)
    assert [region.name for region in regions] == ["region 1", "region 2", "excluded 1"]
    again = added(without(regions, 0), Box(0, 0, 1, 1), is_excluded=False)
    assert [region.name for region in again] == ["region 2", "excluded 1", "region 1"]


def test_one_region_is_changed_and_the_others_stay() -> None:
    assert at((LARGE, SMALL), 1, Box(1, 1, 5, 5))[1].box == Box(1, 1, 5, 5)
    assert replaced((LARGE, SMALL), 0, SMALL) == (SMALL, SMALL)
