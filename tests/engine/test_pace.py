"""A run is begun where it will have ended before the next part comes."""

from hypothesis import given
from hypothesis import strategies as st

from station_app.engine.pace import TRY_EVERY, Pace


def paced(period_s: float, run_s: float) -> Pace:
    """After ten parts, the last one triggered at second 0."""
    pace = Pace()
    for number in range(10):
        pace.triggered((number - 9) * period_s)
        pace.ran(run_s)
    return pace


def test_what_is_not_known_yet_is_tried() -> None:
    pace = Pace()
    assert pace.has_time(0.0)
    pace.triggered(1.0)
    pace.ran(100.0)
    assert pace.has_time(1.1), "no gap is known yet"


@given(st.floats(0.05, 5.0), st.floats(0.001, 5.0), st.floats(0.0, 0.99))
def test_there_is_time_where_the_run_fits_with_its_margin(period_s: float, run_s: float, share: float) -> None:
    left_s = period_s * (1 - share)
    if abs(left_s - 1.25 * run_s) < 1e-6:
        return
    assert paced(period_s, run_s).has_time(period_s * share) == (left_s >= 1.25 * run_s)


def test_one_in_twenty_is_tried_all_the_same() -> None:
    pace = paced(0.2, 0.3)
    tried = [pace.has_time(0.1) for _ in range(3 * TRY_EVERY)]
    assert [number + 1 for number, is_tried in enumerate(tried) if is_tried] == [20, 40, 60]


def test_a_line_that_stands_still_has_time() -> None:
    assert paced(0.2, 3.0).has_time(0.5)


def test_one_odd_gap_or_run_changes_nothing() -> None:
    pace = paced(1.0, 0.1)
    pace.ran(50.0)
    pace.triggered(0.01)
    assert pace.has_time(0.3)
