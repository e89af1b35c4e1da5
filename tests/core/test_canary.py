"""Which parts a canary decides: exact over time, the same for everybody, and without a pattern."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.canary import BLOCK, decides

PACKAGE = "ab" * 32


@given(st.integers(0, 10**9), st.integers(0, 1000), st.text("0123456789abcdef", min_size=4, max_size=64))
def test_every_block_keeps_the_share_to_within_one_part(block: int, thousandths: int, package: str) -> None:
    share = thousandths / 1000
    drawn = sum(decides(part, package, share) for part in range(block * BLOCK, (block + 1) * BLOCK))
    assert abs(drawn - share * BLOCK) < 1


@pytest.mark.parametrize("thousandths", [1, 5, 10, 33, 100, 125, 290, 500, 999])
def test_over_ten_blocks_the_share_is_exact(thousandths: int) -> None:
    drawn = sum(decides(part, PACKAGE, thousandths / 1000) for part in range(10 * BLOCK))
    assert drawn == thousandths


@given(st.integers(1, 10**12))
def test_none_and_all(part_id: int) -> None:
    assert not decides(part_id, PACKAGE, 0.0)
    assert decides(part_id, PACKAGE, 1.0)


@given(st.integers(0, 10**6), st.floats(0, 1), st.floats(0, 1))
def test_a_larger_share_keeps_nearly_all_that_a_smaller_one_had(block: int, one: float, other: float) -> None:
    """A canary that grows hands no part back, but for one a block where the rounding falls otherwise."""
    small, large = sorted((one, other))
    parts = range(block * BLOCK, (block + 1) * BLOCK)
    assert sum(decides(part, PACKAGE, small) and not decides(part, PACKAGE, large) for part in parts) <= 1


def test_no_nest_of_a_mould_is_preferred() -> None:
    """Of every tenth part as many as of its neighbours, and other parts for another package."""
    chosen = np.array([decides(part, PACKAGE, 0.2) for part in range(20_000)])
    counts = chosen.reshape(-1, 10).sum(axis=0)
    assert counts.sum() == 4000 and np.all(abs(counts - 400) < 5 * np.sqrt(400 * 0.8))
    other = np.array([decides(part, "cd" * 32, 0.2) for part in range(20_000)])
    assert abs((chosen & other).sum() - 800) < 150


def test_what_is_no_share_is_refused() -> None:
    for share in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="no share"):
            decides(1, PACKAGE, share)
