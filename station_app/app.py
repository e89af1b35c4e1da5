"""The composition root: the only room that builds concrete objects and joins them. No rules of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from station_app.config import InferenceSetup, StationConfig, find_config, read_config, recipe_file, recipe_names
from station_app.core.errors import ConfigError
from station_app.core.inspection import Frame, FrameStamp, NoResultReason
from station_app.core.messages import CameraChanged, Event
from station_app.core.recipe import CameraSetup, Recipe
from station_app.devices.camera import Camera
from station_app.devices.freshness import Freshness
from station_app.devices.linescan.flat_field_file import flat_field_path
from station_app.devices.recovery import RecoveringCamera
from station_app.devices.source import open_source
from station_app.engine.address import engine_address, preview_path, read_key
from station_app.engine.engine import Engine, EngineSetup
from station_app.engine.fittings import Makers
from station_app.engine.live_camera import StampCheck
from station_app.engine.plc_line import EngineLine
from station_app.engine.plc_link import PlcLink, PlcRules
from station_app.engine.port_scans import CodeScanner
from station_app.engine.recipe_shelf import PackageLook, RecipeFiles, RecipeShelf, understood
from station_app.engine.server import EngineServer
from station_app.engine.triggers import TriggerSetup, parse_trigger
from station_app.inference.dry_run import ProvedPackages
from station_app.inference.inspector import Inspector
from station_app.inference.package import load_package
from station_app.inference.package_folders import PackageFolders
from station_app.inference.package_look import look_at_packages
from station_app.rollout.opening import open_room
from station_app.rollout.package_store import PACKAGES
from station_app.rollout.room import RolloutRoom
from station_app.store.ledger import DATABASE, IMAGES, StationLedger
from station_app.store.references import REFERENCES, ReferenceFiles
from station_app.store.retention import Limits
from station_app.store.station_key import read_public_key

if TYPE_CHECKING:
    from station_app.sync.courier import Courier

PROVED = "proved-packages.json"
FLAT_FIELDS = "flat-fields"
ANY_CAMERA = ""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line may change about a station; empty means as configured.

    `given_recipe` replaces the recipe folder. `cameras` are (camera id, source); the id `ANY_CAMERA` stands for all.
    """

    data_dir: Path
    config: Path | None = None
    recipe: str = ""
    given_recipe: Recipe | None = None
    cameras: tuple[tuple[str, str], ...] = ()
    trigger: TriggerSetup | None = None
    packages: Path | None = None


@dataclass(frozen=True, slots=True)
class OpenStation:
    """An engine with its records, in this process. `recipe` is the name that `engine.load` should be given."""

    engine: Engine
    ledger: StationLedger
    config: StationConfig
    recipe: str

    def close(self) -> None:
        """End the engine in good order, then the records."""
        self.engine.close()
        self.ledger.close()


def config_of(options: Options) -> StationConfig:
    """The station file that holds. ConfigError where it cannot be read or is wrong."""
    return read_config(find_config(options.data_dir, options.config))


def camera_sources(options: Options) -> dict[str, str]:
    """The camera sources that hold, by camera id. ConfigError where the station file cannot be read."""
    return dict(options.cameras or config_of(options).cameras)


def open_station(options: Options, publish: Callable[[Event], None]) -> OpenStation:
    """Open the records and build the engine. The recipe is not loaded yet: `engine.load` does that."""
    config = config_of(options)
    setup_of = partial(_engine_setup, options, config)
    ledger = open_records(options, config)
    try:
        engine = Engine(setup_of(ledger), ledger, _makers(options, config, publish), publish)
    except BaseException:
        ledger.close()
        raise
    recipe = options.given_recipe.name if options.given_recipe else options.recipe or config.recipe
    return OpenStation(engine, ledger, config, recipe)


