"""Every task from end to end: a package on disk, a frame in, a verdict out; and no verdict from a broken answer."""

import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station_app.core.decision import CameraEvidence, Evidence, decide
from station_app.core.errors import ModelOutputError
from station_app.core.inspection import Box, Frame, FrameStamp, ImageQuality, PixelFormat, Pixels, VerdictKind
from station_app.core.recipe import CameraSetup, ModelReference, Recipe, Thresholds
from station_app.inference.inspector import Inspector, Reading
from station_app.inference.manifest import Task
from station_app.inference.package import ModelPackage
from tests.inference.models import pointwise_package
from tests.inference.tasks import LABELS, SIDE, package_for

Open = Callable[[ModelPackage], Inspector]
THRESHOLDS = Thresholds(0.8, 0.9)
SPOT = Box(50, 41, 12, 3)

every_task = pytest.mark.parametrize("task", list(Task))


def frame_of(pixels: Pixels, pixel_format: PixelFormat = PixelFormat.MONO8) -> Frame:
    return Frame(1, "top", FrameStamp(1, 0), pixels, pixel_format)


def housing(*spots: Box, rows: int = 90, columns: int = 120) -> Pixels:
    """A grey part with bright spots."""
    pixels = np.full((rows, columns), 100, np.uint8)
    pixels[::7, ::5] = 104
    for spot in spots:
        pixels[spot.y : spot.bottom, spot.x : spot.right] = 240
    return pixels


def inspect(inspector: Inspector, pixels: Pixels) -> Reading:
    thresholds = dict.fromkeys(inspector.package.labels, THRESHOLDS)
    return inspector.inspect(frame_of(pixels), (), thresholds, None)


def verdict_on(reading: Reading, labels: tuple[str, ...]) -> VerdictKind:
    """The verdict that the engine would reach on this reading."""
    setup = CameraSetup("top", ModelReference("tiny", reading.model_hash))
    recipe = Recipe("A17", 1, (setup,), tuple((label, THRESHOLDS) for label in labels))
    camera = CameraEvidence(
        part_id=1,
        camera_id="top",
        stamp=FrameStamp(1, 0),
        quality=ImageQuality(100.0, 0.0, 0.0, 5.0),
        model_hash=reading.model_hash,
        labels=labels,
        scores=reading.scores,
        findings=reading.findings,
    )
    return decide(Evidence(1, recipe.sha256, (camera,), 1.0), recipe).kind


@every_task
def test_a_defect_is_found_where_it_is_and_rejects_the_part(task: Task, tmp_path: Path, inspector_for: Open) -> None:
    reading = inspect(inspector_for(package_for(tmp_path, task)), housing(SPOT))
    assert {finding.label for finding in reading.findings} == {"scratch"}
    assert dict(reading.scores)["scratch"] == pytest.approx(240 / 255)
    assert verdict_on(reading, LABELS[task]) is VerdictKind.FAIL
    boxes = {finding.box for finding in reading.findings}
    if task is Task.CLASSIFICATION:
        assert any(box.x <= SPOT.x < box.right and box.y <= SPOT.y < box.bottom for box in boxes)
        assert {(box.width, box.height) for box in boxes} == {(SIDE, SIDE)}
    else:
        assert boxes == {SPOT}


@every_task
def test_a_clean_part_passes(task: Task, tmp_path: Path, inspector_for: Open) -> None:
    reading = inspect(inspector_for(package_for(tmp_path, task)), housing())
    assert reading.findings == ()
    assert tuple(label for label, _ in reading.scores) == LABELS[task]
    assert verdict_on(reading, LABELS[task]) is VerdictKind.PASS
    assert (reading.heat_map is not None) == task.gives_map


@every_task
def test_a_package_of_each_task_is_proved_in_a_process_of_its_own(task: Task, tmp_path: Path) -> None:
    with Inspector(package_for(tmp_path, task)) as inspector:
        assert inspector.provider == "CPU"


