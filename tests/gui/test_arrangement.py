"""Which cameras are seen, and where their panes stand."""

import itertools

import pytest

from station_app.gui.arrangement import PAGE, Arrangement, PanePlaces, place_panes
from station_app.gui.millimetres import Millimetres, Spot, arrange, fitted

SIX = Arrangement().of("abcdef")
WINDOWS = {"21.5 inch": (1920, 1080, 4.03), "15.6 inch": (1366, 768, 3.955), "smallest": (800, 450, 4.03)}


def test_one_camera_leaves_nothing_to_choose() -> None:
    alone = Arrangement().of(["top"])
    assert alone.is_alone and not alone.is_grid
    assert alone.with_enlarged("top") == alone.stepped(1) == alone


def test_a_camera_is_enlarged_and_let_go() -> None:
    three = Arrangement().of(["top", "left", "right"])
    assert three.is_grid and three.on_page == ("top", "left", "right")
    enlarged = three.with_enlarged("left")
    assert (enlarged.enlarged, enlarged.is_grid) == ("left", False)
    assert enlarged.with_all() == three
    assert three.with_enlarged("unknown") == three


def test_steps_go_round_and_turn_the_page() -> None:
    seen = []
    arrangement = SIX
    for _ in range(7):
        arrangement = arrangement.stepped(1)
        seen.append((arrangement.enlarged, arrangement.page))
        assert arrangement.enlarged in arrangement.on_page
    assert seen == [("a", 0), ("b", 0), ("c", 0), ("d", 0), ("e", 1), ("f", 1), ("a", 0)]
    assert SIX.stepped(-1).enlarged == "d" and arrangement.stepped(-1).enlarged == "f"


def test_pages_hold_four_and_go_round() -> None:
    assert (SIX.pages, SIX.on_page, SIX.next_page) == (2, tuple("abcd"), (5, 6))
    second = SIX.with_enlarged("b").turned()
    assert (second.on_page, second.next_page, second.is_grid) == (tuple("ef"), (1, 4), True)
    assert second.turned() == SIX


def test_other_cameras_keep_the_view_as_far_as_they_have_it() -> None:
    enlarged = SIX.with_enlarged("f")
    assert enlarged.of("abcdef") is enlarged
    assert enlarged.of("fa") == Arrangement(("f", "a"), "f")
    assert enlarged.of("ab") == Arrangement(("a", "b"))
    assert enlarged.of("f").is_alone and not enlarged.of("f").enlarged
    assert Arrangement().of(["top", "left", "top"]).cameras == ("top", "left")


def _all(places: PanePlaces) -> list[Spot]:
    return [*places.panes, *filter(None, (places.back, places.more))]


@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
@pytest.mark.parametrize("count", range(1, 10))
def test_panes_are_large_enough_inside_and_apart(window: tuple[int, int, float], count: int) -> None:
    width, height, px_per_mm = window
    mm = fitted(width, height, px_per_mm)
    room = arrange(width, height, mm).image
    grid = Arrangement().of("abcdefghi"[:count])
    for arrangement in (grid, *(grid.with_enlarged(camera_id) for camera_id in grid.cameras), grid.turned()):
        places = place_panes(arrangement, room.width, room.height, mm)
        assert len(places.panes) == len(arrangement.on_page)
        spots = _all(places)
        assert all(spot.x >= 0 and spot.x + spot.width <= room.width for spot in spots)
        assert all(spot.y >= 0 and spot.y + spot.height <= room.height for spot in spots)
        assert all(min(spot.width, spot.height) >= mm.px(20) - 1 for spot in spots), (arrangement, spots)
        assert not any(_overlap(one, other) for one, other in itertools.combinations(spots, 2)), (arrangement, spots)


def _overlap(one: Spot, other: Spot) -> bool:
    is_apart = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not (is_apart or one.y + one.height <= other.y or other.y + other.height <= one.y)


def test_two_stand_side_by_side_and_four_in_two_rows() -> None:
    mm = Millimetres(4)
    two = place_panes(Arrangement().of("ab"), 1000, 700, mm).panes
    assert {spot.height for spot in two} == {700} and two[0].y == two[1].y
    four = place_panes(Arrangement().of("abcd"), 1000, 700, mm).panes
    assert len({spot.y for spot in four}) == len({spot.x for spot in four}) == 2


def test_the_enlarged_one_has_thumbnails_of_22_mm_at_its_left() -> None:
    places = place_panes(Arrangement().of("abcd").with_enlarged("c"), 1200, 740, Millimetres(4))
    main = places.panes[2]
    thumbs = [spot for spot in places.panes if spot is not main]
    assert all((spot.x, spot.width, spot.height) == (0, 88, 88) for spot in thumbs)
    assert main.height == 740 and main.x + main.width == 1200
    assert places.back is not None and places.more is None and PAGE == 4
