"""The compact segmentation network: an encoder, and a light decoder that answers at stride 4.

Only operations that `onnx_graph` can write stand here. The first output channel is the logit of "some defect"; the
others say which, so that telling two kinds apart never costs detection.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

STRIDE = 4
GRANULE = 32
_LEVELS = (2, 4, 6, 8)
_NO_DEFECT_LOGIT = -4.0


class ConvUnit(nn.Module):
    """Convolution, batch norm and, mostly, ReLU, cut off at `ceiling` if that is not 0: one convolution in ONNX."""

    def __init__(
        self,
        widths: tuple[int, int],
        size: int,
        stride: int = 1,
        *,
        groups: int = 1,
        is_rectified: bool = True,
        ceiling: float = 0.0,
    ) -> None:
        super().__init__()
        self.conv = nn.Conv2d(*widths, size, stride, size // 2, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(widths[1])
        self.is_rectified, self.ceiling = is_rectified, ceiling

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.norm(self.conv(x))
        if not self.is_rectified:
            return y
        return functional.hardtanh(y, 0.0, self.ceiling) if self.ceiling else functional.relu(y)


class Residual(nn.Module):
    """Two convolutions beside the identity."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = ConvUnit((width, width), 3)
        self.second = ConvUnit((width, width), 3, is_rectified=False)

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(x + self.second(self.first(x)))


class CompactEncoder(nn.Module):
    """Features at strides 4, 8, 16 and 32, learned from nothing."""

    def __init__(self, channels: int, width: int) -> None:
        super().__init__()
        self.widths = tuple(width * level for level in _LEVELS)
        self.stem = ConvUnit((channels, width), 3, 2)
        steps = zip((width, *self.widths[:-1]), self.widths, strict=True)
        self.downs = nn.ModuleList(nn.Sequential(ConvUnit(step, 3, 2), Residual(step[1])) for step in steps)

    def forward(self, pixels: Tensor) -> list[Tensor]:
        x = self.stem((pixels - 128.0) * (1.0 / 64.0))
        levels = []
        for down in self.downs:
            x = down(x)
            levels.append(x)
        return levels


class Decoder(nn.Module):
    """From the coarsest features to the finest, and to logits."""

    def __init__(self, widths: Sequence[int], inner: int, last: int, labels: int) -> None:
        super().__init__()
        self.laterals = nn.ModuleList(ConvUnit((width, inner), 1) for width in widths)
        self.smooth = nn.ModuleList(ConvUnit((inner, inner), 3) for _ in widths[2:])
        self.last = ConvUnit((inner, last), 3)
        self.head = nn.Conv2d(last, 1 + labels, 1)
        assert self.head.bias is not None
        nn.init.constant_(self.head.bias[:1], _NO_DEFECT_LOGIT)

    def forward(self, levels: list[Tensor]) -> Tensor:
        y: Tensor = self.laterals[3](levels[3])
        y = self.smooth[0](self.laterals[2](levels[2]) + enlarge(y))
        y = self.smooth[1](self.laterals[1](levels[1]) + enlarge(y))
        y = self.laterals[0](levels[0]) + enlarge(y)
        logits: Tensor = self.head(self.last(y))
        return logits


class DefectNet(nn.Module):
    """Logits [n, 1 + labels, h / 4, w / 4] from grey or colour images [n, channels, h, w], 0..255, sides in 32s.

    `encoder_rate` is the share of the learning rate that the encoder gets: little where it knows much already.
    `novelty`, if any, is fitted after training: from the features at strides 8 and 16 it may lift all logits.
    """

    def __init__(
        self,
        labels: int,
        channels: int = 1,
        width: int = 16,
        *,
        encoder: nn.Module | None = None,
        widths: Sequence[int] = (),
        encoder_rate: float = 1.0,
    ) -> None:
        super().__init__()
        own = CompactEncoder(channels, width)
        self.encoder = encoder or own
        self.decoder = Decoder(widths if encoder else own.widths, 3 * width, 2 * width, labels)
        self.encoder_rate = encoder_rate
        self.novelty: nn.Module | None = None

    def forward(self, pixels: Tensor) -> Tensor:
        levels = self.encoder(pixels)
        logits: Tensor = self.decoder(levels)
        # All alike: which kind it is does not change.
        return logits if self.novelty is None else logits + self.novelty(levels[1], levels[2])


def enlarge(x: Tensor) -> Tensor:
    """Twice the size, by repetition: exact and cheap everywhere."""
    return functional.interpolate(x, scale_factor=2.0, mode="nearest")


def map_of(logits: Tensor) -> Tensor:
    """Scores [n, labels, h, w] within 0..1: the likeliest kind gets the full score of "some defect"."""
    kinds = logits[:, 1:]
    return torch.sigmoid(logits[:, :1]) * torch.exp(kinds - kinds.amax(dim=1, keepdim=True))
