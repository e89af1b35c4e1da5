"""How a camera's picture was when a person said that it is right: what later pictures are compared with."""

from dataclasses import dataclass

from station_app.core.inspection import ImageQuality, PixelFormat, Pixels


@dataclass(frozen=True, slots=True)
class SetupSeen:
    """The physical set-up as it shows in one picture. `histogram` as in `CameraMeasured`; `settings` are the common
    settings that are numbers, by their common name, as the camera reads them back."""

    quality: ImageQuality
    histogram: tuple[float, ...]
    settings: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Placement:
    """The middle of a picture lies `shift_x` px right and `shift_y` px below its place in the reference's picture,
    turned by `turn_deg` counter-clockwise. `match`, 0..1, is how much of the two is the same: rendered parts of one
    kind reach 0.8, photographs of two circuit boards of one kind 0.5, other pictures 0.15; there the other numbers say
    nothing."""

    shift_x: float
    shift_y: float
    turn_deg: float
    match: float


@dataclass(frozen=True, slots=True)
class PartPlaced:
    """How a part's picture lay in one camera, measured beside the line."""

    part_id: int
    camera_id: str
    placement: Placement


@dataclass(frozen=True, slots=True)
class ReferenceNote:
    """All that is kept of a reference besides its picture. `saved_at_ms` is UTC."""

    recipe: str
    recipe_revision: int
    camera_id: str
    operator: str
    saved_at_ms: int
    pixel_format: PixelFormat
    seen: SetupSeen


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """A reference that was read: `path` is that of its picture."""

    note: ReferenceNote
    path: str
    pixels: Pixels
