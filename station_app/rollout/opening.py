"""The room of models out of what the station file says. Nothing is opened before the first look."""

from functools import partial
from pathlib import Path

from station_app.config import StationConfig
from station_app.config_models import CHANNEL, ModelsSetup
from station_app.engine.audit_trail import STATION
from station_app.engine.recipe_shelf import PackageLook
from station_app.rollout.room import ChannelSetup, RolloutRoom
from station_app.rollout.stores import ChannelStore
from station_app.store.ledger import StationLedger


def open_room(config: StationConfig, data_dir: Path, ledger: StationLedger, look: PackageLook) -> RolloutRoom:
    """Of a station whose file names no channel as well: a stick can be read there."""

    def note_key(action: str, key: str, by: str) -> None:
        ledger.audit(STATION, action, f"key {key}", by).result()

    return RolloutRoom(channel_setup(config, data_dir), ledger.models, look, note_key)


def channel_setup(config: StationConfig, data_dir: Path) -> ChannelSetup:
    """The channel of this station."""
    models = config.models
    sent_as = config.sync.sender.station if config.sync is not None else ""
    return ChannelSetup(
        data_dir=data_dir,
        station=(models.station if models is not None else "") or sent_as,
        open_folder=_open_folder,
        channel=models.channel if models is not None else CHANNEL,
        open_store=partial(_open_store, models) if models is not None else None,
        stale_days=models.stale_days if models is not None else 0.0,
        look_every_s=60 * models.every_minutes if models is not None else 0.0,
    )


def _open_folder(folder: Path) -> ChannelStore:
    from station_app.sync.folder_remote import FolderRemote

    return FolderRemote(folder)


def _open_store(models: ModelsSetup) -> ChannelStore:
    from station_app.sync.opening import open_remote

    return open_remote(models.store)
