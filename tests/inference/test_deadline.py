"""A model that is barred gives up at once, whatever comes between."""

import threading

import pytest

from station_app.inference.deadline import LateError, Watchdog
from station_app.inference.session import ModelSession, SessionSettings
from tests.inference.models import draft, endless, pointwise, ramp

CPU = SessionSettings(provider="CPU")


def test_a_run_under_way_is_given_up_when_it_is_barred() -> None:
    with ModelSession(endless(), draft(), CPU) as session:
        begun = threading.Timer(0.05, session.bar)
        begun.start()
        session.start_part(None)
        with pytest.raises(LateError):
            session.run(ramp().reshape(1, 32, 32, 1))
        begun.join()


def test_a_barred_model_judges_nothing_until_it_is_unbarred() -> None:
    with ModelSession(pointwise(32, 32), draft(), CPU) as session:
        session.bar()
        for _ in range(2):
            session.start_part(None)
            with pytest.raises(LateError):
                session.run(ramp().reshape(1, 32, 32, 1))
        session.unbar()
        session.start_part(None)
        assert session.run(ramp().reshape(1, 32, 32, 1))["scores"].shape == (1, 1, 32, 32)


def test_arming_does_not_lift_a_bar() -> None:
    dog = Watchdog()
    seen = []
    for change in (dog.bar, dog.unbar):
        change()
        dog.arm(None)
        seen.append((dog.is_late, bool(dog.options.terminate)))
    assert seen == [(True, True), (False, False)]
