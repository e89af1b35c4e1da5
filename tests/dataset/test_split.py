"""Splits by group, the same for ever."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.dataset.options import Profile
from station_app.dataset.split import Split, split_groups, split_of


def test_a_group_stays_where_it_was() -> None:
    """Were this to change, test parts of yesterday would be learnt today. Reckoned by another program (sha256sum)."""
    known = {
        "SN000001": Split.TRAIN,
        "SN000002": Split.VALIDATION,
        "SN000003": Split.VALIDATION,
        "L77": Split.TRAIN,
        "s1/6743a1ef09bc/42": Split.TRAIN,
    }
    assert {group: split_of(group) for group in known} == known


def test_the_shares_are_70_15_15() -> None:
    counts = Counter(split_of(f"SN{number:06d}") for number in range(20_000))

    assert counts[Split.TRAIN] / 20_000 == pytest.approx(0.70, abs=0.01)
    assert counts[Split.VALIDATION] / 20_000 == pytest.approx(0.15, abs=0.01)
    assert counts[Split.TEST] / 20_000 == pytest.approx(0.15, abs=0.01)


IMAGES = st.lists(st.tuples(st.text(max_size=4), st.sampled_from(["", "scratch"])), max_size=60)


@given(IMAGES, st.sampled_from(list(Profile)), st.randoms(use_true_random=False))
def test_no_group_stands_in_two_splits(images: list[tuple[str, str]], profile: Profile, random: object) -> None:
    splits = split_groups(images, profile)

    assert set(splits) == {group for group, _ in images}
    assert split_groups(reversed(images), profile) == splits
    if profile is Profile.ANOMALY:
        assert {splits[group] for group, label in images if label} <= {Split.TEST}
    else:
        assert all(splits[group] is split_of(group) for group in splits)
