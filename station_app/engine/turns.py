"""Which trigger came right before a part's and which right after: nothing else tells the frames of a wire apart."""

from dataclasses import dataclass

LONG_AGO = -(2**62)
NOT_YET = 2**62


@dataclass(slots=True, eq=False)
class Turn:
    """One trigger, also one that the line had no room for. Times in ns on the monotonic clock. `after_ns` is set once,
    by whoever is told of the next trigger, and may be read by any thread meanwhile."""

    at_ns: int = LONG_AGO
    before_ns: int = LONG_AGO
    after_ns: int = NOT_YET


class Turns:
    """Every trigger of the line, in order; called under one lock."""

    def __init__(self) -> None:
        self._last = Turn()

    def next(self, at_ns: int) -> Turn:
        """The trigger that has just come."""
        turn = Turn(at_ns, self._last.at_ns)
        self._last.after_ns = at_ns
        self._last = turn
        return turn
