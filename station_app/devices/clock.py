"""The clock that devices are given, so that their tests need neither time nor sleep. Safe from any thread."""

import time
from typing import Protocol


class Clock(Protocol):
    """Monotonic nanoseconds, and waiting."""

    def now_ns(self) -> int: ...

    def sleep(self, seconds: float) -> None: ...


class SystemClock:
    """The computer's own."""

    def now_ns(self) -> int:
        return time.monotonic_ns()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)
