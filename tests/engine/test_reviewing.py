"""A review is told when it is on disk, under the name of who is signed in, whatever the message says."""

import pytest

from station_app.core.inspection import VerdictKind
from station_app.core.messages import AlarmRaised, CommandRefused
from station_app.core.review import Answer, Queue, Review
from station_app.core.review_messages import (
    MarkSuspect,
    RecordReview,
    ReviewCommand,
    ReviewRecorded,
    ReviewUndone,
    SuspectMarked,
    UndoReview,
)
from station_app.engine.books import keep_books
from station_app.engine.recent_images import RecentPart
from station_app.engine.reviewing import Reviewing
from station_app.engine.tally import Tally
from tests.engine.fakes import DISK_FULL, GOOD, FakeLedger, Heard, noisy
from tests.engine.people import crew_setup
from tests.store.records import inspection

BLIND = RecordReview(1, Queue.BLIND, Answer.BAD, True, "scratch", comment="seen", viewed_ms=900)
SUSPECT = MarkSuspect(1, " looks odd ")


class Stand:
    def __init__(self) -> None:
        self.ledger = FakeLedger()
        self.ledger.record(inspection(1))
        self.heard = Heard()
        self.books = keep_books(self.ledger, crew_setup(), Tally(), self.heard, lambda: None)
        self.person = " li "
        self.reviewing = Reviewing(self.books, lambda: self.person)

    def refusals(self) -> list[tuple[str, str]]:
        return [(event.command, event.what) for event in self.heard.of(CommandRefused)]


@pytest.fixture
def stand() -> Stand:
    return Stand()


def test_a_review_is_told_when_it_is_on_disk(stand: Stand) -> None:
    stand.ledger.is_held = True
    stand.reviewing.obey(BLIND)
    assert not stand.heard.events
    stand.ledger.let_go()
    assert stand.heard.events == (ReviewRecorded(1, 1, Queue.BLIND, Answer.BAD, "li"),)
    (review,) = stand.ledger.reviews
    assert review.reviewed_at_ms > 0
    assert review == Review(
        1, Queue.BLIND, Answer.BAD, "li", review.reviewed_at_ms, True, "scratch", comment="seen", viewed_ms=900
    )


def test_who_differs_is_told(stand: Stand) -> None:
    stand.reviewing.obey(BLIND)
    stand.person = "wu"
    stand.reviewing.obey(RecordReview(1, Queue.BLIND, Answer.GOOD, True))
    assert stand.heard.events[-1] == ReviewRecorded(2, 1, Queue.BLIND, Answer.GOOD, "wu", is_contested=True)


def test_an_undo_and_a_suspect_are_told(stand: Stand) -> None:
    stand.reviewing.obey(BLIND)
    stand.reviewing.obey(UndoReview(1))
    stand.reviewing.obey(SUSPECT)
    assert stand.heard.events[1:] == (ReviewUndone(1, 1), SuspectMarked(1, "looks odd"))
    assert stand.ledger.suspects == [(1, "looks odd", "li")]


@pytest.mark.parametrize("command", [BLIND, SUSPECT])
def test_what_is_at_hand_of_its_images_is_stored(stand: Stand, command: ReviewCommand) -> None:
    stand.books.keeping.remember(inspection(1, VerdictKind.PASS), (("top", noisy(GOOD)),))
    stand.reviewing.obey(command)
    assert [image[:2] for image in stand.ledger.images] == [(1, "top")]


def test_a_known_bad_image_has_no_images_to_store(stand: Stand) -> None:
    stand.books.keeping.keep(RecentPart(inspection(1), ()))
    stand.reviewing.obey(RecordReview(0, Queue.BLIND, Answer.BAD, True, seed="7@9"))
    assert stand.heard.events == (ReviewRecorded(1, 0, Queue.BLIND, Answer.BAD, "li", seed="7@9"),)


@pytest.mark.parametrize("command", [BLIND, SUSPECT, UndoReview(1)])
def test_nobody_reviews_nothing(stand: Stand, command: ReviewCommand) -> None:
    stand.person = "  "
    stand.reviewing.obey(command)
    assert stand.refusals() == [(type(command).__name__, "nobody is signed in")]
    assert not stand.ledger.reviews and not stand.ledger.suspects


@pytest.mark.parametrize(
    "command",
    [
        *(RecordReview(n, Queue.NEAR, Answer.GOOD, False) for n in (0, -1, 2, 1 << 63)),
        RecordReview(1, Queue.BLIND, Answer.GOOD, True, seed="7@9"),
        RecordReview(1, Queue.NEAR, Answer.GOOD, False, viewed_ms=-1),
        UndoReview(0),
        UndoReview(1 << 63),
        MarkSuspect(0, "odd"),
        MarkSuspect(1, "  "),
    ],
)
def test_what_cannot_be_is_refused_and_no_alarm(stand: Stand, command: ReviewCommand) -> None:
    stand.reviewing.obey(command)
    ((name, what),) = stand.refusals()
    assert name == type(command).__name__
    assert "part" in what or "reason" in what
    assert stand.heard.of(AlarmRaised) == ()


@pytest.mark.parametrize("command", [BLIND, SUSPECT, UndoReview(1)])
def test_a_disk_that_refuses_is_told_to_who_reviews(stand: Stand, command: ReviewCommand) -> None:
    stand.ledger.refusal = DISK_FULL
    stand.reviewing.obey(command)
    assert stand.refusals() == [(type(command).__name__, DISK_FULL.what)]


def test_a_bug_is_an_alarm_and_the_person_is_not_left_waiting(stand: Stand) -> None:
    stand.ledger.refusal = ZeroDivisionError("a bug")
    stand.reviewing.obey(BLIND)
    assert stand.refusals() == [("RecordReview", "a fault in the program")]
    assert [alarm.code for alarm in stand.heard.of(AlarmRaised)] == ["bug"]
