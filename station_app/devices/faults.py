"""What a rendered camera can be made to do wrong, for demonstrations, training of people, and tests."""

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """LOST: the exposure never arrives. TORN: half of it arrives. LATE: it arrives after `seconds`.

    FROZEN: the last frame again, with its id. REPEATED: the last pixels under a new id. SKIPPED: one exposure too many
    is counted, so the id has a gap. DISCONNECT: the device is gone until it is opened again.
    """

    LOST = "lost"
    TORN = "torn"
    FROZEN = "frozen"
    REPEATED = "repeated"
    SKIPPED = "skipped"
    DARK = "dark"
    BLURRED = "blurred"
    LATE = "late"
    DISCONNECT = "disconnect"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one exposure. `seconds` is the delay of a late frame; after a disconnect it is how long opening
    is refused."""

    kind: FaultKind
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class RecurringFault:
    """The same fault at every `every`-th exposure, the first of them after `every - 1` good ones."""

    fault: Fault
    every: int

    def at(self, number: int) -> Fault | None:
        """The fault of this exposure, None where it is a good one."""
        return self.fault if number % self.every == self.every - 1 else None
