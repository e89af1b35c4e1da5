"""One exposure that is judged like a part and belongs to none: never recorded, never counted, told to no output."""

import time
from concurrent.futures import Future
from dataclasses import dataclass, replace

from station_app.core.errors import CameraError
from station_app.core.inspection import HeatMap, NoResultReason, VerdictKind
from station_app.core.recipe import Recipe
from station_app.core.serial import NO_SERIALS
from station_app.core.setup_messages import ShotJudged
from station_app.engine.inspect import Concluded, Trial
from station_app.engine.looks import LOOK_S, NO_PART
from station_app.engine.onlooker import Onlooker
from station_app.engine.part import Part, Shot
from station_app.engine.rig import Rig

EXPOSED_S = LOOK_S + 2.0
JUDGED_S = 10.0
"""Beyond the recipe's deadline, after which the model's answer is no result anyway."""


@dataclass(frozen=True, slots=True)
class _Exposed:
    part: Part
    shot: Shot


def take_test_shot(rig: Rig, onlooker: Onlooker, camera_id: str) -> ShotJudged:
    """Expose, judge by the quality limits and the model of this camera alone, and show it where the camera is
    watched. StationError where the camera fails or the model does not answer."""
    looks = rig.looks(camera_id)
    recipe = _of_one_camera(rig, camera_id)

    def expose(_: object) -> _Exposed:
        part = Part(NO_PART, recipe, recipe.sha256, "", time.monotonic_ns())
        shot = looks.expose()
        onlooker.rest()
        return _Exposed(part, shot)

    exposed = looks.ask(expose, EXPOSED_S, lambda late: late.shot.release())
    if exposed.shot.frame is None:
        detail = "the camera delivered no frame"
        return ShotJudged(camera_id, VerdictKind.NO_RESULT, NoResultReason.FRAME_LOST, (), 0, 0.0, detail)
    concluded = _judged(rig, exposed)
    try:
        return _told(concluded, camera_id, onlooker.show(exposed.shot.frame, _heat_map(exposed.part)))
    finally:
        exposed.shot.release()


def _of_one_camera(rig: Rig, camera_id: str) -> Recipe:
    """The recipe as if it had this camera only, the labels that are told of its pictures, and no serial numbers."""
    seen = rig.fittings.labels_of(camera_id)
    thresholds = tuple(entry for entry in rig.recipe.thresholds if entry[0] in seen)
    camera = rig.recipe.camera(camera_id)
    return replace(rig.recipe, cameras=(camera,), thresholds=thresholds, serial=NO_SERIALS)


def _judged(rig: Rig, exposed: _Exposed) -> Concluded:
    judged: Future[Concluded] = Future()
    rig.examine(Trial(exposed.part, exposed.shot, judged))
    try:
        return judged.result(rig.recipe.deadline_ms / 1000 + JUDGED_S)
    except TimeoutError as error:
        judged.add_done_callback(lambda _: exposed.shot.release())  # the model may still be looking at it
        raise CameraError("the model does not answer", where=f"camera {exposed.shot.camera_id}") from error


def _heat_map(part: Part) -> HeatMap | None:
    return part.examined[0].heat_map if part.examined else None


def _told(concluded: Concluded, camera_id: str, sequence: int) -> ShotJudged:
    inspection = concluded.inspection
    return ShotJudged(
        camera_id=camera_id,
        verdict=inspection.verdict,
        reason=inspection.reason,
        findings=inspection.findings,
        sequence=sequence,
        total_ms=inspection.times.total_ms,
        detail=inspection.detail,
    )
