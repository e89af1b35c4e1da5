"""`station-app train`: the way into this room. Says what is missing before anything heavy is imported."""

import importlib.util

from station_app.core.errors import ConfigError
from station_app.training.options import Progress, TrainingOptions, TrainingReport


def train(options: TrainingOptions, progress: Progress) -> TrainingReport:
    """Train, evaluate and write one model package; `progress` is called on this thread.

    Raises ConfigError for a dataset or option that cannot be obeyed, ModelPackageError where the package cannot be
    written.
    """
    missing = [name for name in ("torch", "onnx") if importlib.util.find_spec(name) is None]
    if missing:
        raise ConfigError(
            f"training needs {' and '.join(missing)}, which this installation does not have",
            where="station-app train",
            remedy="install the extra [training]; a station that only inspects does without it",
        )
    from station_app.training.course import run_course

    return run_course(options, progress)
