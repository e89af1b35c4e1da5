"""Collectors: tiles joined, excluded regions silent, each defect once, all in frame pixels."""

import numpy as np
import pytest

from station_app.core.errors import ModelOutputError
from station_app.core.inspection import Box, Finding
from station_app.core.recipe import Region
from station_app.inference.contract import Outputs
from station_app.inference.manifest import Fit, Manifest, Task
from station_app.inference.postprocess import Collector, collector_for
from station_app.inference.region_plan import plan_regions
from tests.inference.models import draft

LABELS = ("scratch", "dent")


def collect(manifest: Manifest, answers: list[Outputs], regions: tuple[Region, ...] = ()) -> Collector:
    (plan,) = plan_regions(manifest, (32, 60), regions)
    collector = collector_for(manifest, plan)
    collector.begin()
    for index, answer in enumerate(answers):
        collector.add(index, answer)
    return collector


def found(collector: Collector, manifest: Manifest) -> list[Finding]:
    return collector.findings(dict(manifest.thresholds))


def tile_map(*spots: tuple[int, int, int, int, int], labels: int = 1) -> Outputs:
    scores = np.full((1, labels, 32, 32), 0.1, np.float32)
    for label, x, y, width, height in spots:
        scores[0, label, y : y + height, x : x + width] = 0.9
    return {"scores": scores}


def boxes(*entries: tuple[float, float, float, float, float, int]) -> Outputs:
    return {
        "boxes": np.asarray([[entry[:4] for entry in entries]], np.float32).reshape(1, -1, 4),
        "scores": np.asarray([[entry[4] for entry in entries]], np.float32),
        "classes": np.asarray([[entry[5] for entry in entries]], np.int64),
    }


def test_a_defect_in_two_tiles_is_one_finding() -> None:
    manifest = draft(overlap=4)  # tiles at 0 and 28
    collector = collect(manifest, [tile_map((0, 26, 10, 6, 3)), tile_map((0, 0, 10, 5, 3))])
    assert collector.scores() == pytest.approx((0.9,))
    (finding,) = found(collector, manifest)
    assert finding.box == Box(26, 10, 7, 3)
    assert finding.polygon is not None and set(finding.polygon) == {(26, 10), (33, 10), (33, 13), (26, 13)}


def test_labels_keep_their_own_maps() -> None:
    manifest = draft(task=Task.SEGMENTATION, labels=LABELS, overlap=4)
    collector = collect(manifest, [tile_map((1, 5, 5, 4, 4), labels=2), tile_map(labels=2)])
    assert collector.scores() == pytest.approx((0.1, 0.9))
    assert [finding.label for finding in found(collector, manifest)] == ["dent"]
    heat = collector.heat()
    assert heat is not None and heat.shape == (32, 60) and heat.max() == 230


def test_an_excluded_region_counts_for_nothing() -> None:
    manifest = draft(overlap=4)
    regions = (Region("hole", Box(0, 0, 12, 12), is_excluded=True),)
    collector = collect(manifest, [tile_map((0, 2, 2, 8, 8)), tile_map()], regions)
    assert collector.scores() == pytest.approx((0.1,))
    assert found(collector, manifest) == []


def test_a_region_of_the_frame_reports_in_frame_pixels() -> None:
    manifest = draft(32, 32, fit=Fit.AREA, stride=1)
    collector = collect(manifest, [tile_map((0, 0, 0, 16, 8))], (Region("top", Box(20, 10, 16, 16)),))
    collector.scores()
    (finding,) = found(collector, manifest)
    assert finding.box == Box(20, 10, 8, 4)
    assert finding.region == "top"


@pytest.mark.parametrize("level", [0.0, 0.3, 1.0])
def test_a_map_of_one_value_is_no_evidence(level: float) -> None:
    dead: Outputs = {"scores": np.full((1, 1, 32, 32), level, np.float32)}
    with pytest.raises(ModelOutputError, match="every score of its map is the same"):
        collect(draft(overlap=4), [dead, dead]).scores()


def test_a_map_of_one_value_is_no_evidence_although_excluded_tiles_were_not_run() -> None:
    dead: Outputs = {"scores": np.full((1, 1, 32, 32), 0.3, np.float32)}
    regions = (Region("left", Box(0, 0, 32, 32), is_excluded=True),)
    with pytest.raises(ModelOutputError, match="every score of its map is the same"):
        collect(draft(overlap=4), [dead], regions).scores()


