"""Takes a model on trial out of service by rule: at once for what the line sees, now and then for what people say.

What the line sees is added up part by part, and costs it microseconds; the records are asked on the worker's thread.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from station_app.core.errors import StorageError
from station_app.core.inspection import Inspection, VerdictKind
from station_app.core.model_messages import ModelStage
from station_app.core.trial_record import MODEL_FAULTS, JudgedParts, TrialAsked, TrialRecord
from station_app.engine.candidate import DECIDING, Candidate
from station_app.engine.ledger import ShadowLedger
from station_app.engine.pace import Pace
from station_app.quality.rollback_rules import (
    Judged,
    RollbackLimits,
    overturned_more,
    scores_shifted,
    too_many_faults,
    too_slow,
)
from station_app.quality.sequential import Ruling, ShareTest, rule


@dataclass(frozen=True, slots=True)
class WatchSetup:
    """How a trial is watched, and the pace at which what looks on is asked. A part that nobody has overturned for
    `settling_s` counts as settled; `now_ms` is UTC."""

    limits: RollbackLimits = field(default_factory=RollbackLimits)
    look_every_s: float = 10.0
    settling_s: float = 1800.0
    now_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000
    pace: Callable[[], Pace] = Pace


class TrialWatch:
    """`on_bad` is told why, once, on whatever thread notices; `on_passed` once where the stop rule holds that the
    candidate is good."""

    def __init__(
        self, candidate: Candidate, champion_hash: str, ledger: ShadowLedger, setup: WatchSetup,
        on_bad: Callable[[str], None], on_passed: Callable[[str], None],
    ) -> None:  # fmt: skip
        limits = setup.limits
        self._candidate = candidate
        self._champion_hash = champion_hash
        self._ledger = ledger
        self._setup = setup
        self._on_bad = on_bad
        self._on_passed = on_passed
        self._faults: deque[bool] = deque(maxlen=limits.fault_window)
        self._ours: deque[float] = deque(maxlen=limits.timed)
        self._theirs: deque[float] = deque(maxlen=limits.timed)
        self._is_settled = False
        self._has_passed = False
        self._lock = threading.Lock()
        self._due_s = time.monotonic() + setup.look_every_s
        self.record = TrialRecord()
        """What the records said last."""

    def decided(self, inspection: Inspection) -> None:
        """A part has its verdict, by either side. Any thread; quick."""
        if inspection.recipe_hash == self._candidate.recipe.sha256:
            self._note(self._ours, inspection)
            is_fault = inspection.verdict is VerdictKind.NO_RESULT and inspection.reason in MODEL_FAULTS
            self.shown(is_fault)
            self._rule_on_times()
        elif inspection.recipe_hash == self._champion_hash:
            self._note(self._theirs, inspection)

    def shown(self, is_fault: bool) -> None:
        """The candidate was shown a part, deciding or in shadow."""
        with self._lock:
            self._faults.append(is_fault)
            reason = too_many_faults(tuple(self._faults), self._setup.limits)
        self._end(reason)

    def step(self) -> None:
        """Ask the records where it is due. StorageError is passed over: the next time is soon."""
        if self._candidate.stage not in DECIDING or time.monotonic() < self._due_s:
            return
        self._due_s = time.monotonic() + self._setup.look_every_s
        self.look()

    def look(self) -> None:
        """Ask the records now."""
        now_ms = self._setup.now_ms()
        candidate = self._candidate
        settled_before = now_ms - int(self._setup.settling_s * 1000)
        asked = TrialAsked(
            candidate.recipe.sha256, self._champion_hash, candidate.package_sha256, candidate.camera_id,
            candidate.since_ms, settled_before,
        )  # fmt: skip
        try:
            self.record = self._ledger.trial_record(asked)
        except StorageError:
            return
        self._rule_on_record(self.record)

    def _rule_on_times(self) -> None:
        with self._lock:
            ours, theirs = tuple(self._ours), tuple(self._theirs)
        self._end(too_slow(ours, theirs, self._candidate.recipe.deadline_ms, self._setup.limits))

    def _rule_on_record(self, record: TrialRecord) -> None:
        limits = self._setup.limits
        ruling = self._ruling(record)
        stopped = f"{record.bad} of {record.parts} parts were overturned or lost: the stop rule says it is bad"
        self._end(stopped if ruling is Ruling.STOPPED else None)
        self._end(overturned_more(_judged(record.ours), _judged(record.theirs), limits))
        self._end(scores_shifted(record.reference, record.scores, limits))
        if ruling is Ruling.PASSED and self._candidate.stage is ModelStage.CANARY and not self._is_settled:
            self._pass(f"{record.bad} of {record.settled} settled parts were overturned or lost")

    def _ruling(self, record: TrialRecord) -> Ruling:
        given = self._candidate.stop_rule
        test = ShareTest(given.good_share, given.bad_share, given.alpha, given.beta)
        return rule(test, record.bad, record.parts, record.settled, given.min_parts)

    def _pass(self, words: str) -> None:
        with self._lock:
            is_first, self._has_passed = not self._has_passed, True
        if is_first:
            self._on_passed(words)

    def _end(self, reason: str | None) -> None:
        if reason is None:
            return
        with self._lock:
            is_first, self._is_settled = not self._is_settled, True
        if is_first:
            self._on_bad(reason)

    def _note(self, times: deque[float], inspection: Inspection) -> None:
        with self._lock:
            times.append(inspection.times.inspect_ms)


def _judged(parts: JudgedParts) -> Judged:
    return Judged(parts.overturned, parts.parts)
