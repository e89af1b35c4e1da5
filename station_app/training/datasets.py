"""Which reader a dataset's name stands for: a folder, or rendered parts."""

from pathlib import Path

from station_app.training.folder_dataset import read_folder
from station_app.training.labelled import Dataset
from station_app.training.options import Progress, TrainingOptions, TrainingProgress
from station_app.training.rendered_dataset import render_dataset

RENDERED = "rendered:"


def read_dataset(options: TrainingOptions, progress: Progress) -> Dataset:
    """The dataset named on the command line. Raises ConfigError where there is none of that name, or a broken one."""

    def on_part(done: int, total: int) -> None:
        progress(TrainingProgress("read", done, total))

    if options.dataset.startswith(RENDERED):
        return render_dataset(options.dataset.removeprefix(RENDERED), options.reduce, options.seed, on_part)
    return read_folder(Path(options.dataset), options.reduce, on_part)
