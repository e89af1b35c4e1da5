"""How patiently a lost camera is tried again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecoveryPolicy:
    """`backoff_s`: waits before the attempts to reopen, the last one repeated: with the attempt itself it must stay
    well below the 5 s in which a camera that is back has to deliver again. `discard`: frames thrown away after a
    reconnect; each may take `discard_timeout_s` to come, of drivers that do not know better. `misses`: how many frames
    in a row may fail to come until the camera counts as lost."""

    backoff_s: tuple[float, ...] = (0.5, 1.0, 2.0)
    alive_every_s: float = 1.0
    discard: int = 3
    discard_timeout_s: float = 5.0
    misses: int = 3
