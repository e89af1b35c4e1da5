"""Deadlines on an endless web: each counts from the newest picture that could settle its stretch. Any thread.

A stretch is settled by its own picture and by those after it, which may be long in coming: a web may stand still. So
its deadline counts from when a picture was taken, until that one is examined; where the stretch is not settled by it,
it waits for the next without a deadline.
"""

import threading

from station_app.engine.deadline_watch import DeadlineWatch
from station_app.engine.part import Part


class WebClocks:
    """Knows every stretch that has its lines and no verdict yet, in order."""

    def __init__(self, watch: DeadlineWatch) -> None:
        self._watch = watch
        self._open: list[Part] = []
        self._newest: Part | None = None
        self._lock = threading.Lock()

    def taken(self, part: Part, now_ns: int) -> None:
        """The picture of this stretch was taken: it may settle this one and all before it."""
        with self._lock:
            self._open.append(part)
            self._newest = part
            self._count_from(now_ns)

    def hurry(self, part: Part, now_ns: int) -> None:
        """No more lines are waited for: the picture of this stretch is due."""
        with self._lock:
            part.count_from(now_ns)
            self._watch.watch(part, part.deadline_ns)

    def ended(self, now_ns: int) -> None:
        """No further picture comes: all that is open can be settled now."""
        with self._lock:
            self._newest = None
            self._count_from(now_ns)

    def examined(self, part: Part) -> None:
        """The picture of this stretch has settled what it could: what is still open waits for lines, unless the next
        picture is there already."""
        with self._lock:
            if self._newest is not part:
                return
            for waiting in self._open:
                waiting.count_from(None)
                self._watch.forget(waiting)

    def settled(self, part: Part) -> None:
        """The stretch has its verdict, and its clock has stopped."""
        with self._lock:
            if part in self._open:
                self._open.remove(part)

    def _count_from(self, now_ns: int) -> None:
        for part in self._open:
            part.count_from(now_ns)
            self._watch.watch(part, part.deadline_ns)
