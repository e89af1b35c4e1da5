"""From a trained network to an ONNX model: uint8 in, scores out, batch norms folded, scaling inside the graph.

The graph is written operation by operation, so that it holds nothing but what `network` uses and is the same bytes for
the same weights. Pure.
"""

import operator
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import fx, nn

from station_app.inference.manifest import InputContract
from station_app.training.network import STRIDE, ConvUnit, DefectNet, enlarge
from station_app.training.novelty import FLOOR, LIFT_MAX, Novelty, pooled_cells

OPSET = 17
IR_VERSION = 8
OUTPUT = "scores"
Weights = NDArray[np.float32]


class GraphTracer(fx.Tracer):
    """Sees a `ConvUnit` as one operation, so that it can be folded, and a `Novelty`."""

    def __init__(self) -> None:
        super().__init__(autowrap_functions=(enlarge,))

    def is_leaf_module(self, m: nn.Module, module_qualified_name: str) -> bool:
        return isinstance(m, ConvUnit | Novelty) or super().is_leaf_module(m, module_qualified_name)


@dataclass(slots=True)
class _Writer:
    """The graph so far, for tiles of so many `cells` at stride 8."""

    cells: int
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)

    def add(self, kind: str, inputs: list[str], output: str = "", **attributes: int | str | list[int]) -> str:
        output = output or f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))  # type: ignore[arg-type]
        return output

    def constant(self, value: NDArray[np.generic] | np.generic) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def convolution(self, x: str, weights: Weights, bias: Weights, conv: nn.Conv2d) -> str:
        padding = [int(side) for side in conv.padding] * 2
        inputs = [x, self.constant(weights), self.constant(bias)]
        return self.add(
            "Conv",
            inputs,
            kernel_shape=list(conv.kernel_size),
            strides=list(conv.stride),
            pads=padding,
            group=conv.groups,
        )


