"""Shares of both models, plain and weighted, and what changes with the candidate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from station_app.retrain.figures import both_figures, changed_parts, weighted_figures
from station_app.retrain.judged import JudgedPart

parts = st.lists(
    st.builds(
        JudgedPart,
        st.uuids().map(str),
        st.just("g"),
        st.sampled_from([(), ("dent",), ("scratch",)]),
        st.sampled_from([1.0, 4.0, 20.0]),
        st.booleans(),
        st.booleans(),
    ),
    max_size=60,
)


@given(parts)
def test_the_counts_are_those_of_the_parts_and_the_intervals_exact(found: list[JudgedPart]) -> None:
    table = both_figures(found)
    defects = [part for part in found if part.is_defect]
    missed = sum(not part.candidate_flags for part in defects)
    escapes = table["candidate"]["escapes"]
    assert (escapes["count"], escapes["total"]) == (missed, len(defects))
    assert sum(share["count"] for share in table["candidate"]["escapes_of"].values()) == missed
    if defects:
        exact = binomtest(missed, len(defects)).proportion_ci(0.95, "exact")
        assert (escapes["low"], escapes["high"]) == pytest.approx((exact.low, exact.high), abs=1e-9)


@given(parts)
def test_a_weighted_share_is_that_of_the_parts_stood_for(found: list[JudgedPart]) -> None:
    table = weighted_figures(found)
    good = [part for part in found if not part.is_defect]
    share = table["champion"]["overkill"]
    if not good:
        assert (share["total"], share["low"], share["high"]) == (0, 0.0, 1.0)
        return
    rejected = sum(part.weight for part in good if part.champion_flags)
    assert share["share"] == pytest.approx(rejected / sum(part.weight for part in good))
    assert share["low"] <= share["share"] + 1e-12
    assert share["share"] <= share["high"] + 1e-12


@given(parts)
def test_each_part_that_changes_is_named_with_how(found: list[JudgedPart]) -> None:
    changed = {entry["part"]: entry["change"] for entry in changed_parts(found)}
    for part in found:
        if part.champion_flags == part.candidate_flags:
            assert part.part not in changed
        else:
            better = part.candidate_is_right
            assert (changed[part.part] in ("caught now", "passes now")) == better
