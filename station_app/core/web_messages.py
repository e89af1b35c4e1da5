"""What the engine and the screens say to each other about a moving web: its lines, its roll, its metres.

Frozen dataclasses of plain values, like all messages; `core.messages` takes them into its unions.
"""

from dataclasses import dataclass

from station_app.core.inspection import VerdictKind


@dataclass(frozen=True, slots=True)
class StartRoll:
    """A new roll begins with the next line; `roll` is its name or serial number. Audited."""

    roll: str
    operator: str = ""


@dataclass(frozen=True, slots=True)
class StopRoll:
    """The roll ends with the last line taken; what has not been told yet is told. Audited."""

    operator: str = ""


WebCommand = StartRoll | StopRoll


@dataclass(frozen=True, slots=True)
class LinesReported:
    """Where the web of a line-scan camera stands; with every report of health.

    `lost_lines` since the camera was started. `encoder` is None without one; `drift` a sentence where the picture has
    drifted from what it was at the start. `roll` is "" where no roll runs. Where not `is_web`, the camera cuts parts
    out of its lines, and there are no rolls.
    """

    camera_id: str
    line: int
    lost_lines: int
    mm_per_line: float
    mm_per_pixel: float
    speed_mm_s: float
    encoder: int | None = None
    is_forward: bool = True
    drift: str = ""
    roll: str = ""
    roll_start: int = 0
    is_web: bool = True


@dataclass(frozen=True, slots=True)
class WebDefectFound:
    """A defect on the roll: where it begins and how long it is along the web in metres and millimetres, where it lies
    across in millimetres."""

    roll: str
    label: str
    score: float
    at_metres: float
    length_mm: float
    left_mm: float
    width_mm: float


@dataclass(frozen=True, slots=True)
class StretchInspected:
    """So many metres of a roll have their recorded result, as the part `part_id`. `roll` is "" between rolls."""

    roll: str
    number: int
    part_id: int
    from_metres: float
    to_metres: float
    missing_lines: int
    verdict: VerdictKind
    defects: tuple[WebDefectFound, ...] = ()


WebEvent = LinesReported | StretchInspected
