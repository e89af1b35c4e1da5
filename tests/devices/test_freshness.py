"""Frames that are no evidence are told; good ones are let through."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.core.inspection import FrameStamp, NoResultReason, Pixels
from station_app.devices.freshness import MEMORY, Freshness, sampled_checksum

RANDOM = np.random.default_rng(5)


def noise() -> Pixels:
    return RANDOM.integers(0, 255, (90, 40), np.uint8)


def stamp(frame_id: int, captured_ns: int = 1000, is_complete: bool = True) -> FrameStamp:
    return FrameStamp(frame_id, captured_ns, is_complete=is_complete)


def test_new_frames_in_order_are_fresh() -> None:
    freshness = Freshness()
    assert [freshness.fault(stamp(i), noise(), 1000) for i in range(5, 25)] == [None] * 20


@pytest.mark.parametrize("period", [1, 2, MEMORY])
def test_a_loop_of_frames_is_frozen(period: int) -> None:
    freshness, loop = Freshness(), [noise() for _ in range(period)]
    faults = [freshness.fault(stamp(i), loop[i % period], 0) for i in range(3 * period)]
    assert faults == [None] * period + [NoResultReason.FRAME_FROZEN] * 2 * period


def test_one_changed_sampled_row_makes_another_frame() -> None:
    pixels = noise()
    before = sampled_checksum(pixels)
    pixels[0, 0] ^= 1
    assert sampled_checksum(pixels) != before


@pytest.mark.parametrize("shape", [(1, 1), (3, 500), (64, 2), (2048, 9), (65, 7, 3)])
def test_every_shape_has_a_checksum(shape: tuple[int, ...]) -> None:
    assert sampled_checksum(np.zeros(shape, np.uint8)) != sampled_checksum(np.ones(shape, np.uint8))


@pytest.mark.parametrize(("second", "reason"), [(7, "frame_frozen"), (3, "frame_frozen"), (9, "frame_slipped")])
def test_ids_must_rise_by_one(second: int, reason: str) -> None:
    freshness = Freshness()
    assert freshness.fault(stamp(7), noise(), 0) is None
    assert freshness.fault(stamp(second), noise(), 0) == reason


def test_gaps_may_be_allowed() -> None:
    freshness = Freshness(check_gaps=False)
    assert [freshness.fault(stamp(i), noise(), 0) for i in (1, 5, 6)] == [None] * 3


def test_a_frame_from_before_the_trigger_is_stale() -> None:
    freshness = Freshness()
    assert freshness.fault(stamp(0, captured_ns=999), noise(), 1000) is NoResultReason.FRAME_STALE
    assert freshness.fault(stamp(1, captured_ns=1000), noise(), 1000) is None
    early = Freshness(tolerance_ms=1.0)
    assert early.fault(stamp(0, captured_ns=0), noise(), 1_000_000) is None
    assert early.fault(stamp(1, captured_ns=0), noise(), 1_000_001) is NoResultReason.FRAME_STALE


def test_a_torn_frame_is_torn_whatever_else_it_is() -> None:
    freshness, pixels = Freshness(), noise()
    assert freshness.fault(stamp(0), pixels, 0) is None
    assert freshness.fault(stamp(0, is_complete=False), pixels, 9999) is NoResultReason.FRAME_TORN


def test_a_still_scene_without_noise_is_accepted_where_allowed() -> None:
    freshness, pixels = Freshness(check_pixels=False), noise()
    assert [freshness.fault(stamp(i), pixels, 0) for i in range(3)] == [None] * 3
    assert freshness.fault(stamp(2), pixels, 0) is NoResultReason.FRAME_FROZEN


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=2, max_size=20))
def test_a_fresh_frame_always_follows_the_one_before(ids: list[int]) -> None:
    freshness = Freshness()
    faults = [freshness.fault(stamp(i), noise(), 0) for i in ids]
    for before, now, fault in zip(ids, ids[1:], faults[1:], strict=False):
        assert (fault is None) == (now == before + 1)
