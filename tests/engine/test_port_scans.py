"""A scanner at a serial port and the engine that obeys it."""

import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from station_app.config import ScannerSetup
from station_app.core.errors import ScannerError
from station_app.core.messages import (
    AlarmCleared,
    AlarmRaised,
    CommandRefused,
    EngineState,
    Event,
    Priority,
    StateChanged,
    StationDescribed,
)
from station_app.core.serial import CodeInput, CodeRefusal
from station_app.core.serial_messages import CodeRefused, LotChanged, SerialWaiting
from station_app.devices.scan_lines import ScannedLine
from station_app.devices.scanner_port import ScannerPort
from tests.engine.conftest import Open
from tests.engine.fakes import PATIENCE_S
from tests.engine.line import Line

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

from tests.devices.pty_scanner import PtyScanner

PORT = CodeInput.PORT


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[PtyScanner]:
    with PtyScanner(tmp_path / "by-id") as scanner:
        yield scanner


@pytest.fixture
def line(scanner: PtyScanner, open_faked: Open) -> Line:
    line = open_faked(scanner=ScannerPort(ScannerSetup(str(scanner.link))))
    line.engine.load("A17")
    return line


def scan(scanner: PtyScanner, line: Line, code: str, answer: Event) -> None:
    """Again and again until it is answered: what is sent before the port is open is lost."""
    last_s = time.monotonic() + PATIENCE_S
    while answer not in line.heard.events:
        assert time.monotonic() < last_s, "it never came"
        scanner.send(code.encode() + b"\r")
        time.sleep(0.1)


def test_a_number_waits_for_the_next_part(scanner: PtyScanner, line: Line) -> None:
    scan(scanner, line, "SN1", SerialWaiting("SN1", PORT))
    line.engine.start()
    (part,) = line.inspect()
    assert part.serial == "SN1"


def test_a_lot_is_set(scanner: PtyScanner, line: Line) -> None:
    scan(scanner, line, "LOT:L7", LotChanged("L7"))


def test_a_badge_signs_in_and_a_recipe_code_loads(scanner: PtyScanner, line: Line) -> None:
    line.write_recipe(replace(line.recipe, name="B02", codes=("4711",)))
    scan(scanner, line, "OP:Anna", replace(line.engine.describe(), operator="Anna"))
    for code in ("4711", "RECIPE:a17", "RECIPE:B02"):
        loaded = len(line.heard.of(StationDescribed))
        scanner.send(code.encode() + b"\r")
        line.heard.wait(lambda events, n=loaded: sum(isinstance(e, StationDescribed) for e in events) > n)  # type: ignore[misc]
    assert [told.recipe for told in line.heard.of(StationDescribed)][-3:] == ["B02", "A17", "B02"]


def test_what_cannot_be_done_is_told(scanner: PtyScanner, line: Line) -> None:
    line.run()
    for code, answer in (
        ("CMD:F12", CodeRefused("CMD:F12", CodeRefusal.COMMAND, PORT)),
        ("RECIPE:gone", CodeRefused("RECIPE:gone", CodeRefusal.NO_RECIPE, PORT)),
        ("SN\x07", CodeRefused("", CodeRefusal.UNUSABLE, PORT)),
        ("RECIPE:A17", CommandRefused("SelectRecipe", "the line is running", "pause the line first")),
    ):
        scan(scanner, line, code, answer)
    assert line.engine.state is EngineState.RUNNING


def test_a_lost_scanner_is_an_alarm_until_it_is_back(scanner: PtyScanner, line: Line) -> None:
    scan(scanner, line, "SN1", SerialWaiting("SN1", PORT))
    scanner.unplug()
    line.heard.wait(lambda events: any(isinstance(event, AlarmRaised) for event in events))
    (alarm,) = line.engine.alarms.standing()
    assert (alarm.code, alarm.priority, alarm.where) == ("scanner", Priority.MEDIUM, str(scanner.link))
    scanner.plug()
    line.heard.wait_event(AlarmCleared("scanner"))
    scan(scanner, line, "SN2", SerialWaiting("SN2", PORT))
    assert StateChanged(EngineState.READY) in line.heard.events


def test_a_scanner_that_was_never_there_is_said_once(open_faked: Open, tmp_path: Path) -> None:
    class Missing:
        def __init__(self) -> None:
            self.tries = threading.Semaphore(0)

        def open(self) -> None:
            self.tries.release()
            raise ScannerError("the scanner cannot be opened", where="COM3")

        def read(self) -> tuple[ScannedLine, ...]:
            raise AssertionError("it is not open")

        def close(self) -> None: ...

    missing = Missing()
    line = open_faked(scanner=missing)
    for _ in range(2):
        assert missing.tries.acquire(timeout=PATIENCE_S)
    assert [alarm.count for alarm in line.engine.alarms.standing()] == [1]
