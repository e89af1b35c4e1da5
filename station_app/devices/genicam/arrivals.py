"""Takes frames from the SDK as soon as they come and notes when they came. One thread between a start and a stop.

Without it, a frame that had waited in the SDK's queue would bear the time at which somebody asked for it.
"""

import atexit
import threading
from collections import deque
from collections.abc import Callable

from station_app.core.errors import CameraError
from station_app.devices.clock import Clock
from station_app.devices.genicam.link import Arrived

MOST_WAITING = 4
"""Frames kept for a camera that is triggered; the oldest goes first, which its successor's number shows."""
_STUCK_S = 5.0


class Arrivals:
    """Frames in the order in which they came, each handed out once; `take` is for one thread at a time."""

    def __init__(
        self, pull: Callable[[], Arrived | None], clock: Clock, where: str, most_waiting: int = MOST_WAITING
    ) -> None:
        self._pull = pull
        self._most_waiting = most_waiting
        self._clock = clock
        self._changed = threading.Condition()
        self._waiting: deque[tuple[int, Arrived]] = deque()
        self._count = 0
        self._error: CameraError | None = None
        self._is_stopping = False
        self._last_frame_ns = self._last_turn_ns = clock.now_ns()
        self._thread = threading.Thread(target=self._run, name=f"frames of {where}", daemon=True)

    @property
    def count(self) -> int:
        """How many frames came so far."""
        return self._count

    @property
    def silent_s(self) -> float:
        """Seconds since the last frame, or since the start."""
        return (self._clock.now_ns() - self._last_frame_ns) / 1e9

    @property
    def is_well(self) -> bool:
        """Whether the SDK still answers: it returns from every call, and none failed."""
        return self._error is None and self._clock.now_ns() - self._last_turn_ns < _STUCK_S * 1e9

    def start(self) -> None:
        # A thread that is inside an SDK when Python ends would abort the program.
        atexit.register(self.stop)
        self._thread.start()

    def stop(self) -> bool:
        """End the thread and give back what waits. False where it is stuck in the SDK."""
        atexit.unregister(self.stop)
        self._is_stopping = True
        self._thread.join(_STUCK_S)
        self._drop()
        return not self._thread.is_alive()

    def take(self, first: int, timeout_s: float) -> Arrived | None:
        """The oldest waiting frame that is at least the `first`-th since the start; None at the time-out. CameraError
        as soon as the SDK fails."""
        with self._changed:
            self._changed.wait_for(lambda: self._has(first) or self._error is not None, timeout_s)
            if self._waiting:
                return self._waiting.popleft()[1]
            if self._error is not None:
                raise CameraError(self._error.what, where=self._error.where, remedy=self._error.remedy)
            return None

    def _drop(self) -> None:
        with self._changed:
            while self._waiting:
                self._waiting.popleft()[1].release()

    def _has(self, first: int) -> bool:
        while self._waiting and self._waiting[0][0] < first:
            self._waiting.popleft()[1].release()
        return bool(self._waiting)

    def _run(self) -> None:
        while not self._is_stopping:
            try:
                arrived = self._pull()
            except CameraError as error:
                self._end(error)
                return
            self._last_turn_ns = self._clock.now_ns()
            if arrived is not None:
                self._add(arrived)

    def _add(self, arrived: Arrived) -> None:
        with self._changed:
            self._last_frame_ns = arrived.received_ns
            self._count += 1
            self._waiting.append((self._count, arrived))
            if len(self._waiting) > self._most_waiting:
                self._waiting.popleft()[1].release()
            self._changed.notify_all()

    def _end(self, error: CameraError) -> None:
        with self._changed:
            self._error = error
            self._changed.notify_all()
