"""Hears the engine's events, and waits for the answers to what it was asked. Any thread."""

import threading
from collections.abc import Callable
from typing import TypeVar

from station_app.core.errors import ConfigError, LinkError
from station_app.core.messages import CommandRefused, Event

PATIENCE_S = 60.0
"""Without anything new for so long, what is waited for is given up."""

E = TypeVar("E")


class Ear:
    """Call it with every event."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._changed = threading.Condition()

    def __call__(self, event: Event) -> None:
        with self._changed:
            self._events.append(event)
            self._changed.notify_all()

    def mark(self) -> int:
        """How many events there were until now."""
        with self._changed:
            return len(self._events)

    def since(self, mark: int, kind: type[E]) -> list[E]:
        """Events of one kind from that mark on."""
        with self._changed:
            return [event for event in self._events[mark:] if isinstance(event, kind)]

    def wait_for(self, kind: type[E], count: int, mark: int) -> list[E]:
        """`count` events of one kind from that mark on. ConfigError where the engine refuses a command instead,
        LinkError where nothing more comes."""
        return self.wait_until(kind, lambda found: len(found) >= count, mark)

    def wait_until(self, kind: type[E], is_enough: Callable[[list[E]], bool], mark: int) -> list[E]:
        """The events of one kind from that mark on, as soon as they are enough. Raises what `wait_for` does."""
        while True:
            found, refused, known = self.since(mark, kind), self.since(mark, CommandRefused), self.mark()
            if refused:
                raise ConfigError(f"the station refuses it: {refused[0].what}", remedy=refused[0].remedy)
            if is_enough(found):
                return found
            self._wait_for_more(known, kind)

    def _wait_for_more(self, known: int, kind: type) -> None:
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._events) > known, PATIENCE_S):
                remedy = "look into the station's log"
                raise LinkError(f"the station says no {kind.__name__} any more", remedy=remedy)
