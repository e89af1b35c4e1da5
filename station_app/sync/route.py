"""What a courier is given: the way to the store, and a sense of time and chance."""

from collections.abc import Callable
from dataclasses import dataclass

from station_app.sync.claim import ClaimBook
from station_app.sync.remote import Remote


@dataclass(frozen=True, slots=True)
class Clocks:
    """What a courier knows of time and chance. `utc_ms` is for people, `draw` gives numbers in [0, 1)."""

    monotonic_s: Callable[[], float]
    utc_ms: Callable[[], int]
    draw: Callable[[], float]


@dataclass(frozen=True, slots=True)
class Route:
    """Where records go. `store` names it without a secret; `open` gives it, ConfigError where it cannot be one.
    When `bytes_per_day` have left, images wait for the next day; None for no limit. `late_after_ms` is how old what
    waits may be."""

    store: str
    open: Callable[[], Remote]
    claims: ClaimBook
    bytes_per_day: int | None = None
    late_after_ms: int = 86_400_000
