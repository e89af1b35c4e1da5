"""The report of a run: counts that add up, escapes and overkill against the truth, times."""

from dataclasses import replace

from station_app.command_line.report import Outcome, part_line, summary
from station_app.command_line.truth import Truth
from station_app.core.inspection import CameraRecord, StageTimes, VerdictKind
from tests.store.records import inspection

GOOD, CRACK = Truth("good", "test"), Truth("crack", "test")


def _outcomes() -> list[Outcome]:
    told = [
        (VerdictKind.PASS, GOOD),
        (VerdictKind.PASS, GOOD),
        (VerdictKind.REVIEW, GOOD),
        (VerdictKind.PASS, CRACK),
        (VerdictKind.FAIL, CRACK),
        (VerdictKind.NO_RESULT, CRACK),
    ]
    return [Outcome(inspection(i, verdict), truth) for i, (verdict, truth) in enumerate(told, 1)]


def test_the_tally_adds_up_and_names_the_reasons() -> None:
    lines = list(summary(_outcomes(), 2.0, "m 1"))
    assert lines[0] == "6 parts = 3 OK + 1 NG + 1 review + 1 no result"
    assert "  no result because of late: 1" in lines
    assert "6 parts in 2.0 s = 3.0 parts/s" in lines


def test_only_an_ok_on_a_defect_is_an_escape_and_anything_else_on_a_good_part_is_overkill() -> None:
    text = "\n".join(summary(_outcomes(), 1.0, ""))
    assert "escapes of the split test: 1 of 3 = 33.3%" in text
    assert "overkill of the split test: 1 of 3 = 33.3%" in text


def test_the_confusion_counts_each_kind() -> None:
    lines = list(summary(_outcomes(), 1.0, ""))
    rows = {line.split()[0]: line.split()[1:] for line in lines if line.startswith(("good", "crack"))}
    assert rows == {"good": ["2", "0", "1", "0"], "crack": ["1", "1", "0", "1"]}


def test_without_a_truth_there_is_no_comparison() -> None:
    text = "\n".join(summary([Outcome(inspection(1))], 1.0, ""))
    assert "escapes" not in text


def test_nothing_inspected_is_a_report_too() -> None:
    lines = list(summary([], 0.0, ""))
    assert lines[0] == "0 parts = 0 OK + 0 NG + 0 review + 0 no result"


def test_the_times_are_the_recorded_ones() -> None:
    outcomes = [Outcome(replace(inspection(i), times=StageTimes(0, 0, 1, float(i)))) for i in range(1, 101)]
    line = next(line for line in summary(outcomes, 1.0, "") if line.startswith("trigger to verdict"))
    assert line == "trigger to verdict: median 51.0 ms, 95 % 96.0 ms, 99 % 100.0 ms, longest 100.0 ms"


def test_a_parts_line_says_where_it_came_from_and_why() -> None:
    told = replace(inspection(7, VerdictKind.FAIL), cameras=(CameraRecord("top", 3, "a/7.png"),))
    assert part_line(Outcome(told, CRACK)).split() == ["7", "a/7.png", "FAIL", "scratch", "0.900", "truth", "crack"]
    missing = replace(inspection(8, VerdictKind.NO_RESULT), detail="top: no frame", cameras=())
    assert part_line(Outcome(missing)).split("  ")[-2:] == ["NO_RESULT", "late (top: no frame)"]
