"""Where parts come from: a timer, a command, or as fast as it goes."""

import threading
import time

import pytest

from station_app.core.errors import ConfigError
from station_app.engine.triggers import TriggerKind, TriggerSetup, TriggerSource, parse_trigger
from tests.engine.fakes import PATIENCE_S, no_bug


class CountingLine:
    """A line that only counts. `takes` = False stands for a line that is not running."""

    def __init__(self) -> None:
        self.count = 0
        self.takes = True
        self.is_spent = threading.Event()
        self.is_ready = threading.Event()
        self.is_ready.set()
        self._changed = threading.Condition()

    def trigger(self, serial: str = "") -> int:
        with self._changed:
            self.count += 1
            self._changed.notify_all()
            return self.count if self.takes else 0

    def wait_ready(self, timeout_s: float) -> bool:
        return self.is_ready.wait(timeout_s)

    def triggers_spent(self) -> None:
        self.is_spent.set()

    def wait_count(self, count: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self.count >= count, PATIENCE_S)


class FakeTime:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def monotonic(self) -> float:
        return self.now_s


class HeldLine(CountingLine):
    """Its first trigger takes a hundred seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = FakeTime()

    def trigger(self, serial: str = "") -> int:
        self.clock.now_s = 1100.0 - 0.001
        return super().trigger(serial)


def source(line: CountingLine, kind: TriggerKind, rate: float = 0.0, limit: int = 0) -> TriggerSource:
    return TriggerSource(TriggerSetup(kind, rate, limit), line, no_bug)


@pytest.mark.parametrize(
    ("text", "setup"),
    [
        ("software", TriggerSetup(TriggerKind.SOFTWARE)),
        ("free", TriggerSetup(TriggerKind.FREE)),
        ("timer:15", TriggerSetup(TriggerKind.TIMER, 15.0)),
        ("timer:0.5", TriggerSetup(TriggerKind.TIMER, 0.5)),
    ],
)
def test_a_trigger_is_read(text: str, setup: TriggerSetup) -> None:
    assert parse_trigger(text) == setup


@pytest.mark.parametrize(
    "text", ["", "timer", "timer:", "timer:0", "timer:-1", "timer:nan", "timer:1e9", "free:3", "x"]
)
def test_a_trigger_that_is_none_is_one_sentence(text: str) -> None:
    with pytest.raises(ConfigError, match=r"unknown trigger .*write software, free, plc, or timer:RATE"):
        parse_trigger(text)


def test_a_timer_triggers_at_its_rate_whether_the_line_is_ready_or_not() -> None:
    line = CountingLine()
    line.is_ready.clear()
    triggers = source(line, TriggerKind.TIMER, 200.0)
    started = time.monotonic()
    triggers.start()
    line.wait_count(21)
    triggers.stop()
    assert time.monotonic() - started >= 20 / 200


def test_a_timer_makes_up_for_parts_that_passed_while_it_could_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    line = HeldLine()
    monkeypatch.setattr("station_app.engine.triggers.time", line.clock)
    triggers = source(line, TriggerKind.TIMER, 0.1)
    triggers.start()
    line.wait_count(11)
    triggers.stop()
    assert line.count == 11


def test_free_triggers_only_a_line_that_is_ready() -> None:
    line = CountingLine()
    line.is_ready.clear()
    triggers = source(line, TriggerKind.FREE)
    triggers.start()
    triggers.stop()
    assert line.count == 0
    line.is_ready.set()
    triggers.start()
    line.wait_count(3)
    triggers.stop()


def test_software_triggers_nothing_by_itself() -> None:
    line = CountingLine()
    triggers = source(line, TriggerKind.SOFTWARE)
    before = threading.active_count()
    triggers.start()
    assert threading.active_count() == before
    triggers.stop()
    assert line.count == 0


@pytest.mark.parametrize("kind", [TriggerKind.TIMER, TriggerKind.FREE])
def test_the_limit_holds_over_a_pause(kind: TriggerKind) -> None:
    line = CountingLine()
    triggers = source(line, kind, 500.0, limit=5)
    triggers.start()
    line.wait_count(2)
    triggers.stop()
    triggers.start()
    line.wait_count(5)
    triggers.stop()
    triggers.start()
    triggers.stop()
    assert line.count == 5


def test_a_trigger_that_the_line_did_not_take_is_not_counted() -> None:
    line = CountingLine()
    line.takes = False
    triggers = source(line, TriggerKind.TIMER, 500.0, limit=1)
    triggers.start()
    line.wait_count(3)
    line.takes = True
    line.wait_count(line.count + 1)
    triggers.stop()
    count = line.count
    triggers.start()
    triggers.stop()
    assert line.count == count


def test_no_trigger_comes_after_stop() -> None:
    line = CountingLine()
    triggers = source(line, TriggerKind.FREE)
    triggers.start()
    line.wait_count(10)
    triggers.stop()
    assert "trigger" not in {thread.name for thread in threading.enumerate()}
