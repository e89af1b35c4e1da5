"""Teaching a flat field, step by step: what was taken, what is asked for now, and what each event leads to.

The engine takes the lines and judges them; here it is only known how far a person has come. Pure; no Qt.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from station_app.core.messages import CommandRefused, EngineState, Event
from station_app.core.setup_messages import FlatFieldStep, FlatFieldTaught, TeachFlatField


class Stage(StrEnum):
    """Where the person is. DARK and WHITE wait for a scene to be prepared, RESULT for a decision."""

    START = "start"
    DARK = "dark"
    WHITE = "white"
    RESULT = "result"
    SAVED = "saved"


@dataclass(frozen=True, slots=True)
class FlatTeaching:
    """One teaching of `camera_id`. `waiting` is the step that the engine was asked for and has not answered.

    `refusals` say why it is not good enough, in the engine's English; `refusal` why a step was not done at all.
    `before` and `after` are the column profiles without and with the new flat field, as far as they are known.
    """

    camera_id: str = ""
    stage: Stage = Stage.START
    waiting: FlatFieldStep | None = None
    lines: int = 0
    refusals: tuple[str, ...] = ()
    refusal: tuple[str, str] = ("", "")
    before: tuple[float, ...] = ()
    after: tuple[float, ...] = ()
    path: str = ""

    @property
    def is_open(self) -> bool:
        """Whether something was begun that can be cancelled."""
        return self.stage not in (Stage.START, Stage.SAVED)

    @property
    def can_save(self) -> bool:
        return self.stage is Stage.RESULT and not self.refusals

    @property
    def next_step(self) -> FlatFieldStep | None:
        """What the engine is asked for by the button that leads on, None where it leads on by itself."""
        steps = {Stage.DARK: FlatFieldStep.DARK, Stage.WHITE: FlatFieldStep.WHITE}
        if self.can_save:
            return FlatFieldStep.SAVE
        return steps.get(self.stage)


def begun(camera_id: str) -> FlatTeaching:
    """The first thing is the cap."""
    return FlatTeaching(camera_id, Stage.DARK)


def asked(teaching: FlatTeaching, step: FlatFieldStep) -> FlatTeaching:
    """The engine was asked for a step."""
    return replace(teaching, waiting=step, refusal=("", ""))


def may_teach(state: EngineState) -> bool:
    """The line must not run: its parts would be seen through the cap."""
    return state not in (EngineState.RUNNING, EngineState.OFFLINE)


def teaching_after(teaching: FlatTeaching, event: Event, profile: tuple[float, ...] = ()) -> FlatTeaching:
    """The teaching once `event` is known: only the step that is waited for leads on, so that a late answer to one that
    was cancelled does not. `profile` is the live column profile, for an engine that tells none."""
    match event:
        case FlatFieldTaught() if (event.camera_id, event.step) == (teaching.camera_id, teaching.waiting):
            return _after_step(teaching, event, profile)
        case CommandRefused() if event.command == TeachFlatField.__name__ and teaching.waiting is not None:
            return replace(teaching, waiting=None, refusal=(event.what, event.remedy))
        case _:
            return teaching


def interrupted(teaching: FlatTeaching, why: str) -> FlatTeaching:
    """The engine has gone and with it what it took."""
    return FlatTeaching(refusal=(why, "")) if teaching.is_open else teaching


def _after_step(teaching: FlatTeaching, event: FlatFieldTaught, profile: tuple[float, ...]) -> FlatTeaching:
    done = replace(teaching, waiting=None, lines=event.lines, refusals=event.refusals, refusal=("", ""))
    match event.step:
        case FlatFieldStep.DARK:
            return replace(done, stage=Stage.DARK if event.refusals else Stage.WHITE)
        case FlatFieldStep.WHITE:
            return replace(done, stage=Stage.RESULT, before=event.before or profile, after=event.after)
        case FlatFieldStep.SAVE if event.refusals:
            return replace(done, stage=Stage.RESULT)
        case FlatFieldStep.SAVE:
            return replace(done, stage=Stage.SAVED, path=event.path)
        case FlatFieldStep.DISCARD:
            return FlatTeaching()
