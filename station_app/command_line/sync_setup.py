"""`[sync]` of the station that a command is about."""

from argparse import Namespace

from station_app.command_line.arguments import data_dir_of
from station_app.config import StationConfig, find_config, read_config
from station_app.config_sync import SyncSetup
from station_app.core.errors import ConfigError


def sync_of(arguments: Namespace) -> SyncSetup:
    """What the station file says. ConfigError where nothing is to leave the station."""
    path = find_config(data_dir_of(arguments), arguments.config)
    setup = read_config(path).sync
    if setup is None:
        raise ConfigError("no store is set up", where=str(path), remedy="write [sync] into the station file")
    return setup


def config_of(arguments: Namespace) -> StationConfig:
    """The whole station file."""
    return read_config(find_config(data_dir_of(arguments), arguments.config))
