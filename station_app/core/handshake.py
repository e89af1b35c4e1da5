"""The handshake with a PLC, as a state machine without a clock, a wire or a thread of its own.

Four phases for every part: the station is ready, the PLC triggers, the station acknowledges, the PLC lets go. Then the
exposure is told, then the result, which stays until the PLC has acknowledged it. Each step takes what has happened and
gives the next state and what is to be done. Whoever runs it publishes `status` and `shown` of the new state in one
update, before anything else.

What a PLC must do: reject the part unless the results are valid, the part passed and the acquisition id is the expected
one. Silence rejects.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from station_app.core.handshake_bits import (
    OFFLINE_REASON_BIT,
    SOFT_EVENTS,
    Control,
    ErrorCode,
    OfflineReason,
    ResultCode,
    Status,
    result_word,
)

MOST_RESULTS = 8
"""Shown and waiting. Of more the newest is lost to the PLC: it is told, and the record has it."""
LAST_ID = 0xFFFF
"""Acquisition ids go from 1 to this and begin anew; 0 is none."""


@dataclass(frozen=True, slots=True)
class LineResult:
    """The result of one acquisition; `part_id` is that of the record."""

    acquisition_id: int
    part_id: int
    code: ResultCode


@dataclass(frozen=True, slots=True)
class Triggered:
    """Begin a part with this acquisition id; `serial` came as user data, "" where none did."""

    acquisition_id: int
    serial: str


@dataclass(frozen=True, slots=True)
class Missed:
    """A trigger came while none could be taken: nothing is acquired."""


@dataclass(frozen=True, slots=True)
class Overrun:
    """This result never reached the PLC: too many waited, or a newer one took its place where none is to wait."""

    result: LineResult


@dataclass(frozen=True, slots=True)
class Taken:
    """The PLC has acknowledged this result."""

    result: LineResult


@dataclass(frozen=True, slots=True)
class CommandAsked:
    """The PLC asks for this command: 1 to 999 is the recipe of that number."""

    command: int


@dataclass(frozen=True, slots=True)
class SoftEvent:
    """The PLC raised one of its events, 0 to 7."""

    number: int


Effect = Triggered | Missed | Overrun | Taken | CommandAsked | SoftEvent


@dataclass(frozen=True, slots=True)
class Asked:
    """What a PLC writes: its bits, the command beside them, and the user data as text."""

    control: Control
    command: int = 0
    user_data: str = ""


@dataclass(frozen=True, slots=True)
class Handshake:
    """`offline` holds every reason why the line takes no trigger, `has_room` whether a frame buffer is free. `may_pass`
    is off in maintenance: then no part is told to have passed. `seen` are the PLC's bits as last read, None while
    nothing was read since the connection; `is_buffering`, that it wanted results to wait for it, outlives that.
    `in_flight` are acquisitions without a result, the oldest first."""

    offline: frozenset[OfflineReason] = frozenset({OfflineReason.STARTING})
    has_room: bool = True
    may_pass: bool = True
    seen: Control | None = None
    is_buffering: bool = True
    last_id: int = 0
    in_flight: tuple[int, ...] = ()
    is_acknowledged: bool = False
    is_exposed: bool = False
    has_missed: bool = False
    missed: int = 0
    shown: LineResult | None = None
    is_valid: bool = False
    waiting: tuple[LineResult, ...] = ()
    is_toggled: bool = False
    has_overrun: bool = False
    error: ErrorCode = ErrorCode.NONE
    command: int = 0
    is_executing: bool = False
    has_executed: bool | None = None
    serial: str = ""
    user_data_ack: bool = False
    string_ack: bool = False

    @property
    def is_online(self) -> bool:
        return not self.offline and not self._has(Control.SET_OFFLINE)

    @property
    def is_ready(self) -> bool:
        """Whether a trigger would be taken now."""
        free = self.has_room and not self.is_acknowledged and not self.is_executing
        return self.is_online and free and self._has(Control.TRIGGER_ENABLE) and not self._has(Control.TRIGGER)

    @property
    def results(self) -> int:
        """That the PLC has not acknowledged."""
        return len(self.waiting) + self.is_valid

    @property
    def status(self) -> Status:
        """All bits for the PLC."""
        told = {
            Status.TRIGGER_READY: self.is_ready,
            Status.TRIGGER_ACK: self.is_acknowledged,
            Status.MISSED_ACQUISITION: self.has_missed,
            Status.ONLINE: self.is_online,
            Status.BUSY: bool(self.in_flight),
            Status.INSPECTION_COMPLETED: self.is_toggled,
            Status.RESULTS_OVERRUN: self.has_overrun,
            Status.RESULTS_VALID: self.is_valid,
            Status.COMMAND_EXECUTING: self.is_executing,
            Status.COMMAND_COMPLETED: self.has_executed is True,
            Status.COMMAND_FAILED: self.has_executed is False,
            Status.ERROR: self.error is not ErrorCode.NONE,
            Status.USER_DATA_ACK: self.user_data_ack,
            Status.STRING_COMMAND_ACK: self.string_ack,
            Status.STRING_COMMAND_ERROR: self.string_ack,
            Status.EXPOSURE_COMPLETE: self.is_exposed,
            Status.JOB_PASS: self.tells_pass,
        }
        bits = Status(sum(bit for bit, is_on in told.items() if is_on))
        events = (self.seen or Control(0)) & SOFT_EVENTS
        return Status(bits | events | self._reason << OFFLINE_REASON_BIT)

    @property
    def tells_pass(self) -> bool:
        """Whether the part that is shown is told to be good."""
        return self.code is ResultCode.PASS

    @property
    def code(self) -> ResultCode:
        """What is told of the part that is shown; nothing once it was acknowledged."""
        if self.shown is None or not self.is_valid:
            return ResultCode.NONE
        return ResultCode.NO_RESULT if self.shown.code is ResultCode.PASS and not self.may_pass else self.shown.code

    @property
    def word(self) -> int:
        """The same in bits that cannot be mistaken; NO_RESULT while there is nothing to tell."""
        return result_word(self.code or ResultCode.NO_RESULT)

    @property
    def _reason(self) -> int:
        if self.offline:
            return min(self.offline)
        return OfflineReason.PLC if self._has(Control.SET_OFFLINE) else 0

    def _has(self, bit: Control) -> bool:
        return self.seen is not None and bit in self.seen


Step = tuple[Handshake, tuple[Effect, ...]]


def saw(state: Handshake, asked: Asked) -> Step:
    """The PLC's words were read. The first ones after a connection make no edge: what is set already was meant for
    somebody else, and a trigger that stands then is none."""
    if state.seen is None:
        return replace(state, seen=asked.control, is_buffering=Control.BUFFER_RESULTS in asked.control), ()
    # As numbers: the complement of a flag knows its named bits alone.
    now, then = int(asked.control), int(state.seen)
    rises, falls = Control(now & ~then), Control(then & ~now)
    before, state = state, replace(state, seen=asked.control, is_buffering=Control.BUFFER_RESULTS in asked.control)
    effects: list[Effect] = []
    for bit, act in _RISES:
        if bit in rises:
            state, more = act(before, state, asked)
            effects.extend(more)
    for bit, let_go in _FALLS:
        if bit in falls:
            state = let_go(state)
    effects.extend(SoftEvent(n) for n in range(8) if rises & Control(1 << (24 + n)))
    return state, tuple(effects)


def lost(state: Handshake) -> Step:
    """The PLC is silent or gone: as if it had let go of everything. Parts in flight are finished and results wait for
    it as before; a serial number that came without its trigger is forgotten."""
    if state.seen is None:
        return state, ()
    after, effects = saw(state, Asked(Control(0)))
    return replace(after, seen=None, is_buffering=state.is_buffering, serial=""), effects


def changed(state: Handshake, offline: frozenset[OfflineReason], *, has_room: bool, may_pass: bool = True) -> Handshake:
    """What the station says of itself."""
    return replace(state, offline=offline, has_room=has_room, may_pass=may_pass)


def exposed(state: Handshake, acquisition_id: int) -> Handshake:
    """The last line of this acquisition is in: the part may move. Of an older one it is no news."""
    return replace(state, is_exposed=True) if acquisition_id == state.last_id else state


def concluded(state: Handshake, result: LineResult) -> Step:
    """An acquisition has its result, in whatever order. ValueError where it is none that is in flight."""
    if result.acquisition_id not in state.in_flight:
        raise ValueError(f"acquisition {result.acquisition_id} is not in flight")
    left = tuple(one for one in state.in_flight if one != result.acquisition_id)
    state = replace(state, in_flight=left)
    if not state.is_valid and not state.waiting and not state._has(Control.RESULTS_ACK):
        return _shown(state, result), ()
    if not state.is_buffering and state.is_valid and state.shown is not None:
        return _shown(_overrun(state), result), (Overrun(state.shown),)
    if state.results >= MOST_RESULTS:
        return _overrun(state), (Overrun(result),)
    return replace(state, waiting=(*state.waiting, result)), ()


def expired(state: Handshake, acquisition_id: int) -> Handshake:
    """The time in which this part could be sorted is over: where it was to be told as passed, and the PLC has not
    acknowledged that, it never will be."""

    def without_pass(result: LineResult) -> LineResult:
        is_meant = result.acquisition_id == acquisition_id and result.code is ResultCode.PASS
        return replace(result, code=ResultCode.NO_RESULT) if is_meant else result

    shown = without_pass(state.shown) if state.shown is not None and state.is_valid else state.shown
    return replace(state, shown=shown, waiting=tuple(map(without_pass, state.waiting)))


def executed(state: Handshake, *, is_done: bool) -> Handshake:
    """The command was carried out, or could not be."""
    error = state.error if is_done else ErrorCode.COMMAND_FAILED
    outcome = is_done if state._has(Control.EXECUTE_COMMAND) else None
    return replace(state, is_executing=False, has_executed=outcome, error=error)


def next_id(last: int) -> int:
    return last % LAST_ID + 1


def _shown(state: Handshake, result: LineResult) -> Handshake:
    return replace(state, shown=result, is_valid=True, is_toggled=not state.is_toggled)


def _overrun(state: Handshake) -> Handshake:
    return replace(state, has_overrun=True, error=ErrorCode.RESULTS_OVERRUN)


def _trigger(before: Handshake, state: Handshake, _: Asked) -> Step:
    if not before.is_ready or not state.is_online or not state._has(Control.TRIGGER_ENABLE):
        return replace(state, has_missed=True, missed=state.missed + 1, error=ErrorCode.MISSED_TRIGGER), (Missed(),)
    number = next_id(state.last_id)
    taken = replace(
        state,
        last_id=number,
        in_flight=(*state.in_flight, number),
        is_acknowledged=True,
        is_exposed=False,
        has_missed=False,
        serial="",
    )
    return taken, (Triggered(number, state.serial),)


def _enable(_: Handshake, state: Handshake, __: Asked) -> Step:
    return replace(state, has_missed=False), ()


def _acknowledge(_: Handshake, state: Handshake, __: Asked) -> Step:
    if not state.is_valid or state.shown is None:
        return state, ()
    return replace(state, is_valid=False), (Taken(state.shown),)


def _execute(_: Handshake, state: Handshake, asked: Asked) -> Step:
    if state.is_executing:
        return state, ()
    return replace(state, is_executing=True, has_executed=None, command=asked.command), (CommandAsked(asked.command),)


def _take_user_data(_: Handshake, state: Handshake, asked: Asked) -> Step:
    return replace(state, serial=asked.user_data, user_data_ack=True), ()


def _refuse_string(_: Handshake, state: Handshake, __: Asked) -> Step:
    """There are no commands in words: acknowledged with an error."""
    return replace(state, string_ack=True), ()


def _clear_error(_: Handshake, state: Handshake, __: Asked) -> Step:
    return replace(state, error=ErrorCode.NONE, has_overrun=False), ()


def _clear_exposure(_: Handshake, state: Handshake, __: Asked) -> Step:
    return replace(state, is_exposed=False), ()


def _next_result(state: Handshake) -> Handshake:
    if state.is_valid or not state.waiting:
        return state
    first, *rest = state.waiting
    return replace(_shown(state, first), waiting=tuple(rest))


_RISES: tuple[tuple[Control, Callable[[Handshake, Handshake, Asked], Step]], ...] = (
    # The serial number of a part may come with its trigger, in one write.
    (Control.CLEAR_ERROR, _clear_error),
    (Control.CLEAR_EXPOSURE_COMPLETE, _clear_exposure),
    (Control.SET_USER_DATA, _take_user_data),
    (Control.TRIGGER_ENABLE, _enable),
    (Control.TRIGGER, _trigger),
    (Control.RESULTS_ACK, _acknowledge),
    (Control.EXECUTE_COMMAND, _execute),
    (Control.STRING_COMMAND, _refuse_string),
)
_FALLS: tuple[tuple[Control, Callable[[Handshake], Handshake]], ...] = (
    (Control.TRIGGER, lambda state: replace(state, is_acknowledged=False)),
    (Control.RESULTS_ACK, _next_result),
    (Control.EXECUTE_COMMAND, lambda state: replace(state, has_executed=None)),
    (Control.SET_USER_DATA, lambda state: replace(state, user_data_ack=False)),
    (Control.STRING_COMMAND, lambda state: replace(state, string_ack=False)),
)
