"""One training run from labelled images to a written package. Blocks until it is done; no threads of its own.

The order is fixed: weights from `train`, thresholds from `validation`, then one look at `test`, which changes nothing.
"""

import tempfile
import time
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from station_app.core.errors import ConfigError
from station_app.core.recipe import Thresholds
from station_app.inference.manifest import Manifest
from station_app.inference.package_writer import write_package
from station_app.training.champion import Champion
from station_app.training.draft import draft_manifest
from station_app.training.evaluation import Evaluation, evaluate
from station_app.training.fit import FitSettings, fit
from station_app.training.labelled import Dataset, Split, check_trainable
from station_app.training.network import GRANULE, DefectNet
from station_app.training.novelty import check_novelty, fit_novelty
from station_app.training.onnx_graph import model_bytes
from station_app.training.options import Progress, Stage, TrainingOptions, TrainingProgress, TrainingReport
from station_app.training.provenance import check_look, describe_run, describe_test_use
from station_app.training.starting import read_images, read_start, starting_network, variation
from station_app.training.station_scoring import Scored, every_tile, first_tile, score_images
from station_app.training.thresholds import choose_thresholds

_GOLDEN_IMAGES = 3
_LOSS_SHARE = 20
_NOVELTY_MAX = 10


@dataclass(frozen=True, slots=True, eq=False)
class _Fitted:
    network: DefectNet
    model: bytes
    losses: list[float]


def run_course(options: TrainingOptions, progress: Progress) -> TrainingReport:
    """Train, evaluate, write. Raises what `command.train` says."""
    started = time.monotonic()
    options, champion = read_start(options)
    _check(options)
    dataset = read_images(options, champion, progress)
    options = replace(options, is_fixtured=options.is_fixtured or dataset.is_fixtured)
    check_trainable(dataset, options.dataset)
    if options.novelty:
        check_novelty(dataset, options.dataset)
    draft = draft_manifest(options, dataset, champion.package.manifest.input if champion else None)
    fitted = _fit(options, dataset, draft, champion, progress)
    validation = _score(fitted, draft, dataset, Split.VALIDATION, options, progress)
    thresholds = _choose(validation, options.overkill)
    figures = {"validation": evaluate(validation, dataset.labels, thresholds)}
    if options.use_test:
        test = _score(fitted, draft, dataset, Split.TEST, options, progress)
        figures["test"] = evaluate(test, dataset.labels, thresholds)
    progress(TrainingProgress("write", 0, 1))
    evaluation = _evaluation(options, dataset, figures)
    provenance = describe_run(
        options, dataset, _parameters(fitted.network), champion.package.sha256 if champion else ""
    )
    whole = replace(
        draft,
        thresholds=tuple((label, thresholds) for label in dataset.labels),
        evaluation=evaluation,
        provenance=provenance,
    )
    report = _write(whole, options, dataset, fitted, time.monotonic() - started)
    progress(TrainingProgress("write", 1, 1))
    return report


def _check(options: TrainingOptions) -> None:
    if options.task != "segmentation":
        raise ConfigError(f"the task {options.task} cannot be trained", remedy="use --task segmentation")
    for name, side in (("crop", options.crop), ("tile", options.tile or options.crop)):
        if side < 2 * GRANULE or side % GRANULE:
            raise ConfigError(f"a {name} of {side} pixels does not fit the network", remedy="use a multiple of 32")
    if min(options.steps, options.batch, options.width, options.reduce, options.threads) < 1 or options.batch < 2:
        raise ConfigError("steps, width, reduce and threads start at 1, batch at 2", remedy="correct the option")
    if not 0 < options.rate < 1:
        raise ConfigError(f"a learning rate of {options.rate:g} is none", remedy="give a number such as 0.001")
    if not 0 <= options.drawn_share <= 1:
        raise ConfigError(f"{options.drawn_share:g} drawn defects are no share", remedy="give a number such as 0.3")
    if not 0 <= options.novelty <= _NOVELTY_MAX:
        raise ConfigError(f"a novelty of {options.novelty:g} is no weight", remedy="give a number such as 0.5")
    check_look(options)
    if not 0 <= options.overkill < 1:
        raise ConfigError(f"an overkill of {options.overkill:g} is no share", remedy="give a number such as 0.05")
    if options.out.exists():
        raise ConfigError("the package's folder exists already", where=str(options.out), remedy="choose another folder")
    _check_writable(options.out)


