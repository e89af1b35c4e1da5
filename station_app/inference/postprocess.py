"""From a model's answers to findings: one collector for each task, chosen by name. No threads; buffers are kept.

A collector gathers the tiles of one region. Everything that leaves it is in frame pixels. Excluded regions count for
nothing.
"""

import math
from collections.abc import Mapping
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from station_app.core.errors import ModelOutputError
from station_app.core.inspection import Finding, Pixels
from station_app.core.recipe import Thresholds
from station_app.inference.contract import Outputs
from station_app.inference.manifest import Manifest, Task
from station_app.inference.overlap import Detection, Rect, merge
from station_app.inference.region_plan import RegionPlan
from station_app.inference.score_map import Blob, Scores, find_blobs, map_scores


class Collector(Protocol):
    """Takes the answers for the tiles of one region of one part, and gives scores and findings."""

    def begin(self) -> None:
        """A new part: forget the last one."""

    def add(self, index: int, outputs: Outputs) -> None:
        """The checked answer for the plan's tile of that index."""

    def scores(self) -> tuple[float, ...]:
        """The region's score for every label, in the manifest's order."""

    def scores_below(self, row: float) -> tuple[float, ...]:
        """The same of the region's reduced rows from `row` on alone; asked after `scores`."""

    def findings(self, thresholds: Mapping[str, Thresholds]) -> list[Finding]:
        """What stands at or above its label's review threshold."""

    def heat(self) -> Pixels | None:
        """The largest score of any label at each map pixel as 0..255; None where the model gives no map."""


