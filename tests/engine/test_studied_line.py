"""A study of a running line's own parts, by the engine's commands and on a real ledger, from plan to close."""

import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from station_app.core.audit_view import AuditFilter
from station_app.core.messages import Command, CommandRefused
from station_app.core.people import Person, Role, SecretKind
from station_app.core.people_messages import SignInWith
from station_app.core.study import Appraiser
from station_app.core.study_messages import AnswerShowing, CloseStudy, StartStudy, StudyChanged, StudyPart
from station_app.quality.review_plan import ReviewPlan
from station_app.store.archive import StationArchive
from station_app.store.audit_view import audit_page
from station_app.store.connection import open_reader
from station_app.store.ledger import DATABASE
from station_app.store.studies import next_showing, studies, study_record
from station_app.store.verification import verify
from tests.engine.conftest import Open
from tests.engine.fakes import PATIENCE_S
from tests.engine.line import Line
from tests.engine.people import FakeRoster, password_of

EVERY = ReviewPlan((1.0, 1.0, 1.0), (1.0, 1.0, 1.0), second_share=0.0, seeded_share=0.0)
PEOPLE = (Person("li", "Li", Role.QUALITY), Person("anna", "Anna", Role.OPERATOR), Person("ben", "Ben", Role.OPERATOR))
PARTS = tuple(StudyPart(part_id, part_id == 1) for part_id in range(1, 5))


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.01)


def sign_in(line: Line, name: str) -> None:
    line.engine.obey(SignInWith(name, SecretKind.PASSWORD, password_of(name)))


def ask(line: Line, command: Command) -> None:
    heard = len(line.heard.of(StudyChanged)) + len(line.heard.of(CommandRefused))
    line.engine.obey(command)
    wait_until(lambda: len(line.heard.of(StudyChanged)) + len(line.heard.of(CommandRefused)) > heard)


def judge_all(line: Line, archive: StationArchive, person: str) -> None:
    sign_in(line, person)
    while (shown := archive.read(partial(next_showing, study_id=1, person=person))) is not None:
        saw = shown.model_says_bad is not None
        ask(line, AnswerShowing(1, shown.showing, shown.part_id == 1, 800, saw))


def test_a_study_of_the_lines_own_parts(open_real: Open, tmp_path: Path) -> None:
    line = open_real(plan=EVERY, roster=FakeRoster(*PEOPLE))
    archive = StationArchive(tmp_path)
    sign_in(line, "li")
    line.run()
    line.inspect(4)
    wait_until(lambda: all(archive.images(part.part_id) for part in PARTS))
    line.engine.pause()

    sign_in(line, "anna")
    ask(line, StartStudy("Scratches", PARTS, ("anna",), 2))
    assert line.refusals() == ["the rights that hold now do not allow this"]
    sign_in(line, "li")
    ask(line, StartStudy("Scratches", PARTS, ("anna", "ben"), 2, assisted=("ben",)))
    assert line.heard.of(StudyChanged)[-1] == StudyChanged(1, 0, 24, is_closed=False)

    sign_in(line, "anna")
    ben = archive.read(partial(next_showing, study_id=1, person="ben"))
    assert ben is not None
    ask(line, AnswerShowing(1, ben.showing, False, 800))
    assert line.refusals()[-1] == "this showing is another person's"
    judge_all(line, archive, "anna")
    judge_all(line, archive, "ben")
    assert line.heard.of(StudyChanged)[-1] == StudyChanged(1, 24, 24, is_closed=False)
    sign_in(line, "li")
    ask(line, CloseStudy(1))
    assert line.heard.of(StudyChanged)[-1] == StudyChanged(1, 24, 24, is_closed=True)

    record = archive.read(partial(study_record, study_id=1))
    assert {decision.is_bad == (decision.part_id == 1) for decision in record.decisions} == {True}
    (summary,) = archive.read(studies)
    assert summary.is_finished and summary.closing is not None and summary.closing.person == "li"
    assert [entry.appraiser for entry in summary.progress] == [
        Appraiser("anna"),
        Appraiser("ben"),
        Appraiser("ben", sees_model=True),
    ]
    with closing(open_reader(tmp_path / DATABASE)) as reader:
        told = [row.action for row in audit_page(reader, AuditFilter(), size=200)]
    assert (told.count("study_started"), told.count("showing_answered"), told.count("study_closed")) == (1, 24, 1)
    wait_until(lambda: verify(tmp_path) == ())
