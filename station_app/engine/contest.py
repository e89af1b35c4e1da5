"""A champion and, at most, one candidate beside it on the line of one loaded recipe: who decides, who looks on, and
the end of a trial.

Changes come from one caller at a time and take as long as a model takes to load; the line goes on meanwhile, and the
next part admitted after it is the first that meets the change.
"""

import logging
import threading
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial

from station_app.core.inspection import Inspection, NoResultReason, VerdictKind
from station_app.core.messages import Priority
from station_app.core.shadow import ShadowResult
from station_app.core.trial_record import MODEL_FAULTS
from station_app.engine.audit_trail import STATION
from station_app.engine.books import Books
from station_app.engine.candidate import DECIDING, Candidate, check_candidate
from station_app.engine.candidate_models import CandidateModels
from station_app.engine.part import Part
from station_app.engine.shadow import NICENESS, Shadow, Understudy
from station_app.engine.sides import Side, Sides
from station_app.engine.trial_watch import TrialWatch
from station_app.engine.worker import Worker

log = logging.getLogger(__name__)

STEP_S = 0.2
ALARM = "model_rolled_back"
"""The first word of the alarm; the second is the package."""
SHADOW_FAULTS = tuple(reason for reason in MODEL_FAULTS if reason is not NoResultReason.LATE)


@dataclass(slots=True, eq=False)
class _Running:
    """The trial under way. `ended` says why it was rolled back, and `passed` why its canary has passed."""

    candidate: Candidate
    watch: TrialWatch = field(init=False)
    shadow: Shadow = field(init=False)
    workers: tuple[Worker, ...] = ()
    ended: str = ""
    is_told: bool = False
    passed: str = ""


