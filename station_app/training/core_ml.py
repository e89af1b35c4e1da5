"""A model package as Core ML, so that a part can be looked at with a phone or a tablet.

coremltools has no way in for ONNX any more: the graph is written again, operation by operation, as `onnx_graph` wrote
it. Such an export decides nothing: it has no golden tensors and no proof, and a phone has another camera and light.
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import helper, numpy_helper

from station_app.core.errors import ConfigError, ModelPackageError
from station_app.inference.package import ModelPackage

SUFFIX = ".mlpackage"
_TO_CHANNELS_FIRST = [0, 3, 1, 2]
_DEFAULT_DOMAIN = ("", "ai.onnx")

Value = Any
"""A variable of coremltools' program, or a constant array."""


def export_core_ml(package: ModelPackage, out: Path) -> None:
    """Write FILE.mlpackage: the input is an image of one tile (grey, or blue-green-red), the output the score maps.

    Weights and sums are 32 bits wide. Raises ConfigError where coremltools is missing or `out` cannot be one,
    ModelPackageError where the model holds an operation that `onnx_graph` does not write.
    """
    if out.suffix != SUFFIX or out.exists():
        raise ConfigError(f"this is no new {SUFFIX}", where=str(out), remedy=f"name one that ends in {SUFFIX}")
    try:
        import coremltools as ct
    except ImportError as error:
        remedy = "install the extra [coreml]; nothing else needs it"
        raise ConfigError("Core ML needs coremltools", where="station-app retrain coreml", remedy=remedy) from error
    contract = package.manifest.input
    layout = ct.colorlayout.GRAYSCALE if contract.channels == 1 else ct.colorlayout.BGR
    shape = (1, contract.channels, contract.height, contract.width)
    model = ct.convert(
        _program(package, shape),
        inputs=[ct.ImageType(name=contract.name, shape=shape, color_layout=layout)],
        convert_to="mlprogram",
        compute_precision=ct.precision.FLOAT32,
        minimum_deployment_target=ct.target.iOS15,
        skip_model_load=True,
    )
    _describe(model, package)
    try:
        model.save(str(out))
    except OSError as error:
        raise ConfigError(
            f"the file cannot be written, {error.strerror or error}", where=str(out), remedy="choose another folder"
        ) from error


def _program(package: ModelPackage, shape: tuple[int, int, int, int]) -> Value:
    import coremltools as ct
    from coremltools.converters.mil import Builder
    from coremltools.converters.mil.mil import Function, Program

    name, graph = package.manifest.input.name, onnx.load_model_from_string(package.model).graph
    values: dict[str, Value] = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    with Function({name: Builder.placeholder(shape)}, opset_version=ct.target.iOS15) as function:
        values[name] = function.inputs[name]
        for node in graph.node:
            found = _write(Builder, node, [values.get(given) for given in node.input], package.where)
            values |= dict(zip(node.output, found, strict=True))
        function.set_outputs([Builder.identity(x=values[output.name], name=output.name) for output in graph.output])
    program = Program()
    program.add_function("main", function)
    return program


def _write(mb: Value, node: onnx.NodeProto, inputs: list[Value], where: str) -> tuple[Value, ...]:
    """The node's outputs, as `mb` writes them."""
    attributes = {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}
    write = _OPERATIONS.get(node.op_type) if node.domain in _DEFAULT_DOMAIN else None
    found = write(mb, inputs, attributes) if write else None
    if found is None:
        what = f"the model holds the operation {node.op_type} as station-app train does not write it"
        raise ModelPackageError(what, where=where, remedy="only packages of station-app train become Core ML")
    return found


def _describe(model: Value, package: ModelPackage) -> None:
    """What an application needs to use it, under the package's own names."""
    manifest = package.manifest
    model.short_description = f"{manifest.name} {manifest.version}, for looking at parts; it decides nothing"
    model.version = manifest.version
    model.user_defined_metadata["station.package"] = package.sha256
    model.user_defined_metadata["station.labels"] = json.dumps(manifest.labels)
    model.user_defined_metadata["station.input"] = json.dumps(asdict(manifest.input))
    thresholds = {label: asdict(pair) for label, pair in manifest.thresholds}
    model.user_defined_metadata["station.thresholds"] = json.dumps(thresholds)


