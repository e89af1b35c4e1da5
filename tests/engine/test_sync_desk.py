"""How the way out of the station stands is told to clients and people, and asked for by who may."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from station_app.core.messages import AlarmCleared, AlarmRaised, CommandRefused, Priority
from station_app.core.people import Role
from station_app.core.sync_messages import SyncNow, SyncReported, SyncState
from station_app.engine import sync_desk
from station_app.engine.engine_setup import EngineSetup
from tests.engine.conftest import Open
from tests.engine.fakes import PATIENCE_S, FakeLedger
from tests.engine.line import Line
from tests.engine.people import FakeRoster
from tests.engine.test_permissions import PEOPLE

NOW_MS = time.time_ns() // 1_000_000
HOUR_MS = 3_600_000
IDLE = SyncReported(SyncState.IDLE, "s3://plant/records")


class Sending:
    """Says what it is told to say, and is not due for a long time."""

    late_after_ms = 24 * HOUR_MS

    def __init__(self, report: SyncReported = IDLE) -> None:
        self.report = report
        self.steps = 0
        self.stepped = threading.Event()
        self.tries = 0
        self.breaks = False

    def step(self) -> float:
        self.steps += 1
        self.stepped.set()
        if self.breaks:
            raise RuntimeError("a bug in the courier")
        return 900.0

    def try_now(self) -> None:
        self.tries += 1


def open_with(open_faked: Open, sending: Sending, **settings: object) -> Line:
    def setup(usual: EngineSetup) -> EngineSetup:
        return replace(usual, sending=sending)

    return open_faked(setup=setup, **settings)


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.01)


def alarms(line: Line) -> dict[str, AlarmRaised]:
    return {alarm.code: alarm for alarm in line.engine.alarms.standing()}


def test_without_a_store_nothing_is_sent_and_asking_is_refused(open_faked: Open) -> None:
    line = open_faked(engineer="wang")
    assert SyncReported(SyncState.OFF) in line.engine.welcome()
    line.engine.obey(SyncNow())
    assert line.refusals() == ["no store is set up"]
    assert not [thread for thread in threading.enumerate() if thread.name == "sync"]


def test_a_change_is_told_and_a_new_client_hears_how_it_stands(open_faked: Open) -> None:
    sending = Sending()
    line = open_with(open_faked, sending)
    wait_until(lambda: line.heard.of(SyncReported) == (IDLE,))
    later = replace(IDLE, state=SyncState.SENDING, waiting_records=3)
    sending.report = later
    wait_until(lambda: line.heard.of(SyncReported) == (IDLE, later))
    assert later in line.engine.welcome()
    time.sleep(1.2)  # more than a telling's distance: what has not changed is not told again
    assert line.heard.of(SyncReported) == (IDLE, later)


def test_what_changes_all_the_time_is_told_once_a_second_at_most(open_faked: Open) -> None:
    sending = Sending()
    line = open_with(open_faked, sending)
    started = time.monotonic()
    for count in range(200):
        sending.report = replace(IDLE, waiting_records=count)
        time.sleep(0.01)
    took_s = time.monotonic() - started
    assert 1 <= len(line.heard.of(SyncReported)) <= took_s + 2


def test_a_store_that_refuses_is_an_alarm_until_it_does_not(open_faked: Open) -> None:
    refused = replace(IDLE, state=SyncState.REFUSED, what="no such bucket", remedy="make it")
    sending = Sending(refused)
    line = open_with(open_faked, sending)
    wait_until(lambda: "sync" in alarms(line))
    alarm = alarms(line)["sync"]
    assert (alarm.what, alarm.where, alarm.remedy) == ("no such bucket", IDLE.store, "make it")
    assert alarm.priority is Priority.LOW
    sending.report = replace(refused, what="the key is wrong")
    wait_until(lambda: alarms(line)["sync"].what == "the key is wrong")
    sending.report = IDLE
    wait_until(lambda: "sync" not in alarms(line))
    assert AlarmCleared("sync") in line.heard.of(AlarmCleared)


def test_records_that_wait_too_long_are_an_alarm(open_faked: Open) -> None:
    waiting = replace(IDLE, state=SyncState.WAITING, waiting_records=1, what="nobody is there", remedy="check the net")
    sending = Sending(replace(waiting, oldest_ms=NOW_MS - 23 * HOUR_MS))
    line = open_with(open_faked, sending)
    wait_until(lambda: bool(line.heard.of(SyncReported)))
    assert not alarms(line)
    sending.report = replace(waiting, oldest_ms=NOW_MS - 25 * HOUR_MS)
    wait_until(lambda: "sync_late" in alarms(line))
    assert alarms(line)["sync_late"].remedy == "check the net"
    sending.report = IDLE
    wait_until(lambda: not alarms(line))


def test_records_that_are_set_aside_are_an_alarm(open_faked: Open) -> None:
    sending = Sending(replace(IDLE, quarantined=2))
    line = open_with(open_faked, sending)
    wait_until(lambda: set(alarms(line)) == {"sync_aside"})
    sending.report = IDLE
    wait_until(lambda: not alarms(line))


def test_a_lead_may_ask_and_an_operator_may_not(open_faked: Open) -> None:
    sending = Sending()
    line = open_with(open_faked, sending, roster=FakeRoster(*PEOPLE))
    assert sending.stepped.wait(PATIENCE_S)
    line.sign_in(Role.OPERATOR.value)
    line.engine.obey(SyncNow())
    assert line.heard.of(CommandRefused)[-1].what == "the rights that hold now do not allow this"
    assert sending.tries == 0
    line.sign_in(Role.LEAD.value)
    line.engine.obey(SyncNow())
    assert sending.tries == 1
    wait_until(lambda: line.heard.of(SyncReported) == (IDLE, IDLE))  # answered, though nothing has changed
    assert isinstance(line.ledger, FakeLedger)
    assert line.ledger.audited("sync_asked") == [("lead", "sync_asked", IDLE.store, "")]


def test_figures_are_counted_also_while_nothing_is_due(open_faked: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync_desk, "COUNT_EVERY_S", 0.05)
    sending = Sending()
    open_with(open_faked, sending)
    wait_until(lambda: sending.steps >= 3)


def test_a_bug_in_the_courier_is_one_alarm_and_no_storm(open_faked: Open) -> None:
    sending = Sending()
    sending.breaks = True
    line = open_with(open_faked, sending)
    wait_until(lambda: "bug" in alarms(line))
    line.run()
    line.inspect(3)
    time.sleep(0.5)
    assert sending.steps == 1 and alarms(line)["bug"].count == 1
