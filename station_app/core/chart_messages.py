"""What is said about charts: from which period their limits are taken from now on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FreezeLimits:
    """Take the limits of this chart from a past period, until somebody freezes others. See `core.charts`."""

    chart: str
    recipe: str
    from_ms: int
    until_ms: int
    reason: str


ChartCommand = FreezeLimits


@dataclass(frozen=True, slots=True)
class LimitsFrozen:
    """New limits are on disk; the screen reads them from the records."""

    chart: str
    recipe: str
    from_ms: int
    until_ms: int
    frozen_by: str


ChartEvent = LimitsFrozen
