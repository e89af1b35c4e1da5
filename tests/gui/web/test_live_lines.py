"""A picture is shown with the lines that it is of, in whatever order both come."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.inspection import ImageQuality
from station_app.core.lines import LineSpan
from station_app.core.setup_messages import CameraMeasured, CameraWatched
from station_app.gui.web.live_lines import LiveLines
from tests.gui.fake_engine import FakePreview
from tests.gui.web.test_web_state import REPORT


def _measured(sequence: int) -> CameraMeasured:
    measured = CameraMeasured("web", sequence, ImageQuality(1, 0, 0, 1), ())
    return replace(measured, first_line=sequence * 100, lost=((sequence * 100 + 5, sequence * 100 + 9),))


def _preview(sequence: int, width: int = 8) -> FakePreview:
    return FakePreview(sequence, 0, "web", np.full((100, width), sequence, np.uint8))


def _live() -> LiveLines:
    live = LiveLines()
    live.take(REPORT)
    live.take(CameraWatched("web", "live"))
    return live


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 6)), max_size=30))
def test_only_a_whole_pair_is_shown_newest_first_and_once(steps: list[tuple[bool, int]]) -> None:
    live, shown = _live(), list[int]()
    pictures, measures = set[int](), set[int]()
    for is_picture, sequence in steps:
        if is_picture:
            live.add(_preview(sequence))
            pictures.add(sequence)
        else:
            live.take(_measured(sequence))
            measures.add(sequence)
        picture = live.newest()
        if picture is not None:
            shown.append(int(picture.pixels[0, 0]))
            first = shown[-1] * 100
            assert picture.first_line == first and shown[-1] in pictures & measures
            assert picture.lost == (LineSpan(first + 5, first + 9),)
    if pictures & measures == pictures | measures and len(pictures) == 1:
        assert shown[:1] == list(pictures)


def test_of_several_pairs_the_newest_is_shown() -> None:
    live = _live()
    for sequence in (1, 2, 3):
        live.add(_preview(sequence))
        live.take(_measured(sequence))
    picture = live.newest()
    assert picture is not None and picture.first_line == 300 and live.newest() is None
    assert live.web.columns == 8


def test_a_picture_of_another_camera_or_of_another_watch_is_not_shown() -> None:
    live = _live()
    live.add(_preview(1))
    live.take(replace(_measured(1), camera_id="top"))
    assert live.newest() is None
    live.add(_preview(2))
    live.take(CameraWatched("web", "other"))
    live.take(_measured(2))
    assert live.newest() is None
    live.add(FakePreview(3, 0, "web", np.zeros((4, 4, 3), np.uint8)))
    live.take(_measured(3))
    assert live.newest() is None, "lines are grey"


def test_what_never_finds_its_pair_is_forgotten() -> None:
    live = _live()
    for sequence in range(1, 100):
        live.add(_preview(sequence))
        live.newest()
    live.take(_measured(1))
    assert live.newest() is None, "long overtaken"
    live.take(_measured(99))
    assert live.newest() is not None
    live.lose()
    assert not live.web.is_live
