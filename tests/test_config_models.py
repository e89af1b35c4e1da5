"""`[models]` of the station file: where models come from, and every mistake with its key."""

from pathlib import Path

import pytest

from station_app.config import DEMO_CONFIG, StationConfig, read_config
from station_app.config_models import ModelsSetup
from station_app.config_sync import StoreSetup
from station_app.core.errors import ConfigError
from station_app.rollout.opening import channel_setup

STATION = """schema = 1
name = "bench"
recipe = "a"
[cameras]
top = "rendered:"
"""
SYNC = '[sync]\nstore = "s3://plant"\nplant = "p1"\nstation = "s1"\n'


def read(folder: Path, more: str) -> StationConfig:
    path = folder / "station.toml"
    path.write_text(f"{STATION}{more}", encoding="utf-8")
    return read_config(path)


def test_no_models_come_unless_a_store_is_named(tmp_path: Path) -> None:
    assert read_config(DEMO_CONFIG).models is None
    setup = channel_setup(read(tmp_path, ""), tmp_path)
    assert (setup.open_store, setup.channel, setup.station) == (None, "stable", "")


def test_a_folder_counts_from_the_station_files(tmp_path: Path) -> None:
    models = read(tmp_path, '[models]\nstore = "folder:channel"\n').models
    assert models == ModelsSetup(StoreSetup(f"folder:{tmp_path / 'channel'}"))


def test_everything_can_be_said(tmp_path: Path) -> None:
    text = (
        '[models]\nstore = "s3://models"\nsettings = "keys.toml"\nallow_http = true\nchannel = "trial"\n'
        'station = "s7"\nevery_minutes = 2\nstale_days = 30\n'
    )
    config = read(tmp_path, text)
    store = StoreSetup("s3://models", tmp_path / "keys.toml", allow_http=True)
    assert config.models == ModelsSetup(store, "trial", "s7", 2.0, 30.0)
    setup = channel_setup(config, tmp_path)
    assert (setup.channel, setup.station, setup.look_every_s, setup.stale_days) == ("trial", "s7", 120.0, 30.0)


def test_a_station_has_the_name_of_its_records_where_none_is_said(tmp_path: Path) -> None:
    assert channel_setup(read(tmp_path, f'{SYNC}[models]\nstore = "s3://models"\n'), tmp_path).station == "s1"
    assert channel_setup(read(tmp_path, SYNC), tmp_path).station == "s1"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('channel = "stable"', "store"),
        ('store = "ftp://x"', "store"),
        ('store = "folder:x"\nchannel = "../x"', "channel"),
        ('store = "folder:x"\nstation = "S 1"', "station"),
        ('store = "folder:x"\nevery_minutes = 0', "every_minutes"),
        ('store = "folder:x"\nstale_days = -1', "stale_days"),
        ('store = "folder:x"\nbranch = "y"', "branch"),
    ],
)
def test_a_mistake_names_its_key(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(ConfigError, match=rf"models\.{key}"):
        read(tmp_path, f"[models]\n{text}\n")
