"""Looks once an hour whether the parts have drifted from the recipe's frozen reference, and says so once a day at most.

On a thread of its own that only reads: the line never waits for it. Without a frozen reference it says nothing.
"""

import logging
import time
from collections.abc import Callable
from datetime import date, datetime

from station_app.core import drift
from station_app.core.errors import StorageError
from station_app.core.messages import Priority
from station_app.engine.alarms import AlarmBoard
from station_app.engine.audit_trail import STATION, AuditTrail
from station_app.engine.ledger import Ledger

log = logging.getLogger(__name__)

EVERY_S = 3600.0
LOOK_EVERY_S = 5.0
"""How soon another recipe is noticed."""
_WHAT = "scores or pictures have drifted from the frozen reference"
_REMEDY = "see History, Drift: look first at what is named; freeze a new reference where the change was wanted"


class DriftWatch:
    """`step` is for one thread. The alarm ends when the drift does, with the recipe, and when it is acknowledged."""

    def __init__(
        self, ledger: Ledger, alarms: AlarmBoard, trail: AuditTrail, recipe: Callable[[], str],
        local_now: Callable[[], datetime],
    ) -> None:  # fmt: skip
        """`recipe` names the one that is loaded, "" where none is."""
        self._ledger = ledger
        self._alarms = alarms
        self._trail = trail
        self._recipe = recipe
        self._local_now = local_now
        self._seen = ""
        self._due_s = 0.0
        self._told_on: date | None = None

    def step(self) -> None:
        """Look where it is due: every hour, and when another recipe was loaded."""
        recipe = self._recipe()
        if recipe != self._seen or time.monotonic() >= self._due_s:
            if recipe != self._seen:
                self._alarms.clear(drift.ALARM)
            self._seen, self._due_s = recipe, time.monotonic() + EVERY_S
            self.look(recipe)

    def look(self, recipe: str) -> None:
        """Raise the alarm where there is reason and none was raised today; clear it where there is none any more."""
        try:
            signals = self._ledger.drift_signs(recipe) if recipe else ()
        except StorageError as error:
            log.warning("whether parts drift cannot be told: %s", error)
            return
        if not signals:
            self._alarms.clear(drift.ALARM)
        elif self._told_on != self._local_now().date():
            self._told_on = self._local_now().date()
            place = drift.place_of(recipe, signals)
            self._alarms.raise_alarm(drift.ALARM, _WHAT, where=place, remedy=_REMEDY, priority=Priority.LOW)
            self._trail.note(STATION, "drift_found", recipe, ", ".join(signals))
