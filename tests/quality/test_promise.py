"""The promise about missed bad parts: exact where the sample is even, safe where it is not, and never kept by luck."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from station_app.quality.estimate import CannotSay, Lack
from station_app.quality.promise import Promise, promise
from station_app.quality.strata import Stratum

LIMIT = 0.02


def strata(*entries: tuple[int, int, int]) -> tuple[Stratum, ...]:
    """Parts, reviewed and found of each."""
    return tuple(Stratum.of_set(*entry) for entry in entries)


def told(found: Promise | CannotSay) -> Promise:
    assert isinstance(found, Promise)
    return found


@given(st.integers(0, 30), st.integers(0, 400))
def test_an_even_sample_has_the_exact_bound(lost: int, caught: int) -> None:
    size = lost + caught + 10
    found = promise(strata((size, size, lost)), strata((size, size, caught)), LIMIT, is_even=True)
    if not lost + caught:
        assert found == CannotSay(Lack.BAD_PARTS, 149)
        return
    bound = beta.ppf(0.95, lost + 1, caught) if caught else 1.0
    assert told(found).bound == pytest.approx(bound, abs=1e-9)
    assert (told(found).kept is True) == (bound <= LIMIT)
    low = beta.ppf(0.025, lost, caught + 1) if lost else 0.0
    assert (told(found).kept is False) == (low > LIMIT)


@pytest.mark.parametrize(("lost", "total"), [(0, 8), (0, 148), (1, 200), (2, 250)])
def test_so_many_more_bad_parts_prove_it_and_not_one_fewer(lost: int, total: int) -> None:
    missing = told(promise(strata((999, 999, lost)), strata((999, 999, total - lost)), LIMIT, is_even=True)).kept
    assert isinstance(missing, CannotSay) and missing.lack is Lack.BAD_PARTS
    for more, is_kept in ((missing.needed, True), (missing.needed - 1, False)):
        caught = total - lost + more
        found = promise(strata((9999, 9999, lost)), strata((9999, 9999, caught)), LIMIT, is_even=True)
        assert (told(found).kept is True) is is_kept


def test_rejected_parts_that_are_drawn_more_often_prove_nothing_about_the_passed_ones() -> None:
    """All 300 rejected parts were looked at, and of 100,000 passed ones 500: a plain sample would say kept."""
    missed, caught = strata((100_000, 500, 0), (300, 300, 0)), strata((100_000, 500, 0), (300, 300, 300))
    assert told(promise(missed, caught, LIMIT, is_even=True)).kept is True
    kept = told(promise(missed, caught, LIMIT, is_even=False)).kept
    assert isinstance(kept, CannotSay) and kept.lack is Lack.REVIEWS and kept.needed > 10_000


def test_enough_reviews_of_passed_parts_keep_it() -> None:
    missed, caught = strata((10_000, 9_000, 0), (3_000, 3_000, 0)), strata((10_000, 9_000, 0), (3_000, 3_000, 2_900))
    assert told(promise(missed, caught, LIMIT, is_even=False)).kept is True


def test_a_stratum_that_nobody_has_reviewed_is_a_guess() -> None:
    missed, caught = strata((900, 0, 0), (300, 300, 0)), strata((900, 0, 0), (300, 300, 200))
    assert promise(missed, caught, LIMIT, is_even=False) == CannotSay(Lack.REVIEWS, 1)


def test_a_broken_promise_is_kept_by_luck_no_oftener_than_stated() -> None:
    """3 % of the bad parts are missed; passed parts are drawn at 20 %, rejected ones at 60 %."""
    generator, kept, lines = np.random.default_rng(5), 0, 400
    for _ in range(lines):
        bad_ok, bad_ng = generator.binomial(6_000, 0.03), 0
        bad_ng = 6_000 - bad_ok
        passed, rejected = 20_000 + bad_ok, bad_ng
        seen_ok = generator.hypergeometric(bad_ok, passed - bad_ok, passed // 5)
        seen_ng = rejected * 3 // 5
        sizes = ((passed, passed // 5), (rejected, seen_ng))
        missed = strata((*sizes[0], int(seen_ok)), (*sizes[1], 0))
        caught = strata((*sizes[0], 0), (*sizes[1], seen_ng))
        kept += told(promise(missed, caught, LIMIT, is_even=False)).kept is True
    assert kept <= 0.05 * lines
