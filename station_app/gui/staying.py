"""Tells the engine, now and then, that the person with elevated rights is still at work. GUI thread."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject

from station_app.core.people import Role
from station_app.core.people_messages import SessionChanged, StayActive
from station_app.gui.bridge import Bridge
from station_app.gui.desk import Desk

LEAST_GAP_MS = 30_000
"""Between two messages; the engine lets rights go after minutes."""
_INPUT = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.Wheel})
"""What a person does on purpose. A mouse that only moves may have been pushed."""


def _monotonic_ms() -> int:
    return time.monotonic_ns() // 1_000_000


def is_elevated(session: SessionChanged) -> bool:
    """Whether somebody has more than the line's rights now."""
    return session.has_people and bool(session.name) and session.role is not Role.OPERATOR


class Staying(QObject):
    """Install on the application. It swallows nothing."""

    def __init__(self, bridge: Bridge, desk: Desk, clock_ms: Callable[[], int] = _monotonic_ms) -> None:
        super().__init__(desk)
        self._bridge, self._desk, self._clock_ms = bridge, desk, clock_ms
        self._said_at_ms: int | None = None

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        """Only what comes from the window system counts, not what the program sends to itself."""
        if event.type() in _INPUT and event.spontaneous() and is_elevated(self._desk.state.session):
            self._say()
        return False

    def _say(self) -> None:
        now = self._clock_ms()
        is_due = self._said_at_ms is None or now - self._said_at_ms >= LEAST_GAP_MS
        if is_due and self._bridge.send(StayActive()):
            self._said_at_ms = now
