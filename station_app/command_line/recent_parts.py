"""The last verdicts, for a window that comes later: its filmstrip need not begin empty. Engine's threads."""

from collections import deque

from station_app.core.messages import Event, PartInspected

KEPT = 12
"""As many as a filmstrip shows."""


class RecentParts:
    """Hears the engine's events and keeps the newest verdicts."""

    def __init__(self) -> None:
        self._parts: deque[PartInspected] = deque(maxlen=KEPT)

    def __call__(self, event: Event) -> None:
        if isinstance(event, PartInspected):
            self._parts.append(event)

    def parts(self) -> tuple[Event, ...]:
        """Oldest first."""
        return tuple(self._parts.copy())
