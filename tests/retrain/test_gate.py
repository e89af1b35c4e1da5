"""What the gate lets through and what it never does, whatever the other figures say."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from station_app.retrain.gate import Evidence, GateLimits, Outcome, Rule, decide_gate, is_accepted
from station_app.retrain.judged import JudgedPart

KINDS = ("dent", "scratch")
LIMITS = GateLimits()


def part(number: int, kind: str, champion: bool, candidate: bool, weight: float = 1.0) -> JudgedPart:
    return JudgedPart(f"p{number}", f"g{number}", (kind,) if kind else (), weight, champion, candidate)


def many(kind: str, counts: dict[tuple[bool, bool], int]) -> tuple[JudgedPart, ...]:
    """Parts by what champion and candidate flag."""
    flags = [pair for pair, count in counts.items() for _ in range(count)]
    return tuple(part(number, kind, *pair) for number, pair in enumerate(flags))


GOOD = many("", {(False, False): 200})
DENTS = many("dent", {(True, True): 30, (False, True): 4})
FINE = Evidence(GOOD + DENTS, latency_ratio=1.0, golden_tensors=3)


def rule(evidence: Evidence, name: str, limits: GateLimits = LIMITS) -> Rule:
    return next(found for found in decide_gate(evidence, limits) if found.name == name)


parts = st.lists(
    st.builds(part, st.integers(0, 10**6), st.sampled_from(("", *KINDS)), st.booleans(), st.booleans()), max_size=80
).map(tuple)


def test_a_candidate_that_catches_more_and_rejects_no_more_is_let_through() -> None:
    rules = decide_gate(FINE, LIMITS)
    assert is_accepted(rules)
    assert rule(FINE, "controls").outcome is Outcome.NOT_ASKED
    assert "0 of 34 escape, 4 did with the champion; 0 of them are new" in rule(FINE, "escapes of dent").figures
    assert "3 / n = 8.8%" in rule(FINE, "escapes of dent").caveat


@given(parts, st.floats(0.5, 2.0), st.integers(0, 9))
def test_whatever_is_accepted_lets_through_no_more_of_any_kind(
    golden: tuple[JudgedPart, ...], ratio: float, tensors: int
) -> None:
    limits = GateLimits(overkill_margin=0.3)
    rules = decide_gate(Evidence(golden, (), ratio, tensors), limits)
    if not is_accepted(rules):
        return
    for kind in KINDS:
        of_kind = [one for one in golden if kind in one.kinds]
        assert sum(not one.candidate_flags for one in of_kind) <= sum(not one.champion_flags for one in of_kind)
    good = [one for one in golden if not one.is_defect]
    more = sum(one.candidate_flags for one in good) - sum(one.champion_flags for one in good)
    assert more / len(good) <= limits.overkill_margin
    assert ratio <= limits.latency_ratio
    assert tensors


@given(parts)
def test_one_more_escape_of_one_kind_refuses_however_many_fewer_of_another(golden: tuple[JudgedPart, ...]) -> None:
    worse = many("scratch", {(True, False): 1}) + many("dent", {(False, True): 50})
    only_good = tuple(one for one in golden if not one.is_defect)
    evidence = Evidence(only_good + worse, latency_ratio=1.0, golden_tensors=3)
    assert rule(evidence, "escapes of scratch").outcome is Outcome.REFUSED
    assert rule(evidence, "escapes of dent").outcome is Outcome.PASSED


@given(parts)
def test_a_candidate_like_the_champion_is_never_worse(golden: tuple[JudgedPart, ...]) -> None:
    same = tuple(replace(one, candidate_flags=one.champion_flags) for one in golden)
    names = {
        found.name for found in decide_gate(Evidence(same, same, 1.0, 3), LIMITS) if found.outcome is Outcome.REFUSED
    }
    assert names <= {"golden set", "overkill"}


def test_too_few_good_parts_show_no_margin_and_say_how_many_are_needed() -> None:
    few = Evidence(GOOD[:40] + DENTS, latency_ratio=1.0, golden_tensors=3)
    found = rule(few, "overkill")
    assert found.outcome is Outcome.REFUSED
    assert found.caveat == "52 good parts are the fewest that can show this margin"
    assert rule(replace(few, golden=GOOD[:52] + DENTS), "overkill").outcome is Outcome.PASSED


@given(st.integers(0, 40), st.integers(0, 40))
def test_mcnemar_is_the_exact_binomial_test(won: int, lost: int) -> None:
    golden = many("dent", {(False, True): won, (True, False): lost, (True, True): 5})
    found = rule(Evidence(golden, latency_ratio=1.0, golden_tensors=3), "McNemar")
    if won + lost == 0:
        assert found.figures == "both answer every part alike"
        return
    p = float(binomtest(lost, won + lost).pvalue)
    assert f"exact p = {p:.2g}" in found.figures
    assert (found.outcome is Outcome.REFUSED) == (lost > won and p < 0.05)
    better = rule(Evidence(golden), "McNemar", GateLimits(needs_better=True))
    assert (better.outcome is Outcome.PASSED) == (won > lost and p < 0.05)


def test_a_kind_that_the_golden_set_does_not_show_is_named() -> None:
    told = replace(FINE, labels=("Dent", "Scratch", "pit"))
    found = rule(told, "other kinds")
    assert (found.outcome, found.figures) == (
        Outcome.NOT_ASKED,
        "no part with pit, scratch is in the golden set",
    )
    assert is_accepted(decide_gate(told, LIMITS))
    assert "other kinds" not in [one.name for one in decide_gate(replace(FINE, labels=("dent",)), LIMITS)]


def test_a_drawn_part_counts_as_often_as_it_stands_for_others() -> None:
    rare = (part(1, "", False, True, weight=50.0),)
    usual = tuple(part(10 + n, "", False, False, weight=1.0) for n in range(100))
    found = rule(replace(FINE, controls=rare + usual), "controls")
    assert found.outcome is Outcome.REFUSED
    assert "33.3 points more good parts rejected" in found.figures
    missed = (part(2, "dent", True, False, weight=20.0), part(3, "dent", False, True, weight=10.0))
    assert rule(replace(FINE, controls=usual + missed), "controls").outcome is Outcome.REFUSED
    caught = (part(2, "dent", True, False, weight=10.0), part(3, "dent", False, True, weight=10.0))
    assert rule(replace(FINE, controls=usual + caught), "controls").outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"latency_ratio": 1.3}, "latency"),
        ({"latency_ratio": None}, "latency"),
        ({"golden_tensors": 0}, "golden tensors"),
        ({"golden": GOOD}, "golden set"),
        ({"golden": DENTS}, "golden set"),
    ],
)
def test_each_rule_refuses_alone(change: dict[str, object], name: str) -> None:
    rules = decide_gate(replace(FINE, **change), LIMITS)  # type: ignore[arg-type]
    assert name in {found.name for found in rules if found.outcome is Outcome.REFUSED}
    assert not is_accepted(rules)


def test_without_evidence_nothing_else_is_asked() -> None:
    rules = decide_gate(replace(FINE, fault="a golden tensor is off by 0.2"), LIMITS)
    assert [(found.name, found.outcome) for found in rules] == [("evidence", Outcome.REFUSED)]


def test_no_rules_are_no_leave() -> None:
    assert not is_accepted(())
