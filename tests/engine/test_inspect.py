"""From shots to one verdict per part: what the model cannot answer is no result, and the line goes on."""

import time
from collections.abc import Callable

import pytest

from station_app.core.errors import ConfigError, ModelOutputError
from station_app.core.inspection import NoResultReason, VerdictKind
from station_app.engine.inspect import conclude
from station_app.engine.part import Shot
from station_app.inference.deadline import LateError
from tests.engine.fakes import BAD, DOUBTFUL, GOOD, noisy
from tests.engine.stands import InspectStand


@pytest.fixture
def stand() -> InspectStand:
    return InspectStand()


@pytest.mark.parametrize(
    ("greys", "kind"),
    [
        ((GOOD, GOOD), VerdictKind.PASS),
        ((GOOD, DOUBTFUL), VerdictKind.REVIEW),
        ((BAD, DOUBTFUL), VerdictKind.FAIL),
    ],
)
def test_the_worst_camera_decides(stand: InspectStand, greys: tuple[int, int], kind: VerdictKind) -> None:
    concluded = stand.examine_greys(*greys)
    inspection = concluded.inspection
    assert (concluded.verdict.kind, inspection.verdict, inspection.serial) == (kind, kind, "SN1")
    assert [camera.camera_id for camera in inspection.cameras] == ["top", "side"]
    assert dict(inspection.scores)["scratch"] == pytest.approx((max(greys) + 3) / 255)
    assert len(inspection.findings) == sum(grey == BAD for grey in greys)
    assert inspection.times.total_ms >= inspection.times.inspect_ms >= 0
    assert stand.answered == [1, 1]


def test_a_part_waits_for_its_last_camera(stand: InspectStand) -> None:
    part = stand.part()
    stand.examine(part, stand.shot(part, "top", noisy(GOOD)))
    assert stand.concluded == []
    stand.examine(part, stand.shot(part, "side", noisy(GOOD, seed=1)))
    assert len(stand.concluded) == 1


def raises(error: Exception) -> Callable[[], None]:
    def deed() -> None:
        raise error

    return deed


@pytest.mark.parametrize(
    ("error", "reason", "is_told"),
    [
        (LateError("the model had not answered"), NoResultReason.LATE, False),
        (ModelOutputError("NaN"), NoResultReason.MODEL_OUTPUT, False),
        (ConfigError("region r reaches out of the frame"), NoResultReason.INTERNAL, True),
        (ZeroDivisionError("a bug"), NoResultReason.INTERNAL, True),
    ],
)
def test_what_the_inspection_cannot_answer_is_no_result(
    stand: InspectStand, error: Exception, reason: NoResultReason, is_told: bool
) -> None:
    stand.inspector.deed = raises(error)
    concluded = stand.examine_greys(GOOD, GOOD)
    assert (concluded.verdict.kind, concluded.verdict.reason) == (VerdictKind.NO_RESULT, reason)
    assert str(error).split()[0] in concluded.inspection.detail
    assert [told is error for _, told in stand.bugs] == [True, True] * is_told


def test_the_line_goes_on_after_a_bug(stand: InspectStand) -> None:
    stand.inspector.deed = raises(ZeroDivisionError())
    stand.examine_greys(GOOD, GOOD)
    stand.inspector.deed = lambda: None
    part = stand.part(2)
    stand.examine(part, stand.shot(part, "top", noisy(GOOD)), stand.shot(part, "side", noisy(GOOD, seed=1)))
    assert stand.concluded[-1].verdict.kind is VerdictKind.PASS


@pytest.mark.parametrize("grey", [0, 255])
def test_a_frame_that_is_no_picture_is_not_judged(stand: InspectStand, grey: int) -> None:
    part = stand.part()
    stand.inspector.deed = raises(AssertionError("it was judged"))
    pixels = noisy(60)
    pixels[...] = grey
    stand.examine(part, stand.shot(part, "top", pixels), stand.shot(part, "side", pixels))
    assert stand.concluded[0].verdict.reason is NoResultReason.QUALITY
    assert "mean" in stand.concluded[0].inspection.detail
    assert stand.bugs == []


