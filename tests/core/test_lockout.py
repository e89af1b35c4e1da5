"""Lock-outs: 30 s after the fifth failure, twice as long after each further one, at most a quarter of an hour."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.lockout import ATTEMPTS, LONGEST_MS, NONE, Failures, failed, lock_ms, locked_ms

TIMES = st.integers(0, 2**45)


@pytest.mark.parametrize(
    ("count", "seconds"), [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (8, 240), (9, 480), (10, 900), (10**9, 900)]
)
def test_it_doubles_up_to_a_quarter_of_an_hour(count: int, seconds: int) -> None:
    assert lock_ms(count) == seconds * 1000


@given(now_ms=TIMES)
def test_four_failures_lock_nobody(now_ms: int) -> None:
    failures = NONE
    for _ in range(ATTEMPTS - 1):
        failures = failed(failures, now_ms)
        assert locked_ms(failures, now_ms) == 0
    assert locked_ms(failed(failures, now_ms), now_ms) == 30_000


@given(count=st.integers(0, 60), last_ms=TIMES, now_ms=TIMES)
def test_whatever_the_clock_does_nobody_is_locked_out_for_longer_than_the_longest(
    count: int, last_ms: int, now_ms: int
) -> None:
    left = locked_ms(Failures(count, last_ms), now_ms)
    assert 0 <= left <= LONGEST_MS
    assert locked_ms(Failures(count, last_ms), last_ms + LONGEST_MS) == 0


@given(count=st.integers(ATTEMPTS, 60), last_ms=TIMES, passed_ms=st.integers(0, LONGEST_MS))
def test_a_lock_runs_down_with_the_clock(count: int, last_ms: int, passed_ms: int) -> None:
    assert locked_ms(Failures(count, last_ms), last_ms + passed_ms) == max(0, lock_ms(count) - passed_ms)
