"""One publisher for the engine, any number of receivers behind it. A receiver must not block."""

from collections.abc import Callable

from station_app.core.messages import Event


class Broadcast:
    """Called with every event; receivers may be added while it is in use."""

    def __init__(self, *receivers: Callable[[Event], None]) -> None:
        self._receivers = receivers

    def __call__(self, event: Event) -> None:
        for receiver in self._receivers:
            receiver(event)

    def add(self, receiver: Callable[[Event], None]) -> None:
        """Every later event goes to this receiver as well."""
        self._receivers = (*self._receivers, receiver)
