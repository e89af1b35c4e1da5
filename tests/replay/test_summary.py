"""A replay's rates weigh every blind review by what its stratum stands for, before and after alike."""

import pytest

from station_app.core.inspection import VerdictKind
from station_app.quality.estimate import CannotSay, Estimate
from station_app.quality.mcnemar import McNemar
from station_app.replay.outcome import Outcome, Skipped
from station_app.replay.summary import Sampled, summarise

OK, NG = VerdictKind.PASS, VerdictKind.FAIL


def outcome(part_id: int, old: VerdictKind, new: VerdictKind) -> Outcome:
    return Outcome(part_id, old, new, is_identical=old is new)


def test_rates_are_shares_of_all_parts() -> None:
    """900 parts told OK of which 2 of 10 reviewed are bad, 100 told NG of which 5 of 10 reviewed are good."""
    told_ok = [outcome(n, OK, NG if n == 0 else OK) for n in range(10)]
    told_ng = [outcome(n, NG, OK if n in (10, 11) else NG) for n in range(10, 20)]
    truth = {n: Sampled("ok", is_bad=n < 2) for n in range(10)} | {n: Sampled("ng", n >= 15) for n in range(10, 20)}
    summary = summarise(told_ok + told_ng, {"ok": 900, "ng": 100}, truth)
    assert isinstance(summary.escapes_before, Estimate) and isinstance(summary.escapes_after, Estimate)
    assert summary.escapes_before.value == pytest.approx(0.9 * 0.2)
    assert summary.escapes_after.value == pytest.approx(0.9 * 0.1)
    assert isinstance(summary.overkill_before, Estimate) and isinstance(summary.overkill_after, Estimate)
    assert summary.overkill_before.value == pytest.approx(0.1 * 0.5)
    assert summary.overkill_after.value == pytest.approx(0.1 * 0.3)
    assert isinstance(summary.test, McNemar) and summary.test.first.count == 0 and summary.test.first.total == 3
    assert summary.flips == ((NG, OK, 2), (OK, NG, 1)) and summary.identical == 17 and summary.labelled == 20


def test_without_reviews_nothing_is_claimed() -> None:
    summary = summarise([outcome(1, OK, NG)], {"ok": 10}, {})
    assert isinstance(summary.escapes_after, CannotSay) and isinstance(summary.test, CannotSay)
    assert summary.flips == ((OK, NG, 1),)


def test_skipped_parts_are_counted_apart() -> None:
    skipped = Outcome(2, OK, skipped=Skipped.NO_IMAGE)
    summary = summarise([outcome(1, OK, OK), skipped], {}, {2: Sampled("ok", is_bad=True)})
    assert summary.judged == 1 and summary.skipped == ((Skipped.NO_IMAGE, 1),) and summary.labelled == 0


def test_review_counts_as_not_told_ok() -> None:
    flips = [outcome(1, OK, VerdictKind.REVIEW)]
    summary = summarise(flips, {"ok": 1}, {1: Sampled("ok", is_bad=True)})
    assert isinstance(summary.escapes_before, Estimate) and summary.escapes_before.value == 1.0
    assert isinstance(summary.escapes_after, Estimate) and summary.escapes_after.value == 0.0
