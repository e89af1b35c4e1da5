"""No record, no pass: commits each verdict, releases it to the line, and only then lets its images be written.

`record` is called by the inspect thread; `_on_committed` runs on the database's writer thread and must stay short.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial

from station_app.core.decision import release
from station_app.core.errors import StorageError
from station_app.core.inspection import Inspection, NoResultReason, VerdictKind
from station_app.core.messages import PartInspected
from station_app.engine.admission import Admission
from station_app.engine.alarms import AlarmBoard
from station_app.engine.bounded_queue import BoundedQueue
from station_app.engine.inspect import Concluded
from station_app.engine.ledger import Ledger
from station_app.engine.part import Part
from station_app.engine.tally import RecentTimes, Tally

log = logging.getLogger(__name__)

UNRECORDED_MAX = 100
"""Verdicts that wait in memory for a disk that refuses them; one more and the line must stop."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A part whose verdict has left the station, with its frames still on loan."""

    part: Part
    inspection: Inspection


class Recorder:
    """Turns decided verdicts into released ones. `publish` gets exactly one event for each part."""

    def __init__(
        self,
        ledger: Ledger,
        tally: Tally,
        admission: Admission,
        alarms: AlarmBoard,
        images: BoundedQueue[Recorded],
        publish: Callable[[PartInspected], None],
    ) -> None:
        self._ledger = ledger
        self._tally = tally
        self._admission = admission
        self._alarms = alarms
        self._images = images
        self._publish = publish
        self._unrecorded: deque[Inspection] = deque()
        self._lock = threading.Lock()
        self.times = RecentTimes()

    def record(self, concluded: Concluded, preview_sequence: int = 0) -> None:
        """Commit; the verdict leaves the station, and then the images are written, when that is done."""
        future = self._ledger.record(concluded.inspection)
        future.add_done_callback(partial(self._on_committed, concluded, preview_sequence))

    def record_unadmitted(self, concluded: Concluded) -> None:
        """Commit a part that never entered the line (an overrun); it holds no place and no frame."""
        future = self._ledger.record(concluded.inspection)
        future.add_done_callback(partial(self._on_unadmitted, concluded))

    def retry_unrecorded(self) -> bool:
        """Try again to record what the disk refused; False where the line must not go on without it."""
        with self._lock:
            waiting, self._unrecorded = tuple(self._unrecorded), deque()
        for inspection in waiting:
            future = self._ledger.record(inspection)
            future.add_done_callback(partial(self._on_retried, inspection))
        return len(waiting) <= UNRECORDED_MAX

    def _on_committed(self, concluded: Concluded, preview_sequence: int, future: "Future[None]") -> None:
        inspection = self._withhold_if_late(concluded.part, self._settle(concluded, future))
        self._admission.concluded()
        self._leave(concluded.part, inspection, preview_sequence)
        if not self._images.put(Recorded(concluded.part, inspection)):
            free_frames(concluded.part, self._admission)

    def _on_unadmitted(self, concluded: Concluded, future: "Future[None]") -> None:
        self._leave(concluded.part, self._settle(concluded, future), 0)

    def _settle(self, concluded: Concluded, future: "Future[None]") -> Inspection:
        """The inspection as it may leave the station, now that the database has answered."""
        error = future.exception()
        released = release(concluded.verdict, is_recorded=error is None)
        inspection = replace(concluded.inspection, verdict=released.kind, reason=released.reason)
        if isinstance(error, StorageError):
            self._keep_for_retry(inspection)
            self._alarms.raise_error("storage", error)
        elif error is not None:
            log.error("part %d: a bug while recording", inspection.part_id, exc_info=error)
            self._keep_for_retry(inspection)
            self._alarms.raise_alarm("bug", f"a fault in the program while recording: {error!r}", remedy="call support")
        else:
            self._alarms.clear("storage")
        return inspection

    def _withhold_if_late(self, part: Part, inspection: Inspection) -> Inspection:
        """A PASS whose record missed the deadline is told as NO_RESULT: the part has been rejected by then."""
        if inspection.verdict is not VerdictKind.PASS or time.monotonic_ns() <= part.deadline_ns:
            return inspection
        self._ledger.audit("station", "pass_withheld", f"part {part.part_id}", "recorded after the deadline")
        return replace(inspection, verdict=VerdictKind.NO_RESULT, reason=NoResultReason.LATE)

    def _leave(self, part: Part, inspection: Inspection, preview_sequence: int) -> None:
        total_ms = part.elapsed_ms(time.monotonic_ns())
        self.times.add(total_ms)
        counters = self._tally.concluded(part.part_id, inspection.verdict)
        self._publish(
            PartInspected(
                part_id=part.part_id,
                inspected_at_ms=inspection.inspected_at_ms,
                verdict=inspection.verdict,
                reason=inspection.reason,
                serial=inspection.serial,
                findings=inspection.findings,
                counters=counters,
                total_ms=total_ms,
                recipe=inspection.recipe,
                detail=inspection.detail,
                preview_sequence=preview_sequence,
            )
        )

    def _keep_for_retry(self, inspection: Inspection) -> None:
        with self._lock:
            self._unrecorded.append(inspection)

    def _on_retried(self, inspection: Inspection, future: "Future[None]") -> None:
        if future.exception() is not None:
            self._keep_for_retry(inspection)
        else:
            self._alarms.clear("storage")


def free_frames(part: Part, admission: Admission) -> None:
    """Give back every frame buffer that the part holds. Called once for each admitted part."""
    for examined in part.examined:
        if examined.shot.lease is not None:
            examined.shot.lease.release()
    admission.freed()
