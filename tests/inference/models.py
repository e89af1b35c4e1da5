"""Small ONNX models built for the tests of this room, and packages around them."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from station_app.core.inspection import Pixels
from station_app.core.recipe import Thresholds
from station_app.inference.manifest import Fit, InputContract, Manifest, Task
from station_app.inference.package import ModelPackage
from station_app.inference.package_writer import write_package

OPSET = [helper.make_opsetid("", 17)]
Nodes = Sequence[onnx.NodeProto]


def constant(name: str, value: object, dtype: type = np.float32) -> onnx.TensorProto:
    return numpy_helper.from_array(np.asarray(value, dtype), name)


def model(
    nodes: Nodes,
    outputs: Sequence[onnx.ValueInfoProto],
    shape: Sequence[int | str],
    constants: Sequence[onnx.TensorProto] = (),
    input_type: int = TensorProto.UINT8,
) -> onnx.ModelProto:
    """A model with the one input `image`."""
    image = helper.make_tensor_value_info("image", input_type, shape)
    graph = helper.make_graph(list(nodes), "graph", [image], list(outputs), list(constants))
    return helper.make_model(graph, opset_imports=OPSET, ir_version=8)


def serialized(proto: onnx.ModelProto) -> bytes:
    return bytes(proto.SerializeToString())


def float_output(shape: Sequence[int | str | None], name: str = "scores") -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def pointwise(height: int, width: int, stride: int = 1) -> bytes:
    """Anomaly map: grey level / 255, for stride > 1 the largest of each stride x stride square."""
    nodes = [
        helper.make_node("Cast", ["image"], ["grey"], to=TensorProto.FLOAT),
        helper.make_node("Transpose", ["grey"], ["planes"], perm=[0, 3, 1, 2]),
        helper.make_node("MaxPool", ["planes"], ["pooled"], kernel_shape=[stride] * 2, strides=[stride] * 2),
        helper.make_node("Div", ["pooled", "white"], ["scores"]),
    ]
    output = float_output([1, 1, height // stride, width // stride])
    return serialized(model(nodes, [output], [1, height, width, 1], [constant("white", 255.0)]))


def draft(  # noqa: PLR0913
    height: int = 32,
    width: int = 32,
    *,
    task: Task = Task.ANOMALY,
    labels: tuple[str, ...] = ("scratch",),
    fit: Fit = Fit.TILE,
    channels: int = 1,
    overlap: int = 0,
    reduce: int = 1,
    stride: int = 1,
) -> Manifest:
    return Manifest(
        name="test-model",
        version="1.0.0",
        task=task,
        labels=labels,
        input=InputContract("image", channels, height, width, fit, reduce, overlap),
        outputs=tuple((role, role) for role in task.roles),
        thresholds=tuple((label, Thresholds(0.4, 0.6)) for label in labels),
        output_stride=stride,
    )


def ramp(height: int = 32, width: int = 32) -> Pixels:
    return np.arange(height * width, dtype=np.uint32).reshape(height, width).astype(np.uint8)


def pointwise_package(folder: Path, **settings: object) -> ModelPackage:
    manifest = draft(**settings)  # type: ignore[arg-type]
    contract = manifest.input
    body = pointwise(contract.height, contract.width, manifest.output_stride)
    return write_package(folder / "package", manifest, body, [ramp(contract.height, contract.width)])


Build = Callable[..., ModelPackage]


def endless() -> bytes:
    """A loop that would run for years before it gives its map."""
    body = helper.make_graph(
        [helper.make_node("Identity", ["go"], ["again"]), helper.make_node("Identity", ["carried"], ["next"])],
        "body",
        [
            helper.make_tensor_value_info("step", TensorProto.INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            helper.make_tensor_value_info("carried", TensorProto.FLOAT, [1, 32, 32, 1]),
        ],
        [
            helper.make_tensor_value_info("again", TensorProto.BOOL, []),
            helper.make_tensor_value_info("next", TensorProto.FLOAT, [1, 32, 32, 1]),
        ],
    )
    nodes = [
        helper.make_node("Cast", ["image"], ["grey"], to=TensorProto.FLOAT),
        helper.make_node("Loop", ["times", "true", "grey"], ["last"], body=body),
        helper.make_node("Transpose", ["last"], ["scores"], perm=[0, 3, 1, 2]),
    ]
    constants = [constant("times", 1 << 60, np.int64), constant("true", True, np.bool_)]
    return serialized(model(nodes, [float_output([1, 1, 32, 32])], [1, 32, 32, 1], constants))
