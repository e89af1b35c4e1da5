"""The way back from an ONNX model that `onnx_graph` wrote to the network that it was written from.

The graph has the batch norms folded into the convolutions: a network that was read back has norms that change nothing.
`unfold` gives them figures of their own again, before weights are fitted. A `Novelty` is not read back: it is fitted to
the features that the network has at last.
"""

from collections.abc import Iterable

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from station_app.core.errors import ModelPackageError
from station_app.training.network import ConvUnit, DefectNet
from station_app.training.onnx_graph import GraphTracer, Weights


def read_weights(network: DefectNet, model: bytes, where: str) -> None:
    """Fill a network with the weights of a model that was written from one of the same architecture, in the same order.

    Its answers are then the model's to the bit. Raises ModelPackageError where the model is that of another network.
    """
    graph = onnx.load_model_from_string(model).graph
    constants = {constant.name: numpy_helper.to_array(constant) for constant in graph.initializer}
    stored = [[constants.get(name) for name in node.input[1:3]] for node in graph.node if node.op_type == "Conv"]
    units = _units(network)
    if len(stored) < len(units):
        raise _refusal(where)
    # A Novelty's convolution, if there is one, comes last and is left.
    for unit, (weights, bias) in zip(units, stored, strict=False):
        conv = unit.conv if isinstance(unit, ConvUnit) else unit
        if weights is None or bias is None or weights.shape != tuple(conv.weight.shape):
            raise _refusal(where)
        conv.weight.data.copy_(_tensor(weights))
        _set_bias(unit, _tensor(bias))


def unfold(network: DefectNet, batches: Iterable[Tensor]) -> None:
    """Give every norm the mean and variance that its convolution has over `batches` [n, channels, h, w] of images.

    Weight and bias are chosen so that the network answers as before. Without it the first training step would scale
    every feature to variance 1 and so undo what the champion has learned.
    """
    units = [unit for unit in _units(network) if isinstance(unit, ConvUnit)]
    sums = {unit: _Sums(unit.conv.out_channels) for unit in units}
    hooks = [unit.conv.register_forward_hook(sums[unit].add) for unit in units]
    with torch.no_grad():
        for pixels in batches:
            network.eval()(pixels)
    for hook in hooks:
        hook.remove()
    for unit in units:
        _unfold_norm(unit.norm, *sums[unit].moments())


class _Sums:
    """Count, sum and sum of squares of each channel, in double precision."""

    def __init__(self, channels: int) -> None:
        self._count = 0
        self._sum, self._squares = (torch.zeros(channels, dtype=torch.float64) for _ in range(2))

    def add(self, module: nn.Module, inputs: tuple[Tensor, ...], y: Tensor) -> None:
        values = y.double()
        self._count += y.numel() // y.shape[1]
        self._sum += values.sum((0, 2, 3))
        self._squares += values.square().sum((0, 2, 3))

    def moments(self) -> tuple[Tensor, Tensor]:
        mean = self._sum / self._count
        return mean, (self._squares / self._count - mean.square()).clamp(min=0.0)


def _units(network: DefectNet) -> list[ConvUnit | nn.Conv2d]:
    """What becomes a convolution of the graph, in the graph's order."""
    modules = dict(network.named_modules())
    called = [modules[str(node.target)] for node in GraphTracer().trace(network).nodes if node.op == "call_module"]
    return [module for module in called if isinstance(module, ConvUnit | nn.Conv2d)]


def _set_bias(unit: ConvUnit | nn.Conv2d, bias: Tensor) -> None:
    if isinstance(unit, ConvUnit):
        norm = unit.norm
        assert norm.running_mean is not None and norm.running_var is not None
        norm.running_mean.zero_()
        norm.running_var.fill_(1.0 - norm.eps)
        norm.weight.data.fill_(1.0)
        norm.bias.data.copy_(bias)
    else:
        assert unit.bias is not None
        unit.bias.data.copy_(bias)


def _unfold_norm(norm: nn.BatchNorm2d, mean: Tensor, variance: Tensor) -> None:
    assert norm.running_mean is not None and norm.running_var is not None
    norm.running_mean.copy_(mean)
    norm.running_var.copy_(variance)
    norm.weight.data.copy_(torch.sqrt(variance + norm.eps))
    norm.bias.data.add_(mean)


def _tensor(values: Weights) -> Tensor:
    return torch.from_numpy(np.array(values, np.float32))


def _refusal(where: str) -> ModelPackageError:
    return ModelPackageError(
        "the model's network is not the one that its manifest describes",
        where=where,
        remedy="start from a package that station-app train wrote and nobody changed",
    )
