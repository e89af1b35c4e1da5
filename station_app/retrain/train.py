"""The step `train`: the candidate, from the dataset and the champion, as a model package that nobody has judged yet."""

import json
from pathlib import Path
from typing import Any

from station_app.inference.package import load_package
from station_app.retrain.plan import RetrainPlan, Told
from station_app.retrain.unseen import refuse_learned
from station_app.retrain.work_folder import WorkFolder
from station_app.training.command import train
from station_app.training.options import TUNING_RATE, TUNING_STEPS, TrainingOptions, TrainingProgress


def train_candidate(plan: RetrainPlan, dataset: Path, told: Told) -> dict[str, Any]:
    """Write the candidate; ConfigError where dataset or options cannot be obeyed, or would teach the golden set."""
    refuse_learned(plan, dataset)

    def on_progress(progress: TrainingProgress) -> None:
        told(progress.stage, progress.done, progress.total)

    report = train(training_options(plan, dataset), on_progress)
    return {
        "name": report.name,
        "package": report.package_sha256,
        "seconds": round(report.seconds, 1),
        "loss": [round(report.first_loss, 4), round(report.last_loss, 4)],
    }


def training_options(plan: RetrainPlan, dataset: Path) -> TrainingOptions:
    """The run that a plan asks for. The dataset's test split is left to the step `evaluate`, unless the plan says
    otherwise: a split that is looked at twice is no test."""
    usual: dict[str, Any] = {"use_test": False}
    if not plan.train.is_anew:
        champion = plan.champion
        usual |= {"start": champion.package, "replay": str(champion.replay or "")}
        usual |= {"steps": TUNING_STEPS, "rate": TUNING_RATE}
    return TrainingOptions(
        dataset=str(dataset),
        out=WorkFolder(plan.work).candidate,
        name=plan.train.name or load_package(plan.champion.package).manifest.name,
        version=plan.train.version,
        **{**usual, **dict(plan.train.options)},
    )


def options_text(plan: RetrainPlan) -> str:
    """All that decides the weights beside dataset and champion, to be hashed."""
    return json.dumps([plan.train.name, plan.train.version, plan.train.is_anew, sorted(plan.train.options)])
