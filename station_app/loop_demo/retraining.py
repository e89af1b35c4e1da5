"""The plans by which the demonstration retrains: one for the records that came, and two that the gate must refuse."""

import csv
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from station_app.config_sync import StoreSetup
from station_app.dataset.options import DatasetOptions
from station_app.loop_demo.line import CAMERA
from station_app.loop_demo.parts import GOOD
from station_app.loop_demo.station_files import CHANNEL, RECIPE
from station_app.loop_demo.world import Fitting
from station_app.retrain.gate import GateLimits
from station_app.retrain.plan import (
    ChampionPlan,
    GoldenPlan,
    OfferPlan,
    RegistryPlan,
    RetrainPlan,
    SourcePlan,
    TrainPlan,
)

LIMITS = GateLimits(latency_ratio=2.0)
"""Networks of one size differ by what else the computer does at the time: a demonstration shares it."""
_POISONED_STEPS = 200
_WORSE_STEPS = 15


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where things lie: all folders of one run."""

    root: Path

    @property
    def base(self) -> Path:
        return self.root / "base"

    @property
    def golden(self) -> Path:
        return self.root / "golden"

    @property
    def champion(self) -> Path:
        return self.root / "champion"

    @property
    def station(self) -> Path:
        return self.root / "station"

    @property
    def key(self) -> Path:
        return self.root / "publisher.key"

    def retraining(self, name: str) -> Path:
        return self.root / "retraining" / name


def plan_of(place: Workplace, store: StoreSetup, fitting: Fitting, threads: int, registry: str) -> RetrainPlan:
    """Everything from the records to the offer; without a `registry` URL none is told."""
    options = (
        ("steps", fitting.tuning_steps),
        ("rate", fitting.tuning_rate),
        ("replay_share", fitting.replay_share),
        ("overkill", fitting.overkill),
        ("threads", threads),
    )
    return RetrainPlan(
        work=place.retraining("candidate"),
        source=SourcePlan(store=store, options=DatasetOptions(Path(), recipe=RECIPE, cap_share=0.5, threads=threads)),
        champion=ChampionPlan(place.champion, _recipe(place), CAMERA, place.base),
        golden=GoldenPlan(place.golden),
        train=TrainPlan(RECIPE, "2.0.0", options=options),
        gate=LIMITS,
        offer=OfferPlan(RECIPE, CAMERA, CHANNEL, store, place.key),
        registry=RegistryPlan(registry, "demonstration", RECIPE) if registry else None,
    )


def poisoned_plan(plan: RetrainPlan, place: Workplace, dataset: Path) -> RetrainPlan:
    """The same, from labels that somebody has turned round."""
    flipped = flip_labels(dataset, place.root / "poisoned")
    return _beside(plan, place.retraining("poisoned"), flipped, plan.train, _POISONED_STEPS)


def worse_plan(plan: RetrainPlan, place: Workplace, dataset: Path, fitting: Fitting) -> RetrainPlan:
    """The right labels, and a training that began from nothing and was cut short."""
    sizes = (("crop", fitting.crop), ("width", fitting.width), ("reduce", fitting.reduce))
    fixtured = (("is_fixtured", fitting.is_fixtured),)
    threads = tuple(option for option in plan.train.options if option[0] == "threads")
    anew = replace(plan.train, is_anew=True, options=(*sizes, *fixtured, *threads))
    return _beside(plan, place.retraining("worse"), dataset, anew, _WORSE_STEPS)


def flip_labels(dataset: Path, out: Path) -> Path:
    """A copy of a dataset in which good parts are defective and defective ones good."""
    out.mkdir(parents=True)
    with (dataset / "split.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    kinds = sorted({row["label"] for row in rows} - {GOOD})
    for number, row in enumerate(rows):
        target = out / row["image"]
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(dataset / row["image"], target)
        row["label"] = kinds[number % len(kinds)] if row["label"] == GOOD else GOOD
        row["mask"] = ""
    with (out / "split.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return out


def _recipe(place: Workplace) -> Path:
    return place.station / "recipes" / f"{RECIPE}.toml"


def _beside(plan: RetrainPlan, work: Path, dataset: Path, train: TrainPlan, steps: int) -> RetrainPlan:
    """Judged by the same gate; neither registered nor offered, whatever it says."""
    options = (*((name, value) for name, value in train.options if name != "steps"), ("steps", steps))
    return replace(
        plan,
        work=work,
        source=SourcePlan(dataset=dataset),
        train=replace(train, options=options),
        offer=None,
        registry=None,
    )
