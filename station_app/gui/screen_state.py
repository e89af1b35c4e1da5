"""What the operator's screen knows, as one frozen record, and how each event changes it. Pure; no Qt, no clock."""

from dataclasses import dataclass, field, replace

from station_app.core.export_messages import NoteExport
from station_app.core.inspection import Disposition
from station_app.core.messages import (
    AlarmCleared,
    AlarmRaised,
    CameraChanged,
    CommandRefused,
    Counters,
    EngineState,
    Event,
    HealthReported,
    OverrideRecorded,
    PartInspected,
    Priority,
    RecordOverride,
    StateChanged,
    StationDescribed,
    UndoOverride,
)
from station_app.core.people import Person, Role
from station_app.core.people_messages import (
    AddPerson,
    ChangePerson,
    PeopleListed,
    SessionChanged,
    SetSecret,
    SetUpAdministrator,
    SignInRefused,
)
from station_app.core.serial import NO_SERIALS, SerialRules
from station_app.core.serial_messages import CodeRefused, LotChanged, SerialWaiting
from station_app.gui import sentences
from station_app.gui.loop_state import NOTHING_KNOWN, Loop, loop_after

STRIP_LENGTH = 12
NOTICE_MS = 10_000
_SAID_ELSEWHERE = frozenset(
    kind.__name__ for kind in (SetUpAdministrator, AddPerson, ChangePerson, SetSecret, NoteExport)
)
"""What was refused of accounts and exports stands where it was asked for; here it goes by itself."""
_URGENCY = {Priority.HIGH: 0, Priority.MEDIUM: 1, Priority.LOW: 2}


