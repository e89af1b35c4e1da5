"""The station file: one TOML per machine, read once into frozen dataclasses. Every mistake is reported at once."""

from dataclasses import dataclass, field
from datetime import time
from functools import lru_cache
from pathlib import Path

from station_app.config_models import ModelsSetup, read_models
from station_app.config_plc import PlcSetup, read_plc
from station_app.config_sync import SyncSetup, read_sync
from station_app.core.errors import ConfigError
from station_app.core.fields import Fields, parse_toml, raise_all
from station_app.core.recipe import Recipe
from station_app.core.recipe_toml import parse_recipe
from station_app.core.shifts import parse_start
from station_app.quality.review_plan import ReviewPlan, Shares
from station_app.quality.seeding import MOST_SEEDED

SHIPPED = Path(__file__).resolve().parent.parent
"""Where `configs/` and `assets/` lie, beside the package, from source and in the bundle."""

DEMO_CONFIG = SHIPPED / "configs" / "station.toml"
SCHEMA = 1
LEAST_PROBABILITY = 1e-6
"""Of being drawn for a blind review."""
LANGUAGES = ("en", "zh_CN")


@dataclass(frozen=True, slots=True)
class InferenceSetup:
    """Threads of one model session, and whether they spin while they wait (faster at full speed, costs a core)."""

    threads: int = 1
    spinning: bool = False


@dataclass(frozen=True, slots=True)
class ImageQuota:
    """Bytes that stored images may take, and the share of the disk from which no image is stored any more."""

    max_bytes: int = 50_000_000_000
    disk_share: float = 0.90


@dataclass(frozen=True, slots=True)
class ScannerSetup:
    """A code scanner at a serial port. Any character of `end` ends a code; every code begins with `prefix`."""

    port: str
    baud: int = 9600
    end: str = "\r\n"
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class MetricsSetup:
    """Where Prometheus may read the station's figures; anything but loopback is open to whoever reaches the port."""

    port: int
    address: str = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class StationConfig:
    """Everything that belongs to this machine and not to a product. Paths are absolute.

    `trigger` is parsed where it is used; with `is_autostart` the line runs as soon as the recipe is loaded.
    `pixels_per_mm` is that of the monitor, 0 where the monitor is believed; `judge_still_scenes` is for sources that
    truly repeat the same picture, where the check for a frozen camera would refuse them. `shifts` are the local times
    of day at which a shift begins; none where the engine's start counts as one. `sampling` says which parts are drawn
    for a blind review. `export_folder` is where the window proposes to put exports; `sync` is None where records stay,
    `models` where no models come.
    """

    name: str
    recipe: str
    trigger: str
    cameras: tuple[tuple[str, str], ...]
    recipes: Path
    packages: Path
    language: str = "en"
    is_autostart: bool = False
    max_in_flight: int = 3
    inference: InferenceSetup = InferenceSetup()
    quota: ImageQuota = ImageQuota()
    pixels_per_mm: float = 0.0
    judge_still_scenes: bool = False
    scanner: ScannerSetup | None = None
    shifts: tuple[time, ...] = ()
    sampling: ReviewPlan = field(default_factory=ReviewPlan)
    export_folder: Path | None = None
    sync: SyncSetup | None = None
    models: ModelsSetup | None = None
    metrics: MetricsSetup | None = None
    plc: PlcSetup | None = None


def find_config(data_dir: Path, given: Path | None) -> Path:
    """The station file: as given, else the data folder's own, else the shipped demo's."""
    own = data_dir / "station.toml"
    return given or (own if own.exists() else DEMO_CONFIG)


def read_config(path: Path) -> StationConfig:
    """The station file at `path`. ConfigError where it is missing or wrong; relative paths count from its folder."""
    top = parse_toml(_read_text(path, "station file"), str(path))
    top.integer("schema", low=SCHEMA, high=SCHEMA)
    config = StationConfig(
        name=top.text("name"),
        recipe=top.text("recipe"),
        trigger=top.text("trigger", "software"),
        cameras=_cameras(top.table("cameras")),
        recipes=(path.parent / top.text("recipes", "recipes")).resolve(),
        packages=(path.parent / top.text("packages", "packages")).resolve(),
        language=_language(top),
        is_autostart=top.flag("autostart", False),
        max_in_flight=top.integer("max_in_flight", 3, low=1, high=64),
        inference=_inference(top.table("inference")),
        quota=_quota(top.table("images")),
        pixels_per_mm=top.number("pixels_per_mm", 0.0, low=0, high=100),
        judge_still_scenes=top.flag("judge_still_scenes", False),
        scanner=_scanner(top.table("scanner")),
        shifts=_shifts(top.table("shifts")),
        sampling=_sampling(top.table("sampling")),
        export_folder=_export_folder(top.table("exports"), path.parent),
        sync=read_sync(top.table("sync"), path.parent.resolve()),
        models=read_models(top.table("models"), path.parent.resolve()),
        metrics=_metrics(top.table("metrics")),
        plc=read_plc(top.table("plc")),
    )
    top.finish()
    if not config.cameras:
        top.error("cameras", 'at least one camera is needed, as ID = "SOURCE"')
    if config.trigger == "plc" and config.plc is None:
        top.error("trigger", "is a PLC, and there is no [plc]")
    raise_all(top, str(path))
    return config


