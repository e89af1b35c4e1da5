"""Window and engine as two programs: each may die, and the line goes on or comes back. Real processes, no display."""

import os
import signal
import sys
from pathlib import Path

import pytest

from station_app.core.inspection import Disposition
from station_app.core.messages import (
    EngineState,
    HealthReported,
    OverrideRecorded,
    PartInspected,
    Pause,
    RecordOverride,
    StateChanged,
    StationDescribed,
)
from station_app.engine.client import EngineClient
from tests.end_to_end.programs import connected, end_engine, heard, logged, run_program, started_program, wait_gone

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def _pid(client: EngineClient) -> int:
    return heard(client, StationDescribed).pid


def test_closing_the_window_ends_the_engine_that_it_started(tmp_path: Path) -> None:
    with started_program("--data-dir", tmp_path, has_window=True) as window:
        with connected(tmp_path) as client:
            engine = _pid(client)
            heard(client, PartInspected)
        window.send_signal(signal.SIGTERM)
        assert window.wait(30) == 0
        assert wait_gone(engine)
    assert run_program("verify", "--data-dir", tmp_path).returncode == 0


def test_the_line_goes_on_without_its_window_and_the_next_window_attaches(tmp_path: Path) -> None:
    with started_program("--data-dir", tmp_path, has_window=True) as window, connected(tmp_path) as client:
        engine = _pid(client)
        assert logged(tmp_path / "logs" / "window.log", "first picture")
        window.kill()
        window.wait()
        before = heard(client, PartInspected).counters.triggers
        heard(client, PartInspected, lambda event: event.counters.triggers > before)
    with started_program("--data-dir", tmp_path, has_window=True) as window, connected(tmp_path) as client:
        assert _pid(client) == engine
        assert logged(tmp_path / "logs" / "window.log", "first picture", times=2)
        window.send_signal(signal.SIGTERM)
        assert window.wait(30) == 0
        heard(client, HealthReported)  # a window ends only the engine that it started itself
    end_engine(tmp_path)
    assert wait_gone(engine)


def test_a_killed_engine_comes_back_running_and_no_trigger_is_without_a_record(tmp_path: Path) -> None:
    with started_program("--data-dir", tmp_path, has_window=True) as window:
        with connected(tmp_path) as client:
            first = _pid(client)
            last = heard(client, PartInspected).part_id
            os.kill(first, signal.SIGKILL)
        assert wait_gone(first)
        with connected(tmp_path) as client:
            assert _pid(client) != first
            assert heard(client, PartInspected).part_id > last
        window.send_signal(signal.SIGTERM)
        assert window.wait(30) == 0
    checked = run_program("verify", "--data-dir", tmp_path)
    assert checked.returncode == 0, checked.stdout


def test_a_line_that_was_paused_stays_paused_when_its_engine_comes_back(tmp_path: Path) -> None:
    with started_program("--data-dir", tmp_path, has_window=True) as window:
        with connected(tmp_path) as client:
            first = _pid(client)
            heard(client, PartInspected)
            client.send(Pause())
            heard(client, StateChanged, lambda event: event.state is EngineState.PAUSED)
            os.kill(first, signal.SIGKILL)
        assert wait_gone(first)
        with connected(tmp_path) as client:
            heard(client, StateChanged, lambda event: event.state is EngineState.READY)
            assert heard(client, HealthReported).counters.triggers == 0
        window.send_signal(signal.SIGTERM)
        assert window.wait(30) == 0


def test_an_override_is_answered_when_it_is_on_disk(tmp_path: Path) -> None:
    with started_program("engine", "--data-dir", tmp_path) as engine, connected(tmp_path) as client:
        part = heard(client, PartInspected)
        client.send(RecordOverride(part.part_id, Disposition.UNSURE, "Li Wei"))
        told = heard(client, OverrideRecorded)
        assert (told.part_id, told.standing, told.operator) == (part.part_id, Disposition.UNSURE, "Li Wei")
        engine.send_signal(signal.SIGTERM)
        assert engine.wait(20) == 0
