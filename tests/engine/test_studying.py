"""Studies are started, answered and closed by who is signed in, and told when they are on disk."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from station_app.core.errors import ConfigError
from station_app.core.messages import CommandRefused
from station_app.core.people import Person, Role, SecretKind
from station_app.core.people_messages import SignInWith
from station_app.core.study import Appraiser
from station_app.core.study_messages import AnswerShowing, CloseStudy, StartStudy, StudyChanged, StudyCommand, StudyPart
from station_app.engine.books import keep_books
from station_app.engine.studying import MOST_SHOWINGS, Studying
from station_app.engine.tally import Tally
from tests.engine.fakes import DISK_FULL, FakeLedger, Heard
from tests.engine.people import FakeRoster, crew_setup, password_of

PEOPLE = (
    Person("li", "Li", Role.QUALITY),
    Person("anna", "Anna", Role.OPERATOR),
    Person("ben", "Ben", Role.OPERATOR),
    Person("zoe", "Zoe", Role.OPERATOR, is_active=False),
    Person("root", "Root", Role.ADMIN),
)
PARTS = (StudyPart(1, False), StudyPart(2, True))
WANTED = StartStudy(" Scratches ", PARTS, ("ANNA", "ben"), 2, assisted=("anna",))


class Stand:
    def __init__(self) -> None:
        self.ledger, self.heard = FakeLedger(), Heard()
        self.books = keep_books(self.ledger, crew_setup(FakeRoster(*PEOPLE)), Tally(), self.heard, lambda: None)
        self.studying = Studying(self.books)

    def sign_in(self, name: str) -> None:
        self.books.crew.sign_in_with(SignInWith(name, SecretKind.PASSWORD, password_of(name)))

    def changes(self) -> tuple[StudyChanged, ...]:
        return self.heard.of(StudyChanged)

    def refusals(self) -> list[str]:
        return [event.what for event in self.heard.of(CommandRefused)]


@pytest.fixture
def stand() -> Iterator[Stand]:
    stand = Stand()
    stand.sign_in("li")
    yield stand
    stand.books.crew.close()


def test_a_study_is_told_when_it_is_on_disk(stand: Stand) -> None:
    stand.ledger.is_held = True
    stand.studying.obey(WANTED)
    assert not stand.changes()
    stand.ledger.let_go()
    assert stand.changes() == (StudyChanged(1, 0, 8, is_closed=False),)
    (draft,) = stand.ledger.studies
    assert draft.appraisers == (Appraiser("anna"), Appraiser("ben"), Appraiser("anna", sees_model=True))
    assert (draft.title, draft.started_by, draft.trials) == ("Scratches", "li", 2) and draft.started_at_ms > 0


def test_the_appraiser_is_who_is_signed_in(stand: Stand) -> None:
    stand.sign_in("anna")
    stand.studying.obey(AnswerShowing(1, 3, is_bad=True, viewed_ms=800))
    (answer,) = stand.ledger.answers
    assert (answer.person, answer.showing, answer.is_bad, answer.viewed_ms) == ("anna", 3, True, 800)
    assert stand.changes() == (StudyChanged(1, 3, 8, is_closed=False),)


def test_a_closed_study_is_told(stand: Stand) -> None:
    stand.studying.obey(CloseStudy(1, " enough "))
    (closing,) = stand.ledger.closings
    assert (closing.person, closing.reason) == ("li", "enough")
    assert stand.changes() == (StudyChanged(1, 8, 8, is_closed=True),)


@pytest.mark.parametrize(
    ("command", "what"),
    [
        (replace(WANTED, title="  "), "the study has no title"),
        (replace(WANTED, trials=0), "a study has 1 to 10 trials"),
        (replace(WANTED, trials=11), "a study has 1 to 10 trials"),
        (replace(WANTED, parts=(*PARTS, StudyPart(1, True))), "a part stands in the study twice"),
        (replace(WANTED, parts=()), "a study needs a good and a bad part at least"),
        (
            replace(WANTED, parts=(StudyPart(1, True), StudyPart(2, True))),
            "a study needs a good and a bad part at least",
        ),
        (replace(WANTED, parts=(StudyPart(0, True), StudyPart(2, False))), "there is no such part"),
        (replace(WANTED, appraisers=(), assisted=()), "nobody is to judge in this study"),
        (replace(WANTED, appraisers=("anna", "Anna")), "an appraiser stands in the study twice"),
        (replace(WANTED, appraisers=("nobody",)), "there is no active account of this name"),
        (replace(WANTED, appraisers=("zoe",)), "there is no active account of this name"),
        (replace(WANTED, appraisers=("root",)), "the role of this appraiser does not judge parts"),
        (
            replace(WANTED, parts=tuple(StudyPart(n, n % 2 == 0) for n in range(1, MOST_SHOWINGS // 6 + 2))),
            f"the study would have more than {MOST_SHOWINGS} showings",
        ),
        (AnswerShowing(0, 1, False, 1), "there is no such study"),
        (AnswerShowing(1, 1 << 70, False, 1), "there is no such study"),
        (AnswerShowing(1, 1, False, -1), "this is no time of looking at a part"),
        (CloseStudy(-1), "there is no such study"),
    ],
)
def test_what_cannot_be_done_is_refused(stand: Stand, command: StudyCommand, what: str) -> None:
    with pytest.raises(ConfigError) as caught:
        stand.studying.obey(command)
    assert caught.value.what == what and caught.value.remedy
    assert not (stand.ledger.studies or stand.ledger.answers or stand.ledger.closings)


def test_nobody_signed_in_does_nothing(stand: Stand) -> None:
    stand.books.crew.sign_in("")
    with pytest.raises(ConfigError, match="nobody is signed in"):
        stand.studying.obey(CloseStudy(1, "why"))


def test_a_disk_that_takes_nothing_is_told(stand: Stand) -> None:
    stand.ledger.refusal = DISK_FULL
    stand.studying.obey(WANTED)
    assert stand.refusals() == [DISK_FULL.what] and not stand.changes()


def test_a_bug_is_told_and_raises_an_alarm(stand: Stand) -> None:
    stand.ledger.refusal = ZeroDivisionError("a bug")
    stand.studying.obey(WANTED)
    assert stand.refusals() == ["a fault in the program"]
    assert [alarm.code for alarm in stand.books.alarms.standing()] == ["bug"]
