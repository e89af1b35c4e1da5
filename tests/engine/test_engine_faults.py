"""Hanging drivers, full disks and a dying database: every part gets its verdict, and every verdict its record."""

import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from station_app.core.errors import StorageError
from station_app.core.inspection import Inspection, NoResultReason, VerdictKind
from station_app.core.messages import AlarmCleared, AlarmRaised, EngineState, StateChanged
from station_app.core.recipe import CameraSetup, Keep, KeepImages
from station_app.engine.fittings import Makers
from station_app.engine.unrecorded import UNRECORDED_MAX
from station_app.inference.inspector import Inspector
from station_app.store.connection import open_writer
from station_app.store.ledger import StationLedger
from station_app.store.verification import verify
from tests.engine.conftest import Open
from tests.engine.fakes import BAD, DISK_FULL, PATIENCE_S, FakeLedger, Misdeed, PartCamera
from tests.engine.line import Line, LineSettings, open_line, recorded
from tests.store.records import ROOMY

LATE_MS = 150.0
LOST, LATE = NoResultReason.CAMERA_LOST, NoResultReason.LATE


def ledger_of(line: Line) -> FakeLedger:
    assert isinstance(line.ledger, FakeLedger)
    return line.ledger


@pytest.fixture
def hanging_line(open_faked: Open) -> Iterator[Line]:
    """Two cameras; the driver of `side` ignores its time-out at the first part."""
    line = open_faked(cameras={"top": PartCamera("T"), "side": PartCamera("S")}, deadline_ms=LATE_MS)
    side(line).misdeeds[0] = Misdeed.HANGING
    line.run()
    yield line
    side(line).free.set()


def side(line: Line) -> PartCamera:
    camera = line.cameras["side"]
    assert isinstance(camera, PartCamera)
    return camera


def test_a_part_whose_camera_never_answers_gets_its_verdict_at_its_deadline(hanging_line: Line) -> None:
    line = hanging_line
    line.engine.trigger()
    (told,) = line.heard.wait_parts(1)
    assert side(line).hanging.is_set() and not side(line).free.is_set()
    assert (told.verdict, told.reason) == (VerdictKind.NO_RESULT, LOST)
    assert told.detail == "no evidence from side by the deadline"
    assert told.total_ms >= LATE_MS
    assert ledger_of(line).records[1].reason is LOST
    (alarm,) = line.engine.alarms.standing()
    assert (alarm.code, alarm.what) == ("camera side", "the camera did not answer in time")


def test_the_frame_that_comes_too_late_gives_no_second_verdict_and_its_buffer_back(hanging_line: Line) -> None:
    line = hanging_line
    line.engine.trigger()
    line.heard.wait_parts(1)
    side(line).free.set()
    line.heard.wait_event(AlarmCleared("camera side"))
    buffers = 3 + 4
    for _ in range(2 * buffers):  # more than there are buffers: none is missing
        (told,) = line.inspect()
    assert told.verdict is VerdictKind.PASS or told.reason is LATE
    assert len(line.heard.parts) == 1 + 2 * buffers == len(ledger_of(line).records)
    assert line.engine.tally.counters().is_reconciled


def test_parts_behind_a_hanging_camera_are_rejected_too_and_the_line_fills_no_queue(hanging_line: Line) -> None:
    line = hanging_line
    for _ in range(30):
        assert line.engine.trigger()
    told = line.heard.wait_parts(30)
    assert {part.reason for part in told} <= {LOST, LATE, NoResultReason.OVERRUN}
    assert len(ledger_of(line).records) == 30
    line.heard.wait(lambda events: line.engine.tally.counters().in_flight == 0)


