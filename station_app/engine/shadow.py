"""Models that run after the verdict and decide nothing: on one thread of the lowest priority, with their own sessions.

The line never waits for them. A part is taken only while nothing is in flight, no other part is being looked at and, as
far as its pace tells, the next one is not due before the run will have ended; when it is admitted earlier the run is
given up. What was not looked at is counted: every part that could have
been compared is either recorded or among the dropped ones. At most one part's frame buffers are on loan here, and the
pools have that many more.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from operator import itemgetter

from station_app.core.decision import CameraEvidence, Evidence, Verdict, decide
from station_app.core.errors import ModelOutputError, StationError
from station_app.core.inspection import NoResultReason
from station_app.core.shadow import ShadowPair, ShadowResult
from station_app.engine.books import Books
from station_app.engine.judging import Judge, largest_scores, without
from station_app.engine.pace import Pace
from station_app.engine.part import NS_PER_MS, Examined, Part
from station_app.engine.worker import IDLE_S
from station_app.inference.deadline import LateError

log = logging.getLogger(__name__)

SHADOW_BUFFERS = 1
"""Parts whose frames may be on loan here."""
NICENESS = 10
FLUSH_S = 5.0
"""How often dropped parts are written down."""
MODELS_FAULT = (NoResultReason.MODEL_OUTPUT, NoResultReason.LATE, NoResultReason.INTERNAL)


@dataclass(frozen=True, slots=True)
class Understudy:
    """A model that runs in shadow of the one that decided, with a session of its own."""

    pair: ShadowPair
    judge: Judge


class _GaveUpError(Exception):
    """The next part was admitted."""


class Shadow:
    """`step` looks at the part that waits. `understudies` are by the recipe hash of the side that decided;
    `on_judged` is told of every result, on this thread. `is_idle` says that no part is in flight, `pace` whether one
    is due."""

    def __init__(
        self, understudies: Mapping[str, Understudy], books: Books, on_judged: Callable[[ShadowResult], None],
        is_idle: Callable[[], bool],
        pace: Pace,
    ) -> None:  # fmt: skip
        self._understudies = understudies
        self._books = books
        self._on_judged = on_judged
        self._is_idle = is_idle
        self._changed = threading.Condition()
        self._pace = pace
        self._waiting: Part | None = None
        self._is_busy = False
        self._is_ended = False
        self._dropped: dict[ShadowPair, int] = {}
        self._flushed_s = time.monotonic()

    def admitted(self) -> None:
        """A part is on its way: whatever runs here is given up. Any thread; waits for nothing."""
        with self._changed:
            self._bar()
            self._pace.triggered(time.monotonic())

    def offer(self, part: Part) -> None:
        """Look at this part, whose verdict has left and is on disk, if there is time. Its frames are still on loan."""
        understudy = self._understudies.get(part.recipe_hash)
        if understudy is None or not is_comparable(part, understudy.pair.camera_id):
            return
        with self._changed:
            if self._is_busy or self._is_ended or not self._is_idle() or not self._pace.has_time(time.monotonic()):
                self._drop(understudy.pair)
                return
            self._is_busy, self._waiting = True, part
            for examined in part.examined:
                if examined.shot.lease is not None:
                    examined.shot.lease.retain()
            self._changed.notify()

    def step(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting is not None, IDLE_S)
            part, self._waiting = self._waiting, None
        try:
            if part is not None:
                self._look(part)
        finally:
            if part is not None:
                self._give_back(part)
        if time.monotonic() - self._flushed_s > FLUSH_S:
            self.flush()

    def end(self) -> None:
        """Take no more parts, and give up the one under way."""
        with self._changed:
            self._is_ended = True
            self._bar()

    def close(self) -> None:
        """Give back what still waits, and let go of the models; after the thread has ended."""
        part, self._waiting = self._waiting, None
        if part is not None:
            with self._changed:
                self._drop(self._understudies[part.recipe_hash].pair)
            self._give_back(part)
        self.flush()
        for understudy in self._understudies.values():
            understudy.judge.inspector.close()

    def flush(self) -> None:
        """Write down how many parts were dropped."""
        with self._changed:
            dropped, self._dropped = self._dropped, {}
            self._flushed_s = time.monotonic()
        for pair, parts in dropped.items():
            future = self._books.ledger.shadow.note_dropped(pair, parts)
            future.add_done_callback(partial(self._on_written, pair, parts))

    def _look(self, part: Part) -> None:
        understudy, started_s = self._understudies[part.recipe_hash], time.monotonic()
        try:
            result = self._result(part, understudy)
        except _GaveUpError:
            with self._changed:
                self._drop(understudy.pair)
            return
        finally:
            with self._changed:
                self._pace.ran(time.monotonic() - started_s)
        future = self._books.ledger.shadow.note(result)
        future.add_done_callback(partial(self._on_written, result.pair, 1))
        self._on_judged(result)

    def _result(self, part: Part, understudy: Understudy) -> ShadowResult:
        pair = understudy.pair
        (shown,) = (examined for examined in part.examined if examined.shot.camera_id == pair.camera_id)
        started_ns = time.monotonic_ns()
        evidence = self._evidence(part, shown, understudy.judge)
        took_ms = (time.monotonic_ns() - started_ns) / NS_PER_MS
        cameras = tuple(evidence if entry is shown else entry.evidence for entry in part.examined)
        verdict = shadow_verdict(part, cameras, understudy.judge)
        scores = largest_scores(cameras)
        label, score = max(scores, key=itemgetter(1), default=("", None))
        return ShadowResult(part.part_id, pair, verdict.kind, verdict.reason, label, score, scores, took_ms)

    def _evidence(self, part: Part, shown: Examined, judge: Judge) -> CameraEvidence:
        shot, frame = shown.shot, shown.shot.frame
        if frame is None:
            raise RuntimeError(f"part {part.part_id} has no frame to be looked at in shadow")
        with self._changed:
            if self._is_ended or not self._is_idle():
                raise _GaveUpError
            judge.inspector.unbar()  # under the lock: whoever is admitted after it bars again
        try:
            return judge.judge(part, shot, frame, None)[0]
        except LateError as error:
            raise _GaveUpError from error
        except ModelOutputError as error:
            return without(part, shot, NoResultReason.MODEL_OUTPUT, str(error))
        except StationError as error:
            log.warning("part %d in shadow: %s", part.part_id, error)
            return without(part, shot, NoResultReason.INTERNAL, str(error))
        except Exception as error:
            # A model on trial: its fault is recorded and held against it, and ends nothing else.
            log.exception("part %d: a bug in shadow", part.part_id)
            self._books.note_bug("shadow", error)
            return without(part, shot, NoResultReason.INTERNAL, repr(error))

    def _bar(self) -> None:
        for understudy in self._understudies.values():
            understudy.judge.inspector.bar()

    def _give_back(self, part: Part) -> None:
        for examined in part.examined:
            examined.shot.release()
        with self._changed:
            self._is_busy = False

    def _drop(self, pair: ShadowPair, parts: int = 1) -> None:
        self._dropped[pair] = self._dropped.get(pair, 0) + parts

    def _on_written(self, pair: ShadowPair, parts: int, future: "Future[None]") -> None:
        """What the disk did not take counts as dropped, and is written with the next ones."""
        error = future.exception()
        if error is None:
            return
        with self._changed:
            self._drop(pair, parts)
        if isinstance(error, StationError):
            log.warning("a result in shadow is not recorded: %s", error)
        else:
            self._books.note_bug("shadow", error)


def is_comparable(part: Part, camera_id: str) -> bool:
    """Whether another model can be asked about this part: every camera delivered a sound frame, and but for the one on
    trial every camera's evidence is there."""
    seen = {entry.shot.camera_id for entry in part.examined if entry.shot.frame is not None and entry.shot.lease}
    faults = {entry.evidence.fault for entry in part.examined if entry.shot.camera_id != camera_id}
    own = {entry.evidence.fault for entry in part.examined if entry.shot.camera_id == camera_id}
    is_whole = seen == {setup.camera_id for setup in part.recipe.cameras}
    return is_whole and not faults - {None} and not own - {None, *MODELS_FAULT}


def shadow_verdict(part: Part, cameras: tuple[CameraEvidence, ...], judge: Judge) -> Verdict:
    """The line's own rule on this evidence, by the thresholds of the judge's recipe. The deadline does not count: this
    thread waits for everybody else."""
    recipe = judge.recipe
    return decide(Evidence(part.part_id, recipe.sha256, cameras, 0.0, None, part.identity), recipe)
