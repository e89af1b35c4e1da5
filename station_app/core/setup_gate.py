"""Whether the line may run on this physical set-up, in this shift. A pure state machine."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class Standing(StrEnum):
    """DUE: not yet compared in this shift. HOLDS: compared, and it may run. DIFFERS: it may not. ACCEPTED: it may,
    because a person said so."""

    DUE = "due"
    HOLDS = "holds"
    DIFFERS = "differs"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class SetupGate:
    """The set-up of one recipe. `shift` is the start of the shift that `standing` belongs to."""

    standing: Standing = Standing.DUE
    shift: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the line may be started."""
        return self.standing is not Standing.DIFFERS

    @property
    def is_due(self) -> bool:
        return self.standing is Standing.DUE

    def entered(self, shift: datetime) -> "SetupGate":
        """The line is about to start in this shift: with a new one, everything is to be compared again. What differs
        goes on to differ until it has been compared anew: a shift's end repairs no camera."""
        if shift == self.shift:
            return self
        return SetupGate(Standing.DIFFERS if self.standing is Standing.DIFFERS else Standing.DUE, shift)

    def judged(self, may_run: bool) -> "SetupGate":
        """A comparison is done. What differs shuts the line also where another camera's was accepted or holds; what
        holds counts only where it was due."""
        if not may_run:
            return replace(self, standing=Standing.DIFFERS)
        return replace(self, standing=Standing.HOLDS) if self.is_due else self

    def accepted(self) -> "SetupGate":
        """A person lets the line run for this shift; nothing where nothing differs."""
        return replace(self, standing=Standing.ACCEPTED) if self.standing is Standing.DIFFERS else self

    def renewed(self) -> "SetupGate":
        """A camera has a new reference: compare again."""
        return replace(self, standing=Standing.DUE)
