"""What-if over recorded scores: counted by hand, monotone, and without a result never a pass."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.quality.estimate import CannotSay, Estimate, Lack, Method
from station_app.quality.guarantee import Guarantee, guaranteed_threshold, missed_share
from station_app.quality.intervals import clopper_pearson, upper_bound
from station_app.quality.thresholds import KnownTruth, RecordedScores, ThresholdPair, WhatIf, flipped, what_if

levels = st.integers(0, 20).map(lambda n: n / 20)
pairs = st.tuples(levels, levels).map(lambda ends: ThresholdPair(min(ends), max(ends)))


@st.composite
def records(draw: st.DrawFn) -> tuple[RecordedScores, KnownTruth]:
    scores = np.array(draw(st.lists(levels, min_size=1, max_size=60)))
    floor = None
    if draw(st.booleans()):
        ranks = draw(st.lists(st.sampled_from([0, 0, 0, 1, 2]), min_size=len(scores), max_size=len(scores)))
        floor = np.array(ranks, np.int8)
    recorded = RecordedScores(scores, draw(st.integers(0, 9)), floor)
    stratum = (scores >= 0.5).astype(np.int64)
    known = np.array([draw(st.booleans()) for _ in scores]) | (np.arange(len(scores)) == 0)
    bad = np.array([draw(st.booleans()) for _ in scores])
    sizes = tuple(np.bincount(stratum, minlength=2).tolist())
    drawn = RecordedScores(scores[known], 0, None if floor is None else floor[known])
    return recorded, KnownTruth(drawn, bad[known], stratum[known], sizes)


def answer_of(record: tuple[RecordedScores, KnownTruth], old: ThresholdPair, new: ThresholdPair) -> WhatIf:
    answer = what_if(*record, old, new, seconds_per_review=12)
    assert isinstance(answer, WhatIf)
    return answer


def verdict(score: float, floor: int, pair: ThresholdPair) -> int:
    own = 2 if score >= pair.fail else 1 if score >= pair.review else 0
    return max(own, floor)


@given(records(), pairs, pairs)
def test_every_part_is_counted_where_its_verdicts_put_it(
    record: tuple[RecordedScores, KnownTruth], old: ThresholdPair, new: ThresholdPair
) -> None:
    recorded = record[0]
    floor = [0] * len(recorded.scores) if recorded.floor is None else recorded.floor.tolist()
    moves = [(verdict(s, f, old), verdict(s, f, new)) for s, f in zip(recorded.scores.tolist(), floor, strict=True)]
    answer = answer_of(record, old, new)
    assert answer.flips == tuple(tuple(moves.count((a, b)) for b in range(3)) for a in range(3))
    assert [s.count for s in (answer.passed, answer.review, answer.failed)] == [
        sum(b == rank for _, b in moves) for rank in range(3)
    ]
    assert flipped(recorded, old, new).tolist() == [n for n, (a, b) in enumerate(moves) if a != b]
    assert answer.review_minutes.value == pytest.approx(answer.review.count * 12 / 60)
    assert answer.no_result == recorded.no_result


@given(records(), pairs, pairs)
def test_a_higher_review_threshold_passes_more_and_lets_more_escape(
    record: tuple[RecordedScores, KnownTruth], one: ThresholdPair, other: ThresholdPair
) -> None:
    fail = max(one.fail, other.fail)
    low, high = sorted((one.review, other.review))
    strict, lax = (answer_of(record, one, ThresholdPair(review, fail)) for review in (low, high))
    assert lax.passed.count >= strict.passed.count
    assert lax.review.count <= strict.review.count
    assert lax.failed.count == strict.failed.count
    if isinstance(lax.escapes, Estimate) and isinstance(strict.escapes, Estimate):
        assert lax.escapes.value >= strict.escapes.value
        assert lax.escapes.high >= strict.escapes.high - 1e-12
    if isinstance(lax.overkill, Estimate) and isinstance(strict.overkill, Estimate):
        assert lax.overkill.value <= strict.overkill.value
        assert lax.overkill.high <= strict.overkill.high + 1e-12


@given(records(), pairs)
def test_the_same_thresholds_flip_nothing(record: tuple[RecordedScores, KnownTruth], pair: ThresholdPair) -> None:
    answer = answer_of(record, pair, pair)
    assert len(flipped(record[0], pair, pair)) == 0
    assert all(n == 0 for a, row in enumerate(answer.flips) for b, n in enumerate(row) if a != b)


def test_rates_weigh_each_known_part_by_its_stratum() -> None:
    scores = np.concatenate([np.full(900, 0.1), np.full(100, 0.6)])
    known = RecordedScores(np.array([0.1] * 30 + [0.6] * 20))
    bad = np.array([True] + [False] * 29 + [True] * 5 + [False] * 15)
    truth = KnownTruth(known, bad, np.array([0] * 30 + [1] * 20), (900, 100))
    pair = ThresholdPair(0.5, 0.9)
    answer = answer_of((RecordedScores(scores), truth), pair, pair)
    assert isinstance(answer.escapes, Estimate)
    assert isinstance(answer.overkill, Estimate)
    assert answer.escapes.value == pytest.approx(0.9 * 1 / 30)
    assert answer.overkill.value == pytest.approx(0.1 * 15 / 20)
    assert answer.escapes.method is Method.FAY_FEUER


def test_without_parts_or_known_truth_there_is_no_rate() -> None:
    nothing = KnownTruth(RecordedScores(np.zeros(0)), np.zeros(0, np.bool_), np.zeros(0, np.int64), (5,))
    pair = ThresholdPair(0.5, 0.5)
    answer = answer_of((RecordedScores(np.full(5, 0.2)), nothing), pair, pair)
    assert answer.escapes == answer.overkill == CannotSay(Lack.REVIEWS, 1)
    assert what_if(RecordedScores(np.zeros(0)), nothing, pair, pair, 1.0) == CannotSay(Lack.PARTS, 1)


@pytest.mark.parametrize("ends", [(0.6, 0.5), (-0.1, 0.5), (0.5, 1.1)])
def test_thresholds_that_cross_are_refused(ends: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="thresholds"):
        ThresholdPair(*ends)


@pytest.mark.parametrize("score", [float("nan"), -0.1, 1.1])
def test_a_part_without_a_valid_score_can_never_count_as_passed_or_as_caught(score: float) -> None:
    scores = np.append(np.full(400, 0.9), score)
    for use in (
        RecordedScores,
        lambda given: missed_share(given, 0.5),
        lambda given: guaranteed_threshold(given, 0.02),
    ):
        with pytest.raises(ValueError, match="score"):
            use(scores)


def test_arrays_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(ValueError, match="floor"):
        RecordedScores(np.zeros(3), floor=np.zeros(2, np.int8))
    with pytest.raises(ValueError, match="truth"):
        KnownTruth(RecordedScores(np.zeros(3)), np.zeros(2, np.bool_), np.zeros(3, np.int64), (3,))


bad_scores = st.lists(levels, min_size=1, max_size=400).map(np.array)


@given(bad_scores, st.sampled_from([0.02, 0.05, 0.1, 0.3]))
def test_a_guarantee_is_the_highest_threshold_that_keeps_its_promise(scores: np.ndarray, limit: float) -> None:
    answer = guaranteed_threshold(scores, limit)
    if isinstance(answer, CannotSay):
        assert upper_bound(0, len(scores)) > limit
        assert upper_bound(0, len(scores) + answer.needed) <= limit
        return
    assert answer.count == int((scores < answer.threshold).sum())
    assert answer.bound == upper_bound(answer.count, len(scores)) <= limit
    above = scores[scores > answer.threshold]
    if len(above):
        assert upper_bound(int((scores < above.min()).sum()), len(scores)) > limit


def test_two_percent_needs_149_bad_parts() -> None:
    assert guaranteed_threshold(np.full(100, 0.9), 0.02) == CannotSay(Lack.BAD_PARTS, 49)
    assert isinstance(guaranteed_threshold(np.full(149, 0.9), 0.02), Guarantee)


def test_a_promise_is_broken_no_oftener_than_said() -> None:
    """400 calibrations on 400 bad parts; the observed share, taken for the truth, breaks it about every second time."""
    generator = np.random.default_rng(12)
    broken = naive = 0
    for _ in range(400):
        scores = generator.uniform(0, 1, 400)
        answer = guaranteed_threshold(scores, 0.02)
        assert isinstance(answer, Guarantee)
        broken += answer.threshold > 0.02
        naive += float(np.partition(scores, 8)[8]) > 0.02
    assert broken / 400 < 0.08
    assert naive / 400 > 0.4


@given(bad_scores, levels)
def test_the_missed_share_counts_what_would_pass(scores: np.ndarray, review: float) -> None:
    share = missed_share(scores, review)
    assert share == clopper_pearson(sum(score < review for score in scores.tolist()), len(scores))
