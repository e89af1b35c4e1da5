"""What needs a person: one alarm per cause, with a count while it chatters, cleared when it is gone. Any thread."""

import threading
import time
from collections.abc import Callable

from station_app.core.errors import StationError
from station_app.core.messages import AlarmCleared, AlarmRaised, Event, Priority

REPEAT_QUIET_S = 2.0
"""A cause that comes back faster than this is counted at once but told again only this often (ISA-18.2 chattering)."""


class AlarmBoard:
    """The standing alarms. `publish` is told of each new one, of counts now and then, and of each clearing, in the
    order in which they happened: it is called under the board's lock, and must neither block nor wait for a thread."""

    def __init__(self, publish: Callable[[Event], None]) -> None:
        self._publish = publish
        self._standing: dict[str, AlarmRaised] = {}
        self._told_at: dict[str, float] = {}
        self._lock = threading.RLock()

    def raise_error(self, code: str, error: StationError, priority: Priority = Priority.HIGH) -> None:
        """Raise the alarm that stands for `error`."""
        self.raise_alarm(code, error.what, where=error.where, remedy=error.remedy, priority=priority)

    def raise_alarm(
        self, code: str, what: str, *, where: str = "", remedy: str = "", priority: Priority = Priority.HIGH
    ) -> None:
        """Raise or count an alarm. `code` is the cause: the same code is the same alarm."""
        now = time.monotonic()
        with self._lock:
            standing = self._standing.get(code)
            count = standing.count + 1 if standing else 1
            alarm = AlarmRaised(code, priority, what, where, remedy, time.time_ns() // 1_000_000, count)
            self._standing[code] = alarm
            if standing is None or now - self._told_at[code] >= REPEAT_QUIET_S:
                self._told_at[code] = now
                self._publish(alarm)

    def clear(self, code: str) -> None:
        """The cause is gone; nothing happens where it never was."""
        with self._lock:
            if self._standing.pop(code, None) is not None:
                self._publish(AlarmCleared(code))

    def clear_family(self, word: str) -> None:
        """Clear every alarm whose code begins with this word."""
        for alarm in self.standing():
            if alarm.code.partition(" ")[0] == word:
                self.clear(alarm.code)

    def standing(self) -> tuple[AlarmRaised, ...]:
        """Every alarm that holds now, oldest first."""
        with self._lock:
            return tuple(self._standing.values())