@dataclass(frozen=True, slots=True)
class PartOnScreen:
    """A recorded part and what people have said about it. `pending` was sent and is not yet known to be on disk."""

    inspected: PartInspected
    standing: Disposition | None = None
    operator: str = ""
    pending: Disposition | None = None

    @property
    def part_id(self) -> int:
        return self.inspected.part_id


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence for the operator about what was just asked for and not done.

    In English, with `{value}` for the one thing that is no text: it is translated when it is shown. One with a time
    goes by itself; one without stays until something is done.
    """

    what: str
    remedy: str = ""
    value: str = ""
    said_at_ms: int = 0


@dataclass(frozen=True, slots=True)
class RefusedSignIn:
    """A sign-in that was refused, and until when nobody may try again under that name, by the engine's clock in ms."""

    refused: SignInRefused
    locked_until_ms: int

    def locked_s(self, clock_ms: int) -> int:
        """Whole seconds that are left, 0 where it may be tried again."""
        return max(0, -(-(self.locked_until_ms - clock_ms) // 1000))


NOBODY = SessionChanged("", "", Role.OPERATOR, Role.OPERATOR, has_people=False)
"""Before the engine has told who is there."""


@dataclass(frozen=True, slots=True)
class ScreenState:
    """Everything that the screen shows, apart from pixels. `pinned` is the part looked back at or being answered,
    `failure` why the engine cannot run at all, in its own words."""

    is_connected: bool = False
    station: StationDescribed | None = None
    engine: EngineState = EngineState.OFFLINE
    detail: str = ""
    counters: Counters = field(default_factory=Counters)
    clock_ms: int = 0
    strip: tuple[PartOnScreen, ...] = ()
    pinned: PartOnScreen | None = None
    alarms: tuple[AlarmRaised, ...] = ()
    acknowledged: frozenset[str] = frozenset()
    lost_cameras: frozenset[str] = frozenset()
    notice: Notice | None = None
    failure: str = ""
    waiting_serial: str = ""
    lot: str = ""
    session: SessionChanged = NOBODY
    people: tuple[Person, ...] = ()
    sign_in_refused: RefusedSignIn | None = None
    loop: Loop = NOTHING_KNOWN

    @property
    def is_starting(self) -> bool:
        """Whether there was no engine yet, and nobody has said that there cannot be one."""
        return self.station is None and not self.failure

    @property
    def serial(self) -> SerialRules:
        """What the recipe asks of serial numbers."""
        return self.station.serial if self.station else NO_SERIALS

    @property
    def operator(self) -> str:
        """The name of who is signed in: of an account, or the bare name where the station has no accounts yet."""
        if self.session.has_people:
            return self.session.name
        return self.station.operator if self.station else ""

    @property
    def newest(self) -> PartOnScreen | None:
        return self.strip[-1] if self.strip else None

    @property
    def alarm(self) -> AlarmRaised | None:
        """The one for the alarm line: not yet acknowledged first, then the most urgent, then the newest."""
        return min(self.alarms, key=self._rank, default=None)

    @property
    def last_answered(self) -> PartOnScreen | None:
        """The newest part in the strip that has an answer."""
        return next((part for part in reversed(self.strip) if part.standing is not None), None)

    def neighbour(self, part: PartOnScreen | None, step: int) -> PartOnScreen | None:
        """The part `step` places to the right of `part` in the strip, which has ends; its oldest if `part` left it."""
        ids = [tile.part_id for tile in self.strip]
        if part is None or not ids:
            return None
        index = ids.index(part.part_id) if part.part_id in ids else 0
        return self.strip[min(max(0, index + step), len(ids) - 1)]

    def find(self, part_id: int) -> PartOnScreen | None:
        if self.pinned is not None and self.pinned.part_id == part_id:
            return self.pinned
        return next((part for part in self.strip if part.part_id == part_id), None)

    def _rank(self, alarm: AlarmRaised) -> tuple[bool, int, int]:
        return alarm.code in self.acknowledged, _URGENCY[alarm.priority], -alarm.raised_at_ms


def after(state: ScreenState, event: Event) -> ScreenState:
    """The screen's knowledge once `event` is known."""
    match event:
        case StationDescribed():
            known = replace(state, is_connected=True, station=event, engine=event.state, failure="")
        case SessionChanged() | PeopleListed() | SignInRefused():
            known = _with_people(state, event)
        case StateChanged():
            known = replace(state, engine=event.state, detail=event.detail)
        case PartInspected():
            known = _with_part(state, event)
        case OverrideRecorded():
            known = _with_override(state, event)
        case AlarmRaised() | AlarmCleared() | CameraChanged():
            known = _with_alarm(state, event)
        case HealthReported():
            known = replace(state, counters=event.counters, clock_ms=event.at_ms, notice=_still(state, event.at_ms))
        case CommandRefused():
            known = _with_refusal(state, event)
        case SerialWaiting() | CodeRefused() | LotChanged():
            known = _with_code(state, event)
        case _:
            known = replace(state, loop=loop_after(state.loop, event))
    return known


def _with_people(state: ScreenState, event: SessionChanged | PeopleListed | SignInRefused) -> ScreenState:
    match event:
        case SessionChanged():
            notice = state.notice if state.sign_in_refused is None else None
            # The description tells a name as well, and only when the recipe changes.
            station = replace(state.station, operator=event.name) if state.station is not None else None
            return replace(state, session=event, station=station, sign_in_refused=None, notice=notice)
        case PeopleListed(people):
            return replace(state, people=people)
        case SignInRefused():
            until_ms = state.clock_ms + round(event.locked_s * 1000)
            notice = Notice(event.what, event.remedy, said_at_ms=state.clock_ms)
            return replace(state, sign_in_refused=RefusedSignIn(event, until_ms), notice=notice)


def _still(state: ScreenState, now_ms: int) -> Notice | None:
    notice = state.notice
    is_over = notice is not None and notice.said_at_ms and now_ms - notice.said_at_ms > NOTICE_MS
    return None if is_over else notice


def disconnected(state: ScreenState, unsent: str) -> ScreenState:
    """The engine has gone: nothing that only it knows may go on looking true. `unsent` says that answers were lost."""
    had_pending = any(part.pending for part in (*state.strip, *filter(None, [state.pinned])))
    notice = Notice(unsent) if had_pending else state.notice
    blank = replace(_without_pending(state), is_connected=False, engine=EngineState.OFFLINE, detail="", alarms=())
    blank = replace(blank, waiting_serial="", lot="", loop=NOTHING_KNOWN)
    return replace(blank, acknowledged=frozenset(), lost_cameras=frozenset(), notice=notice)


def with_pending(state: ScreenState, part_id: int, disposition: Disposition) -> ScreenState:
    """An answer is on its way to the engine."""
    return _replace_part(replace(state, notice=None), part_id, pending=disposition)


def _with_part(state: ScreenState, event: PartInspected) -> ScreenState:
    if any(part.part_id == event.part_id for part in state.strip):
        return state  # told again by an engine that was found again
    strip = (*state.strip, PartOnScreen(event))[-STRIP_LENGTH:]
    clock_ms = max(state.clock_ms, event.inspected_at_ms)
    return replace(state, strip=strip, counters=event.counters, clock_ms=clock_ms)


def _with_override(state: ScreenState, event: OverrideRecorded) -> ScreenState:
    return _replace_part(
        replace(state, notice=None), event.part_id, standing=event.standing, operator=event.operator, pending=None
    )


def _with_refusal(state: ScreenState, event: CommandRefused) -> ScreenState:
    is_answer = event.command in (RecordOverride.__name__, UndoOverride.__name__)
    settled = _without_pending(state) if is_answer else state
    said_at_ms = state.clock_ms if event.command in _SAID_ELSEWHERE else 0
    return replace(settled, notice=Notice(event.what, event.remedy, said_at_ms=said_at_ms))


def _with_camera(state: ScreenState, event: CameraChanged) -> ScreenState:
    this = {event.camera_id}
    lost = state.lost_cameras - this if event.is_live else state.lost_cameras | this
    return replace(state, lost_cameras=frozenset(lost))


def _with_code(state: ScreenState, event: SerialWaiting | CodeRefused | LotChanged) -> ScreenState:
    """A number that was taken ends what was said about one that was not."""
    if isinstance(event, LotChanged):
        return replace(state, lot=event.lot)
    if isinstance(event, SerialWaiting):
        return replace(state, waiting_serial=event.serial, notice=None if event.serial else state.notice)
    notice = Notice(sentences.REFUSALS[event.refusal], value=event.text, said_at_ms=state.clock_ms)
    return replace(state, notice=notice)


def _with_alarm(state: ScreenState, event: AlarmRaised | AlarmCleared | CameraChanged) -> ScreenState:
    if isinstance(event, CameraChanged):
        return _with_camera(state, event)
    if isinstance(event, AlarmCleared):
        return _without_alarm(state, event.code)
    others = tuple(alarm for alarm in state.alarms if alarm.code != event.code)
    is_known = len(others) < len(state.alarms)
    acknowledged = state.acknowledged if is_known else state.acknowledged - {event.code}
    return replace(state, alarms=(*others, event), acknowledged=acknowledged)


def _without_alarm(state: ScreenState, code: str) -> ScreenState:
    standing = tuple(alarm for alarm in state.alarms if alarm.code != code)
    return replace(state, alarms=standing, acknowledged=state.acknowledged - {code})


def _without_pending(state: ScreenState) -> ScreenState:
    strip = tuple(replace(part, pending=None) if part.pending else part for part in state.strip)
    pinned = replace(state.pinned, pending=None) if state.pinned else None
    return replace(state, strip=strip, pinned=pinned)


def _replace_part(state: ScreenState, part_id: int, **changes: object) -> ScreenState:
    strip = tuple(replace(p, **changes) if p.part_id == part_id else p for p in state.strip)  # type: ignore[arg-type]
    pinned = state.pinned
    if pinned is not None and pinned.part_id == part_id:
        pinned = replace(pinned, **changes)  # type: ignore[arg-type]
    return replace(state, strip=strip, pinned=pinned)
