"""Thresholds move within 0 and 1 and never past each other; periods are those of the wall clock."""

from datetime import datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from station_app.core.recipe import Thresholds
from station_app.gui.whatif.stretches import Stretch, bounds
from station_app.gui.whatif.tried import Line, choosing, moving, resetting, stepping, trying, typed

ACTIVE = {"scratch": Thresholds(0.5, 0.8), "dent": Thresholds(0.6, 0.6)}
NOW = datetime(2026, 11, 24, 13, 30)  # noqa: DTZ001 - the clock on the wall
SHIFTS = (time(6), time(14), time(22))


@given(st.lists(st.tuples(st.sampled_from(Line), st.floats(-2, 2)), max_size=12))
def test_any_moves_leave_thresholds_that_may_be(moves: list[tuple[Line, float]]) -> None:
    tried = trying(ACTIVE, ACTIVE)
    for line, value in moves:
        tried = moving(tried, line, value)
        pair = tried.wanted["scratch"]
        assert 0 <= pair.review <= pair.fail <= 1 and tried.line is line
        assert tried.wanted["dent"] == ACTIVE["dent"]
    assert dict(resetting(tried).wanted) == ACTIVE


def test_steps_are_thousandths_that_do_not_drift() -> None:
    tried = trying(ACTIVE, ACTIVE)
    for _ in range(100):
        tried = stepping(tried, Line.REVIEW, 1)
    assert tried.wanted["scratch"].review == 0.6 and tried.is_changed


def test_what_is_typed_must_be_possible() -> None:
    tried = trying(ACTIVE, ACTIVE)
    for text in ("0.9", "1.1", "-0.1", "", "nan", "half"):
        assert typed(tried, Line.REVIEW, text) is None
    lower = typed(tried, Line.FAIL, " 0,55 ")
    assert lower is not None and lower.wanted["scratch"] == Thresholds(0.5, 0.55)


def test_a_label_stays_chosen_where_the_recipe_has_it() -> None:
    assert trying(ACTIVE, ACTIVE, "dent").label == "dent"
    assert trying(ACTIVE, ACTIVE, "chip").label == "scratch"
    assert choosing(trying(ACTIVE, ACTIVE), "chip").label == "scratch"
    assert trying({}, {}).pair is None and moving(trying({}, {}), Line.FAIL, 0.5).wanted == {}


def test_a_draft_with_a_new_label_keeps_its_own_thresholds() -> None:
    tried = trying({**ACTIVE, "chip": Thresholds(0.1, 0.2)}, ACTIVE)
    assert tried.is_changed and resetting(tried).wanted["chip"] == Thresholds(0.1, 0.2)


def test_the_last_shift_is_the_one_that_is_over() -> None:
    begin, end = bounds(Stretch.SHIFT, SHIFTS, NOW)
    assert (begin, end) == tuple(
        round(datetime(2026, 11, day, hour).timestamp() * 1000)  # noqa: DTZ001 - the clock on the wall
        for day, hour in ((23, 22), (24, 6))
    )


def test_without_shifts_it_is_eight_hours() -> None:
    begin, end = bounds(Stretch.SHIFT, (), NOW)
    assert end - begin == 8 * 3_600_000 + 1, "the part of this very millisecond counts"
    month, until = bounds(Stretch.MONTH, SHIFTS, NOW)
    assert until == end and month == round((NOW - timedelta(days=30)).timestamp() * 1000)
