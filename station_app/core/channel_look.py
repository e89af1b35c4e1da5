"""What a look at a model channel has found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChannelLook:
    """`number` and `created_ms` (UTC) are those of the newest offer that was believed, 0 where none was. `faults` are
    sentences about what was not believed, and about a channel that was set back."""

    channel: str
    where: str
    number: int = 0
    created_ms: int = 0
    faults: tuple[str, ...] = ()
