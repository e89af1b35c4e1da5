"""From shots to one verdict per part. Runs on the one inspect thread, which alone owns the models."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from station_app.core.decision import CameraEvidence, Evidence, Verdict, decide
from station_app.core.errors import ModelOutputError, StationError
from station_app.core.inspection import (
    CameraRecord,
    Finding,
    Frame,
    HeatMap,
    Inspection,
    NoResultReason,
    StageTimes,
    VerdictKind,
)
from station_app.core.serial import Identity
from station_app.engine.bounded_queue import BoundedQueue
from station_app.engine.judging import largest_scores, without
from station_app.engine.part import NS_PER_MS, Examined, Handed, Part, RunEnded, Shot
from station_app.engine.settling import Settling
from station_app.engine.sides import Sides
from station_app.engine.worker import IDLE_S
from station_app.inference.deadline import LateError


@dataclass(frozen=True, slots=True)
class Concluded:
    """A part with its decided, not yet recorded verdict."""

    part: Part
    inspection: Inspection
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Trial:
    """A shot that is judged like a part's and then forgotten: `judged` is all that comes of it. Its part is none of
    the line's, is never told as concluded, and so can never be recorded."""

    part: Part
    shot: Shot
    judged: Future[Concluded]


Waiting = Handed | Trial


class InspectStage:
    """`step` examines one shot; `settling` says which parts are concluded by it, unless their deadlines have done so
    before.

    `sides` tells which model judges a part. `on_answered` is told of every shot that has been dealt with, `on_bug` of a
    bug in the examination.
    """

    def __init__(
        self,
        incoming: BoundedQueue[Waiting],
        sides: Sides,
        on_concluded: Callable[[Concluded], None],
        on_answered: Callable[[Part], None],
        on_bug: Callable[[str, BaseException], None],
        settling: Settling,
    ) -> None:
        self._incoming = incoming
        self._settling = settling
        self._sides = sides
        self._on_concluded = on_concluded
        self._on_answered = on_answered
        self._on_bug = on_bug
        self._examining: Part | None = None
        self._free_ns = 0

    def is_examining(self, part: Part) -> bool:
        """Whether a frame of this part is before the model now. Any thread."""
        return self._examining is part

    def step(self) -> None:
        waiting = self._incoming.get(IDLE_S)
        if isinstance(waiting, Trial):
            self._try_out(waiting)
        elif isinstance(waiting, RunEnded):
            self._conclude(self._settling.ended())
        elif waiting is not None:
            self._inspect(*waiting)

    def _inspect(self, part: Part, shot: Shot) -> None:
        self._examining = part
        try:
            self._conclude(self._take(part, shot))
        finally:
            self._examining = None
            self._on_answered(part)
            self._free_ns = time.monotonic_ns()

    def _take(self, part: Part, shot: Shot) -> Sequence[Part]:
        """Examine the shot; the parts that can be concluded with it."""
        if not part.is_claimed:
            # Waiting for the parts before is over; what has been prepared meanwhile cost this part no time.
            started_ns = max(shot.acquired_ns, self._free_ns)
            evidence, heat_map = self._examine(part, shot)
            if part.add(Examined(shot, evidence, started_ns, heat_map)):
                return self._settling.examined(part)
        shot.release()
        return self._settling.skipped(part)

    def conclude_if_complete(self, part: Part) -> None:
        """Give the verdict, where nothing is waited for any more and nobody has given it. Any thread."""
        if part.is_complete:
            self._conclude((part,))

    def _conclude(self, parts: Sequence[Part]) -> None:
        for part in parts:
            concluded = conclude(part, time.monotonic_ns(), time.time_ns() // NS_PER_MS)
            if part.claim():
                self._on_concluded(concluded)

    def _try_out(self, trial: Trial) -> None:
        started_ns = time.monotonic_ns()
        evidence, heat_map = self._examine(trial.part, trial.shot)
        trial.part.add(Examined(trial.shot, evidence, started_ns, heat_map))
        trial.judged.set_result(conclude(trial.part, time.monotonic_ns(), time.time_ns() // NS_PER_MS))

    def _examine(self, part: Part, shot: Shot) -> tuple[CameraEvidence, HeatMap | None]:
        if shot.frame is None or shot.fault is not None:
            return without(part, shot, shot.fault or NoResultReason.INTERNAL, shot.detail), None
        try:
            return self._judge(part, shot, shot.frame)
        except LateError as error:
            return without(part, shot, NoResultReason.LATE, str(error)), None
        except ModelOutputError as error:
            return without(part, shot, NoResultReason.MODEL_OUTPUT, str(error)), None
        except StationError as error:
            self._on_bug("inspect", error)
            return without(part, shot, NoResultReason.INTERNAL, str(error)), None
        except Exception as error:  # noqa: BLE001 - thread loop: a bug is told, and this part has no result
            self._on_bug("inspect", error)
            return without(part, shot, NoResultReason.INTERNAL, repr(error)), None

    def _judge(self, part: Part, shot: Shot, frame: Frame) -> tuple[CameraEvidence, HeatMap | None]:
        judge = self._sides.of(part).judge(shot.camera_id)
        return judge.judge(part, shot, frame, part.judge_by_ns(shot))


def conclude(part: Part, now_ns: int, now_ms: int, fault: NoResultReason | None = None, detail: str = "") -> Concluded:
    """The verdict on what is known of a part now, and its record. `now_ms` is UTC.

    `fault` is given where no verdict can be, whatever the cameras have answered, and `detail` says more about it.
    """
    evidence = tuple(examined.evidence for examined in part.examined)
    elapsed_ms = part.elapsed_ms(now_ns)
    known = Evidence(part.part_id, part.recipe_hash, evidence, elapsed_ms, fault, part.identity)
    verdict = decide(known, part.recipe)
    inspection = Inspection(
        part_id=part.part_id,
        inspected_at_ms=now_ms,
        recipe=part.recipe.name,
        recipe_revision=part.recipe.revision,
        recipe_hash=part.recipe_hash,
        verdict=verdict.kind,
        reason=verdict.reason,
        serial=_serial(part, verdict),
        detail=_detail(verdict, evidence, detail, part.identity),
        findings=_findings(evidence),
        scores=largest_scores(evidence),
        cameras=tuple(_camera_record(camera) for camera in evidence),
        times=_times(part, now_ns),
        stretch=part.stretch,
        lot=part.lot,
    )
    return Concluded(part, inspection, verdict)


def _serial(part: Part, verdict: Verdict) -> str:
    """A part without result is found under the number that was refused; one with a result must not be."""
    return part.serial or (part.identity.refused if verdict.kind is VerdictKind.NO_RESULT else "")


def _times(part: Part, now_ns: int) -> StageTimes:
    acquired_ns = max((examined.shot.acquired_ns for examined in part.examined), default=now_ns)
    started_ns = min((examined.started_ns for examined in part.examined), default=now_ns)
    return StageTimes(
        acquire_ms=max(0.0, part.elapsed_ms(acquired_ns)),
        queue_ms=max(0, started_ns - acquired_ns) / NS_PER_MS,
        inspect_ms=(now_ns - started_ns) / NS_PER_MS,
        total_ms=part.elapsed_ms(now_ns),
        code_ms=part.identity.read_ms,
    )


def _detail(verdict: Verdict, evidence: tuple[CameraEvidence, ...], detail: str, identity: Identity) -> str:
    """A number that was not taken is told with every verdict: it stands nowhere else."""
    if verdict.kind is not VerdictKind.NO_RESULT:
        return identity.detail
    told = (f"{camera.camera_id}: {camera.detail}" for camera in evidence if camera.detail)
    return "; ".join(filter(None, (detail, *told, identity.detail)))


def _findings(evidence: tuple[CameraEvidence, ...]) -> tuple[Finding, ...]:
    return tuple(finding for camera in evidence for finding in camera.findings)


def _camera_record(camera: CameraEvidence) -> CameraRecord:
    stamp = camera.stamp
    frame_id, source = (stamp.frame_id, stamp.source) if stamp is not None else (-1, "")
    return CameraRecord(camera.camera_id, frame_id, source, camera.model_hash, camera.quality)
