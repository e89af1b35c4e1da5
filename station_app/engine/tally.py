"""The part counters, kept so that they always reconcile: every trigger ends in exactly one verdict. Any thread."""

import threading
from collections import deque
from dataclasses import replace

from station_app.core.inspection import VerdictKind
from station_app.core.messages import Counters

_FIELD = {
    VerdictKind.PASS: "passed",
    VerdictKind.FAIL: "failed",
    VerdictKind.REVIEW: "review",
    VerdictKind.NO_RESULT: "no_result",
}


class Tally:
    """Counts triggers in and verdicts out, and knows which parts are still in flight."""

    def __init__(self) -> None:
        self._counters = Counters()
        self._in_flight: set[int] = set()
        self._settled = threading.Condition()

    def triggered(self, part_id: int) -> None:
        """A part begins. ValueError where it already did: part ids are never reused."""
        with self._settled:
            if part_id in self._in_flight:
                raise ValueError(f"part {part_id} was triggered twice")
            self._in_flight.add(part_id)
            self._counters = replace(self._counters, triggers=self._counters.triggers + 1)

    def concluded(self, part_id: int, verdict: VerdictKind) -> Counters:
        """A part ends. ValueError where it never began, or has already ended: a second verdict is a bug."""
        with self._settled:
            if part_id not in self._in_flight:
                raise ValueError(f"part {part_id} has a verdict that nobody asked for")
            self._in_flight.remove(part_id)
            name = _FIELD[verdict]
            self._counters = replace(self._counters, **{name: getattr(self._counters, name) + 1})
            self._settled.notify_all()
            return self._now()

    def counters(self) -> Counters:
        """The counters at this moment."""
        with self._settled:
            return self._now()

    def wait_settled(self, timeout_s: float) -> bool:
        """Wait until nothing is in flight; False at the time-out."""
        with self._settled:
            return self._settled.wait_for(lambda: not self._in_flight, timeout_s)

    def _now(self) -> Counters:
        return replace(self._counters, in_flight=len(self._in_flight))


class RecentTimes:
    """The last `size` durations in milliseconds, for the median and the 99th percentile on the health line."""

    def __init__(self, size: int = 512) -> None:
        self._times: deque[float] = deque(maxlen=size)
        self._lock = threading.Lock()

    def add(self, milliseconds: float) -> None:
        with self._lock:
            self._times.append(milliseconds)

    def quantile(self, share: float) -> float:
        """The duration below which `share` of the recent ones lie; 0 where there are none."""
        with self._lock:
            ordered = sorted(self._times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
