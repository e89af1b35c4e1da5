"""What the thread of a camera does for a person while no part is waiting: it alone may use the camera."""

import threading
from collections import deque
from collections.abc import Callable


class Chores:
    """`ask` from any thread; `do_next` on the camera's own."""

    def __init__(self) -> None:
        self._waiting: deque[Callable[[], None]] = deque()
        self._lock = threading.Lock()

    def ask(self, chore: Callable[[], None]) -> None:
        """Have this done as soon as the camera is idle. What fails in it is its own affair."""
        with self._lock:
            self._waiting.append(chore)

    def do_next(self) -> bool:
        """Do what was asked first; False where nothing was."""
        with self._lock:
            chore = self._waiting.popleft() if self._waiting else None
        if chore is not None:
            chore()
        return chore is not None
