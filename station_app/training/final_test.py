"""The one look at the test split for a package that was trained without it. Changes no weight and no threshold."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from station_app.core.errors import ConfigError
from station_app.inference.package import ModelPackage, load_package
from station_app.inference.package_writer import write_package
from station_app.training.datasets import read_dataset
from station_app.training.evaluation import evaluate
from station_app.training.labelled import Dataset, Split
from station_app.training.options import Progress, TrainingOptions, TrainingProgress
from station_app.training.provenance import check_look, describe_test_use, images_hash
from station_app.training.station_scoring import score_images


def look_once(package: Path, options: TrainingOptions, progress: Progress) -> ModelPackage:
    """The package again, in `options.out`, with its test figures. Raises ConfigError where it was tested before.

    `options` names the dataset and the reduction that the package was trained with.
    """
    check_look(options)
    trained = load_package(package)
    if "test_use" in trained.manifest.evaluation:
        raise ConfigError(
            "this package has used its test split already", where=str(package), remedy="train with --no-test first"
        )
    dataset = read_dataset(replace(options, reduce=trained.manifest.input.reduce), progress)
    _check_same(trained, dataset, options.dataset)

    def on_image(done: int, total: int) -> None:
        progress(TrainingProgress("test", done, total))

    scored = score_images(trained.model, trained.manifest, dataset.of(Split.TEST), options.threads, on_image)
    figures = evaluate(scored, trained.labels, trained.manifest.thresholds[0][1])
    tested = {"test": figures.table(), "test_use": describe_test_use(dataset, options)}
    evaluation = {**trained.manifest.evaluation, **tested}
    draft = replace(trained.manifest, files=(), golden=(), evaluation=evaluation)
    return write_package(options.out, draft, trained.model, [_picture(golden.image) for golden in trained.golden])


def _check_same(trained: ModelPackage, dataset: Dataset, where: str) -> None:
    expected = trained.manifest.provenance.get("dataset", {}).get("sha256")
    if expected != images_hash(dataset.images):
        raise ConfigError(
            "these are not the images that the package was trained with",
            where=where,
            remedy="give the dataset of the training run, unchanged",
        )


def _picture(png: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED), np.uint8)
