"""What is recorded of a stretch of an endless web: its place on its roll, and every defect on it, in metres. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RollDefect:
    """A whole defect: where on the roll it begins, in metres, how long it is along the web, and where it lies across.

    A defect that lies on two stretches is recorded with both, each time whole.
    """

    label: str
    score: float
    at_metres: float
    length_mm: float
    left_mm: float
    width_mm: float


@dataclass(frozen=True, slots=True)
class StretchRecord:
    """A stretch of the web, recorded as a part. `roll` is "" between rolls; `number` counts the stretches of the roll
    from 1. Lines are those of the camera since it was loaded, and metres count from line `roll_line`, where the roll
    began."""

    roll: str
    number: int
    roll_line: int
    first_line: int
    end_line: int
    from_metres: float
    to_metres: float
    missing_lines: int = 0
    defects: tuple[RollDefect, ...] = ()

    @property
    def serial(self) -> str:
        """The serial number under which its part is recorded."""
        return f"{self.roll} {self.from_metres:.3f}-{self.to_metres:.3f} m".strip()
