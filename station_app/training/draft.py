"""The manifest of a package to be: its name, its input contract and its labels, before any figure is known. Pure."""

import re

from station_app.core.errors import ConfigError
from station_app.core.recipe import Thresholds
from station_app.inference.manifest import Fit, InputContract, Manifest, Task
from station_app.training.labelled import Dataset
from station_app.training.network import GRANULE, STRIDE
from station_app.training.onnx_graph import OUTPUT
from station_app.training.options import TrainingOptions

_WHOLE_SIDE_MAX = 1024
_PLACEHOLDER = Thresholds(0.5, 0.5)


def draft_manifest(options: TrainingOptions, dataset: Dataset, contract: InputContract | None = None) -> Manifest:
    """What `package_writer` takes, with thresholds that are still to be chosen; `contract` is a champion's."""
    return Manifest(
        name=_name(options),
        version=options.version,
        task=Task.SEGMENTATION,
        labels=dataset.labels,
        input=contract or _contract(options, dataset),
        outputs=(("scores", OUTPUT),),
        thresholds=tuple((label, _PLACEHOLDER) for label in dataset.labels),
        output_stride=STRIDE,
    )


def _contract(options: TrainingOptions, dataset: Dataset) -> InputContract:
    height, width = _tile(options, dataset)
    is_whole = (height, width) != (options.tile or options.crop,) * 2
    return InputContract(
        name="image",
        channels=dataset.channels,
        height=height,
        width=width,
        fit=Fit.TILE,
        reduce=options.reduce,
        overlap=2 * GRANULE if is_whole and min(height, width) >= 4 * GRANULE else min(height, width) // 4,
    )


def _tile(options: TrainingOptions, dataset: Dataset) -> tuple[int, int]:
    """The whole image where all have one size that is not too large, else the square asked for."""
    sizes = {image.pixels.shape[:2] for image in dataset.images}
    height, width = next(iter(sizes))
    if len(sizes) > 1 or max(height, width) > _WHOLE_SIDE_MAX:
        return options.tile or options.crop, options.tile or options.crop
    return -(-height // GRANULE) * GRANULE, -(-width // GRANULE) * GRANULE


def _name(options: TrainingOptions) -> str:
    name = options.name or re.sub(r"[^a-z0-9._-]+", "-", options.out.name.lower()).strip("-._")
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", name):
        raise ConfigError(
            f"{name!r} is no name for a model package",
            remedy="give --name with small letters, digits, dot, dash and underscore",
        )
    return name
