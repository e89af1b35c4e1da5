"""Records on their way out of the station: who sends them runs beside the line, and how that stands is told.

Clients hear it when it changes, at most once a second. An alarm says when a person must act, or when what waits has
become too old; it is over when its cause is.
"""

import threading
import time
from collections.abc import Callable
from typing import Protocol

from station_app.core.errors import ConfigError
from station_app.core.messages import Event, Priority
from station_app.core.sync_messages import SyncNow, SyncReported, SyncState
from station_app.engine.alarms import AlarmBoard
from station_app.engine.audit_trail import AuditTrail
from station_app.engine.head_signing import NICENESS
from station_app.engine.worker import IDLE_S, Worker

REFUSED = "sync"
LATE = "sync_late"
ASIDE = "sync_aside"
"""Codes of the alarms."""
TELL_EVERY_S = 1.0
COUNT_EVERY_S = 5.0
"""How fresh the figures are while nothing is due: a step that is not due counts what waits."""
_AFTER_A_BUG_S = 60.0


class Sending(Protocol):
    """Who sends. `late_after_ms` is how old the oldest record that waits may become."""

    @property
    def late_after_ms(self) -> int: ...

    @property
    def report(self) -> SyncReported: ...

    def try_now(self) -> None:
        """Whatever it waits for: the next step tries."""
        ...

    def step(self) -> float:
        """Send one thing; seconds until the next is due. Blocks as long as the store takes."""
        ...


class SyncDesk:
    """`step` is for one thread of its own, `report` and `obey` for any."""

    def __init__(
        self,
        sending: Sending | None,
        alarms: AlarmBoard,
        audit: AuditTrail,
        publish: Callable[[Event], None],
        utc_ms: Callable[[], int],
    ) -> None:
        self._sending = sending
        self._alarms = alarms
        self._audit = audit
        self._publish = publish
        self._utc_ms = utc_ms
        self._woken = threading.Event()
        self._due_s = self._tell_due_s = 0.0
        self._told: SyncReported | None = None

    @property
    def report(self) -> SyncReported:
        """How it stands; OFF where nothing is sent."""
        return SyncReported(SyncState.OFF) if self._sending is None else self._sending.report

    def workers(self, on_bug: Callable[[str, BaseException], None]) -> tuple[Worker, ...]:
        """Not yet started; none where nothing is sent."""
        return () if self._sending is None else (Worker("sync", self.step, on_bug, niceness=NICENESS),)

    def step(self) -> None:
        """Send one thing where one is due, else wait a moment for it."""
        if self._sending is None:
            return
        left_s = self._due_s - time.monotonic()
        if left_s > 0 and not self._woken.wait(min(IDLE_S, left_s)):
            self._tell(self._sending)
            return
        if self._woken.is_set():
            self._woken.clear()
            self._told, self._tell_due_s = None, 0.0  # who asked is answered, also where nothing has changed
        self._due_s = time.monotonic() + _AFTER_A_BUG_S  # should the step end in one
        wait_s = self._sending.step()
        self._due_s = time.monotonic() + min(wait_s, COUNT_EVERY_S)
        self._tell(self._sending)

    def obey(self, command: SyncNow) -> None:
        """Try the store now. ConfigError where there is none."""
        if self._sending is None:
            raise ConfigError("no store is set up", remedy="write [sync] into the station file")
        self._audit.note(command.operator, "sync_asked", self._sending.report.store)
        self._sending.try_now()
        self._woken.set()

    def _tell(self, sending: Sending) -> None:
        now, report = time.monotonic(), sending.report
        if now < self._tell_due_s:
            return
        self._tell_due_s = now + TELL_EVERY_S
        if report != self._told:
            self._told = report
            self._publish(report)
        self._warn(report, sending.late_after_ms)

    def _warn(self, report: SyncReported, late_after_ms: int) -> None:
        is_refused = report.state is SyncState.REFUSED
        self._alarm(REFUSED, is_refused, report.what, report.store, report.remedy)
        is_late = report.oldest_ms is not None and self._utc_ms() - report.oldest_ms > late_after_ms
        remedy = report.remedy or "see whether the store can be reached, and the day's quota"
        self._alarm(LATE, is_late, "records have waited too long to leave the station", report.store, remedy)
        what = "records are set aside, since they cannot be sent as they are"
        self._alarm(ASIDE, report.quarantined > 0, what, report.store, "see station-app sync status")

    def _alarm(self, code: str, is_so: bool, what: str, where: str, remedy: str) -> None:
        """Told once while its cause holds, and again where that changes."""
        standing = next((alarm for alarm in self._alarms.standing() if alarm.code == code), None)
        if is_so and (standing is None or standing.what != what):
            self._alarms.raise_alarm(code, what, where=where, remedy=remedy, priority=Priority.LOW)
        elif standing is not None and not is_so:
            self._alarms.clear(code)
