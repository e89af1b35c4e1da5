"""What a model package says about itself: `manifest.json`, schema 1, as frozen records. Pure.

Reading and checking lives in `manifest_json`. All scores of a model are float32 within 0..1; pictures go in as uint8
and every scaling happens inside the graph.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from station_app.core.recipe import Thresholds

SCHEMA = 1
MANIFEST = "manifest.json"
MODEL = "model.onnx"
MEMBER_NAME = re.compile(r"manifest\.json|model\.onnx|golden/[0-9]{3}\.(?:png|json)")


class Task(StrEnum):
    """What the model answers with; `postprocess` holds one function for each."""

    ANOMALY = "anomaly"
    SEGMENTATION = "segmentation"
    CLASSIFICATION = "classification"
    DETECTION = "detection"

    @property
    def gives_map(self) -> bool:
        return self in (Task.ANOMALY, Task.SEGMENTATION)

    @property
    def roles(self) -> tuple[str, ...]:
        """The outputs that a model for this task must have."""
        return ("boxes", "scores", "classes") if self is Task.DETECTION else ("scores",)


class Fit(StrEnum):
    """How a judged region meets the fixed input size: cut into tiles, or reduced as a whole by an area filter."""

    TILE = "tile"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class InputContract:
    """The one input tensor, [1, height, width, channels] uint8; three channels are blue, green, red.

    `reduce` and `overlap` (pixels of the tile) are used by `Fit.TILE` only.
    """

    name: str
    channels: int
    height: int
    width: int
    fit: Fit
    reduce: int = 1
    overlap: int = 0
    dtype: str = "uint8"
    layout: str = "NHWC"

    @property
    def shape(self) -> tuple[int, int, int, int]:
        return (1, self.height, self.width, self.channels)


@dataclass(frozen=True, slots=True)
class GoldenReference:
    """A stored input and the file with the outputs expected for it."""

    image: str
    expected: str
    tolerance: float = 1e-3


@dataclass(frozen=True, slots=True)
class Manifest:
    """A model package's description. `outputs` maps each role of the task to the name of the model's tensor.

    `output_stride` is the number of tile pixels for each pixel of a score map. A draft for `package_writer` leaves
    `files` and `golden` empty.
    """

    name: str
    version: str
    task: Task
    labels: tuple[str, ...]
    input: InputContract
    outputs: tuple[tuple[str, str], ...]
    thresholds: tuple[tuple[str, Thresholds], ...]
    output_stride: int = 1
    files: tuple[tuple[str, str], ...] = ()
    golden: tuple[GoldenReference, ...] = ()
    evaluation: Mapping[str, Any] = field(default_factory=dict)
    provenance: Mapping[str, Any] = field(default_factory=dict)

    @property
    def map_shape(self) -> tuple[int, int]:
        """Height and width of the score map of one tile."""
        return self.input.height // self.output_stride, self.input.width // self.output_stride
