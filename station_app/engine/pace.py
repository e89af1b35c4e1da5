"""Whether there is time for a run before the next trigger, learnt from the triggers and runs before. Pure."""

from collections import deque
from statistics import median

RECENT = 9
MARGIN = 1.25
"""So many times what a run usually takes must be free: starting what is given up costs the next part."""
TRY_EVERY = 20
"""One in so many is started all the same: pace and load change, and nothing is learnt from what never runs."""


class Pace:
    """All times in seconds on one monotonic clock. Without anything learnt there is time."""

    def __init__(self) -> None:
        self._gaps: deque[float] = deque(maxlen=RECENT)
        self._runs: deque[float] = deque(maxlen=RECENT)
        self._triggered_s: float | None = None
        self._passed_over = 0

    def triggered(self, now_s: float) -> None:
        """A part was admitted."""
        if self._triggered_s is not None:
            self._gaps.append(now_s - self._triggered_s)
        self._triggered_s = now_s

    def ran(self, seconds: float) -> None:
        """A run took so long, or was given up after it: then it would have taken longer."""
        self._runs.append(seconds)

    def has_time(self, now_s: float) -> bool:
        """Whether a run that begins now will have ended when the next part comes, as far as anybody can tell."""
        if self._triggered_s is None or not self._gaps or not self._runs:
            return True
        left_s = self._triggered_s + median(self._gaps) - now_s
        # Past due already: the line stands still, and nobody knows for how long.
        is_enough = left_s < 0 or left_s >= MARGIN * median(self._runs)
        self._passed_over = 0 if is_enough else (self._passed_over + 1) % TRY_EVERY
        return is_enough or self._passed_over == 0
