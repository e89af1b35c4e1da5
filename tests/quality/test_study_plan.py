"""The plan of a study: complete, balanced, blind, and the same from the same seed."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.quality.study_plan import Weakness, plan_study, weaknesses

sizes = st.tuples(st.integers(1, 40), st.integers(1, 4), st.integers(1, 4))


@given(st.text(max_size=5), sizes)
def test_everyone_judges_every_part_once_a_trial(seed: str, size: tuple[int, int, int]) -> None:
    parts, people = [f"p{n}" for n in range(size[0])], [f"w{n}" for n in range(size[1])]
    plan = plan_study(seed, parts, people, size[2])
    places = {(s.trial, s.appraiser, s.part) for s in plan}
    assert len(plan) == len(places) == size[0] * size[1] * size[2]
    assert len({s.code for s in plan}) == len(plan)
    assert plan == plan_study(seed, list(reversed(parts)), list(reversed(people)), size[2])


@given(st.text(max_size=5), st.integers(8, 40))
def test_a_part_does_not_come_back_at_once(seed: str, size: int) -> None:
    plan = plan_study(seed, [f"p{n}" for n in range(size)], ["a"], 3)
    order = [s.part for s in plan]
    gaps = [second - first for part in set(order) for first, second in _neighbours(order, part)]
    assert min(gaps) > size // 4


def _neighbours(order: list[str], part: str) -> list[tuple[int, int]]:
    places = [n for n, name in enumerate(order) if name == part]
    return list(itertools.pairwise(places))


def test_orders_differ_between_people_and_trials_and_another_begins_each_trial() -> None:
    plan = plan_study("s", [f"p{n}" for n in range(30)], ["a", "b", "c"], 3)
    orders = {
        tuple(s.part for s in plan if (s.trial, s.appraiser) == (trial, who)) for trial in range(3) for who in "abc"
    }
    assert len(orders) == 9
    assert {next(s.appraiser for s in plan if s.trial == trial) for trial in range(3)} == {"a", "b", "c"}


def test_a_code_tells_neither_part_nor_place() -> None:
    plan = plan_study("s", [f"p{n}" for n in range(50)], ["a"], 2)
    codes = [int(s.code) for s in plan]
    assert sorted(codes) == list(range(1, 101))
    assert sum(abs(code - place) for place, code in enumerate(codes, start=1)) > 1500


@pytest.mark.parametrize(("parts", "people", "trials"), [([], ["a"], 1), (["p", "p"], ["a"], 1), (["p"], ["a"], 0)])
def test_a_plan_of_nothing_is_refused(parts: list[str], people: list[str], trials: int) -> None:
    with pytest.raises(ValueError, match=r"needs|twice"):
        plan_study("s", parts, people, trials)


def test_a_plan_tells_its_weaknesses() -> None:
    sound = {f"p{n}": n < 20 for n in range(50)}
    assert weaknesses(sound, ["p3"], 3, 3) == ()
    assert weaknesses({}, [], 1, 1) == (
        Weakness.FEW_PARTS,
        Weakness.FEW_BAD,
        Weakness.NO_BORDERLINE,
        Weakness.ONE_TRIAL,
        Weakness.ONE_APPRAISER,
    )
    assert weaknesses(dict.fromkeys(sound, True), ["elsewhere"], 2, 2) == (
        Weakness.FEW_GOOD,
        Weakness.NO_BORDERLINE,
    )
