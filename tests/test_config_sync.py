"""`[sync]` of the station file: where records go, and every mistake with its key."""

from pathlib import Path

import pytest

from station_app.config import DEMO_CONFIG, read_config
from station_app.config_sync import StoreSetup, SyncSetup
from station_app.core.errors import ConfigError
from station_app.core.outgoing import Cutting, Sender

STATION = """schema = 1
name = "bench"
recipe = "a"
[cameras]
top = "rendered:"
"""
LEAST = 'store = "s3://plant"\nplant = "p1"\nstation = "s1"\n'


def read(folder: Path, sync: str) -> SyncSetup | None:
    path = folder / "station.toml"
    path.write_text(f"{STATION}[sync]\n{sync}", encoding="utf-8")
    return read_config(path).sync


def test_records_stay_unless_a_store_is_named(tmp_path: Path) -> None:
    assert read(tmp_path, "") is None
    assert read_config(DEMO_CONFIG).sync is None


def test_a_store_and_a_name_are_enough(tmp_path: Path) -> None:
    assert read(tmp_path, LEAST) == SyncSetup(Sender("p1", "s1"), StoreSetup("s3://plant"))


def test_everything_can_be_said(tmp_path: Path) -> None:
    setup = read(
        tmp_path,
        'store = "gs://records/line-3"\nplant = "p-1"\nstation = "0-s"\nsettings = "keys.toml"\nca = "/etc/plant.pem"\n'
        'proxy = "http://proxy:3128"\nallow_http = true\nbytes_per_day = 5\nhistory = false\nlate_hours = 2\n'
        "batch_records = 7\nbatch_seconds = 8\nhistory_parts = 9\nhistory_seconds = 10\n",
    )
    store = StoreSetup(
        "gs://records/line-3", tmp_path / "keys.toml", Path("/etc/plant.pem"), "http://proxy:3128", allow_http=True
    )
    cutting = Cutting(records=7, linger_ms=8_000, parts=9, history_ms=10_000, has_history=False)
    assert setup == SyncSetup(Sender("p-1", "0-s"), store, 5, 2.0, cutting)


def test_a_folder_counts_from_the_station_files(tmp_path: Path) -> None:
    setup = read(tmp_path, LEAST.replace("s3://plant", "folder:share/records"))
    assert setup is not None and setup.store.store == f"folder:{tmp_path / 'share' / 'records'}"


@pytest.mark.parametrize(
    ("sync", "told"),
    [
        ("plant = 'p1'\nstation = 's1'", "sync.store: missing"),
        (LEAST.replace("s3://plant", "ftp://plant"), "sync.store: must begin with one of folder:, s3://, az://, gs://"),
        (LEAST.replace("s3://plant", "s3://"), "sync.store: names no folder or bucket"),
        (LEAST.replace("s3://plant", "folder:"), "sync.store: names no folder or bucket"),
        (LEAST.replace('"p1"', '"Plant 1"'), "sync.plant: must be small letters, digits and dashes"),
        (LEAST.replace('"s1"', '"../s1"'), "sync.station: must be small letters, digits and dashes"),
        (LEAST.replace('"s1"', f'"{"s" * 64}"'), "sync.station: must be small letters, digits and dashes"),
        (LEAST + "bytes_per_day = -1", "sync.bytes_per_day: must be a whole number"),
        (LEAST + "late_hours = 0", "sync.late_hours: must be a number"),
        (LEAST + "batch_records = 0", "sync.batch_records: must be a whole number"),
        (LEAST + "history = 1", "sync.history: must be true or false"),
        (LEAST + "byte_per_day = 1", "sync.byte_per_day: unknown key"),
    ],
)
def test_a_mistake_is_told_with_its_key(tmp_path: Path, sync: str, told: str) -> None:
    with pytest.raises(ConfigError) as error:
        read(tmp_path, sync)
    assert told in str(error.value)


def test_the_shipped_example_can_be_switched_on(tmp_path: Path) -> None:
    lines = DEMO_CONFIG.read_text(encoding="utf-8").splitlines()
    example = lines[lines.index("# [sync]") + 1 :]
    example = example[: example.index("")]
    setup = read(tmp_path, "\n".join(line.removeprefix("# ") for line in example))
    assert setup is not None and setup.sender == Sender("p1", "st-0001")
    assert setup.cutting == Cutting() and setup.bytes_per_day == 2_000_000_000
