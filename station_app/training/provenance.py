"""Where a package comes from: the run, the images, and the one use that was made of the test split. Pure.

No dates and no paths: the same run on the same machine writes the same bytes.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import numpy as np
import torch

from station_app.core.errors import ConfigError
from station_app.training.labelled import Dataset, LabelledImage, Split
from station_app.training.options import TrainingOptions

MADE_BY = "station-app train"
_PRIVATE = ("out", "dataset", "threads", "test_look", "test_note", "start", "replay")


def describe_run(options: TrainingOptions, dataset: Dataset, parameters: int, champion: str = "") -> dict[str, Any]:
    """The options that decide the weights, the images that they were fitted to, and the package they started from."""
    settings = {key: value for key, value in asdict(options).items() if key not in _PRIVATE}
    return {
        "made_by": MADE_BY,
        **({"started_from": champion} if champion else {}),
        "settings": settings,
        "parameters": parameters,
        "torch": str(torch.__version__),
        "dataset": {
            "name": dataset.name,
            "sha256": images_hash(dataset.images),
            "replayed": sum(image.is_replay for image in dataset.images),
            **{split.value: _count(dataset.of(split)) for split in Split},
        },
    }


def check_look(options: TrainingOptions) -> None:
    """Raises ConfigError where another look at a test split does not say what was changed since the last."""
    if options.test_look < 1 or (options.test_look > 1 and not options.test_note):
        raise ConfigError(
            "another look at a test split has to say what was changed since the last, and by which images",
            where=f"--test-look {options.test_look}",
            remedy="give --test-note",
        )


def describe_test_use(dataset: Dataset, options: TrainingOptions) -> dict[str, Any]:
    """What is on record about the test split: which images, how often they were looked at, and what followed."""
    images = dataset.of(Split.TEST)
    return {
        "images": len(images),
        "sha256": images_hash(images),
        "times": options.test_look,
        "purpose": "reported once, after weights and thresholds had been fixed",
        **({"changed_since_last_look": options.test_note} if options.test_look > 1 else {}),
    }


def images_hash(images: Iterable[LabelledImage]) -> str:
    """One hash of images and truth, whatever their order."""
    digests = sorted(_digest(image) for image in images)
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def _digest(image: LabelledImage) -> str:
    head = f"{image.name}|{image.group}|{image.split}|{sorted(image.kinds)}|{image.pixels.shape}"
    head += f"|{image.weight!r}" if image.weight != 1 else ""
    body = np.ascontiguousarray(image.pixels).tobytes() + np.ascontiguousarray(image.mask).tobytes()
    return hashlib.sha256(head.encode() + body).hexdigest()


def _count(images: tuple[LabelledImage, ...]) -> dict[str, int]:
    return {
        "images": len(images),
        "defective": sum(image.is_defect for image in images),
        "groups": len({image.group for image in images}),
    }