class Contest:
    """`begin`, `told` and `refused` are the line's, and quick; all else waits."""

    def __init__(self, sides: Sides, models: CandidateModels, books: Books) -> None:
        self._sides = sides
        self._models = models
        self._books = books
        self._running: _Running | None = None
        self._changing = threading.RLock()
        self._is_closed = False

    @property
    def main(self) -> Side:
        """Who decides most parts."""
        return self._sides.main

    @property
    def candidate(self) -> Candidate | None:
        """The one on trial; None where none is, also after a roll-back."""
        running = self._running
        return None if running is None or running.ended else running.candidate

    def begin(self, part_id: int) -> Side:
        """A trigger: the side that judges its part."""
        return self._sides.begin(part_id)

    def admitted(self) -> None:
        """The part is on its way: nothing else runs now."""
        running = self._running
        if running is not None:
            running.shadow.admitted()

    def refused(self, part: Part) -> None:
        """The part found the line busy, and has its verdict."""
        self._sides.end(part)

    def told(self, part: Part, inspection: Inspection, is_recorded: bool) -> None:
        """The part's verdict has left; its frames are still on loan."""
        self._sides.end(part)
        running = self._running
        if running is None or running.ended:
            return
        running.watch.decided(inspection)
        if is_recorded and not running.ended:
            running.shadow.offer(part)

    def set_candidate(self, candidate: Candidate | None) -> None:
        """Run this one instead of what ran. None ends a trial: an active candidate stays and is the champion, any other
        goes. StationError where it cannot run: then what was goes on."""
        with self._changing:
            if candidate is None:
                self._end_trial()
            elif not self._is_closed:
                self._begin(candidate)
        self._books.trials.on_changed()

    def roll_back(self, package_sha256: str, reason: str) -> bool:
        """Take this package out of service, from the next part on; False where it is not on trial."""
        running = self._running
        if running is None or running.ended or running.candidate.package_sha256 != package_sha256:
            return False
        self._take_out(running, reason)
        return True

    def close(self) -> None:
        """End what runs beside the line; `let_go` ends the rest, when no part is in flight any more."""
        with self._changing:
            self._is_closed = True
            self._stop_running()

    def let_go(self) -> None:
        """Close every model of the contest."""
        self._sides.close_retired(is_end=True)

    def _begin(self, candidate: Candidate) -> None:
        self._models.refuse_web()
        champion = check_candidate(candidate, self._sides.champion.recipe)
        for recipe in (candidate.recipe, champion):
            self._books.ledger.register(recipe).result()
        with ExitStack() as opened:
            decides, trial = self._open_sides(candidate, opened)
            understudies = self._models.understudies(candidate, champion, opened)
            opened.pop_all()
        self._stop_running()
        running = self._made(candidate, champion.sha256, understudies)
        if trial is None:
            self._sides.drop_trial()
        else:
            self._sides.try_out(decides, trial, candidate.package_sha256, candidate.deciding_share)
        self._running = running
        self._start(running)

    def _made(self, candidate: Candidate, champion_hash: str, understudies: dict[str, Understudy]) -> _Running:
        running = _Running(candidate)
        on_bad, on_passed = partial(self._take_out, running), partial(self._note_passed, running)
        shadow, setup = self._books.ledger.shadow, self._books.trials.watch_setup
        running.watch = TrialWatch(candidate, champion_hash, shadow, setup, on_bad, on_passed)
        on_shown, is_idle = partial(self._on_shown, running), self._sides.is_idle
        running.shadow = Shadow(understudies, self._books, on_shown, is_idle, setup.pace())
        return running

    def _open_sides(self, candidate: Candidate, opened: ExitStack) -> tuple[Side, Side | None]:
        """Champion and candidate. The one of them that is loaded already is not opened again."""
        present, camera_id = self._sides.champion, candidate.camera_id
        if candidate.fallback is not None and candidate.recipe.sha256 == present.recipe.sha256:
            return self._models.side(candidate.fallback, camera_id, present, opened), present
        if candidate.stage not in DECIDING:
            return present, None
        return present, self._models.side(candidate.recipe, camera_id, present, opened)

    def _start(self, running: _Running) -> None:
        note_bug = self._books.note_bug
        running.workers = (
            Worker("shadow", running.shadow.step, note_bug, niceness=NICENESS),
            Worker("trial-watch", self._step, note_bug, STEP_S, NICENESS),
        )
        for worker in running.workers:
            worker.start()

    def _step(self) -> None:
        running = self._running
        if running is None:
            return
        if not running.ended:
            running.watch.step()
        self._tell(running)
        self._sides.close_retired()

    def _end_trial(self) -> None:
        running = self._running
        is_kept = running is not None and not running.ended and running.candidate.deciding_share >= 1
        if is_kept:
            self._sides.keep_trial()
        else:
            self._sides.drop_trial()
        self._stop_running()
        self._sides.close_retired()

    def _stop_running(self) -> None:
        running, self._running = self._running, None
        if running is None:
            return
        running.shadow.end()
        stuck = [worker.name for worker in running.workers if not worker.stop()]
        if stuck:
            log.error("threads that do not end: %s", ", ".join(stuck))
        self._tell(running)
        running.shadow.close()

    def _take_out(self, running: _Running, reason: str) -> None:
        """At once and on any thread, also the database's: who is told of it is told by the worker."""
        running.ended = reason
        if running is self._running and running.candidate.stage in DECIDING:
            self._sides.drop_trial()
        running.shadow.end()

    @staticmethod
    def _note_passed(running: _Running, words: str) -> None:
        running.passed = words

    @staticmethod
    def _on_shown(running: _Running, result: ShadowResult) -> None:
        if result.pair.package_sha256 == running.candidate.package_sha256:
            is_fault = result.verdict is VerdictKind.NO_RESULT and result.reason in SHADOW_FAULTS
            running.watch.shown(is_fault)

    def _tell(self, running: _Running) -> None:
        """Alarm, audit and whoever keeps the stages, once."""
        package, trials = running.candidate.package_sha256, self._books.trials
        if running.ended and not running.is_told:
            running.is_told = True
            where = f"recipe {running.candidate.recipe.name}, camera {running.candidate.camera_id}"
            what = f"a model on trial was taken out of service: {running.ended}"
            remedy = "look at the package under Models"
            self._books.alarms.raise_alarm(
                f"{ALARM} {package[:12]}", what, where=where, remedy=remedy, priority=Priority.MEDIUM
            )
            self._books.audit.note(STATION, "model_rolled_back", f"package {package}", f"{where}: {running.ended}")
            trials.on_changed()
            trials.listener.on_rollback(package, running.candidate.camera_id, running.ended)
        passed, running.passed = running.passed, ""
        if passed and not running.ended:
            self._books.audit.note(STATION, "canary_passed", f"package {package}", passed)
            trials.listener.on_canary_passed(package, passed)