def recipe_names(folder: Path) -> tuple[str, ...]:
    """The recipes to choose from: the stems of the TOML files in the recipe folder."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def recipe_codes(folder: Path) -> tuple[tuple[str, str], ...]:
    """Each printed text that selects a recipe of the folder, with that recipe. A recipe that is wrong has none."""
    return tuple((code, path.stem) for path in sorted(folder.glob("*.toml")) for code in _codes(path))


def _codes(path: Path) -> tuple[str, ...]:
    try:
        return _codes_in(path, path.stat().st_mtime_ns)
    except (ConfigError, OSError):
        return ()


@lru_cache(maxsize=512)
def _codes_in(path: Path, _: int) -> tuple[str, ...]:
    """Read once for every change of the file: the station is described often."""
    return read_recipe_file(path).codes


def read_recipe(folder: Path, name: str) -> Recipe:
    """The recipe `name` of the folder. ConfigError where there is none, or it is wrong."""
    return read_recipe_file(_recipe_path(folder, name))


def _recipe_path(folder: Path, name: str) -> Path:
    if name not in recipe_names(folder):
        known = ", ".join(recipe_names(folder))
        remedy = f"choose one of: {known}" if known else "put its file there, or name another folder as recipes"
        raise ConfigError(f"there is no recipe {name!r}", where=str(folder), remedy=remedy)
    return folder / f"{name}.toml"


def recipe_file(folder: Path, name: str) -> tuple[str, str]:
    """The text of the recipe's file, and where it lies. ConfigError where there is none."""
    path = _recipe_path(folder, name)
    return _read_text(path, "recipe"), str(path)


def read_recipe_file(path: Path) -> Recipe:
    """The recipe in this file. ConfigError where it cannot be read or is wrong."""
    return parse_recipe(_read_text(path, "recipe"), str(path))


def _read_text(path: Path, kind: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"the {kind} cannot be read: {error}", where=str(path), remedy="check the path") from error


def _cameras(fields: Fields) -> tuple[tuple[str, str], ...]:
    return tuple((key, str(value)) for key, value in fields.scalars())


def _language(top: Fields) -> str:
    language = top.text("language", "en")
    if language not in LANGUAGES:
        top.error("language", f"must be one of {', '.join(LANGUAGES)}")
    return language


def _shifts(fields: Fields) -> tuple[time, ...]:
    starts = []
    for text in fields.texts("starts", ()):
        try:
            starts.append(parse_start(text))
        except ValueError:
            fields.error("starts", f"must be times of day such as 06:00, not {text!r}")
    if len(set(starts)) != len(starts):
        fields.error("starts", "names a time twice")
    fields.finish()
    return tuple(sorted(starts))


def _export_folder(fields: Fields, beside: Path) -> Path | None:
    """`[exports]`; a relative folder counts from the station file's."""
    folder = fields.text("folder", "")
    fields.finish()
    return (beside / folder).resolve() if folder else None


def _metrics(fields: Fields) -> MetricsSetup | None:
    """`[metrics]`; None where the file has none: then nothing listens."""
    if fields.is_empty:
        return None
    setup = MetricsSetup(fields.integer("port", low=1, high=65535), fields.text("address", "127.0.0.1"))
    fields.finish()
    return setup


def _inference(fields: Fields) -> InferenceSetup:
    setup = InferenceSetup(fields.integer("threads", 1, low=1, high=64), fields.flag("spinning", False))
    fields.finish()
    return setup


def _scanner(fields: Fields) -> ScannerSetup | None:
    """`[scanner]`; None where the file has none."""
    if fields.is_empty:
        return None
    setup = ScannerSetup(
        port=fields.text("port"),
        baud=fields.integer("baud", 9600, low=300, high=4_000_000),
        end=fields.text("end", "\r\n"),
        prefix=fields.text("prefix", ""),
    )
    if not setup.end.isascii() or not setup.end:
        fields.error("end", "must be one or more ASCII characters, any of which ends a code")
    if set(setup.end) & set(setup.prefix):
        fields.error("prefix", "must not hold a character that ends a code")
    fields.finish()
    return setup


def _sampling(fields: Fields) -> ReviewPlan:
    usual = ReviewPlan()
    plan = ReviewPlan(
        passed=_probabilities(fields, "passed", usual.passed),
        rejected=_probabilities(fields, "rejected", usual.rejected),
        second_share=fields.number("second_share", usual.second_share, low=0, high=1),
        seeded_share=fields.number("seeded_share", usual.seeded_share, low=0, high=MOST_SEEDED),
        near_band=fields.number("near_band", usual.near_band, low=0, high=1),
    )
    fields.finish()
    return plan


def _probabilities(fields: Fields, key: str, usual: Shares) -> Shares:
    """Of being drawn, far, middle and near. None may be 0: what lies there could never be seen."""
    far, middle, near = fields.numbers(key, 3, usual, low=LEAST_PROBABILITY, high=1)
    return far, middle, near


def _quota(fields: Fields) -> ImageQuota:
    usual = ImageQuota()
    quota = ImageQuota(
        fields.integer("max_bytes", usual.max_bytes, low=0, high=10**15),
        fields.number("disk_share", usual.disk_share, low=0.1, high=0.99),
    )
    fields.finish()
    return quota
