"""A roll in metres: every defect on its stretch, no stretch told before it is certain."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.core.decision import Evidence, decide
from station_app.core.inspection import VerdictKind
from station_app.core.lines import LineScale, LineSpan
from station_app.core.lines_merge import WebDefect
from station_app.core.lines_record import RollDefect
from station_app.core.web import Stretch, WebRoll
from tests.core.strategies import LABELS, evidence, recipe

UNTIMED = settings(deadline=None)


def defect(start: int, end: int, score: float = 0.9) -> WebDefect:
    return WebDefect(start, end, 5, 15, LABELS[0], score)


def test_a_roll_is_told_in_stretches_with_metres_from_its_start() -> None:
    scale = LineScale(0.5, 0.5)
    roll = WebRoll(1000, 2000)
    roll.add_defects([defect(1500, 1510), defect(3200, 3300)])
    first, second = roll.settle(5000)
    assert first.metres(scale) == (0.0, 1.0) and second.metres(scale) == (1.0, 2.0)
    assert first.roll_defects(scale) == (RollDefect(LABELS[0], 0.9, 0.25, 5.0, 2.5, 5.0),)
    assert second.roll_defects(scale) == (RollDefect(LABELS[0], 0.9, 1.1, 50.0, 2.5, 5.0),)
    (last,) = roll.stop(6000)
    assert last.metres(scale) == (2.0, 2.5) and last.number == 3


def test_a_defect_belongs_to_every_stretch_that_it_lies_on() -> None:
    roll = WebRoll(0, 100)
    roll.add_defects([defect(90, 210)])
    assert [len(stretch.defects) for stretch in roll.settle(400)] == [1, 1, 1, 0]


def test_a_gap_counts_on_every_stretch_that_it_reaches_into() -> None:
    roll = WebRoll(0, 100)
    roll.add_gap(LineSpan(90, 130))
    assert [stretch.missing for stretch in roll.settle(300)] == [10, 30, 0]


def test_what_comes_after_its_stretch_was_told_is_a_bug() -> None:
    roll = WebRoll(0, 100)
    roll.settle(100)
    with pytest.raises(ValueError, match="was told"):
        roll.add_defects([defect(50, 60)])
    with pytest.raises(ValueError, match="was told"):
        roll.add_gap(LineSpan(50, 60))


def test_a_roll_that_stops_at_the_end_of_a_stretch_has_no_further_one() -> None:
    roll = WebRoll(0, 100)
    assert [stretch.span.length for stretch in roll.stop(200)] == [100, 100]
    with pytest.raises(ValueError, match="was told"):
        roll.add_gap(LineSpan(200, 300))


@UNTIMED
@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(1, 400)), max_size=20),
    st.lists(st.tuples(st.integers(0, 900), st.integers(1, 50)), max_size=5),
    st.integers(1, 300),
    st.integers(1, 1300),
)
def test_every_line_is_on_exactly_one_stretch_and_every_fault_on_its_own(
    defects: list[tuple[int, int]], gaps: list[tuple[int, int]], stretch_lines: int, end: int
) -> None:
    roll = WebRoll(0, stretch_lines)
    truth = [defect(start, start + length) for start, length in defects]
    roll.add_defects(truth)
    for start, length in gaps:
        roll.add_gap(LineSpan(start, start + length))
    stretches = roll.settle(end // 2) + roll.stop(end)
    assert [line for stretch in stretches for line in range(*stretch.span)] == list(range(end))
    for stretch in stretches:
        assert set(stretch.defects) == {d for d in truth if d.span.meets(stretch.span)}
        has_gap = any(LineSpan(s, s + n).meets(stretch.span) for s, n in gaps)
        assert stretch.is_complete == (not has_gap)


@UNTIMED
@given(evidence(high=0.4), st.integers(0, 3), st.floats(0, 1))
def test_a_stretch_passes_only_if_it_is_complete_and_without_a_defect(
    whole: Evidence, missing: int, score: float
) -> None:
    stretch = Stretch(1, LineSpan(0, 100), 0, (defect(10, 200, score),), missing)
    camera = stretch.evidence(whole.cameras[0])
    kind = decide(replace(whole, cameras=(camera, *whole.cameras[1:])), recipe()).kind
    if missing:
        assert kind is VerdictKind.NO_RESULT
    else:
        assert kind is (VerdictKind.FAIL if score >= 0.6 else VerdictKind.REVIEW if score >= 0.4 else VerdictKind.PASS)
    assert camera.findings[-1].box == (5, 10, 10, 90)
