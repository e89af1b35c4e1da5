"""The composition root: the only room that builds concrete objects and joins them. No rules of its own."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from station_app.config import StationConfig, read_config, read_recipe, recipe_names
from station_app.core.errors import ConfigError
from station_app.core.messages import CameraChanged, Event
from station_app.core.recipe import CameraSetup
from station_app.devices.camera import Camera
from station_app.devices.freshness import Freshness
from station_app.devices.recovery import RecoveringCamera
from station_app.devices.source import open_source
from station_app.engine.acquire import StampCheck
from station_app.engine.address import engine_address, preview_path, read_key
from station_app.engine.engine import Engine, EngineSetup
from station_app.engine.rig import Makers
from station_app.engine.server import EngineServer
from station_app.engine.triggers import TriggerSetup, parse_trigger
from station_app.inference.inspector import Inspector
from station_app.inference.package import load_package
from station_app.store.ledger import DATABASE, IMAGES, StationLedger
from station_app.store.retention import Limits

log = logging.getLogger(__name__)

SHIPPED = Path(__file__).resolve().parent.parent
"""Where `configs/` and `assets/` lie, beside the package, from source and in the bundle."""

DEMO_CONFIG = SHIPPED / "configs" / "station.toml"


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line may change about a station: another recipe, cameras, trigger; empty means as configured."""

    data_dir: Path
    config: Path | None = None
    recipe: str = ""
    recipe_file: Path | None = None
    cameras: tuple[tuple[str, str], ...] = ()
    trigger: TriggerSetup | None = None
    packages: Path | None = None


@dataclass(frozen=True, slots=True)
class RunningStation:
    """An engine with its records, in this process."""

    engine: Engine
    ledger: StationLedger
    config: StationConfig

    def close(self) -> None:
        """End the engine in good order, then the records."""
        self.engine.close()
        self.ledger.close()


def find_config(options: Options) -> Path:
    """The station file: as given, else the data folder's, else the shipped demo's."""
    if options.config is not None:
        return options.config
    own = options.data_dir / "station.toml"
    return own if own.exists() else DEMO_CONFIG


def open_station(options: Options, publish: Callable[[Event], None]) -> RunningStation:
    """Open the records and build the engine. The recipe is not loaded yet: `engine.load` does that."""
    config = read_config(find_config(options))
    limits = Limits(config.quota.max_bytes, config.quota.disk_share)
    ledger = StationLedger(options.data_dir, limits)
    try:
        engine = Engine(_engine_setup(options, config, ledger), ledger, _makers(options, config, publish), publish)
    except BaseException:
        ledger.close()
        raise
    return RunningStation(engine, ledger, config)


def open_server(options: Options, engine: Engine) -> EngineServer:
    """Let clients in."""
    key = read_key(options.data_dir)
    return EngineServer(engine_address(options.data_dir), key, engine.obey, engine.welcome)


def _engine_setup(options: Options, config: StationConfig, ledger: StationLedger) -> EngineSetup:
    folder = options.recipe_file.parent if options.recipe_file else config.recipes
    return EngineSetup(
        station=config.name,
        trigger=options.trigger or parse_trigger(config.trigger),
        max_in_flight=config.max_in_flight,
        preview=preview_path(options.data_dir),
        database=options.data_dir / DATABASE,
        images=options.data_dir / IMAGES,
        recipe_names=partial(recipe_names, folder),
        read_recipe=partial(read_recipe, folder),
        free_bytes=ledger.free_bytes,
    )


def _makers(options: Options, config: StationConfig, publish: Callable[[Event], None]) -> Makers:
    sources = dict(options.cameras or config.cameras)
    return Makers(
        camera=partial(_make_camera, sources, publish),
        inspector=partial(_make_inspector, options.packages or config.packages, config),
        stamp_check=partial(_make_stamp_check, is_still=config.judge_still_scenes or bool(options.cameras)),
    )


def _make_camera(sources: dict[str, str], publish: Callable[[Event], None], setup: CameraSetup) -> Camera:
    source = sources.get(setup.camera_id)
    if source is None:
        known = ", ".join(sources) or "none"
        raise ConfigError(
            f"the recipe asks for camera {setup.camera_id!r} and the station has none of that name",
            where="station file, [cameras]",
            remedy=f"add {setup.camera_id} = \"SOURCE\" there; it has: {known}",
        )
    make = partial(open_source, source, setup.camera_id)
    return RecoveringCamera(make, on_change=partial(_tell_camera, publish, setup.camera_id))


def _tell_camera(publish: Callable[[Event], None], camera_id: str, is_live: bool, detail: str) -> None:
    publish(CameraChanged(camera_id, is_live, detail))


def _make_inspector(packages: Path, config: StationConfig, setup: CameraSetup) -> Inspector:
    package = load_package(packages / setup.model.package, expected_sha256=setup.model.sha256)
    provider = setup.model.provider
    return Inspector(package, provider=provider, threads=config.inference.threads, spinning=config.inference.spinning)


def _make_stamp_check(camera_id: str, is_still: bool) -> StampCheck:
    freshness = Freshness(check_pixels=not is_still)

    def check(stamp, frame, triggered_ns):  # type: ignore[no-untyped-def]
        return freshness.fault(stamp, frame.pixels, triggered_ns)

    return check