def test_a_hanging_camera_does_not_keep_the_operator_from_another_recipe(
    hanging_line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = hanging_line
    monkeypatch.setattr("station_app.engine.worker.Worker.stop.__defaults__", (0.05,))
    line.engine.trigger()
    line.heard.wait_parts(1)
    line.engine.load("A17")
    assert line.engine.state is EngineState.READY
    assert "close" in line.top.calls
    assert "close" not in side(line).calls
    side(line).free.set()


def slow_model(deed: Callable[[], None]) -> Callable[[Makers], Makers]:
    """Makers whose inspectors do `deed` before every frame."""

    def slowed(makers: Makers) -> Makers:
        def make(setup: CameraSetup) -> Inspector:
            inspector = makers.inspector(setup)
            judge = inspector.judge

            def judge_slowly(*given: object) -> object:
                deed()
                return judge(*given)  # type: ignore[arg-type]

            inspector.judge = judge_slowly  # type: ignore[assignment, method-assign]
            return inspector

        return replace(makers, inspector=make)

    return slowed


def test_a_model_that_hangs_costs_its_part_and_not_the_line(open_faked: Open) -> None:
    entered, free = threading.Event(), threading.Event()

    def hang() -> None:
        entered.set()
        free.wait(PATIENCE_S)

    line = open_faked(makers=slow_model(hang), deadline_ms=LATE_MS)
    line.run()
    line.engine.trigger()
    (told,) = line.heard.wait_parts(1)
    assert entered.is_set() and not free.is_set()
    assert (told.reason, told.detail) == (LATE, "no evidence from top by the deadline: the model was still at work")
    assert line.engine.alarms.standing() == ()
    free.set()
    line.inspect(9)
    assert len(ledger_of(line).records) == 10


def test_verdicts_that_the_database_refuses_are_recorded_when_it_is_back(open_faked: Open) -> None:
    line = open_faked()
    line.top.greys = {1: BAD}
    line.run()
    ledger_of(line).refusal = DISK_FULL
    told = line.inspect(3)
    not_recorded = NoResultReason.NOT_RECORDED
    assert [part.reason for part in told] == [not_recorded, None, not_recorded]
    assert told[1].verdict is VerdictKind.FAIL
    assert ledger_of(line).records == {}
    ledger_of(line).refusal = None
    line.heard.wait_event(AlarmCleared("storage"))
    assert {n: r.verdict for n, r in ledger_of(line).records.items()} == {p.part_id: p.verdict for p in told}
    assert len(line.heard.parts) == 3


def test_they_survive_another_recipe(open_faked: Open) -> None:
    line = open_faked()
    line.run()
    record = ledger_of(line).record
    ledger_of(line).record = refusing  # type: ignore[method-assign]
    line.inspect(2)
    line.engine.load("A17")
    ledger_of(line).record = record  # type: ignore[method-assign]
    line.heard.wait_event(AlarmCleared("storage"))
    assert sorted(ledger_of(line).records) == [1, 2]


def test_they_are_recorded_when_the_engine_ends(open_faked: Open) -> None:
    line = open_faked()
    line.run()
    record = ledger_of(line).record
    ledger_of(line).record = refusing  # type: ignore[method-assign]
    line.inspect(2)
    ledger_of(line).record = record  # type: ignore[method-assign]
    line.engine.close()
    assert sorted(ledger_of(line).records) == [1, 2]


def refusing(inspection: Inspection) -> Future[None]:
    future: Future[None] = Future()
    future.set_exception(DISK_FULL)
    return future


def test_too_many_of_them_stop_the_line_until_there_is_room(open_faked: Open) -> None:
    line = open_faked()
    line.run()
    ledger_of(line).refusal = DISK_FULL
    line.inspect(UNRECORDED_MAX + 1)
    detail = "too many verdicts wait for the database: make room on the disk, then start again"
    line.heard.wait_event(StateChanged(EngineState.FAULTED, detail))
    assert line.engine.trigger() == 0
    with pytest.raises(StorageError, match="too many verdicts wait for the database: make room"):
        line.engine.start()
    ledger_of(line).refusal = None
    line.heard.wait_event(AlarmCleared("storage"))
    assert len(ledger_of(line).records) == UNRECORDED_MAX + 1
    line.engine.start()
    assert line.inspect()[0].verdict is VerdictKind.PASS


def test_what_could_not_be_recorded_by_the_end_is_told_by_the_next_start(tmp_path: Path) -> None:
    refuses = threading.Event()

    def opener(path: Path) -> sqlite3.Connection:
        if refuses.is_set():
            raise DISK_FULL
        return open_writer(path)

    ledger = StationLedger(tmp_path, ROOMY, opener)
    line = open_line(tmp_path, ledger, LineSettings())
    line.run()
    line.inspect(2)
    refuses.set()
    ledger._database._drop_connection()
    line.inspect(2)
    line.engine.close()
    ledger.close()
    assert [part.verdict for part in line.heard.parts[2:]] == [VerdictKind.NO_RESULT] * 2
    with_gap = recorded(tmp_path)
    assert sorted(with_gap) == [1, 2]
    again = StationLedger(tmp_path, ROOMY)
    assert again.crashed == (3, 4)
    again.close()
    crashed = (VerdictKind.NO_RESULT, NoResultReason.CRASH)
    assert recorded(tmp_path) == with_gap | {3: crashed, 4: crashed}
    assert verify(tmp_path) == ()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4M", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("this user may not mount a small disk for the test")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> Path:
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            pass
    return filler


def test_a_disk_that_runs_full_while_the_line_runs(small_disk: Path, tmp_path: Path) -> None:
    """No part passes without its record, nothing crashes, and with room again everything is recorded."""
    ledger = StationLedger(small_disk, ROOMY)
    line = open_line(tmp_path, ledger, LineSettings(keep=Keep(KeepImages.ALL)))
    try:
        line.run()
        assert line.inspect(3)[-1].verdict is VerdictKind.PASS
        filler = fill(small_disk)
        told = line.inspect(20)
        assert {part.reason for part in told} <= {None, NoResultReason.NOT_RECORDED}
        assert NoResultReason.NOT_RECORDED in {part.reason for part in told}
        raised = {alarm.code for alarm in line.heard.of(AlarmRaised)}
        assert "storage" in raised and raised <= {"storage", "images", "images full"}
        filler.unlink()
        line.heard.wait_event(AlarmCleared("storage"))
        assert line.inspect()[0].verdict is VerdictKind.PASS
    finally:
        line.engine.close()
        ledger.close()
    told_all = {part.part_id: (part.verdict, part.reason) for part in line.heard.parts}
    assert recorded(small_disk) == told_all
    assert len(told_all) == 24
    assert line.engine.tally.counters().is_reconciled
    stored = [problem for problem in verify(small_disk) if "image" not in problem.what and "file" not in problem.what]
    assert stored == []


def test_a_crowded_disk_stores_no_images_and_every_row(open_faked: Open) -> None:
    line = open_faked()
    line.top.greys = dict.fromkeys(range(3), BAD)
    ledger_of(line).is_full = True
    line.run()
    line.inspect()
    line.heard.wait(lambda events: any(isinstance(e, AlarmRaised) and e.code == "images full" for e in events))
    ledger_of(line).is_full = False
    line.inspect()
    line.heard.wait_event(AlarmCleared("images full"))
    line.engine.close()
    assert sorted(ledger_of(line).records) == [1, 2]
    assert [part_id for part_id, _, _ in ledger_of(line).images] == [2]