def test_a_frame_of_another_part_is_a_slip(stand: InspectStand) -> None:
    part = stand.part(5)
    slipped = stand.shot(part, "top", noisy(GOOD), frame_part_id=4)
    stand.examine(part, slipped, stand.shot(part, "side", noisy(GOOD, seed=1)))
    assert stand.concluded[0].verdict.reason is NoResultReason.FRAME_SLIPPED


def test_a_model_that_is_not_the_recipes_is_no_result(stand: InspectStand) -> None:
    stand.inspector.model_hash = "b" * 64
    assert stand.examine_greys(GOOD, GOOD).verdict.reason is NoResultReason.MODEL_MISMATCH


def test_a_fault_of_one_camera_is_no_result_though_the_other_sees_a_good_part(stand: InspectStand) -> None:
    part = stand.part()
    lost = Shot("side", time.monotonic_ns(), fault=NoResultReason.CAMERA_LOST, detail="pulled out")
    stand.examine(part, stand.shot(part, "top", noisy(GOOD)), lost)
    (concluded,) = stand.concluded
    assert concluded.verdict.reason is NoResultReason.CAMERA_LOST
    assert concluded.inspection.detail == "side: pulled out"


def test_one_camera_twice_is_no_result() -> None:
    stand = InspectStand(("top", "side"))
    part = stand.part()
    stand.examine(part, *(stand.shot(part, "top", noisy(GOOD, seed=n)) for n in range(2)))
    assert stand.concluded[0].verdict.reason is NoResultReason.DUPLICATE


def test_past_the_deadline_good_evidence_is_late(stand: InspectStand) -> None:
    part = stand.part(deadline_ms=0)
    stand.examine(part, stand.shot(part, "top", noisy(GOOD)), stand.shot(part, "side", noisy(GOOD, seed=1)))
    assert stand.concluded[0].verdict.reason is NoResultReason.LATE


def test_a_shot_that_comes_after_the_verdict_gives_its_buffer_back_and_no_second_verdict(stand: InspectStand) -> None:
    part = stand.part()
    stand.examine(part, stand.shot(part, "top", noisy(GOOD)))
    assert part.claim()
    stand.examine(part, stand.shot(part, "side", noisy(GOOD, seed=1)))
    assert stand.concluded == []
    assert stand.pool.lent == 1
    assert stand.answered == [1, 1]


def test_a_part_that_has_its_verdict_costs_the_model_no_time(stand: InspectStand) -> None:
    part = stand.part()
    assert part.claim()
    stand.inspector.deed = raises(AssertionError("it was judged"))
    stand.examine(part, stand.shot(part, "top", noisy(GOOD)))
    assert stand.bugs == []
    assert stand.pool.lent == 0


def test_a_verdict_given_while_the_model_ran_stands(stand: InspectStand) -> None:
    part = stand.part()
    stand.examine(part, stand.shot(part, "top", noisy(GOOD)))

    def deadline_comes() -> None:
        assert stand.stage.is_examining(part)
        assert part.claim()

    stand.inspector.deed = deadline_comes
    stand.examine(part, stand.shot(part, "side", noisy(GOOD, seed=1)))
    assert stand.concluded == []
    assert not stand.stage.is_examining(part)
    assert stand.pool.lent == 1


def test_a_part_that_never_entered_the_line_has_its_reason_and_no_evidence() -> None:
    part = InspectStand().part()
    concluded = conclude(part, time.monotonic_ns(), 5, NoResultReason.OVERRUN, "busy")
    assert concluded.verdict.reason is NoResultReason.OVERRUN
    assert (concluded.inspection.detail, concluded.inspection.inspected_at_ms) == ("busy", 5)
    assert concluded.inspection.cameras == ()
