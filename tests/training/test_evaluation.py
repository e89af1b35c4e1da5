"""Evaluation figures against oracles: scipy for the ranks, the definition itself for precision and recall."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from station_app.core.recipe import Thresholds
from station_app.training.evaluation import auroc, average_precision, escapes_at, evaluate
from station_app.training.labelled import UNKNOWN, LabelledImage, Split
from station_app.training.station_scoring import Scored

levels = st.lists(st.integers(0, 20).map(float), min_size=1, max_size=40).map(np.array)
counts = st.lists(st.integers(0, 9), min_size=8, max_size=8).map(lambda values: np.array(values, np.int64))


def _scored(rows: list[tuple[float, float]], kinds: list[int | None]) -> Scored:
    images = []
    for number, kind in enumerate(kinds):
        mask = np.zeros((8, 8), np.uint8)
        if kind is not None:
            mask[:4, :4] = 1 + kind
        labels = frozenset() if kind is None else frozenset({kind})
        images.append(LabelledImage(str(number), f"part {number // 2}", Split.TEST, labels, mask, mask))
    heats = tuple(np.array([[255 * max(row), 0], [0, 10]]).astype(np.uint8) for row in rows)
    return Scored(tuple(images), np.array(rows), heats, 4)


@given(levels, levels)
def test_auroc_agrees_with_the_oracle(good: np.ndarray, bad: np.ndarray) -> None:
    u = stats.mannwhitneyu(bad, good, method="asymptotic").statistic
    assert auroc(good, bad) == pytest.approx(u / (good.size * bad.size))


@given(counts, counts)
def test_average_precision_is_the_sum_over_all_thresholds(positives: np.ndarray, negatives: np.ndarray) -> None:
    assume(positives.sum() > 0)
    expected, recall_before = 0.0, 0.0
    for level in range(7, -1, -1):
        found, wrong = positives[level:].sum(), negatives[level:].sum()
        recall = found / positives.sum()
        if found + wrong:
            expected += (recall - recall_before) * found / (found + wrong)
        recall_before = recall
    assert average_precision(positives, negatives) == pytest.approx(expected)


def test_average_precision_of_nothing_is_unknown() -> None:
    assert average_precision(np.zeros(4, np.int64), np.ones(4, np.int64)) is None
    assert auroc(np.zeros(0), np.ones(2)) is None


@given(levels, levels, st.sampled_from([0.0, 0.05, 0.1, 0.5, 1.0]))
def test_escapes_at_an_overkill_are_the_best_that_any_threshold_reaches(
    good: np.ndarray, bad: np.ndarray, limit: float
) -> None:
    cuts = np.arange(-1, 23) + 0.5
    allowed = [cut for cut in cuts if (good > cut).mean() <= limit]
    assert escapes_at(good, bad, limit) == pytest.approx(min((bad < cut).mean() for cut in allowed))


def test_escapes_and_overkill_are_counted_at_the_review_threshold() -> None:
    scored = _scored(
        [(0.1, 0.2), (0.5, 0.1), (0.7, 0.0), (0.2, 0.9), (0.1, 0.39), (0.6, 0.3)], [None, None, 0, 1, 1, 1]
    )
    figures = evaluate(scored, ("line", "spot"), Thresholds(0.4, 0.65))
    assert (figures.good, figures.defective, figures.groups) == (2, 4, 3)
    assert (figures.escapes.count, figures.escapes.total) == (1, 4)
    assert (figures.overkill.count, figures.good_failed.count) == (1, 0)
    assert {label: (share.count, share.total) for label, share in figures.escapes_of} == {
        "line": (0, 1),
        "spot": (1, 3),
    }
    assert (figures.named_right.count, figures.named_right.total) == (2, 3)
    exact = stats.binomtest(1, 4).proportion_ci(0.95, "exact")
    assert (figures.escapes.low, figures.escapes.high) == pytest.approx((exact.low, exact.high))


def test_a_score_exactly_at_the_threshold_is_no_pass() -> None:
    figures = evaluate(_scored([(0.4, 0.0), (0.1, 0.0)], [0, None]), ("line", "spot"), Thresholds(0.4, 0.5))
    assert figures.escapes.count == 0


def test_pixels_that_nobody_drew_count_neither_way() -> None:
    scored = _scored([(1.0, 0.0), (1.0, 0.0)], [0, 1])
    before = evaluate(scored, ("line", "spot"), Thresholds(0.5, 0.5)).pixel_ap
    scored.images[1].mask[:] = UNKNOWN
    after = evaluate(scored, ("line", "spot"), Thresholds(0.5, 0.5)).pixel_ap
    assert (before, after) == (1.0, 1.0)


def test_a_split_without_good_images_claims_nothing_about_overkill() -> None:
    figures = evaluate(_scored([(1.0, 0.0)], [0]), ("line", "spot"), Thresholds(0.5, 0.5))
    assert (figures.overkill.total, figures.overkill.low, figures.overkill.high) == (0, 0.0, 1.0)
    assert figures.image_auroc is None
