"""How long nobody may try again under a name after wrong secrets. Pure: the clock is told.

Wall clock, since it must outlast a restart; a clock that is set back cannot lock anybody out for longer than the
longest lock there is.
"""

from dataclasses import dataclass

ATTEMPTS = 5
"""So many failures in a row lock the name."""
FIRST_MS = 30_000
LONGEST_MS = 15 * 60_000


@dataclass(frozen=True, slots=True)
class Failures:
    """Wrong secrets in a row, and when the last of them was given, UTC milliseconds."""

    count: int = 0
    last_ms: int = 0


NONE = Failures()


def failed(before: Failures, now_ms: int) -> Failures:
    """One more wrong secret."""
    return Failures(before.count + 1, now_ms)


def lock_ms(count: int) -> int:
    """How long the last of so many failures locks: 0 for the first four, 30 s for the fifth, then twice as long for
    every further one, up to a quarter of an hour."""
    if count < ATTEMPTS:
        return 0
    return LONGEST_MS if count - ATTEMPTS > 10 else min(FIRST_MS << (count - ATTEMPTS), LONGEST_MS)


def locked_ms(failures: Failures, now_ms: int) -> int:
    """How much longer nobody may try; 0 where one may."""
    lock = lock_ms(failures.count)
    return max(0, min(lock, failures.last_ms + lock - now_ms))
