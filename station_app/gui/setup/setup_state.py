"""What the set-up screen knows, as one frozen record, and how each event changes it. Pure; no Qt, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from station_app.core.messages import (
    AlarmCleared,
    AlarmRaised,
    CameraChanged,
    CommandRefused,
    EngineState,
    Event,
    StateChanged,
    StationDescribed,
)
from station_app.core.setup_messages import (
    CameraMeasured,
    CameraWatched,
    FeatureShown,
    FeaturesRead,
    FingerprintChecked,
    ReferenceSaved,
    SetupDifference,
    ShotJudged,
    TakeTestShot,
    WriteFeature,
)
from station_app.core.web_messages import LinesReported

_CAMERA_ALARM = "camera "


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something was not done, in the engine's words: English, translated when it is shown."""

    what: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class SetupState:
    """Everything of all cameras by their ids. `pending` are the writes that were sent and not answered, oldest first;
    `refusals` are by command, `refused_writes` by camera and feature. `lost` holds the reasons, `lines` what cameras of
    lines tell."""

    cameras: tuple[str, ...] = ()
    chosen: str = ""
    watched: str = ""
    measured: Mapping[str, CameraMeasured] = field(default_factory=dict)
    features: Mapping[str, tuple[FeatureShown, ...]] = field(default_factory=dict)
    references: Mapping[str, ReferenceSaved] = field(default_factory=dict)
    checks: Mapping[str, FingerprintChecked] = field(default_factory=dict)
    lines: Mapping[str, LinesReported] = field(default_factory=dict)
    lost: Mapping[str, str] = field(default_factory=dict)
    shot: ShotJudged | None = None
    is_shooting: bool = False
    pending: tuple[WriteFeature, ...] = ()
    refusals: Mapping[str, Refusal] = field(default_factory=dict)
    refused_writes: Mapping[tuple[str, str], Refusal] = field(default_factory=dict)

    def outside(self, camera_id: str) -> tuple[SetupDifference, ...]:
        """What differs too much now, or did at the last check where the camera was not watched since."""
        latest = self.measured.get(camera_id) or self.checks.get(camera_id)
        return tuple(found for found in latest.differences if not found.is_within) if latest is not None else ()

    def reference(self, camera_id: str) -> str:
        """The path of the reference's picture, "" where none is known."""
        measured, saved = self.measured.get(camera_id), self.references.get(camera_id)
        if measured is not None and measured.reference:
            return measured.reference
        return saved.picture if saved is not None else ""

    def asked_value(self, camera_id: str, name: str) -> str | None:
        """The value on its way to the camera, None where there is none."""
        asked = [write.value for write in self.pending if (write.camera_id, write.name) == (camera_id, name)]
        return asked[-1] if asked else None

    def is_line_scan(self, camera_id: str) -> bool:
        """Only a camera of lines reports where its web stands."""
        return camera_id in self.lines

    def mm_per_pixel(self, camera_id: str) -> float:
        """The scale across the picture, 0 where none is known."""
        told = self.lines.get(camera_id)
        return told.mm_per_pixel if told is not None else 0.0

    @property
    def failed_checks(self) -> tuple[FingerprintChecked, ...]:
        """Cameras whose set-up differed too much when it was last checked."""
        return tuple(check for check in self.checks.values() if not check.is_within)


def setup_after(state: SetupState, event: Event) -> SetupState:
    """The screen's knowledge once `event` is known."""
    match event:
        case CameraMeasured() | ReferenceSaved() | FingerprintChecked() | LinesReported():
            known = _with_newest(state, event)
        case StationDescribed():
            known = _with_cameras(state, event.camera_ids)
        case StateChanged(EngineState.OFFLINE):
            known = SetupState(cameras=state.cameras, chosen=state.chosen)  # a recipe is loaded: other references hold
        case CameraChanged() | AlarmRaised() | AlarmCleared():
            known = _with_loss(state, event)
        case CameraWatched():
            known = replace(state, watched=event.camera_id)
        case FeaturesRead():
            known = _with_features(state, event)
        case ShotJudged():
            known = replace(state, shot=event, is_shooting=False)
        case CommandRefused():
            known = _with_refusal(state, event)
        case _:
            known = state
    return known


