"""The draw of blind reviews: the same whoever asks, at the stated rate, and closed to whatever was not drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from station_app.quality.draw import chance, shuffled
from station_app.quality.estimate import CannotSay, Lack
from station_app.quality.sampling import BlindReview, Draw, SamplingPlan, draw, spread_reviews
from station_app.quality.seeding import WarmUpImage, is_seeded, warm_up

PLAN = SamplingPlan("station 7", (0.2, 0.5), (0.02, 0.1, 0.4))
part_ids = st.integers(0, 2**62)
names = st.lists(st.text(min_size=1, max_size=5), unique=True, min_size=1, max_size=30)


def test_a_draw_never_changes() -> None:
    """Whoever reads an old record with a newer version must draw the same parts."""
    assert chance("seed", "blind review", 1) == 0.84407977611254
    assert chance("seed", "blind review", 2) == 0.1632933322501705


@given(st.text(max_size=90), st.text(max_size=9), st.one_of(part_ids, st.text(max_size=9)))
def test_a_chance_is_a_share_below_one(seed: str, purpose: str, key: str | int) -> None:
    assert 0 <= chance(seed, purpose, key) < 1
    assert chance(seed, purpose, key) == chance(seed, purpose, key)


def test_chances_are_uniform_and_independent_of_seed_and_purpose() -> None:
    runs = [
        [chance(seed, purpose, n) for n in range(20_000)]
        for seed, purpose in (("a", "review"), ("b", "review"), ("a", "seeded"))
    ]
    assert all(stats.kstest(run, "uniform").pvalue > 1e-4 for run in runs)
    assert all(abs(stats.pearsonr(runs[0], other).statistic) < 0.03 for other in runs[1:])


@given(part_ids, st.floats(0, 1))
def test_a_part_is_drawn_or_not_whoever_asks(part_id: int, score: float) -> None:
    assert draw(PLAN, part_id, score) == draw(SamplingPlan("station 7", (0.2, 0.5), (0.02, 0.1, 0.4)), part_id, score)


@given(part_ids, st.floats(0, 1), st.floats(0.01, 1), st.floats(0.01, 1))
def test_a_raised_probability_only_adds_parts(part_id: int, score: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    drawn_low = draw(SamplingPlan("s", (), (low,)), part_id, score).is_drawn
    assert not drawn_low or draw(SamplingPlan("s", (), (high,)), part_id, score).is_drawn


@pytest.mark.parametrize(("score", "stratum"), [(0.0, 0), (0.19, 0), (0.2, 1), (0.49, 1), (0.5, 2), (1.0, 2)])
def test_a_score_falls_in_its_stratum_and_the_probability_is_recorded(score: float, stratum: int) -> None:
    drawn = draw(PLAN, 1, score)
    assert (drawn.stratum, drawn.probability) == (stratum, PLAN.probabilities[stratum])


@pytest.mark.parametrize(("score", "probability"), [(0.1, 0.02), (0.3, 0.1), (0.9, 0.4)])
def test_parts_are_drawn_at_the_stated_rate(score: float, probability: float) -> None:
    drawn = sum(draw(PLAN, n, score).is_drawn for n in range(20_000))
    assert stats.binomtest(drawn, 20_000, probability).pvalue > 1e-4


@pytest.mark.parametrize(
    ("edges", "probabilities", "words"),
    [((0.5, 0.2), (0.1,) * 3, "rise"), ((0.5,), (0.1,), "one probability"), ((), (0.0,), "above 0")],
)
def test_a_plan_that_could_not_be_weighed_is_refused(
    edges: tuple[float, ...], probabilities: tuple[float, ...], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        SamplingPlan("s", edges, probabilities)


@pytest.mark.parametrize("score", [-0.1, 1.1, float("nan")])
def test_a_part_without_a_score_is_not_drawn(score: float) -> None:
    with pytest.raises(ValueError, match="score"):
        draw(PLAN, 1, score)


def test_what_was_not_drawn_cannot_be_a_blind_review() -> None:
    with pytest.raises(ValueError, match="not drawn"):
        BlindReview(Draw(1, 0, 0.1, is_drawn=False), is_event=True)


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=5), st.integers(1, 3000))
def test_reviews_are_spread_within_their_number(parts: list[int], reviews: int) -> None:
    probabilities = spread_reviews(parts, reviews)
    assert all(0 < p <= 1 for p in probabilities)
    assert sum(n * p for n, p in zip(parts, probabilities, strict=True)) <= reviews + 1e-6


def test_two_thirds_of_the_reviews_go_to_the_widest_stratum_and_what_others_cannot_use_does_too() -> None:
    assert spread_reviews([10_000, 1000, 500], 600) == pytest.approx((0.04, 0.1, 0.2))
    assert spread_reviews([10_000, 1000, 50], 600) == pytest.approx((0.045, 0.1, 1.0))
    assert spread_reviews([500, 10_000, 1000], 600) == pytest.approx((0.2, 0.04, 0.1))
    assert spread_reviews([1000, 0], 100) == pytest.approx((0.1, 1.0))


def test_a_spread_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one review"):
        spread_reviews([10], 0)


@pytest.mark.parametrize("rate", [0.0, 0.1, 0.5])
def test_seeded_parts_come_at_the_stated_rate(rate: float) -> None:
    seeded = sum(is_seeded("s", part_id, rate) for part_id in range(20_000))
    assert abs(seeded / (20_000 + seeded) - rate) < 0.01


@pytest.mark.parametrize("rate", [-0.1, 0.6])
def test_a_rate_that_cannot_be_kept_is_refused(rate: float) -> None:
    with pytest.raises(ValueError, match="seeded"):
        is_seeded("s", 1, rate)


def test_a_warm_up_holds_its_share_of_bad_images_in_random_order() -> None:
    good, bad = [f"g{n}" for n in range(30)], [f"b{n}" for n in range(30)]
    shown = warm_up("shift 1", good, bad)
    assert isinstance(shown, tuple)
    assert sum(image.is_bad for image in shown) == 10
    assert len({image.name for image in shown}) == 20
    assert all(image.is_bad == image.name.startswith("b") for image in shown)
    assert shown != warm_up("shift 2", good, bad)
    assert [image.is_bad for image in shown] != sorted(image.is_bad for image in shown)


def test_a_warm_up_says_what_is_missing() -> None:
    assert warm_up("s", ["g"], ["b"] * 3) == CannotSay(Lack.BAD_PARTS, 7)
    assert warm_up("s", ["g"], [f"b{n}" for n in range(10)]) == CannotSay(Lack.GOOD_PARTS, 9)
    assert warm_up("s", [], ["b"], size=1, bad_share=1.0) == (WarmUpImage("b", is_bad=True),)


@given(names)
def test_a_shuffled_order_does_not_hang_on_the_order_given(given_names: list[str]) -> None:
    assert shuffled("s", "p", given_names) == shuffled("s", "p", reversed(given_names))
    assert sorted(shuffled("s", "p", given_names)) == sorted(given_names)
