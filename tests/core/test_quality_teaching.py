"""Taught limits are where mean and spread put them, and let the parts pass that they were taught from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.inspection import ImageQuality
from station_app.core.quality_teaching import LEAST_PARTS, refused, teach, with_limit
from station_app.core.recipe import QualityLimits

QUALITY = st.builds(ImageQuality, st.floats(0, 255), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1e6))


def normal(parts: int = 400) -> list[ImageQuality]:
    rng = np.random.default_rng(5)
    return [ImageQuality(*rng.normal((120, 0.1, 0.05, 40), (2, 0.01, 0.005, 3))) for _ in range(parts)]


def test_limits_lie_so_many_deviations_from_the_mean() -> None:
    seen = normal()
    taught = teach(seen, QualityLimits(), sigmas=3.0)
    assert taught is not None
    means, focus = np.array([q.mean for q in seen]), np.array([q.focus for q in seen])
    assert taught.limits.mean_min == pytest.approx(means.mean() - 3 * means.std(ddof=1), abs=0.1)
    assert taught.limits.mean_max == pytest.approx(means.mean() + 3 * means.std(ddof=1), abs=0.1)
    assert taught.limits.focus_min == pytest.approx(focus.mean() - 3 * focus.std(ddof=1), abs=0.01)
    assert (taught.parts, taught.refused_today) == (400, 0)


def test_narrow_limits_of_today_are_said() -> None:
    taught = teach(normal(), with_limit(QualityLimits(), "mean_max", 120.0))
    assert taught is not None
    assert 150 < taught.refused_today < 250
    assert taught.refused_then <= 1


def test_too_few_parts_teach_nothing() -> None:
    assert teach(normal(LEAST_PARTS - 1), QualityLimits()) is None


def test_parts_that_never_differ_leave_some_room() -> None:
    taught = teach([ImageQuality(120.0, 0.0, 0.0, 40.0)] * 50, QualityLimits())
    assert taught is not None
    assert taught.limits == QualityLimits(118.0, 122.0, 0.01, 0.01, 40.0)
    assert taught.refused_then == 0


@given(st.lists(QUALITY, min_size=LEAST_PARTS, max_size=60), st.floats(1, 8))
def test_taught_limits_are_always_valid_and_refuse_few(seen: list[ImageQuality], sigmas: float) -> None:
    taught = teach(seen, QualityLimits(), sigmas)
    assert taught is not None
    limits = taught.limits
    assert 0 <= limits.mean_min < limits.mean_max <= 255
    assert 0 <= limits.dark_share_max <= 1 and 0 <= limits.bright_share_max <= 1
    assert 0 <= limits.focus_min <= 1e9
    # Chebyshev, one-sided: of each of the five limits at most 1 / (1 + k^2) of the parts lie beyond it.
    assert refused(seen, limits) <= 5 * (len(seen) / (1 + sigmas**2)) + 1