def open_records(options: Options, config: StationConfig) -> StationLedger:
    """The records, for who alone writes to them. StorageError where they cannot be opened, or are open already."""
    limits = Limits(config.quota.max_bytes, config.quota.disk_share)
    return StationLedger(options.data_dir, limits, plan=config.sampling)


@contextmanager
def open_model_room(options: Options) -> Iterator[tuple[RolloutRoom, tuple[Recipe, ...]]]:
    """The models of a station whose engine does not run, and its active recipes. StorageError where it runs."""
    config = config_of(options)
    ledger = open_records(options, config)
    try:
        shelf = _recipe_shelf(options, config, ledger)
        active = (shelf.active(name) for name in shelf.names())
        recipes = (understood(saved.text) for saved in active if saved is not None)
        room = open_room(config, options.data_dir, ledger, _package_look(options, config))
        yield room, tuple(recipe for recipe in recipes if recipe is not None)
    finally:
        ledger.close()


def open_server(options: Options, engine: Engine, recent: Callable[[], tuple[Event, ...]]) -> EngineServer:
    """Let clients in. `recent` are events that a new client should see after the station as it is."""

    def welcome() -> tuple[Event, ...]:
        return (*engine.welcome(), *recent())

    return EngineServer(engine_address(options.data_dir), read_key(options.data_dir), engine.obey, welcome)


def open_plc(station: OpenStation) -> PlcLink | None:
    """The PLC that triggers, where the station file has one; not started yet. PlcError where its wire is not there."""
    setup = station.config.plc
    if setup is None:
        return None
    from station_app.devices.modbus_plc import ModbusPlc

    rules = PlcRules(setup.recipes, setup.window_s)
    return PlcLink(ModbusPlc(setup), EngineLine(station.engine), rules, station.engine.books)


def _engine_setup(options: Options, config: StationConfig, ledger: StationLedger) -> EngineSetup:
    given = options.given_recipe
    choice = _given(given) if given is not None else _managed(_recipe_shelf(options, config, ledger))
    return EngineSetup(
        station=config.name,
        trigger=options.trigger or parse_trigger(config.trigger),
        max_in_flight=config.max_in_flight,
        preview=preview_path(options.data_dir),
        database=options.data_dir / DATABASE,
        images=options.data_dir / IMAGES,
        flat_fields=options.data_dir / FLAT_FIELDS,
        recipe_names=choice.names,
        read_recipe=choice.read,
        roster=ledger.roster,
        free_bytes=ledger.free_bytes,
        scanner=_scanner(config),
        recipe_codes=choice.codes,
        shifts=config.shifts,
        shelf=choice.shelf,
        models=open_room(config, options.data_dir, ledger, _package_look(options, config)),
        sending=open_sending(options, config, ledger),
    )


def open_sending(options: Options, config: StationConfig, ledger: StationLedger) -> "Courier | None":
    """Who takes the records out of the station; None where they stay. It opens nothing before its first step."""
    if config.sync is None:
        return None
    from station_app.sync.opening import make_courier

    outbox = partial(ledger.open_outbox, config.sync.sender, config.sync.cutting)
    return make_courier(config.sync, outbox, options.data_dir, partial(read_public_key, options.data_dir))


def _scanner(config: StationConfig) -> CodeScanner | None:
    if config.scanner is None:
        return None
    from station_app.devices.scanner_port import ScannerPort

    return ScannerPort(config.scanner)


@dataclass(frozen=True, slots=True)
class _Choice:
    """The recipes to choose from, and the shelf that manages their revisions, if one does."""

    names: Callable[[], tuple[str, ...]]
    read: Callable[[str], Recipe]
    codes: Callable[[], tuple[tuple[str, str], ...]] = tuple
    shelf: RecipeShelf | None = None


def _given(recipe: Recipe) -> _Choice:
    def read(_: str) -> Recipe:
        return recipe

    return _Choice(lambda: (recipe.name,), read)


