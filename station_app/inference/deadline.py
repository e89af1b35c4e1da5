"""The watchdog that ends a run at its deadline. One thread per watchdog, made at the first deadline and kept."""

import threading
import time

import onnxruntime as ort

from station_app.core.errors import ModelOutputError


class LateError(ModelOutputError):
    """The deadline passed before the model had answered."""


class Watchdog:
    """Sets `terminate` on its RunOptions when the armed deadline (monotonic nanoseconds) passes.

    The runtime looks at it between two operators: a run ends late by at most the time of one of them.

    `arm`, `disarm` and `unbar` come from the one thread that runs the model, `bar` from any.
    """

    def __init__(self) -> None:
        self.options = ort.RunOptions()
        self._changed = threading.Condition()
        self._deadline_ns: int | None = None
        self._has_fired = False
        self._is_barred = False
        self._is_closed = False
        self._thread: threading.Thread | None = None

    @property
    def is_late(self) -> bool:
        """True where the deadline that was armed last has passed while it was armed, or the model is barred."""
        with self._changed:
            return self._is_barred or self._has_fired or self._has_passed()

    def arm(self, deadline_ns: int | None) -> None:
        """Watch from now on; None runs without a deadline."""
        with self._changed:
            self.options.terminate = False
            if self._is_barred:  # looked at after the line above: a bar that comes between sets both itself
                self.options.terminate = True
            self._has_fired = False
            self._deadline_ns = deadline_ns
            if deadline_ns is None:
                return
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="deadline", daemon=True)
                self._thread.start()
            self._changed.notify()

    def disarm(self) -> None:
        """The run has ended: the deadline no longer matters."""
        with self._changed:
            self._deadline_ns = None

    def bar(self) -> None:
        """End the run under way, and every later one at once. Takes no lock: the trigger of a part waits for it."""
        self._is_barred = True
        self.options.terminate = True

    def unbar(self) -> None:
        """Lift the bar, between two runs."""
        self._is_barred = False

    def close(self) -> None:
        """End the thread and wait for it."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _watch(self) -> None:
        with self._changed:
            while not self._is_closed:
                self._changed.wait(self._remaining_s())
                if self._has_passed():
                    self._deadline_ns = None
                    self._has_fired = True
                    self.options.terminate = True

    def _has_passed(self) -> bool:
        return self._deadline_ns is not None and time.monotonic_ns() >= self._deadline_ns

    def _remaining_s(self) -> float | None:
        if self._deadline_ns is None:
            return None
        return max(0.0, (self._deadline_ns - time.monotonic_ns()) / 1e9)
