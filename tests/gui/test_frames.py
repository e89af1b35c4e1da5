"""A verdict is only shown with its own picture."""

import numpy as np

from station_app.core.inspection import VerdictKind
from station_app.gui.frames import RecentFrames, StoredFrame
from tests.gui.fake_engine import FakePreview, part

PIXELS = np.zeros((10, 10), np.uint8)


def _preview(part_id: int) -> FakePreview:
    return FakePreview(part_id, part_id, "top", PIXELS)


def test_the_newest_part_with_its_picture_is_live() -> None:
    frames = RecentFrames()
    frames.add(_preview(2))
    assert frames.live([part(1), part(2)], 1) == 2


def test_a_picture_ahead_of_its_event_waits_for_it() -> None:
    frames = RecentFrames()
    frames.add(_preview(1))
    frames.add(_preview(3))
    assert frames.live([part(1), part(2)], 1) == 1
    assert frames.live([part(1), part(2), part(3)], 1) == 3


def test_a_part_without_picture_is_shown_at_once() -> None:
    frames = RecentFrames()
    frames.add(_preview(1))
    lost = part(2, verdict=VerdictKind.NO_RESULT, preview_sequence=0)
    assert frames.live([part(1), lost], 1) == 2
    assert frames.live([part(1), part(2)], 1) == 2  # its picture was not overtaken: it failed
    assert frames.live([], None) is None


def test_a_pass_left_out_of_the_preview_does_not_take_the_picture_away() -> None:
    frames = RecentFrames()
    frames.add(_preview(1))
    left_out = part(2, preview_sequence=0)
    assert frames.live([part(1), left_out], 1) == 1
    assert frames.live([part(1), left_out, part(3, preview_sequence=0)], 1) == 1
    frames.add(_preview(4))
    assert frames.live([part(1), left_out, part(4)], 1) == 4


def test_the_last_of_a_burst_is_shown_once_nothing_follows() -> None:
    frames = RecentFrames()
    frames.add(_preview(1))
    burst = [part(1), part(2, preview_sequence=0)]
    assert frames.live(burst, 1) == 1
    assert frames.live(burst, 1) == 2


def test_memory_is_bounded() -> None:
    frames = RecentFrames(budget_bytes=250)
    for number in range(1, 9):
        frames.add(_preview(number))
    assert [number for number in range(1, 9) if frames.of(number)] == [7, 8]


def test_all_cameras_of_a_part_count_and_go_together() -> None:
    frames = RecentFrames(budget_bytes=650)
    others = tuple(StoredFrame(camera_id, PIXELS) for camera_id in ("left", "right"))
    for number in range(1, 5):
        frames.add(FakePreview(number, number, "top", PIXELS, others=others))
    assert [len(frames.of(number)) for number in range(1, 5)] == [0, 0, 3, 3]
