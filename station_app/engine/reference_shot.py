"""Takes a picture of the set-up as it is now and keeps it as the camera's reference."""

import time

from station_app.core.errors import CameraError
from station_app.core.reference import ReferenceNote, SetupSeen
from station_app.core.setup_messages import ReferenceSaved
from station_app.devices.camera import Camera
from station_app.engine.feature_desk import SETTINGS_S, read_settings
from station_app.engine.looks import LOOK_S
from station_app.engine.part import Shot
from station_app.engine.references import LoadedReferences
from station_app.engine.rig import Rig
from station_app.inference.measures import measure_picture

EXPOSED_S = LOOK_S + SETTINGS_S


def save_reference(rig: Rig, references: LoadedReferences, camera_id: str, operator: str) -> ReferenceSaved:
    """One exposure, its measures and the settings that read back with it. StationError where the camera delivers no
    good frame, or the disk does not take it: then the reference before holds."""
    looks = rig.looks(camera_id)

    def expose(camera: Camera) -> tuple[Shot, dict[str, float]]:
        settings = read_settings(camera)
        return looks.expose(), settings

    shot, settings = looks.ask(expose, EXPOSED_S, lambda late: late[0].release())
    try:
        return _saved(rig, references, shot, settings, operator)
    finally:
        shot.release()


def _saved(
    rig: Rig, references: LoadedReferences, shot: Shot, settings: dict[str, float], operator: str
) -> ReferenceSaved:
    frame = shot.frame
    if frame is None or shot.fault is not None:
        what = f"the camera delivered no good frame ({shot.fault})"
        raise CameraError(what, where=f"camera {shot.camera_id}", remedy="try again; if it stays, look at its cable")
    measured = measure_picture(frame)
    note = ReferenceNote(
        recipe=rig.recipe.name,
        recipe_revision=rig.recipe.revision,
        camera_id=shot.camera_id,
        operator=operator,
        saved_at_ms=time.time_ns() // 1_000_000,
        pixel_format=frame.pixel_format,
        seen=SetupSeen(measured.quality, measured.histogram, tuple(settings.items())),
    )
    references.note_settings(shot.camera_id, settings)
    return references.save(note, frame.pixels)