def model_bytes(network: DefectNet, contract: InputContract, labels: int) -> bytes:
    """The ONNX model of a network in evaluation mode, for one tile of the contract."""
    network = network.to("cpu").eval()
    writer = _Writer(contract.height // (2 * STRIDE) * (contract.width // (2 * STRIDE)))
    x = writer.add("Cast", [contract.name], to=TensorProto.FLOAT)
    x = writer.add("Transpose", [x], perm=[0, 3, 1, 2])
    logits = _write_layers(writer, network, x)
    _write_scores(writer, logits, labels)
    shape = [1, labels, contract.height // STRIDE, contract.width // STRIDE]
    graph = helper.make_graph(
        writer.nodes,
        "defects",
        [helper.make_tensor_value_info(contract.name, TensorProto.UINT8, list(contract.shape))],
        [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, shape)],
        writer.constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    onnx.checker.check_model(model, full_check=True)
    body: bytes = model.SerializeToString(deterministic=True)
    return body


def _write_layers(writer: _Writer, network: DefectNet, x: str) -> str:
    names: dict[fx.Node, str] = {}
    modules = dict(network.named_modules())
    for node in GraphTracer().trace(network).nodes:
        if node.op == "placeholder":
            names[node] = x
        elif node.op == "output":
            return names[node.args[0]]
        elif node.op == "call_module":
            inputs = [names[a] for a in node.args]
            names[node] = _write_module(writer, modules[str(node.target)], inputs)
        else:
            inputs = [names[a] if isinstance(a, fx.Node) else writer.constant(np.float32(a)) for a in node.args]
            names[node] = _FUNCTIONS[node.target](writer, inputs)
    raise AssertionError("a traced network ends in its output")


def _write_module(writer: _Writer, module: nn.Module, inputs: list[str]) -> str:
    if isinstance(module, Novelty):
        return _write_novelty(writer, module, *inputs)
    (x,) = inputs
    if isinstance(module, ConvUnit):
        y = writer.convolution(x, *_fold(module), module.conv)
        if not module.is_rectified:
            return y
        return _write_clip(writer, y, module.ceiling) if module.ceiling else writer.add("Relu", [y])
    assert isinstance(module, nn.Conv2d) and module.bias is not None
    return writer.convolution(x, _array(module.weight), _array(module.bias), module)


def _fold(unit: ConvUnit) -> tuple[Weights, Weights]:
    """Convolution and batch norm as one convolution, computed in double precision."""
    norm = unit.norm
    assert norm.running_var is not None and norm.running_mean is not None
    gain = norm.weight.double() / torch.sqrt(norm.running_var.double() + norm.eps)
    bias = norm.bias.double() - norm.running_mean.double() * gain
    return _array(unit.conv.weight.double() * gain[:, None, None, None]), _array(bias)


def _write_novelty(writer: _Writer, novelty: Novelty, fine: str, coarse: str) -> str:
    """`Novelty.forward` in ONNX."""
    conv = novelty.whiten
    assert conv.bias is not None
    joined = writer.add("Concat", [fine, _write_enlarge(writer, [coarse])], axis=1)
    white = writer.convolution(joined, _array(conv.weight), _array(conv.bias), conv)
    distances = writer.add("ReduceMean", [writer.add("Mul", [white, white])], axes=[1], keepdims=0)
    flat = writer.add("Reshape", [distances, writer.constant(np.array([1, writer.cells], np.int64))])
    pooled = writer.constant(np.array([pooled_cells(writer.cells)], np.int64))
    strangest, places = f"{OUTPUT}_strangest", f"{OUTPUT}_strangest_places"
    writer.nodes.append(helper.make_node("TopK", [flat, pooled], [strangest, places], axis=1))
    logs = writer.add("Log", [writer.add("Add", [strangest, writer.constant(np.float32(FLOOR))])])
    level = writer.add("ReduceMean", [logs], axes=[1], keepdims=1)
    shifted = writer.add("Sub", [level, writer.constant(np.float32(novelty.offset))])
    lifted = _write_clip(writer, writer.add("Mul", [shifted, writer.constant(np.float32(novelty.gain))]), LIFT_MAX)
    return writer.add("Reshape", [lifted, writer.constant(np.array([1, 1, 1, 1], np.int64))])


def _array(tensor: torch.Tensor) -> Weights:
    weights: Weights = tensor.detach().cpu().numpy().astype(np.float32)
    return weights


def _write_enlarge(writer: _Writer, inputs: list[str]) -> str:
    scales = writer.constant(np.array([1, 1, 2, 2], np.float32))
    return writer.add(
        "Resize",
        [inputs[0], "", scales],
        mode="nearest",
        coordinate_transformation_mode="asymmetric",
        nearest_mode="floor",
    )


def _simple(kind: str) -> Callable[[_Writer, list[str]], str]:
    def write(writer: _Writer, inputs: list[str]) -> str:
        return writer.add(kind, inputs)

    return write


_FUNCTIONS: dict[object, Callable[[_Writer, list[str]], str]] = {
    operator.add: _simple("Add"),
    operator.sub: _simple("Sub"),
    operator.mul: _simple("Mul"),
    nn.functional.relu: _simple("Relu"),
    enlarge: _write_enlarge,
}


def _write_scores(writer: _Writer, logits: str, labels: int) -> None:
    """`network.map_of` in ONNX; the last step keeps rounding from ever leaving 0..1."""
    sizes = writer.constant(np.array([1, labels], np.int64))
    some, kinds = f"{OUTPUT}_some", f"{OUTPUT}_kinds"
    writer.nodes.append(helper.make_node("Split", [logits, sizes], [some, kinds], axis=1))
    highest = writer.add("ReduceMax", [kinds], axes=[1], keepdims=1)
    share = writer.add("Exp", [writer.add("Sub", [kinds, highest])])
    scores = writer.add("Mul", [writer.add("Sigmoid", [some]), share])
    _write_clip(writer, scores, 1.0, OUTPUT)


def _write_clip(writer: _Writer, x: str, ceiling: float, output: str = "") -> str:
    return writer.add("Clip", [x, writer.constant(np.float32(0)), writer.constant(np.float32(ceiling))], output)
