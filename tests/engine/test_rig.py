"""The stages of a recipe together: who concludes a part, and what is left when it is over."""

import threading
from collections.abc import Iterator

import pytest

from station_app.core.messages import AlarmRaised
from station_app.engine.rig import RECORDERS, Rig
from tests.engine.conftest import Open
from tests.engine.fakes import BAD, PATIENCE_S, FakeLedger
from tests.engine.line import Line


@pytest.fixture
def line(open_faked: Open) -> Iterator[Line]:
    made = open_faked()
    made.run()
    yield made


def rig_of(line: Line) -> Rig:
    loaded = line.engine._loaded
    assert loaded is not None
    return loaded.rig


def test_a_deadline_that_comes_beside_the_verdict_gives_no_second_one(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = rig_of(line)
    monkeypatch.setattr(rig._watch, "forget", rig._on_overdue)  # as if it had been taken at this very moment
    line.inspect(2)
    assert len(line.heard.parts) == 2
    assert line.engine.alarms.standing() == ()


def test_parts_with_a_verdict_are_not_kept_until_their_deadline(line: Line) -> None:
    line.inspect(3)
    assert rig_of(line)._watch._watched == {}


def test_an_unloaded_rig_has_let_go_of_cameras_and_models(line: Line) -> None:
    rig = rig_of(line)
    line.engine.load("A17")
    assert rig.fittings.inspectors == {}
    assert rig_of(line) is not rig
    assert line.top.calls == ["open", "apply", "start", "stop", "close", "open", "apply", "start"]


def test_images_that_the_disk_does_not_take_in_time_are_an_alarm(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    entered, free = threading.Event(), threading.Event()

    def stuck(*_: object) -> None:
        entered.set()
        free.wait(PATIENCE_S)

    assert isinstance(line.ledger, FakeLedger)
    monkeypatch.setattr(line.ledger, "keep_image", stuck)
    monkeypatch.setattr(Rig.stop, "__defaults__", (0.01,))
    line.top.greys = dict.fromkeys(range(RECORDERS + 1), BAD)
    line.inspect(RECORDERS + 1)
    assert entered.wait(PATIENCE_S)
    closing = threading.Thread(target=line.engine.close)
    closing.start()
    line.heard.wait(lambda events: any(isinstance(event, AlarmRaised) for event in events))
    free.set()
    closing.join()
    (alarm,) = line.heard.of(AlarmRaised)
    assert (alarm.code, alarm.what) == ("images", "the last images were not stored in time")