def _managed(shelf: RecipeShelf) -> _Choice:
    return _Choice(shelf.names, partial(shelf.read, follows_file=True), shelf.codes, shelf)


def _recipe_shelf(options: Options, config: StationConfig, ledger: StationLedger) -> RecipeShelf:
    files = RecipeFiles(partial(recipe_names, config.recipes), partial(recipe_file, config.recipes))
    return RecipeShelf(ledger, files, _package_look(options, config))


def _package_look(options: Options, config: StationConfig) -> PackageLook:
    proved = ProvedPackages(options.data_dir / PROVED)
    return partial(look_at_packages, _package_folders(options, config), proved)


def _package_folders(options: Options, config: StationConfig) -> PackageFolders:
    """The configured folder, then the one of what came through a channel."""
    return PackageFolders((options.packages or config.packages, options.data_dir / PACKAGES))


def _makers(options: Options, config: StationConfig, publish: Callable[[Event], None]) -> Makers:
    sources = dict(options.cameras or config.cameras)
    proved = ProvedPackages(options.data_dir / PROVED)
    packages, inference = _package_folders(options, config), config.inference
    return Makers(
        camera=partial(_make_camera, sources, publish, options.data_dir / FLAT_FIELDS),
        inspector=partial(_make_inspector, packages, inference, proved),
        shadow_inspector=partial(_make_inspector, packages, replace(inference, threads=1, spinning=False), proved),
        stamp_check=partial(_make_stamp_check, sources, config.judge_still_scenes),
        references=ReferenceFiles(options.data_dir / REFERENCES),
    )


def _make_camera(
    sources: dict[str, str], publish: Callable[[Event], None], flat_fields: Path, setup: CameraSetup
) -> Camera:
    source = _source_of(sources, setup.camera_id)
    if not source:
        known = ", ".join(sources) or "none"
        raise ConfigError(
            f"the recipe asks for camera {setup.camera_id!r} and the station has none of that name",
            where="station file, [cameras]",
            remedy=f'add {setup.camera_id} = "SOURCE" there; it has: {known}',
        )
    make = partial(open_source, source, setup.camera_id, flat_field_path(flat_fields, setup.camera_id))
    return RecoveringCamera(make, on_change=partial(_tell_camera, publish, setup.camera_id))


def _tell_camera(publish: Callable[[Event], None], camera_id: str, is_live: bool, detail: str) -> None:
    publish(CameraChanged(camera_id, is_live, detail))


def _make_inspector(
    packages: PackageFolders, inference: InferenceSetup, proved: ProvedPackages, setup: CameraSetup
) -> Inspector:
    package = load_package(packages.path_of(setup.model.package), expected_sha256=setup.model.sha256)
    return Inspector(
        package,
        provider=setup.model.provider,
        threads=inference.threads,
        spinning=inference.spinning,
        proved=proved,
    )


def open_inspectors(options: Options, recipe: Recipe) -> dict[str, Inspector]:
    """A ready model for each camera of a recipe, away from the line. ModelPackageError where one cannot be used."""
    config = config_of(options)
    make = partial(
        _make_inspector,
        _package_folders(options, config),
        config.inference,
        ProvedPackages(options.data_dir / PROVED),
    )
    return {setup.camera_id: make(setup) for setup in recipe.cameras}


def _source_of(sources: dict[str, str], camera_id: str) -> str:
    return sources.get(camera_id) or sources.get(ANY_CAMERA, "")


def _make_stamp_check(sources: dict[str, str], may_stand_still: bool, camera_id: str) -> StampCheck:
    # A folder may hold the same picture twice; of a camera that is a fault.
    is_replay = _source_of(sources, camera_id).startswith("folder:")
    freshness = Freshness(check_pixels=not (is_replay or may_stand_still))

    def check(stamp: FrameStamp, frame: Frame, triggered_ns: int) -> NoResultReason | None:
        return freshness.fault(stamp, frame.pixels, triggered_ns)

    return check
