"""A part ends with the side that it began with, and a side's models are closed when nothing needs them any more."""

import random
from types import SimpleNamespace
from typing import cast

import pytest

from station_app.core.canary import decides
from station_app.engine.part import Part
from station_app.engine.sides import Side, Sides
from station_app.inference.inspector import Inspector
from tests.engine.line import make_recipe

PACKAGE = "ab" * 32


class Closable:
    def __init__(self) -> None:
        self.closed = 0

    def close(self) -> None:
        self.closed += 1


def side(number: int) -> tuple[Side, Closable]:
    model = Closable()
    inspector = cast(Inspector, model)
    return Side(make_recipe("a" * 64, name=f"R{number}"), {"top": inspector}, (inspector,)), model


def a_part(part_id: int) -> Part:
    return cast(Part, SimpleNamespace(part_id=part_id))


@pytest.mark.parametrize("seed", range(30))
def test_a_part_keeps_its_side_and_no_model_is_closed_under_it(seed: int) -> None:
    draw = random.Random(seed)
    made = [side(0)]
    sides = Sides(made[0][0])
    in_flight: dict[int, Side] = {}
    part_id = 0
    for _ in range(200):
        deed = draw.choice(("begin", "begin", "begin", "end", "end", "end", "try", "drop", "keep", "close"))
        if deed == "begin":
            part_id += 1
            in_flight[part_id] = sides.begin(part_id)
        elif deed == "end" and in_flight:
            ended = draw.choice(list(in_flight))
            sides.end(a_part(ended))
            del in_flight[ended]
        elif deed == "try":
            made.append(side(len(made)))
            sides.try_out(sides.champion, made[-1][0], PACKAGE, draw.choice((0.0, 0.3, 1.0)))
        elif deed == "drop":
            sides.drop_trial()
        elif deed == "keep":
            sides.keep_trial()
        else:
            sides.close_retired()
        assert all(sides.of(a_part(part)) is begun for part, begun in in_flight.items())
        closed = {id(entry) for entry, model in made if model.closed}
        assert not closed & {id(begun) for begun in (*in_flight.values(), sides.champion, sides.main)}
        assert sides.is_idle() == (not in_flight)
    sides.close_retired(is_end=True)
    assert [model.closed for _, model in made] == [1] * len(made)


def test_the_share_is_that_of_the_hash_and_what_was_dropped_decides_nothing() -> None:
    (home, _), (trial, _) = side(0), side(1)
    sides = Sides(home)
    sides.try_out(home, trial, PACKAGE, 0.3)
    chosen = [sides.begin(part_id) is trial for part_id in range(1000)]
    assert chosen == [decides(part_id, PACKAGE, 0.3) for part_id in range(1000)] and sum(chosen) == 300
    sides.drop_trial()
    assert all(sides.begin(part_id) is home for part_id in range(1000, 1200))


def test_a_part_that_nobody_admitted_is_the_loaded_recipes() -> None:
    home, _ = side(0)
    assert Sides(home).of(a_part(-1)) is home


def test_a_model_that_another_side_looks_with_as_well_outlives_its_own() -> None:
    """Two cameras: a candidate for one is kept, then one for the other."""
    (home, _), (first, model), (second, _) = side(0), side(1), side(2)
    second = Side(second.recipe, {**second.inspectors, "side": first.inspectors["top"]}, second.own)
    sides = Sides(home)
    for trial in (first, second):
        sides.try_out(sides.champion, trial, PACKAGE, 1.0)
        sides.keep_trial()
        sides.close_retired()
    assert sides.main is second and model.closed == 0
    sides.close_retired(is_end=True)
    assert model.closed == 1
