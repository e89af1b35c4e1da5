"""Agreement studies on their way to the disk: told only when they are there. Any thread.

Who starts, answers and closes is who is signed in, whatever a message says. Whether a showing is the person's next one
is settled in the transaction of the record, where no other answer can come between.
"""

import logging
import time
from concurrent.futures import Future
from functools import partial

from station_app.core.errors import ConfigError, StationError
from station_app.core.messages import CommandRefused
from station_app.core.people import Act, may
from station_app.core.study import Appraiser, ShowingAnswer, StudyClosing, StudyCount, StudyDraft
from station_app.core.study_messages import AnswerShowing, CloseStudy, StartStudy, StudyChanged, StudyCommand, StudyPart
from station_app.engine.books import Books

log = logging.getLogger(__name__)

MOST_TRIALS = 10
MOST_SHOWINGS = 6_000
"""More would take the writer from the line for too long, and nobody judges so many."""

LEAST_PARTS = 2
_LARGEST = 1 << 62
"""Beyond this no number of a record and no duration is one; the database holds 63 bits."""


class Studying:
    """Carries out the commands of the studies' screen; each is answered by `StudyChanged` or a `CommandRefused`."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def obey(self, command: StudyCommand) -> None:
        """ConfigError where the command cannot be carried out at all."""
        person = self._books.crew.session.name.strip()
        if not person:
            raise ConfigError("nobody is signed in", remedy="sign in with your badge, PIN or password")
        now_ms = time.time_ns() // 1_000_000
        future = self._sent(command, person, now_ms)
        future.add_done_callback(partial(self._on_done, command))

    def _sent(self, command: StudyCommand, person: str, now_ms: int) -> "Future[StudyCount]":
        ledger = self._books.ledger
        match command:
            case StartStudy():
                return ledger.start_study(self._draft(command, person, now_ms))
            case AnswerShowing(study_id, showing, is_bad, viewed_ms, saw_model):
                _check_numbers(study_id, showing, viewed_ms)
                given = (person, is_bad, viewed_ms, saw_model, now_ms)
                return ledger.answer_showing(ShowingAnswer(study_id, showing, *given))
            case CloseStudy(study_id, reason):
                _check_numbers(study_id)
                return ledger.close_study(StudyClosing(study_id, person, reason.strip(), now_ms))

    def _draft(self, command: StartStudy, person: str, now_ms: int) -> StudyDraft:
        _check_title_and_trials(command)
        _check_parts(command.parts)
        appraisers = tuple(
            Appraiser(self._named(name), sees_model)
            for names, sees_model in ((command.appraisers, False), (command.assisted, True))
            for name in names
        )
        _check_appraisers(appraisers, len(command.parts) * command.trials)
        what = (command.title.strip(), command.parts, appraisers, command.trials, command.includes_model)
        return StudyDraft(*what, person, now_ms)

    def _named(self, name: str) -> str:
        """The account's own spelling of the name. ConfigError where nobody of that name may judge parts."""
        found = self._books.crew.find(name)
        if found is None or not found.is_active:
            remedy = "choose appraisers from the accounts"
            raise ConfigError("there is no active account of this name", where=name, remedy=remedy)
        if not may(found.role, Act.OVERRIDE):
            remedy = "choose somebody who decides about parts"
            raise ConfigError("the role of this appraiser does not judge parts", where=name, remedy=remedy)
        return found.name

    def _on_done(self, command: StudyCommand, future: "Future[StudyCount]") -> None:
        error = future.exception()
        if isinstance(error, StationError):
            self._refuse(command, error.what, error.remedy)
        elif error is not None:
            log.error("a bug in a study", exc_info=error)
            self._books.note_bug("study", error)
            self._refuse(command, "a fault in the program", "call support")
        else:
            count = future.result()
            is_closed = isinstance(command, CloseStudy)
            self._books.publish(StudyChanged(count.study_id, count.answered, count.showings, is_closed))

    def _refuse(self, command: StudyCommand, what: str, remedy: str) -> None:
        self._books.publish(CommandRefused(type(command).__name__, what, remedy))


def _check_title_and_trials(command: StartStudy) -> None:
    if not command.title.strip():
        raise ConfigError("the study has no title", remedy="say what it is about")
    if not 1 <= command.trials <= MOST_TRIALS:
        what = f"a study has 1 to {MOST_TRIALS} trials"
        raise ConfigError(what, remedy="choose two or three: with one nobody can differ from themselves")


def _check_parts(parts: tuple[StudyPart, ...]) -> None:
    ids = {part.part_id for part in parts}
    if len(ids) < len(parts):
        raise ConfigError("a part stands in the study twice", remedy="choose each part once")
    if len(parts) < LEAST_PARTS or len({part.is_bad for part in parts}) < 2:
        remedy = "choose good and bad parts: at least 50 of them, 30 to 50 % bad, tell something"
        raise ConfigError("a study needs a good and a bad part at least", remedy=remedy)
    if not all(0 < part_id < _LARGEST for part_id in ids):
        raise ConfigError("there is no such part", remedy="choose recorded parts")


def _check_appraisers(appraisers: tuple[Appraiser, ...], showings_each: int) -> None:
    if not appraisers:
        raise ConfigError("nobody is to judge in this study", remedy="choose an appraiser; two or more tell more")
    if len(set(appraisers)) < len(appraisers):
        raise ConfigError("an appraiser stands in the study twice", remedy="choose each of them once")
    if len(appraisers) * showings_each > MOST_SHOWINGS:
        what = f"the study would have more than {MOST_SHOWINGS} showings"
        raise ConfigError(what, remedy="take fewer parts, appraisers or trials")


def _check_numbers(study_id: int, showing: int = 1, viewed_ms: int = 0) -> None:
    if not (0 < study_id < _LARGEST and 0 < showing < _LARGEST):
        raise ConfigError("there is no such study", remedy="choose one from the list")
    if not 0 <= viewed_ms < _LARGEST:
        raise ConfigError("this is no time of looking at a part", remedy="open the showing again")
