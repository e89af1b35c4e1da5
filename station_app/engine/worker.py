"""One thread that repeats one step. With the command dispatcher the only place in the engine where every exception is
caught: a bug in a step is logged, reported as an alarm, and the line's thread lives on."""

import logging
import os
import sys
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)

IDLE_S = 0.2
"""How long a step waits on its queue before it returns."""
AFTER_A_BUG_S = 0.1
"""A bug that repeats at once must not eat the processor."""


class Worker:
    """Calls `step` until `stop`. A step waits on its own queue for at most a fraction of a second; one that waits for
    nothing is called once every `every_s` seconds."""

    def __init__(
        self,
        name: str,
        step: Callable[[], None],
        on_bug: Callable[[str, BaseException], None],
        every_s: float = 0.0,
        niceness: int = 0,
    ) -> None:
        """With `niceness` above 0 the other threads go first, where the system (Linux) can tell threads apart."""
        self.name = name
        self._niceness = niceness
        self._step = step
        self._on_bug = on_bug
        self._every_s = every_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def ask_to_stop(self) -> None:
        """End after the present step; does not wait for that."""
        self._stopping.set()

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Ask the thread to end and wait; False where it did not end within the time-out."""
        self.ask_to_stop()
        if self._thread.ident is not None and self._thread is not threading.current_thread():
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def join(self) -> None:
        """Wait until the thread has ended, however long that takes."""
        self._thread.join()

    def _run(self) -> None:
        if self._niceness and sys.platform == "linux":
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), self._niceness)
        while not self._stopping.wait(self._every_s):
            try:
                self._step()
            except Exception as error:
                log.exception("%s: a bug in its step", self.name)
                self._on_bug(self.name, error)
                self._stopping.wait(AFTER_A_BUG_S)
