"""`station-app train`: the way into this room. Says what is missing before anything heavy is imported."""

import importlib.util
from pathlib import Path

from station_app.core.errors import ConfigError
from station_app.inference.package import ModelPackage, load_package
from station_app.training.options import Progress, TrainingOptions, TrainingReport


def train(options: TrainingOptions, progress: Progress) -> TrainingReport:
    """Train, evaluate and write one model package; `progress` is called on this thread.

    Raises ConfigError for a dataset or option that cannot be obeyed, ModelPackageError where the package cannot be
    written.
    """
    _check_installed("torch", "onnx")
    from station_app.training.course import run_course

    return run_course(options, progress)


def look_once(package: Path, options: TrainingOptions, progress: Progress) -> ModelPackage:
    """The one look at the test split for a package that was trained without it, see `final_test`."""
    _check_installed("torch", "onnx")
    from station_app.training import final_test

    return final_test.look_once(package, options, progress)


def core_ml(package: Path, out: Path) -> None:
    """The package as Core ML, see `core_ml`. Needs no PyTorch."""
    _check_installed("onnx")
    from station_app.training.core_ml import export_core_ml

    export_core_ml(load_package(package), out)


def _check_installed(*needed: str) -> None:
    missing = [name for name in needed if importlib.util.find_spec(name) is None]
    if missing:
        raise ConfigError(
            f"training needs {' and '.join(missing)}, which this installation does not have",
            where="station-app train",
            remedy="install the extra [training]; a station that only inspects does without it",
        )
