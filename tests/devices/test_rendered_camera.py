"""The rendered camera as a device: settings, faults on demand, timing."""

import numpy as np
import pytest

from station_app.core.errors import CameraError
from station_app.core.inspection import FrameStamp, NoResultReason, Pixels
from station_app.devices.camera import FeatureValue
from station_app.devices.faults import Fault, FaultKind
from station_app.devices.freshness import Freshness
from station_app.devices.rendered_camera import RenderedCamera
from station_app.devices.rendering.plan import RenderSpec, plan_part
from station_app.devices.rendering.render import render_part
from tests.devices.fakes import FakeClock

AS_RENDERED: dict[str, FeatureValue] = {
    "exposure_us": 10_000.0,
    "gain": 0.0,
    "mount_x_px": 0.0,
    "mount_y_px": 0.0,
    "mount_turn_deg": 0.0,
    "defocus_px": 0.0,
}
SPEC = RenderSpec(width=96, height=72)


class Line:
    """A started camera, its clock, and one part after another."""

    def __init__(self, spec: RenderSpec = SPEC, **options: object) -> None:
        self.clock = FakeClock()
        self.camera = RenderedCamera(spec, clock=self.clock, **options)  # type: ignore[arg-type]
        self.buffer = np.zeros(self.camera.open().shape, np.uint8)
        self.camera.start()

    def shoot(self, timeout_s: float = 0.2) -> FrameStamp | None:
        self.camera.trigger()
        return self.camera.fill(self.buffer, timeout_s)


def expected(number: int) -> Pixels:
    return render_part(SPEC, plan_part(SPEC, number)).pixels


def test_a_frame_is_the_part_of_its_number() -> None:
    line = Line()
    for number in range(3):
        stamp = line.shoot()
        assert stamp is not None and (stamp.frame_id, stamp.source) == (number, f"rendered:{number}")
        assert np.array_equal(line.buffer, expected(number))


def test_a_bank_costs_a_copy_and_goes_round() -> None:
    line = Line(RenderSpec(width=96, height=72, bank=9))
    frames = []
    for _ in range(10):
        line.shoot()
        frames.append(line.buffer.copy())
    assert np.array_equal(frames[9], frames[0]) and np.array_equal(frames[4], expected(4))


def test_exposure_and_gain_are_read_back_as_set_and_change_the_light() -> None:
    line = Line()
    assert line.camera.apply({"exposure_us": 5000, "gain": 0.04}) == AS_RENDERED | {"exposure_us": 5000.0}
    line.shoot()
    assert line.buffer.mean() == pytest.approx(expected(0).mean() / 2, rel=0.02)
    line.camera.apply({"gain": 6.0206})
    line.shoot()
    assert line.buffer.mean() == pytest.approx(expected(1).mean(), rel=0.03)


@pytest.mark.parametrize(
    "settings", [{"gain": 99}, {"exposure_us": "long"}, {"exposure_us": True}, {"gain": float("nan")}]
)
def test_a_refused_setting_leaves_all_as_they_were(settings: dict[str, FeatureValue]) -> None:
    line = Line()
    with pytest.raises(CameraError, match="refused"):
        line.camera.apply({"exposure_us": 200, **settings})
    assert line.camera.apply({}) == AS_RENDERED


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (FaultKind.TORN, NoResultReason.FRAME_TORN),
        (FaultKind.FROZEN, NoResultReason.FRAME_FROZEN),
        (FaultKind.REPEATED, NoResultReason.FRAME_FROZEN),
        (FaultKind.SKIPPED, NoResultReason.FRAME_SLIPPED),
    ],
)
def test_a_fault_of_the_frame_is_told_by_freshness(kind: FaultKind, reason: NoResultReason) -> None:
    line, freshness, faults = Line(fault_plan={2: Fault(kind)}), Freshness(), []
    for _ in range(4):
        triggered_ns = line.clock.now_ns()
        stamp = line.shoot()
        assert stamp is not None
        faults.append(freshness.fault(stamp, line.buffer, triggered_ns))
    assert faults[:3] == [None, None, reason]


def test_a_torn_frame_is_half_there() -> None:
    line = Line(fault_plan={0: Fault(FaultKind.TORN)})
    stamp = line.shoot()
    assert stamp is not None and not stamp.is_complete
    assert np.array_equal(line.buffer[:36], expected(0)[:36]) and not line.buffer[36:].any()


def test_a_lost_exposure_never_comes_but_is_counted() -> None:
    line = Line()
    line.camera.inject(Fault(FaultKind.LOST))
    assert line.shoot(0.25) is None
    assert line.clock.slept == [0.25]
    stamp = line.shoot()
    assert stamp is not None and stamp.frame_id == 1


def test_a_late_exposure_slips_to_the_next_part_unless_the_camera_is_restarted() -> None:
    for is_restarted, expected_id in ((False, 0), (True, 1)):
        line = Line(fault_plan={0: Fault(FaultKind.LATE, 0.3)})
        assert line.shoot(0.2) is None
        if is_restarted:
            line.camera.stop()
            line.camera.start()
        stamp = line.shoot(0.2)
        assert stamp is not None and stamp.frame_id == expected_id


def test_dark_and_blurred_change_the_picture() -> None:
    line = Line(fault_plan={0: Fault(FaultKind.DARK), 1: Fault(FaultKind.BLURRED)})
    line.shoot()
    assert line.buffer.mean() < 8
    line.shoot()
    assert np.diff(line.buffer.astype(int)).var() < 0.5 * np.diff(expected(1).astype(int)).var()


def test_a_disconnected_camera_refuses_until_it_is_opened_again() -> None:
    line = Line(fault_plan={1: Fault(FaultKind.DISCONNECT, seconds=5.0)})
    line.shoot()
    for attempt in (line.camera.trigger, line.camera.trigger, line.camera.open):
        with pytest.raises(CameraError, match=r"does not answer.*cable"):
            attempt()
    assert not line.camera.is_alive()
    line.clock.sleep(5.0)
    line.camera.open()
    line.camera.start()
    stamp = line.shoot()
    assert stamp is not None and stamp.frame_id == 2


def test_free_running_keeps_its_rate_and_needs_no_trigger() -> None:
    line = Line(fps=10.0)
    stamps = [line.camera.fill(line.buffer, 1.0) for _ in range(4)]
    times = [stamp.captured_at_ns for stamp in stamps if stamp]
    assert np.allclose(np.diff(times) / 1e9, 0.1, atol=1e-3)
    assert line.camera.fill(line.buffer, 0.01) is None
    line.clock.sleep(10.0)
    late = line.camera.fill(line.buffer, 0.2)
    assert late is not None and late.frame_id == 4


def test_more_triggers_than_it_can_hold_are_ignored() -> None:
    line = Line()
    for _ in range(20):
        line.camera.trigger()
    ids = []
    while stamp := line.camera.fill(line.buffer, 0.0):
        ids.append(stamp.frame_id)
    assert ids == list(range(8))
