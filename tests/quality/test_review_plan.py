"""The station's plan: an answer for any scores, the same whoever asks, and nearness as people would put it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from station_app.quality.review_plan import DrawnPart, ReviewPlan, is_near, nearness, sample_part
from station_app.quality.seeding import KnownBad, is_seeded, least_shown, mix_in

LIMITS = {"scratch": (0.3, 0.6), "dent": (0.5, 1.0)}
part_ids = st.integers(0, 2**62)
anything = st.lists(st.tuples(st.sampled_from(("scratch", "dent", "stain")), st.floats()), max_size=4)
probabilities = st.tuples(*[st.floats(1e-6, 1)] * 3)


@given(anything, st.booleans())
def test_any_scores_at_all_have_a_nearness(scores: list[tuple[str, float]], is_rejected: bool) -> None:
    assert 0 <= nearness(scores, LIMITS, is_rejected=is_rejected) <= 1
    assert is_near(scores, LIMITS, 0.02) in (True, False)
    sample_part("s", ReviewPlan(), 1, nearness(scores, LIMITS, is_rejected=is_rejected), is_rejected=is_rejected)


@pytest.mark.parametrize(
    ("scores", "is_rejected", "near"),
    [
        ((("scratch", 0.0), ("dent", 0.1)), False, 0.2),
        ((("scratch", 0.15), ("dent", 0.1)), False, 0.5),
        ((("scratch", 0.27), ("dent", 0.49)), False, 0.98),
        ((("scratch", 0.3), ("dent", 0.0)), True, 1.0),
        ((("scratch", 1.0), ("dent", 0.0)), True, 0.0),
        ((("scratch", 0.0), ("dent", 0.75)), True, 0.5),
        ((("stain", 0.4),), False, 0.4),
        ((), False, 0.0),
        ((), True, 1.0),
        ((("scratch", math.nan),), True, 1.0),
    ],
)
def test_nearness_is_measured_in_the_recipes_own_thresholds(
    scores: tuple[tuple[str, float], ...], is_rejected: bool, near: float
) -> None:
    assert nearness(scores, LIMITS, is_rejected=is_rejected) == pytest.approx(near)


@pytest.mark.parametrize(("score", "near"), [(0.28, True), (0.32, True), (0.26, False), (0.59, True), (0.45, False)])
def test_near_is_within_the_band_of_either_threshold(score: float, near: bool) -> None:
    assert is_near((("scratch", score),), LIMITS, 0.0201) is near
    assert not is_near((("stain", score),), LIMITS, 0.0201)


@given(part_ids, st.floats(0, 1), st.booleans(), probabilities, probabilities)
def test_a_draw_is_a_matter_of_seed_plan_and_part_alone(
    part_id: int, closeness: float, is_rejected: bool, passed: tuple[float, float, float], rejected: tuple[float, ...]
) -> None:
    plan = ReviewPlan(passed, rejected)  # type: ignore[arg-type]
    once, again = (sample_part("s", plan, part_id, closeness, is_rejected=is_rejected) for _ in range(2))
    assert once == again
    assert once.draw.probability == (rejected if is_rejected else passed)[once.draw.stratum]
    assert (once.needed >= 1) is once.draw.is_drawn


def _all(plan: ReviewPlan) -> list[DrawnPart]:
    return [sample_part("s", plan, n, 0.1, is_rejected=False) for n in range(20_000)]


def test_second_reviewers_seeds_and_places_are_independent_of_the_draw() -> None:
    drawn = [d for d in _all(ReviewPlan(passed=(0.5, 1, 1), second_share=0.2, seeded_share=0.1)) if d.draw.is_drawn]
    assert stats.binomtest(len(drawn), 20_000, 0.5).pvalue > 1e-4
    assert stats.binomtest(sum(d.needed == 2 for d in drawn), len(drawn), 0.2).pvalue > 1e-4
    assert stats.binomtest(sum(d.is_seeded for d in drawn), len(drawn), 1 / 9).pvalue > 1e-4
    assert stats.kstest([d.rank / 2**53 for d in drawn], "uniform").pvalue > 1e-4


@pytest.mark.parametrize(
    "wrong",
    [{"passed": (0.0, 1, 1)}, {"rejected": (1.1, 1, 1)}, {"second_share": 2}, {"seeded_share": 0.6}, {"near_band": -1}],
)
def test_an_impossible_plan_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"lies within|lies above"):
        ReviewPlan(**wrong)  # type: ignore[arg-type]


def test_a_seed_stands_before_a_part_as_in_the_whole_queue() -> None:
    queue = list(mix_in("s", range(500), ["a", "b"], 0.2))
    before = {queue[n + 1].part_id for n, entry in enumerate(queue) if isinstance(entry, KnownBad)}  # type: ignore[union-attr]
    assert before == {n for n in range(500) if is_seeded("s", n, 0.2)}
    with pytest.raises(ValueError, match="rate"):
        is_seeded("s", 1, 0.7)


@given(st.lists(st.text(max_size=3), unique=True, max_size=9), st.dictionaries(st.text(max_size=3), st.integers(0, 3)))
def test_those_seen_least_come_first(names: list[str], shown: dict[str, int]) -> None:
    order = least_shown("li", names, shown)
    assert sorted(order) == sorted(names)
    counts = [shown.get(name, 0) for name in order]
    assert counts == sorted(counts)
