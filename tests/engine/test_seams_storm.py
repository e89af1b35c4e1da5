"""Everything at once: frames prepared ahead, late models, duplicate numbers, watching and test shots."""

import random
import threading
import time

from station_app.core.inspection import VerdictKind
from station_app.core.messages import Pause, Start
from station_app.core.setup_messages import SetupCommand, TakeTestShot, WatchCamera
from station_app.store.verification import verify
from tests.engine.conftest import Open
from tests.engine.fakes import BAD, GOOD, FakeLedger, PartCamera
from tests.engine.line import released
from tests.engine.test_engine_faults import slow_model
from tests.engine.test_serials import STRICT

PASS, FAIL, NO_RESULT = VerdictKind.PASS, VerdictKind.FAIL, VerdictKind.NO_RESULT
PARTS = 120


def alternating() -> PartCamera:
    camera = PartCamera()
    camera.greys = {number: BAD if number % 2 else GOOD for number in range(100_000)}
    return camera


def test_no_verdict_is_of_another_frame_however_late_the_model_is(open_faked: Open) -> None:
    """Parts are claimed by their deadline while their frame is with the model, and their buffer goes on at once."""
    draw = random.Random(1)
    line = open_faked(
        cameras={"top": alternating()},
        deadline_ms=60.0,
        makers=slow_model(lambda: time.sleep(draw.choice([0.0, 0.0, 0.01, 0.05, 0.09]))),
    )
    line.run()
    for _ in range(PARTS):
        line.engine.wait_ready(0.05)
        line.engine.trigger()
    line.engine.pause()
    ledger = line.ledger
    assert isinstance(ledger, FakeLedger)
    assert set(ledger.records) == set(range(1, PARTS + 1))
    results = [record for record in ledger.records.values() if record.verdict is not NO_RESULT]
    assert {PASS, FAIL} == {record.verdict for record in results} and len(results) < PARTS
    for record in results:
        assert record.verdict is (FAIL if record.cameras[0].frame_id % 2 else PASS)
    assert line.engine.tally.counters().is_reconciled


def test_numbers_pauses_watching_and_test_shots_at_once(open_real: Open) -> None:
    draw = random.Random(2)
    line = open_real(
        serial=STRICT,
        cameras={"top": alternating()},
        deadline_ms=150.0,
        makers=slow_model(lambda: time.sleep(draw.choice([0.0, 0.005, 0.03]))),
    )
    line.run()
    is_over = threading.Event()
    asked: list[SetupCommand] = [WatchCamera("top"), WatchCamera(""), TakeTestShot("top", "wang")]

    def trigger() -> None:
        while not is_over.wait(0.004):
            line.engine.trigger(f"SN{draw.randrange(150)}")

    def set_up() -> None:
        while not is_over.wait(0.05):
            line.engine.obey(draw.choice(asked))

    threads = [threading.Thread(target=deed) for deed in (trigger, set_up)]
    for thread in threads:
        thread.start()
    for _ in range(8):
        time.sleep(0.15)
        line.engine.obey(Pause())
        line.engine.obey(Start())
    is_over.set()
    for thread in threads:
        thread.join()
    line.engine.close()
    line.ledger.close()  # type: ignore[attr-defined]
    told = {part.part_id: (part.verdict, part.reason) for part in line.heard.parts}
    assert len(told) == len(line.heard.parts) == line.engine.tally.counters().triggers
    assert told == released(line.folder)
    passed = [part.serial for part in line.heard.parts if part.verdict is PASS]
    assert passed and len(set(passed)) == len(passed)
    assert line.engine.tally.counters().is_reconciled
    assert [alarm for alarm in line.engine.alarms.standing() if alarm.code == "bug"] == []
    assert verify(line.folder) == ()