class MapCollector:
    """Anomaly and segmentation: joins the tiles' maps by their maximum, which never hides a defect at a seam."""

    def __init__(self, manifest: Manifest, plan: RegionPlan) -> None:
        self._manifest, self._plan = manifest, plan
        self.joined: Scores = np.zeros((len(manifest.labels), plan.map_height, plan.map_width), np.float32)
        self._scores: tuple[float, ...] = ()
        self._only_score: float | None = None
        self._has_contrast = False

    def begin(self) -> None:
        self.joined.fill(0)
        self._scores = ()
        self._only_score = None
        self._has_contrast = False

    def add(self, index: int, outputs: Outputs) -> None:
        left, top = (start // self._plan.stride for start in self._plan.tiles[index])
        answer: NDArray[np.generic] = outputs["scores"][0]
        if not self._has_contrast:
            self._look_for_contrast(answer)
        target = self.joined[:, top : top + answer.shape[1], left : left + answer.shape[2]]
        np.maximum(target, answer[:, : target.shape[1], : target.shape[2]], out=target)

    def scores(self) -> tuple[float, ...]:
        self._check_alive()
        for box in self._plan.excluded:
            self.joined[:, box.y : box.bottom, box.x : box.right] = 0
        self._scores = map_scores(self.joined)
        return self._scores

    def scores_below(self, row: float) -> tuple[float, ...]:
        lower = self.joined[:, max(0, math.floor(row / self._plan.stride)) :]
        return map_scores(lower) if lower.size else (0.0,) * len(self.joined)

    def findings(self, thresholds: Mapping[str, Thresholds]) -> list[Finding]:
        found = []
        for label, score, plane in zip(self._manifest.labels, self._scores, self.joined, strict=True):
            found += [self._finding(label, blob) for blob in find_blobs(plane, thresholds[label].review, score)]
        return found

    def heat(self) -> Pixels | None:
        highest = self.joined.max(axis=0) if len(self.joined) > 1 else self.joined[0]
        heat: Pixels = cv2.convertScaleAbs(highest, alpha=255.0)
        return heat

    def _look_for_contrast(self, answer: NDArray[np.generic]) -> None:
        # In the answers and not in the joined map: that holds zeros as well where excluded tiles were never run.
        low, high = float(answer.min()), float(answer.max())
        self._has_contrast = low != high or self._only_score not in (None, low)
        self._only_score = low

    def _check_alive(self) -> None:
        # A map without any contrast is what a dead model, or one fed with nothing, answers: it proves no good part.
        if self.joined.size > 1 and not self._has_contrast:
            raise ModelOutputError(
                "the model's answer is no evidence: every score of its map is the same",
                where=f"model {self._manifest.name} {self._manifest.version}",
                remedy="inspect the part again; if this repeats, go back to the previous model",
            )

    def _finding(self, label: str, blob: Blob) -> Finding:
        plan, step = self._plan, self._plan.stride
        corners = (plan.to_frame(x * step, y * step) for x, y in blob.corners)
        return Finding(
            label=label,
            score=blob.score,
            box=plan.frame_box(blob.left * step, blob.top * step, blob.right * step, blob.bottom * step),
            region=plan.name,
            polygon=tuple((round(x), round(y)) for x, y in corners),
        )


class ClassCollector:
    """Classification: each label's score is that of its worst tile, and the finding is that tile."""

    def __init__(self, manifest: Manifest, plan: RegionPlan) -> None:
        self._manifest, self._plan = manifest, plan
        self._tiles = np.zeros((len(plan.tiles), len(manifest.labels)), np.float32)

    def begin(self) -> None:
        self._tiles.fill(0)

    def add(self, index: int, outputs: Outputs) -> None:
        self._tiles[index] = outputs["scores"][0]

    def scores(self) -> tuple[float, ...]:
        return tuple(float(score) for score in self._tiles.max(axis=0))

    def scores_below(self, row: float) -> tuple[float, ...]:
        is_below = [top + self._plan.tile_height > row for _, top in self._plan.tiles]
        return tuple(float(score) for score in self._tiles[is_below].max(axis=0, initial=0.0))

    def findings(self, thresholds: Mapping[str, Thresholds]) -> list[Finding]:
        plan, found = self._plan, []
        for column, label in enumerate(self._manifest.labels):
            for index, score in enumerate(self._tiles[:, column]):
                if score >= thresholds[label].review:
                    left, top = plan.tiles[index]
                    box = plan.frame_box(left, top, left + plan.tile_width, top + plan.tile_height)
                    found.append(Finding(label, float(score), box, region=plan.name))
        return found

    def heat(self) -> Pixels | None:
        return None


class DetectionCollector:
    """Object detection: boxes of all tiles, each defect once. A box whose centre is excluded counts for nothing."""

    def __init__(self, manifest: Manifest, plan: RegionPlan) -> None:
        self._manifest, self._plan = manifest, plan
        self._detections: list[Detection] = []

    def begin(self) -> None:
        self._detections.clear()

    def add(self, index: int, outputs: Outputs) -> None:
        left, top = self._plan.tiles[index]
        seen = Rect(left, top, left + self._plan.tile_width, top + self._plan.tile_height)
        boxes = outputs["boxes"][0].astype(np.float32, copy=False)
        boxes = boxes.clip(0, (self._plan.tile_width, self._plan.tile_height) * 2) + (left, top) * 2
        for box, score, label in zip(boxes, outputs["scores"][0], outputs["classes"][0], strict=True):
            # Models with a fixed number of boxes fill up with score 0.
            if score > 0 and not self._is_excluded(box):
                x0, y0, x1, y1 = (float(value) for value in box)
                upright = Rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
                self._detections.append(Detection(float(score), int(label), upright, seen))

    def scores(self) -> tuple[float, ...]:
        return self.scores_below(-math.inf)

    def scores_below(self, row: float) -> tuple[float, ...]:
        best = [0.0] * len(self._manifest.labels)
        for detection in self._detections:
            if detection.box.bottom > row:
                best[detection.label] = max(best[detection.label], detection.score)
        return tuple(best)

    def findings(self, thresholds: Mapping[str, Thresholds]) -> list[Finding]:
        found = []
        for index, label in enumerate(self._manifest.labels):
            strong = [d for d in self._detections if d.label == index and d.score >= thresholds[label].review]
            for defect in merge(strong):
                box = self._plan.frame_box(*defect.box)
                found.append(Finding(label, defect.score, box, region=self._plan.name))
        return found

    def heat(self) -> Pixels | None:
        return None

    def _is_excluded(self, box: NDArray[np.float32]) -> bool:
        x, y = (box[0] + box[2]) / 2 / self._plan.stride, (box[1] + box[3]) / 2 / self._plan.stride
        return any(b.x <= x < b.right and b.y <= y < b.bottom for b in self._plan.excluded)


_COLLECTORS: dict[Task, type[MapCollector] | type[ClassCollector] | type[DetectionCollector]] = {
    Task.ANOMALY: MapCollector,
    Task.SEGMENTATION: MapCollector,
    Task.CLASSIFICATION: ClassCollector,
    Task.DETECTION: DetectionCollector,
}


def collector_for(manifest: Manifest, plan: RegionPlan) -> Collector:
    """The collector of the manifest's task."""
    return _COLLECTORS[manifest.task](manifest, plan)
