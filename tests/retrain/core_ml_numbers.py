"""Run with a Python that has coremltools: what a written .mlpackage computes, read back out of its file and worked out
with numpy alone. Core ML itself runs on Apple's systems only.

    python core_ml_numbers.py MODEL.mlpackage INPUT.npy OUTPUT.npy

INPUT is [1, channels, height, width], 0..255; the last line printed is the input's type and the metadata as JSON.
"""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

import coremltools as ct
import numpy as np
from coremltools.converters.mil.frontend.milproto.load import load

Array = np.ndarray[Any, Any]


def conv(x: Array, weight: Array, bias: Array | None = None, **how: Any) -> Array:
    pad, strides, groups = how.get("pad", (0, 0, 0, 0)), how.get("strides", (1, 1)), int(how.get("groups", 1))
    top, bottom, left, right = (int(side) for side in pad) if how["pad_type"] == "custom" else (0, 0, 0, 0)
    x = np.pad(x, ((0, 0), (0, 0), (top, bottom), (left, right)))
    windows = np.lib.stride_tricks.sliding_window_view(x, weight.shape[2:], axis=(2, 3))
    windows = windows[:, :, :: int(strides[0]), :: int(strides[1])]
    parts = [
        np.einsum("nchwij,ocij->nohw", part, kernel, optimize=True)
        for part, kernel in zip(np.split(windows, groups, 1), np.split(weight, groups, 0), strict=True)
    ]
    y = np.concatenate(parts, 1)
    return y if bias is None else y + bias[None, :, None, None]


def split(x: Array, axis: int, split_sizes: Array | None = None, num_splits: int = 1) -> list[Array]:
    cuts = num_splits if split_sizes is None else np.cumsum(split_sizes)[:-1]
    return np.split(x, cuts, axis)


def topk(x: Array, k: int, axis: int, **how: Any) -> tuple[Array, Array]:
    places = np.argsort(-x, axis=axis, kind="stable").take(range(int(k)), axis)
    return np.take_along_axis(x, places, axis), places


def enlarge(x: Array, scale_factor_height: float, scale_factor_width: float) -> Array:
    return x.repeat(int(scale_factor_height), 2).repeat(int(scale_factor_width), 3)


def reduction(reduce: Callable[..., Any]) -> Callable[..., Any]:
    def reduced(x: Array, axes: Array, keep_dims: bool = False) -> Any:
        return reduce(x, axis=tuple(map(int, axes)), keepdims=bool(keep_dims))

    return reduced


OPERATIONS: dict[str, Callable[..., Any]] = {
    "conv": conv,
    "split": split,
    "topk": topk,
    "upsample_nearest_neighbor": enlarge,
    "relu": lambda x: np.maximum(x, 0),
    "clip": lambda x, alpha, beta: np.minimum(np.maximum(x, alpha), beta),
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "exp": lambda x: np.exp(x + 0),
    "log": lambda x, epsilon: np.log(x + epsilon),
    "square": lambda x: x * x,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "identity": lambda x: x,
    "cast": lambda x, dtype: x,
    "concat": lambda values, axis, interleave=False: np.concatenate(values, int(axis)),
    "reshape": lambda x, shape: x.reshape(tuple(map(int, shape))),
    "reduce_max": reduction(np.max),
    "reduce_mean": reduction(np.mean),
}


def value_of(variable: Any, known: Mapping[str, Any]) -> Any:
    if isinstance(variable, (list, tuple)):
        return [value_of(each, known) for each in variable]
    return known.get(variable.name, variable.val)


def run(function: Any, pixels: Array) -> Array:
    known: dict[str, Any] = {next(iter(function.inputs)): pixels}
    for operation in function.operations:
        if operation.op_type == "const":
            known[operation.outputs[0].name] = operation.val.val
            continue
        inputs = {name: value_of(given, known) for name, given in operation.inputs.items() if given is not None}
        found = OPERATIONS[operation.op_type](**inputs)
        found = found if isinstance(found, (list, tuple)) else [found]
        known.update({output.name: value for output, value in zip(operation.outputs, found, strict=True)})
    scores: Array = known[function.outputs[0].name]
    return scores


def main(model: str, source: str, target: str) -> None:
    loaded = ct.models.MLModel(model, skip_model_load=True)
    spec = loaded.get_spec()
    program = load(spec, spec.specificationVersion, loaded.weights_dir)
    np.save(target, run(program.functions["main"], np.load(source).astype(np.float32)))
    kind = spec.description.input[0].type.WhichOneof("Type")
    told = {"input": kind, **dict(spec.description.metadata.userDefined)}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:4])
