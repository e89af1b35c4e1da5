"""`triggers = PASS + FAIL + REVIEW + NO_RESULT + in flight`, whatever happens in whatever order."""

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.core.inspection import VerdictKind
from station_app.core.messages import Counters
from station_app.engine.tally import RecentTimes, Tally


def test_each_verdict_has_its_counter() -> None:
    tally = Tally()
    for part_id, verdict in enumerate((VerdictKind.PASS, VerdictKind.FAIL, VerdictKind.REVIEW, VerdictKind.NO_RESULT)):
        tally.triggered(part_id)
        tally.concluded(part_id, verdict)
    tally.triggered(9)
    assert tally.counters() == Counters(5, 1, 1, 1, 1, 1)
    assert not tally.wait_settled(0.01)


def test_a_second_verdict_is_a_bug_that_is_told() -> None:
    tally = Tally()
    tally.triggered(1)
    tally.concluded(1, VerdictKind.PASS)
    with pytest.raises(ValueError, match="nobody asked"):
        tally.concluded(1, VerdictKind.FAIL)
    with pytest.raises(ValueError, match="nobody asked"):
        tally.concluded(2, VerdictKind.PASS)
    assert tally.counters() == Counters(1, 1)


def test_a_part_begins_once() -> None:
    tally = Tally()
    tally.triggered(1)
    with pytest.raises(ValueError, match="twice"):
        tally.triggered(1)


@given(st.lists(st.lists(st.sampled_from(VerdictKind), min_size=1, max_size=20), min_size=1, max_size=4))
@settings(max_examples=25, deadline=None)
def test_it_reconciles_at_every_moment_on_many_threads(lots: list[list[VerdictKind]]) -> None:
    tally = Tally()
    seen: list[Counters] = []

    def run(first: int, verdicts: list[VerdictKind]) -> None:
        for part_id, verdict in enumerate(verdicts, start=first):
            tally.triggered(part_id)
            seen.append(tally.counters())
            seen.append(tally.concluded(part_id, verdict))

    threads = [threading.Thread(target=run, args=(1000 * n, lot)) for n, lot in enumerate(lots)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tally.wait_settled(0)
    assert all(counters.is_reconciled for counters in seen)
    assert tally.counters().triggers == sum(map(len, lots))


def test_quantiles_are_those_of_the_last_times() -> None:
    times = RecentTimes(size=10)
    assert times.quantile(0.5) == 0.0
    for milliseconds in range(100):
        times.add(milliseconds)
    assert (times.quantile(0.0), times.quantile(0.5), times.quantile(0.99)) == (90, 95, 99)
