"""The line takes a part only where it can be inspected and its images can wait for the disk."""

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from station_app.engine.admission import Admission
from tests.engine.fakes import PATIENCE_S


def test_a_full_pipeline_refuses_until_a_verdict_is_there() -> None:
    admission = Admission(pipeline=1, buffers=3)
    assert admission.admit()
    assert not admission.admit()
    admission.concluded()
    assert admission.admit()


def test_frames_that_wait_for_the_disk_hold_triggers_back() -> None:
    admission = Admission(pipeline=2, buffers=2)
    for _ in range(2):
        assert admission.admit()
        admission.concluded()
    assert not admission.admit()
    admission.freed()
    assert admission.admit()


def test_who_waits_is_told_when_there_is_room() -> None:
    admission = Admission(pipeline=1, buffers=2)
    admission.admit()
    assert not admission.wait_ready(0.01)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(admission.wait_ready, PATIENCE_S)
        admission.concluded()
        assert waiting.result(PATIENCE_S)


def test_who_ends_the_line_waits_for_the_parts_in_it() -> None:
    admission = Admission(pipeline=2, buffers=3)
    assert admission.wait_concluded(0)
    admission.admit()
    assert not admission.wait_concluded(0.01)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(admission.wait_concluded, PATIENCE_S)
        admission.concluded()
        assert waiting.result(PATIENCE_S)


@given(st.integers(1, 4), st.integers(0, 4), st.lists(st.sampled_from("acf"), max_size=60))
def test_never_more_parts_than_either_bound(pipeline: int, more: int, steps: list[str]) -> None:
    """a: admit, c: the oldest part without verdict gets it, f: the oldest part with verdict frees its frames."""
    admission = Admission(pipeline, pipeline + more)
    deciding = holding = 0
    for step in steps:
        if step == "a":
            has_room = deciding < pipeline and deciding + holding < pipeline + more
            assert admission.admit() == has_room
            deciding += has_room
        elif step == "c" and deciding:
            admission.concluded()
            deciding, holding = deciding - 1, holding + 1
        elif step == "f" and holding:
            admission.freed()
            holding -= 1
