"""One shot for each part, whatever the camera does; and every buffer comes back."""

import time
from collections.abc import Callable

import pytest

from station_app.core.errors import CameraError
from station_app.core.inspection import Frame, FrameStamp, NoResultReason
from station_app.devices.freshness import Freshness
from station_app.engine.acquire import AcquireStage, LiveCamera
from station_app.engine.bounded_queue import BoundedQueue, Policy
from station_app.engine.frame_pool import FramePool
from station_app.engine.part import Handed, Part, Shot
from station_app.engine.worker import Worker
from tests.engine.fakes import GOOD, PATIENCE_S, SHAPE, Misdeed, PartCamera, no_bug, noisy
from tests.engine.line import AMPLE_MS, make_recipe


class Stand:
    """One acquire stage with its camera, and the parts that it is given."""

    def __init__(self) -> None:
        self.camera = PartCamera()
        self.pool = FramePool(2, SHAPE)
        self.shots: BoundedQueue[Handed] = BoundedQueue("inspect", 4, Policy.BLOCK)
        self.lost: list[tuple[str, CameraError]] = []
        self.seen: list[str] = []
        self.freshness = Freshness()
        live = LiveCamera("top", self.camera, self.camera.open(), self._check)
        self.stage = AcquireStage(live, self.pool, self.shots, self._on_lost, self.seen.append)
        self._part_id = 0

    def part(self, deadline_ms: float = AMPLE_MS) -> Part:
        self._part_id += 1
        recipe = make_recipe("a" * 64, deadline_ms=deadline_ms)
        return Part(self._part_id, recipe, recipe.sha256, "", time.monotonic_ns())

    def shoot(self, part: Part | None = None) -> Shot:
        part = part or self.part()
        assert self.stage.incoming.put(part)
        self.stage.step()
        taken = self.shots.get(0)
        assert isinstance(taken, tuple) and taken[0] is part
        return taken[1]

    def _on_lost(self, camera_id: str, error: CameraError) -> None:
        self.lost.append((camera_id, error))

    def _check(self, stamp: FrameStamp, frame: Frame, triggered_ns: int) -> NoResultReason | None:
        return self.freshness.fault(stamp, frame.pixels, triggered_ns)


@pytest.fixture
def stand() -> Stand:
    return Stand()


def test_a_frame_comes_in_a_leased_buffer_with_its_part_id(stand: Stand) -> None:
    shot = stand.shoot()
    assert (shot.fault, shot.camera_id) == (None, "top")
    assert shot.frame is not None and shot.lease is not None
    assert (shot.frame.part_id, shot.frame.camera_id) == (1, "top")
    assert shot.frame.pixels is shot.lease.buffer
    assert (shot.frame.pixels == noisy(GOOD, seed=0)).all()
    assert (stand.pool.lent, stand.seen, stand.lost) == (1, ["top"], [])


def frozen(stand: Stand) -> None:
    stand.freshness = Freshness(check_gaps=False)
    stand.shoot().release()
    stand.camera.number -= 1


def slipped(stand: Stand) -> None:
    stand.shoot().release()
    stand.camera.trigger()


def does(misdeed: Misdeed) -> Callable[[Stand], None]:
    def set_up(stand: Stand) -> None:
        stand.camera.misdeeds[0] = misdeed

    return set_up


def mis_sized(stand: Stand) -> None:
    stand.camera.stamp_shape = (SHAPE[0] + 1, SHAPE[1])


@pytest.mark.parametrize(
    ("set_up", "reason", "has_frame"),
    [
        (does(Misdeed.LOST), NoResultReason.FRAME_LOST, False),
        (does(Misdeed.GONE), NoResultReason.CAMERA_LOST, False),
        (does(Misdeed.TORN), NoResultReason.FRAME_TORN, True),
        (mis_sized, NoResultReason.FRAME_TORN, True),
        (frozen, NoResultReason.FRAME_FROZEN, True),
        (slipped, NoResultReason.FRAME_SLIPPED, True),
    ],
)
def test_each_fault_of_a_camera_has_its_reason(
    stand: Stand, set_up: Callable[[Stand], None], reason: NoResultReason, has_frame: bool
) -> None:
    set_up(stand)
    shot = stand.shoot()
    assert shot.fault is reason
    assert (shot.frame is not None) == (shot.lease is not None) == has_frame
    shot.release()
    assert stand.pool.lent == 0


def test_a_frame_from_before_the_trigger_is_stale(stand: Stand) -> None:
    part = stand.part()
    part.triggered_ns += 1_000_000_000
    shot = stand.shoot(part)
    assert shot.fault is NoResultReason.FRAME_STALE


def test_a_smaller_frame_is_the_top_left_of_the_buffer(stand: Stand) -> None:
    stand.camera.stamp_shape = (10, 20)
    shot = stand.shoot()
    assert shot.fault is None
    assert shot.frame is not None and shot.lease is not None
    assert shot.frame.pixels.shape == (10, 20)
    assert (shot.frame.pixels == shot.lease.buffer[:10, :20]).all()


def test_a_good_frame_after_a_torn_one_is_good(stand: Stand) -> None:
    """Freshness is shown every frame, else the torn one would be missing from its count."""
    stand.camera.misdeeds[1] = Misdeed.TORN
    faults = []
    for _ in range(3):
        shot = stand.shoot()
        shot.release()
        faults.append(shot.fault)
    assert faults == [None, NoResultReason.FRAME_TORN, None]


def test_a_lost_camera_is_told_and_seen_again_with_its_next_frame(stand: Stand) -> None:
    stand.camera.misdeeds[0] = Misdeed.GONE
    stand.shoot()
    ((camera_id, error),) = stand.lost
    assert (camera_id, error.remedy, stand.seen) == ("top", "plug it in", [])
    stand.shoot()
    assert stand.seen == ["top"]


def test_a_part_that_is_too_late_already_costs_the_camera_no_exposure(stand: Stand) -> None:
    shot = stand.shoot(stand.part(deadline_ms=0))
    assert shot.fault is NoResultReason.LATE
    assert stand.shoot().frame is not None
    assert stand.camera.number == 0


def test_without_a_free_buffer_the_part_is_late(stand: Stand) -> None:
    held = [stand.pool.lease(0) for _ in range(2)]
    shot = stand.shoot(stand.part(deadline_ms=20))
    assert shot.fault is NoResultReason.LATE
    assert "buffer" in shot.detail
    assert all(held)


def test_a_bug_in_a_driver_is_a_shot_without_result_and_is_not_swallowed(stand: Stand) -> None:
    stand.camera.misdeeds[0] = Misdeed.BROKEN
    stand.stage.incoming.put(stand.part())
    with pytest.raises(ZeroDivisionError):
        stand.stage.step()
    taken = stand.shots.get(0)
    assert isinstance(taken, tuple) and taken[1].fault is NoResultReason.INTERNAL
    assert stand.pool.lent == 0


def test_a_driver_that_ignores_its_time_out_is_stuck_after_the_deadline(stand: Stand) -> None:
    stand.camera.misdeeds[0] = Misdeed.HANGING
    part = stand.part()
    worker = Worker("acquire", stand.stage.step, no_bug)
    worker.start()
    stand.stage.incoming.put(part)
    assert stand.camera.hanging.wait(PATIENCE_S)
    assert not stand.stage.is_stuck(part.deadline_ns - 1)
    assert stand.stage.is_stuck(part.deadline_ns)
    stand.camera.free.set()
    assert stand.shots.get(PATIENCE_S) is not None
    assert not stand.stage.is_stuck(part.deadline_ns)
    worker.stop()
