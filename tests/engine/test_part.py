"""A part is concluded once, whoever comes first, and its frames are free when all who may touch them are done."""

import threading
from dataclasses import replace

import pytest

from station_app.core.decision import CameraEvidence
from station_app.core.inspection import Frame, FrameStamp, NoResultReason
from station_app.engine.frame_pool import FramePool
from station_app.engine.part import Examined, Part, Shot, most_telling
from tests.engine.fakes import SHAPE, noisy
from tests.engine.line import make_recipe


def make_part(cameras: tuple[str, ...] = ("top", "side"), deadline_ms: float = 1000.0) -> Part:
    recipe = make_recipe("a" * 64, cameras=cameras, deadline_ms=deadline_ms)
    return Part(1, recipe, recipe.sha256, "", triggered_ns=0)


def examined(camera_id: str = "top", score: float = 0.1, fault: NoResultReason | None = None) -> Examined:
    frame = Frame(1, camera_id, FrameStamp(1, 0), noisy(60))
    evidence = CameraEvidence(1, camera_id, frame.stamp, scores=(("scratch", score),), fault=fault)
    return Examined(Shot(camera_id, 0, frame), evidence, 0)


def test_a_part_is_complete_when_every_camera_has_answered() -> None:
    part = make_part()
    assert part.add(examined("top"))
    assert not part.is_complete
    assert part.add(examined("side"))
    assert part.is_complete


def test_evidence_that_comes_after_the_verdict_is_refused() -> None:
    part = make_part()
    assert part.add(examined("top"))
    assert part.claim()
    assert not part.add(examined("side"))
    assert [entry.shot.camera_id for entry in part.examined] == ["top"]


def test_of_many_threads_one_concludes() -> None:
    part = make_part()
    barrier = threading.Barrier(4)
    claims: list[bool] = []

    def claim() -> None:
        barrier.wait()
        claims.append(part.claim())

    threads = [threading.Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claims) == [False, False, False, True]
    assert part.is_claimed


def test_the_last_of_cameras_and_pictures_lets_go() -> None:
    part = make_part()
    assert [part.let_go() for _ in range(3)] == [False, False, True]


@pytest.mark.parametrize(("deadline_ms", "judging_ms"), [(1000.0, 20.0), (50.0, 5.0)])
def test_frames_are_due_a_little_before_the_deadline(deadline_ms: float, judging_ms: float) -> None:
    part = make_part(deadline_ms=deadline_ms)
    assert part.deadline_ns == deadline_ms * 1e6
    assert part.deadline_ns - part.frames_due_ns == judging_ms * 1e6


def test_the_most_telling_frame_is_that_of_a_fault_then_that_of_the_worst_finding() -> None:
    mild, severe = examined("a", 0.2), examined("b", 0.9)
    faulty = examined("c", 0.0, NoResultReason.QUALITY)
    unseen = Examined(Shot("d", 0), replace(faulty.evidence, camera_id="d"), 0)
    assert most_telling([mild, severe]) is severe
    assert most_telling([mild, faulty, severe, unseen]) is faulty
    assert most_telling([unseen]) is None


def test_a_shot_gives_back_the_buffer_that_it_has() -> None:
    pool = FramePool(1, SHAPE)
    lease = pool.lease(0)
    assert lease is not None
    Shot("top", 0, lease=lease).release()
    Shot("top", 0).release()
    assert pool.lent == 0
