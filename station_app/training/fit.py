"""The training loop: seeded, with a warm-up, a cosine schedule and averaged weights. Runs on the calling thread."""

import copy
import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor, nn

from station_app.training.augment import Crop, Variation
from station_app.training.labelled import LabelledImage
from station_app.training.loss import total_loss
from station_app.training.network import STRIDE, DefectNet
from station_app.training.sampling import Sampler

_WARM_UP = 0.05
_CLIP_NORM = 5.0


@dataclass(frozen=True, slots=True)
class FitSettings:
    """How long and how hard to train. `average` is the share that each step keeps of the averaged weights."""

    steps: int = 1000
    batch: int = 16
    rate: float = 2e-3
    decay: float = 0.05
    average: float = 0.995
    seed: int = 0
    threads: int = 2
    variation: Variation = field(default_factory=Variation)
    replay_share: float = 0.0


Step = Callable[[int, float], None]


def fit(
    network: DefectNet, images: tuple[LabelledImage, ...], settings: FitSettings, on_step: Step
) -> tuple[DefectNet, list[float]]:
    """The averaged network, ready to be used, and the loss of every step. Same seed and machine, same weights."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.set_num_threads(settings.threads)
    # Channels last, like the crops: half as long a step on a CPU.
    network = network.to(device).train()
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    averaged = copy.deepcopy(network).eval()
    shares = (network.encoder_rate, 1.0)
    optimiser = torch.optim.AdamW(
        [{"params": list(part.parameters())} for part in (network.encoder, network.decoder)],
        lr=settings.rate,
        weight_decay=settings.decay,
    )
    sampler = Sampler(images, settings.variation, STRIDE, settings.replay_share)
    losses: list[float] = []
    for step in range(settings.steps):
        for group, share in zip(optimiser.param_groups, shares, strict=True):
            group["lr"] = settings.rate * share * _schedule(step / settings.steps)
        batch = sampler.batch(settings.batch, np.random.default_rng((settings.seed, step)))
        losses.append(_learn(network, optimiser, batch, device))
        _blend(averaged, network, min(settings.average, (1 + step) / (10 + step)))
        on_step(step + 1, losses[-1])
    return averaged.to("cpu"), losses


def crop_tensor(crops: list[Crop], device: torch.device | None = None) -> Tensor:
    """The pixels of crops of one size, [n, channels, h, w] in 0..255, channels last."""
    pixels = torch.from_numpy(np.stack([crop.pixels for crop in crops])).to(device)
    pixels = pixels[:, None] if pixels.ndim == 3 else pixels.permute(0, 3, 1, 2)
    return pixels.float().contiguous(memory_format=torch.channels_last)


def _schedule(progress: float) -> float:
    if progress < _WARM_UP:
        return (progress + 1e-3) / _WARM_UP
    return 0.5 * (1 + math.cos(math.pi * (progress - _WARM_UP) / (1 - _WARM_UP)))


def _learn(network: nn.Module, optimiser: torch.optim.Optimizer, batch: list[Crop], device: torch.device) -> float:
    masks = torch.from_numpy(np.stack([crop.mask for crop in batch])).to(device)
    truth = torch.tensor([float(crop.is_defect) for crop in batch], device=device)
    logits = network(crop_tensor(batch, device))
    loss = total_loss(logits, masks, truth)
    optimiser.zero_grad(set_to_none=True)
    torch.autograd.backward(loss)
    nn.utils.clip_grad_norm_(network.parameters(), _CLIP_NORM)
    optimiser.step()
    return float(loss.detach())


def _blend(averaged: nn.Module, network: nn.Module, keep: float) -> None:
    """Weights and the norms' running figures alike: the averaged network is never trained itself."""
    current = network.state_dict()
    with torch.no_grad():
        for name, value in averaged.state_dict().items():
            if value.is_floating_point():
                value.lerp_(current[name], 1.0 - keep)
