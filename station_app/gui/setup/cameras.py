"""How each camera stands: connected or not and why, and how much of it differs. Pure; no Qt."""

from dataclasses import dataclass

from station_app.gui.screen_state import ScreenState
from station_app.gui.setup.setup_state import SetupState


@dataclass(frozen=True, slots=True)
class CameraStatus:
    """One row of the list. `outside` counts the measures that differ too much, None where nothing was compared."""

    camera_id: str
    is_live: bool
    reason: str = ""
    outside: int | None = None


def camera_statuses(station: ScreenState, setup: SetupState) -> tuple[CameraStatus, ...]:
    """All cameras of the recipe, in its order."""
    return tuple(_status(camera_id, station, setup) for camera_id in setup.cameras)


def _status(camera_id: str, station: ScreenState, setup: SetupState) -> CameraStatus:
    is_live = station.is_connected and camera_id not in setup.lost
    return CameraStatus(camera_id, is_live, setup.lost.get(camera_id, ""), _outside(camera_id, setup))


def _outside(camera_id: str, setup: SetupState) -> int | None:
    measured, check = setup.measured.get(camera_id), setup.checks.get(camera_id)
    was_compared = (measured is not None and measured.differences) or (check is not None and measured is None)
    return len(setup.outside(camera_id)) if was_compared else None
