"""What training starts with: images and a network, from nothing or from a champion."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from station_app.core.errors import ConfigError
from station_app.training.augment import FIXTURED, Variation
from station_app.training.champion import Champion, read_champion
from station_app.training.datasets import read_dataset
from station_app.training.fit import crop_tensor
from station_app.training.labelled import Dataset, Split
from station_app.training.network import STRIDE, DefectNet
from station_app.training.onnx_weights import unfold
from station_app.training.options import Progress, TrainingOptions
from station_app.training.pretrained import pretrained_network
from station_app.training.sampling import Sampler
from station_app.training.uniting import unite

_UNFOLDED_CROPS, _UNFOLDED_BATCH = 128, 16


def read_start(options: TrainingOptions) -> tuple[TrainingOptions, Champion | None]:
    """The champion, if training goes on from one, and the options with what is inherited from it.

    Raises ConfigError where the champion cannot be trained further or the options contradict each other.
    """
    if not 0 <= options.replay_share < 1:
        raise ConfigError(
            f"{options.replay_share:g} of every batch is no share to replay", remedy="give a number such as 0.5"
        )
    if options.start is None:
        if options.replay:
            raise ConfigError("without a champion there is nothing to replay", remedy="give --from, or no --replay")
        return options, None
    champion = read_champion(options.start)
    return champion.inherited(options), champion


def read_images(options: TrainingOptions, champion: Champion | None, progress: Progress) -> Dataset:
    """The images to train with and those to replay. Raises ConfigError for what is wrong with either."""
    fresh = read_dataset(options, progress)
    if champion is None:
        return fresh
    base = read_dataset(replace(options, dataset=options.replay), progress) if options.replay else None
    return unite(fresh, base, champion.package.labels, options.dataset)


def starting_network(options: TrainingOptions, dataset: Dataset, champion: Champion | None) -> DefectNet:
    """The network before the first step; the seed decides whatever no champion and no pretrained encoder gives."""
    torch.manual_seed(options.seed)
    if champion is None:
        build = pretrained_network if options.is_pretrained else DefectNet
        return build(len(dataset.labels), dataset.channels, options.width)
    torch.set_num_threads(options.threads)
    network = champion.network(dataset.labels)
    unfold(network, _usual_crops(options, dataset))
    return network


def variation(options: TrainingOptions) -> Variation:
    """How far crops may differ from their images."""
    usual = FIXTURED if options.is_fixtured else Variation()
    return replace(usual, size=options.crop, drawn_share=options.drawn_share)


def _usual_crops(options: TrainingOptions, dataset: Dataset) -> Iterator[Tensor]:
    sampler = Sampler(dataset.of(Split.TRAIN), variation(options), STRIDE, options.replay_share)
    rng = np.random.default_rng(options.seed)
    for _ in range(_UNFOLDED_CROPS // _UNFOLDED_BATCH):
        yield crop_tensor(sampler.batch(_UNFOLDED_BATCH, rng))
