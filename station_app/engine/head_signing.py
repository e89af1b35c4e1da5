"""The head of the audit chain is checked and signed at the start, every hour, and at the end."""

import time

from station_app.core.errors import StorageError
from station_app.engine.alarms import AlarmBoard
from station_app.engine.audit_trail import AuditTrail
from station_app.engine.ledger import Ledger

EVERY_S = 3600.0
LOOK_EVERY_S = 5.0
"""How soon it is tried first, and again where it failed."""
NICENESS = 10
"""Checking is arithmetic: the line goes first."""
ALARM = "audit"


class HeadSigning:
    """One thread at a time. While signing fails, the trail counts as failing: nothing is changed unseen."""

    def __init__(self, ledger: Ledger, alarms: AlarmBoard, trail: AuditTrail) -> None:
        self._ledger = ledger
        self._alarms = alarms
        self._trail = trail
        self._due_s = 0.0

    def step(self) -> None:
        """Sign where it is due."""
        if time.monotonic() >= self._due_s:
            self._sign()

    def end(self) -> None:
        """Sign the last words; but not where nothing was signed before: that may be more than an end can wait for."""
        if self._due_s:
            self._sign()

    def _sign(self) -> None:
        try:
            self._ledger.sign_head()
        except StorageError as error:
            self._trail.is_unsigned = True
            self._alarms.raise_error(ALARM, error)
            return
        self._due_s = time.monotonic() + EVERY_S
        self._trail.is_unsigned = False
        self._alarms.clear(ALARM)