def _check_writable(out: Path) -> None:
    """Now, and not after minutes of training."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".package-", dir=out.parent):
            pass
    except OSError as error:
        raise ConfigError(
            f"no package can be written there, {error.strerror or error}",
            where=str(out.parent),
            remedy="choose a folder on a disk that can be written",
        ) from error


def _fit(
    options: TrainingOptions, dataset: Dataset, draft: Manifest, champion: Champion | None, progress: Progress
) -> _Fitted:
    network = starting_network(options, dataset, champion)
    recent: list[float] = []

    def on_step(step: int, loss: float) -> None:
        recent.append(loss)
        del recent[:-_LOSS_SHARE]
        progress(TrainingProgress("train", step, options.steps, sum(recent) / len(recent)))

    settings = FitSettings(
        steps=options.steps,
        batch=options.batch,
        rate=options.rate,
        seed=options.seed,
        threads=options.threads,
        variation=variation(options),
        replay_share=options.replay_share,
    )
    averaged, losses = fit(network, dataset.of(Split.TRAIN), settings, on_step)
    if options.novelty:
        averaged.novelty = fit_novelty(averaged, dataset, partial(every_tile, draft), options.novelty)
    return _Fitted(averaged, model_bytes(averaged, draft.input, len(dataset.labels)), losses)


def _score(
    fitted: _Fitted, draft: Manifest, dataset: Dataset, split: Split, options: TrainingOptions, progress: Progress
) -> Scored:
    stage: Stage = "validate" if split is Split.VALIDATION else "test"

    def on_image(done: int, total: int) -> None:
        progress(TrainingProgress(stage, done, total))

    return score_images(fitted.model, draft, dataset.of(split), options.threads, on_image)


def _choose(validation: Scored, overkill: float) -> Thresholds:
    highest = validation.scores.max(axis=1)
    is_good = [not image.is_defect for image in validation.images]
    is_defect = [image.is_defect for image in validation.images]
    weights = np.array([image.weight for image in validation.images if not image.is_defect])
    return choose_thresholds(highest[is_good], highest[is_defect], overkill, weights)


def _evaluation(options: TrainingOptions, dataset: Dataset, figures: dict[str, Evaluation]) -> dict[str, Any]:
    evaluation = {
        "thresholds_chosen_on": Split.VALIDATION.value,
        "overkill_allowed": options.overkill,
        **{split: figure.table() for split, figure in figures.items()},
    }
    if "test" in figures:
        evaluation["test_use"] = describe_test_use(dataset, options)
    return evaluation


def _write(
    manifest: Manifest, options: TrainingOptions, dataset: Dataset, fitted: _Fitted, seconds: float
) -> TrainingReport:
    shown = dataset.of(Split.VALIDATION)
    chosen = shown[:: max(1, len(shown) // _GOLDEN_IMAGES)][:_GOLDEN_IMAGES]
    package = write_package(
        options.out, manifest, fitted.model, [first_tile(manifest, image.pixels) for image in chosen]
    )
    tail = fitted.losses[-_LOSS_SHARE:]
    return TrainingReport(
        folder=options.out,
        name=manifest.name,
        package_sha256=package.sha256,
        parameters=_parameters(fitted.network),
        first_loss=fitted.losses[0],
        last_loss=sum(tail) / len(tail),
        seconds=seconds,
        evaluation=dict(manifest.evaluation),
    )


def _parameters(network: DefectNet) -> int:
    return sum(parameter.numel() for parameter in network.parameters())
