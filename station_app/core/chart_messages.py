"""What is said about charts: from which period their limits are taken from now on, and what a point is about."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FreezeLimits:
    """Take the limits of this chart from a past period, until somebody freezes others. See `core.charts`."""

    chart: str
    recipe: str
    from_ms: int
    until_ms: int
    reason: str


@dataclass(frozen=True, slots=True)
class NoteMarker:
    """Say something about a point of a chart: its subgroup began at `at_ms` (UTC)."""

    chart: str
    recipe: str
    at_ms: int
    words: str


ChartCommand = FreezeLimits | NoteMarker


@dataclass(frozen=True, slots=True)
class LimitsFrozen:
    """New limits are on disk; the screen reads them from the records."""

    chart: str
    recipe: str
    from_ms: int
    until_ms: int
    frozen_by: str


@dataclass(frozen=True, slots=True)
class MarkerNoted:
    """A note is on disk; the screen reads it from the records."""

    chart: str
    recipe: str
    at_ms: int
    person: str


ChartEvent = LimitsFrozen | MarkerNoted
