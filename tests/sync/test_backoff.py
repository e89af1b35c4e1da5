"""Waits are bounded, become longer, begin anew after a success, and are spread by chance."""

from hypothesis import given
from hypothesis import strategies as st

from station_app.sync.backoff import FIRST_S, LEAST_S, MOST_S, REFUSED_S, Backoff, refused_wait_s

DRAWS = st.floats(0, 1, exclude_max=True)


@given(st.integers(0, 10**9), DRAWS)
def test_every_wait_is_bounded_whatever_has_failed(failures: int, draw: float) -> None:
    after, wait_s = Backoff(failures).failed(draw)
    assert after == Backoff(failures + 1)
    assert LEAST_S <= wait_s <= after.bound_s <= MOST_S


@given(st.integers(0, 1000), DRAWS)
def test_a_later_wait_is_never_shorter_by_the_same_chance(failures: int, draw: float) -> None:
    first, first_s = Backoff(failures).failed(draw)
    _, second_s = first.failed(draw)
    assert second_s >= first_s


@given(st.lists(DRAWS, min_size=1, max_size=50))
def test_a_success_begins_anew(draws: list[float]) -> None:
    backoff = Backoff()
    for draw in draws:
        backoff, _ = backoff.failed(draw)
    assert backoff.failures == len(draws)
    assert Backoff().failed(1.0)[1] == FIRST_S


def test_waits_double_up_to_the_longest() -> None:
    bounds = [Backoff(failures).bound_s for failures in range(1, 12)]
    assert bounds[:4] == [FIRST_S, 2 * FIRST_S, 4 * FIRST_S, 8 * FIRST_S]
    assert bounds[-1] == MOST_S == max(bounds)


def test_a_week_without_the_store_is_some_thousand_tries() -> None:
    backoff, past_s, tries = Backoff(), 0.0, 0
    while past_s < 7 * 86_400:
        backoff, wait_s = backoff.failed(0.5)
        past_s, tries = past_s + wait_s, tries + 1
    assert 1_500 < tries < 6_000


@given(DRAWS)
def test_a_store_that_refuses_is_asked_now_and_then(draw: float) -> None:
    assert REFUSED_S * 0.7 < refused_wait_s(draw) < REFUSED_S * 1.3
