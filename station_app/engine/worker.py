"""One thread that repeats one step. The only place in the engine where every exception is caught: a bug in a step is
logged, reported as an alarm, and the line's thread lives on."""

import logging
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)


class Worker:
    """Calls `step` until `stop`; a step waits on its own queue for at most a fraction of a second."""

    def __init__(self, name: str, step: Callable[[], None], on_bug: Callable[[str, BaseException], None]) -> None:
        self.name = name
        self._step = step
        self._on_bug = on_bug
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Ask the thread to end after the present step; False where it did not within the time-out."""
        self._stopping.set()
        if self._thread.ident is not None and self._thread is not threading.current_thread():
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._step()
            except Exception as error:
                log.exception("%s: a bug in its step", self.name)
                self._on_bug(self.name, error)
                self._stopping.wait(0.1)  # a bug that repeats at once must not eat the processor
