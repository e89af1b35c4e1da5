"""The alarm about drift: once a day at most, ended with its cause, by a person, or with the recipe."""

from datetime import datetime, timedelta

import pytest

from station_app.core import drift
from station_app.core.errors import StorageError
from station_app.core.messages import AlarmCleared, AlarmRaised, Priority
from station_app.engine.books import keep_books
from station_app.engine.drift_watch import DriftWatch
from station_app.engine.tally import Tally
from tests.engine.fakes import FakeLedger, Heard
from tests.engine.people import crew_setup

MOVED = ("top/focus", "score")


class Stand:
    """A watch whose clock on the wall and whose recipe are set by hand."""

    def __init__(self) -> None:
        self.ledger, self.heard = FakeLedger(), Heard()
        self.recipe, self.now = "A17", datetime(2026, 3, 2, 8)  # noqa: DTZ001 - the clock on the wall
        self.books = keep_books(self.ledger, crew_setup(), Tally(), self.heard, lambda: None)
        self.watch = DriftWatch(self.ledger, self.books.alarms, self.books.audit, lambda: self.recipe, lambda: self.now)

    def look(self, hours: int = 1) -> None:
        self.now += timedelta(hours=hours)
        self.watch.look(self.recipe)

    @property
    def raised(self) -> list[AlarmRaised]:
        return list(self.heard.of(AlarmRaised))

    @property
    def is_standing(self) -> bool:
        return any(alarm.code == drift.ALARM for alarm in self.books.alarms.standing())


@pytest.fixture
def stand() -> Stand:
    return Stand()


def test_drift_is_told_once_with_what_moved_and_audited(stand: Stand) -> None:
    stand.look()
    assert not stand.raised
    stand.ledger.drifted["A17"] = MOVED
    for _ in range(5):
        stand.look()
    (alarm,) = stand.raised
    assert (alarm.priority, alarm.where) == (Priority.LOW, "A17: top/focus, score")
    assert drift.named_in(alarm.where) == ("A17", MOVED)
    assert ("station", "drift_found", "A17", "top/focus, score") in stand.ledger.audits


def test_it_ends_with_its_cause_and_comes_again_on_another_day_only(stand: Stand) -> None:
    stand.ledger.drifted["A17"] = MOVED
    stand.look()
    stand.ledger.drifted.clear()
    stand.look()
    assert list(stand.heard.of(AlarmCleared)) == [AlarmCleared(drift.ALARM)]
    stand.ledger.drifted["A17"] = MOVED
    stand.look()
    assert len(stand.raised) == 1
    assert not stand.is_standing
    stand.look(hours=24)
    assert len(stand.raised) == 2
    assert stand.is_standing


def test_who_acknowledges_has_heard_it_for_the_day(stand: Stand) -> None:
    stand.ledger.drifted["A17"] = MOVED
    stand.look()
    stand.books.alarms.clear(drift.ALARM)  # as an acknowledgement does: see test_commands
    stand.look()
    assert len(stand.raised) == 1
    stand.look(hours=24)
    assert stand.is_standing


def test_another_recipe_ends_the_alarm_and_is_looked_at_at_once(stand: Stand) -> None:
    stand.ledger.drifted["A17"] = MOVED
    stand.watch.step()
    assert stand.is_standing
    stand.watch.step()
    assert stand.ledger.drift_asked == ["A17"]  # not before an hour is over
    stand.recipe = "B2"
    stand.watch.step()
    assert stand.ledger.drift_asked == ["A17", "B2"]
    assert list(stand.heard.of(AlarmCleared)) == [AlarmCleared(drift.ALARM)]
    stand.recipe = ""
    stand.watch.step()
    assert stand.ledger.drift_asked == ["A17", "B2"]


def test_what_cannot_be_read_changes_nothing(stand: Stand) -> None:
    stand.ledger.drifted["A17"] = MOVED
    stand.look()
    stand.ledger.drift_refusal = StorageError("busy", remedy="wait")
    stand.look()
    assert stand.is_standing