@every_task
@pytest.mark.parametrize("bad", [float("nan"), float("inf"), float("-inf"), -0.5, 1.5])
def test_a_score_that_is_none_gives_no_reading(task: Task, bad: float, tmp_path: Path, inspector_for: Open) -> None:
    inspector = inspector_for(package_for(tmp_path, task, bad=bad))
    inspect(inspector, housing(SPOT))
    with pytest.raises(ModelOutputError, match="no evidence"):
        inspect(inspector, np.zeros((90, 120), np.uint8))
    assert inspect(inspector, housing(SPOT)).findings, "the next part is well"


@every_task
def test_a_score_too_many_gives_no_reading(task: Task, tmp_path: Path, inspector_for: Open) -> None:
    inspector = inspector_for(package_for(tmp_path, task, extra=1))
    inspect(inspector, housing(SPOT))
    with pytest.raises(ModelOutputError, match="no evidence"):
        inspect(inspector, np.zeros((90, 120), np.uint8))


QUIETLY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def spots(draw: st.DrawFn, count: int, rows: int, columns: int) -> list[Box]:
    """Spots of four pixels or more, of any length, never nearer to each other than two pixels."""
    chosen: list[Box] = []
    for _ in range(count):
        width, height = draw(st.integers(2, columns)), draw(st.integers(2, 12))
        box = Box(draw(st.integers(0, columns - width)), draw(st.integers(0, rows - height)), width, height)
        if all(_are_apart(box, other) for other in chosen):
            chosen.append(box)
    return chosen


def _are_apart(one: Box, other: Box) -> bool:
    beside = one.right + 2 <= other.x or other.right + 2 <= one.x
    return beside or one.bottom + 2 <= other.y or other.bottom + 2 <= one.y


@QUIETLY
@given(data=st.data(), rows=st.integers(20, 120), columns=st.integers(20, 120))
def test_defects_over_the_borders_of_tiles_are_found_whole(
    data: st.DataObject, rows: int, columns: int, tmp_path: Path, inspector_for: Open
) -> None:
    inspector = kept_inspector(inspector_for, tmp_path, Task.ANOMALY)
    truth = data.draw(spots(5, rows, columns))
    reading = inspect(inspector, housing(*truth, rows=rows, columns=columns))
    assert sorted(finding.box for finding in reading.findings) == sorted(truth)


@QUIETLY
@given(data=st.data(), rows=st.integers(SIDE, 120), columns=st.integers(SIDE, 120))
def test_a_box_over_the_borders_of_tiles_is_found_whole(
    data: st.DataObject, rows: int, columns: int, tmp_path: Path, inspector_for: Open
) -> None:
    inspector = kept_inspector(inspector_for, tmp_path, Task.DETECTION)
    truth = data.draw(spots(1, rows, columns))
    reading = inspect(inspector, housing(*truth, rows=rows, columns=columns))
    assert [finding.box for finding in reading.findings] == truth


KEPT: dict[tuple[Path, Task], Inspector] = {}


def kept_inspector(inspector_for: Open, folder: Path, task: Task) -> Inspector:
    """One inspector for all examples of a test."""
    if (folder, task) not in KEPT:
        KEPT.clear()
        KEPT[folder, task] = inspector_for(package_for(folder, task))
    return KEPT[folder, task]


@pytest.mark.parametrize("pixel_format", list(PixelFormat))
def test_twenty_megapixels_need_no_more_memory_for_each_part(
    pixel_format: PixelFormat, tmp_path: Path, inspector_for: Open
) -> None:
    inspector = inspector_for(pointwise_package(tmp_path, height=512, width=512, overlap=64, stride=4))
    pixels = housing(Box(2500, 1800, 900, 3), rows=3648, columns=5472)
    if pixel_format is PixelFormat.BGR8:
        pixels = np.repeat(pixels[..., None], 3, axis=2)
    frame = frame_of(pixels, pixel_format)
    inspector.inspect(frame, (), {"scratch": THRESHOLDS}, None)
    tracemalloc.start()
    try:
        for part_id in range(3):
            reading = inspector.inspect(replace(frame, part_id=part_id), (), {"scratch": THRESHOLDS}, None)
        left, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert reading.findings
    map_bytes = 912 * 1368
    assert left < 2 * map_bytes, "the last heat map and its findings"
    assert peak < 8 * map_bytes, "half of the frame"
