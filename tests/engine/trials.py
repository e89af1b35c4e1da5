"""Packages on trial beside the usual one of `line`: each judges grey levels in its own way, or misbehaves.

What misbehaves does so on frames alone: the golden image and the one for warming up have a black pixel, and frames of
these tests have none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

from station_app.core.model_messages import ModelStage, StopRule
from station_app.core.recipe import ModelReference, Recipe
from station_app.engine.candidate import Candidate
from station_app.inference.package import ModelPackage
from station_app.inference.package_writer import write_package
from tests.engine.line import Line
from tests.inference.models import Nodes, constant, draft, float_output, model, ramp, serialized

SECOND = "second"
LENIENT = 0.5
"""A gain with which a part that the champion rejects passes."""
STRICT = 3.0
"""A gain with which a part that the champion passes is rejected."""


def scaled_package(folder: Path, gain: float = LENIENT, side: int = 32, name: str = SECOND) -> ModelPackage:
    """Grey level / 255 * gain is the score, at most 1. Another `side` is another input contract."""
    nodes = [
        *_planes(),
        helper.make_node("Mul", ["planes", "gain"], ["scaled"]),
        helper.make_node("Min", ["scaled", "one"], ["scores"]),
    ]
    constants = [constant("gain", gain / 255.0), constant("one", 1.0)]
    return write_package(folder / name, draft(side, side), _scoring(nodes, constants, side), [ramp(side, side)])


def broken_package(folder: Path) -> ModelPackage:
    """Its answer to a frame is NaN."""
    nodes = [
        *_planes(),
        helper.make_node("ReduceMin", ["planes"], ["darkest"], keepdims=1),
        helper.make_node("Equal", ["darkest", "nothing"], ["is_harmless"]),
        helper.make_node("Where", ["is_harmless", "nothing", "nan"], ["harm"]),
        helper.make_node("Div", ["planes", "white"], ["clean"]),
        helper.make_node("Add", ["clean", "harm"], ["scores"]),
    ]
    constants = [constant("nothing", 0.0), constant("white", 255.0), constant("nan", float("nan"))]
    return write_package(folder / SECOND, draft(), _scoring(nodes, constants), [ramp()])


def endless_package(folder: Path) -> ModelPackage:
    """It would look at a frame for years."""
    body = helper.make_graph(
        [helper.make_node("Identity", ["go"], ["again"]), helper.make_node("Identity", ["carried"], ["next"])],
        "body",
        [
            helper.make_tensor_value_info("step", TensorProto.INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            helper.make_tensor_value_info("carried", TensorProto.FLOAT, [1, 1, 32, 32]),
        ],
        [
            helper.make_tensor_value_info("again", TensorProto.BOOL, []),
            helper.make_tensor_value_info("next", TensorProto.FLOAT, [1, 1, 32, 32]),
        ],
    )
    nodes = [
        *_planes(),
        helper.make_node("ReduceMin", ["planes"], ["darkest"], keepdims=0),
        helper.make_node("Cast", ["darkest"], ["level"], to=TensorProto.INT64),
        helper.make_node("Mul", ["level", "very_often"], ["times"]),
        helper.make_node("Loop", ["times", "true", "planes"], ["last"], body=body),
        helper.make_node("Div", ["last", "white"], ["scores"]),
    ]
    constants = [
        constant("very_often", 1 << 50, np.int64),
        constant("true", True, np.bool_),
        constant("white", 255.0),
    ]
    return write_package(folder / SECOND, draft(), _scoring(nodes, constants), [ramp()])


def trial_recipe(recipe: Recipe, package: ModelPackage, camera_id: str = "top", revision: int = 2) -> Recipe:
    """The recipe with this package for one camera."""
    model = ModelReference(Path(package.where).name, package.sha256)
    cameras = tuple(replace(c, model=model) if c.camera_id == camera_id else c for c in recipe.cameras)
    return replace(recipe, cameras=cameras, revision=revision)


def on_trial(
    line: Line, package: ModelPackage, stage: ModelStage = ModelStage.SHADOW, share: float = 0.0,
    rule: StopRule | None = None, camera_id: str = "top",
) -> Candidate:  # fmt: skip
    """The package as a candidate beside the line's recipe."""
    recipe = trial_recipe(line.recipe, package, camera_id)
    return Candidate(recipe, camera_id, package.sha256, stage, share, rule or StopRule())


@dataclass
class Told:
    """What the line told of its candidates."""

    rolled_back: list[tuple[str, str]] = field(default_factory=list)
    passed: list[tuple[str, str]] = field(default_factory=list)

    def on_rollback(self, package_sha256: str, _: str, reason: str) -> None:
        self.rolled_back.append((package_sha256, reason))

    def on_canary_passed(self, package_sha256: str, reason: str) -> None:
        self.passed.append((package_sha256, reason))


def listen(line: Line) -> Told:
    told = Told()
    line.engine.trials.listener = told
    return told


def _planes() -> Nodes:
    return [
        helper.make_node("Cast", ["image"], ["grey"], to=TensorProto.FLOAT),
        helper.make_node("Transpose", ["grey"], ["planes"], perm=[0, 3, 1, 2]),
    ]


def _scoring(nodes: Nodes, constants: Sequence[onnx.TensorProto], side: int = 32) -> bytes:
    return serialized(model(nodes, [float_output([1, 1, side, side])], [1, side, side, 1], constants))
