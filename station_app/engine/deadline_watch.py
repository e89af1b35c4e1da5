"""Every part gets its verdict by its deadline, also where a driver, a model or a decoder hangs. One thread, owned by
the rig."""

import threading
import time
from collections.abc import Callable

from station_app.engine.part import Part
from station_app.engine.worker import IDLE_S


class DeadlineWatch:
    """`step` waits for what is due next and tells `on_overdue` of a part that was not forgotten by then.

    Parts are watched in the order in which they are due: what is waited for takes the same time for each, and what is
    watched again is due later. `watch` and `forget`: any thread.
    """

    def __init__(self, on_overdue: Callable[[Part], None]) -> None:
        self._on_overdue = on_overdue
        self._watched: dict[int, tuple[Part, int]] = {}
        self._changed = threading.Condition()

    def watch(self, part: Part, due_ns: int) -> None:
        """`due_ns` is on the monotonic clock."""
        with self._changed:
            self._watched.pop(part.part_id, None)
            self._watched[part.part_id] = part, due_ns
            self._changed.notify()

    def forget(self, part: Part) -> None:
        """What was waited for has come, or is not waited for now."""
        with self._changed:
            self._watched.pop(part.part_id, None)

    def wake(self) -> None:
        """Let `step` return, where it waits."""
        with self._changed:
            self._changed.notify()

    def step(self) -> None:
        part = self._wait_overdue()
        if part is not None:
            self._on_overdue(part)

    def _wait_overdue(self) -> Part | None:
        with self._changed:
            part, due_ns = next(iter(self._watched.values()), (None, 0))
            rest_s = IDLE_S if part is None else (due_ns - time.monotonic_ns()) / 1e9
            if part is None or rest_s > 0:
                self._changed.wait(min(rest_s, IDLE_S))
                return None
            del self._watched[part.part_id]
            return part
