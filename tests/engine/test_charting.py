"""Limits are frozen and points commented by somebody with a name, and told when they are on disk."""

from dataclasses import replace

import pytest

from station_app.core.chart_messages import ChartCommand, FreezeLimits, LimitsFrozen, MarkerNoted, NoteMarker
from station_app.core.messages import CommandRefused
from station_app.engine.books import keep_books
from station_app.engine.charting import Charting
from station_app.engine.tally import Tally
from tests.engine.fakes import DISK_FULL, FakeLedger, Heard
from tests.engine.people import crew_setup

WANTED = FreezeLimits("ng_share/day", "A17", 3_600_000, 7_200_000, "after the new lamp")
NOTE = NoteMarker("ng_share/day", "A17", 3_600_000, " the lamp was changed ")


class Stand:
    def __init__(self) -> None:
        self.ledger, self.heard, self.person = FakeLedger(), Heard(), "li"
        books = keep_books(self.ledger, crew_setup(), Tally(), self.heard, lambda: None)
        self.charting = Charting(books, lambda: self.person)

    def refusals(self) -> list[str]:
        return [event.what for event in self.heard.of(CommandRefused)]


@pytest.fixture
def stand() -> Stand:
    return Stand()


def test_frozen_limits_are_told_when_they_are_on_disk(stand: Stand) -> None:
    stand.ledger.is_held = True
    stand.charting.obey(WANTED)
    assert not stand.heard.events
    stand.ledger.let_go()
    assert stand.heard.events == (LimitsFrozen("ng_share/day", "A17", 3_600_000, 7_200_000, "li"),)
    (limits,) = stand.ledger.frozen
    assert (limits.frozen_by, limits.reason) == ("li", "after the new lamp")
    assert limits.frozen_at_ms > 0


@pytest.mark.parametrize(
    ("command", "person", "what"),
    [
        (WANTED, " ", "nobody is signed in"),
        (replace(WANTED, reason="  "), "li", "limits are frozen for a reason"),
        (replace(WANTED, until_ms=WANTED.from_ms), "li", "this is no period"),
        (replace(WANTED, from_ms=-1), "li", "this is no period"),
        (replace(WANTED, until_ms=1 << 70), "li", "this is no period"),
        (NOTE, " ", "nobody is signed in"),
        (replace(NOTE, words="  "), "li", "a note says something"),
        (replace(NOTE, at_ms=-1), "li", "there is no such point"),
        (replace(NOTE, at_ms=1 << 70), "li", "there is no such point"),
    ],
)
def test_what_says_nothing_is_refused(stand: Stand, command: ChartCommand, person: str, what: str) -> None:
    stand.person = person
    stand.charting.obey(command)
    assert stand.refusals() == [what]
    assert not stand.ledger.frozen
    assert not stand.ledger.notes


def test_a_note_is_told_when_it_is_on_disk_with_who_said_it_and_when(stand: Stand) -> None:
    stand.ledger.is_held = True
    stand.charting.obey(NOTE)
    assert not stand.heard.events
    stand.ledger.let_go()
    assert stand.heard.events == (MarkerNoted("ng_share/day", "A17", 3_600_000, "li"),)
    (note,) = stand.ledger.notes
    assert (note.person, note.words) == ("li", "the lamp was changed")
    assert note.noted_at_ms > 0


@pytest.mark.parametrize("command", [WANTED, NOTE])
def test_a_disk_that_takes_nothing_is_told(stand: Stand, command: ChartCommand) -> None:
    stand.ledger.refusal = DISK_FULL
    stand.charting.obey(command)
    assert [event.command for event in stand.heard.of(CommandRefused)] == [type(command).__name__]
    assert stand.refusals() == [DISK_FULL.what]
