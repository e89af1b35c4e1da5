"""A retraining plan, `retrain.toml`, as frozen records: all that the steps are told. Paths are absolute."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from station_app.config_sync import StoreSetup
from station_app.core.recipe import Thresholds
from station_app.dataset.options import DatasetOptions
from station_app.retrain.gate import GateLimits

Told = Callable[[str, int, int], None]
"""Hears what a step is at, how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class SourcePlan:
    """Where the labelled parts come from: a dataset that is there already, or a store to materialise one from. The
    `options` then say all but where it is written and what stays out: that is the work folder, and the golden set."""

    dataset: Path | None = None
    store: StoreSetup | None = None
    options: DatasetOptions | None = None


@dataclass(frozen=True, slots=True)
class ChampionPlan:
    """The package that decides now. `thresholds` and regions are those of the line's `recipe` file, if one is named;
    else its manifest's, and the whole frame. `replay` is the dataset that it was trained on."""

    package: Path
    recipe: Path | None = None
    camera: str = ""
    replay: Path | None = None


@dataclass(frozen=True, slots=True)
class GoldenPlan:
    """The frozen golden set: a folder with a `split.csv`. With `sha256` any other content is refused."""

    folder: Path
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class TrainPlan:
    """Options of `station-app train` by name, and what the candidate calls itself. It goes on from the champion, unless
    it `is_anew`."""

    name: str = ""
    version: str = "1.0.0"
    is_anew: bool = False
    options: tuple[tuple[str, bool | int | float | str], ...] = ()


@dataclass(frozen=True, slots=True)
class OfferPlan:
    """To whom the candidate is offered, and the key that signs for it. `thresholds` are offered in place of the
    package's own: they are judged by as well."""

    recipe: str
    camera: str
    channel: str
    store: StoreSetup
    key: Path
    stations: tuple[str, ...] = ()
    thresholds: tuple[tuple[str, Thresholds], ...] = ()


@dataclass(frozen=True, slots=True)
class RegistryPlan:
    """An MLflow server. Token or name and password come from the environment, never from this file."""

    url: str
    experiment: str
    model: str
    ca: Path | None = None


@dataclass(frozen=True, slots=True)
class RetrainPlan:
    """Everything. Without `offer` nothing is signed or published, without `registry` nothing is registered. `threads`
    are those of a station's model session while champion and candidate are judged."""

    work: Path
    source: SourcePlan
    champion: ChampionPlan
    golden: GoldenPlan
    train: TrainPlan = TrainPlan()
    gate: GateLimits = field(default_factory=GateLimits)
    offer: OfferPlan | None = None
    registry: RegistryPlan | None = None
    threads: int = 1
