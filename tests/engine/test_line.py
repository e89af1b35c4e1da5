"""The whole line on real records: every trigger has one record, and the counters say the same as the database."""

import threading
from collections import Counter
from dataclasses import replace
from pathlib import Path

from station_app.core.inspection import Disposition, NoResultReason, VerdictKind
from station_app.core.messages import CommandRefused, Counters, OverrideRecorded, RecordOverride, UndoOverride
from station_app.core.recipe import QualityLimits, Thresholds
from station_app.devices.faults import Fault, FaultKind
from station_app.devices.recovery import RecoveringCamera
from station_app.devices.recovery_policy import RecoveryPolicy
from station_app.devices.rendered_camera import RenderedCamera
from station_app.devices.rendering.plan import RenderSpec, number_source
from station_app.engine.triggers import TriggerKind, TriggerSetup
from station_app.store.archive import StationArchive
from station_app.store.verification import verify
from tests.engine.conftest import Open
from tests.engine.fakes import BAD, DOUBTFUL, PATIENCE_S, Misdeed, PartCamera
from tests.engine.line import nan_package, recorded, released


def test_two_hundred_parts_are_in_the_database_as_they_were_told(open_real: Open, tmp_path: Path) -> None:
    camera = PartCamera()
    camera.greys = {number: (BAD, DOUBTFUL)[number % 2] for number in range(0, 200, 7)}
    line = open_real(cameras={"top": camera}, trigger=TriggerSetup(TriggerKind.FREE, limit=200))
    line.run()
    told = line.heard.wait_parts(200)
    line.engine.pause()
    counters = line.engine.tally.counters()
    kinds = Counter(verdict for verdict, _ in recorded(tmp_path).values())
    assert counters == Counters(200, kinds[VerdictKind.PASS], kinds[VerdictKind.FAIL], kinds[VerdictKind.REVIEW])
    assert min(kinds.values()) > 10
    assert {part.part_id: (part.verdict, part.reason) for part in told} == recorded(tmp_path)
    assert [part.counters.is_reconciled for part in told] == [True] * 200
    line.engine.close()
    assert verify(tmp_path) == ()


FAULTS = {
    4: Fault(FaultKind.LOST),
    8: Fault(FaultKind.TORN),
    12: Fault(FaultKind.FROZEN),
    16: Fault(FaultKind.REPEATED),
    20: Fault(FaultKind.SKIPPED),
    25: Fault(FaultKind.DARK),
    29: Fault(FaultKind.BLURRED),
    33: Fault(FaultKind.LATE, 30.0),
    37: Fault(FaultKind.DISCONNECT),
}


def rendered(is_back: threading.Event) -> RecoveringCamera:
    """A rendered camera as the station uses it, with every fault there is; it is opened again soon after its loss."""
    spec = RenderSpec(width=320, height=240, defect_rate=0.0, bank=24)
    policy = RecoveryPolicy(backoff_s=(0.001,), discard=0)

    def on_change(is_live: bool, _: str) -> None:
        if is_live:
            is_back.set()

    return RecoveringCamera(lambda: RenderedCamera(spec, fault_plan=FAULTS), on_change, policy)


def test_no_frame_with_a_fault_passes_and_the_counters_reconcile(open_real: Open, tmp_path: Path) -> None:
    is_back = threading.Event()
    quality = QualityLimits(mean_min=20.0, focus_min=400.0)
    line = open_real(cameras={"top": rendered(is_back)}, deadline_ms=1200.0, quality=quality)
    # What a rendered part scores is of no matter here: these thresholds pass every frame that is judged.
    line.write_recipe(replace(line.recipe, thresholds=(("scratch", Thresholds(1.0, 1.0)),)))
    line.run()
    told = line.inspect(len(FAULTS) * 5)
    assert is_back.wait(PATIENCE_S)
    told += line.inspect(5)
    line.engine.close()
    reasons = Counter(part.reason for part in told)
    for reason, count in EXPECTED.items():
        assert reasons[reason] == count
    assert reasons[NoResultReason.FRAME_SLIPPED] >= 1
    assert reasons[NoResultReason.CAMERA_LOST] >= 1
    assert VerdictKind.PASS in {part.verdict for part in told[-5:]}
    assert line.engine.tally.counters().is_reconciled
    assert {part.part_id: (part.verdict, part.reason) for part in told} == released(tmp_path)
    good = [part.part_id for part in told if part.verdict is VerdictKind.PASS]
    passed = {camera.source for part in StationArchive(tmp_path).inspections(good) for camera in part.cameras}
    assert len(passed) >= 20
    assert not passed & {number_source(number) for number, fault in FAULTS.items() if fault.kind is not SKIPPED}
    assert verify(tmp_path) == ()


