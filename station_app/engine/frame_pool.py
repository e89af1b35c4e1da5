"""A fixed set of frame buffers, lent and given back: no allocation while the line runs, and no frame is overwritten
while anyone still looks at it. Safe for any thread."""

import threading
from collections import deque

import numpy as np

from station_app.core.inspection import Pixels


class Lease:
    """A buffer on loan. Every holder calls `release` once; whoever passes it on to a second holder calls `retain`."""

    def __init__(self, pool: "FramePool", number: int) -> None:
        """`number` is the buffer's place in the pool, from 0."""
        self._pool = pool
        self.number = number
        self._holders = 1
        self._lock = threading.Lock()
        self.buffer = pool.buffers[number]

    def retain(self) -> "Lease":
        """One more holder. RuntimeError where the lease has already ended."""
        with self._lock:
            if self._holders == 0:
                raise RuntimeError("a buffer was retained after it went back to the pool")
            self._holders += 1
        return self

    def release(self) -> None:
        """One holder less; the last one gives the buffer back. RuntimeError where it is released too often."""
        with self._lock:
            if self._holders == 0:
                raise RuntimeError("a buffer was released twice")
            self._holders -= 1
            is_free = self._holders == 0
        if is_free:
            self._pool.take_back(self.number)


class FramePool:
    """`count` buffers of `shape`, uint8. The memory is touched at once so that the first parts are not slow."""

    def __init__(self, count: int, shape: tuple[int, ...]) -> None:
        self.count = count
        self.buffers: tuple[Pixels, ...] = tuple(np.full(shape, 1, np.uint8) for _ in range(count))
        self._free = deque(range(count))
        self._returned = threading.Condition()

    def lease(self, timeout_s: float) -> Lease | None:
        """A buffer for one holder, or None where none came back within the time-out."""
        with self._returned:
            if not self._returned.wait_for(lambda: bool(self._free), timeout_s):
                return None
            return Lease(self, self._free.popleft())

    def take_back(self, number: int) -> None:
        """Called by the last `release`."""
        with self._returned:
            self._free.append(number)
            self._returned.notify()

    @property
    def lent(self) -> int:
        """How many buffers are out."""
        with self._returned:
            return self.count - len(self._free)
