"""A background thread that takes one step after another, each when the last one said. Daemon; stopped at once."""

import threading
from collections.abc import Callable


class Watch:
    """Runs `step` until stopped. `step` returns after how many seconds it wants to run again; `wake` is sooner."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None
        self._is_stopping = False

    def start(self, step: Callable[[], float]) -> None:
        if self._thread is not None:
            return
        self._is_stopping = False
        self._wake.clear()
        self._thread = threading.Thread(target=self._run, args=(step,), name=self._name, daemon=True)
        self._thread.start()

    def wake(self) -> None:
        self._wake.set()

    def stop(self) -> None:
        """End the thread, also in the middle of a wait; a step that is running is waited for."""
        self._is_stopping = True
        self._wake.set()
        thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def _run(self, step: Callable[[], float]) -> None:
        while not self._is_stopping:
            delay_s = step()
            self._wake.wait(delay_s)
            if not self._is_stopping:
                self._wake.clear()