SKIPPED = FaultKind.SKIPPED
"""Here the exposure under the number is good; that a number was left out is the fault."""

EXPECTED = {
    NoResultReason.FRAME_LOST: 2,  # lost, and late: a frame that is not there in time is thrown away
    NoResultReason.FRAME_TORN: 1,
    NoResultReason.FRAME_FROZEN: 2,  # frozen, and repeated
    NoResultReason.QUALITY: 2,  # dark, and blurred
}


def test_two_cameras_make_one_verdict(open_real: Open, tmp_path: Path) -> None:
    top, side = PartCamera("T"), PartCamera("S")
    top.greys, side.greys = {1: BAD}, {2: DOUBTFUL}
    side.misdeeds[3] = Misdeed.LOST
    line = open_real(cameras={"top": top, "side": side})
    line.run()
    told = line.inspect(4)
    assert [part.verdict for part in told] == [
        VerdictKind.PASS,
        VerdictKind.FAIL,
        VerdictKind.REVIEW,
        VerdictKind.NO_RESULT,
    ]
    assert told[1].findings[0].camera_id == "top"
    assert told[3].detail == "side: the camera delivered no frame before the deadline"
    line.engine.close()
    reader = StationArchive(tmp_path)
    (record,) = reader.inspections([1])
    assert {camera.camera_id for camera in record.cameras} == {"top", "side"}
    assert reader.images(2) and reader.thumbnail(1) is not None
    assert verify(tmp_path) == ()


def test_a_model_that_answers_with_nan_is_no_result(open_real: Open, tmp_path: Path) -> None:
    nan_package(tmp_path / "packages" / "package")
    camera = PartCamera()
    camera.glare = {1}
    line = open_real(cameras={"top": camera})
    line.run()
    told = line.inspect(3)
    assert [part.verdict for part in told] == [VerdictKind.PASS, VerdictKind.NO_RESULT, VerdictKind.PASS]
    assert told[1].reason is NoResultReason.MODEL_OUTPUT
    assert line.engine.alarms.standing() == ()


def test_a_decision_on_a_part_of_the_line_is_recorded_with_its_image(open_real: Open, tmp_path: Path) -> None:
    line = open_real()
    line.run()
    (told,) = line.inspect()
    assert not StationArchive(tmp_path).images(told.part_id)
    line.engine.obey(RecordOverride(told.part_id, Disposition.MISSED_DEFECT, "wang", label="scratch"))
    standing = Disposition.MISSED_DEFECT
    line.heard.wait_event(OverrideRecorded(1, told.part_id, Disposition.MISSED_DEFECT, "wang", standing))
    line.engine.obey(UndoOverride(told.part_id, "wang"))
    line.heard.wait_event(OverrideRecorded(2, told.part_id, Disposition.UNDO, "wang", None))
    line.engine.obey(RecordOverride(77, Disposition.AGREE, "wang"))
    line.heard.wait_event(CommandRefused("RecordOverride", "this part has no record", "choose a recorded part"))
    line.engine.close()
    line.ledger.close()  # type: ignore[attr-defined]
    assert StationArchive(tmp_path).images(told.part_id)
    assert verify(tmp_path) == ()
