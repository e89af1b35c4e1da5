"""Records leave a real station: beside its line, by hand, and not at all; and what a terminal is told of it."""

import gzip
import json
import re
import socket
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from station_app.command_line.main import main
from station_app.config import DEMO_CONFIG
from station_app.core.inspection import Disposition
from station_app.core.messages import (
    CommandRefused,
    OverrideRecorded,
    PartInspected,
    Pause,
    RecordOverride,
    Start,
    TriggerPart,
)
from station_app.core.sync_messages import SyncNow, SyncReported, SyncState
from station_app.sync.folder_remote import FolderRemote
from tests.end_to_end.programs import PATIENCE_S, connected, end_engine, heard, run_program, started_program

SYNC = """
[sync]
store = "folder:{store}"
plant = "p1"
station = "s1"
batch_records = 1
history_parts = 1
history_seconds = 1
{more}
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    folder.mkdir()
    return folder


def station(tmp_path: Path, store: Path, more: str = "") -> Path:
    """The data folder of a demo station that sends its records."""
    data = tmp_path / "data"
    data.mkdir(exist_ok=True)
    text = DEMO_CONFIG.read_text(encoding="utf-8").replace("autostart = true", "autostart = false")
    text = text.replace('"recipes"', f'"{DEMO_CONFIG.parent / "recipes"}"')
    text = text.replace('"../assets/models"', f'"{DEMO_CONFIG.parents[1] / "assets" / "models"}"')
    text = text.replace('trigger = "timer:1"', 'trigger = "software"')
    (data / "station.toml").write_text(text + SYNC.format(store=store, more=more), encoding="utf-8")
    return data


def inspect_and_decide(data: Path, parts: int) -> None:
    """Parts with a decision each, of a running engine."""
    with connected(data) as client:
        client.send(Start())
        for _ in range(parts):
            client.send(TriggerPart())
            told = heard(client, PartInspected)
            client.send(RecordOverride(told.part_id, Disposition.AGREE, "wang"))
            heard(client, OverrideRecorded)
        client.send(Pause())


def events(store: Path) -> list[dict[str, object]]:
    remote = FolderRemote(store)
    bodies = [remote.read(name) for name in remote.names("v1/") if name.endswith(".jsonl.gz")]
    lines = [line for body in bodies if body for line in gzip.decompress(body).splitlines()]
    return [json.loads(line) for line in lines]


def decisions(store: Path) -> int:
    return sum(event["type"] == "station.decision.v1" for event in events(store))


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)


def sync(data: Path, *words: str) -> tuple[int, str]:
    """Exit status, and all that is said."""
    said = StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = main(["sync", *words, "--data-dir", str(data)])
    return code, said.getvalue()


def test_a_running_station_sends_what_is_said_of_its_parts(tmp_path: Path, store: Path) -> None:
    data = station(tmp_path, store)
    with started_program("engine", "--data-dir", data):
        inspect_and_decide(data, 2)
        wait_until(lambda: decisions(store) == 2)
        with connected(data) as client:
            told = heard(client, SyncReported)
        assert told.store == f"folder:{store}" and told.state in (SyncState.IDLE, SyncState.SENDING)
        code, words = sync(data, "status")
        assert code == 0 and "as v1/plant=p1/station=s1" in words and "last receipt: 20" in words
        code, words = sync(data, "send")
        assert code == 1 and "sync now asks it" in words
        code, words = sync(data, "now")
        assert code == 1 and "this needs an account" in words
        end_engine(data)
    assert len({str(event["id"]) + str(event["source"]) for event in events(store)}) == len(events(store))
    claims = [name for name in FolderRemote(store).names("v1/") if "/claims/" in name]
    assert len(claims) == 1
    assert run_program("verify", "--data-dir", data).returncode == 0


def test_what_waits_is_sent_by_hand(tmp_path: Path, store: Path) -> None:
    store.rmdir()  # a share that is not mounted
    data = station(tmp_path, store)
    with started_program("engine", "--data-dir", data):
        inspect_and_decide(data, 1)
        with connected(data) as client:
            told = heard(client, SyncReported, lambda told: told.state is SyncState.WAITING)
            assert told.what == "the folder is not there" and told.next_try_ms is not None
            client.send(SyncNow())
            assert heard(client, CommandRefused).command == "SyncNow"
        end_engine(data)
    code, words = sync(data, "status")
    # The part may have been drawn for the blind sample as well.
    assert code == 0 and "no engine runs" in words and re.search(r"waiting: [12] records", words), words
    code, words = sync(data, "now")
    assert code == 1 and "no engine runs" in words and "sync send" in words
    store.mkdir()
    code, words = sync(data, "send")
    assert code == 0, words
    assert "all that is ready was sent" in words and "waiting: 0 records" in words
    assert decisions(store) == 1


def test_a_store_that_hangs_does_not_hold_up_the_end(tmp_path: Path) -> None:
    pytest.importorskip("obstore", reason="the extra [sync] is not installed")
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        data = station(tmp_path, tmp_path, "settings = 'keys.toml'\nallow_http = true")
        path = data / "station.toml"
        path.write_text(path.read_text(encoding="utf-8").replace(f"folder:{tmp_path}", "s3://plant"), encoding="utf-8")
        keys = data / "keys.toml"
        keys.touch(mode=0o600)
        endpoint = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        keys.write_text(f"endpoint = '{endpoint}'\naccess_key_id = 'a'\nsecret_access_key = 'b'\nregion = 'r'\n")
        with started_program("engine", "--data-dir", data) as engine:
            inspect_and_decide(data, 1)
            held, _ = deaf.accept()
            with held:
                engine.terminate()
                assert engine.wait(PATIENCE_S) == 0
    assert run_program("verify", "--data-dir", data).returncode == 0


def test_a_copied_station_is_told_what_to_do(tmp_path: Path, store: Path) -> None:
    data = station(tmp_path, store)
    (store / "v1/plant=p1/station=s1/claims").mkdir(parents=True)
    (store / "v1/plant=p1/station=s1/claims/00000001.json").write_text("{}")
    run_program("run", "--data-dir", data, "--camera", "rendered:", "--parts", "1", "--recipe", "housing")
    code, words = sync(data, "send")
    assert code == 1 and "another computer sends under this station's name" in words and "sync claim" in words
    code, words = sync(data, "claim")
    assert code == 0 and "OK claim 2 of v1/plant=p1/station=s1" in words
    assert sync(data, "send")[0] == 0


def test_the_doctor_tries_the_stations_own_store(tmp_path: Path, store: Path) -> None:
    data = station(tmp_path, store)
    code, words = sync(data, "doctor")
    assert code == 0, words
    assert "objects can be written" in words and "clocks of store and station agree" in words
    assert not [path for path in store.rglob("*") if path.is_file()]


@pytest.mark.parametrize("act", ["status", "now", "send", "claim", "doctor"])
def test_without_a_store_every_act_says_so(tmp_path: Path, act: str) -> None:
    code, words = sync(tmp_path, act)
    assert code == 1 and "no store is set up" in words and "[sync]" in words


def test_a_store_that_is_wrong_keeps_the_station_from_starting(tmp_path: Path) -> None:
    data = station(tmp_path, tmp_path, more="bytes_per_days = 1\nproxy = 3")
    told = run_program("engine", "--data-dir", data)
    assert told.returncode == 1
    assert "sync.bytes_per_days: unknown key" in told.stderr and "sync.proxy: must be text" in told.stderr
