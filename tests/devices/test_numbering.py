"""Frame ids over restarts."""

from hypothesis import given
from hypothesis import strategies as st

from station_app.core.inspection import FrameStamp
from station_app.devices.numbering import Numbering


def test_ids_pass_unchanged_until_a_restart() -> None:
    numbering = Numbering()
    assert [numbering.continued(FrameStamp(i, 0)).frame_id for i in (3, 4, 6)] == [3, 4, 6]


def test_an_id_that_the_camera_repeats_stays_repeated() -> None:
    numbering = Numbering()
    assert [numbering.continued(FrameStamp(i, 0)).frame_id for i in (3, 4, 4, 3)] == [3, 4, 4, 3]


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 5)), min_size=1, max_size=8))
def test_ids_rise_by_one_over_restarts_wherever_the_camera_begins(runs: list[tuple[int, int]]) -> None:
    numbering, ids = Numbering(), []
    for first, count in runs:
        numbering.restart()
        ids += [numbering.continued(FrameStamp(first + i, 0)).frame_id for i in range(count)]
    assert ids == list(range(ids[0], ids[0] + len(ids)))
