"""The real program on a PLC over Modbus TCP: what the PLC was told is what was recorded, also when the engine dies."""

import signal
import time
from pathlib import Path

import pytest

from station_app.core.handshake_bits import Control, Status, read_result_word
from station_app.store.archive import StationArchive
from tests.devices.test_modbus_plc import Master
from tests.end_to_end.programs import run_program, started_program
from tests.free_port import free_port

pytest.importorskip("pymodbus", reason="the extra [plc] is not installed")

ROOT = Path(__file__).parents[2]
ENABLE, TRIGGER, ACK = Control.TRIGGER_ENABLE, Control.TRIGGER, Control.RESULTS_ACK
HELD = ENABLE | Control.BUFFER_RESULTS
START_S = 40.0
PARTS = 12


@pytest.fixture
def port(tmp_path: Path) -> int:
    """Where the station of this test's data folder listens."""
    number = free_port()
    station_file(tmp_path, number)
    return number


def station_file(data_dir: Path, port: int) -> None:
    """The demo's, with a PLC that triggers and more bad parts."""
    text = (ROOT / "configs" / "station.toml").read_text(encoding="utf-8")
    text = text.replace('trigger = "timer:1"', 'trigger = "plc"').replace("seed=2026,rate=0.2", "seed=7,rate=0.5")
    for name in ("recipes", "../assets/models"):
        text = text.replace(f'"{name}"', f'"{(ROOT / "configs" / name).resolve()}"')
    (data_dir / "station.toml").write_text(f"{text}\n[plc]\nport = {port}\n", encoding="utf-8")


def connected(port: int) -> Master:
    end = time.monotonic() + START_S
    while True:
        try:
            return Master(port)
        except (AssertionError, OSError):
            assert time.monotonic() < end, "the station does not listen"
            time.sleep(0.1)


def part(master: Master) -> tuple[int, str]:
    """One part through all four phases: its number in the records, and what the PLC was told."""
    master.until(lambda status: Status.TRIGGER_READY in status)
    assert master.write(HELD | TRIGGER)
    master.until(lambda status: Status.TRIGGER_ACK in status)
    wanted = master.output()[2]
    assert master.write(HELD)
    status = master.until(lambda status: Status.RESULTS_VALID in status)
    words = master.output()
    assert words[3] == words[101] == wanted
    code = read_result_word(words[100])
    assert (Status.JOB_PASS in status) == (code.name == "PASS")
    assert master.write(HELD | ACK)
    master.until(lambda status: Status.RESULTS_VALID not in status)
    assert master.write(HELD)
    return words[10] | words[11] << 16, code.name


def test_what_the_plc_was_told_is_on_record(tmp_path: Path, port: int) -> None:
    with started_program("engine", "--data-dir", tmp_path) as engine:
        master = connected(port)
        master.write(Control(0))
        master.write(HELD)
        told = dict(part(master) for _ in range(PARTS))
        engine.send_signal(signal.SIGTERM)
        engine.wait(START_S)
        master.close()
    records = StationArchive(tmp_path).inspections(range(1, PARTS + 1))
    assert {record.part_id: record.verdict.name for record in records} == told
    assert len(set(told.values())) > 1
    checked = run_program("verify", "--data-dir", tmp_path)
    assert checked.returncode == 0, checked.stdout


def test_an_engine_that_is_killed_is_a_line_that_does_not_answer(tmp_path: Path, port: int) -> None:
    with started_program("engine", "--data-dir", tmp_path) as engine:
        master = connected(port)
        master.write(Control(0))
        master.write(HELD)
        part(master)
        master.until(lambda status: Status.TRIGGER_READY in status)
        master.write(HELD | TRIGGER)
        master.until(lambda status: Status.TRIGGER_ACK in status)
        engine.kill()
        engine.wait(START_S)
        with pytest.raises(Exception, match=r"(?i)connection|modbus"):
            for _ in range(50):
                master.status()
        master.close()
    with started_program("engine", "--data-dir", tmp_path):
        master = connected(port)
        assert Status.JOB_PASS not in master.status(), "nothing of before passes"
        master.write(HELD | TRIGGER)
        time.sleep(0.2)
        assert master.output()[2] == 0, "a trigger that stood at the connection is none"
        master.write(HELD)
        number, _ = part(master)
        assert number == 3, "the part that was cut off keeps its number"
        master.close()
