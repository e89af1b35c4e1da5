"""How long to wait after a failure: twice as long each time, drawn anew each time, so that stations that lost the same
store at the same moment do not come back at the same moment. Pure.

Exponential back-off with full jitter: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015; above
a least wait, so that a store that fails at once is not asked in a tight loop.
"""

from dataclasses import dataclass

LEAST_S = 1.0
FIRST_S = 4.0
MOST_S = 300.0
REFUSED_S = 900.0
"""About how often a store that refuses is asked again: a person may have put it right meanwhile."""
_DOUBLINGS = 16
"""After so many the bound has long been `MOST_S`: an outage of a year must not make a number without end."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """So many failures in a row. A success is a new `Backoff()`."""

    failures: int = 0

    @property
    def bound_s(self) -> float:
        """No wait after the latest failure is longer, in seconds."""
        return min(MOST_S, FIRST_S * 2.0 ** min(max(self.failures - 1, 0), _DOUBLINGS))

    def failed(self, draw: float) -> "tuple[Backoff, float]":
        """After one failure more, and how many seconds to wait. `draw` is random, in [0, 1)."""
        after = Backoff(self.failures + 1)
        return after, LEAST_S + draw * (after.bound_s - LEAST_S)


def refused_wait_s(draw: float) -> float:
    """Seconds until a store that refuses is asked again. `draw` is random, in [0, 1)."""
    return REFUSED_S * (0.75 + draw / 2)
