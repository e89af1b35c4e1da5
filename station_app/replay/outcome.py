"""What comes of one part that is judged again. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from station_app.core.inspection import NoResultReason, VerdictKind


class Skipped(StrEnum):
    """Why a part cannot be judged again: what its verdict rested on is not in stored images."""

    NO_IMAGE = "no_image"
    """An image of one of the recipe's cameras is not stored."""
    NOT_OF_THE_IMAGE = "not_of_the_image"
    """It had no result for a reason that no image shows: late, lost, torn, no serial number."""
    LINES = "lines"
    """It was scanned line by line: length and neighbours count, which are not in one image."""
    DAMAGED = "damaged"
    """A stored image cannot be read."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One part: as it was `recorded` and as it is judged now. `is_identical`: verdict, reason, every score and every
    finding are equal to the last bit. `skipped` says why it was not judged; then nothing else is known of it."""

    part_id: int
    recorded: VerdictKind
    replayed: VerdictKind | None = None
    reason: NoResultReason | None = None
    label: str = ""
    score: float | None = None
    is_identical: bool = False
    skipped: Skipped | None = None

    @property
    def is_flipped(self) -> bool:
        """Whether the part would now be told something else."""
        return self.replayed is not None and self.replayed is not self.recorded
