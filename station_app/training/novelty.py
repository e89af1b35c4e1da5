"""How unlike every good image a tile looks to the network's own features. It may lift the tile's whole map.

A network that has seen a kind of defect on six parts may not know it on the seventh, but that this part is unlike the
good ones it can tell. It never lowers a score: looking ordinary is no proof against a defect that is seen. One Gaussian
is fitted to the features of good tiles, at all places alike (T. Defard et al., "PaDiM", 2021, has one for each place);
the distance to it is Mahalanobis'.
"""

import math
from collections.abc import Callable, Iterable, Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from station_app.core.errors import ConfigError
from station_app.core.inspection import Pixels
from station_app.training.labelled import Dataset, Split
from station_app.training.network import DefectNet, enlarge

# The part of a tile that looks strangest decides. Much more would drown a small defect, much less is one bad pixel.
POOLED_SHARE = 0.05
FLOOR = 1e-6
# More would saturate the map of a part that is like nothing at all: it would show no place any more.
LIFT_MAX = 8.0
_REGULARISED = 0.01
_GOOD_IMAGES_MIN = 5
_SPREAD = (16.0, 84.0)

Tiles = Callable[[Pixels], Iterable[Pixels]]
Table = NDArray[np.float64]


class Novelty(nn.Module):
    """From features at strides 8 and 16 to what is added to a tile's logits, [n, 1, 1, 1].

    `whiten` turns good features into independent ones of mean 0 and variance 1. A tile's level is the mean logarithm
    of the squared distance, over the strangest `POOLED_SHARE` of its cells.
    """

    def __init__(self, features: int) -> None:
        super().__init__()
        self.whiten = nn.Conv2d(features, features, 1)
        self.offset, self.gain = 0.0, 1.0
        self.requires_grad_(False)

    def forward(self, fine: Tensor, coarse: Tensor) -> Tensor:
        lift = (self.level(fine, coarse) - self.offset) * self.gain
        return lift.clamp(0.0, LIFT_MAX)[:, None, None, None]

    def level(self, fine: Tensor, coarse: Tensor) -> Tensor:
        """How strange each tile looks, [n]."""
        distances = self.whiten(join_features(fine, coarse)).square().mean(1).flatten(1)
        pooled = pooled_cells(distances.shape[1])
        return torch.log(distances.topk(pooled, dim=1).values + FLOOR).mean(1)


def pooled_cells(cells: int) -> int:
    """How many of a tile's cells make its level."""
    return max(1, math.ceil(POOLED_SHARE * cells))


def join_features(fine: Tensor, coarse: Tensor) -> Tensor:
    """Features at stride 8, those at stride 16 beside them."""
    return torch.cat([fine, enlarge(coarse)], 1)


def check_novelty(dataset: Dataset, where: str) -> None:
    """Raises ConfigError where there are too few good images to say what is unlike them."""
    for split in (Split.TRAIN, Split.VALIDATION):
        if len(_good_pixels(dataset, split)) < _GOOD_IMAGES_MIN:
            raise ConfigError(
                f"the split {split} holds too few good images to say what is unlike them",
                where=where,
                remedy=f"add some, {_GOOD_IMAGES_MIN} at least, or train without --novelty",
            )


def fit_novelty(network: DefectNet, dataset: Dataset, tiles: Tiles, weight: float) -> Novelty:
    """The novelty of a network in evaluation mode: from the good images that it was fitted to, and the validation's.

    Up to the median of the validation's good levels nothing is added to the logit of a defect, and `weight` for every
    spread above it: half of the range of the middle 68 %. `tiles` gives the tiles of an image as the station sees it.
    """
    mean, covariance = _moments(_cells(network, _good_pixels(dataset, Split.TRAIN), tiles))
    novelty = Novelty(len(mean))
    _whiten(novelty.whiten, mean, covariance)
    unseen = _good_pixels(dataset, Split.VALIDATION)
    levels = np.array([_image_level(network, novelty, pixels, tiles) for pixels in unseen])
    low, high = np.percentile(levels, _SPREAD)
    novelty.offset = float(np.median(levels))
    novelty.gain = weight / max(float(high - low) / 2, FLOOR)
    return novelty


def _good_pixels(dataset: Dataset, split: Split) -> list[Pixels]:
    return [image.pixels for image in dataset.of(split) if not image.is_defect]


def _levels(network: DefectNet, images: Iterable[Pixels], tiles: Tiles) -> Iterator[list[Tensor]]:
    """The encoder's features of every tile of every image."""
    with torch.no_grad():
        for pixels in images:
            for tile in tiles(pixels):
                yield network.encoder(torch.from_numpy(tile.transpose(2, 0, 1)[None]).float())


def _cells(network: DefectNet, images: Iterable[Pixels], tiles: Tiles) -> Iterator[Table]:
    """The joined features [cells, features] of each tile."""
    for levels in _levels(network, images, tiles):
        yield join_features(levels[1], levels[2])[0].flatten(1).numpy().T.astype(np.float64)


def _moments(tables: Iterator[Table]) -> tuple[Table, Table]:
    """Mean and covariance of all rows, whatever their number: the tables are never held together."""
    first = next(tables)
    count, total, products = len(first), first.sum(axis=0), first.T @ first
    for table in tables:
        count, total, products = count + len(table), total + table.sum(axis=0), products + table.T @ table
    mean = total / count
    return mean, products / count - np.outer(mean, mean)


def _whiten(conv: nn.Conv2d, mean: Table, covariance: Table) -> None:
    """The inverse's Cholesky factor, of a covariance that few images cannot make singular."""
    ridge = _REGULARISED * float(np.trace(covariance)) / len(covariance) + FLOOR
    factor = np.linalg.cholesky(np.linalg.inv(covariance + ridge * np.eye(len(covariance)))).T
    assert conv.bias is not None
    conv.weight.data.copy_(torch.from_numpy(factor[:, :, None, None].astype(np.float32)))
    conv.bias.data.copy_(torch.from_numpy((-factor @ mean).astype(np.float32)))


def _image_level(network: DefectNet, novelty: Novelty, pixels: Pixels, tiles: Tiles) -> float:
    """That of its strangest tile."""
    return max(float(novelty.level(levels[1], levels[2])) for levels in _levels(network, [pixels], tiles))
