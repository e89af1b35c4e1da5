"""From findings on a picture of a web to traces in its lines, and the scores of the stretch's own lines."""

import numpy as np
import pytest

from station_app.core.inspection import Box, Finding, Frame, FrameStamp
from station_app.core.lines import LineSpan
from station_app.core.recipe import Region, Thresholds
from station_app.inference.inspector import Inspector
from station_app.inference.region_plan import cut_regions, regions_along
from station_app.inference.traces import finding_traces
from tests.engine.line import AlreadyProved, make_package

PICTURE = LineSpan(1000, 1100)


def test_a_box_becomes_a_trace_and_two_where_a_gap_lies_in_it() -> None:
    finding = Finding("dent", 0.8, Box(5, 20, 10, 30))
    (whole,) = finding_traces([finding], PICTURE, ())
    assert (whole.label, whole.score, whole.start, whole.end, whole.left, whole.right) == (
        "dent",
        0.8,
        1020,
        1050,
        5,
        15,
    )
    assert whole.runs is None
    gaps = (LineSpan(1000, 1022), LineSpan(1030, 1040), LineSpan(1049, 1060), LineSpan(1090, 1095))
    assert [(trace.start, trace.end) for trace in finding_traces([finding], PICTURE, gaps)] == [
        (1022, 1030),
        (1040, 1049),
    ]
    assert finding_traces([finding], PICTURE, (LineSpan(1010, 1060),)) == []


def test_an_outline_becomes_its_pixels() -> None:
    triangle = Finding("scratch", 0.7, Box(10, 20, 5, 5), polygon=((10, 20), (14, 24), (10, 24)))
    (trace,) = finding_traces([triangle], PICTURE, ())
    assert trace.runs is not None
    assert trace.runs.tolist() == [[1020 + row, 10, 11 + row] for row in range(5)]
    halves = finding_traces([triangle], PICTURE, (LineSpan(1022, 1023),))
    assert [(half.start, half.end, half.left, half.right) for half in halves] == [
        (1020, 1022, 10, 12),
        (1023, 1025, 10, 15),
    ]


def test_regions_of_a_web_hold_for_all_its_lines_and_those_of_a_short_part_for_those_that_are_there() -> None:
    regions = (Region("edge", Box(10, 40, 20, 100)), Region("far", Box(0, 90, 5, 5), is_excluded=True))
    assert [region.box for region in regions_along(regions, (80, 64))] == [Box(10, 0, 20, 80), Box(0, 0, 5, 80)]
    assert [region.box for region in cut_regions(regions, (80, 25))] == [Box(10, 40, 15, 40)]


@pytest.mark.parametrize(("row", "score"), [(0, 200), (20, 200), (39, 200), (41, 60), (90, 60)])
def test_the_score_is_that_of_the_rows_asked_for_and_findings_are_of_all(
    row: int, score: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    package = make_package(tmp_path_factory.mktemp("packages"))
    pixels = np.full((100, 64), 60, np.uint8)
    pixels[::7, ::9] = 59
    pixels[30:40, 10:20] = 200
    frame = Frame(1, "top", FrameStamp(0, 0), pixels)
    with Inspector(package, proved=AlreadyProved(tmp_path_factory.mktemp("proved") / "p.json")) as inspector:
        reading = inspector.inspect(frame, (), {"scratch": Thresholds(0.4, 0.6)}, None, row)
    assert reading.scores[0][1] == pytest.approx(score / 255, abs=1e-3)
    assert [finding.box for finding in reading.findings] == [Box(10, 30, 10, 10)]
