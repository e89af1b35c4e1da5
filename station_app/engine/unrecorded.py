"""Verdicts that have left the station and that the database has refused so far: tried again until it takes them.

They outlive the recipe that they were made with. What still waits when the engine ends is told by the next start, from
the ids that were issued, as parts without result.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial

from station_app.core.errors import StorageError
from station_app.core.inspection import Inspection
from station_app.engine.alarms import AlarmBoard
from station_app.engine.ledger import Ledger

log = logging.getLogger(__name__)

UNRECORDED_MAX = 100
"""Verdicts that may wait in memory for a disk that refuses them; one more and the line must stop."""


class Unrecorded:
    """`note` from any thread. `step`, now and then on one thread, tries again, and tells `on_overflow` of too many.
    `on_recorded` is told of each part, by its id, whose record the database has taken."""

    def __init__(
        self,
        ledger: Ledger,
        alarms: AlarmBoard,
        on_overflow: Callable[[], None],
        on_recorded: Callable[[int], None],
    ) -> None:
        self._ledger = ledger
        self._alarms = alarms
        self._on_overflow = on_overflow
        self._on_recorded = on_recorded
        self._waiting: dict[int, Inspection] = {}
        self._offered: set[int] = set()
        self._changed = threading.Condition()

    def __len__(self) -> int:
        with self._changed:
            return len(self._waiting)

    @property
    def is_too_many(self) -> bool:
        return len(self) > UNRECORDED_MAX

    def note(self, inspection: Inspection, error: BaseException | None) -> None:
        """What the database has answered for this inspection: done with, or kept for another try."""
        with self._changed:
            self._offered.discard(inspection.part_id)
            if error is None:
                self._waiting.pop(inspection.part_id, None)
            else:
                self._waiting[inspection.part_id] = inspection
            is_all_well = not self._waiting
            self._changed.notify_all()
        if error is not None:
            self._raise(inspection, error)
            return
        self._on_recorded(inspection.part_id)
        if is_all_well:
            self._alarms.clear("storage")

    def step(self) -> None:
        """Offer again what waits."""
        if self.is_too_many:
            self._on_overflow()
        self._offer()

    def flush(self, timeout_s: float) -> int:
        """A last try; how many could not be recorded within the time-out."""
        self._offer()
        with self._changed:
            self._changed.wait_for(lambda: not self._offered, timeout_s)
            return len(self._waiting)

    def _offer(self) -> None:
        """Oldest first. A database that refuses at once is not asked for the others: each could take seconds."""
        with self._changed:
            due = [self._waiting[part_id] for part_id in sorted(self._waiting.keys() - self._offered)]
        for inspection in due:
            with self._changed:
                self._offered.add(inspection.part_id)
            future = self._ledger.record(inspection)
            is_refused = future.done() and future.exception() is not None
            future.add_done_callback(partial(self._on_answered, inspection))
            if is_refused:
                return

    def _on_answered(self, inspection: Inspection, future: Future[None]) -> None:
        self.note(inspection, future.exception())

    def _raise(self, inspection: Inspection, error: BaseException) -> None:
        if isinstance(error, StorageError):
            self._alarms.raise_error("storage", error)
            return
        log.error("part %d: a bug while recording", inspection.part_id, exc_info=error)
        self._alarms.raise_alarm("bug", f"a fault in the program while recording: {error!r}", remedy="call support")