def test_a_dead_part_after_a_living_one_is_no_evidence() -> None:
    collector = collect(draft(overlap=4), [tile_map((0, 5, 5, 4, 4)), tile_map()])
    collector.scores()
    collector.begin()
    for index in range(2):
        collector.add(index, {"scores": np.full((1, 1, 32, 32), 0.3, np.float32)})
    with pytest.raises(ModelOutputError, match="every score of its map is the same"):
        collector.scores()


def test_nothing_of_the_part_before_remains() -> None:
    manifest = draft(overlap=4)
    collector = collect(manifest, [tile_map((0, 5, 5, 4, 4)), tile_map((0, 9, 9, 1, 1))])
    collector.begin()
    collector.add(0, tile_map((0, 9, 9, 1, 1)))
    assert collector.scores() == pytest.approx((0.3,))


def test_a_class_takes_its_worst_tile() -> None:
    manifest = draft(task=Task.CLASSIFICATION, labels=LABELS)
    answers: list[Outputs] = [{"scores": np.asarray([row], np.float32)} for row in ([0.1, 0.2], [0.7, 0.3])]
    collector = collect(manifest, answers)
    assert collector.scores() == pytest.approx((0.7, 0.3))
    (finding,) = found(collector, manifest)
    assert (finding.label, finding.box) == ("scratch", Box(28, 0, 32, 32))
    assert collector.heat() is None


def test_a_box_cut_by_a_tile_is_the_same_defect_as_the_whole_one() -> None:
    manifest = draft(task=Task.DETECTION, labels=LABELS, overlap=16)  # tiles at 0, 16 and 28
    answers = [boxes((20, 10, 32, 20, 0.7, 0)), boxes((4, 10, 26, 20, 0.8, 0)), boxes()]
    collector = collect(manifest, answers)
    assert collector.scores() == pytest.approx((0.8, 0.0))
    (finding,) = found(collector, manifest)
    assert finding.box == Box(20, 10, 22, 10)


def test_a_box_over_many_tiles_is_one_defect_from_end_to_end() -> None:
    manifest = draft(task=Task.DETECTION, labels=LABELS, overlap=16)  # tiles at 0, 16 and 28
    answers = [boxes((10, 4, 32, 8, 0.7, 0)), boxes((0, 4, 32, 8, 0.9, 0)), boxes((0, 4, 22, 8, 0.8, 0))]
    (finding,) = found(collect(manifest, answers), manifest)
    assert finding.box == Box(10, 4, 40, 4)
    assert finding.score == pytest.approx(0.9)


def test_two_defects_side_by_side_over_a_seam_stay_two() -> None:
    manifest = draft(task=Task.DETECTION, labels=LABELS, overlap=4)  # tiles at 0 and 28
    answers = [
        boxes((20, 2, 32, 6, 0.7, 0), (20, 20, 32, 24, 0.7, 0)),
        boxes((0, 2, 9, 6, 0.8, 0), (0, 20, 9, 24, 0.6, 0)),
    ]
    findings = found(collect(manifest, answers), manifest)
    assert sorted(finding.box for finding in findings) == [Box(20, 2, 17, 4), Box(20, 20, 17, 4)]


def test_boxes_of_different_labels_or_places_stay_apart() -> None:
    manifest = draft(task=Task.DETECTION, labels=LABELS)
    collector = collect(
        manifest, [boxes((0, 0, 9, 9, 0.7, 0), (0, 0, 9, 9, 0.7, 1), (20, 20, 30, 30, 0.6, 0)), boxes()]
    )
    assert len(found(collector, manifest)) == 3


def test_an_excluded_box_and_filling_boxes_count_for_nothing() -> None:
    manifest = draft(task=Task.DETECTION, labels=LABELS)
    regions = (Region("hole", Box(0, 0, 12, 12), is_excluded=True),)
    collector = collect(manifest, [boxes((0, 0, 9, 9, 0.9, 0), (0, 0, 0, 0, 0.0, 1)), boxes()], regions)
    assert collector.scores() == (0.0, 0.0)