Attributes = dict[str, Any]
Written = tuple[Value, ...] | None
"""None where the operation is not the one that `onnx_graph` writes."""


def _given(mb: Value, inputs: list[Value], attributes: Attributes) -> Written:
    """An image has floating values, channels first, already."""
    return (inputs[0],) if attributes.get("perm", _TO_CHANNELS_FIRST) == _TO_CHANNELS_FIRST else None


def _conv(mb: Value, inputs: list[Value], attributes: Attributes) -> Written:
    x, weights, bias = inputs
    top, left, bottom, right = attributes["pads"]
    strides, groups = attributes["strides"], attributes["group"]
    pads = {"pad_type": "custom", "pad": [top, bottom, left, right]}
    return (mb.conv(x=x, weight=weights, bias=bias, strides=strides, groups=groups, **pads),)


def _clip(mb: Value, inputs: list[Value], attributes: Attributes) -> Written:
    return (mb.clip(x=inputs[0], alpha=np.float32(inputs[1]), beta=np.float32(inputs[2])),)


def _resize(mb: Value, inputs: list[Value], attributes: Attributes) -> Written:
    """Twice the size by repetition, and nothing else."""
    if attributes.get("mode") != b"nearest" or attributes.get("nearest_mode") != b"floor":
        return None
    if inputs[2] is None or inputs[2].tolist() != [1, 1, 2, 2]:
        return None
    return (mb.upsample_nearest_neighbor(x=inputs[0], scale_factor_height=2.0, scale_factor_width=2.0),)


def _split(mb: Value, inputs: list[Value], attributes: Attributes) -> Written:
    return tuple(mb.split(x=inputs[0], split_sizes=inputs[1].astype(np.int32), axis=attributes["axis"]))


def _topk(mb: Value, inputs: list[Value], attributes: Attributes) -> Written:
    return tuple(mb.topk(x=inputs[0], k=int(inputs[1][0]), axis=attributes["axis"]))


def _concat(mb: Value, inputs: list[Value], attributes: Attributes) -> Written:
    return (mb.concat(values=inputs, axis=attributes["axis"]),)


def _reshape(mb: Value, inputs: list[Value], attributes: Attributes) -> Written:
    return (mb.reshape(x=inputs[0], shape=inputs[1].astype(np.int32)),)


def _unary(name: str) -> "Write":
    def write(mb: Value, inputs: list[Value], attributes: Attributes) -> Written:
        return (getattr(mb, name)(x=inputs[0]),)

    return write


def _binary(name: str) -> "Write":
    def write(mb: Value, inputs: list[Value], attributes: Attributes) -> Written:
        return (getattr(mb, name)(x=inputs[0], y=inputs[1]),)

    return write


def _reduction(name: str) -> "Write":
    def write(mb: Value, inputs: list[Value], attributes: Attributes) -> Written:
        kept = bool(attributes["keepdims"])
        return (getattr(mb, name)(x=inputs[0], axes=attributes["axes"], keep_dims=kept),)

    return write


Write = Callable[[Value, list[Value], Attributes], Written]
_OPERATIONS: dict[str, Write] = {
    "Cast": _given,
    "Transpose": _given,
    "Conv": _conv,
    "Clip": _clip,
    "Resize": _resize,
    "Split": _split,
    "TopK": _topk,
    "Concat": _concat,
    "Reshape": _reshape,
    "Relu": _unary("relu"),
    "Exp": _unary("exp"),
    "Log": _unary("log"),
    "Sigmoid": _unary("sigmoid"),
    "Add": _binary("add"),
    "Sub": _binary("sub"),
    "Mul": _binary("mul"),
    "ReduceMax": _reduction("reduce_max"),
    "ReduceMean": _reduction("reduce_mean"),
}