def choosing(state: SetupState, camera_id: str) -> SetupState:
    """Another camera is looked at; what was said to the one before is over."""
    return replace(state, chosen=camera_id, shot=None, is_shooting=False, refusals={}, refused_writes={})


def writing(state: SetupState, write: WriteFeature) -> SetupState:
    """A write is on its way."""
    refused = {key: why for key, why in state.refused_writes.items() if key != (write.camera_id, write.name)}
    return replace(state, pending=(*state.pending, write), refused_writes=refused)


def asking(state: SetupState, command: str) -> SetupState:
    """Another command is on its way: an older refusal of the same is over."""
    refusals = {name: why for name, why in state.refusals.items() if name != command}
    is_shooting = state.is_shooting or command == TakeTestShot.__name__
    return replace(state, refusals=refusals, is_shooting=is_shooting)


def cut_off(state: SetupState) -> SetupState:
    """The engine has gone: what was on its way is lost, and nothing that only it knows goes on looking true."""
    return SetupState(cameras=state.cameras, chosen=state.chosen, references=state.references)


def _with_newest(
    state: SetupState, event: CameraMeasured | ReferenceSaved | FingerprintChecked | LinesReported
) -> SetupState:
    """What is told of a camera again and again: the newest counts."""
    camera_id = event.camera_id
    match event:
        case CameraMeasured():
            return replace(state, measured={**state.measured, camera_id: event})
        case ReferenceSaved():
            return replace(state, references={**state.references, camera_id: event})
        case FingerprintChecked():
            return replace(state, checks={**state.checks, camera_id: event})
        case LinesReported():
            return replace(state, lines={**state.lines, camera_id: event})


def _with_cameras(state: SetupState, cameras: tuple[str, ...]) -> SetupState:
    known = replace(state, cameras=cameras)
    if state.chosen in cameras:
        return known
    return choosing(known, cameras[0] if cameras else "")


def _with_loss(state: SetupState, event: CameraChanged | AlarmRaised | AlarmCleared) -> SetupState:
    """A client that came later hears of a lost camera by its alarm only. What was measured before is no longer true."""
    match event:
        case CameraChanged(camera_id, is_live, detail):
            reason = None if is_live else detail or state.lost.get(camera_id, "")
        case AlarmRaised(code) if code.startswith(_CAMERA_ALARM):
            camera_id, reason = code.removeprefix(_CAMERA_ALARM), event.what
        case AlarmCleared(code) if code.startswith(_CAMERA_ALARM):
            camera_id, reason = code.removeprefix(_CAMERA_ALARM), None
        case _:
            return state
    others = {lost_id: why for lost_id, why in state.lost.items() if lost_id != camera_id}
    if reason is None:
        return replace(state, lost=others)
    measured = {known_id: found for known_id, found in state.measured.items() if known_id != camera_id}
    return replace(state, lost={**others, camera_id: reason}, measured=measured)


def _with_features(state: SetupState, event: FeaturesRead) -> SetupState:
    """The read-back answers the oldest write to this camera."""
    answered = next((write for write in state.pending if write.camera_id == event.camera_id), None)
    return replace(
        state,
        features={**state.features, event.camera_id: event.features},
        pending=tuple(write for write in state.pending if write is not answered),
    )


def _with_refusal(state: SetupState, event: CommandRefused) -> SetupState:
    refusal = Refusal(event.what, event.remedy)
    if event.command != WriteFeature.__name__:
        is_shooting = state.is_shooting and event.command != TakeTestShot.__name__
        return replace(state, refusals={**state.refusals, event.command: refusal}, is_shooting=is_shooting)
    if not state.pending:
        return state
    refused, *rest = state.pending
    refused_writes = {**state.refused_writes, (refused.camera_id, refused.name): refusal}
    return replace(state, pending=tuple(rest), refused_writes=refused_writes)
