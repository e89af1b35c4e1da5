"""One dataset of two: the one that a champion was trained on, and what has come since. Pure."""

from dataclasses import replace

import numpy as np

from station_app.core.errors import ConfigError
from station_app.training.labelled import Dataset, LabelledImage, check_groups

# Every value of a mask that is no kind (good, kindless, unknown) stays what it is.
_VALUES = 256


def unite(fresh: Dataset, base: Dataset | None, first: tuple[str, ...], where: str) -> Dataset:
    """Both datasets with the labels `first` and then new ones in alphabetical order; base images become replay images.

    A label keeps its place for ever, so that a recipe's thresholds and the scores of two models stay comparable. Raises
    ConfigError where a group stands in two splits, or where colour and grey meet.
    """
    parts = [fresh] if base is None else [fresh, base]
    if len({part.channels for part in parts}) > 1:
        raise ConfigError("colour and grey images cannot be trained together", where=where, remedy="use one kind")
    labels = first + tuple(sorted({label for part in parts for label in part.labels} - set(first)))
    images = _renumbered(fresh, labels)
    if base is not None:
        images += tuple(replace(image, is_replay=True) for image in _renumbered(base, labels))
    check_groups(images, where)
    return replace(fresh, labels=labels, images=images)


def _renumbered(dataset: Dataset, labels: tuple[str, ...]) -> tuple[LabelledImage, ...]:
    if dataset.labels == labels:
        return dataset.images
    places = [labels.index(label) for label in dataset.labels]
    table = np.arange(_VALUES, dtype=np.uint8)
    table[1 : len(places) + 1] = [1 + place for place in places]
    return tuple(
        replace(image, kinds=frozenset(places[kind] for kind in image.kinds), mask=table[image.mask])
        for image in dataset.images
    )
