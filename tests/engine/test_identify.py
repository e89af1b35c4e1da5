"""The stage that identifies parts, by itself."""

import time
from typing import cast

import pytest

from station_app.core.inspection import NoResultReason
from station_app.core.serial import SERIAL_FAULTS
from station_app.engine.bounded_queue import BoundedQueue, Policy
from station_app.engine.identify import IdentifyStage, SeenShots
from station_app.engine.inspect import Waiting
from station_app.engine.part import Part, Shot
from tests.engine.line import make_recipe


def test_a_bug_in_the_stage_takes_no_shot_from_the_models() -> None:
    class Broken:
        def see(self, part: Part, shot: Shot) -> None:
            raise ZeroDivisionError("a bug")

    recipe = make_recipe("a" * 64)
    part = Part(1, recipe, recipe.sha256, "", time.monotonic_ns())
    shot = Shot("top", time.monotonic_ns())
    shots: BoundedQueue[Waiting] = BoundedQueue("inspect", 1, Policy.BLOCK)
    with pytest.raises(ZeroDivisionError):
        SeenShots(cast(IdentifyStage, Broken()), shots, lambda _: None).put((part, shot))
    assert shots.get(0) == (part, shot)


def test_every_reason_about_numbers_is_known_as_one() -> None:
    assert {reason for reason in NoResultReason if reason.startswith("serial_")} == SERIAL_FAULTS
