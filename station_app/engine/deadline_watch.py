"""Every part gets its verdict by its deadline, also where a driver or a model hangs. One thread, owned by the rig."""

import threading
import time
from collections.abc import Callable

from station_app.engine.acquire import IDLE_S
from station_app.engine.part import Part


class DeadlineWatch:
    """`step` waits for the next deadline and tells `on_overdue` of a part that was not forgotten by then.

    Parts are watched in the order of their deadlines: one recipe has one deadline, and what is watched again has a
    later one. `watch` and `forget`: any thread.
    """

    def __init__(self, on_overdue: Callable[[Part], None]) -> None:
        self._on_overdue = on_overdue
        self._watched: dict[int, Part] = {}
        self._changed = threading.Condition()

    def watch(self, part: Part) -> None:
        with self._changed:
            self._watched.pop(part.part_id, None)
            self._watched[part.part_id] = part
            self._changed.notify()

    def forget(self, part: Part) -> None:
        """The part has its verdict, or waits for lines."""
        with self._changed:
            self._watched.pop(part.part_id, None)

    def wake(self) -> None:
        """Let `step` return, where it waits for a deadline."""
        with self._changed:
            self._changed.notify()

    def step(self) -> None:
        part = self._wait_overdue()
        if part is not None:
            self._on_overdue(part)

    def _wait_overdue(self) -> Part | None:
        with self._changed:
            first = next(iter(self._watched.values()), None)
            rest_s = IDLE_S if first is None else (first.deadline_ns - time.monotonic_ns()) / 1e9
            if first is None or rest_s > 0:
                self._changed.wait(min(rest_s, IDLE_S))
                return None
            return self._watched.pop(first.part_id)
