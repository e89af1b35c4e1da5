"""One tiny model for each task. All of them see the same: bright pixels are a scratch, dark ones a dent."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from onnx import NodeProto, TensorProto, ValueInfoProto, helper

from station_app.inference.manifest import Task
from station_app.inference.package import ModelPackage
from station_app.inference.package_writer import write_package
from tests.inference.models import constant, draft, float_output, model, ramp, serialized

SIDE = 32
BRIGHT = 200
LABELS = {
    Task.ANOMALY: ("scratch",),
    Task.SEGMENTATION: ("scratch", "dent"),
    Task.CLASSIFICATION: ("scratch", "dent"),
    Task.DETECTION: ("scratch",),
}
SCORES_SHAPE: dict[Task, tuple[int | str, ...]] = {
    Task.ANOMALY: (1, 1, "h", "w"),
    Task.SEGMENTATION: (1, 2, "h", "w"),
    Task.CLASSIFICATION: (1, "n"),
    Task.DETECTION: (1, "n"),
}
CONSTANTS = (
    constant("white", 255.0),
    constant("one", 1.0),
    constant("nothing", 0.0),
    constant("limit", float(BRIGHT)),
    constant("flat", [1, -1], np.int64),
    constant("next", 1, np.int64),
    constant("boxed", [1, 1, 4], np.int64),
    constant("alone", [1, 1], np.int64),
    constant("kind", [[0]], np.int64),
)


def package_for(folder: Path, task: Task, *, bad: float = 0.0, overlap: int = 8, extra: int = 0) -> ModelPackage:
    """A package for the task. On a black image `bad` is added to its scores, and `extra` of them come too many."""
    manifest = draft(SIDE, SIDE, task=task, labels=LABELS[task], overlap=overlap)
    return write_package(
        folder / f"{task}-{bad}-{extra}-{overlap}", manifest, body(task, bad, extra), [ramp(SIDE, SIDE)]
    )


def body(task: Task, bad: float, extra: int) -> bytes:
    """Scores as each task gives them, spoilt where the image is black."""
    nodes = [
        helper.make_node("Cast", ["image"], ["grey"], to=TensorProto.FLOAT),
        helper.make_node("Div", ["grey", "white"], ["unit"]),
        helper.make_node("Transpose", ["unit"], ["bright"], perm=[0, 3, 1, 2]),
        helper.make_node("Sub", ["one", "bright"], ["dark"]),
        *_NODES[task](),
        helper.make_node("ReduceMax", ["grey"], ["top"], keepdims=0),
        helper.make_node("Equal", ["top", "nothing"], ["is_black"]),
        helper.make_node("Where", ["is_black", "bad", "nothing"], ["harm"]),
        helper.make_node("Add", ["clean", "harm"], ["harmed"]),
        helper.make_node("Where", ["is_black", "too_many", "as_many"], ["times"]),
        helper.make_node("Tile", ["harmed", "times"], ["scores"]),
    ]
    rank = len(SCORES_SHAPE[task])
    repeats = [
        constant("as_many", [1] * rank, np.int64),
        constant("too_many", [1] * (rank - 1) + [1 + extra], np.int64),
    ]
    outputs = [float_output(SCORES_SHAPE[task]), *_BOXES[task]]
    return serialized(model(nodes, outputs, [1, SIDE, SIDE, 1], [*CONSTANTS, constant("bad", bad), *repeats]))


def _anomaly() -> list[NodeProto]:
    return [helper.make_node("Identity", ["bright"], ["clean"])]


def _segmentation() -> list[NodeProto]:
    return [helper.make_node("Concat", ["bright", "dark"], ["clean"], axis=1)]


def _classification() -> list[NodeProto]:
    return [
        helper.make_node("Concat", ["bright", "dark"], ["planes"], axis=1),
        helper.make_node("ReduceMax", ["planes"], ["clean"], axes=[2, 3], keepdims=0),
    ]


def _detection() -> list[NodeProto]:
    """The one box around all bright pixels, with the brightest of them as its score, 0 where there are none."""
    nodes = [
        helper.make_node("Greater", ["grey", "limit"], ["is_bright"]),
        helper.make_node("Cast", ["is_bright"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["mask", "unit"], ["lit"]),
        helper.make_node("ReduceMax", ["lit"], ["strongest"], keepdims=0),
        helper.make_node("Reshape", ["strongest", "alone"], ["clean"]),
    ]
    corners = []
    for name, axes in (("x", [1, 3]), ("y", [2, 3])):
        nodes.append(helper.make_node("ReduceMax", ["mask"], [f"line_{name}"], axes=axes, keepdims=0))
        for end, is_last in (("first", 0), ("last", 1)):
            found = f"{end}_{name}"
            nodes.append(
                helper.make_node("ArgMax", [f"line_{name}"], [found], axis=1, select_last_index=is_last, keepdims=1)
            )
            corners.append(found)
        nodes.append(helper.make_node("Add", [f"last_{name}", "next"], [f"end_{name}"]))
    nodes.append(helper.make_node("Concat", ["first_x", "first_y", "end_x", "end_y"], ["corners"], axis=1))
    nodes.append(helper.make_node("Cast", ["corners"], ["pixels"], to=TensorProto.FLOAT))
    nodes.append(helper.make_node("Reshape", ["pixels", "boxed"], ["boxes"]))
    nodes.append(helper.make_node("Identity", ["kind"], ["classes"]))
    return nodes


_NODES: dict[Task, Callable[[], list[NodeProto]]] = {
    Task.ANOMALY: _anomaly,
    Task.SEGMENTATION: _segmentation,
    Task.CLASSIFICATION: _classification,
    Task.DETECTION: _detection,
}
_BOXES: dict[Task, list[ValueInfoProto]] = {
    task: [
        float_output([1, "n", 4], "boxes"),
        helper.make_tensor_value_info("classes", TensorProto.INT64, [1, "n"]),
    ]
    if task is Task.DETECTION
    else []
    for task in Task
}
